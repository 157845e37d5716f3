import { randomUUID } from 'node:crypto';
import type { Customer, Heard } from './product';
import { eventually } from './stream';

interface Line {
  seq: number;
  from: string;
  text: string;
  choices?: { id: string; title: string }[];
  card?: unknown;
}

/** A visitor of the shop's page: the widget's HTTP, without the widget. */
export class WebCustomer implements Customer {
  readonly channel = 'web' as const;
  readonly lines: Line[] = [];
  /** Last lines of what was deleted, as the feed told it. */
  readonly erased: number[] = [];
  private readonly stop = new AbortController();
  private seen = 0;

  private constructor(
    private readonly url: string,
    readonly token: string,
    readonly user: string,
    private readonly newest: (user: string) => Promise<number>,
  ) {}

  /** `newest`: the number of the newest line there is to read, once the turn that runs is over. */
  static async open(
    url: string,
    identity: string | undefined,
    newest: (user: string) => Promise<number>,
  ): Promise<WebCustomer> {
    const answer = await fetch(`${url}/webchat/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(identity ? { identity } : {}),
    });
    if (answer.status !== 201) throw new Error(`the session was answered ${answer.status}`);
    const { token, conversation } = (await answer.json()) as { token: string; conversation: string };
    const customer = new WebCustomer(
      url,
      token,
      conversation.split(':').slice(2).join(':') || conversation,
      newest,
    );
    void customer.follow();
    return customer;
  }

  private async follow(): Promise<void> {
    try {
      const answer = await fetch(`${this.url}/webchat/events?after=0`, {
        headers: { authorization: `Bearer ${this.token}` },
        signal: this.stop.signal,
      });
      let text = '';
      const reader = answer.body!.getReader();
      const decoder = new TextDecoder();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        text += decoder.decode(value, { stream: true });
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          this.take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      }
    } catch {
      // the test is over
    }
  }

  private take(frame: string): void {
    const fields = frame.split('\n');
    const event =
      fields
        .find((line) => line.startsWith('event:'))
        ?.slice(6)
        .trim() ?? 'message';
    const data = fields
      .filter((line) => line.startsWith('data:'))
      .map((line) => line.slice(5))
      .join('\n');
    if (event === 'erased') this.erased.push((JSON.parse(data) as { upTo: number }).upTo);
    if (event === 'message' && data) this.lines.push(JSON.parse(data) as Line);
  }

  read(): Heard[] {
    return this.lines
      .filter((line) => line.from !== 'customer')
      .map((line) => ({ text: line.text, options: line.choices ?? [] }));
  }

  async post(body: { text: string } | { choice: string }): Promise<void> {
    const answer = await fetch(`${this.url}/webchat/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id: randomUUID(), ...body }),
    });
    if (answer.status !== 202) throw new Error(`the message was answered ${answer.status}`);
  }

  async next(): Promise<Heard> {
    await eventually('an answer', () => this.read().length > this.seen);
    await this.caughtUp();
    const fresh = this.read().slice(this.seen);
    this.seen = this.read().length;
    return {
      text: fresh.map((line) => line.text).join('\n'),
      options: fresh.flatMap((line) => line.options),
    };
  }

  private async caughtUp(): Promise<void> {
    const seq = await this.newest(this.user);
    await eventually('the feed has brought it', () => (this.lines.at(-1)?.seq ?? 0) >= seq);
  }

  async says(text: string): Promise<Heard> {
    await this.post({ text });
    return this.next();
  }

  async taps(title: string): Promise<Heard> {
    const options = this.read().flatMap((line) => line.options);
    const option = options.findLast((each) => each.title === title || each.title.startsWith(title));
    if (!option)
      throw new Error(
        `no option "${title}" was shown; the last were ${options
          .slice(-4)
          .map((each) => each.title)
          .join(', ')}`,
      );
    await this.post({ choice: option.id });
    return this.next();
  }

  async saysInVain(text: string): Promise<void> {
    const before = this.read().length;
    await this.post({ text });
    await eventually('the line is in the transcript', () => this.lines.some((line) => line.text === text));
    await this.caughtUp();
    if (this.read().length !== before) throw new Error(`there was an answer: ${this.read().at(-1)?.text}`);
  }

  close(): void {
    this.stop.abort();
  }
}
