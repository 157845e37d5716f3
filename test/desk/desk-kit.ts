import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import type { AgentRole, AgentStore } from '../../src/core/agents';
import { systemClock, type Clock } from '../../src/core/clock';
import type { HandoffBrief } from '../../src/core/conversation';
import type { ShopOrder } from '../../src/core/order';
import type { DeskDeps, Settlement } from '../../src/desk/deps';
import { createDeskRouter } from '../../src/desk/router';
import { tellSettled } from '../../src/lifecycle/tell';
import { deskOrderActions } from '../../src/order-wiring';
import { createAgentStore } from '../../src/store/agents';
import { createAuditStore } from '../../src/store/audit';
import { createCannedReplyStore } from '../../src/store/canned-replies';
import { ensureIndexes, type Store } from '../../src/store/connect';
import { createDeskSessionStore } from '../../src/store/desk-sessions';
import { MongoOrderStore } from '../../src/store/orders';
import { MongoSummary } from '../../src/store/summary';
import { defaultPolicy } from '../../src/support/policy';
import { settleRequest } from '../../src/support/settle';
import { openTestStore } from '../kit/store';
import { keyOf, startStream, type StreamKit } from '../kit/stream';
import { DeskClient } from './desk-client';

export const PASSWORD = 'a-long-password';

const address = {
  name: 'Asha Rao',
  phone: '+919811100001',
  line1: 'Flat 204, Lake View',
  line2: '12th Main, Indiranagar',
  city: 'Bengaluru',
  state: 'Karnataka',
  postalCode: '560038',
  country: 'IN',
};

/** An order of Asha's with one parcel on its way, as the shop would send it. */
export function shopOrder(orderNumber: string, more: Partial<ShopOrder> = {}): ShopOrder {
  return {
    orderNumber,
    placedAt: new Date('2026-11-15T04:30:00Z'),
    currency: 'INR',
    customer: { name: 'Asha Rao', phone: address.phone, email: 'asha@example.com' },
    payment: { method: 'prepaid', status: 'paid', total: '1499.00' },
    items: [
      { sku: 'TS-BLK-M', name: 'Black T-shirt, M', quantity: 2, unitPrice: '749.50', returnable: true },
    ],
    shippingAddress: address,
    shipments: [
      {
        id: 'S1',
        carrier: 'delhivery',
        trackingNumber: `14908${orderNumber}`,
        status: 'in_transit',
        statusAt: new Date('2026-11-20T02:30:00Z'),
        skus: ['TS-BLK-M'],
        promisedBy: '2026-11-24',
        estimatedDelivery: '2026-11-26',
        attempts: 0,
        events: [{ at: new Date('2026-11-20T02:30:00Z'), status: 'in_transit', location: 'Hosur hub' }],
      },
    ],
    ...more,
  };
}

/** An order of Asha's whose parcel could not be handed over at a moment. */
export function failedOrder(
  orderNumber: string,
  at: Date,
  note = 'Nobody was there',
  attempts = 1,
): ShopOrder {
  const whole = shopOrder(orderNumber);
  const event = { at, status: 'attempt_failed' as const, note, source: 'delhivery' };
  const shipments = whole.shipments.map((parcel) => ({
    ...parcel,
    status: event.status,
    statusAt: at,
    attempts,
    events: [...parcel.events, event],
  }));
  return { ...whole, shipments };
}

/** Why a conversation comes to a person, as the bot would write it. */
export function brief(more: Partial<HandoffBrief> = {}): HandoffBrief {
  return {
    reason: 'asked',
    priority: 'normal',
    at: new Date(),
    gathered: [],
    proofLevel: 1,
    done: [],
    ...more,
  };
}

/** The desk's API over the real store and stream, on a port of its own. */
export interface DeskKit {
  url: string;
  store: Store;
  stream: StreamKit;
  orders: MongoOrderStore;
  agents: AgentStore;
  faults: unknown[];
  /** Signs a new agent in. */
  agent(role: AgentRole, name?: string): Promise<DeskClient>;
  /** A WhatsApp customer who waits for a person. */
  waiting(user: string, text: string, handoff?: Partial<HandoffBrief>): Promise<string>;
  close(): Promise<void>;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export async function startDesk(
  options: { clock?: Clock; deps?: Partial<DeskDeps>; secureCookies?: boolean } = {},
): Promise<DeskKit> {
  const clock = options.clock ?? systemClock;
  const store = await openTestStore();
  const stream = await startStream(store, { clock });
  const orders = new MongoOrderStore(store.connection, {
    mergeShopOrder: (existing, incoming) => ({ ...existing, ...incoming }),
    advanceShipment: (shipment) => ({ shipment, changed: 'repeated' }),
  });
  const agents = createAgentStore(store.connection, clock);
  const faults: unknown[] = [];
  const stopping = new AbortController();
  const { actions, conversations, feeds } = stream.stream;

  const settle = async (settlement: Settlement) => {
    const settled = await settleRequest({ orders }, settlement);
    if (!settled?.changed || settlement.status === 'sent') return;
    const settledText = () => `${settled.order.orderNumber}: the carrier said ${settlement.status}`;
    await tellSettled({ orders, conversations, notify: actions.notify, settledText, clock }, settled);
  };
  const rules = {
    policy: { ...defaultPolicy, shopName: 'Tulsi Lane' },
    timeZone: 'Asia/Kolkata',
    country: 'IN',
  };
  const deps: DeskDeps = {
    agents,
    sessions: createDeskSessionStore(store.connection),
    audit: createAuditStore(store.connection),
    cannedReplies: createCannedReplyStore(store.connection),
    conversations,
    actions,
    feeds,
    orders,
    settle,
    orderActions: deskOrderActions(orders, rules, () => undefined),
    rules,
    summary: new MongoSummary(store.connection),
    clock,
    secureCookies: options.secureCookies ?? false,
    publicOrigin: 'https://help.tulsilane.example',
    webRoot: join(__dirname, '../../dist/web/desk'),
    stopping: stopping.signal,
    onFault: (error) => faults.push(error),
    ...options.deps,
  };
  const app = express();
  app.use('/desk', createDeskRouter(deps));
  const server = createServer(app);
  const url = await listen(server);
  await ensureIndexes(store.connection);

  let count = 0;
  return {
    url,
    store,
    stream,
    orders,
    agents,
    faults,
    async agent(role, name = `${role} ${(count += 1)}`) {
      const email = `${name.replace(/\W+/g, '.').toLowerCase()}@tulsilane.example`;
      await agents.add({ email, name, role, password: PASSWORD });
      const client = new DeskClient(url);
      await client.signIn(email, PASSWORD);
      return client;
    },
    async waiting(user, text, handoff = {}) {
      await stream.says(user, text);
      const key = keyOf(user);
      // The bot answers first; a person is asked for after that.
      await stream.provider.until((ledger) => ledger.some(({ to }) => to.includes(user)));
      await actions.setOwner(key, 'waiting', { id: 'bot', name: 'Bot' }, { handoff: brief(handoff) });
      return key;
    },
    async close() {
      stopping.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await stream.close();
      await store.close();
    },
  };
}
