import type { EventEmitter } from 'node:events';

/**
 * The part of whatsapp-web.js that is used, written down here because the library is not installed with the project. Values come from a
 * page that changes without notice: whatever is not needed to be sure of is `unknown`.
 */
export interface WebClient extends EventEmitter {
  initialize(): Promise<void>;
  destroy(): Promise<void>;
  getState(): Promise<unknown>;
  getChats(): Promise<WebChat[]>;
  getChatById(id: string): Promise<WebChat | undefined>;
  sendMessage(chat: string, text: string, options: Record<string, unknown>): Promise<unknown>;
  getContactLidAndPhone(ids: string[]): Promise<{ lid?: string; pn?: string }[]>;
  pupBrowser?: { process?(): { pid?: number } | null } | null;
}

/** One chat, as the library lists it. */
export interface WebChat {
  id: { _serialized: string };
  isGroup: boolean;
  /** Seconds of the last thing that happened in it. */
  timestamp?: number;
  fetchMessages(search: { limit: number }): Promise<unknown[]>;
  sendStateTyping(): Promise<unknown>;
}

/** What the library exports. */
export interface WebLibrary {
  Client: new (options: Record<string, unknown>) => WebClient;
  LocalAuth: new (options: { dataPath: string }) => unknown;
}

/** Resolves like the work, or rejects after `ms`: a frozen page never answers. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
