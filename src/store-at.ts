import { findRunning, startEmbeddedMongo } from './embedded-mongodb';

/** Where the product's documents are, and how to let go of them. */
export interface StorePlace {
  uri: string;
  kind: 'embedded' | 'server';
  close(): Promise<void>;
}

/** The store a configuration names: a MongoDB server, or the embedded one in `dataDir`, started here and nobody else's. */
export async function openStorePlace(
  config: { mongodbUri?: string; dataDir: string },
  options: { inProcess?: boolean } = {},
): Promise<StorePlace> {
  if (config.mongodbUri) return { uri: config.mongodbUri, kind: 'server', close: async () => undefined };
  const embedded = await startEmbeddedMongo({
    dataDir: config.dataDir,
    ...(options.inProcess ? { inProcess: true } : {}),
  });
  return { uri: embedded.uri, kind: 'embedded', close: () => embedded.close() };
}

/** The store for a command beside the product: joins a running one, or opens the folder itself. */
export async function joinStorePlace(config: { mongodbUri?: string; dataDir: string }): Promise<StorePlace> {
  if (config.mongodbUri) return openStorePlace(config);
  const running = await findRunning(config.dataDir);
  return running ? { uri: running, kind: 'embedded', close: async () => undefined } : openStorePlace(config);
}

/** Databases of one store: the demo keeps apart, so that going live starts clean. */
export function databaseName(config: { demo: boolean }): string {
  return config.demo ? 'doorstep_demo' : 'doorstep';
}
