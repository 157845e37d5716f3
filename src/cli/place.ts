import { connectStore, ensureIndexes, type Store } from '../store/connect';
import { databaseName, joinStorePlace } from '../store-at';
import type { Config } from '../config';

/**
 * Opens the store of a configuration for one command: the running product's, a MongoDB server, or the folder itself. Closed again
 * whatever happens.
 */
export async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const place = await joinStorePlace(config);
  try {
    const store = await connectStore({ uri: place.uri, dbName: databaseName(config) });
    try {
      await ensureIndexes(store.connection);
      return await work(store);
    } finally {
      await store.close();
    }
  } finally {
    await place.close();
  }
}
