import type { Queued } from './saved';

/** How a call ended, in the terms the chat decides by. */
export type Outcome = 'ok' | 'session-lost' | 'refused' | 'later';

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
    body: { identity?: string; locale: string },
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
  async send(token: string, message: Queued): Promise<Outcome> {
    const { id, text, choice } = message;
    try {
      const answer = await fetch(`${this.base}/webchat/messages`, {
        method: 'POST',
        credentials: 'omit',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(choice ? { id, choice } : { id, text }),
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
