import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { Clock } from '../../core/clock';
import { AppError } from '../../core/errors';
import type { StandInChannel, WireEvent } from './wire';

/** JSON as Meta writes it before signing: ASCII only, with escaped slashes. */
export function metaJson(body: unknown): string {
  return JSON.stringify(body)
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('/', '\\/');
}

/** Header value for these bytes. */
export function sign(appSecret: string, bytes: string): string {
  return `sha256=${createHmac('sha256', appSecret).update(bytes).digest('hex')}`;
}

/** Posts signed webhooks to the product. */
export class WebhookPoster {
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

  constructor(
    private readonly base: () => string | undefined,
    private readonly secrets: Record<StandInChannel, string | undefined>,
    private readonly clock: Clock,
    private readonly tell: (event: WireEvent) => void,
  ) {}

  /** Signs and posts one body; answers the product's HTTP status. Throws when nobody answers. */
  async post(channel: StandInChannel, body: unknown): Promise<number> {
    const secret = this.secrets[channel];
    const base = this.base();
    if (!secret || !base)
      throw new AppError('settings', `the stand-in has no webhook address for ${channel}`);
    const bytes = metaJson(body);
    const signature = sign(secret, bytes);
    const url = `${base}/webhooks/${channel}`;
    const at = this.clock.now();
    const status = await this.request(url, bytes, signature).catch((cause: unknown) => {
      this.tell({ type: 'webhook', channel, at, url, signature, body, status: 0 });
      throw cause;
    });
    this.tell({ type: 'webhook', channel, at, url, signature, body, status });
    return status;
  }

  /** Closes kept connections. */
  close(): void {
    this.agent.destroy();
  }

  private request(url: string, bytes: string, signature: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(bytes),
        'x-hub-signature-256': signature,
      };
      const request = http.request(url, { method: 'POST', agent: this.agent, headers }, (response) => {
        response.resume();
        response.on('error', reject);
        response.on('end', () => resolve(response.statusCode ?? 0));
      });
      request.on('error', reject);
      request.end(bytes);
    });
  }
}
