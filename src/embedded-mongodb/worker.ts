import { parentPort, workerData } from 'node:worker_threads';
import { MongoServer } from './server';
import type { Listening } from './server';

/** What the main thread hands to the worker. */
export interface WorkerOptions extends Listening {
  folder: string;
}

async function main(): Promise<void> {
  const options = workerData as WorkerOptions;
  const server = new MongoServer(options.folder);
  await server.listen(options);
  parentPort?.on('message', (message: unknown) => {
    if (message === 'close') void server.close().then(() => parentPort?.postMessage({ closed: true }));
  });
  parentPort?.postMessage({ port: server.port });
}

void main();
