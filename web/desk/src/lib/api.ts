import type { ProblemWire } from '../../../../src/desk/wire';

/** A refusal of the desk's API, with its words for the person at the screen. */
export class Refusal extends Error {
  constructor(readonly problem: ProblemWire) {
    super(sentence(problem));
  }
}

/** The desk could not be reached; worth trying again. */
export class Unreachable extends Error {
  constructor() {
    super('The desk cannot be reached. Check the connection and try again.');
  }
}

function sentence({ detail, title, errors }: ProblemWire): string {
  const said = detail ?? title;
  const fields = errors?.map(({ field, message }) => `${field || 'input'} ${message}`).join('; ');
  const whole = fields ? `${said}: ${fields}` : said;
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}${/[.!?]$/.test(whole) ? '' : '.'}`;
}

let csrf = '';
let onSignedOut: () => void = () => undefined;

/** Remembers the token that every write carries. */
export function setCsrf(token: string): void {
  csrf = token;
}

/** Called when the server no longer knows this browser. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One call to `/desk/api`. Answers the parsed body; throws `Refusal` or `Unreachable`. */
export async function call<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = {};
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(`/desk/api${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Unreachable();
  }
  if (response.ok) {
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
  const problem = (await response.json().catch(() => undefined)) as ProblemWire | undefined;
  if (response.status === 401 && path !== '/session') onSignedOut();
  throw new Refusal(
    problem ?? {
      type: 'about:blank',
      title: 'The desk answered with a fault',
      status: response.status,
      code: 'internal',
    },
  );
}

/** Address part of a conversation's calls. */
export function conversationPath(key: string): string {
  return `/conversations/${encodeURIComponent(key)}`;
}
