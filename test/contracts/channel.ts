import { signatureOf } from '../../src/channels/meta/signature';
import type { InboundActivity } from '../../src/core/activity';
import type { ChannelAdapter, SendTarget } from '../../src/core/channel';
import type { ChoiceOption, Content } from '../../src/core/content';
import { conversationKey, parseConversationKey } from '../../src/core/conversation';
import { ChannelError } from '../../src/core/errors';

/** What a channel shows the contract. */
export interface ChannelUnderTest {
  name: string;
  adapter: ChannelAdapter;
  /** What the provider would refuse in a rendered payload; undefined when it would take it. */
  refuses(payload: unknown): unknown;
  /** Everything the customer reads and can tap in a payload. */
  shows(payload: unknown): { text: string; options: { id: string; title: string }[] };
  /** A customer of this channel. */
  user: string;
  /** Makes the next send fail in a way the provider is known for; absent for feeds. */
  fail?(): void;
  webhook?: {
    appSecret: string;
    verifyToken: string;
    /** Bodies of customers' messages. */
    messages: unknown[];
    /** Bodies that report our own side's messages. */
    echoes: unknown[];
  };
}

/** The same numbers at every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const WORDS = [
  'order',
  'kal',
  'शाम',
  'डिलीवरी',
  'DS-1001',
  '👨‍👩‍👧‍👦',
  '🙏🏽',
  'क्षत्रिय',
  'e\u0301te\u0301',
  'x'.repeat(70),
  'done.',
  '\n\n',
];

function randomContent(random: (below: number) => number): Content {
  const sayings = Array.from(
    { length: 1 + random(random(4) === 0 ? 900 : 60) },
    () => WORDS[random(WORDS.length)],
  );
  const options = Array.from({ length: random(16) }, (_, n): ChoiceOption => ({
    id: `t7:${n}`,
    title: `${WORDS[random(WORDS.length - 1)]} ${WORDS[random(WORDS.length - 1)]} ${n}`,
    ...(random(2) ? { description: (WORDS[random(WORDS.length)] ?? '').repeat(3) } : {}),
  }));
  return { text: `Start ${sayings.join(' ')}`, ...(options.length > 0 ? { options } : {}) };
}

const contents = (): Content[] => {
  const random = seeded(20261122);
  return Array.from({ length: 150 }, () => randomContent(random));
};

/** Damages a body somewhere, as a provider might on a bad day. */
function damaged(value: unknown, random: (below: number) => number): unknown {
  const junk = [null, '', 0, -1, [], {}, 'text', true, [null], { id: {} }];
  if (typeof value !== 'object' || value === null || random(6) === 0) return junk[random(junk.length)];
  const entries = Object.entries(value);
  const hit = random(entries.length || 1);
  const changed = entries.map(
    ([key, inner], n) => [key, n === hit ? damaged(inner, random) : inner] as const,
  );
  return Array.isArray(value) ? changed.map(([, inner]) => inner) : Object.fromEntries(changed);
}

const words = (text: string) => text.split(/\s+/).filter(Boolean).join('');

/** What every channel promises, whoever the provider is. */
export function channelContract(
  channel: () => ChannelUnderTest,
  name: string,
  has: { webhook: boolean },
): void {
  describe(`${name} keeps the contract of a channel`, () => {
    test('whatever is said, the provider takes it and the customer reads all of it', () => {
      const { adapter, refuses, shows } = channel();
      for (const content of contents()) {
        const payloads = adapter.render(content);
        expect(payloads.map(refuses).filter((fault) => fault !== undefined)).toEqual([]);
        const read = words(payloads.map((payload) => shows(payload).text).join(' '));
        expect(read.startsWith(words(content.text))).toBe(true);
      }
    });

    test('every option is a control with its id, or a number in the text', () => {
      const { adapter, shows } = channel();
      for (const { options = [], ...content } of contents()) {
        const shown = adapter.render({ ...content, options }).map(shows);
        const ids = shown.flatMap((one) => one.options.map((option) => option.id));
        const text = shown.map((one) => one.text).join('\n');
        const isNumbered = options.every((option, n) =>
          words(text).includes(words(`${n + 1}. ${option.title}`)),
        );
        expect(ids.length > 0 ? ids : isNumbered).toEqual(
          ids.length > 0 ? options.map((option) => option.id) : true,
        );
        if (options.length > 0 && options.length <= Math.min(3, adapter.capabilities.maxOptions)) {
          expect(ids).toHaveLength(options.length);
        }
      }
    });

    test('rendering the same thing twice gives the same payloads', () => {
      const { adapter } = channel();
      for (const content of contents().slice(0, 20))
        expect(adapter.render(content)).toEqual(adapter.render(content));
    });

    test('a conversation can be named by a key and found again', () => {
      const { adapter, user } = channel();
      const reference = { channel: adapter.id, account: adapter.account, user };
      expect(parseConversationKey(conversationKey(reference))).toEqual(reference);
    });

    test('a push is answered with the provider id, a failure is a ChannelError; a feed never pushes', async () => {
      const { adapter, user, fail } = channel();
      const target: SendTarget = {
        reference: { channel: adapter.id, account: adapter.account, user },
        identities: [],
        callbackId: 'entry-1',
        author: 'bot',
      };
      const [payload] = adapter.render({ text: 'hello' });
      if (adapter.capabilities.delivery === 'push') {
        expect((await adapter.send(target, payload)).providerId).not.toBe('');
        fail?.();
      }
      const error: unknown = await adapter.send(target, payload).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ChannelError);
      expect((error as ChannelError).channel).toBe(adapter.id);
    });

    if (has.webhook) webhookContract(channel);
    else test('nothing comes in by webhook', () => expect(channel().adapter.inbound).toBeUndefined());
  });
}

function webhookContract(channel: () => ChannelUnderTest): void {
  const parts = () => {
    const { adapter, webhook } = channel();
    if (!adapter.inbound || !webhook) throw new Error('no webhook');
    return { adapter, inbound: adapter.inbound, webhook };
  };
  const receivedAt = new Date('2026-11-22T10:00:00Z');

  test('the handshake is answered for our token and for no other', () => {
    const { inbound, webhook } = parts();
    const ask = {
      'hub.mode': 'subscribe',
      'hub.challenge': '1158201444',
      'hub.verify_token': webhook.verifyToken,
    };
    expect(inbound.challenge(ask)).toBe('1158201444');
    const wrong = [
      { 'hub.verify_token': 'other' },
      { 'hub.verify_token': undefined },
      { 'hub.mode': 'unsubscribe' },
    ];
    for (const change of [
      ...wrong,
      { 'hub.challenge': ['1'] },
      { 'hub.verify_token': [webhook.verifyToken] },
    ]) {
      expect(inbound.challenge({ ...ask, ...change })).toBeUndefined();
    }
  });

  test('a signature counts for the bytes it was made over, and for nothing else', () => {
    const { inbound, webhook } = parts();
    const bytes = Buffer.from('{"object":"x", "text":"ä / <b>"}');
    const good = signatureOf(webhook.appSecret, bytes);
    const isAccepted = (signature?: string | string[], of = bytes) =>
      inbound.authenticate(of, { 'x-hub-signature-256': signature });
    expect(isAccepted(good)).toBe(true);
    expect(isAccepted(good, Buffer.from(JSON.stringify(JSON.parse(bytes.toString()))))).toBe(false);
    const flipped = good.slice(0, -1) + (good.endsWith('0') ? '1' : '0');
    const bad = [
      undefined,
      '',
      'sha256=',
      good.slice(0, -1),
      `${good}0`,
      flipped,
      good.replace('sha256=', ''),
      [good, good],
    ];
    for (const signature of [
      ...bad,
      `${good},${good}`,
      good.replace('sha256', 'sha1'),
      `sha256=${'g'.repeat(64)}`,
    ]) {
      expect(isAccepted(signature)).toBe(false);
    }
    expect(inbound.authenticate(bytes, { 'x-hub-signature': good })).toBe(false);
    expect(isAccepted(signatureOf('another secret', bytes))).toBe(false);
  });

  test('customers are heard, and a second delivery has the same ids', () => {
    const { adapter, inbound, webhook } = parts();
    for (const body of webhook.messages) {
      const activities = inbound.parse(body, receivedAt);
      expect(activities.some((one) => one.type === 'message')).toBe(true);
      const again = inbound.parse(structuredClone(body), new Date('2026-11-29T10:00:00Z'));
      expect(again.map((one) => one.id)).toEqual(activities.map((one) => one.id));
      expect(activities.every((one) => belongs(one, adapter))).toBe(true);
    }
  });

  test("our own side's messages are never taken for a customer's", () => {
    const { inbound, webhook } = parts();
    for (const body of webhook.echoes) {
      const activities = inbound.parse(body, receivedAt);
      expect(activities.some((one) => one.type === 'message')).toBe(false);
      expect(activities.some((one) => one.type === 'echo')).toBe(true);
    }
  });

  test('no JSON whatsoever makes it throw or name an activity of nobody', () => {
    const { adapter, inbound, webhook } = parts();
    const random = seeded(7);
    const samples = [...webhook.messages, ...webhook.echoes];
    for (let n = 0; n < 2000; n += 1) {
      const activities = inbound.parse(damaged(samples[n % samples.length], random), receivedAt);
      for (const activity of activities) {
        expect(activity.id).not.toBe('');
        expect(belongs(activity, adapter)).toBe(true);
      }
    }
    for (const body of [null, undefined, 1, 'x', [], {}, [[]], { entry: {} }]) {
      expect(inbound.parse(body, receivedAt)).toEqual([]);
    }
  });
}

function belongs(activity: InboundActivity, adapter: ChannelAdapter): boolean {
  const at = 'reference' in activity ? activity.reference : activity;
  if ('reference' in activity && activity.reference.user === '') return false;
  // Without identities an event could not find a conversation that was opened under another name of the same person.
  if ('reference' in activity && activity.identities.length === 0) return false;
  return at.channel === adapter.id && at.account === adapter.account && !Number.isNaN(activity.at.getTime());
}
