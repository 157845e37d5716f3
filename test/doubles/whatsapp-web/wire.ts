/** One message as WhatsApp Web's page holds it; the library's `Message` is made from it. */
export interface RawMessage {
  id: { fromMe: boolean; remote: string; id: string; _serialized: string };
  type: string;
  from: string;
  to: string;
  t: number;
  body?: string;
  caption?: string;
  mimetype?: string;
  directPath?: string;
  notifyName?: string;
  lat?: number;
  lng?: number;
  loc?: string;
  vcards?: string[];
  ack?: number;
}

/** What the browser asks of the world. */
export type Question =
  | { ask: 'hello'; session: string | undefined }
  | { ask: 'state' }
  | { ask: 'chats' }
  | { ask: 'history'; chat: string; limit: number }
  | { ask: 'send'; chat: string; text: string }
  | { ask: 'phones'; ids: string[] }
  | { ask: 'typing'; chat: string };

/** What the world tells the browser. */
export type News =
  | { news: 'qr'; qr: string }
  | { news: 'linked'; session: string }
  | { news: 'ready' }
  | { news: 'created'; message: RawMessage }
  | { news: 'ack'; message: RawMessage; ack: number }
  | { news: 'edited'; message: RawMessage; before: string }
  | { news: 'revoked'; message: RawMessage }
  | { news: 'moved'; message: RawMessage; from: string; to: string }
  | { news: 'state'; state: string }
  | { news: 'disconnected'; reason: string }
  | { news: 'die' }
  | { news: 'freeze' }
  | { news: 'fault' };
