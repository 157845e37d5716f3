import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A file of numbers with a line of JSON in front; anything unreadable counts as not there, since it can be made again. */
export function readKept(
  file: string,
): { header: Record<string, unknown>; numbers: Float32Array } | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const all = readFileSync(file);
    const end = all.indexOf('\n');
    const header = JSON.parse(all.subarray(0, end).toString()) as Record<string, unknown>;
    const body = all.subarray(end + 1);
    if (header.sha256 !== createHash('sha256').update(body).digest('hex')) return undefined;
    return {
      header,
      numbers: new Float32Array(body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength)),
    };
  } catch {
    return undefined;
  }
}

/** Writes such a file in one step. */
export function writeKept(file: string, header: Record<string, unknown>, numbers: Float32Array): void {
  const body = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const sha256 = createHash('sha256').update(body).digest('hex');
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, Buffer.concat([Buffer.from(`${JSON.stringify({ ...header, sha256 })}\n`), body]));
  renameSync(draft, file);
}
