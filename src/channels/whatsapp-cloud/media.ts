import { ChannelError } from '../../core/errors';
import { download } from '../meta/download';
import type { GraphClient } from '../meta/graph-client';
import { text } from '../meta/json';
import { CHANNEL } from './people';

/** How long the address of a file is waited for, milliseconds. */
const TIMEOUT_MS = 10_000;

/**
 * A file by its id: Meta says where it lies for five minutes, and wants our token there as well. Older webhooks name the id, newer ones
 * sometimes only the address, whose five minutes may be over.
 */
export async function fetchMedia(
  client: GraphClient,
  settings: { graphUrl: string; accessToken: string },
  ref: string,
  maxBytes: number,
): Promise<Buffer> {
  const from = { channel: CHANNEL, ...settings, maxBytes };
  if (/^https?:/.test(ref)) return download({ ...from, url: ref });
  const { status, body } = await client.get(encodeURIComponent(ref), TIMEOUT_MS);
  const url = text(body.url);
  if (status === 200 && url) return download({ ...from, url });
  const isOver = status === 400 || status === 404;
  throw new ChannelError(CHANNEL, isOver ? 'file_gone' : 'provider_down', {
    kind: isOver ? 'never' : 'backoff',
  });
}
