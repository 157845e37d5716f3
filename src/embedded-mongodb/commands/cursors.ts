import { encode } from '../bson/encode';
import { Arr, Doc, Double } from '../bson/values';
import { fault } from '../errors';
import type { Rest } from './rest';

const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const FIRST_BATCH = 101;
const IDLE_MS = 10 * 60_000;

interface Cursor {
  id: bigint;
  ns: string;
  stream: Iterator<Doc | undefined>;
  /** A document that did not fit into the batch before. */
  waiting: Doc | undefined;
  usedAt: number;
  busy: boolean;
  /** How many documents are still to come at most. */
  left: number;
}

/** Open cursors: streams of documents that a client fetches batch by batch. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private next = BigInt(Date.now()) << 16n;

  get size(): number {
    return this.open.size;
  }

  /** Sends the first batch, and keeps the stream when there is more. `batchSize` 0 only opens it. Answers at once when nothing has to pause. */
  first(
    stream: Iterator<Doc | undefined>,
    ns: string,
    rest: Rest,
    batchSize = FIRST_BATCH,
    single = false,
    limit = Infinity,
  ): Promise<Doc> | Doc {
    const cursor: Cursor = {
      id: ++this.next,
      ns,
      stream,
      waiting: undefined,
      usedAt: Date.now(),
      busy: false,
      left: limit,
    };
    const keep = ({ docs, more }: Batch): Doc => {
      if (more && !single) this.open.set(cursor.id, cursor);
      else stream.return?.();
      return answer('firstBatch', docs, more && !single ? cursor.id : 0n, ns);
    };
    const batch: Batch = { docs: [], bytes: 0, more: false };
    return fill(cursor, batch, batchSize, rest)
      ? keep(batch)
      : fillOn(cursor, batch, batchSize, rest).then(keep);
  }

  async more(id: bigint, ns: string, rest: Rest, batchSize = Infinity): Promise<Doc> {
    const cursor = this.open.get(id);
    if (!cursor) throw fault('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.ns !== ns)
      throw fault(
        'IllegalOperation',
        `Requested getMore on namespace '${ns}', but cursor belongs to a different namespace ${cursor.ns}`,
      );
    if (cursor.busy) throw fault('CursorNotFound', `cursor id ${id} is already in use`);
    cursor.busy = true;
    try {
      const { docs, more } = await fillOn(cursor, { docs: [], bytes: 0, more: false }, batchSize, rest);
      if (!more) this.open.delete(id);
      cursor.usedAt = Date.now();
      return answer('nextBatch', docs, more ? id : 0n, ns);
    } catch (e) {
      this.open.delete(id);
      throw e;
    } finally {
      cursor.busy = false;
    }
  }

  /** Closes a cursor; false when there is none of this number. */
  kill(id: bigint): boolean {
    const cursor = this.open.get(id);
    if (!cursor) return false;
    this.open.delete(id);
    if (!cursor.busy) cursor.stream.return?.();
    return true;
  }

  /** Closes what nobody has asked for in ten minutes. */
  expire(now: number): void {
    for (const c of this.open.values()) if (!c.busy && now - c.usedAt > IDLE_MS) this.kill(c.id);
  }
}

/** An answer of one batch that closes its cursor: for what is found without opening one. */
export function wholeAnswer(docs: readonly Doc[], ns: string): Doc {
  return answer('firstBatch', docs, 0n, ns);
}

function answer(name: string, docs: readonly Doc[], id: bigint, ns: string): Doc {
  const cursor = new Doc().add(name, Arr.of(docs)).add('id', id).add('ns', ns);
  return new Doc().add('cursor', cursor).add('ok', new Double(1));
}

interface Batch {
  docs: Doc[];
  bytes: number;
  more: boolean;
}

async function fillOn(cursor: Cursor, batch: Batch, batchSize: number, rest: Rest): Promise<Batch> {
  while (!fill(cursor, batch, batchSize, rest)) await rest.take();
  return batch;
}

/** After so many documents a batch looks at the clock. */
const BREATH = 64;

/** Fills a batch; false when it stopped only because others should have their turn. */
function fill(cursor: Cursor, batch: Batch, batchSize: number, rest: Rest): boolean {
  const { docs } = batch;
  let n = 0;
  if (cursor.waiting && batchSize > 0) {
    docs.push(cursor.waiting);
    batch.bytes += encode(cursor.waiting).length;
    cursor.waiting = undefined;
    cursor.left--;
  }
  while (docs.length < batchSize) {
    const { value, done } = cursor.stream.next();
    if (done) {
      batch.more = false;
      return true;
    }
    if (value === undefined) {
      if (rest.due()) return false;
      continue;
    }
    // Whatever a stage gives from memory comes without places to pause.
    const pause = ++n % BREATH === 0 && rest.due();
    const size = encode(value).length;
    if (batch.bytes + size > MAX_BATCH_BYTES && docs.length > 0) {
      cursor.waiting = value;
      batch.more = true;
      return true;
    }
    docs.push(value);
    batch.bytes += size;
    if (--cursor.left <= 0) {
      batch.more = false;
      return true;
    }
    if (pause && docs.length < batchSize) return false;
  }
  batch.more = true;
  return true;
}
