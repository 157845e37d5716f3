import { readFileSync } from 'node:fs';

/** Clock ticks per second of /proc; 100 on every Linux Node runs on. */
const TICKS = 100;

/** CPU seconds a process (all its threads) has used; undefined where there is no /proc. */
export function cpuSeconds(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return undefined;
  }
}

/** Private memory of a process in megabytes (RssAnon: mapped pages of the store do not count). */
export function privateMegabytes(pid: number): number | undefined {
  try {
    const line = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line ? Math.round(Number(line[1]) / 1024) : undefined;
  } catch {
    return undefined;
  }
}
