import type { InboxItem } from '../core/stream-store';

/** Ids remembered at least, so that an event is never taken twice while its mark is on the way to the store. */
const REMEMBERED = 10_000;

/** The latest ids, between one and two times `REMEMBERED`: a set that drops its oldest one by one would walk over the gaps they leave. */
class Latest {
  private young = new Set<string>();
  private old = new Set<string>();

  add(ids: string[]): void {
    for (const id of ids) this.young.add(id);
    if (this.young.size < REMEMBERED) return;
    this.old = this.young;
    this.young = new Set();
  }

  has(id: string): boolean {
    return this.young.has(id) || this.old.has(id);
  }
}

/**
 * Events this process has just stored and has not handled. Where it is the only process on its store, a turn takes them from here instead of
 * asking the store again. Anything doubtful (a start, a lost race, a fault, work found by the sweep) is asked of the store, which has everything.
 */
export class Known {
  private readonly items = new Map<string, InboxItem[]>();
  private readonly doubtful = new Set<string>();
  private readonly done = new Latest();
  private readonly inStore = new Latest();
  private primed = false;

  constructor(private readonly sole: boolean) {}

  /** An event of this process is stored. */
  add(key: string, item: InboxItem): void {
    if (!this.sole) return;
    const waiting = this.items.get(key);
    if (waiting) waiting.push(item);
    else this.items.set(key, [item]);
  }

  /** What waits of this conversation is no longer wanted; the store is asked the next time. */
  drop(key: string): void {
    this.items.delete(key);
    this.doubt(key);
  }

  /** The store may hold more of this conversation than we know: it is asked the next time. */
  doubt(key: string): void {
    if (this.sole) this.doubtful.add(key);
  }

  /** All that was taken is committed, and nothing was left in the store. */
  trust(key: string): void {
    this.doubtful.delete(key);
  }

  /** True once we know of everything that waits. */
  get complete(): boolean {
    return this.sole && this.primed;
  }

  /** What an earlier life left behind is found: from now on what we know is all there is. */
  prime(): void {
    this.primed = true;
  }

  /** Events to handle now, oldest first; `sure`: taken from here, nobody else has been at work. The conversation is in doubt from here until `trust`: whatever fails between leaves the store to be asked. */
  async take(
    key: string,
    limit: number,
    ask: () => Promise<InboxItem[]>,
  ): Promise<{ items: InboxItem[]; sure: boolean }> {
    const asks = !this.sole || !this.primed || this.doubtful.has(key);
    this.doubt(key);
    if (!asks) {
      const waiting = (this.items.get(key) ?? []).filter((item) => !this.done.has(item._id));
      if (waiting.length > limit) this.items.set(key, waiting.slice(limit));
      else this.items.delete(key);
      const items = waiting.slice(0, limit).sort((a, b) => (a.arrival < b.arrival ? -1 : 1));
      return { items, sure: true };
    }
    this.items.delete(key);
    return { items: (await ask()).filter((item) => !this.done.has(item._id)), sure: false };
  }

  /** These are committed. */
  handled(ids: string[]): void {
    this.done.add(ids);
  }

  /** These are marked as handled in the store as well, so that no later life takes them again. */
  marked(ids: string[]): void {
    this.inStore.add(ids);
  }

  isMarked(id: string): boolean {
    return this.inStore.has(id);
  }
}
