import { randomUUID } from 'node:crypto';
import { identity, post, SHOP_SECRET, startWebchat } from './webchat-ports';

type Webchat = Awaited<ReturnType<typeof startWebchat>>;
let chat: Webchat;
beforeEach(async () => (chat = await startWebchat()));
afterEach(() => chat.close());

const NOW = Date.parse('2026-11-22T10:00:00Z') / 1000;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
async function session(body: object = {}, headers: Record<string, string> = {}) {
  const answer = await post(`${chat.url}/webchat/sessions`, body, headers);
  return { ...answer, token: String(answer.body.token), conversation: String(answer.body.conversation) };
}
const send = (token: string, body: unknown, headers: Record<string, string> = {}) =>
  post(`${chat.url}/webchat/messages`, body, { ...bearer(token), ...headers });

describe('opening a web chat session', () => {
  test('a stranger gets a token and a conversation of their own', async () => {
    const one = await session({ locale: 'hi' });
    const two = await session();
    expect(one.status).toBe(201);
    expect(one.conversation).toMatch(/^web:web:v_/);
    expect(two.conversation).not.toBe(one.conversation);
    expect(one.token).not.toContain(one.conversation.slice(8));
    expect(chat.stream.opened[0]).toMatchObject({
      reference: { channel: 'web', account: 'web' },
      options: { locale: 'hi', identities: [{ kind: 'web_visitor' }] },
    });
    expect(one.headers.get('set-cookie')).toBeNull();
  });

  test('a browser that comes back gets its conversation again, a forged token a new one', async () => {
    const { token, conversation } = await session();
    expect((await session({}, bearer(token))).conversation).toBe(conversation);
    for (const bad of [`${token}x`, token.slice(0, -1), token.split('.')[0]!, 'v_abc', `${token}.x`]) {
      expect((await session({}, bearer(bad))).conversation).not.toBe(conversation);
    }
  });

  test('a customer the shop signed in has one conversation on every browser', async () => {
    const claims = {
      sub: 'cust-7',
      exp: NOW + 600,
      phone: '+91 98111-00001',
      email: 'Asha@Example.com',
      name: 'Asha',
    };
    const first = await session({ identity: identity(claims) });
    const anonymous = await session();
    const second = await session(
      { identity: identity({ ...claims, exp: NOW + 900 }) },
      bearer(anonymous.token),
    );
    expect(first.conversation).toMatch(/^web:web:c_/);
    expect(second.conversation).toBe(first.conversation);
    expect(chat.stream.opened[0]?.options).toMatchObject({
      name: 'Asha',
      identities: [{ kind: 'web_customer', value: 'cust-7' }],
      shopIdentity: {
        sub: 'cust-7',
        phone: '+919811100001',
        email: 'asha@example.com',
        until: new Date((NOW + 600) * 1000),
      },
    });
    expect((await session({ identity: identity({ sub: 'cust-8', exp: NOW + 1 }) })).conversation).not.toBe(
      first.conversation,
    );
  });

  const claims = { sub: 'cust-7', exp: NOW + 600 };
  test.each([
    ['signed by somebody else', identity(claims, 'another secret')],
    ['over', identity({ ...claims, exp: NOW })],
    ['not yet valid', identity({ ...claims, nbf: NOW + 60 })],
    ['without a signature', identity(claims, SHOP_SECRET, { alg: 'none' }).replace(/[^.]*$/, '')],
    ['of another algorithm', identity(claims, SHOP_SECRET, { alg: 'HS512' })],
    ['not a token', 'hello'],
    ['not JSON', 'a.b.c'],
  ])('an identity that is %s is refused and opens nothing', async (_what, token) => {
    const answer = await session({ identity: token });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(chat.stream.opened).toEqual([]);
  });

  test.each([
    ['phone', { ...claims, phone: '98111 00001' }],
    ['email', { ...claims, email: 'nobody' }],
    ['sub', { exp: NOW + 600 }],
    ['exp', { sub: 'cust-7' }],
  ])('an identity whose %s cannot be used is refused by the name of the claim', async (claim, bad) => {
    const answer = await session({ identity: identity(bad) });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ field: `identity.${claim}` }]);
  });

  test('without a shop secret no identity is taken', async () => {
    await chat.close();
    chat = await startWebchat({ identitySecret: undefined });
    expect((await session({ identity: identity(claims) })).status).toBe(401);
    expect((await session()).status).toBe(201);
  });

  test("a signed-in customer's token ends with the identity, a stranger's lasts", async () => {
    const stranger = await session();
    const customer = await session({ identity: identity(claims) });
    chat.time.now = new Date((NOW + 600) * 1000);
    expect((await send(customer.token, { id: randomUUID(), text: 'x' })).status).toBe(401);
    expect((await send(stranger.token, { id: randomUUID(), text: 'x' })).status).toBe(202);
  });

  test.each([
    ['broken JSON', '{', 'application/json', 400],
    ['a list', [], 'application/json', 422],
    ['a number as identity', { identity: 7 }, 'application/json', 422],
    ['a form', 'identity=x', 'application/x-www-form-urlencoded', 415],
    ['far too much', { locale: 'x'.repeat(70_000) }, 'application/json', 413],
  ])('%s is answered with a problem', async (_what, body, type, status) => {
    const answer = await post(`${chat.url}/webchat/sessions`, body, { 'content-type': type });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('a web chat message', () => {
  test('text and taps are handed in under the id of the browser, within its conversation', async () => {
    const { token, conversation } = await session();
    const user = conversation.slice('web:web:'.length);
    const [a, b] = [randomUUID(), randomUUID()];
    expect((await send(token, { id: a.toUpperCase(), text: ' where is it? ' })).status).toBe(202);
    expect((await send(token, { id: b, choice: 't1:yes' })).status).toBe(202);
    expect(chat.stream.accepted).toMatchObject([
      {
        type: 'message',
        id: `${user}:${a}`,
        reference: { user },
        body: { kind: 'text', text: ' where is it? ' },
      },
      {
        id: `${user}:${b}`,
        body: { kind: 'choice', choiceId: 't1:yes' },
        identities: [{ kind: 'web_visitor', value: user }],
      },
    ]);
  });

  test('the same id from two visitors is two messages, from one it is the same one', async () => {
    const [one, two] = [await session(), await session()];
    const id = randomUUID();
    for (const { token } of [one, one, two]) await send(token, { id, text: 'x' });
    const [first, again, other] = chat.stream.accepted.map((activity) => activity.id);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test.each([4096])('%i characters are taken, one more is not, emoji counting as one', async (max) => {
    const { token } = await session();
    expect((await send(token, { id: randomUUID(), text: '🙏'.repeat(max) })).status).toBe(202);
    const answer = await send(token, { id: randomUUID(), text: 'x'.repeat(max + 1) });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ field: 'text' }]);
  });

  test.each([
    ['no id', { text: 'x' }],
    ['an id that is no UUID', { id: '1', text: 'x' }],
    ['neither text nor choice', { id: randomUUID() }],
    ['both', { id: randomUUID(), text: 'x', choice: 'y' }],
    ['blank text', { id: randomUUID(), text: ' \n' }],
    ['a text that is no text', { id: randomUUID(), text: { $ne: 1 } }],
    ['nothing', null],
  ])('%s is refused and nothing is handed in', async (_what, body) => {
    const { token } = await session();
    expect((await send(token, body)).status).toBe(422);
    expect(chat.stream.accepted).toEqual([]);
  });

  test('without a valid token nothing is handed in', async () => {
    const { conversation } = await session();
    for (const token of ['', 'x', conversation, `${conversation}.x`]) {
      expect((await send(token, { id: randomUUID(), text: 'x' })).status).toBe(401);
    }
    expect(chat.stream.accepted).toEqual([]);
  });

  test('a store that is down is said, so that the browser tries again', async () => {
    const { token } = await session();
    chat.stream.isDown = true;
    expect((await send(token, { id: randomUUID(), text: 'x' })).status).toBe(503);
  });
});

describe('the doors of the web chat', () => {
  test.each([
    ['a listed page', 'https://shop.example', 201],
    ['our public address', 'https://bot.example', 201],
    ['another page', 'https://evil.example', 403],
    ['a page that only begins like a listed one', 'https://shop.example.evil.example', 403],
    ['another scheme', 'http://shop.example', 403],
    ['a sandboxed page', 'null', 403],
  ])('%s', async (_who, origin, status) => {
    const answer = await session({}, { origin });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('access-control-allow-origin')).toBe(status === 201 ? origin : null);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('the address a page was loaded from may use it', async () => {
    expect((await session({}, { origin: chat.url })).status).toBe(201);
  });

  test('browsers are told what a listed page may send, others get 403', async () => {
    const ask = (origin: string) =>
      fetch(`${chat.url}/webchat/messages`, { method: 'OPTIONS', headers: { origin } });
    const allowed = await ask('https://shop.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
    expect((await ask('https://evil.example')).status).toBe(403);
  });

  test('a session and an address may only do so much in a minute', async () => {
    await chat.close();
    chat = await startWebchat({ limits: { messagesPerSession: 2, sessionsPerAddress: 3 } });
    const [one, two] = [await session(), await session()];
    const statuses = [];
    for (const { token } of [one, one, one, two]) {
      statuses.push((await send(token, { id: randomUUID(), text: 'x' })).status);
    }
    expect(statuses).toEqual([202, 202, 429, 202]);
    await session();
    const refused = await session();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    expect(chat.log.join('')).not.toMatch(/127\.0\.0\.1|::1/);
  });
});
