import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { startEmbeddedMongo } from '../../src/embedded-mongodb';
import type { EmbeddedMongo, EmbeddedOptions } from '../../src/embedded-mongodb';

/** A server in this process on a fresh folder, with a client. */
export interface TestServer {
  dir: string;
  server: EmbeddedMongo;
  client: MongoClient;
  db: Db;
  stop(): Promise<void>;
}

export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'dst-'));
}

export async function startTestServer(options: Partial<EmbeddedOptions> = {}): Promise<TestServer> {
  const dir = options.dataDir ?? freshFolder();
  const server = await startEmbeddedMongo({ inProcess: true, ...options, dataDir: dir });
  const client = await MongoClient.connect(server.uri);
  return {
    dir,
    server,
    client,
    db: client.db('t'),
    stop: async () => {
      await client.close();
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
