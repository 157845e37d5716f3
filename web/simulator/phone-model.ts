import type { Act, Control, WireEvent } from './model';

/** Something on the phone that can be tapped. */
export interface Tap {
  id: string;
  title: string;
  description?: string;
  control: Control;
  of?: string;
}

/** A bubble on the customer's phone. */
export interface Bubble {
  key: string;
  from: 'me' | 'shop';
  text: string;
  at: string;
  /** Ticks of the customer's own messages. */
  tick?: 'sent' | 'delivered' | 'read';
  /** A pre-approved message: its name. */
  template?: string;
  taps: Tap[];
  /** Rows behind one button, with that button's label. */
  list?: { label: string; rows: Tap[] };
  link?: { title: string; url: string };
  media?: 'photo' | 'voice';
}

/** What the phone of one person shows. */
export interface Phone {
  bubbles: Bubble[];
  /** Set while the shop is shown as writing: when that began. */
  typingSince?: string;
}

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (value && typeof value === 'object' ? (value as Json) : {});
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const succeeded = (event: WireEvent): boolean => event.answered >= 200 && event.answered < 300;

/** The customer's message inside a webhook body of either channel. */
export function customerMessage(event: WireEvent): Json {
  const entry = list(object(event.body)['entry'])[0] ?? {};
  if (event.channel === 'instagram') {
    const messaging = list(entry['messaging'])[0] ?? {};
    return 'message' in messaging ? object(messaging['message']) : object(messaging['postback']);
  }
  return list(object(list(entry['changes'])[0]?.['value'])['messages'])[0] ?? {};
}

/** What a customer's message says, whatever its kind. */
export function wordsOf(message: Json): { text: string; media?: 'photo' | 'voice' } {
  const interactive = object(message['interactive']);
  const reply = object(interactive['button_reply'] ?? interactive['list_reply']);
  const attachment = text(list(message['attachments'])[0]?.['type']);
  if (message['type'] === 'image' || attachment === 'image') return { text: '', media: 'photo' };
  if (message['type'] === 'audio' || attachment === 'audio') return { text: '', media: 'voice' };
  return {
    text:
      text(reply['title']) ||
      text(object(message['button'])['text']) ||
      text(object(message['text'])['body']) ||
      text(message['text']) ||
      text(message['title']),
  };
}

function mine(event: WireEvent): Bubble {
  const message = customerMessage(event);
  const key = text(message['id']) || text(message['mid']) || `seq-${event.seq}`;
  const tick = succeeded(event) ? 'delivered' : 'sent';
  return { key, from: 'me', at: event.at, tick, taps: [], ...wordsOf(message) };
}

/** Provider's id of a message of ours, from the answer to the send. */
export function sentId(event: WireEvent): string {
  const answer = object(event.answer);
  return text(list(answer['messages'])[0]?.['id']) || text(answer['message_id']);
}

function whatsAppBubble(
  body: Json,
  of: string,
): Pick<Bubble, 'text' | 'taps' | 'list' | 'template' | 'link'> {
  if (body['type'] === 'template') return templateBubble(object(body['template']));
  const interactive = object(body['interactive']);
  if (body['type'] !== 'interactive') return { text: text(object(body['text'])['body']), taps: [] };
  const action = object(interactive['action']);
  const words = text(object(interactive['body'])['text']);
  const rows = list(action['sections']).flatMap((section) => list(section['rows']));
  if (interactive['type'] === 'list') {
    const taps = rows.map((row) => tap(row, 'list', of));
    return { text: words, taps: [], list: { label: text(action['button']), rows: taps } };
  }
  const parameters = object(action['parameters']);
  const url = text(parameters['url']);
  return {
    text: words,
    taps: list(action['buttons']).map((button) => tap(object(button['reply']), 'button', of)),
    ...(url ? { link: { title: text(parameters['display_text']), url } } : {}),
  };
}

function templateBubble(template: Json): Pick<Bubble, 'text' | 'taps' | 'template'> {
  const body = list(template['components']).find((one) => one['type'] === 'body');
  const values = list(body?.['parameters']).map((one) => text(one['text']));
  return { text: values.join(' · '), taps: [], template: text(template['name']) };
}

function tap(value: Json, control: Control, of: string): Tap {
  const description = text(value['description']);
  return {
    id: text(value['id']) || text(value['payload']),
    title: text(value['title']),
    control,
    ...(description ? { description } : {}),
    ...(of ? { of } : {}),
  };
}

function instagramBubble(body: Json, of: string): Pick<Bubble, 'text' | 'taps'> {
  const message = object(body['message']);
  const template = object(object(message['attachment'])['payload']);
  const quick = list(message['quick_replies']).map((one) => tap(one, 'quick-reply', of));
  const buttons = list(template['buttons']).map((one) => tap(one, 'postback', of));
  return { text: text(message['text']) || text(template['text']), taps: [...quick, ...buttons] };
}

function theirs(event: WireEvent): Bubble {
  const id = sentId(event);
  const body = object(event.body);
  const content = event.channel === 'instagram' ? instagramBubble(body, id) : whatsAppBubble(body, id);
  return { key: id || `seq-${event.seq}`, from: 'shop', at: event.at, ...content };
}

function markRead(bubbles: Bubble[]): Bubble[] {
  return bubbles.map((bubble) =>
    bubble.tick && bubble.tick !== 'read' ? { ...bubble, tick: 'read' } : bubble,
  );
}

/**
 * The phone of one person, from what went over the wire. A webhook delivered twice is one bubble; a send the provider refused is none; whatever the shop
 * answers after, the customer's messages before it have been read.
 */
export function phoneOf(events: WireEvent[], user: string): Phone {
  let bubbles: Bubble[] = [];
  let typingSince: string | undefined;
  const keys = new Set<string>();
  for (const event of events) {
    if (event.user !== user) continue;
    if (event.kind === 'seen') {
      bubbles = markRead(bubbles);
      typingSince = event.at;
    }
    if (event.kind !== 'message' && !(event.kind === 'send' && succeeded(event))) continue;
    const bubble = event.kind === 'message' ? mine(event) : theirs(event);
    if (event.kind === 'send') {
      bubbles = markRead(bubbles);
      typingSince = undefined;
    }
    if (keys.has(bubble.key)) continue;
    keys.add(bubble.key);
    bubbles.push(bubble);
  }
  return { bubbles, typingSince };
}

/** What the customer has just done, before it is on the wire: one tick. */
export function sendingBubble(act: Act, at: string): Bubble {
  const key = `sending-${at}`;
  const words = act.kind === 'text' ? act.text : act.kind === 'tap' ? act.title : '';
  const media = act.kind === 'photo' || act.kind === 'voice' ? { media: act.kind } : {};
  return { key, from: 'me', at, tick: 'sent', taps: [], text: words, ...media };
}

/** Quick replies and buttons stay, but a list or quick reply is spent once the customer has said something after it. */
export function spent(bubbles: Bubble[], index: number): boolean {
  return bubbles.slice(index + 1).some((bubble) => bubble.from === 'me');
}
