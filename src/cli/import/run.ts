import { monotonicMs, type Clock } from '../../core/clock';
import type { FieldError } from '../../core/errors';
import type { OrderStore } from '../../core/order-store';
import type { Io } from '../command';
import { bar, left } from '../progress';
import type { Kept, PlaceKept } from './place-kept';
import type { FileOrder, OrderFile } from './read';
import { Storing, type Batch } from './storing';

/** Orders written together. */
const BATCH = 1_000;
/** Between two notes of the place and between two looks at the bar, milliseconds. */
const NOTE_MS = 1_000;
const SHOW_MS = 200;

/** What became of an import. */
export interface Imported extends Kept {
  /** False when it was interrupted; it goes on from its place the next time. */
  finished: boolean;
}

/** What importing needs. */
export interface ImportParts {
  orders: Pick<OrderStore, 'putMany'>;
  place: PlaceKept;
  from: Kept;
  clock: Clock;
  io: Io;
}

function reportBad(io: Io, line: number, errors: FieldError[]): void {
  io.err(`line ${line}: ${errors.map(({ field, message }) => `${field} ${message}`.trim()).join('; ')}`);
}

/** Shows how far it has come, a few times a second. */
function progressOf(io: Io, from: Kept, size: number): (total: Kept) => void {
  const begun = monotonicMs();
  let shown = begun - SHOW_MS;
  return (total) => {
    const now = monotonicMs();
    if (!io.progress || now - shown < SHOW_MS) return;
    shown = now;
    const here = total.kept + total.refused - from.kept - from.refused;
    const rate = Math.round((here / Math.max(1, now - begun)) * 1000);
    const share = (total.offset - from.offset) / Math.max(1, size - from.offset);
    const parts = [
      bar(total.offset / Math.max(1, size)),
      `${total.kept.toLocaleString('en')} orders`,
      `${rate.toLocaleString('en')}/s`,
      total.refused > 0 ? `${total.refused.toLocaleString('en')} refused` : '',
      left(share, now - begun),
    ];
    io.progress(parts.filter(Boolean).join('  '));
  };
}

/** Counts what was stored, and notes the place now and then. */
function counting(file: OrderFile, { io, from, place }: ImportParts) {
  const total: Kept = { ...from };
  const show = progressOf(io, from, file.size);
  let noted = monotonicMs();
  const onStored = async (batch: Batch, results: Awaited<ReturnType<OrderStore['putMany']>>) => {
    for (const { orderNumber, created, error } of results) {
      if (error !== undefined) io.err(`${orderNumber}: ${error}`);
      total.refused += error === undefined ? 0 : 1;
      total.kept += error === undefined ? 1 : 0;
      total.created += error === undefined && created ? 1 : 0;
    }
    total.refused += batch.refused;
    Object.assign(total, batch.end);
    show(total);
    if (monotonicMs() - noted < NOTE_MS) return;
    noted = monotonicMs();
    await place.write(total);
  };
  return { total, onStored };
}

/**
 * Imports a file's orders: reading, checking and storing at the same time. Stops between two orders when interrupted; what was read before
 * that, or before a fault in the file, is stored, and the place behind it kept.
 */
export async function importFile(file: OrderFile, parts: ImportParts): Promise<Imported> {
  const { orders, place, io, clock } = parts;
  const { total, onStored } = counting(file, parts);
  const storing = new Storing((list) => orders.putMany(list, clock.now()), onStored);
  const empty = (): Batch => ({ orders: [], refused: 0, end: { offset: 0, line: 0 } });
  let batch = empty();
  const add = (found: FileOrder) => {
    if (found.order) batch.orders.push(found.order);
    else {
      batch.refused += 1;
      reportBad(io, found.line, found.errors ?? []);
    }
    batch.end = { offset: found.end, line: found.nextLine };
  };
  const send = async () => {
    const full = batch;
    batch = empty();
    if (full.orders.length + full.refused > 0) await storing.send(full);
  };
  const read = async (): Promise<boolean> => {
    for await (const found of file.orders(parts.from)) {
      add(found);
      if (batch.orders.length + batch.refused >= BATCH) await send();
      if (io.interrupted.aborted) return false;
    }
    return true;
  };
  let finished: boolean;
  try {
    finished = await read().finally(send);
  } finally {
    await storing.end().finally(() => (total.offset > 0 ? place.write(total) : undefined));
    io.progress?.('');
  }
  if (finished) await place.remove();
  return { ...total, finished };
}
