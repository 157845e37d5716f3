import type { Identity } from '../../src/core/activity';
import type { ProofGrant } from '../../src/core/proof';
import {
  ACTION_LEVELS,
  detailsMatch,
  grantNow,
  matchedByPhone,
  mayDo,
  neededLevel,
  ordersVisibleTo,
  pinMatches,
  proofLevel,
  visibleOrder,
  type ProofAction,
  type Prover,
} from '../../src/support/proof';
import { asked, delivered, NOW, orderWith } from './fixtures';

const order = orderWith();
const wa: Identity = { channel: 'whatsapp', account: '100', kind: 'wa_phone', value: '919811100001' };
const WA_KEY = 'whatsapp:100:wa_phone:919811100001';
const visitor: Identity = { channel: 'web', account: 'web', kind: 'web_visitor', value: 'v1' };
const WEB_KEY = 'web:web:web_visitor:v1';
const minutes = (n: number) => new Date(NOW.getTime() + n * 60_000);

function whatsapp(proofs: ProofGrant[] = [], value = '919811100001'): Prover {
  return {
    reference: { channel: 'whatsapp', account: '100', user: value },
    identities: [{ ...wa, value }],
    proofs,
  };
}

function web(proofs: ProofGrant[] = [], more: Partial<Prover> = {}): Prover {
  return {
    reference: { channel: 'web', account: 'web', user: 'v1' },
    identities: [visitor],
    proofs,
    ...more,
  };
}

const grant = (more: Partial<ProofGrant>): ProofGrant =>
  grantNow({ level: 2, orderNumber: 'DS-1001', how: 'code_email', identity: WEB_KEY, ...more }, NOW);

describe('how much is proved', () => {
  test.each([
    ['a stranger on the web', web(), 0],
    ['the order’s phone on WhatsApp', whatsapp(), 1],
    ['another phone on WhatsApp', whatsapp([], '919811100009'), 0],
    ['the same last digits of another country', whatsapp([], '19811100001'), 0],
    ['details on the web', web([grant({ level: 1, how: 'details' })]), 1],
    ['a code on the web', web([grant({})]), 2],
    ['a code for another order', web([grant({ orderNumber: 'DS-1002' })]), 0],
    ['a PIN code on WhatsApp', whatsapp([grant({ how: 'pin', identity: WA_KEY })]), 2],
    [
      'a PIN code from another phone',
      whatsapp([grant({ how: 'pin', identity: 'whatsapp:100:wa_phone:919811100009' })], '919811100009'),
      0,
    ],
    ['a proof for all orders, unmatched', web([grant({ orderNumber: '*' })]), 0],
    ['a proof for all orders, matched', whatsapp([grant({ orderNumber: '*', identity: WA_KEY })]), 2],
    ['a proof of an identity that left', web([grant({ identity: WA_KEY })]), 0],
    ['a linked WhatsApp identity in a web chat', web([], { identities: [visitor, wa] }), 0],
    [
      'a phone somebody shared as a contact',
      { ...whatsapp([], '919811100009'), identities: [{ ...wa, kind: 'e164', value: '+919811100001' }] },
      0,
    ],
    [
      'signed in with the phone',
      web([], { shopIdentity: { sub: 'c1', phone: '+919811100001', until: minutes(5) } }),
      3,
    ],
    [
      'signed in with the e-mail, written otherwise',
      web([], { shopIdentity: { sub: 'c1', email: 'Asha@Example.com', until: minutes(5) } }),
      3,
    ],
    [
      'signed in as somebody else',
      web([], { shopIdentity: { sub: 'c2', phone: '+919811100009', until: minutes(5) } }),
      0,
    ],
    ['signed in without either', web([], { shopIdentity: { sub: 'c1', until: minutes(5) } }), 0],
    ['a token that ended', web([], { shopIdentity: { sub: 'c1', phone: '+919811100001', until: NOW } }), 0],
  ] as [string, Prover, number][])('%s: level %#', (_name, conversation, level) => {
    expect(proofLevel(conversation, order, NOW)).toBe(level);
  });

  test('the phone of the delivery address matches as well', () => {
    const gift = orderWith({ shippingAddress: { ...order.shippingAddress, phone: '+919811100009' } });
    expect(proofLevel(whatsapp([], '919811100009'), gift, NOW)).toBe(1);
  });

  test('an order without an e-mail is not matched by an empty one', () => {
    const plain = orderWith({ customer: { name: 'A', phone: '+919811100001' } });
    const signed = web([], { shopIdentity: { sub: 'c', email: '', until: minutes(5) } });
    expect(proofLevel(signed, plain, NOW)).toBe(0);
  });

  test('a proof lasts thirty minutes', () => {
    const conversation = web([grant({})]);
    expect(proofLevel(conversation, order, new Date(minutes(30).getTime() - 1))).toBe(2);
    expect(proofLevel(conversation, order, minutes(30))).toBe(0);
  });

  test.each([
    ['554188887777', '+5541988887777'],
    ['5215512345678', '+525512345678'],
    ['5491123456789', '+541123456789'],
  ])('WhatsApp’s old form %s is the shop’s %s', (value, phone) => {
    const abroad = orderWith({ customer: { name: 'A', phone } });
    expect(matchedByPhone(whatsapp([], value), abroad)).toBe(true);
  });
});

describe('what may be done', () => {
  const matchedOnWhatsApp = whatsapp();
  const matchedOnWeb = web([grant({ level: 1, how: 'details' })]);
  const provedOnWeb = web([grant({})]);
  const actions = Object.keys(ACTION_LEVELS) as ProofAction[];
  const allowed = (conversation: Prover) =>
    actions.filter((action) => mayDo(action, conversation, order, NOW));

  const anybody = ['shop_information', 'policy', 'talk_to_person'];
  const matched = [...anybody, 'list_orders', 'status', 'refund_status', 'payment', 'complaint'];
  test('by level and by channel', () => {
    expect(allowed(web())).toEqual(anybody);
    expect(allowed(matchedOnWeb)).toEqual(matched);
    expect(allowed(matchedOnWhatsApp)).toEqual([...matched, 'reschedule']);
    expect(allowed(provedOnWeb)).toEqual(actions);
    expect(allowed(whatsapp([grant({ how: 'pin', identity: WA_KEY })]))).toEqual(actions);
  });

  test('a re-scheduling from another phone on WhatsApp needs as much as on the web', () => {
    expect(neededLevel('reschedule', whatsapp([], '919811100009'), order)).toBe(2);
  });

  test('only matched orders are listed', () => {
    const other = orderWith({
      orderNumber: 'DS-2',
      customer: { name: 'B', phone: '+919811100009' },
      shippingAddress: { ...order.shippingAddress, phone: '+919811100009' },
    });
    expect(ordersVisibleTo(matchedOnWhatsApp, [other, order], NOW)).toEqual([order]);
  });
});

describe('details', () => {
  const details = (pin: string, phone: string) => detailsMatch(order, { pin, phone }, 'IN');
  test('match in any way of writing a phone', () => {
    expect(details('560038', '98111 00001')).toBe(true);
    expect(details('560 038', '09811100001')).toBe(true);
    expect(details('560038', '+91-98111-00001')).toBe(true);
  });
  test.each([
    ['560039', '9811100001'],
    ['560038', '9811100002'],
    ['', ''],
    ['560038', ''],
    ['560038', '-'],
  ])('%s and %s do not', (pin, phone) => expect(details(pin, phone)).toBe(false));
  test('nothing matches an order that does not exist', () => {
    expect(detailsMatch(undefined, { pin: '', phone: '-' }, 'IN')).toBe(false);
    expect(pinMatches(undefined, '')).toBe(false);
  });
});

describe('what may be seen', () => {
  const secretive = orderWith({
    customer: { name: 'TAINT2-name', phone: '+919811100001', email: 'taint2@example.com' },
    payment: { method: 'prepaid', status: 'paid', total: '2222.22' },
    items: [{ sku: 'A', name: 'Shirt', quantity: 1, unitPrice: '2222.11', returnable: true }],
    shippingAddress: { ...order.shippingAddress, line1: 'TAINT2-line1', postalCode: '560038' },
    shipments: [delivered('2026-11-20 10:00', { events: [] })],
    requests: [
      asked({
        type: 'return',
        action: 'return_pickup',
        comments: 'TAINTX-comments',
        phone: '+9122222',
        address: { ...order.shippingAddress, line1: 'TAINT2-request' },
        return: {
          rma: 'RMA-1',
          items: [{ sku: 'A', quantity: 1 }],
          reason: 'size',
          resolution: 'refund',
          pickup: { date: '2026-11-24', address: { ...order.shippingAddress, line1: 'TAINT2-pickup' } },
          refundTo: { kind: 'upi', masked: 'TAINT2-masked', sealed: 'TAINTX-sealed' },
          photos: ['TAINTX-photo'],
        },
      }),
    ],
    history: [{ at: NOW, what: 'address', by: 'TAINTX-by', detail: { before: 'TAINTX-before' } }],
    meta: { note: 'TAINTX-meta' },
  });
  const seen = (level: 0 | 1 | 2 | 3) => JSON.stringify(visibleOrder(secretive, level));

  test('nothing at all without a match', () => expect(visibleOrder(order, 0)).toBeUndefined());

  test('matched: nothing of level 2', () => {
    const text = seen(1);
    expect(text).toContain('RMA-1');
    for (const taint of ['TAINT', 'taint', '2222', '560038', '98111', 'Indiranagar', 'Bengaluru']) {
      expect(text).not.toContain(taint);
    }
  });

  test('proved: the address, but never what is for the product alone', () => {
    expect(seen(2)).toContain('TAINT2-line1');
    expect(seen(2)).toContain('TAINT2-masked');
    expect(seen(3)).not.toContain('TAINTX');
  });
});
