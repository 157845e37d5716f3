import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import { freePort, startScript, type Running } from './process';
import { API_KEY } from './product';
import { NUMBER } from './stream';

const MAIN = join(__dirname, '../../dist/src/main.js');

/** The built product as a process that can be killed at any moment and started again on the same data. */
export class KilledProduct {
  readonly dataDir = mkdtempSync(join(tmpdir(), 'doorstep-kill-'));
  running: Running | undefined;
  private port = 0;

  constructor(private readonly provider: GraphStandIn) {}

  async start(): Promise<void> {
    this.port ||= await freePort();
    this.running = await startScript(MAIN, [], {
      port: this.port,
      path: '/readyz',
      dataDir: this.dataDir,
      keepData: true,
      env: {
        PORT: String(this.port),
        API_KEY,
        LOG_LEVEL: 'fatal',
        ...(process.env.SOAK_NODE_OPTIONS ? { NODE_OPTIONS: process.env.SOAK_NODE_OPTIONS } : {}),
        NLU_EMBEDDINGS: 'off',
        GRAPH_API_URL: this.provider.url,
        WHATSAPP_SENDS_PER_SECOND: '0',
        WHATSAPP_PHONE_NUMBER_ID: NUMBER.phoneNumberId,
        WHATSAPP_BUSINESS_ACCOUNT_ID: NUMBER.businessAccountId,
        WHATSAPP_ACCESS_TOKEN: NUMBER.accessToken,
        WHATSAPP_APP_SECRET: NUMBER.appSecret,
        WHATSAPP_VERIFY_TOKEN: 'verify',
      },
    });
    this.provider.webhookBase = this.running.url;
  }

  /** `kill -9`, now. */
  async kill(): Promise<void> {
    await this.running?.stop('SIGKILL');
    this.running = undefined;
  }

  /** Lets it end by itself; the data stay. */
  async stop(): Promise<void> {
    await this.running?.stop();
    this.running = undefined;
  }

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.running?.url}${path}`, {
      headers: { authorization: `Bearer ${API_KEY}` },
    });
    if (answer.status !== 200) throw new Error(`${path.split('?')[0]} was answered ${answer.status}`);
    return (await answer.json()) as T;
  }

  async close(): Promise<void> {
    await this.running?.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
