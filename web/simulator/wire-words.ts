import type { WireEvent } from './model';
import { customerMessage, wordsOf } from './phone-model';

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (value && typeof value === 'object' ? (value as Json) : {});
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A wire event as one line: which way, what it is, and what it says. */
export interface WireLine {
  /** `in`: posted to Doorstep; `out`: posted by Doorstep. */
  way: 'in' | 'out';
  what: string;
  says: string;
  ok: boolean;
}

function statusWords(body: unknown): string {
  const entry = list(object(body)['entry'])[0] ?? {};
  const statuses = list(object(list(entry['changes'])[0]?.['value'])['statuses']);
  const event = list(entry['messaging'])[0] ?? {};
  const instagram = event['read'] ? 'read' : event['message'] ? 'echo of our own message' : '';
  return statuses.map((status) => text(status['status'])).join(', ') || instagram;
}

function sendWords(event: WireEvent): string {
  const body = object(event.body);
  const interactive = object(body['interactive']);
  const template = text(object(body['template'])['name']);
  const error = text(object(object(event.answer)['error'])['message']);
  if (error) return error;
  if (template) return `template ${template}`;
  return (
    text(object(interactive['body'])['text']) ||
    text(object(body['text'])['body']) ||
    text(object(body['message'])['text'])
  );
}

function seenWords(body: Json): string {
  if (body['sender_action']) return text(body['sender_action']);
  return body['typing_indicator'] ? 'read, typing' : 'read';
}

function says(event: WireEvent): string {
  const body = object(event.body);
  switch (event.kind) {
    case 'message': {
      const words = wordsOf(customerMessage(event));
      return words.media ?? words.text;
    }
    case 'status':
      return statusWords(body);
    case 'carrier':
      return body['awb']
        ? `${text(body['shipment_status']).toLowerCase()}, parcel ${text(body['awb'])}`
        : `request ${text(body['status'])}`;
    case 'send':
      return sendWords(event);
    case 'seen':
      return seenWords(body);
  }
}

const NAMES: Record<WireEvent['kind'], string> = {
  message: 'Customer wrote',
  status: 'Delivery status',
  carrier: 'Carrier says',
  send: 'Doorstep sends',
  seen: 'Doorstep shows',
};

/** Puts an event into words. */
export function lineOf(event: WireEvent): WireLine {
  const way = event.kind === 'send' || event.kind === 'seen' ? 'out' : 'in';
  const ok = event.answered >= 200 && event.answered < 300;
  return { way, what: NAMES[event.kind], says: says(event).replace(/\s+/g, ' '), ok };
}
