import type { Order, WireEvent } from '../../web/simulator/model';
import { changedFacts, factsOf } from '../../web/simulator/order-facts';
import { phoneOf, spent } from '../../web/simulator/phone-model';
import { lineOf } from '../../web/simulator/wire-words';

const ASHA = '919811100001';
let seq = 0;
const event = (kind: WireEvent['kind'], body: unknown, more: Partial<WireEvent> = {}): WireEvent => ({
  seq: (seq += 1),
  at: '2026-11-22T06:30:00.000Z',
  channel: 'whatsapp',
  kind,
  user: ASHA,
  answered: 200,
  body,
  ...more,
});
const message = (id: string, body: object) => ({
  entry: [{ changes: [{ value: { messages: [{ id, ...body }] } }] }],
});
const wrote = (id: string, text: string) =>
  event('message', message(id, { type: 'text', text: { body: text } }));
const said = (body: object, id = 'wamid.s') =>
  event('send', { messaging_product: 'whatsapp', ...body }, { answer: { messages: [{ id }] } });
const buttons = {
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: 'What next?' },
    action: { buttons: [{ type: 'reply', reply: { id: 'v1:track', title: 'Track it' } }] },
  },
};

test('a webhook delivered twice is one bubble, and a refused send is none', () => {
  const events = [
    wrote('wamid.1', 'hi'),
    wrote('wamid.1', 'hi'),
    said({ type: 'text', text: { body: 'no' } }),
  ];
  events[2]!.answered = 503;
  expect(phoneOf(events, ASHA).bubbles.map((bubble) => bubble.text)).toEqual(['hi']);
});

test('ticks go from delivered to read when the shop reads, and dots end with the answer', () => {
  const first = wrote('wamid.1', 'hi');
  expect(phoneOf([first], ASHA).bubbles[0]!.tick).toBe('delivered');
  expect(phoneOf([{ ...first, answered: 500 }], ASHA).bubbles[0]!.tick).toBe('sent');
  const seen = event('seen', { status: 'read', message_id: 'wamid.1', typing_indicator: { type: 'text' } });
  expect(phoneOf([first, seen], ASHA)).toMatchObject({ typingSince: seen.at, bubbles: [{ tick: 'read' }] });
  const answered = phoneOf([first, seen, said(buttons)], ASHA);
  expect(answered.typingSince).toBeUndefined();
});

test('buttons, lists, quick replies and templates become what a phone would show', () => {
  const list = {
    type: 'interactive',
    interactive: {
      type: 'list',
      body: { text: 'Which one?' },
      action: {
        button: 'Orders',
        sections: [{ rows: [{ id: 'a', title: 'DS-1001', description: 'Kurta' }] }],
      },
    },
  };
  const template = {
    type: 'template',
    template: {
      name: 'delivery_code',
      components: [{ type: 'body', parameters: [{ type: 'text', text: '123456' }] }],
    },
  };
  const quick = event(
    'send',
    { recipient: { id: ASHA }, message: { text: 'Hi', quick_replies: [{ title: 'Yes', payload: 'y' }] } },
    { channel: 'instagram', answer: { message_id: 'm1' } },
  );
  const { bubbles } = phoneOf([said(buttons, 'w1'), said(list, 'w2'), said(template, 'w3'), quick], ASHA);
  expect(bubbles[0]!.taps).toEqual([{ id: 'v1:track', title: 'Track it', control: 'button', of: 'w1' }]);
  expect(bubbles[1]!.list).toEqual({
    label: 'Orders',
    rows: [{ id: 'a', title: 'DS-1001', description: 'Kurta', control: 'list', of: 'w2' }],
  });
  expect(bubbles[2]).toMatchObject({ template: 'delivery_code', text: '123456' });
  expect(bubbles[3]!.taps[0]).toMatchObject({ id: 'y', control: 'quick-reply' });
});

test('quick replies are spent once the customer has said something after them', () => {
  const { bubbles } = phoneOf([said(buttons, 'w1'), wrote('wamid.2', 'Track it')], ASHA);
  expect(spent(bubbles, 0)).toBe(true);
  expect(spent(bubbles.slice(0, 1), 0)).toBe(false);
});

test('another person’s wire does not show on this phone', () => {
  expect(phoneOf([wrote('wamid.1', 'hi')], '919811100002').bubbles).toEqual([]);
});

test('each event of the wire is one line that says which way, what and whether it went well', () => {
  expect(lineOf(wrote('wamid.1', 'where is\nit?'))).toEqual({
    way: 'in',
    what: 'Customer wrote',
    says: 'where is it?',
    ok: true,
  });
  const refused = event('send', buttons, {
    answered: 400,
    answer: { error: { message: '(#131047) too late' } },
  });
  expect(lineOf(refused)).toMatchObject({ way: 'out', ok: false, says: '(#131047) too late' });
  const echo = { entry: [{ messaging: [{ message: { mid: 'm', is_echo: true, text: 'Hi' } }] }] };
  expect(lineOf(event('status', echo, { channel: 'instagram' })).says).toBe('echo of our own message');
});

const order: Order = {
  orderNumber: 'DS-1001',
  placedAt: '2026-11-20T06:00:00Z',
  payment: { method: 'cod', status: 'pending', total: '1299.00' },
  items: [{ sku: 'A', name: 'Kurta', quantity: 1 }],
  shippingAddress: {
    name: 'A',
    phone: '+91',
    line1: 'Flat 204',
    city: 'Bengaluru',
    state: 'Karnataka',
    postalCode: '560038',
  },
  shipments: [
    {
      id: 'S1',
      carrier: 'D',
      status: 'in_transit',
      attempts: 0,
      events: [],
      estimatedDelivery: '2026-11-24',
    },
  ],
  requests: [],
};

test('what changed in the store is named fact by fact', () => {
  expect(changedFacts(order, order)).toEqual([]);
  const after: Order = {
    ...order,
    shippingAddress: { ...order.shippingAddress, line1: 'Flat 402' },
    requests: [
      {
        id: 'r',
        type: 'reschedule',
        action: 'reschedule',
        state: 'requested',
        date: '2026-11-25',
        slot: 'evening',
      },
    ],
  };
  expect(changedFacts(order, after)).toEqual(['Request 1: reschedule', 'Deliver to']);
  expect(factsOf(after)[3]!.value).toBe('requested · Wed, 25 Nov · evening');
});

test('times are read where the shop is, wherever the visitor sits', () => {
  const [shipment] = order.shipments;
  const events = [{ at: '2026-11-21T20:30:00Z', status: 'in_transit', location: 'Hosur hub' }];
  const scanned = { ...order, shipments: [{ ...shipment!, events }] } as Order;
  const last = factsOf(scanned).find(({ label }) => label.includes('last scan'));
  expect(last?.value).toMatch(/^Sun, 22 Nov, 2:00\sam · Hosur hub$/i);
});
