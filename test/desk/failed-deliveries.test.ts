import { randomUUID } from 'node:crypto';
import type { ActionOffers } from '../../src/desk/order-actions';
import type { FailedDeliveryWire, RequestWire } from '../../src/desk/wire';
import { followed } from '../../src/support/notices';
import { eventually } from '../kit/stream';
import type { DeskClient } from './desk-client';
import { failedOrder, startDesk, type DeskKit } from './desk-kit';

const HOUR_MS = 3_600_000;

describe('failed deliveries at the desk', () => {
  let desk: DeskKit;
  let meera: DeskClient;
  beforeAll(async () => {
    desk = await startDesk();
    meera = await desk.agent('agent', 'Meera Nair');
  });
  afterAll(() => desk.close());

  const list = async (query = '') =>
    meera.done<{ items: FailedDeliveryWire[]; nextCursor: string | null }>(
      'GET',
      `/failed-deliveries${query}`,
    );
  const lineOf = async (orderNumber: string) =>
    (await list()).items.find((line) => line.orderNumber === orderNumber);
  const put = async (orderNumber: string, hoursAgo: number, note = 'Nobody was there', attempts = 1) => {
    await desk.orders.put(
      failedOrder(orderNumber, new Date(Date.now() - hoursAgo * HOUR_MS), note, attempts),
      new Date(),
    );
  };

  it('is empty before any parcel has failed', async () => {
    expect(await list()).toEqual({ items: [], nextCursor: null });
  });

  it('lists the longest wait first, page by page, with reason, attempts and the time that is left', async () => {
    await put('DS-3001', 2);
    await put('DS-3002', 21, 'Address not found', 2);
    await put('DS-3003', 13, 'whatever they wrote');
    const { items, nextCursor } = await list('?limit=2');
    expect(items.map((line) => [line.orderNumber, line.reason, line.attempt, line.attempts])).toEqual([
      ['DS-3002', 'Address incomplete or not found', 2, 3],
      ['DS-3003', undefined, 1, 3],
    ]);
    const rest = await list(`?cursor=${encodeURIComponent(nextCursor!)}`);
    expect(rest.items.map((line) => line.orderNumber)).toEqual(['DS-3001']);
    expect(rest.nextCursor).toBeNull();
    const { since, lateAt, urgentAt, answerBy } = items[0]!;
    const hours = (at: string) => (Date.parse(at) - Date.parse(since)) / HOUR_MS;
    expect([lateAt, urgentAt, answerBy].map(hours)).toEqual([12, 20, 24]);
  });

  it('an order nobody has asked about is there too, without a conversation', async () => {
    await put('DS-3004', 1);
    expect(await lineOf('DS-3004')).not.toHaveProperty('conversation');
  });

  it('names the conversation in which its customer asked, and what they say', async () => {
    await put('DS-3005', 1);
    const user = '919811100905';
    const key = await desk.waiting(user, 'where is DS-3005');
    const order = (await desk.orders.findByNumber('DS-3005'))!;
    await eventually('it is followed', async () => {
      const talk = (await desk.stream.stream.conversations.get(key))!;
      const watching = followed(talk.watching, [order], new Date(), 'Asia/Kolkata');
      return desk.stream.stores.conversations.write(key, talk.version, { set: { watching } });
    });
    const dispute = {
      at: new Date(),
      what: 'attempt_disputed' as const,
      by: 'customer',
      detail: { shipmentId: 'S1', attempt: 1 },
    };
    await desk.orders.change('DS-3005', order.version, { history: [dispute] }, new Date());
    expect(await lineOf('DS-3005')).toMatchObject({
      disputed: true,
      conversation: { key, owner: 'waiting' },
    });
  });

  it('a re-attempt asked for from here follows the bot’s rules, carries what the customer says, and answers it', async () => {
    const offers = await meera.done<ActionOffers>('GET', '/orders/DS-3005/offers');
    expect(offers.cancel).toEqual({ allowed: true, back: true });
    const { request } = await meera.done<{ request: RequestWire }>('POST', '/orders/DS-3005/actions', {
      id: randomUUID(),
      action: { type: 'reschedule', date: offers.reschedule.dates[0]!.day, slot: 'evening' },
    });
    expect(request).toMatchObject({
      action: 'reattempt',
      by: 'agent',
      comments: 'The customer says that nobody came at attempt 1.',
    });
    expect(await lineOf('DS-3005')).toMatchObject({ answer: { id: request.id, slot: 'evening' } });
  });

  it('a parcel that is sent back from here is an instruction to the carrier', async () => {
    const { request } = await meera.done<{ request: RequestWire }>('POST', '/orders/DS-3004/actions', {
      id: randomUUID(),
      action: { type: 'cancel', comments: 'The customer moved away' },
    });
    expect(request).toMatchObject({
      type: 'cancel',
      action: 'return_to_origin',
      shipmentId: 'S1',
      comments: 'The customer moved away',
    });
  });

  it('refuses bad queries, and everybody who is not signed in', async () => {
    expect((await meera.call('GET', '/failed-deliveries?limit=0')).status).toBe(422);
    expect((await meera.call('GET', '/failed-deliveries?cursor=nonsense')).status).toBe(422);
    expect((await fetch(`${desk.url}/desk/api/failed-deliveries`)).status).toBe(401);
  });
});
