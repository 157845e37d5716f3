import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/core/clock';
import { startGraphStandIn, type GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import type { SendRecord } from '../../src/demo/graph-stand-in/wire';
import { freePort, startScript, type Running } from './process';
import { API_KEY } from './product';
import { NUMBER } from './stream';

const DIST = join(__dirname, '../../dist/src');
export const ADMIN = { email: 'first@shop.example', password: 'a-long-admin-password' };

/** A send that a provider took, and which process made it. */
export interface Taken extends SendRecord {
  slot: number;
}

/** `npm run cli -- data serve` without npm: the embedded store alone, on a loopback port. */
async function serveStore(dataDir: string): Promise<{ uri: string; child: ChildProcess }> {
  const program = `require(${JSON.stringify(join(DIST, 'cli/main.js'))}).main(process.argv.slice(1))`;
  const child = spawn(process.execPath, ['-e', program, 'data', 'serve', '--data', dataDir], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: '/usr/bin:/bin', DATA_DIR: dataDir },
  });
  const uri = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const line = /^mongodb:\/\/\S+$/m.exec(said);
      if (line) resolve(line[0]);
    });
    child.once('exit', () => reject(new Error('the store ended before it was ready')));
  });
  return { uri, child };
}

/**
 * Several product processes over one store, each with a Graph API of its own in front of it, so that every send can be told by the process
 * that made it. Any of them can be killed at any moment and started again.
 */
export class Fleet {
  readonly providers: GraphStandIn[] = [];
  /** When each process was killed, monotonic milliseconds. */
  readonly kills: { slot: number; at: number }[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'doorstep-fleet-'));
  private readonly running: (Running | undefined)[] = [];
  private readonly ports: number[] = [];
  private store: ChildProcess | undefined;
  private uri = '';

  /** `storeUri` names another server than the embedded store; its databases are taken as they are. */
  async start(size: number, storeUri?: string): Promise<void> {
    if (storeUri) this.uri = storeUri;
    else {
      const served = await serveStore(join(this.folder, 'store'));
      this.uri = served.uri;
      this.store = served.child;
    }
    for (let slot = 0; slot < size; slot += 1) {
      this.ports.push(await freePort());
      this.providers.push(
        await startGraphStandIn({
          clock: systemClock,
          whatsapp: NUMBER,
          keep: 1_000_000,
          behaviour: { delayMs: (send) => send.text.length % 25 },
        }),
      );
    }
    // All at once: on an empty store they must agree on indexes, migrations and the first admin.
    const started = await Promise.allSettled(this.ports.map((_, slot) => this.startOne(slot)));
    for (const each of started) if (each.status === 'rejected') throw each.reason;
  }

  async startOne(slot: number): Promise<void> {
    const port = this.ports[slot]!;
    const provider = this.providers[slot]!;
    this.running[slot] = await startScript(join(DIST, 'main.js'), [], {
      port,
      path: '/readyz',
      dataDir: join(this.folder, `process-${slot}`),
      keepData: true,
      env: {
        PORT: String(port),
        MONGODB_URI: this.uri,
        SECRET_KEY: 'a-secret-key-of-32-characters-or-more',
        ADMIN_EMAIL: ADMIN.email,
        ADMIN_PASSWORD: ADMIN.password,
        TRUST_PROXY: 'loopback',
        API_KEY,
        LOG_LEVEL: process.env.FLEET_LOG ?? 'fatal',
        NLU_EMBEDDINGS: 'off',
        GRAPH_API_URL: provider.url,
        WHATSAPP_SENDS_PER_SECOND: '0',
        WHATSAPP_PHONE_NUMBER_ID: NUMBER.phoneNumberId,
        WHATSAPP_BUSINESS_ACCOUNT_ID: NUMBER.businessAccountId,
        WHATSAPP_ACCESS_TOKEN: NUMBER.accessToken,
        WHATSAPP_APP_SECRET: NUMBER.appSecret,
        WHATSAPP_VERIFY_TOKEN: 'verify',
        WEBCHAT_ALLOWED_ORIGINS: 'https://shop.example',
      },
    });
    provider.webhookBase = this.running[slot].url;
  }

  /** `kill -9`, now. */
  async kill(slot: number): Promise<void> {
    this.kills.push({ slot, at: performance.now() });
    const victim = this.running[slot];
    this.running[slot] = undefined;
    await victim?.stop('SIGKILL');
  }

  /** A process that is up, as a balancer would choose one; the same for one `key` while it stays up. */
  url(key = 0): string {
    const up = this.running.flatMap((each) => each?.url ?? []);
    const url = up[key % Math.max(1, up.length)];
    if (!url) throw new Error('no process is up');
    return url;
  }

  /** A signed webhook, tried at one process after the other until one has taken it, as Meta would. */
  async webhook(key: number, post: (provider: GraphStandIn) => Promise<{ status: number }>): Promise<void> {
    for (let attempt = key; ; attempt += 1) {
      const slot = attempt % this.providers.length;
      const provider = this.providers[slot]!;
      const { status } = this.running[slot]
        ? await post(provider).catch(() => ({ status: 0 }))
        : { status: 0 };
      if (status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Everything the providers took, in the order they took it. */
  taken(): Taken[] {
    return this.providers
      .flatMap((provider, slot) => provider.taken.map((send) => ({ ...send, slot })))
      .sort((a, b) => a.receivedAt - b.receivedAt);
  }

  async get<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.url()}${path}`, { headers: { authorization: `Bearer ${API_KEY}` } });
    if (answer.status !== 200) throw new Error(`${path.split('?')[0]} was answered ${answer.status}`);
    return (await answer.json()) as T;
  }

  async close(): Promise<void> {
    await Promise.all(this.running.map((each) => each?.stop()));
    await Promise.all(this.providers.map((provider) => provider.close()));
    if (this.store) {
      const ended = new Promise((resolve) => this.store?.once('exit', resolve));
      this.store.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
