import type { Api } from './api';
import type { Outgoing } from './outgoing';
import type { Keep } from './saved';

/** How far deleting the conversation is; `offline`: there was no connection, nothing was deleted; `failed`: nobody knows whether it was. */
export type Deletion = 'running' | 'offline' | 'failed' | 'done';

/** What deleting needs of the conversation. */
export interface DeletionLinks {
  keep: Keep;
  api: Api;
  outgoing: Pick<Outgoing, 'halt' | 'drop' | 'resume'>;
  /** Number of the last line there is. */
  last(): number;
  draw(deletion: Deletion): void;
  /** These messages are not sent any more. */
  unsent(ids: string[]): void;
  /** Everything of this session up to that line is gone. */
  gone(token: string | undefined, upTo: number): void;
  sessionLost(token: string | undefined): void;
}

/** Deletes the conversation at the shop, then here. Nothing leaves meanwhile. */
export async function deleteChat(links: DeletionLinks): Promise<void> {
  const { keep, api, outgoing, draw } = links;
  if (!navigator.onLine) return draw('offline');
  draw('running');
  const waiting = outgoing.halt();
  const { token } = keep.read();
  const upTo = links.last();
  const outcome = token ? await api.erase(token) : 'ok';
  if (outcome === 'ok') {
    outgoing.drop(waiting);
    links.unsent(waiting);
    links.gone(token, upTo);
  }
  draw(outcome === 'ok' ? 'done' : 'failed');
  if (outcome === 'session-lost') links.sessionLost(token);
  outgoing.resume();
}
