import { randomInt } from 'node:crypto';
import type { GraphStandIn } from './graph-stand-in/stand-in';
import { instagramSays, newMid } from './graph-stand-in/instagram-customer';
import type { Json } from './graph-stand-in/json';
import { newWamid, whatsappSays } from './graph-stand-in/whatsapp-customer';
import type { Fault, SendRecord } from './graph-stand-in/wire';
import type { DemoCustomer } from './people';
import type { CustomerAct, SimulatedProvider, World } from './provider';
import { samplePhoto, sampleVoice } from './sample-files';

const SLOW_MS = 3_000;
/** Files kept for fetching; the product fetches them at once. */
const KEPT_FILES = 50;

function whatsappMessage(act: CustomerAct, displayPhone: string, fileId: string): Json {
  switch (act.kind) {
    case 'text':
      return whatsappSays.text(act.text);
    case 'photo':
      return whatsappSays.image(undefined, fileId);
    case 'voice':
      return whatsappSays.voice(fileId);
    case 'tap': {
      const context = act.of ? { context: { from: displayPhone, id: act.of } } : {};
      if (act.control === 'list')
        return { ...whatsappSays.row(act.id, act.title, act.description), ...context };
      if (act.control === 'template')
        return { ...whatsappSays.templateButton(act.id, act.title), ...context };
      return { ...whatsappSays.button(act.id, act.title), ...context };
    }
  }
}

function instagramEvent(act: CustomerAct, fileUrl: string): Json {
  switch (act.kind) {
    case 'text':
      return instagramSays.text(act.text);
    case 'photo':
      return instagramSays.image(fileUrl);
    case 'voice':
      return instagramSays.voice(fileUrl);
    case 'tap':
      return act.control === 'postback'
        ? instagramSays.postback(act.id, act.title)
        : instagramSays.quickReply(act.id, act.title);
  }
}

/** Puts the id that Instagram would give inside the event, so that a second delivery carries the same one. */
function withMid(event: Json): Json {
  const mid = newMid();
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [name, { mid, ...(value as Json) }]),
  );
}

function faultOf(world: World, send: SendRecord): Fault | undefined {
  const whatsapp = send.channel === 'whatsapp';
  if (world.down) {
    const details = 'Service temporarily unavailable.';
    return { kind: 'refuse', error: { code: whatsapp ? 131016 : 2, status: 503, details } };
  }
  if (!world.windowClosed || send.body['type'] === 'template') return undefined;
  const details = 'More than 24 hours have passed since the customer last replied.';
  return {
    kind: 'refuse',
    error: whatsapp ? { code: 131047, details } : { code: 10, subcode: 2534022, details },
  };
}

/** Drives the Graph stand-in for the simulator: customers' acts in, and the world's moods. */
export class StandInProvider implements SimulatedProvider {
  private world: World = { slow: false, duplicate: false, down: false, windowClosed: false };

  constructor(
    private readonly graph: GraphStandIn,
    private readonly displayPhone: string,
  ) {
    graph.behaviour.statuses = ['sent', 'delivered', 'read'];
    graph.behaviour.delayMs = () => (this.world.slow ? SLOW_MS : 0);
    graph.behaviour.fault = (send) => faultOf(this.world, send);
  }

  async act(customer: DemoCustomer, act: CustomerAct): Promise<void> {
    const deliver =
      customer.channel === 'whatsapp' ? this.onWhatsApp(customer, act) : this.onInstagram(customer, act);
    await deliver();
    if (this.world.duplicate) await deliver();
  }

  private onWhatsApp(customer: DemoCustomer, act: CustomerAct): () => Promise<unknown> {
    const fileId = this.fileOf(act);
    const message = { ...whatsappMessage(act, this.displayPhone, fileId), id: newWamid() };
    return () => this.graph.fromWhatsApp({ phone: customer.user, name: customer.name }, message);
  }

  private onInstagram(customer: DemoCustomer, act: CustomerAct): () => Promise<unknown> {
    const event = withMid(instagramEvent(act, `${this.graph.url}/media/${this.fileOf(act)}`));
    return () => this.graph.fromInstagram(customer.user, event);
  }

  /** Lays a photo or voice note where the provider would keep it; empty for other acts. */
  private fileOf(act: CustomerAct): string {
    if (act.kind !== 'photo' && act.kind !== 'voice') return '';
    const id = String(randomInt(1e12, 9e13));
    this.graph.files.set(id, act.kind === 'photo' ? samplePhoto() : sampleVoice());
    const oldest = this.graph.files.keys().next().value;
    if (this.graph.files.size > KEPT_FILES && oldest !== undefined) this.graph.files.delete(oldest);
    return id;
  }

  setWorld(world: World): void {
    this.world = world;
  }
}
