import { startEmbeddedMongo } from './index';

// The embedded server in a process of its own, so that its processor time and memory can be told from those of the clients.
if (require.main === module && process.send) {
  void startEmbeddedMongo({ dataDir: process.argv[2] as string }).then((server) => {
    process.on('message', () => void server.close().then(() => process.exit(0)));
    process.on('disconnect', () => void server.close().then(() => process.exit(0)));
    process.send?.({ uri: server.uri });
  });
}
