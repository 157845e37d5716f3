import { randomUUID } from 'node:crypto';
import type { Json } from './json';
import type { StandInNumber } from './wire';

/** A person on WhatsApp. Without a phone only the business-scoped id is shown. */
export interface WhatsAppCustomer {
  /** Digits with country code. */
  phone?: string;
  userId?: string;
  name?: string;
}

/** A new message id in Meta's look. */
export function newWamid(): string {
  return `wamid.${Buffer.from(randomUUID()).toString('base64url')}`;
}

const media = (type: string, mime: string, more: Json = {}): Json => ({
  type,
  [type]: {
    id: String(Date.UTC(2026, 0) + Math.floor(Math.random() * 1e9)),
    mime_type: mime,
    sha256: 'demo',
    ...more,
  },
});

/** The part of a customer's message that says what it is; `fromWhatsApp` adds who and when. */
export const whatsappSays = {
  text: (body: string): Json => ({ type: 'text', text: { body } }),
  button: (id: string, title: string): Json => ({
    type: 'interactive',
    interactive: { type: 'button_reply', button_reply: { id, title } },
  }),
  row: (id: string, title: string, description?: string): Json => ({
    type: 'interactive',
    interactive: { type: 'list_reply', list_reply: { id, title, ...(description ? { description } : {}) } },
  }),
  templateButton: (payload: string, text: string): Json => ({ type: 'button', button: { payload, text } }),
  image: (caption?: string, id?: string): Json =>
    media('image', 'image/jpeg', { ...(caption ? { caption } : {}), ...(id ? { id } : {}) }),
  video: (caption?: string): Json => media('video', 'video/mp4', caption ? { caption } : {}),
  document: (filename: string): Json => media('document', 'application/pdf', { filename }),
  sticker: (): Json => media('sticker', 'image/webp', { animated: false }),
  voice: (id?: string): Json =>
    media('audio', 'audio/ogg; codecs=opus', { voice: true, ...(id ? { id } : {}) }),
  location: (latitude: number, longitude: number, more: { name?: string; address?: string } = {}): Json => ({
    type: 'location',
    location: { latitude, longitude, ...more },
  }),
  contact: (name: string, phone: string): Json => ({
    type: 'contacts',
    contacts: [
      { name: { formatted_name: name, first_name: name }, phones: [{ phone: `+${phone}`, wa_id: phone }] },
    ],
  }),
  /** The native Indian address form, filled in. */
  addressForm: (values: Record<string, string>): Json => ({
    type: 'interactive',
    interactive: {
      type: 'nfm_reply',
      nfm_reply: { name: 'address_message', body: '', response_json: JSON.stringify({ values }) },
    },
  }),
  reaction: (messageId: string, emoji: string): Json => ({
    type: 'reaction',
    reaction: { message_id: messageId, emoji },
  }),
  unsupported: (what: string): Json => ({
    type: 'unsupported',
    unsupported: { type: what },
    errors: [{ code: 131051, title: 'Message type unknown', message: 'Message type unknown' }],
  }),
  edit: (messageId: string, body: string): Json => ({
    type: 'edit',
    edit: { original_message_id: messageId, message: { type: 'text', text: { body } } },
  }),
  revoke: (messageId: string): Json => ({ type: 'revoke', revoke: { original_message_id: messageId } }),
};

function envelope(number: StandInNumber, field: string, value: Json): Json {
  const metadata = { display_phone_number: number.displayPhone, phone_number_id: number.phoneNumberId };
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: number.businessAccountId,
        changes: [{ field, value: { messaging_product: 'whatsapp', metadata, ...value } }],
      },
    ],
  };
}

function contactOf({ phone, userId, name }: WhatsAppCustomer): Json {
  return {
    ...(name ? { profile: { name } } : {}),
    ...(phone ? { wa_id: phone } : {}),
    ...(userId ? { user_id: userId } : {}),
  };
}

function seconds(at: Date): string {
  return String(Math.floor(at.getTime() / 1000));
}

/** Webhook body of one or more messages by one customer. Give an `id` in a message to choose it. */
export function whatsappMessages(
  number: StandInNumber,
  customer: WhatsAppCustomer,
  messages: Json[],
  at: Date,
): Json {
  const { phone, userId } = customer;
  const sender = { ...(phone ? { from: phone } : {}), ...(userId ? { from_user_id: userId } : {}) };
  return envelope(number, 'messages', {
    contacts: [contactOf(customer)],
    messages: messages.map((message) => ({ ...sender, id: newWamid(), timestamp: seconds(at), ...message })),
  });
}

/** Webhook body of something a colleague wrote in the WhatsApp Business app. */
export function whatsappEcho(
  number: StandInNumber,
  customer: WhatsAppCustomer,
  message: Json,
  at: Date,
): Json {
  const to = { to: customer.phone ?? '', ...(customer.userId ? { to_user_id: customer.userId } : {}) };
  const echo = { from: number.displayPhone, ...to, id: newWamid(), timestamp: seconds(at), ...message };
  return envelope(number, 'smb_message_echoes', { message_echoes: [echo] });
}

/** What a status says besides its word. */
export interface StatusOf {
  providerId: string;
  /** Phone digits or business-scoped id. */
  to: string;
  callbackId?: string;
}

/** Webhook body of one status. */
export function whatsappStatus(
  number: StandInNumber,
  message: StatusOf,
  status: string,
  at: Date,
  errors: { code: number; title: string }[] = [],
): Json {
  const isPhone = /^\d+$/.test(message.to);
  return envelope(number, 'messages', {
    statuses: [
      {
        id: message.providerId,
        status,
        timestamp: seconds(at),
        ...(isPhone ? { recipient_id: message.to } : { recipient_user_id: message.to }),
        ...(message.callbackId === undefined ? {} : { biz_opaque_callback_data: message.callbackId }),
        ...(errors.length > 0 ? { errors } : {}),
      },
    ],
  });
}
