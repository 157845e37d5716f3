import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { monotonicMs, systemClock } from '../core/clock';

/** What one run of load found. */
export interface LoadResult {
  replies: number;
  repliesPerSecond: number;
  p50Ms: number;
  p99Ms: number;
}

const LINES = [
  'where is my order',
  'mera order kahan hai',
  'track my parcel',
  'order status please',
  'kab aayega mera order',
  'has my order shipped yet?',
];

/** Phone digits of customer `n`; the seeded orders use the same. */
export function phoneOf(n: number): string {
  return `9198${String(n).padStart(8, '0')}`;
}

/** A Graph API that takes every send at once, and customers who write again as soon as they are answered. */
export class Load {
  private readonly waiting = new Map<string, (at: number) => void>();
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  private server: http.Server | undefined;
  private ids = 0;

  constructor(private readonly options: { appSecret: string; account: string }) {}

  /** Starts the Graph side; answers its address. */
  async listen(): Promise<string> {
    this.server = http.createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (text += chunk));
      request.on('end', () => {
        this.ids += 1;
        const answer = JSON.stringify({
          messaging_product: 'whatsapp',
          messages: [{ id: `wamid.out${this.ids}` }],
        });
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
          .end(answer);
        const to = /"to":"\+?(\d+)"/.exec(text)?.[1];
        if (to) this.answered(to);
      });
    });
    const { server } = this;
    server.keepAliveTimeout = 65_000;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
    this.agent.destroy();
  }

  private answered(to: string): void {
    const resolve = this.waiting.get(to);
    this.waiting.delete(to);
    resolve?.(monotonicMs());
  }

  /** `customers` people in a closed loop against `url` for `seconds`. */
  async run(url: string, customers: number, seconds: number, first = 0): Promise<LoadResult> {
    const times: number[] = [];
    const until = monotonicMs() + seconds * 1000;
    const started = monotonicMs();
    const person = async (n: number) => {
      for (let turn = 0; monotonicMs() < until; turn += 1) {
        const asked = monotonicMs();
        const answered = new Promise<number>((resolve) => this.waiting.set(phoneOf(n), resolve));
        await this.post(url, phoneOf(n), LINES[(turn + n) % LINES.length] ?? '');
        times.push((await answered) - asked);
      }
    };
    await Promise.all(Array.from({ length: customers }, (_, index) => person(first + index)));
    const took = (monotonicMs() - started) / 1000;
    times.sort((a, b) => a - b);
    const at = (share: number) =>
      Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10;
    return {
      replies: times.length,
      repliesPerSecond: Math.round(times.length / took),
      p50Ms: at(0.5),
      p99Ms: at(0.99),
    };
  }

  private post(url: string, from: string, text: string): Promise<void> {
    this.ids += 1;
    const message = {
      from,
      id: `wamid.in${this.ids}.${process.pid}`,
      timestamp: String(Math.floor(systemClock.now().getTime() / 1000)),
      type: 'text',
      text: { body: text },
    };
    const value = {
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '918000000000', phone_number_id: this.options.account },
      contacts: [{ profile: { name: 'Bench' }, wa_id: from }],
      messages: [message],
    };
    const body = JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
    });
    const signature = createHmac('sha256', this.options.appSecret).update(body).digest('hex');
    return new Promise((resolve, reject) => {
      const request = http.request(
        `${url}/webhooks/whatsapp`,
        {
          agent: this.agent,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
            'x-hub-signature-256': `sha256=${signature}`,
          },
        },
        (response) => {
          response.resume();
          response.on('end', () =>
            response.statusCode === 200
              ? resolve()
              : reject(new Error(`the webhook was answered ${response.statusCode}`)),
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }
}
