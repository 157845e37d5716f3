import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../core/errors';
import { BUCKETS, FEATURES_VERSION } from './features';
import type { TrainedModel } from './train';

const MAGIC = 'doorstep-nlu 1\n';

const Header = z.object({
  features: z.number(),
  buckets: z.number(),
  digest: z.string(),
  classes: z.array(z.string()).min(2),
  rows: z.number().int().positive(),
  known: z.number().int().nonnegative(),
  sha256: z.string(),
  acceptance: z.object({ weights: z.array(z.number()), threshold: z.number() }),
  tongues: z.record(z.string(), z.number()),
});

/** A model of other features: of an earlier program, to be trained again and no fault. */
const Outdated = z.object({ features: z.number().refine((n) => n !== FEATURES_VERSION) });

/** Writes a trained model: a text header, then the numbers as they stand in memory. Replaces the file in one step. */
export function saveModel(path: string, model: TrainedModel): void {
  const { ngrams } = model;
  const buckets = new Int32Array(ngrams.weights.length / ngrams.classes.length);
  for (const [bucket, row] of ngrams.rows.entries()) if (row >= 0) buckets[row] = bucket;
  const known = Int32Array.from(ngrams.known);
  const body = Buffer.concat([bytes(buckets), bytes(ngrams.bias), bytes(ngrams.weights), bytes(known)]);
  const header = JSON.stringify({
    features: FEATURES_VERSION,
    buckets: BUCKETS,
    digest: model.digest,
    classes: ngrams.classes,
    rows: buckets.length,
    known: known.length,
    sha256: createHash('sha256').update(body).digest('hex'),
    acceptance: model.acceptance,
    tongues: Object.fromEntries(model.tongues),
  });
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, Buffer.concat([Buffer.from(`${MAGIC}${header}\n`), body]));
  renameSync(draft, path);
}

function bytes(numbers: Int32Array | Float32Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

/** Reads a saved model. Undefined when there is none or it is of an older program; a broken file is refused by name. */
export function loadModel(path: string): TrainedModel | undefined {
  if (!existsSync(path)) return undefined;
  const all = readFileSync(path);
  const headerEnd = all.indexOf('\n', MAGIC.length);
  if (all.subarray(0, MAGIC.length).toString() !== MAGIC || headerEnd < 0)
    throw broken(path, 1, 'it is not a model of this program');
  let header: z.infer<typeof Header>;
  try {
    const written: unknown = JSON.parse(all.subarray(MAGIC.length, headerEnd).toString());
    if (Outdated.safeParse(written).success) return undefined;
    header = Header.parse(written);
  } catch {
    throw broken(path, 2, 'its header cannot be read');
  }
  if (header.buckets !== BUCKETS) return undefined;
  const body = all.subarray(headerEnd + 1);
  const k = header.classes.length;
  if (body.length !== 4 * (header.rows + k + header.rows * k + header.known))
    throw broken(path, 3, 'it is cut short');
  if (createHash('sha256').update(body).digest('hex') !== header.sha256)
    throw broken(path, 3, 'its numbers are damaged');
  const copy = body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength);
  const rows = new Int32Array(BUCKETS).fill(-1);
  for (const [row, bucket] of new Int32Array(copy, 0, header.rows).entries()) rows[bucket] = row;
  return {
    digest: header.digest,
    ngrams: {
      classes: header.classes,
      rows,
      bias: new Float32Array(copy, 4 * header.rows, k),
      weights: new Float32Array(copy, 4 * (header.rows + k), header.rows * k),
      known: new Set(new Int32Array(copy, 4 * (header.rows + k + header.rows * k))),
    },
    acceptance: header.acceptance,
    tongues: new Map(Object.entries(header.tongues)),
  };
}

function broken(path: string, line: number, why: string): AppError {
  return new AppError(
    'settings',
    `${path}:${line}: the trained model cannot be used: ${why}. Train it again: npm run cli -- nlu train`,
  );
}
