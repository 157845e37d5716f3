import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const named = process.env.DOORSTEP_FIXTURES;

/**
 * Folder of published samples of real payloads, kept outside the project: `counts.json` and a folder for each source. `DOORSTEP_FIXTURES` names
 * it, or the folder around it. Undefined: the tests that replay them are skipped.
 */
export const samplesFolder: string | undefined = named
  ? [named, join(named, 'channels')].find((folder) => existsSync(join(folder, 'counts.json')))
  : undefined;
if (named && !samplesFolder) throw new Error('DOORSTEP_FIXTURES names no folder with counts.json');

/** Folder and file names of one source's samples; none without the folder. */
export function samplesOf(source: string): { folder: string; files: string[] } {
  const folder = join(samplesFolder ?? '', source);
  return { folder, files: samplesFolder && existsSync(folder) ? readdirSync(folder) : [] };
}
