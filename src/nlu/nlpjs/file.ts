import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { NlpjsVoice } from './voice';

const Saved = z.object({ digest: z.string(), model: z.record(z.string(), z.unknown()) });

/** Writes a trained nlp.js with the digest of its corpus. Replaces the file in one step. */
export function saveNlpjs(path: string, digest: string, voice: NlpjsVoice): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ digest, model: voice.exported() }));
  renameSync(draft, path);
}

/**
 * The saved nlp.js, when it was made from the corpus of this digest. Undefined when there is none, it is of another corpus or it cannot
 * be read, which is said in the log; the rest of understanding does without it. Never trains and never throws.
 */
export function loadNlpjs(
  path: string,
  digest: string,
  log?: { warn(fields: object, message: string): void },
): NlpjsVoice | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const saved = Saved.parse(JSON.parse(readFileSync(path, 'utf8')));
    return saved.digest === digest ? NlpjsVoice.from(saved.model) : undefined;
  } catch {
    log?.warn({ file: path }, 'The saved nlp.js model cannot be read; going on without it');
    return undefined;
  }
}
