import { PassThrough } from 'node:stream';
import { run } from '../../src/cli/main';

/** Runs one command in this process, as typed, and answers what it wrote. */
export async function runCommand(
  argv: string[],
  env: Record<string, string | undefined> = {},
  input: string | PassThrough = '',
): Promise<{ code: number; out: string[]; err: string[] }> {
  const out: string[] = [];
  const err: string[] = [];
  const stdin = typeof input === 'string' ? new PassThrough() : input;
  if (typeof input === 'string') stdin.end(input);
  const interrupted = new AbortController().signal;
  const code = await run(
    argv,
    { out: (line) => out.push(line), err: (line) => err.push(line), stdin, interrupted },
    env,
  );
  return { code, out, err };
}
