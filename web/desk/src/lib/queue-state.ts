import type { CountsWire, QueueItemWire, QueueWire } from '../../../../src/desk/wire';
import { call } from './api';
import { Signal } from './signal';

export type QueueTab = 'waiting' | 'mine' | 'team' | 'bot' | 'closed';

const PAGE = 200;
/** The first page is small, so that something stands on the screen early. */
const FIRST_PAGE = 50;
/** A waiting conversation that the page did not know is new when its wait began this recently. */
const NEW_WAIT_MS = 60_000;

/** All conversations the page knows, by key; fed by pages of the queue and by the live feed. */
export class QueueState {
  readonly items = new Signal<ReadonlyMap<string, QueueItemWire>>(new Map());
  readonly counts = new Signal<CountsWire>({ bot: 0, waiting: 0, agent: 0, closed: 0 });
  readonly ready = new Signal(false);
  readonly fault = new Signal<string | undefined>(undefined);
  /** Cursor of the next page of the tabs that load on demand; null when all is here. */
  readonly more = new Signal<Readonly<Partial<Record<'bot' | 'closed', string | null>>>>({});
  /** Newest change seen, for catching up. */
  newest: string | undefined;

  /** Everybody who needs a person is held, so their number needs no asking. */
  private whole = false;

  constructor(private readonly onHandover: (item: QueueItemWire) => void) {}

  /** Loads everybody who needs a person; the first page is shown before the rest is here. */
  async load(): Promise<void> {
    try {
      // One owner at a time: that is what the store answers from an index.
      await this.loadAll('waiting');
      await this.loadAll('agent');
      this.whole = true;
      this.setCounts(this.counts.get());
      this.fault.set(undefined);
    } catch (error) {
      this.fault.set(error instanceof Error ? error.message : String(error));
    }
  }

  private async loadAll(owner: 'waiting' | 'agent'): Promise<void> {
    let cursor: string | null = null;
    do {
      const query: string = `owner=${owner}&limit=${cursor ? PAGE : FIRST_PAGE}`;
      const after: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const page: QueueWire = await call<QueueWire>('GET', `/queue?${query}${after}`);
      this.put(page.items, false);
      this.ready.set(true);
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  /** Loads the first or the next page of a tab that is not held whole. */
  async loadMore(owner: 'bot' | 'closed'): Promise<void> {
    const cursor = this.more.get()[owner];
    if (cursor === null) return;
    const query = `owner=${owner}&limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const page = await call<QueueWire>('GET', `/queue?${query}`);
    this.put(page.items, false);
    this.more.update((more) => ({ ...more, [owner]: page.nextCursor }));
  }

  /** Takes the server's numbers in; those of people's conversations are counted here once all are held, which is sooner. */
  setCounts(counts: CountsWire): void {
    let { waiting, agent } = counts;
    if (this.whole) {
      const owners = [...this.items.get().values()].map(({ owner }) => owner);
      waiting = owners.filter((owner) => owner === 'waiting').length;
      agent = owners.filter((owner) => owner === 'agent').length;
    }
    this.counts.set({ ...counts, waiting, agent });
  }

  /** Takes lines in; an older state of a line never replaces a newer one. `live` lines may ring. */
  put(lines: QueueItemWire[], live: boolean): void {
    if (lines.length === 0) return;
    const next = new Map(this.items.get());
    for (const line of lines) {
      const before = next.get(line.key);
      if (before && before.updatedAt > line.updatedAt) continue;
      next.set(line.key, line);
      if (this.newest === undefined || line.updatedAt > this.newest) this.newest = line.updatedAt;
      if (live && line.owner === 'waiting' && before?.owner !== 'waiting' && this.isNew(line, before)) {
        this.onHandover(line);
      }
    }
    this.items.set(next);
    this.setCounts(this.counts.get());
  }

  private isNew(line: QueueItemWire, before: QueueItemWire | undefined): boolean {
    if (before) return true;
    return Date.now() - Date.parse(line.waitingSince ?? line.updatedAt) < NEW_WAIT_MS;
  }
}

function due(item: QueueItemWire): string {
  return item.dueAt ?? '9';
}

/** The lines of a tab: what needs an answer by due time, the rest newest first. */
export function linesOf(
  items: ReadonlyMap<string, QueueItemWire>,
  tab: QueueTab,
  me: string,
): QueueItemWire[] {
  const all = [...items.values()];
  const newest = (a: QueueItemWire, b: QueueItemWire) => b.updatedAt.localeCompare(a.updatedAt);
  const byDue = (a: QueueItemWire, b: QueueItemWire) => due(a).localeCompare(due(b)) || newest(a, b);
  switch (tab) {
    case 'waiting':
      return all.filter(({ owner }) => owner === 'waiting').sort(byDue);
    case 'mine':
      return all.filter(({ owner, assignee }) => owner === 'agent' && assignee === me).sort(byDue);
    case 'team':
      return all.filter(({ owner, assignee }) => owner === 'agent' && assignee !== me).sort(byDue);
    default:
      return all.filter(({ owner }) => owner === tab).sort(newest);
  }
}
