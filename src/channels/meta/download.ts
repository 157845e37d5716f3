import { ChannelError } from '../../core/errors';

/** Longest a whole download may take, milliseconds; tried again later. */
const TIMEOUT_MS = 20_000;

/** Most redirects followed. */
const REDIRECTS = 3;

/** Where Meta keeps what people send. An address from anywhere else is not fetched, whoever wrote it into a message. */
const META = /(^|\.)(fbsbx\.com|fbcdn\.net|facebook\.com|whatsapp\.net|cdninstagram\.com|instagram\.com)$/;

/** What a download needs. */
export interface DownloadOptions {
  channel: string;
  url: string;
  /** Graph base address: its host is trusted as Meta's are. */
  graphUrl: string;
  /** Sent as bearer where the provider wants one. */
  accessToken?: string;
  maxBytes: number;
}

/**
 * Fetches a file from Meta. Throws `ChannelError`: `never` when it is gone, too large or not Meta's, `backoff` when another attempt may
 * succeed. Reads no more than `maxBytes`, whatever the answer says of its length.
 */
export async function download(options: DownloadOptions): Promise<Buffer> {
  const { channel, url, graphUrl, accessToken, maxBytes } = options;
  const refuse = (reason: string) => new ChannelError(channel, reason, { kind: 'never' });
  const headers: Record<string, string> = accessToken ? { authorization: `Bearer ${accessToken}` } : {};
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const ask = async (from: string, hops: number): Promise<Response> => {
    // Looked at before every step: our token must not follow a redirect to somebody else.
    if (!isTrusted(from, graphUrl)) throw refuse('file_elsewhere');
    const answer = await fetch(from, { headers, redirect: 'manual', signal });
    const onwards = answer.headers.get('location');
    if (answer.status < 300 || answer.status > 399 || !onwards) return answer;
    if (hops === 0) throw refuse('file_gone');
    return ask(new URL(onwards, from).href, hops - 1);
  };
  try {
    const answer = await ask(url, REDIRECTS);
    if ([400, 403, 404, 410].includes(answer.status)) throw refuse('file_gone');
    if (!answer.ok || !answer.body) throw new ChannelError(channel, 'provider_down', { kind: 'backoff' });
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
      size += part.length;
      if (size > maxBytes) throw refuse('file_too_large');
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (cause) {
    if (cause instanceof ChannelError) throw cause;
    throw new ChannelError(channel, 'provider_down', { kind: 'backoff' }, { cause });
  }
}

function isTrusted(url: string, graphUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  return origin === new URL(graphUrl).origin || (protocol === 'https:' && META.test(hostname));
}
