import { rmSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Content } from '../../src/core/content';
import type { Mail } from '../../src/core/mail';
import type { ConversationReference } from '../../src/core/activity';
import { startEmbeddedMongo, type EmbeddedMongo } from '../../src/embedded-mongodb';
import { createCodeStore } from '../../src/store/codes';
import { connectStore, ensureIndexes, type Store } from '../../src/store/connect';
import { createGuessLimits, createOneTimeCodes } from '../../src/support/codes';
import { ist, NOW, orderWith, ZONE } from './fixtures';

let dir: string;
let server: EmbeddedMongo;
let store: Store;
let records: ReturnType<typeof createCodeStore>;
let mails: Mail[];
let sends: { reference: ConversationReference; id: string; content: Content; transcript: string }[];
let failNext = false;
let number = 0;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'dst-codes-'));
  server = await startEmbeddedMongo({ dataDir: dir, inProcess: true });
  store = await connectStore({ uri: server.uri, dbName: 'codes' });
  records = createCodeStore(store.connection);
  await ensureIndexes(store.connection);
});

afterAll(async () => {
  await store?.close();
  await server?.close();
  rmSync(dir, { recursive: true, force: true });
});

beforeEach(() => {
  mails = [];
  sends = [];
  failNext = false;
  number += 1;
});

const SECRET = 'x'.repeat(32);
const IDENTITY = 'web:web:web_visitor:v1';
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const order = () => orderWith({ orderNumber: `DS-${5000 + number}` });

function codes(more: { mail?: boolean; whatsapp?: boolean } = {}) {
  return createOneTimeCodes({
    store: records,
    mail: {
      available: more.mail ?? true,
      queue: async (mail) => {
        if (failNext) {
          failNext = false;
          throw new Error('crash');
        }
        if (!mails.some((one) => one.id === mail.id)) mails.push(mail);
      },
    },
    sendSystem: async (reference, id, content, transcript) => {
      sends.push({ reference, id, content, transcript });
    },
    secret: SECRET,
    shopName: 'Tulsi Lane',
    timeZone: ZONE,
    ...(more.whatsapp ? { whatsapp: { account: '100', template: 'login_code' } } : {}),
  });
}

const send = (turnId: string, more = {}) =>
  codes().send({ order: order(), way: 'email', identity: IDENTITY, turnId, locale: 'en', now: NOW, ...more });
const check = (code: string, turnId: string, more = {}) =>
  codes().check({
    orderNumber: order().orderNumber,
    identity: IDENTITY,
    code,
    turnId,
    now: later(1),
    ...more,
  });
const mailed = (index = -1) => /\b\d{6}\b/.exec(mails.at(index)?.text ?? '')?.[0] ?? 'none';
const wrong = () => String((Number(mailed()) + 1) % 1_000_000).padStart(6, '0');

describe('sending', () => {
  test('by e-mail: six digits to the order’s address, in its reader’s language', async () => {
    expect(await send('t1')).toBe('sent');
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      to: 'asha@example.com',
      subject: `Your code for ${order().orderNumber}`,
    });
    expect(mailed()).toMatch(/^\d{6}$/);
  });

  test.each([
    ['hi', 'आपका कोड'],
    ['hi-Latn', 'aapka code'],
  ])('the e-mail exists in %s', async (locale, words) => {
    await send('t1', { order: { ...order(), customer: { ...order().customer, locale } } });
    expect(mails[0]?.subject).toContain(words);
  });

  test('by WhatsApp: the template to the order’s phone, and no code in the transcript', async () => {
    const input = {
      order: order(),
      way: 'whatsapp' as const,
      identity: IDENTITY,
      turnId: 't1',
      locale: 'en' as const,
    };
    expect(await codes({ whatsapp: true }).send({ ...input, now: NOW })).toBe('sent');
    const [sent] = sends;
    expect(sent?.reference).toEqual({ channel: 'whatsapp', account: '100', user: '919811100001' });
    const code = sent?.content.template?.values[0] ?? '';
    expect(sent?.content.template).toMatchObject({ name: 'login_code', language: 'en', codeButton: true });
    expect(code).toMatch(/^\d{6}$/);
    expect(`${sent?.transcript} ${sent?.content.text}`).not.toContain(code);
  });

  test('never into the chat that asks', async () => {
    const identity = 'whatsapp:100:wa_phone:919811100001';
    const input = {
      order: order(),
      way: 'whatsapp' as const,
      identity,
      turnId: 't1',
      locale: 'en' as const,
      now: NOW,
    };
    expect(await codes({ whatsapp: true }).send(input)).toBe('unavailable');
    expect(sends).toEqual([]);
  });

  test('only by ways that are set up and that the order has', async () => {
    const noMail = orderWith({ customer: { name: 'A', phone: '+919811100001' } });
    expect(codes({ whatsapp: true }).ways(order())).toEqual(['whatsapp', 'email']);
    expect(codes().ways(noMail)).toEqual([]);
    expect(codes({ mail: false }).ways(order())).toEqual([]);
    expect(await send('t1', { way: 'whatsapp' })).toBe('unavailable');
  });

  test('the same turn again sends nothing new', async () => {
    await send('t1');
    expect(await send('t1')).toBe('sent');
    expect(mails).toHaveLength(1);
    await send('t2');
    expect(mails).toHaveLength(2);
  });

  test('a crash before the mail was queued does not lose the code, and uses one place of the day', async () => {
    failNext = true;
    await expect(send('t1')).rejects.toThrow('crash');
    expect(await send('t1')).toBe('sent');
    expect(await check(mailed(), 'c1')).toBe('right');
    expect([await send('t2'), await send('t3'), await send('t4')]).toEqual(['sent', 'sent', 'limit']);
  });

  test('three for an order and day over all identities, again the next day of India', async () => {
    const who = (i: number) => ({ identity: `web:web:web_visitor:v${i}` });
    const answers = await Promise.all([1, 2, 3, 4, 5].map((i) => send(`t${i}`, who(i))));
    expect(answers.sort()).toEqual(['limit', 'limit', 'sent', 'sent', 'sent']);
    expect(await send('t8', { now: ist('2026-11-22 23:59') })).toBe('limit');
    expect(await send('t9', { now: ist('2026-11-23 00:00') })).toBe('sent');
  });

  test('the store holds no code once it has left', async () => {
    await send('t1');
    const [record] = await store.connection
      .collection('codes')
      .find({ orderNumber: order().orderNumber })
      .toArray();
    expect(record).not.toHaveProperty('sealed');
    expect(JSON.stringify(record)).not.toContain(mailed());
  });
});

describe('checking', () => {
  test('right once, then no more', async () => {
    await send('t1');
    const code = mailed();
    expect(await check(`${code.slice(0, 3)} ${code.slice(3)}`, 'c1')).toBe('right');
    expect(await check(code, 'c1')).toBe('right');
    expect(await check(code, 'c2')).toBe('expired');
  });

  test('three wrong tries use it up, also for the right one; the same turn counts once', async () => {
    await send('t1');
    const answers = [];
    for (const turn of ['c1', 'c1', 'c2', 'c3', 'c3']) answers.push(await check(wrong(), turn));
    expect(answers).toEqual(['wrong', 'wrong', 'wrong', 'used_up', 'used_up']);
    expect(await check(mailed(), 'c4')).toBe('used_up');
  });

  test('three at the same moment are three tries', async () => {
    await send('t1');
    const guesses = ['c1', 'c2', 'c3', 'c4', 'c5'].map((turn) => check(wrong(), turn));
    const answers = (await Promise.all(guesses)).sort();
    expect(answers).toEqual(['used_up', 'used_up', 'used_up', 'wrong', 'wrong']);
  });

  test('lasts ten minutes', async () => {
    await send('t1');
    expect(await check(mailed(), 'c1', { now: later(10) })).toBe('expired');
    const justInTime = new Date(later(10).getTime() - 1);
    expect(await check(mailed(), 'c2', { now: justInTime })).toBe('right');
  });

  test('only the newest code counts', async () => {
    await send('t1');
    await send('t2', { now: later(0.5) });
    const [first, second] = [mailed(0), mailed(1)];
    if (first !== second) expect(await check(first, 'c1')).toBe('wrong');
    expect(await check(second, 'c2')).toBe('right');
  });

  test('another identity cannot use it', async () => {
    await send('t1');
    expect(await check(mailed(), 'c1', { identity: 'web:web:web_visitor:v2' })).toBe('expired');
  });

  test('without any code sent there is none', async () =>
    expect(await check('123456', 'c1')).toBe('expired'));
});

describe('limits on guessing', () => {
  const limits = () => createGuessLimits(records);
  const key = (word: string) => `${word}:${number}`;

  test('an identity has five wrong guesses an hour', async () => {
    const keys = [key('identity')];
    for (let i = 0; i < 5; i += 1) {
      expect(await limits().allowed(keys, NOW)).toBe(true);
      await limits().countWrong(keys, `t${i}`, NOW);
    }
    expect(await limits().allowed(keys, later(59))).toBe(false);
    expect(await limits().allowed(keys, later(60))).toBe(true);
  });

  test('the same turn counts once', async () => {
    for (let i = 0; i < 9; i += 1) await limits().countWrong([key('identity')], 'same', NOW);
    expect(await limits().allowed([key('identity')], NOW)).toBe(true);
  });

  test('one key that is used up is enough, and leaves the others alone', async () => {
    for (let i = 0; i < 10; i += 1) await limits().countWrong([key('order'), key('address')], `t${i}`, NOW);
    expect(await limits().allowed([key('identity'), key('order')], later(60 * 23))).toBe(false);
    expect(await limits().allowed([key('identity'), key('address')], NOW)).toBe(true);
    expect(await limits().allowed([key('pin')], NOW)).toBe(true);
  });

  test('the store learns neither who nor what', async () => {
    await limits().countWrong(['identity:whatsapp:100:wa_phone:919811177777'], 't', NOW);
    const all = JSON.stringify(await store.connection.collection('guesses').find().toArray());
    expect(all).not.toContain('919811177777');
  });
});
