import type { TranscriptEntry } from '../../src/core/conversation';
import { frameOf } from '../../src/http/webchat-feed';
import { identity, post, startWebchat } from './webchat-ports';

type Webchat = Awaited<ReturnType<typeof startWebchat>>;
let chat: Webchat;
beforeEach(async () => (chat = await startWebchat()));
afterEach(() => chat.close());

async function session(body: object = {}): Promise<{ token: string; conversation: string }> {
  return (await post(`${chat.url}/webchat/sessions`, body)).body as unknown as {
    token: string;
    conversation: string;
  };
}
const entry = (conversation: string, seq: number, more: Partial<TranscriptEntry> = {}): TranscriptEntry => ({
  id: `e${seq}`,
  conversation,
  seq,
  from: 'bot',
  text: `line ${seq}`,
  visibility: 'public',
  at: new Date('2026-11-22T10:00:00Z'),
  ...more,
});

/** Opens a feed; `next(n)` answers the stream's text once it holds n events or signs. */
async function follow(token: string, query = '', headers: Record<string, string> = {}) {
  const abort = new AbortController();
  const answer = await fetch(`${chat.url}/webchat/events${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: abort.signal,
  });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const next = async (blocks: number): Promise<string> => {
    while (text.split('\n\n').length <= blocks) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      text += value ?? '';
    }
    return text;
  };
  return { answer, next, stop: () => abort.abort() };
}

describe('the live feed of a web chat', () => {
  test('it tells what was missed and what comes, numbered, and never a note', async () => {
    const { token, conversation } = await session();
    chat.stream.entries = [1, 2, 3].map((seq) => entry(conversation, seq));
    const feed = await follow(token, '?after=1');
    expect(feed.answer.headers.get('content-type')).toContain('text/event-stream');
    expect(feed.answer.headers.get('x-accel-buffering')).toBe('no');
    chat.stream.tell(conversation, {
      type: 'message',
      entry: entry(conversation, 4, { visibility: 'note', text: 'secret' }),
    });
    chat.stream.tell(conversation, { type: 'state', id: 'e3', seq: 3, state: 'read' });
    chat.stream.tell(conversation, { type: 'owner', owner: 'agent', assigneeName: 'Meera' });
    chat.stream.tell(conversation, { type: 'typing', from: 'agent', on: true });
    const text = await feed.next(5);
    expect(text.match(/^id: \d+$/gm)).toEqual(['id: 2', 'id: 3']);
    expect(text).toContain('event: owner\ndata: {"owner":"agent","assigneeName":"Meera"}');
    expect(text).toContain('event: typing\ndata: {"from":"agent","on":true}');
    expect(text).not.toMatch(/secret|"read"/);
    expect(chat.stream.followers).toMatchObject([{ key: conversation, after: 1, publicOnly: true }]);
    feed.stop();
  });

  test.each([
    ['the address', '?after=5', {}, 5],
    ["the browser's header", '', { 'last-event-id': '7' }, 7],
    ['the later of both', '?after=5', { 'last-event-id': '7' }, 7],
    ['the start', '', { 'last-event-id': 'junk' }, 0],
  ])('it resumes from %s', async (_what, query, headers, after) => {
    const { token } = await session();
    const feed = await follow(token, query, headers as Record<string, string>);
    await feed.next(1);
    expect(chat.stream.followers[0]?.after).toBe(after);
    feed.stop();
  });

  test('a reader who leaves is no longer followed', async () => {
    const { token } = await session();
    const feed = await follow(token);
    await feed.next(1);
    feed.stop();
    while (chat.stream.followers.length > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(chat.stream.followers).toEqual([]);
  });

  test("nobody follows with a wrong number, without a token, or another's conversation", async () => {
    const mine = await session();
    const theirs = await session({ identity: identity({ sub: 'x', exp: 4102444800 }) });
    expect((await follow(mine.token, '?after=-1')).answer.status).toBe(422);
    expect((await follow(mine.token, '?after=x')).answer.status).toBe(422);
    expect((await follow('', '')).answer.status).toBe(401);
    const feed = await follow(mine.token, `?conversation=${theirs.conversation}&key=${theirs.conversation}`);
    await feed.next(1);
    expect(chat.stream.followers.map((one) => one.key)).toEqual([mine.conversation]);
    feed.stop();
  });

  test('a silent feed gives signs of life, and ends when its session does', async () => {
    await chat.close();
    chat = await startWebchat({ heartbeatMs: 5 });
    const until = Date.parse('2026-11-22T10:10:00Z');
    const { token } = await session({ identity: identity({ sub: 'x', exp: until / 1000 }) });
    const feed = await follow(token);
    expect(await feed.next(3)).toMatch(/^: open\n\n(: still here\n\n){2}/);
    chat.time.now = new Date(until);
    await feed.next(Infinity);
    expect(chat.stream.followers).toEqual([]);
  });

  test('a session may only have so many feeds open, and may open another when one has ended', async () => {
    await chat.close();
    chat = await startWebchat({ limits: { feedsAtOncePerSession: 1, feedsPerSession: 10_000 } });
    const { token } = await session();
    const first = await follow(token);
    await first.next(1);
    expect((await follow(token)).answer.status).toBe(429);
    first.stop();
    let status = 429;
    while (status === 429) status = (await follow(token)).answer.status;
    expect(status).toBe(200);
  });

  test('a conversation that was erased ends the session', async () => {
    const { token } = await session();
    chat.stream.opened = [];
    expect((await follow(token)).answer.status).toBe(401);
  });
});

describe('one event as text', () => {
  const frame = (more: Partial<TranscriptEntry>) =>
    frameOf({ type: 'message', entry: entry('web:web:v', 1, more) });
  test('choices keep id and title, a card is passed on, an agent is named, the system speaks as the bot', () => {
    const options = [{ id: 't1:a', title: 'A', description: 'more' }];
    const card = {
      kind: 'order' as const,
      orderNumber: 'DS-1',
      title: 't',
      status: 's',
      items: [],
      parcels: [],
    };
    const data = (text: string) => JSON.parse(text.split('data: ')[1] ?? '') as object;
    expect(data(frame({ content: { text: 'x', options, card } }))).toMatchObject({
      from: 'bot',
      choices: [{ id: 't1:a', title: 'A' }],
      card: { orderNumber: 'DS-1' },
      at: '2026-11-22T10:00:00.000Z',
    });
    expect(data(frame({ from: 'agent', agent: 'Meera' }))).toMatchObject({ from: 'agent', agent: 'Meera' });
    expect(data(frame({ from: 'system' }))).toMatchObject({ from: 'bot' });
  });

  test('a text with line breaks stays one line of data', () => {
    const text = frame({ text: 'one\ntwo\r\n\nevent: owner' });
    expect(text.split('\n')).toHaveLength(4);
  });
});
