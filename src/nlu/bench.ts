import { CHANGES } from '../../intents/catalog';
import type { Expecting, Understand } from '../core/understanding';
import { hostileLines } from './hostile';

/** Times of one kind of lines, in milliseconds. Processor time tells more than the clock on a machine that is shared. */
export interface Times {
  lines: number;
  /** Mean processor time a line. */
  cpu: number;
  p50: number;
  p95: number;
  max: number;
}

/** What a run over hostile lines came to. */
export interface HostileTimes extends Times {
  thrown: number;
  /** Lines that took more than 20 ms of processor time, measured again three times. */
  slow: number;
  /** Lines of random characters that came out as an accepted change. */
  changes: number;
}

/** A line that takes longer than this, in milliseconds, is measured again: the clock of one line says little. */
const SUSPECT = 10;
const SLOW = 20;
const AWAITED: (Expecting[] | undefined)[] = [
  undefined,
  ['date', 'time'],
  ['address', 'pin', 'phone'],
  ['item', 'quantity', 'reason', 'resolution'],
  ['order'],
  ['confirm'],
];

interface Measured {
  wall: number;
  cpu: number;
}

async function measure(work: () => Promise<unknown>): Promise<Measured> {
  const [began, used] = [process.hrtime.bigint(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(used);
  return { wall: Number(process.hrtime.bigint() - began) / 1e6, cpu: (user + system) / 1000 };
}

function summed(all: readonly Measured[]): Times {
  const walls = all.map(({ wall }) => wall).sort((a, b) => a - b);
  const at = (q: number): number => walls[Math.min(walls.length - 1, Math.floor(walls.length * q))] ?? 0;
  const cpu = all.reduce((sum, one) => sum + one.cpu, 0) / Math.max(1, all.length);
  return { lines: all.length, cpu, p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** Times ordinary lines; a first pass warms up and is not counted. */
export async function timeLines(
  understand: Understand,
  lines: readonly string[],
  now: Date,
  rounds = 3,
): Promise<Times> {
  for (const text of lines) await understand.understand({ text, now });
  const all: Measured[] = [];
  for (let round = 0; round < rounds; round++)
    for (const text of lines) all.push(await measure(() => understand.understand({ text, now })));
  return summed(all);
}

/** Runs hostile lines of every kind through; `progress` is told every ten thousand. Another seed gives other lines. */
export async function timeHostile(
  understand: Understand,
  count: number,
  now: Date,
  progress: (done: number) => void = () => undefined,
  seed = 20261118,
): Promise<HostileTimes> {
  const all: Measured[] = [];
  const found = { thrown: 0, slow: 0, changes: 0 };
  let done = 0;
  for (const { text, noise } of hostileLines(seed)) {
    if (done >= count) break;
    const expecting = AWAITED[done % AWAITED.length];
    const ask = async (): Promise<void> => {
      const read = await understand.understand({ text, now, expecting });
      if (noise && read.accepted && CHANGES.has(read.intent)) found.changes++;
    };
    try {
      const first = await measure(ask);
      let { cpu } = first;
      for (let again = 0; cpu > SUSPECT && again < 3; again++) cpu = Math.min(cpu, (await measure(ask)).cpu);
      if (cpu > SLOW) found.slow++;
      all.push({ ...first, cpu });
    } catch {
      found.thrown++;
    }
    if (++done % 10_000 === 0) progress(done);
  }
  return { ...summed(all), ...found, max: all.reduce((most, { cpu }) => Math.max(most, cpu), 0) };
}
