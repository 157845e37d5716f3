import type { Clock } from '../../src/core/clock';
import type { MailStore } from '../../src/core/mail';
import { createMailer, type Mailer, type MailerOptions } from '../../src/mail/mailer';
import { ensureIndexes, type Store } from '../../src/store/connect';
import { createMailStore } from '../../src/store/mail';
import { openTestStore } from '../kit/store';
import { eventually, quiet } from '../kit/stream';
import { startSmtp } from './smtp-double';

const MAIL = {
  id: 'code:DS-1:1',
  to: 'asha@example.com',
  subject: 'Your code',
  text: 'Your code is 123456.',
};

describe('mail', () => {
  let store: Store;
  let mails: MailStore;
  let smtp: Awaited<ReturnType<typeof startSmtp>>;
  let now: Date;
  const clock: Clock = { now: () => now };
  const mailers: Mailer[] = [];

  beforeAll(async () => {
    store = await openTestStore();
    mails = createMailStore(store.connection);
    await ensureIndexes(store.connection);
  });
  beforeEach(async () => {
    await store.connection.collection('mails').deleteMany({});
    smtp = await startSmtp();
    now = new Date('2026-11-22T06:00:00Z');
  });
  afterEach(async () => {
    await Promise.all(mailers.splice(0).map((mailer) => mailer.stop()));
    smtp.close();
  });
  afterAll(() => store.close());

  const mailer = (over: Partial<MailerOptions> = {}) => {
    const made = createMailer({
      store: mails,
      smtpUrl: smtp.url,
      from: 'Shop <shop@example.com>',
      show: false,
      clock,
      log: quiet,
      ...over,
    });
    mailers.push(made);
    made.start();
    return made;
  };
  const stateOf = async (id = MAIL.id) => (await mails.list()).find((mail) => mail.id === id);

  test('leaves by SMTP, once for each id, and its text is wiped', async () => {
    const made = mailer();
    expect(made.available).toBe(true);
    await made.queue(MAIL, now);
    await made.queue(MAIL, now);
    await eventually('sent', async () => (await stateOf())?.state === 'sent');
    await made.queue(MAIL, now);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(smtp.mails).toHaveLength(1);
    expect(smtp.mails[0]).toMatchObject({
      to: 'asha@example.com',
      data: expect.stringContaining('Your code is 123456.'),
    });
    expect(smtp.mails[0]?.data).toContain('From: Shop <shop@example.com>');
    expect(await stateOf()).toMatchObject({ text: '', attempts: 1 });
  });

  test('several processes send a mail once', async () => {
    const all = [mailer(), mailer(), mailer()];
    for (let n = 0; n < 10; n += 1) await all[n % 3]!.queue({ ...MAIL, id: `m${n}` }, now);
    await eventually('all sent', async () => (await mails.list()).every((mail) => mail.state === 'sent'));
    expect(smtp.mails).toHaveLength(10);
  });

  test('a server that cannot be reached now gets it later', async () => {
    smtp.refuseWith('451 try again later');
    const made = mailer();
    await made.queue(MAIL, now);
    await eventually('deferred', async () => (await stateOf())?.error === 'deferred');
    const waiting = await stateOf();
    expect(waiting?.state).toBe('queued');
    expect(waiting!.dueAt.getTime()).toBeGreaterThan(now.getTime());
    smtp.refuseWith(undefined);
    now = waiting!.dueAt;
    await made.queue({ ...MAIL, id: 'other' }, now);
    await eventually('both sent', () => smtp.mails.length === 2);
  });

  test('a recipient that is refused for good is given up at once, in words of ours', async () => {
    smtp.refuseWith('550 no such user asha@example.com');
    await mailer().queue(MAIL, now);
    await eventually('failed', async () => (await stateOf())?.state === 'failed');
    expect(await stateOf()).toMatchObject({ error: 'refused', text: '' });
  });

  test('what a dead process had taken is taken up again', async () => {
    await mails.add(MAIL, 'queued', now);
    await mails.claim(now, new Date(now.getTime() + 60_000));
    expect(await mails.claim(now, now)).toBeUndefined();
    now = new Date(now.getTime() + 61_000);
    mailer();
    await eventually('sent', async () => (await stateOf())?.state === 'sent');
    expect((await stateOf())?.attempts).toBe(2);
  });

  test('a demo without a server keeps mail for its mailbox page', async () => {
    const made = mailer({ smtpUrl: undefined, show: true });
    expect(made.available).toBe(true);
    await made.queue(MAIL, now);
    expect(await stateOf()).toMatchObject({ state: 'shown', text: MAIL.text });
  });

  test('a shop without mail queues nothing and says so', async () => {
    const made = mailer({ smtpUrl: undefined, show: false });
    expect(made.available).toBe(false);
    await made.queue(MAIL, now);
    expect(await mails.list()).toEqual([]);
  });
});
