import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A carrier's side on loopback: answers by order number, keeps what it was asked. */
export async function startCarrier(): Promise<{
  url: string;
  asked: { id: string; orderNumber: string; key: unknown; action: string }[];
  /** How the next asks of an order are answered: a status, a failure by HTTP code, or once something has happened. The last one stays. */
  will(
    orderNumber: string,
    ...answers: ({ status: string; reason?: string } | number | { after: Promise<void> })[]
  ): void;
  close(): void;
}> {
  const asked: { id: string; orderNumber: string; key: unknown; action: string }[] = [];
  const plans = new Map<
    string,
    ({ status: string; reason?: string } | number | { after: Promise<void> })[]
  >();
  const server = createServer((req, res) => {
    let text = '';
    req.on('data', (chunk: Buffer) => (text += chunk.toString()));
    req.on('end', () => {
      const body = JSON.parse(text) as { id: string; orderNumber: string; action: string };
      asked.push({ ...body, key: req.headers['idempotency-key'] });
      const plan = plans.get(body.orderNumber) ?? [{ status: 'accepted' }];
      const next = plan.length > 1 ? plan.shift() : plan[0];
      if (typeof next === 'number') return void res.writeHead(next).end();
      if (next && 'after' in next) {
        return void next.after.then(() => res.end(JSON.stringify({ status: 'accepted' })));
      }
      res.setHeader('Content-Type', 'application/json');
      res.end(JSON.stringify(next));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    will: (orderNumber, ...answers) => void plans.set(orderNumber, answers),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
