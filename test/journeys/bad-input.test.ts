import { createHash, randomUUID } from 'node:crypto';
import { DeskClient } from '../desk/desk-client';
import { order } from '../kit/orders';
import { API_KEY, startShop, type Customer, type Shop } from '../kit/product';

const ADMIN = { email: 'meera@shop.example', password: 'a-long-password' };
const COLLECTIONS = ['orders', 'conversations', 'messages', 'agents', 'cannedReplies', 'customers', 'inbox'];

/** Bodies that fit no door which reads JSON. */
const BODIES: [string, string | Buffer][] = [
  ['nothing', ''],
  ['half of an object', '{"text":"hel'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '7'],
  ['a text', '"hello"'],
  ['an empty object', '{}'],
  ['an object in the place of each text', '{"text":{"$gt":""},"owner":{"$ne":1},"email":{"$gt":""}}'],
  ['names that mean something to JavaScript', '{"__proto__":{"owner":"bot"},"constructor":1,"toString":[]}'],
  ['three thousand brackets', `${'['.repeat(3000)}${']'.repeat(3000)}`],
  ['bytes that are no text', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x22, 0x3a, 0x31, 0x7d])],
  ['four megabytes', `{"text":"${'x'.repeat(4_000_000)}"}`],
];

/** Values that are nearly right, by door; each must be refused with the field named. */
const FIELDS: Record<string, [string, string, unknown][]> = {
  'REST writes': [
    ['text', 'blank', { text: ' \n ' }],
    ['text', '4,097 characters', { text: 'x'.repeat(4097) }],
    ['visibility', 'a visibility that does not exist', { text: 'hello', visibility: 'secret' }],
  ],
  'REST moves the owner': [['owner', 'an owner that does not exist', { owner: 'nobody' }]],
  'web chat writes': [
    ['id', 'an id that is no UUID', { id: '1', text: 'hello' }],
    ['text', '4,097 characters', { id: randomUUID(), text: 'x'.repeat(4097) }],
  ],
  'desk writes': [['text', 'blank', { id: randomUUID(), text: ' ', visibility: 'public' }]],
  'desk moves the owner': [['owner', 'an owner that does not exist', { owner: 'nobody' }]],
  'desk adds a person': [
    [
      'role',
      'a role that does not exist',
      { email: 'a@b.example', name: 'A', role: 'king', password: 'long-enough-1' },
    ],
    ['password', 'a short password', { email: 'a@b.example', name: 'A', role: 'agent', password: '1' }],
  ],
};

/** Addresses that name what cannot be, on doors that read. */
const READS: [string, number[]][] = [
  ['/api/v1/orders/%00', [400, 404, 422]],
  ['/api/v1/orders/..%2f..%2fetc', [404, 422]],
  [`/api/v1/orders/${'9'.repeat(500)}`, [404, 414, 422]],
  ['/api/v1/orders/%E0%A4%A', [400]],
  ['/api/v1/conversations?limit=-1', [422]],
  ['/api/v1/conversations?limit=1e9', [422]],
  ['/api/v1/conversations?cursor=nonsense', [422]],
  ['/api/v1/conversations?owner[$ne]=bot', [200, 422]],
  ['/api/v1/conversations/none/messages', [404]],
  ['/api/v1/returns?state=never', [422]],
  ['/api/v1/returns/RMA-NONE', [404]],
  ['/api/v1/metrics/summary?from=yesterday-ish', [422]],
  ['/api/v1/metrics/summary?from=2026-12-02&to=2026-12-01', [200, 422]],
  ['/api/v1/nowhere', [404]],
];

describe('bad input at every door is refused in words and changes nothing', () => {
  let shop: Shop;
  let visitor: Customer & { token?: string };
  let desk: DeskClient;
  let conversation: string;
  beforeAll(async () => {
    shop = await startShop({ env: { ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password } });
    await shop.put(order('DS-1001', '+919811100001'));
    visitor = await shop.web();
    await visitor.says('hello');
    await shop.whatsapp('919811100001').says('where is my order');
    conversation = encodeURIComponent((await shop.conversation('whatsapp', '919811100001')).id);
    desk = new DeskClient(shop.product.url);
    await desk.signIn(ADMIN.email, ADMIN.password);
  });
  afterAll(() => shop.close());

  const bearer = (token = '') => ({ authorization: `Bearer ${token}` });
  const signedIn = () => ({ cookie: desk.cookie, 'x-csrf-token': desk.session.csrf });
  const DOORS: Record<string, () => [string, string, Record<string, string>]> = {
    'REST puts an order': () => ['PUT', '/api/v1/orders/DS-1001', bearer(API_KEY)],
    'REST imports orders': () => ['POST', '/api/v1/orders/import', bearer(API_KEY)],
    'REST writes': () => ['POST', `/api/v1/conversations/${conversation}/messages`, bearer(API_KEY)],
    'REST moves the owner': () => ['POST', `/api/v1/conversations/${conversation}/owner`, bearer(API_KEY)],
    'web chat opens': () => ['POST', '/webchat/sessions', {}],
    'web chat writes': () => ['POST', '/webchat/messages', bearer(visitor.token)],
    'desk signs in': () => ['POST', '/desk/api/session', {}],
    'desk writes': () => ['POST', `/desk/api/conversations/${conversation}/messages`, signedIn()],
    'desk moves the owner': () => ['POST', `/desk/api/conversations/${conversation}/owner`, signedIn()],
    'desk transfers': () => ['POST', `/desk/api/conversations/${conversation}/transfer`, signedIn()],
    'desk acts on an order': () => ['POST', '/desk/api/orders/DS-1001/actions', signedIn()],
    'desk settles a request': () => ['POST', '/desk/api/requests/none/settle', signedIn()],
    'desk adds a person': () => ['POST', '/desk/api/agents', signedIn()],
    'desk keeps a prepared reply': () => ['PUT', '/desk/api/canned-replies', signedIn()],
    'desk changes the password': () => ['PUT', '/desk/api/session/password', signedIn()],
  };
  /** A visitor's session needs nothing said; it is opened by these. */
  const OPENS = ['nothing', 'null', 'an empty object', 'an object in the place', 'names that mean'];
  const fine = (door: string, what: string, text: string) =>
    door === 'web chat opens'
      ? OPENS.some((start) => what.startsWith(start))
      : // Each line stands for itself: a bad one is named in a 200.
        door === 'REST imports orders' && text.includes('"accepted":0,');

  const state = async () => {
    const hash = createHash('sha256');
    for (const name of COLLECTIONS)
      hash.update(JSON.stringify(await shop.connection.collection(name).find().sort({ _id: 1 }).toArray()));
    return hash.digest('hex');
  };
  const knock = async (door: string, body: string | Buffer) => {
    const [method, path, headers] = DOORS[door]!();
    const answer = await fetch(`${shop.product.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      body: new Uint8Array(Buffer.from(body)),
    });
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      text: await answer.text(),
    };
  };

  it.each(Object.keys(DOORS))('%s', async (door) => {
    const before = await state();
    for (const [what, body] of BODIES) {
      const { status, type, text } = await knock(door, body);
      if (status < 300 && fine(door, what, text)) continue;
      expect([what, status >= 400 && status < 500, type.split(';')[0], status]).toEqual([
        what,
        true,
        'application/problem+json',
        status,
      ]);
      const problem = JSON.parse(text) as { title?: string; detail?: string };
      expect((problem.detail ?? problem.title ?? '').length).toBeGreaterThan(5);
      expect(text).not.toMatch(/at .*\.(ts|js):\d|node_modules|Mongo|Zod/);
    }
    for (const [field, what, body] of FIELDS[door] ?? []) {
      const { status, text } = await knock(door, JSON.stringify(body));
      expect([what, status]).toEqual([what, 422]);
      const { errors } = JSON.parse(text) as { errors: { field: string; message: string }[] };
      expect([what, errors.map((error) => error.field)]).toEqual([what, [field]]);
    }
    if (door !== 'web chat opens') expect(await state()).toBe(before);
  });

  it.each(READS)('reads %s', async (path, allowed) => {
    const answer = await fetch(`${shop.product.url}${path}`, { headers: bearer(API_KEY) });
    expect(allowed).toContain(answer.status);
    if (answer.status >= 400) expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
  });

  it('what customers write, however odd, is answered or brings a person, and blocks nobody', async () => {
    const odd = [
      '\u0000\u0001',
      '​​',
      '{{constructor.constructor("x")()}}',
      '<script>alert(1)</script>',
      "'; DROP TABLE orders; --",
      '🙂'.repeat(500),
      'x'.repeat(4096),
      'DS-1001 '.repeat(400),
      'ا'.repeat(300),
      'क्'.repeat(600),
    ];
    for (const [n, text] of odd.entries()) {
      const heard = await shop.whatsapp(`9198888000${10 + n}`).says(text);
      expect([n, heard.text.length > 0]).toEqual([n, true]);
      expect(heard.text).not.toMatch(/undefined|null|NaN|\[object|<script>|DROP TABLE/);
    }
    expect((await shop.whatsapp('919811100001').says('where is my order')).text).toMatch(/DS-1001/);
  });
});
