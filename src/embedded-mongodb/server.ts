import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { chmodSync } from 'node:fs';
import { dispatch } from './commands/dispatch';
import type { Parts } from './commands/call';
import { forget } from './commands/build-index';
import { Cursors } from './commands/cursors';
import { expire, sweep } from './commands/sweep';
import { Catalog } from './storage/catalog';
import { Records } from './storage/records';
import { Store } from './storage/store';
import { serveConnection } from './wire/connection';

/** How often expired documents are looked for, in milliseconds. */
const EXPIRY_EVERY_MS = 30_000;

/** Where a server listens. */
export interface Listening {
  socketPath?: string | undefined;
  /** A port on the loopback address; 0 takes any free one. */
  tcpPort?: number | undefined;
  expiryEveryMs?: number | undefined;
}

/** A running server in this thread. */
export class MongoServer {
  private readonly sockets = new Set<Socket>();
  private readonly listeners: Server[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private connections = 0;
  readonly parts: Parts;
  /** The TCP port, when there is one. */
  port: number | undefined;

  constructor(folder: string) {
    const store = new Store(folder);
    const catalog = new Catalog(store);
    this.parts = {
      store,
      catalog,
      records: new Records(store, catalog),
      cursors: new Cursors(),
      startedAt: Date.now(),
      connections: () => this.sockets.size,
      counters: new Map(),
    };
  }

  async listen(where: Listening): Promise<void> {
    await this.clean();
    if (where.socketPath !== undefined) {
      await this.bind((s, done) => s.listen(where.socketPath, done));
      chmodSync(where.socketPath, 0o600);
    }
    if (where.tcpPort !== undefined) {
      const server = await this.bind((s, done) => s.listen(where.tcpPort, '127.0.0.1', done));
      const address = server.address();
      this.port = typeof address === 'object' && address ? address.port : undefined;
    }
    const every = setInterval(() => {
      this.parts.cursors.expire(Date.now());
      void expire(this.parts, Date.now()).catch(() => undefined);
    }, where.expiryEveryMs ?? EXPIRY_EVERY_MS);
    every.unref();
    this.timers.push(every);
  }

  /** Takes away what a server that was killed left half done. */
  private async clean(): Promise<void> {
    for (const c of this.parts.catalog.all()) {
      for (const x of c.indexes.filter((i) => !i.ready))
        await this.parts.store.write(() => forget(this.parts.catalog, c, x));
    }
    void sweep(this.parts);
  }

  private bind(listen: (s: Server, done: () => void) => void): Promise<Server> {
    const server = createServer((socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
      serveConnection(socket, ++this.connections, (request, id) => dispatch(this.parts, request, id));
    });
    this.listeners.push(server);
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      listen(server, () => resolve(server));
    });
  }

  /** Stops listening, finishes the writes that wait, closes the files. */
  async close(): Promise<void> {
    for (const t of this.timers) clearInterval(t);
    const closed = this.listeners.map((l) => new Promise((r) => l.close(r)));
    for (const s of this.sockets) s.destroy();
    await Promise.all(closed);
    await this.parts.store.close();
  }
}
