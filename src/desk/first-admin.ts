import { randomBytes } from 'node:crypto';
import type { AgentDirectory } from '../core/agents';
import { AppError } from '../core/errors';

/**
 * Makes sure that somebody can sign in: adds the first admin when there are no agents at all. Answers the sign-in to print once;
 * `password` only when it was generated here. Undefined when there are agents already, also when another process adds the first one at this moment.
 */
export async function ensureFirstAdmin(
  agents: AgentDirectory,
  settings: { email?: string; password?: string },
): Promise<{ email: string; password?: string } | undefined> {
  if ((await agents.count()) > 0) return undefined;
  const email = settings.email ?? 'admin@doorstep.local';
  const generated = settings.password === undefined ? randomBytes(12).toString('base64url') : undefined;
  try {
    await agents.add({ email, name: 'Admin', role: 'admin', password: settings.password ?? generated ?? '' });
  } catch (error) {
    if (error instanceof AppError && error.code === 'conflict') return undefined;
    throw error;
  }
  return generated === undefined ? { email } : { email, password: generated };
}
