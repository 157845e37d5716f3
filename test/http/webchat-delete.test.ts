import { identity, post, startWebchat } from './webchat-ports';

type Webchat = Awaited<ReturnType<typeof startWebchat>>;
let chat: Webchat;
beforeEach(async () => (chat = await startWebchat()));
afterEach(() => chat.close());

const NOW = Date.parse('2026-11-22T10:00:00Z') / 1000;
async function session(body: object = {}) {
  const answer = await post(`${chat.url}/webchat/sessions`, body);
  return { ...answer, token: String(answer.body.token), conversation: String(answer.body.conversation) };
}
const remove = (token: string, headers: Record<string, string> = {}) =>
  fetch(`${chat.url}/webchat/conversation`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}`, ...headers },
  });

describe('deleting a web chat', () => {
  test('takes the conversation of the token, and no other', async () => {
    const one = await session();
    await session();
    expect((await remove(one.token, { origin: 'https://shop.example' })).status).toBe(204);
    expect(chat.stream.erased).toEqual([one.conversation]);
  });

  test('needs a valid token and a listed page', async () => {
    const { token } = await session();
    for (const bad of ['', 'v_abc', `${token}x`]) expect((await remove(bad)).status).toBe(401);
    expect((await remove(token, { origin: 'https://elsewhere.example' })).status).toBe(403);
    const asked = await fetch(`${chat.url}/webchat/conversation`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'DELETE' },
    });
    expect(asked.headers.get('access-control-allow-methods')).toContain('DELETE');
    expect(chat.stream.erased).toEqual([]);
  });

  test('a store that is down is said, so that nobody believes it was deleted', async () => {
    const { token } = await session();
    chat.stream.isDown = true;
    const answer = await remove(token);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: 'store_unavailable' });
  });

  test('a session may only do so as often in a minute', async () => {
    await chat.close();
    chat = await startWebchat({ limits: { deletionsPerSession: 2 } });
    const { token } = await session();
    const answers = [];
    for (let n = 0; n < 3; n += 1) answers.push((await remove(token)).status);
    expect(answers).toEqual([204, 204, 429]);
  });
});

describe('what a visitor says of themselves', () => {
  const opened = () => chat.stream.opened.at(-1)?.options;

  test('is kept as they wrote it, and makes them nobody else', async () => {
    const said = { name: ' Asha Rao ', email: 'Asha@Example.com', phone: '098111-00001' };
    expect((await session({ introduction: said })).status).toBe(201);
    expect(opened()).toMatchObject({
      introduced: { name: 'Asha Rao', email: 'Asha@Example.com', phone: '098111-00001' },
      identities: [{ kind: 'web_visitor' }],
    });
    expect(opened()).not.toHaveProperty('shopIdentity');
    expect(opened()).not.toHaveProperty('name');
    expect(chat.log.join('')).not.toMatch(/asha|00001/i);
  });

  test.each([
    ['email', { email: 'asha@' }],
    ['phone', { phone: '12345' }],
    ['phone', { phone: 'call me' }],
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(121) }],
  ])('a bad %s is named, and nothing is opened', async (field, introduction) => {
    const answer = await session({ introduction });
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ field: `introduction.${field}` }]);
    expect(chat.stream.opened).toEqual([]);
  });

  test.each([[{}], [{ level: '3' }], ['Asha']])('%j is no introduction', async (introduction) => {
    expect((await session({ introduction })).status).toBe(422);
  });

  test('of a customer whom the shop has signed in is left aside', async () => {
    const claims = { sub: 'cust-7', exp: NOW + 600, name: 'Asha' };
    await session({ identity: identity(claims), introduction: { name: 'Somebody' } });
    expect(opened()).toMatchObject({ name: 'Asha' });
    expect(opened()).not.toHaveProperty('introduced');
  });
});
