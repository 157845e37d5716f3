import { InstagramAdapter, type InstagramSettings } from '../../src/channels/instagram/adapter';
import { parse } from '../../src/channels/instagram/parse';
import { render } from '../../src/channels/instagram/render';
import type { MessageBody } from '../../src/core/activity';
import type { SendTarget } from '../../src/core/channel';
import { ChannelError } from '../../src/core/errors';
import {
  instagramEcho,
  instagramEvents,
  instagramSays,
} from '../../src/demo/graph-stand-in/instagram-customer';
import type { GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import type { Fault } from '../../src/demo/graph-stand-in/wire';
import { ACCOUNT, instagramSettings, startTestGraph } from '../doubles/graph-stand-in';

const at = new Date('2026-11-22T09:59:00Z');
const receivedAt = new Date('2026-11-22T10:00:00Z');
const account = ACCOUNT.accountId;
const CUSTOMER = '200000000000001';
const happened = (...events: object[]) =>
  parse(account, instagramEvents(ACCOUNT, CUSTOMER, events as Record<string, unknown>[], at), receivedAt);

describe('what an Instagram customer does', () => {
  const table: [string, object, MessageBody][] = [
    ['a text', instagramSays.text('hi'), { kind: 'text', text: 'hi' }],
    [
      'a quick reply',
      instagramSays.quickReply('t1:a', 'A'),
      { kind: 'choice', choiceId: 't1:a', title: 'A' },
    ],
    ['a postback', instagramSays.postback('t1:a', 'A'), { kind: 'choice', choiceId: 't1:a', title: 'A' }],
    ['something unsupported', instagramSays.unsupported(), { kind: 'unsupported', what: 'unknown' }],
    ['a message with nothing in it', { message: {} }, { kind: 'unsupported', what: 'empty' }],
    [
      'a photo with words and a shared post',
      {
        message: {
          text: 'this one',
          attachments: [
            { type: 'image', payload: { url: 'https://cdn.example/1.jpg' } },
            { type: 'ig_post', payload: { url: 'https://cdn.example/2', title: 'Sale' } },
          ],
        },
      },
      {
        kind: 'media',
        text: 'this one',
        attachments: [
          { kind: 'image', ref: 'https://cdn.example/1.jpg' },
          { kind: 'post', ref: 'https://cdn.example/2' },
        ],
      },
    ],
    [
      'a heart',
      { message: { attachments: [{ type: 'like_heart', payload: {} }] } },
      { kind: 'media', attachments: [{ kind: 'sticker', ref: 'like_heart' }] },
    ],
    [
      'a shared reel, whose title is not the customer’s',
      {
        message: {
          attachments: [
            { type: 'ig_reel', payload: { url: 'https://cdn.example/3', title: 'my order is late' } },
          ],
        },
      },
      { kind: 'media', attachments: [{ kind: 'post', ref: 'https://cdn.example/3' }] },
    ],
    [
      'a story that mentions us',
      { message: { attachments: [{ type: 'story_mention', payload: { url: 'https://cdn.example/4' } }] } },
      { kind: 'media', attachments: [{ kind: 'mention', ref: 'https://cdn.example/4' }] },
    ],
    [
      'words written under our story',
      {
        message: {
          text: 'where is my order',
          reply_to: { story: { id: 's1', url: 'https://cdn.example/5' } },
        },
      },
      { kind: 'text', text: 'where is my order' },
    ],
  ];
  test.each(table)('%s becomes a message', (_name, event, body) => {
    expect(happened(event)).toMatchObject([
      {
        type: 'message',
        body,
        at,
        reference: { channel: 'instagram', account, user: CUSTOMER },
        identities: [{ channel: 'instagram', account, kind: 'ig_igsid', value: CUSTOMER }],
      },
    ]);
  });

  test('an answer to one of our messages names it', () => {
    expect(happened({ message: { text: 'yes', reply_to: { mid: 'm_9' } } })).toMatchObject([
      { replyTo: 'm_9' },
    ]);
  });

  test('an unsent, an edited and a read message are told apart from the message itself', () => {
    expect(happened(instagramSays.unsend('m_1'))).toMatchObject([
      { type: 'revoked', id: 'revoked:m_1', targetId: 'm_1' },
    ]);
    expect(happened(instagramSays.edit('m_1', 'flat 402', 2))).toMatchObject([
      { type: 'edited', id: 'edit:m_1:2', targetId: 'm_1', text: 'flat 402' },
    ]);
    expect(happened(instagramSays.read('m_7'))).toMatchObject([
      { type: 'read-up-to', messageId: 'm_7', reference: { user: CUSTOMER } },
    ]);
  });

  test.each([
    ['a reaction', instagramSays.reaction('m_1'), 'reaction'],
    ['an opened link', { referral: { ref: 'x', type: 'OPEN_THREAD' } }, 'referral'],
    ['anything new', { poll_vote: { mid: 'm' } }, 'unknown'],
  ])('%s is stored and counted only', (_name, event, what) => {
    expect(happened(event)).toMatchObject([{ type: 'ignored', what }]);
  });
});

describe('what Instagram reports of our own side', () => {
  test('an echo belongs to the customer it went to and is never a customer message', () => {
    expect(
      parse(account, instagramEcho(ACCOUNT, CUSTOMER, { mid: 'm_5', text: 'on its way' }, at), receivedAt),
    ).toMatchObject([{ type: 'echo', id: 'm_5', text: 'on its way', reference: { user: CUSTOMER } }]);
  });

  test('our own id as the sender is never a customer, even without the mark of an echo', () => {
    const body = instagramEvents(ACCOUNT, account, [instagramSays.text('me')], at);
    expect(parse(account, body, receivedAt)).toMatchObject([{ type: 'ignored' }]);
  });

  test("a test of the account with itself, and the dashboard's test button, create nothing", () => {
    expect(happened({ message: { mid: 'm', text: 'x', is_echo: true, is_self: true } })).toMatchObject([
      { type: 'ignored', what: 'echo:self' },
    ]);
    const button = instagramEvents({ ...ACCOUNT, accountId: '0' }, '12334', [instagramSays.text('x')], at);
    expect(parse(account, button, receivedAt)).toMatchObject([{ type: 'ignored', what: 'test' }]);
  });

  test('a thread held by another app, another account and comments are only counted', () => {
    const standby = {
      entry: [{ id: account, standby: [{ sender: { id: CUSTOMER }, message: { mid: 'm', text: 'x' } }] }],
    };
    expect(parse(account, standby, receivedAt)).toMatchObject([{ type: 'ignored', what: 'standby' }]);
    const other = instagramEvents({ ...ACCOUNT, accountId: '5' }, CUSTOMER, [instagramSays.text('x')], at);
    expect(parse(account, other, receivedAt)).toMatchObject([{ type: 'ignored', what: 'other_account' }]);
    const comment = { entry: [{ id: account, changes: [{ field: 'comments', value: { text: 'x' } }] }] };
    expect(parse(account, comment, receivedAt)).toMatchObject([{ type: 'ignored', what: 'field:comments' }]);
  });

  test('everything readable takes effect, in an array as well, whatever stands between', () => {
    const good = instagramEvents(ACCOUNT, CUSTOMER, [instagramSays.text('a'), instagramSays.text('b')], at);
    const bad = { entry: [null, 3, { id: account, messaging: [null, 'x', { message: 7 }] }] };
    const activities = parse(account, [bad, good], receivedAt);
    expect(activities.map((one) => one.type)).toEqual([
      'ignored',
      'ignored',
      'ignored',
      'message',
      'message',
    ]);
  });
});

describe('rendering for Instagram', () => {
  const options = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ id: `t:${i}`, title: `Option ${i + 1}` }));
  test.each([
    ['Latin', 'x', 1000, 1],
    ['Latin', 'x', 1001, 2],
    ['Hindi', 'क', 333, 1],
    ['Hindi', 'क', 334, 2],
  ])('%s: "%s" %i times is %i message(s)', (_script, letter, times, messages) => {
    expect(render({ text: letter.repeat(times) })).toHaveLength(messages);
  });

  test.each([1, 13])('%i options are quick replies', (n) => {
    expect(render({ text: 'Well?', options: options(n) })[0]?.quick_replies).toHaveLength(n);
  });

  test('fourteen options are numbers in the text', () => {
    const [payload] = render({ text: 'Well?', options: options(14) });
    expect(payload).toEqual({ text: expect.stringContaining('14. Option 14') as string });
  });

  test('only the last part carries the quick replies', () => {
    const parts = render({ text: 'word '.repeat(400), options: options(2) });
    expect(parts.map((part) => part.quick_replies?.length ?? 0)).toEqual([0, 2]);
  });
});

describe('sending to Instagram', () => {
  let graph: GraphStandIn;
  beforeAll(async () => (graph = await startTestGraph()));
  afterAll(() => graph.close());
  beforeEach(() => {
    graph.ledger.length = 0;
    graph.behaviour.fault = undefined;
  });
  const target = (more: Partial<SendTarget> = {}): SendTarget => ({
    reference: { channel: 'instagram', account, user: CUSTOMER },
    identities: [],
    callbackId: 'entry-1',
    author: 'bot',
    ...more,
  });
  const adapter = (more: Partial<InstagramSettings> = {}) =>
    new InstagramAdapter(instagramSettings(graph.url, more));

  test('a message goes to the scoped id as a response', async () => {
    const { providerId } = await adapter().send(target(), { text: 'hello' });
    expect(graph.ledger).toMatchObject([
      { providerId, to: CUSTOMER, text: 'hello', body: { messaging_type: 'RESPONSE' } },
    ]);
  });

  test.each([
    ['agent', 'agent-only', 'HUMAN_AGENT'],
    ['agent', 'open', undefined],
    ['bot', 'agent-only', undefined],
    ['system', 'agent-only', undefined],
  ] as const)('%s in a window that is %s carries the tag %s', async (author, window, tag) => {
    await adapter().send(target({ author, window }), { text: 'hello' });
    expect(graph.ledger[0]?.body.tag).toBe(tag);
  });

  const never = { kind: 'never' };
  test.each([
    [10, 2534022, 'window_closed', never],
    [10, 2018278, 'window_closed', never],
    [10, undefined, 'permission', { kind: 'reauthorise' }],
    [190, 463, 'token', { kind: 'reauthorise' }],
    [200, 1545041, 'undeliverable', never],
    [100, 2018001, 'undeliverable', never],
    [100, 2534037, 'not_thread_owner', never],
    [100, 33, 'rejected', never],
    [551, undefined, 'undeliverable', never],
    [9000001, undefined, 'rejected', never],
    [613, 2534040, 'rate_limited', { kind: 'after', afterMs: 1000, scope: 'account' }],
    [4, undefined, 'rate_limited', { kind: 'after', afterMs: 1000, scope: 'account' }],
    [80002, undefined, 'rate_limited', { kind: 'after', afterMs: 1000, scope: 'account' }],
    [2, 2018344, 'provider_down', { kind: 'backoff' }],
    [1200, undefined, 'provider_down', { kind: 'backoff' }],
    [400, undefined, 'rejected', never],
  ])('code %s/%s means %s', async (code, subcode, reason, retry) => {
    graph.behaviour.fault = () => ({ kind: 'refuse', error: { code, subcode, status: 200 } });
    const providerCode = subcode === undefined ? code : `${code}/${subcode}`;
    const send = adapter().send(target(), { text: 'hello' });
    await expect(send).rejects.toBeInstanceOf(ChannelError);
    await expect(send).rejects.toMatchObject({ channel: 'instagram', reason, retry, providerCode });
  });

  test.each<[Fault]>([
    [{ kind: 'drop', accept: true }],
    [{ kind: 'hang', accept: true }],
    [{ kind: 'garbage', status: 200 }],
  ])('after %j the outcome is unknown', async (fault) => {
    graph.behaviour.fault = () => fault;
    const send = adapter({ timeoutMs: 150 }).send(target(), { text: 'hello' });
    await expect(send).rejects.toMatchObject({ retry: { kind: 'unknown' } });
  });

  test('"typing" is shown to the customer and is no message', async () => {
    const calls: unknown[] = [];
    const stop = graph.subscribe((event) => calls.push(event.body));
    await adapter().showTyping(target().reference);
    stop();
    expect(calls).toEqual([{ recipient: { id: CUSTOMER }, sender_action: 'typing_on' }]);
    expect(graph.ledger).toEqual([]);
  });
});
