import { httpCarrier } from '../../src/carriers/http-driver';
import { shiprocketCarrier } from '../../src/carriers/shiprocket/ndr-driver';
import type { CarrierAnswer, CarrierPort } from '../../src/core/carrier';
import { systemClock } from '../../src/core/clock';
import type { Order, OrderRequest, ShopOrder } from '../../src/core/order';
import { changeRequest } from '../../src/lifecycle/change';
import { PAUSES_MS } from '../../src/lifecycle/submit';
import { createInstructionWorker, type InstructionWorker } from '../../src/lifecycle/instructions';
import type { Store } from '../../src/store/connect';
import { MongoOrderStore } from '../../src/store/orders';
import { advanceShipment, mergeShopOrder } from '../../src/support/scans';
import { settleRequest } from '../../src/support/settle';
import { openTestStore } from '../kit/store';
import { eventually, keyOf, quiet, startStream, type StreamKit } from '../kit/stream';
import { startCarrier } from './carrier-double';

const address = {
  name: 'Asha',
  phone: '+919811100001',
  line1: 'Flat 204',
  city: 'Bengaluru',
  state: 'Karnataka',
  postalCode: '560038',
  country: 'IN',
};

function shopOrder(orderNumber: string): ShopOrder {
  return {
    orderNumber,
    placedAt: new Date('2026-11-15T04:30:00Z'),
    currency: 'INR',
    customer: { name: 'Asha', phone: '+919811100001' },
    payment: { method: 'prepaid', status: 'paid', total: '1.00' },
    items: [],
    shippingAddress: address,
    shipments: [
      {
        id: 'S1',
        carrier: 'delhivery',
        trackingNumber: `T-${orderNumber}`,
        status: 'in_transit',
        skus: [],
        attempts: 0,
        events: [],
      },
    ],
  };
}

describe('the worker behind requests', () => {
  let store: Store;
  let kit: StreamKit;
  let orders: MongoOrderStore;
  let carrier: Awaited<ReturnType<typeof startCarrier>>;
  const workers: InstructionWorker[] = [];
  let number = 0;

  beforeAll(async () => {
    store = await openTestStore();
    kit = await startStream(store);
    carrier = await startCarrier();
    orders = new MongoOrderStore(store.connection, { advanceShipment, mergeShopOrder });
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  });
  afterAll(async () => {
    carrier.close();
    await kit.close();
    await store.close();
  });

  const settle = async (requestId: string, answer: CarrierAnswer, now = new Date()): Promise<boolean> => {
    const { status, ...rest } = answer;
    const input = {
      requestId,
      ...rest,
      status: status === 'pending' ? ('sent' as const) : status,
      by: 'carrier',
      now,
    };
    return (await settleRequest({ orders }, input)) !== undefined;
  };

  const worker = (withCarrier: boolean | CarrierPort = true) => {
    const made = createInstructionWorker({
      orders,
      carrier:
        withCarrier === true ? httpCarrier({ url: carrier.url, token: 't' }) : withCarrier || undefined,
      settle,
      conversations: kit.stream.conversations,
      notify: kit.stream.actions.notify,
      settledText: (order, request) =>
        `${order.orderNumber} was ${request.state}${request.reason ? `: ${request.reason}` : ''}`,
      clock: systemClock,
      log: quiet,
    });
    workers.push(made);
    made.start();
    return made;
  };

  /** An order whose customer has asked for another day, in a conversation that has been answered. */
  const asked = async (attempts = 0): Promise<{ orderNumber: string; user: string; id: string }> => {
    const n = (number += 1);
    const orderNumber = `DS-${2000 + n}`;
    const user = `9198222000${String(n).padStart(2, '0')}`;
    await kit.says(user, 'another day please');
    await eventually('the bot answered', () => kit.provider.ledger.find((send) => send.to === user));
    const { order } = await orders.put(shopOrder(orderNumber), new Date());
    const request: OrderRequest = {
      id: `RQ-${n}`,
      type: 'reschedule',
      state: 'requested',
      at: new Date(),
      by: 'customer',
      conversation: keyOf(user),
      action: 'reschedule',
      shipmentId: 'S1',
      date: '2026-11-24',
      attempts,
      dueAt: new Date(),
    };
    await orders.change(orderNumber, order.version, { addRequest: request }, new Date());
    return { orderNumber, user, id: request.id };
  };
  const requestOf = async (orderNumber: string) => (await orders.findByNumber(orderNumber))?.requests[0];
  const told = (user: string) =>
    kit.provider.ledger
      .filter((send) => send.to === user && !send.text?.startsWith('heard'))
      .map((send) => send.text);

  test('hands an instruction over and tells the customer once, naming the order', async () => {
    const { orderNumber, user, id } = await asked();
    worker();
    await eventually('told', () => told(user).length > 0);
    await eventually('noted', async () => (await requestOf(orderNumber))?.told);
    expect(told(user)).toEqual([`${orderNumber} was accepted`]);
    expect(carrier.asked.filter((ask) => ask.id === id)).toEqual([
      expect.objectContaining({
        id,
        key: id,
        orderNumber,
        action: 'reschedule',
        trackingNumber: `T-${orderNumber}`,
      }),
    ]);
    expect((await requestOf(orderNumber))?.dueAt).toBeUndefined();
  });

  test('several workers hand over once and tell once', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => asked()));
    worker();
    worker();
    worker();
    for (const { orderNumber, user, id } of all) {
      await eventually(`${orderNumber} told`, async () => (await requestOf(orderNumber))?.told);
      await eventually(`${orderNumber} sent`, () => told(user).length > 0);
      expect(told(user)).toHaveLength(1);
      expect(carrier.asked.filter((ask) => ask.id === id)).toHaveLength(1);
    }
  });

  test('a rejection brings a person in the same breath', async () => {
    const { orderNumber, user } = await asked();
    carrier.will(orderNumber, { status: 'rejected', reason: 'holiday' });
    worker();
    await eventually('told', () => told(user).length > 0);
    expect(told(user)).toEqual([`${orderNumber} was rejected: holiday`]);
    const conversation = await kit.stream.conversations.get(keyOf(user));
    expect(conversation).toMatchObject({
      owner: 'waiting',
      handoff: {
        reason: 'carrier_rejected',
        promised: expect.stringMatching(/another delivery day .*is requested/) as string,
        orderNumber,
        wants: 'reschedule_delivery',
        done: [expect.any(String)],
      },
    });
  });

  test('what the carrier has no call for stays requested for people, and is not looked at again', async () => {
    const { orderNumber, user, id } = await asked();
    worker(shiprocketCarrier({ url: carrier.url, email: 'a@b.example', password: 'p' }, systemClock));
    await eventually('looked at', async () => !(await requestOf(orderNumber))?.dueAt);
    expect(await requestOf(orderNumber)).toMatchObject({ state: 'requested', attempts: 0 });
    await settle(id, { status: 'accepted' });
    await eventually('told', () => told(user).length > 0);
    expect(carrier.asked.filter((ask) => ask.orderNumber === orderNumber)).toEqual([]);
  });

  test('pending waits for the later answer and is not asked again', async () => {
    const { orderNumber, user, id } = await asked();
    carrier.will(orderNumber, { status: 'pending' });
    const running = worker();
    await eventually('sent', async () => (await requestOf(orderNumber))?.state === 'sent');
    expect((await requestOf(orderNumber))?.dueAt).toBeUndefined();
    expect(told(user)).toEqual([]);
    await settle(id, { status: 'accepted' });
    running.kick();
    await eventually('told', () => told(user).length > 0);
    expect(carrier.asked.filter((ask) => ask.id === id)).toHaveLength(1);
  });

  test('no answer is asked again under the same key', async () => {
    const { orderNumber, user, id } = await asked();
    carrier.will(orderNumber, 503, { status: 'accepted' });
    worker();
    await eventually('told', () => told(user).length > 0);
    const asks = carrier.asked.filter((ask) => ask.id === id);
    expect(asks.map((ask) => ask.key)).toEqual([id, id]);
    expect((await requestOf(orderNumber))?.attempts).toBe(2);
  });

  test('a carrier that does not answer brings a person once, is asked again, and may still accept', async () => {
    const { orderNumber, user, id } = await asked(PAUSES_MS.length - 1);
    carrier.will(orderNumber, 503, 503, { status: 'accepted' });
    worker();
    await eventually('told', () => told(user).length > 0);
    expect(told(user)).toEqual([`${orderNumber} was requested`]);
    for (const asks of [2, 3]) {
      // Longer than a claim lasts: this try is over.
      const later = new Date(Date.now() + 60_000);
      await eventually('it rests', async () => ((await requestOf(orderNumber))?.dueAt ?? 0) > later);
      const soon = (request: OrderRequest) => ({ ...request, dueAt: new Date() });
      await changeRequest(orders, orderNumber, id, soon, new Date());
      await eventually('asked again', () => carrier.asked.filter((ask) => ask.id === id).length >= asks);
    }
    await eventually('the acceptance is told', () => told(user).length > 1);
    expect(told(user)).toEqual([`${orderNumber} was requested`, `${orderNumber} was accepted`]);
    const conversation = await kit.stream.conversations.get(keyOf(user));
    expect(conversation).toMatchObject({
      owner: 'waiting',
      handoff: { reason: 'carrier_unreached', orderNumber },
    });
  });

  test('a slow carrier keeps nobody waiting whose answer is there', async () => {
    const slow = await asked();
    const quick = await asked();
    let answer = (): void => undefined;
    carrier.will(slow.orderNumber, { after: new Promise<void>((resolve) => (answer = resolve)) });
    worker();
    await eventually('the quick one is told', () => told(quick.user).length > 0);
    expect(told(slow.user)).toEqual([]);
    answer();
    await eventually('the slow one is told', () => told(slow.user).length > 0);
  });

  test('a request that was cancelled is not handed over any more', async () => {
    const { orderNumber, id } = await asked();
    await changeRequest(
      orders,
      orderNumber,
      id,
      (request) => ({ ...request, state: 'cancelled' }),
      new Date(),
    );
    worker();
    await eventually('nothing due', async () => (await requestOf(orderNumber))?.dueAt === undefined);
    expect(carrier.asked.filter((ask) => ask.id === id)).toEqual([]);
  });

  test('without a carrier nothing is claimed, and what people settle is told', async () => {
    const { orderNumber, user, id } = await asked();
    const running = worker(false);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await requestOf(orderNumber)).toMatchObject({ state: 'requested', attempts: 0 });
    await settle(id, { status: 'accepted' });
    running.kick();
    await eventually('told', () => told(user).length > 0);
    // What stays due must not be handed over by the workers of later tests.
    const left = (await orders.findByNumber(orderNumber)) as Order;
    expect(left.requests[0]?.dueAt).toBeUndefined();
  });

  test('a turn that is running says its own words first', async () => {
    const { orderNumber, user, id } = await asked();
    const { version = 0 } = (await kit.stores.conversations.get(keyOf(user))) ?? {};
    const lease = { turnId: 't', batch: [], holder: 'somebody', until: new Date(Date.now() + 3_600_000) };
    await kit.stores.conversations.write(keyOf(user), version, { set: { lease } });
    worker();
    await eventually('settled', async () => (await requestOf(orderNumber))?.state === 'accepted');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(told(user)).toEqual([]);
    await store.connection
      .collection<{ _id: string }>('conversations')
      .updateOne({ _id: keyOf(user) }, { $unset: { lease: '' }, $inc: { version: 1 } });
    await eventually('told', () => told(user).length > 0);
    expect(carrier.asked.filter((ask) => ask.id === id)).toHaveLength(1);
  });
});
