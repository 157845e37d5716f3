import { randomUUID } from 'node:crypto';
import type { OutboxEntry } from '../../src/core/conversation';
import { whatsappSays } from '../../src/demo/graph-stand-in/whatsapp-customer';
import { day, order } from '../kit/orders';
import { startShop, type Shop } from '../kit/product';
import { random } from '../kit/random';
import { eventually, keyOf } from '../kit/stream';

const SEEDS = Number(process.env.SEEDS ?? 12);
const STEPS = 30;
const LINES = [
  'where is my order',
  'what are your delivery hours',
  'hello',
  'is it cash on delivery',
  'thanks',
];

/** From when until when a person had a conversation, by the provider's clock; `spared`: bot sends that had been claimed before and were on their way. */
interface Held {
  from: number;
  to: number;
  spared: string[];
}

interface Line {
  id: string;
  seq: number;
  from: string;
  text: string;
  state?: string;
}

/** One customer's afternoon: who writes, takes over, hands back, answers from the phone or is told something, in random order. */
class Afternoon {
  readonly phone: string;
  readonly held: Held[] = [];
  readonly done = new Map<string, number>();
  private readonly next: () => number;
  private readonly path: string;
  private open: Held | undefined;
  private notices: string[] = [];

  constructor(
    private readonly shop: Shop,
    readonly seed: number,
  ) {
    this.next = random(seed);
    this.phone = `9193${String(10_000_000 + seed)}`;
    this.path = `/api/v1/conversations/${encodeURIComponent(keyOf(this.phone))}`;
  }

  async run(): Promise<void> {
    await this.says('where is my order');
    await eventually('it exists', async () => (await this.shop.api('GET', this.path)).status === 200);
    await this.prepareNotices();
    for (let step = 0; step < STEPS; step += 1) await this.step(step);
    this.release();
    await this.takeOver();
  }

  private async step(step: number): Promise<void> {
    const dice = this.next();
    if (dice < 0.4) return this.says(LINES[step % LINES.length]!);
    if (dice < 0.55) return this.takeOver();
    if (dice < 0.7) return this.handBack();
    if (dice < 0.8) return this.echo(step);
    if (dice < 0.92) return this.notice();
    // The bot's own answers come whenever they come.
    return new Promise((resolve) => setTimeout(resolve, Math.floor(this.next() * 200)));
  }

  private count(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1);
  }

  private async says(text: string): Promise<void> {
    this.count('customer');
    expect(
      (await this.shop.provider.fromWhatsApp({ phone: this.phone }, whatsappSays.text(text))).status,
    ).toBe(200);
  }

  private async takeOver(): Promise<void> {
    const { status, body } = await this.shop.api<{ leaving: boolean }>('POST', `${this.path}/owner`, {
      owner: 'agent',
    });
    // 409: a colleague on the phone has it already.
    expect([200, 409]).toContain(status);
    this.count('take-over');
    const leaving = await this.hold();
    // The desk is told of every send that its take-over came too late for.
    if (status === 200 && leaving.length > 0) expect(body.leaving).toBe(true);
  }

  /** A person has it from now on; answers the bot sends that are on their way. */
  private async hold(): Promise<string[]> {
    if (this.open) return [];
    const spared = await this.leaving();
    this.open = { from: performance.now(), to: Infinity, spared };
    this.held.push(this.open);
    return spared;
  }

  private async leaving(): Promise<string[]> {
    const stored = await this.shop.connection
      .collection<{ _id: string; outbox: OutboxEntry[] }>('conversations')
      .findOne({ _id: keyOf(this.phone) });
    const claimed = (stored?.outbox ?? []).filter(
      ({ author, state }) => author === 'bot' && state === 'claimed',
    );
    return claimed.map(({ id }) => id);
  }

  private release(): void {
    if (this.open) this.open.to = performance.now();
    this.open = undefined;
  }

  private async handBack(): Promise<void> {
    this.release();
    expect((await this.shop.api('POST', `${this.path}/owner`, { owner: 'bot' })).status).toBe(200);
    this.count('hand-back');
  }

  private async echo(step: number): Promise<void> {
    const said = `colleague ${this.seed} ${step}`;
    expect(await this.shop.provider.colleagueWrites('whatsapp', this.phone, said)).toBe(200);
    this.count('echo');
    await eventually(
      'the colleague has it',
      async () => (await this.shop.api<{ owner: string }>('GET', this.path)).body.owner === 'agent',
    );
    await this.hold();
  }

  /** Requests that the carrier can settle, which the customer is then told. */
  private async prepareNotices(): Promise<void> {
    for (let n = 0; n < 6; n += 1) {
      const id = randomUUID();
      const request = { id, type: 'reschedule', action: 'reschedule', state: 'requested', by: 'customer' };
      await this.shop.connection.collection<{ orderNumber: string; requests: unknown[] }>('orders').updateOne(
        { orderNumber: `PW-${this.seed}` },
        {
          $push: {
            requests: {
              ...request,
              at: new Date(),
              conversation: keyOf(this.phone),
              shipmentId: 'S1',
              date: day(2),
              slot: 'evening',
              attempts: 0,
            },
          },
        },
      );
      this.notices.push(id);
    }
  }

  private async notice(): Promise<void> {
    const id = this.notices.pop();
    if (!id) return;
    const answer = await fetch(`${this.shop.product.url}/webhooks/carrier/instructions`, {
      method: 'POST',
      headers: { authorization: 'Bearer carrier-token', 'content-type': 'application/json' },
      body: JSON.stringify({ id, status: 'accepted' }),
    });
    expect(answer.status).toBe(200);
    this.count('notice');
  }

  async transcript(): Promise<Line[]> {
    const { body } = await this.shop.api<{ items: Line[] }>('GET', `${this.path}/messages?limit=200`);
    return body.items.sort((a, b) => a.seq - b.seq);
  }

  /** Bot messages that reached the provider while a person had the conversation. */
  async overAPerson(): Promise<string[]> {
    const bots = new Set((await this.transcript()).filter(({ from }) => from === 'bot').map(({ id }) => id));
    const sends = this.shop.provider.ledger.filter(
      (send) => send.to === this.phone && bots.has(send.callbackId ?? ''),
    );
    return this.held.flatMap(({ from, to, spared }) =>
      sends
        .filter(({ receivedAt }) => receivedAt > from && receivedAt < to)
        .filter(({ callbackId }) => !spared.includes(callbackId ?? ''))
        .map(({ text }) => text),
    );
  }
}

/** Everything through the doors: signed webhooks, the API, the carrier's answers; the provider takes up to half a second. */
describe('a person always wins, through the doors', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await startShop();
    const next = random(7);
    shop.provider.behaviour.delayMs = () => Math.floor(next() * 500);
  });
  afterAll(() => shop.close());

  it(`claims no bot message after a person took over, in ${SEEDS} random afternoons at once`, async () => {
    const afternoons = Array.from({ length: SEEDS }, (_, n) => new Afternoon(shop, 101 + n));
    for (const { phone, seed } of afternoons) await shop.put(order(`PW-${seed}`, `+${phone}`));
    await Promise.all(afternoons.map((one) => one.run()));
    for (const one of afternoons) {
      const lines = await eventually('nothing waits to leave', async () => {
        const all = await one.transcript();
        return all.every(({ state }) => state !== 'queued') && all;
      });
      expect([one.seed, await one.overAPerson()]).toEqual([one.seed, []]);
      expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
    }
    const done = (what: string) => afternoons.reduce((sum, one) => sum + (one.done.get(what) ?? 0), 0);
    for (const what of ['customer', 'take-over', 'hand-back', 'echo', 'notice'])
      expect([what, done(what) > SEEDS]).toEqual([what, true]);
    const bots = shop.provider.ledger.filter(({ text }) => /PW-|automated|hours/.test(text));
    expect(bots.length).toBeGreaterThan(SEEDS * 2);
  });
});
