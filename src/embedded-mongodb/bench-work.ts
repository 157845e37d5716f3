import { MongoClient } from 'mongodb';
import type { Collection } from 'mongodb';

/** An order as a shop's store holds it. */
export interface Order {
  _id: number;
  orderNumber: string;
  status: string;
  version: number;
  placedAt: Date;
  customer: Record<string, string>;
  items: Record<string, unknown>[];
}

/** What is measured. */
export const KINDS = ['read by _id', 'read by index', 'durable update', 'durable insert'] as const;
export type Kind = (typeof KINDS)[number];

/** One share of a measure for one client process. */
export interface Task {
  uri: string;
  db: string;
  kind: Kind;
  operations: number;
  inFlight: number;
  orders: number;
  /** The first number of the orders it inserts. */
  from: number;
}

/** The times of a task's operations, milliseconds. */
export interface Done {
  times: number[];
}

export function order(i: number): Order {
  return {
    _id: i,
    orderNumber: `DS-${i}`,
    placedAt: new Date(1_700_000_000_000 + i * 1000),
    customer: {
      name: 'Asha Rao',
      phone: `+9198${String(i % 5000).padStart(8, '0')}`,
      email: `a${i}@example.com`,
    },
    items: [{ sku: 'TS-BLK-M', name: 'Black T-shirt, M', quantity: 2, unitPrice: '749.50' }],
    status: 'in_transit',
    version: 0,
  };
}

function callOf(c: Collection<Order>, t: Task): (i: number) => Promise<unknown> {
  const any = (): number => Math.floor(Math.random() * t.orders);
  switch (t.kind) {
    case 'read by _id':
      return () => c.findOne({ _id: any() });
    case 'read by index':
      return () => c.findOne({ orderNumber: `DS-${any()}` });
    case 'durable update':
      return () => c.updateOne({ _id: any() }, { $set: { status: 'delivered' }, $inc: { version: 1 } });
    case 'durable insert':
      return (i) => c.insertOne(order(t.from + i));
  }
}

const clients = new Map<string, Promise<MongoClient>>();

/** Runs a task, so many operations in flight at a time. The connection stays for the next one. */
export async function perform(t: Task): Promise<Done> {
  let opening = clients.get(t.uri);
  if (!opening)
    clients.set(
      t.uri,
      (opening = MongoClient.connect(t.uri, { maxPoolSize: t.inFlight, writeConcern: { j: true } })),
    );
  const call = callOf((await opening).db(t.db).collection<Order>('orders'), t);
  const times: number[] = [];
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < t.operations) {
      const i = next++;
      const at = performance.now();
      await call(i);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: t.inFlight }, one));
  return { times };
}

if (require.main === module && process.send) {
  process.on('message', (t: Task) => void perform(t).then((done) => process.send?.(done)));
  process.on('disconnect', () => process.exit(0));
}
