import type { FeedWire, ProblemWire, SessionWire } from '../../src/desk/wire';

export interface Answer<T = unknown> {
  status: number;
  headers: Headers;
  body: T;
}

/** One event of the feed as it came over the wire. */
export interface SeenEvent {
  event: keyof FeedWire;
  id?: string;
  data: unknown;
}

/** A browser's side of the desk's API, without the browser. */
export class DeskClient {
  cookie = '';
  session!: SessionWire;

  constructor(readonly url: string) {}

  async signIn(email: string, password: string): Promise<Answer<SessionWire>> {
    const answer = await this.call<SessionWire>('POST', '/session', { email, password });
    if (answer.status === 201) this.session = answer.body;
    return answer;
  }

  async call<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    more: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/desk/api${path}`, {
      method,
      headers: {
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...(this.session && method !== 'GET' ? { 'x-csrf-token': this.session.csrf } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const set = response.headers.get('set-cookie');
    if (set) this.cookie = set.split(';')[0] ?? '';
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text ? JSON.parse(text) : undefined) as T,
    };
  }

  /** A call that must succeed. */
  async done<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call<T & ProblemWire>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  conversation(key: string, rest = ''): string {
    return `/conversations/${encodeURIComponent(key)}${rest}`;
  }

  /** Opens the feed; `until` waits for an event that fits. */
  async feed(query = ''): Promise<{
    seen: SeenEvent[];
    until<K extends keyof FeedWire>(event: K, fits?: (data: FeedWire[K]) => boolean): Promise<FeedWire[K]>;
    closed: Promise<void>;
    close(): void;
  }> {
    const stop = new AbortController();
    const response = await fetch(`${this.url}/desk/api/events${query}`, {
      headers: { cookie: this.cookie },
      signal: stop.signal,
    });
    if (!response.ok || !response.body) throw new Error(`the feed answered ${response.status}`);
    const seen: SeenEvent[] = [];
    const wake = new Set<() => void>();
    const closed = this.read(response.body, (event) => {
      seen.push(event);
      for (const look of wake) look();
    }).catch(() => undefined);
    return {
      seen,
      closed,
      close: () => stop.abort(),
      until: (event, fits = () => true) =>
        new Promise((resolve, reject) => {
          const tooLong = setTimeout(
            () => reject(new Error(`no ${event} among ${JSON.stringify(seen.map((one) => one.event))}`)),
            30_000,
          );
          const look = () => {
            const found = seen.find((one) => one.event === event && fits(one.data as never));
            if (!found) return;
            clearTimeout(tooLong);
            wake.delete(look);
            resolve(found.data as never);
          };
          wake.add(look);
          look();
        }),
    };
  }

  private async read(body: ReadableStream<Uint8Array>, take: (event: SeenEvent) => void): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      rest += decoder.decode(chunk, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(
          block
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
        );
        const event = fields.get('event');
        if (event)
          take({
            event: event as keyof FeedWire,
            id: fields.get('id'),
            data: JSON.parse(fields.get('data') ?? ''),
          });
      }
    }
  }
}
