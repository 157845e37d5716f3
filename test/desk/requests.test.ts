import { randomUUID } from 'node:crypto';
import type { OrderRequest } from '../../src/core/order';
import { AppError } from '../../src/core/errors';
import type { OrderActions } from '../../src/desk/order-actions';
import type { ConversationWire, OrderWire, ProblemWire, RequestLineWire } from '../../src/desk/wire';
import { eventually } from '../kit/stream';
import type { DeskClient } from './desk-client';
import { shopOrder, startDesk, type DeskKit } from './desk-kit';

describe('requests at the desk', () => {
  let desk: DeskKit;
  let meera: DeskClient;
  let key: string;
  const asked: unknown[] = [];
  const orderActions: OrderActions = {
    offers: () => ({
      reschedule: { allowed: true, dates: [{ day: '2026-11-27', slots: ['evening'] }] },
      address_change: { allowed: false, why: 'It was delivered.', fields: [] },
      return: { allowed: false, items: [], resolutions: [] },
      cancel: { allowed: false },
    }),
    perform: async ({ order, action, id, actor, conversation }) => {
      asked.push({ order: order.orderNumber, action, id, actor: actor.name, conversation });
      if (action.type !== 'reschedule') throw new AppError('rule_refused', 'it has left the warehouse');
      const made = request(id, { date: action.date, slot: action.slot, by: 'agent' });
      await desk.orders.change(order.orderNumber, order.version, { addRequest: made }, new Date());
      return made;
    },
  };
  beforeAll(async () => {
    desk = await startDesk({ deps: { orderActions } });
    meera = await desk.agent('agent', 'Meera Nair');
    key = await desk.waiting('919811100001', 'hello');
    await desk.stream.stream.actions.setOwner(key, 'bot', { id: 'x', name: 'X' });
  }, 30_000);
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

  it('passes the bot’s actions on with who asked, and refusals back in words', async () => {
    await ordered('DS-2005');
    const path = '/orders/DS-2005';
    expect(await meera.done('GET', `${path}/offers`)).toMatchObject({ reschedule: { allowed: true } });
    const id = randomUUID();
    const action = { type: 'reschedule', date: '2026-11-27', slot: 'evening' };
    const answer = await meera.done<{ order: OrderWire }>('POST', `${path}/actions`, {
      id,
      conversation: key,
      action,
    });
    expect(answer.order.requests[0]).toMatchObject({ id, state: 'requested', by: 'agent' });
    expect(asked).toEqual([{ order: 'DS-2005', action, id, actor: 'Meera Nair', conversation: key }]);
    const no = await meera.call<ProblemWire>('POST', `${path}/actions`, {
      id: randomUUID(),
      action: { type: 'cancel' },
    });
    expect([no.status, no.body.detail]).toEqual([409, 'it has left the warehouse']);
    for (const wrong of [
      { type: 'reschedule', date: 'tomorrow' },
      { type: 'address_change', changes: { phone: '98111' } },
      { type: 'return', items: [], reason: 'size', resolution: 'refund' },
      { type: 'explode' },
    ]) {
      const refused = await meera.call('POST', `${path}/actions`, { id: randomUUID(), action: wrong });
      expect([wrong.type, refused.status]).toEqual([wrong.type, 422]);
    }
  });
});
