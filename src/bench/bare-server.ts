import { createHmac, timingSafeEqual } from 'node:crypto';
import http from 'node:http';

/** The yardstick: checks the signature, answers 200, sends one message. No store, no bot. Runs as a process of its own. */
export function startBareServer(options: {
  port: number;
  graphUrl: string;
  appSecret: string;
  account: string;
}): http.Server {
  const graph = new URL(options.graphUrl);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
  const send = (to: string, id: string) => {
    const body = JSON.stringify({
      messaging_product: 'whatsapp',
      to: `+${to}`,
      type: 'text',
      text: { body: 'ok' },
      biz_opaque_callback_data: id,
    });
    const request = http.request(
      {
        agent,
        host: graph.hostname,
        port: graph.port,
        method: 'POST',
        path: `/v24.0/${options.account}/messages`,
        headers: {
          authorization: 'Bearer token',
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => response.resume(),
    );
    request.end(body);
  };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const wanted = Buffer.from(
        `sha256=${createHmac('sha256', options.appSecret).update(raw).digest('hex')}`,
      );
      const given = Buffer.from(String(request.headers['x-hub-signature-256'] ?? ''));
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
        response.writeHead(401).end();
        return;
      }
      response.writeHead(200).end();
      const body = JSON.parse(raw.toString('utf8')) as {
        entry: { changes: { value: { messages?: { from: string; id: string }[] } }[] }[];
      };
      for (const entry of body.entry)
        for (const change of entry.changes)
          for (const message of change.value.messages ?? []) send(message.from, message.id);
    });
  });
  // As the product does: a connection that rests for some seconds is not cut just when it is used again.
  server.keepAliveTimeout = 65_000;
  return server.listen(options.port, '127.0.0.1');
}

if (require.main === module) {
  const [port = '0', graphUrl = '', appSecret = '', account = ''] = process.argv.slice(2);
  startBareServer({ port: Number(port), graphUrl, appSecret, account });
}
