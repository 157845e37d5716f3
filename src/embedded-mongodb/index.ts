import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../core/errors';
import { claim, runningServer, storeFolder, uriOf } from './running';
import { MongoServer } from './server';
import type { WorkerOptions } from './worker';

export { FolderInUse } from './running';

/** How to start the embedded server. */
export interface EmbeddedOptions {
  /** The folder of the product's data; the store keeps its files in `mongodb/` below it. */
  dataDir: string;
  /** Runs in this thread instead of a worker: for tests, which cannot load a worker from TypeScript. */
  inProcess?: boolean;
  /** Listens on this port of the loopback address too; 0 takes any free one. */
  tcpPort?: number;
  /** How often documents are looked for whose `expireAfterSeconds` has passed, in milliseconds. */
  expiryEveryMs?: number;
  /** Called when the worker dies; nothing is served from then on. */
  onFailure?: (e: Error) => void;
}

/** A running embedded server. */
export interface EmbeddedMongo {
  /** For MongoDB drivers: a private unix socket. */
  uri: string;
  /** The loopback address, when a port was asked for. */
  tcpUri: string | undefined;
  /** Finishes the writes that wait and gives the folder free. */
  close(): Promise<void>;
}

/**
 * Starts the MongoDB-compatible server on a data folder. Throws `FolderInUse` when another server has the folder;
 * files left by a killed process do not stop it.
 */
export async function startEmbeddedMongo(options: EmbeddedOptions): Promise<EmbeddedMongo> {
  const taken = await claim(options.dataDir);
  const { tcpPort, expiryEveryMs } = options;
  const where: WorkerOptions = {
    folder: storeFolder(options.dataDir),
    socketPath: taken.socketPath,
    tcpPort,
    expiryEveryMs,
  };
  try {
    const server = options.inProcess ? await inThisThread(where) : await inWorker(where, options.onFailure);
    return {
      uri: uriOf(taken.socketPath),
      tcpUri:
        server.port === undefined ? undefined : `mongodb://127.0.0.1:${server.port}/?directConnection=true`,
      close: async () => {
        await server.close();
        await taken.release();
      },
    };
  } catch (e) {
    await taken.release();
    throw e;
  }
}

/** The URI of the server that serves this folder now, or undefined. */
export async function findRunning(dataDir: string): Promise<string | undefined> {
  const r = await runningServer(dataDir);
  return r && uriOf(r.socketPath);
}

interface Started {
  port: number | undefined;
  close(): Promise<void>;
}

async function inThisThread(where: WorkerOptions): Promise<Started> {
  const server = new MongoServer(where.folder);
  try {
    await server.listen(where);
  } catch (e) {
    await server.close();
    throw e;
  }
  return { port: server.port, close: () => server.close() };
}

function inWorker(where: WorkerOptions, onFailure: ((e: Error) => void) | undefined): Promise<Started> {
  const worker = new Worker(join(__dirname, 'worker.js'), { workerData: where });
  return new Promise((resolve, reject) => {
    let closing = false;
    const failed = (cause: Error): void => {
      const e = new AppError('store_unavailable', 'the embedded store stopped', { cause });
      reject(e);
      if (!closing) onFailure?.(e);
    };
    worker.once('error', failed);
    worker.once('exit', (code) => failed(new Error(`the worker ended with code ${code}`)));
    worker.once('message', (m: { port: number | undefined }) => {
      resolve({
        port: m.port,
        close: async () => {
          closing = true;
          const closed = new Promise((r) => worker.once('message', r));
          worker.postMessage('close');
          await closed;
          await worker.terminate();
        },
      });
    });
  });
}
