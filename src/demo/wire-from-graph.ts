import { list, object, text, type Json } from './graph-stand-in/json';
import type { WireEvent as GraphEvent } from './graph-stand-in/wire';
import type { Wire, WireEvent } from './wire';

type Facts = Pick<WireEvent, 'kind' | 'user'>;

function whatsappWebhook(body: Json): Facts {
  const value = object(object(list(object(list(body['entry'])[0])['changes'])[0])['value']);
  const message = object(list(value['messages'])[0]);
  if (message['from'] !== undefined) return { kind: 'message', user: text(message['from']) };
  return { kind: 'status', user: text(object(list(value['statuses'])[0])['recipient_id']) };
}

function instagramWebhook(body: Json): Facts {
  const event = object(list(object(list(body['entry'])[0])['messaging'])[0]);
  const person = (side: string) => text(object(event[side])['id']);
  // Our own message reported back, or a read mark: news about a send, not something the customer said.
  if (object(event['message'])['is_echo'] === true) return { kind: 'status', user: person('recipient') };
  return { kind: event['read'] === undefined ? 'message' : 'status', user: person('sender') };
}

function messageIdOf(body: Json): string {
  const value = object(object(list(object(list(body['entry'])[0])['changes'])[0])['value']);
  return text(object(list(value['messages'])[0])['id']);
}

/** Writers of WhatsApp messages by message id: a read mark names only the message. */
const REMEMBERED = 200;

/** Keeps what the stand-in saw on the simulator's wire, with the person each event is about. */
export function keepGraphEvents(wire: Wire): (event: GraphEvent) => void {
  const writers = new Map<string, string>();
  const remember = (id: string, user: string | undefined) => {
    if (!id || !user) return;
    writers.set(id, user);
    const oldest = writers.keys().next().value;
    if (writers.size > REMEMBERED && oldest !== undefined) writers.delete(oldest);
  };
  const callFacts = (body: Json): Facts => {
    if (body['status'] === 'read') return { kind: 'seen', user: writers.get(text(body['message_id'])) };
    const user = text(body['to']).replace(/^\+/, '') || text(object(body['recipient'])['id']);
    return { kind: body['sender_action'] === undefined ? 'send' : 'seen', user };
  };
  return (event) => {
    const body = object(event.body);
    const { channel, status: answered } = event;
    const at = event.at.toISOString();
    if (event.type === 'call') {
      wire.add({ at, channel, answered, body, ...callFacts(body), answer: event.answer });
      return;
    }
    const facts = channel === 'whatsapp' ? whatsappWebhook(body) : instagramWebhook(body);
    if (channel === 'whatsapp') remember(messageIdOf(body), facts.user);
    wire.add({ at, channel, answered, body, ...facts });
  };
}
