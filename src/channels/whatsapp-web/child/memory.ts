import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Own sends remembered; far more than a restart can bring back. */
const KEPT = 5_000;

function nameOf(messageId: string): string {
  return createHash('sha256').update(messageId).digest('base64url').slice(0, 22);
}

/**
 * What must outlive the child, beside the session: until when everything has been taken, and which messages were ours, so that none of
 * them is ever taken for a colleague's. Ids are kept as hashes: they hold phone numbers.
 */
export class Memory {
  private readonly own = new Map<string, { callbackId?: string; part?: number }>();
  private readonly ownFile: string;
  private readonly takenFile: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.ownFile = join(folder, 'own-messages');
    this.takenFile = join(folder, 'taken-until');
    const names = read(this.ownFile).split('\n').filter(Boolean).slice(-KEPT);
    for (const name of names) this.own.set(name, {});
    if (names.length > 0) replace(this.ownFile, `${names.join('\n')}\n`);
  }

  /** Seconds since 1970; undefined before the first time. */
  get takenUntil(): number | undefined {
    return Number(read(this.takenFile)) || undefined;
  }

  /** Only ever moves forward. */
  takeUntil(seconds: number): void {
    if (seconds > (this.takenUntil ?? 0)) replace(this.takenFile, String(seconds));
  }

  /** A message left by our order. */
  addOwn(messageId: string, callbackId: string, part: number): void {
    const name = nameOf(messageId);
    this.own.set(name, { callbackId, part });
    const [oldest] = this.own.keys();
    if (this.own.size > KEPT && oldest !== undefined) this.own.delete(oldest);
    appendFileSync(this.ownFile, `${name}\n`, { mode: 0o600 });
  }

  /** Undefined when it is not ours; without an order when it was sent before this child started. */
  ownOrder(messageId: string): { callbackId?: string; part?: number } | undefined {
    return this.own.get(nameOf(messageId));
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** In one step: a crash leaves the old or the new one. */
function replace(file: string, content: string): void {
  writeFileSync(`${file}.new`, content, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
