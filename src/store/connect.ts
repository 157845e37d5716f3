import mongoose, { type Collection, type Connection } from 'mongoose';
import { conversationSchema } from '../../models/conversation';
import { customerSchema } from '../../models/customer';
import { inboxSchema } from '../../models/inbox';
import { messageSchema } from '../../models/message';
import { orderSchema } from '../../models/order';
import { AppError } from '../core/errors';

/** Where the store is. `uri` names a MongoDB server or the embedded one's socket. */
export interface StoreOptions {
  uri: string;
  dbName: string;
  /** Emits the driver's command events, for tests that count or explain queries. */
  monitorCommands?: boolean;
}

/** An open store. */
export interface Store {
  connection: Connection;
  /** Resolves when the store answers within `timeoutMs`; throws `store_unavailable` otherwise. */
  ping(timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects and makes sure that every index exists. Throws `store_unavailable` when nothing answers within 10 s. Further schemas (desk,
 * codes, mail) register themselves on the connection before `ensureIndexes`.
 */
export async function connectStore(options: StoreOptions): Promise<Store> {
  const connection = mongoose.createConnection(options.uri, {
    dbName: options.dbName,
    serverSelectionTimeoutMS: 10_000,
    maxPoolSize: 20,
    monitorCommands: options.monitorCommands ?? false,
    autoIndex: false,
    autoCreate: false,
    ignoreUndefined: true,
  });
  try {
    await connection.asPromise();
  } catch (cause) {
    await connection.close(true).catch(() => undefined);
    throw new AppError('store_unavailable', 'the store does not answer', { cause });
  }
  connection.model('Order', orderSchema);
  connection.model('Customer', customerSchema);
  connection.model('Conversation', conversationSchema);
  connection.model('Message', messageSchema);
  connection.model('Inbox', inboxSchema);
  return {
    connection,
    ping: (timeoutMs = 2000) => ping(connection, timeoutMs),
    close: () => connection.close(),
  };
}

/** MongoDB's codes for an index that is there already with other options. */
const CONFLICTS: unknown[] = [85, 86];
const OPTIONS = ['unique', 'sparse', 'expireAfterSeconds', 'partialFilterExpression'];

/** Creates missing indexes of every model registered on the connection. One that an older version declared otherwise is made anew. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  for (const name of connection.modelNames()) {
    const model = connection.model(name);
    try {
      await model.createIndexes();
    } catch (error) {
      if (!CONFLICTS.includes((error as { code?: unknown }).code)) throw error;
      await dropChanged(connection.collection(model.collection.name), model.schema.indexes());
      await model.createIndexes();
    }
  }
}

async function dropChanged(collection: Collection, declared: [object, object][]): Promise<void> {
  const options = new Map(declared.map(([key, of]) => [JSON.stringify(key), optionsOf(of)]));
  for (const index of await collection.indexes()) {
    const wanted = options.get(JSON.stringify(index.key));
    if (wanted !== undefined && wanted !== optionsOf(index)) await collection.dropIndex(index.name ?? '');
  }
}

function optionsOf(index: object): string {
  const options = index as Record<string, unknown>;
  return JSON.stringify(OPTIONS.map((name) => options[name] || (options[name] === 0 ? 0 : null)));
}

async function ping(connection: Connection, timeoutMs: number): Promise<void> {
  const db = connection.db;
  if (!db) throw new AppError('store_unavailable', 'the store is not connected');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('store_unavailable', 'the store does not answer in time')),
      timeoutMs,
    );
  });
  try {
    await Promise.race([db.command({ ping: 1 }), late]);
  } catch (cause) {
    throw cause instanceof AppError
      ? cause
      : new AppError('store_unavailable', 'the store does not answer', { cause });
  } finally {
    clearTimeout(timer);
  }
}
