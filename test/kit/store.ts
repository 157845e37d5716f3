import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { startEmbeddedMongo } from '../../src/embedded-mongodb';
import { connectStore, ensureIndexes, type Store } from '../../src/store/connect';

/** A fresh store for one test file: the embedded one, or a database of its own on the server that `TEST_MONGODB_URI` names. */
export async function openTestStore(
  options: { monitorCommands?: boolean } = {},
): Promise<Store & { uri: string; dbName: string }> {
  const dbName = `doorstep_test_${randomUUID().slice(0, 8)}`;
  const named = process.env.TEST_MONGODB_URI;
  if (named) {
    const store = await connectStore({ uri: named, dbName, ...options });
    await ensureIndexes(store.connection);
    return {
      ...store,
      uri: named,
      dbName,
      close: async () => {
        await store.connection.dropDatabase();
        await store.close();
      },
    };
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'doorstep-test-'));

  const embedded = await startEmbeddedMongo({ dataDir, inProcess: true });
  const store = await connectStore({ uri: embedded.uri, dbName, ...options });
  await ensureIndexes(store.connection);
  return {
    ...store,
    uri: embedded.uri,
    dbName,
    close: async () => {
      await store.close();
      await embedded.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
