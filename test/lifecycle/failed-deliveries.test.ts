import {
  createFailedDeliveryWorker,
  type FailedDeliveryOptions,
} from '../../src/lifecycle/failed-deliveries';
import { failedQuestion } from '../../src/bot/failed-delivery';
import type { Order, ShipmentEvent } from '../../src/core/order';
import type { Loop } from '../../src/lifecycle/loop';
import type { Store } from '../../src/store/connect';
import { MongoOrderStore } from '../../src/store/orders';
import { followed } from '../../src/support/notices';
import { requestReschedule } from '../../src/support/actions';
import { defaultPolicy } from '../../src/support/policy';
import { advanceShipment, mergeShopOrder } from '../../src/support/scans';
import { failedDeliveries } from '../../src/support/failed-delivery';
import { openTestStore } from '../kit/store';
import { eventually, keyOf, quiet, startStream, textActivity, type StreamKit } from '../kit/stream';
import { order as shopOrder } from '../kit/orders';

const HOUR_MS = 3_600_000;

/** What becomes of a failed delivery nobody answers for, with the real store and stream, and a clock that is moved. */
describe('the worker behind failed deliveries', () => {
  let store: Store;
  let kit: StreamKit;
  let orders: MongoOrderStore;
  let ahead = 0;
  let people = 0;
  const clock = { now: () => new Date(Date.now() + ahead) };
  const rules = { policy: defaultPolicy, timeZone: 'Asia/Kolkata', country: 'IN' };
  const workers: Loop[] = [];

  beforeAll(async () => {
    store = await openTestStore();
    kit = await startStream(store, { clock });
    orders = new MongoOrderStore(store.connection, { advanceShipment, mergeShopOrder });
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
  });
  afterAll(async () => {
    await kit.close();
    await store.close();
  });

  const worker = (over: Partial<FailedDeliveryOptions> = {}) => {
    const made = createFailedDeliveryWorker({
      orders,
      conversations: kit.stream.conversations,
      notify: kit.stream.actions.notify,
      rules,
      question: failedQuestion(rules),
      silentChannels: new Set(),
      clock,
      log: quiet,
      ...over,
    });
    workers.push(made);
    made.start();
    return made;
  };

  const scanOf = (status: ShipmentEvent['status']): ShipmentEvent => ({
    at: clock.now(),
    status,
    note: status === 'attempt_failed' ? 'Nobody was there' : undefined,
    source: 'delhivery',
  });

  /** An order whose attempt failed just now, and a customer who has been told so. */
  const failing = async (attempts = 1): Promise<{ number: string; user: string; awb: string }> => {
    people += 1;
    const number = `FD-${7000 + people}`;
    const user = `91970000${String(people).padStart(4, '0')}`;
    await kit.stream.inbox.accept([textActivity(user, 'where is it', undefined, clock.now())]);
    await eventually('the bot answered', () => kit.provider.ledger.some((send) => send.to === user));
    const put = shopOrder(number, `+${user}`, { status: 'in_transit' });
    const awb = put.shipments[0]!.trackingNumber;
    const parcel = { ...put.shipments[0]!, attempts: attempts - 1, events: [] };
    await orders.put({ ...put, placedAt: new Date(put.placedAt), shipments: [parcel] } as never, clock.now());
    for (let n = 0; n < attempts; n += 1) {
      const at = new Date(clock.now().getTime() - (attempts - n) * 1000);
      await orders.recordScan(awb, { ...scanOf('attempt_failed'), at }, clock.now());
    }
    await tell(number, user);
    return { number, user, awb };
  };
  const found = async (number: string) => (await orders.findByNumber(number)) as Order;
  /** As the notice of it does. */
  const tell = async (number: string, user: string) => {
    const order = await found(number);
    const news = await orders.news(clock.now(), 100);
    await orders.settleNews(news.filter((each) => each.orderNumber === number));
    await eventually('the customer was told', async () => {
      const conversation = (await kit.stream.conversations.get(keyOf(user)))!;
      const watching = followed(conversation.watching, [order], clock.now(), rules.timeZone);
      return kit.stores.conversations.write(keyOf(user), conversation.version, { set: { watching } });
    });
  };
  const read = (user: string) =>
    kit.provider.taken
      .filter((send) => send.to === user && !send.text.startsWith('heard'))
      .map((send) => send.text);
  const due = async (number: string) => (await found(number)).failedDueAt;
  const talk = (user: string) => kit.stream.conversations.get(keyOf(user));
  const restsUntil = async (number: string, when: 'remindAt' | 'personAt') =>
    eventually(`it rests until ${when}`, async () => {
      const order = await found(number);
      const at = failedDeliveries(order, rules)[0]?.[when];
      return at && order.failedDueAt?.getTime() === at.getTime();
    });

  test('reminds once at half time with the question and its options, then brings a person who reads what is left', async () => {
    const { number, user } = await failing();
    worker();
    await restsUntil(number, 'remindAt');
    expect(read(user)).toEqual([]);
    ahead += 12 * HOUR_MS;
    await eventually('the reminder', () => read(user).length === 1);
    expect(read(user)[0]).toMatch(
      new RegExp(
        `still waiting to hear what to do with order ${number}. After .*may go back to us. Shall the courier`,
      ),
    );
    expect((await talk(user))?.openChoices?.options.map(({ title }) => title)[0]).toBe(
      `Yes, ${number} again`,
    );
    await restsUntil(number, 'personAt');
    expect((await talk(user))?.owner).toBe('bot');
    ahead += 8 * HOUR_MS;
    await eventually('a person is brought', async () => (await talk(user))?.owner === 'waiting');
    await eventually('it is said', () => read(user).length === 2);
    expect(read(user)[1]).toContain('passing it to a colleague');
    expect((await talk(user))?.handoff).toMatchObject({
      reason: 'failed_delivery',
      priority: 'high',
      orderNumber: number,
      gathered: expect.arrayContaining([
        { name: 'not_delivered', value: 'Nobody was there' },
        { name: 'attempts', value: '1 of 3' },
        { name: 'time_left', value: expect.stringMatching(/^(3 h|4 h) \(until /) as string },
      ]) as unknown,
      promised: 'The customer was asked what to do and has not answered.',
    });
    await eventually('nothing is left to do', async () => (await due(number)) === undefined);
  }, 30_000);

  test.each([
    ['has claimed an order', true],
    ['has told its customer', false],
  ])(
    'several workers, of which some die as soon as one %s: nothing is lost, nothing is told twice',
    async (_when, atClaim) => {
      const all = await Promise.all([1, 2, 3].map(() => failing()));
      ahead += 12 * HOUR_MS;
      let deaths = 0;
      const dying = {
        dueFailed: orders.dueFailed.bind(orders),
        findByNumber: orders.findByNumber.bind(orders),
        setFailedDue: async (number: string, from: Date, to: Date | undefined) => {
          const isClaim = to !== undefined && to.getTime() - clock.now().getTime() <= 30_000;
          const taken = isClaim && (await orders.setFailedDue(number, from, to));
          if (isClaim && !(taken && atClaim)) return taken;
          deaths += 1;
          return new Promise<boolean>(() => undefined);
        },
      };
      for (let n = 0; n < 2; n += 1) worker({ orders: dying });
      await eventually('some have died', () => deaths > 0);
      // They will never end, so there is nothing to wait for.
      workers.length = 0;
      ahead += 60_000;
      worker();
      worker();
      for (const { number, user } of all) {
        await restsUntil(number, 'personAt');
        await eventually('the reminder has left', () => read(user).length > 0);
      }
      ahead += 8 * HOUR_MS;
      for (const { number, user } of all) {
        await eventually('a person', async () => (await talk(user))?.owner === 'waiting');
        await eventually('nothing is left', async () => (await due(number)) === undefined);
        await eventually('and the word about the person', () => read(user).length > 1);
        expect(read(user)).toHaveLength(2);
      }
    },
    60_000,
  );

  test.each<[string, (it: { number: string; user: string; awb: string }) => Promise<unknown>]>([
    [
      'an answer',
      ({ number }) =>
        requestReschedule(
          { orders, rules },
          {
            orderNumber: number,
            turnId: `t-${number}`,
            by: 'customer',
            date: failedDay(),
            slot: 'evening',
            now: clock.now(),
          },
        ),
    ],
    ['going out again', ({ awb }) => orders.recordScan(awb, scanOf('out_for_delivery'), clock.now())],
    ['delivery', ({ awb }) => orders.recordScan(awb, scanOf('delivered'), clock.now())],
    ['its way back', ({ awb }) => orders.recordScan(awb, scanOf('rto_initiated'), clock.now())],
  ])('%s ends it: nobody is reminded, no person is brought', async (_name, ends) => {
    const it = await failing();
    worker();
    await restsUntil(it.number, 'remindAt');
    await ends(it);
    ahead += 21 * HOUR_MS;
    await eventually('nothing is left to do', async () => (await due(it.number)) === undefined);
    expect(read(it.user)).toEqual([]);
    expect((await talk(it.user))?.owner).toBe('bot');
  });

  test('after the last attempt a person is brought at once', async () => {
    const { number, user } = await failing(3);
    worker();
    await eventually('a person', async () => (await talk(user))?.owner === 'waiting');
    expect((await talk(user))?.handoff).toMatchObject({ reason: 'failed_delivery', orderNumber: number });
    await eventually('it is said', () => read(user).length === 1);
  });

  test('in quiet hours no phone rings: the reminder waits for their end, and a person is brought without a word', async () => {
    const hour = Number(
      new Intl.DateTimeFormat('en', { timeZone: 'Asia/Kolkata', hour: 'numeric', hourCycle: 'h23' }).format(
        clock.now().getTime() + 12 * HOUR_MS,
      ),
    );
    const quietRules = {
      ...rules,
      policy: { ...defaultPolicy, quietHours: { fromHour: hour, toHour: (hour + 2) % 24 } },
    };
    const first = await failing();
    worker({ rules: quietRules });
    ahead += 12 * HOUR_MS;
    await eventually('the reminder is put off', async () => {
      const order = await found(first.number);
      const { remindAt, personAt } = failedDeliveries(order, rules)[0]!;
      return order.failedDueAt! > remindAt && order.failedDueAt! < personAt;
    });
    expect(read(first.user)).toEqual([]);
    ahead += 2 * HOUR_MS;
    await eventually('the reminder', () => read(first.user).length === 1);
    await Promise.all(workers.splice(0).map((each) => each.stop()));

    const always = {
      ...rules,
      policy: { ...defaultPolicy, quietHours: { fromHour: (hour + 5) % 24, toHour: (hour + 4) % 24 } },
    };
    const second = await failing();
    ahead += 20 * HOUR_MS;
    worker({ rules: always });
    await eventually('a person', async () => (await talk(second.user))?.owner === 'waiting');
    await eventually('it is noted', async () => {
      const last = (await kit.stream.conversations.messages(keyOf(second.user))).at(-1);
      return last?.visibility === 'note' && last.text.startsWith('Not sent (quiet hours): ');
    });
    expect(read(second.user)).toEqual([]);
  }, 30_000);

  test('after the reply window the reminder is the approved template, and a note on the desk without one', async () => {
    const failedDelivery = { ...defaultPolicy.failedDelivery, answerWithinHours: 48 };
    const slow = { ...rules, policy: { ...defaultPolicy, failedDelivery } };
    const [first, second] = [await failing(), await failing()];
    ahead += 36 * HOUR_MS + 60_000;
    const notes = async (user: string) =>
      (await kit.stream.conversations.messages(keyOf(user))).map(({ text }) => text);
    const without = worker({ rules: slow });
    for (const { user } of [first, second])
      await eventually('it is noted', async () =>
        (await notes(user)).some((text) => text.startsWith('Not sent (the reply window is closed): ')),
      );
    await without.stop();
    const third = await failing();
    ahead += 36 * HOUR_MS + 60_000;
    worker({ rules: slow, template: 'parcel_news' });
    const sent = await eventually('the template', () =>
      kit.provider.ledger.find((send) => send.to === third.user && send.body.type === 'template'),
    );
    expect(sent.body).toMatchObject({
      template: { name: 'parcel_news', components: [{ parameters: [{ text: third.number }, {}] }] },
    });
    expect(JSON.stringify(sent.body)).toContain('still waiting to hear');
  }, 30_000);

  test('an order nobody has asked about is left to the shop’s list', async () => {
    people += 1;
    const number = `FD-${7000 + people}`;
    const put = shopOrder(number, '+919700009999', { status: 'attempt_failed' });
    await orders.put(
      {
        ...put,
        placedAt: new Date(put.placedAt),
        shipments: put.shipments.map((s) => ({ ...s, events: [] })),
      } as never,
      clock.now(),
    );
    worker();
    ahead += 25 * HOUR_MS;
    await eventually('nothing is left to do', async () => (await due(number)) === undefined);
    const listed = await orders.listFailed({});
    expect(listed.items.map(({ orderNumber }) => orderNumber)).toContain(number);
  });

  function failedDay(): string {
    return new Date(clock.now().getTime() + 5.5 * HOUR_MS + 2 * 24 * HOUR_MS).toISOString().slice(0, 10);
  }
});
