import { startEmbeddedMongo } from './index';
import type { EmbeddedMongo } from './index';

/** Starts the server alone, in this thread, on a loopback port; 0 takes any free one. Other users of the machine can read it there. */
export async function serveEmbedded(dataDir: string, port = 0): Promise<EmbeddedMongo & { tcpUri: string }> {
  const server = await startEmbeddedMongo({ dataDir, inProcess: true, tcpPort: port });
  return { ...server, tcpUri: server.tcpUri ?? server.uri };
}
