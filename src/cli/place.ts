import { systemClock } from '../core/clock';
import type { Config } from '../config';
import { joinStorePlace } from '../store-at';
import { openStores } from '../stores';

/** Every collection behind its port, as the product has them. */
export type Stores = Awaited<ReturnType<typeof openStores>>;

/**
 * Opens the store of a configuration for one command: the running product's, a MongoDB server, or the folder itself. Closed again
 * whatever happens.
 */
export async function withStores<T>(config: Config, work: (stores: Stores) => Promise<T>): Promise<T> {
  const place = await joinStorePlace(config);
  try {
    const stores = await openStores(place.uri, config, systemClock);
    try {
      return await work(stores);
    } finally {
      await stores.close();
    }
  } finally {
    await place.close();
  }
}
