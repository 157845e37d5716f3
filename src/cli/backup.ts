import { constants } from 'node:fs';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config';
import { AppError } from '../core/errors';
import { startEmbeddedMongo } from '../embedded-mongodb';
import { backup, check } from '../embedded-mongodb/check';
import { copyDatabase, type CopyProgress } from '../embedded-mongodb/copy';
import { databaseName } from '../store-at';

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

/**
 * Copies the store and the generated secret into a new data folder, which a product can be started on; answers how many documents.
 * The embedded store is copied as it stands at one moment, while everything goes on, and the copy is read through and compared with its
 * indexes; of a MongoDB server the product's database is copied. Refuses a folder that holds anything.
 */
export async function backupTo(
  config: Config,
  to: string,
  progress: (p: CopyProgress) => void,
): Promise<number> {
  if (!(await isFree(to)))
    throw new AppError('conflict', `the folder ${to} is not empty: nothing was copied`);
  await mkdir(to, { recursive: true, mode: 0o700 });
  const total = config.mongodbUri
    ? await fromServer(config.mongodbUri, to, databaseName(config), progress)
    : await fromFolder(config.dataDir, to);
  await copySecret(config.dataDir, to);
  return total;
}

async function fromFolder(dataDir: string, to: string): Promise<number> {
  await backup(dataDir, to);
  const { documents, problems } = await check(to);
  if (problems.length > 0)
    throw new AppError(
      'internal',
      `the copy does not fit its indexes, as a check of the original may tell: ${problems[0]}`,
    );
  return documents;
}

async function fromServer(
  uri: string,
  to: string,
  name: string,
  progress: (p: CopyProgress) => void,
): Promise<number> {
  const copy = await startEmbeddedMongo({ dataDir: to, inProcess: true });
  try {
    return (await copyDatabase({ uri, name }, { uri: copy.uri, name }, progress)).documents;
  } finally {
    await copy.close();
  }
}
