import { randomUUID } from 'node:crypto';
import type { Json } from './json';
import type { StandInAccount } from './wire';

/** A new message id in Instagram's look. */
export function newMid(): string {
  return `m_${Buffer.from(randomUUID()).toString('base64url')}`;
}

const attachment = (type: string, extension: string, url?: string): Json => ({
  message: {
    attachments: [{ type, payload: { url: url ?? `https://cdn.example/${randomUUID()}.${extension}` } }],
  },
});

/** The part of a customer's event that says what it is; ids and people are added when it is posted. */
export const instagramSays = {
  text: (text: string): Json => ({ message: { text } }),
  quickReply: (payload: string, title: string): Json => ({
    message: { text: title, quick_reply: { payload } },
  }),
  postback: (payload: string, title: string): Json => ({ postback: { payload, title } }),
  image: (url?: string): Json => attachment('image', 'jpg', url),
  voice: (url?: string): Json => attachment('audio', 'mp4', url),
  storyMention: (): Json => attachment('story_mention', 'jpg'),
  reaction: (mid: string): Json => ({ reaction: { mid, action: 'react', reaction: 'love', emoji: '❤️' } }),
  read: (mid: string): Json => ({ read: { mid } }),
  unsend: (mid: string): Json => ({ message: { mid, is_deleted: true } }),
  edit: (mid: string, text: string, count = 1): Json => ({ message_edit: { mid, text, num_edit: count } }),
  unsupported: (): Json => ({ message: { is_unsupported: true } }),
};

function withId(event: Json): Json {
  const name = event.message !== undefined ? 'message' : 'postback';
  if (event[name] === undefined) return event;
  return { ...event, [name]: { mid: newMid(), ...(event[name] as Json) } };
}

function envelope(account: StandInAccount, events: Json[], at: Date): Json {
  return { object: 'instagram', entry: [{ id: account.accountId, time: at.getTime(), messaging: events }] };
}

/** Webhook body of events by one customer. */
export function instagramEvents(account: StandInAccount, customer: string, events: Json[], at: Date): Json {
  const people = { sender: { id: customer }, recipient: { id: account.accountId } };
  return envelope(
    account,
    events.map((event) => ({ ...people, timestamp: at.getTime(), ...withId(event) })),
    at,
  );
}

/** Webhook body that reports a message of our own side: by the product when the id is that of a send, otherwise by a colleague. */
export function instagramEcho(
  account: StandInAccount,
  customer: string,
  message: { mid?: string; text: string },
  at: Date,
): Json {
  const people = { sender: { id: account.accountId }, recipient: { id: customer } };
  const event = { ...people, timestamp: at.getTime(), message: { mid: newMid(), ...message, is_echo: true } };
  return envelope(account, [event], at);
}
