import { constants } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config';
import { AppError } from '../core/errors';
import { startEmbeddedMongo } from '../embedded-mongodb';
import { connectStore } from '../store/connect';
import { copyStore } from '../store/copy';
import { databaseName, joinStorePlace } from '../store-at';

async function isFree(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/** The generated secret belongs to the data: without it nobody stays signed in and refund accounts cannot be read. */
async function copySecret(from: string, to: string): Promise<void> {
  try {
    await copyFile(join(from, 'secret'), join(to, 'secret'), constants.COPYFILE_EXCL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Copies one database into the store at `uri`. */
async function copyDatabase(
  from: string,
  uri: string,
  dbName: string,
  progress: (collection: string, documents: number) => void,
): Promise<number> {
  const source = await connectStore({ uri: from, dbName });
  try {
    const target = await connectStore({ uri, dbName });
    try {
      return await copyStore(source.connection, target.connection, progress);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/**
 * Copies the product's documents and its generated secret into a new data folder, which a product can be started on. Each document is copied whole, as it
 * stands when it is reached; answers how many. Refuses a folder that holds anything.
 */
export async function backupTo(
  config: Config,
  to: string,
  progress: (collection: string, documents: number) => void,
): Promise<number> {
  if (!(await isFree(to)))
    throw new AppError('conflict', `the folder ${to} is not empty: nothing was copied`);
  await mkdir(to, { recursive: true, mode: 0o700 });
  const place = await joinStorePlace(config);
  try {
    const copy = await startEmbeddedMongo({ dataDir: to, inProcess: true });
    try {
      const total = await copyDatabase(place.uri, copy.uri, databaseName(config), progress);
      await copySecret(config.dataDir, to);
      return total;
    } finally {
      await copy.close();
    }
  } finally {
    await place.close();
  }
}
