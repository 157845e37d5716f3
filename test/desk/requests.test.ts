import { randomUUID } from 'node:crypto';
import type { OrderRequest } from '../../src/core/order';
import type { ActionOffers } from '../../src/desk/order-actions';
import type {
  ConversationWire,
  OrderWire,
  ProblemWire,
  RequestLineWire,
  RequestWire,
} from '../../src/desk/wire';
import { eventually } from '../kit/stream';
import type { DeskClient } from './desk-client';
import { shopOrder, startDesk, type DeskKit } from './desk-kit';

describe('requests at the desk', () => {
  let desk: DeskKit;
  let meera: DeskClient;
  let key: string;
  beforeAll(async () => {
    desk = await startDesk();
    meera = await desk.agent('agent', 'Meera Nair');
    key = await desk.waiting('919811100001', 'hello');
    await desk.stream.stream.actions.setOwner(key, 'bot', { id: 'x', name: 'X' });
  });
  afterAll(() => desk.close());

  function request(id: string, more: Partial<OrderRequest> = {}): OrderRequest {
    return {
      id,
      type: 'reschedule',
      action: 'reschedule',
      state: 'requested',
      at: new Date(),
      by: 'customer',
      conversation: key,
      shipmentId: 'S1',
      date: '2026-11-27',
      slot: 'evening',
      attempts: 0,
      ...more,
    };
  }
  async function ordered(orderNumber: string, ...requests: OrderRequest[]): Promise<void> {
    const { order } = await desk.orders.put(shopOrder(orderNumber), new Date());
    let { version } = order;
    for (const one of requests) {
      await desk.orders.change(orderNumber, version, { addRequest: one }, new Date());
      version = (await desk.orders.findByNumber(orderNumber))!.version;
    }
  }
  const settle = (id: string, body: object) =>
    meera.call<RequestLineWire & ProblemWire>('POST', `/requests/${id}/settle`, body);
  const told = async (text: string) =>
    eventually(`told: ${text}`, async () =>
      (await meera.done<ConversationWire>('GET', meera.conversation(key))).messages.some((one) =>
        one.text.includes(text),
      ),
    );

  it('lists them by state with what the carrier needs to know', async () => {
    await ordered('DS-2001', request('rq-open'), request('rq-sent', { state: 'sent' }));
    const { items } = await meera.done<{ items: RequestLineWire[] }>('GET', '/requests?state=requested,sent');
    expect(items.map((line) => line.request.id)).toEqual(expect.arrayContaining(['rq-open', 'rq-sent']));
    expect(items[0]).toMatchObject({
      orderNumber: 'DS-2001',
      customer: 'Asha Rao',
      carrier: 'delhivery',
      trackingNumber: '14908DS-2001',
      request: { date: '2026-11-27', slot: 'evening' },
    });
    const none = await meera.done<{ items: RequestLineWire[] }>('GET', '/requests?state=accepted');
    expect(none.items).toEqual([]);
  });

  it('marks one sent, then accepted, and the customer is told', async () => {
    await ordered('DS-2002', request('rq-yes'));
    expect((await settle('rq-yes', { status: 'sent' })).body.request.state).toBe('sent');
    const yes = await settle('rq-yes', { status: 'accepted', reference: 'DLV-77' });
    expect(yes.body.request).toMatchObject({ state: 'accepted', reference: 'DLV-77' });
    await told('DS-2002: the carrier said accepted');
    const late = await settle('rq-yes', { status: 'rejected', reason: 'changed our mind' });
    expect([late.status, late.body.detail]).toEqual([409, 'this request is accepted already']);
  });

  it('needs a reason to reject, and then brings a person', async () => {
    await ordered('DS-2003', request('rq-no'));
    const bare = await settle('rq-no', { status: 'rejected' });
    expect(bare.status).toBe(422);
    expect(bare.body.errors?.[0]?.field).toBe('reason');
    await settle('rq-no', { status: 'rejected', reason: 'The depot is closed that day' });
    await told('DS-2003: the carrier said rejected');
    const shown = await meera.done<ConversationWire>('GET', meera.conversation(key));
    expect(shown.item.owner).toBe('waiting');
    expect(shown.brief).toMatchObject({ reason: 'carrier_rejected', orderNumber: 'DS-2003' });
    expect(shown.brief?.done[0]?.request).toMatchObject({
      state: 'rejected',
      reason: 'The depot is closed that day',
    });
  });

  it('refuses unknown requests and unknown answers', async () => {
    expect((await settle('rq-nowhere', { status: 'accepted' })).status).toBe(404);
    expect((await settle('rq-open', { status: 'perhaps' })).status).toBe(422);
  });

  it('shows orders whole but refund accounts masked', async () => {
    const sealed = 'sealed-account-bytes';
    await ordered(
      'DS-2004',
      request('rq-return', {
        type: 'return',
        action: 'return_pickup',
        return: {
          rma: 'RMA-1',
          items: [{ sku: 'TS-BLK-M', quantity: 1 }],
          reason: 'size',
          resolution: 'refund',
          refundTo: { kind: 'upi', masked: 'as***@okbank', sealed },
        },
      }),
    );
    const order = (await desk.orders.findByNumber('DS-2004'))!;
    const detail = { refundTo: { masked: 'as***@okbank', sealed } };
    await desk.orders.change(
      'DS-2004',
      order.version,
      { history: [{ at: new Date(), what: 'request', by: 'customer', detail }] },
      new Date(),
    );
    const shown = await meera.call<OrderWire>('GET', '/orders/DS-2004');
    expect(shown.body.requests[0]!.return).toMatchObject({
      rma: 'RMA-1',
      refundTo: 'as***@okbank',
      items: [{ sku: 'TS-BLK-M', name: 'Black T-shirt, M', quantity: 1 }],
    });
    expect(JSON.stringify(shown.body)).not.toContain(sealed);
  });

  it('does the bot’s actions with the bot’s rules, once for one id, with a receipt in the transcript', async () => {
    await ordered('DS-2005');
    const path = '/orders/DS-2005';
    const offers = await meera.done<ActionOffers>('GET', `${path}/offers`);
    expect(offers.reschedule.allowed).toBe(true);
    expect(offers.cancel).toEqual({ allowed: false, why: 'It has left already.' });
    const id = randomUUID();
    const date = offers.reschedule.dates[0]!.day;
    const ask = () =>
      meera.done<{ request: RequestWire; order: OrderWire }>('POST', `${path}/actions`, {
        id,
        conversation: key,
        action: { type: 'reschedule', date, slot: 'evening' },
      });
    const [first, again] = [await ask(), await ask()];
    expect(first.order.requests[0]).toMatchObject({ state: 'requested', by: 'agent', date, slot: 'evening' });
    expect(again.request.id).toBe(first.request.id);
    expect(again.order.requests).toHaveLength(1);
    const shown = await meera.done<ConversationWire>('GET', meera.conversation(key));
    const receipts = shown.messages.filter(({ text }) => text.startsWith('DS-2005: asked for delivery on'));
    expect(receipts).toHaveLength(1);
    expect(receipts[0]).toMatchObject({ visibility: 'note', agent: 'Meera Nair' });
  });

  it('refuses in words what the rules refuse, and what cannot be meant', async () => {
    await ordered('DS-2006');
    const ask = (action: object) =>
      meera.call<ProblemWire>('POST', '/orders/DS-2006/actions', { id: randomUUID(), action });
    const no = await ask({ type: 'cancel' });
    expect([no.status, no.body.detail]).toEqual([409, 'It has left already.']);
    for (const wrong of [
      { type: 'reschedule', date: 'tomorrow' },
      { type: 'address_change', changes: { phone: '98111' } },
      { type: 'return', items: [], reason: 'size', resolution: 'refund' },
      { type: 'explode' },
    ]) {
      expect([wrong.type, (await ask(wrong)).status]).toEqual([wrong.type, 422]);
    }
    expect((await desk.orders.findByNumber('DS-2006'))!.requests).toEqual([]);
  });
});
