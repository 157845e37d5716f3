import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from './core/errors';

/**
 * The key that signs sessions and tokens: `SECRET_KEY`, or one generated into `DATA_DIR/secret` (owner-only) on the first run,
 * the same ever after. Refuses a damaged file rather than signing with it.
 */
export function resolveSecretKey(config: { secretKey?: string; dataDir: string }): string {
  if (config.secretKey !== undefined) return config.secretKey;
  const file = join(config.dataDir, 'secret');
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new AppError('settings', `the generated secret cannot be written into DATA_DIR`, { cause });
    }
  }
  const secretKey = readFileSync(file, 'utf8').trim();
  if (secretKey.length < 32) {
    throw new AppError(
      'settings',
      'the file DATA_DIR/secret is damaged: restore it, or delete it (everybody signs in again)',
    );
  }
  return secretKey;
}
