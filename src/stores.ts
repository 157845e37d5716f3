import type { Clock } from './core/clock';
import { createAgentStore } from './store/agents';
import { createAuditStore } from './store/audit';
import { createCannedReplyStore } from './store/canned-replies';
import { CarrierEventStore } from './store/carrier-events';
import { createCodeStore } from './store/codes';
import { connectStore, ensureIndexes } from './store/connect';
import { ConversationWrites } from './store/conversation-writes';
import { MongoConversationStore } from './store/conversations';
import { MongoCustomerStore } from './store/customers';
import { createDeskSessionStore } from './store/desk-sessions';
import { createFileStore } from './store/files';
import { MongoErasureStore } from './store/erasure';
import { MongoInboxStore } from './store/inbox';
import { createMailStore } from './store/mail';
import { MongoMessageStore } from './store/messages';
import { metered, type OnOperation } from './store/metered';
import { MongoOrderStore } from './store/orders';
import { MongoOutboxStore } from './store/outbox';
import { MongoSummary } from './store/summary';
import { databaseName } from './store-at';
import { advanceShipment, mergeShopOrder } from './support/scans';

/** Every collection behind its port, over one connection with all indexes in place. */
export async function openStores(
  uri: string,
  config: { demo: boolean },
  clock: Clock,
  options: { monitorCommands?: boolean; dbName?: string; onOperation?: OnOperation } = {},
) {
  const store = await connectStore({
    uri,
    dbName: options.dbName ?? databaseName(config),
    monitorCommands: options.monitorCommands,
  });
  const { connection } = store;
  const writes = new ConversationWrites(connection);
  const { onOperation } = options;
  const customers = new MongoCustomerStore(connection);
  const seen = <T extends object>(name: string, part: T): T =>
    onOperation ? metered(name, part, onOperation) : part;
  const stores = {
    connection,
    ping: store.ping,
    close: store.close,
    inbox: seen('inbox', new MongoInboxStore(connection, clock)),
    conversations: seen('conversations', new MongoConversationStore(connection, writes)),
    outbox: seen('outbox', new MongoOutboxStore(connection, writes)),
    messages: seen('messages', new MongoMessageStore(connection)),
    customers: seen('customers', customers),
    orders: seen('orders', new MongoOrderStore(connection, { advanceShipment, mergeShopOrder })),
    carrierEvents: seen('carrierEvents', new CarrierEventStore(connection)),
    erasure: new MongoErasureStore(connection, customers),
    summary: new MongoSummary(connection),
    codes: createCodeStore(connection),
    mail: createMailStore(connection),
    files: createFileStore(connection),
    agents: createAgentStore(connection, clock),
    sessions: createDeskSessionStore(connection),
    audit: createAuditStore(connection),
    cannedReplies: createCannedReplyStore(connection),
  };
  try {
    await ensureIndexes(connection);
  } catch (error) {
    await store.close();
    throw error;
  }
  return stores;
}
