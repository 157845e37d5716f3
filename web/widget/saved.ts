import type { Introduction } from '../../src/core/introduction';

/** A message on its way; `id` is the same at every try, so that it arrives once. */
export interface Queued {
  id: string;
  text: string;
  /** Set when it is a tap. */
  choice?: string;
  at: string;
}

/** What stays in this browser between pages and days. No message that was received is kept here. */
export interface Saved {
  token?: string;
  /** Customer of the shop whose conversation it is; absent: a visitor. */
  sub?: string;
  /** Sequence number up to which the customer has read. */
  read: number;
  unread: number;
  queue: Queued[];
  /** What the visitor said of themselves, for the session that the first message opens. */
  introduction?: Introduction;
  /** When the token was last renewed, milliseconds. */
  renewed?: number;
}

const KEY = 'doorstep';
const empty = (): Saved => ({ read: 0, unread: 0, queue: [] });

/** Keeps the record in localStorage, or only in memory where the browser forbids it. */
export class Keep {
  private inMemory: Saved = empty();

  read(): Saved {
    try {
      const text = localStorage.getItem(KEY);
      return text ? { ...empty(), ...(JSON.parse(text) as Partial<Saved>) } : empty();
    } catch {
      return this.inMemory;
    }
  }

  write(change: Partial<Saved>): Saved {
    const next = { ...this.read(), ...change };
    this.inMemory = next;
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // Storage is full or forbidden: this page still works from memory.
    }
    return next;
  }

  /** Forgets everything: the next message starts a new conversation. */
  clear(): void {
    this.inMemory = empty();
    try {
      localStorage.removeItem(KEY);
    } catch {
      // Nothing was kept.
    }
  }
}
