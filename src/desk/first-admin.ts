import { randomBytes } from 'node:crypto';
import type { AgentDirectory } from '../core/agents';

/**
 * Makes sure that somebody can sign in: adds the first admin when there are no agents at all. Answers the sign-in to print once;
 * `password` only when it was generated here. Undefined when there are agents already.
 */
export async function ensureFirstAdmin(
  agents: AgentDirectory,
  settings: { email?: string; password?: string },
): Promise<{ email: string; password?: string } | undefined> {
  if ((await agents.count()) > 0) return undefined;
  const email = settings.email ?? 'admin@doorstep.local';
  const generated = settings.password === undefined ? randomBytes(12).toString('base64url') : undefined;
  await agents.add({ email, name: 'Admin', role: 'admin', password: settings.password ?? generated ?? '' });
  return generated === undefined ? { email } : { email, password: generated };
}
