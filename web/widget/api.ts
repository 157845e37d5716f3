import type { Introduction } from '../../src/core/introduction';
import type { Queued } from './saved';

/** How a call ended, in the terms the chat decides by. */
export type Outcome = 'ok' | 'session-lost' | 'refused' | 'later';

/** A photo on a slow line may take this long before it is tried again. */
const PHOTO_TIMEOUT_MS = 120_000;

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'ok';
  if (status === 401) return 'session-lost';
  // 403 is a page the shop has not listed: nothing of the customer's is given up for that.
  return [403, 408, 429].includes(status) || status >= 500 ? 'later' : 'refused';
}

/** The web chat's routes. Never sends cookies; the token only ever travels in the Authorization header. */
export class Api {
  constructor(private readonly base: string) {}

  /** Opens a session, or the conversation of a signed-in customer; with a token that session goes on under a new one. */
  async session(
    body: { identity?: string; locale: string; introduction?: Introduction },
    token?: string,
  ): Promise<{ outcome: Outcome; token?: string }> {
    try {
      const answer = await fetch(`${this.base}/webchat/sessions`, {
        method: 'POST',
        credentials: 'omit',
        headers: {
          'content-type': 'application/json',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify(body),
      });
      const outcome = outcomeOf(answer.status);
      if (outcome !== 'ok') return { outcome };
      return { outcome, token: ((await answer.json()) as { token: string }).token };
    } catch {
      return { outcome: 'later' };
    }
  }

  /** Hands in one message; safe to repeat with the same id. */
  async send(token: string, message: Queued, signal: AbortSignal): Promise<Outcome> {
    const { id, text, choice } = message;
    try {
      const answer = await fetch(`${this.base}/webchat/messages`, {
        method: 'POST',
        credentials: 'omit',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(choice ? { id, choice, title: text } : { id, text }),
        signal,
      });
      return outcomeOf(answer.status);
    } catch {
      return 'later';
    }
  }

  /** Hands in a photo; `progress` hears how much has left, 0 to 1. Safe to repeat with the same id. By XMLHttpRequest, since fetch says nothing on the way. */
  sendPhoto(
    token: string,
    { id, bytes }: { id: string; bytes: Blob },
    signal: AbortSignal,
    progress: (part: number) => void,
  ): Promise<Outcome> {
    return new Promise((done) => {
      const call = new XMLHttpRequest();
      signal.addEventListener('abort', () => call.abort());
      call.open('POST', `${this.base}/webchat/photos?id=${id}`);
      call.setRequestHeader('authorization', `Bearer ${token}`);
      call.setRequestHeader('content-type', bytes.type);
      call.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
      call.onload = () => done(outcomeOf(call.status));
      call.onerror = call.ontimeout = call.onabort = () => done('later');
      call.timeout = PHOTO_TIMEOUT_MS;
      call.send(bytes);
    });
  }

  /** Deletes the conversation at the shop; safe to repeat. */
  async erase(token: string): Promise<Outcome> {
    try {
      const answer = await fetch(`${this.base}/webchat/conversation`, {
        method: 'DELETE',
        credentials: 'omit',
        headers: { authorization: `Bearer ${token}` },
      });
      return outcomeOf(answer.status);
    } catch {
      return 'later';
    }
  }

  /** Opens the live feed after a sequence number. */
  feed(token: string, after: number, signal: AbortSignal): Promise<Response> {
    return fetch(`${this.base}/webchat/events?after=${after}`, {
      credentials: 'omit',
      cache: 'no-store',
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      signal,
    });
  }
}
