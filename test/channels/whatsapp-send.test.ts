import { spawn } from 'node:child_process';
import { WhatsAppCloudAdapter } from '../../src/channels/whatsapp-cloud/adapter';
import type { WhatsAppSettings } from '../../src/channels/whatsapp-cloud/adapter';
import type { Identity } from '../../src/core/activity';
import type { SendTarget } from '../../src/core/channel';
import { ChannelError } from '../../src/core/errors';
import type { GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import type { Fault } from '../../src/demo/graph-stand-in/wire';
import { NUMBER, startTestGraph, whatsappSettings } from '../doubles/graph-stand-in';

let graph: GraphStandIn;
beforeAll(async () => (graph = await startTestGraph()));
afterAll(() => graph.close());
beforeEach(() => {
  graph.ledger.length = 0;
  graph.behaviour.fault = undefined;
  graph.behaviour.delayMs = 0;
});

const PHONE = '919811100001';
const identity = (kind: 'wa_phone' | 'wa_bsuid', value: string): Identity => ({
  channel: 'whatsapp',
  account: NUMBER.phoneNumberId,
  kind,
  value,
});
const target = (user = PHONE, identities: Identity[] = [], callbackId = 'entry-1'): SendTarget => ({
  reference: { channel: 'whatsapp', account: NUMBER.phoneNumberId, user },
  identities,
  callbackId,
  author: 'bot',
});
const adapter = (more: Partial<WhatsAppSettings> = {}) =>
  new WhatsAppCloudAdapter(whatsappSettings(graph.url, more));
const text = (said = 'hello', part = 0) => ({
  part,
  message: { type: 'text' as const, text: { body: said, preview_url: false } },
});
const failing = async (fault: Fault, more: Partial<WhatsAppSettings> = {}): Promise<ChannelError> => {
  graph.behaviour.fault = () => fault;
  const error = await adapter(more)
    .send(target(), text())
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof ChannelError)) throw new Error('the send went through');
  return error;
};

describe('sending to WhatsApp', () => {
  test('a message goes out in E.164 with its plus and our id, and its provider id comes back', async () => {
    const { providerId } = await adapter().send(target(), text('Namaste 🙏'));
    expect(graph.ledger).toMatchObject([
      {
        providerId,
        to: PHONE,
        text: 'Namaste 🙏',
        callbackId: 'entry-1',
        body: { to: `+${PHONE}`, type: 'text' },
      },
    ]);
  });

  test('parts have names of their own that are equal at every try', async () => {
    for (const part of [0, 1, 1]) await adapter().send(target(), text('x', part));
    expect(graph.ledger.map((send) => send.callbackId)).toEqual(['entry-1', 'entry-1#1', 'entry-1#1']);
  });

  test.each([
    [
      'a phone',
      target(PHONE, [identity('wa_phone', PHONE), identity('wa_bsuid', 'IN.1')]),
      { to: `+${PHONE}` },
    ],
    ['no phone', target('IN.1', [identity('wa_bsuid', 'IN.1')]), { recipient: 'IN.1' }],
    [
      'a phone learnt later',
      target('IN.1', [identity('wa_bsuid', 'IN.1'), identity('wa_phone', PHONE)]),
      { to: `+${PHONE}` },
    ],
    ['another number by now', target(PHONE, [identity('wa_phone', '919811100009')]), { to: '+919811100009' }],
    ['another number, not shown', target(PHONE, [identity('wa_bsuid', 'IN.2')]), { recipient: 'IN.2' }],
    ['no identities, a phone in the reference', target(PHONE), { to: `+${PHONE}` }],
    ['no identities, an id in the reference', target('IN.1'), { recipient: 'IN.1' }],
  ])('a customer with %s is reached', async (_what, to, address) => {
    await adapter().send(to, text());
    const { to: sentTo, recipient } = graph.ledger[0]!.body;
    expect({ to: sentTo, recipient }).toEqual({ to: undefined, recipient: undefined, ...address });
  });

  test('a name that is neither phone nor id is never sent to', async () => {
    await expect(adapter().send(target('not a number'), text())).rejects.toMatchObject({
      retry: { kind: 'never' },
    });
    expect(graph.ledger).toEqual([]);
  });

  const never = { kind: 'never' };
  test.each([
    [0, 'token', { kind: 'reauthorise' }],
    [190, 'token', { kind: 'reauthorise' }],
    [10, 'permission', { kind: 'reauthorise' }],
    [200, 'permission', { kind: 'reauthorise' }],
    [299, 'permission', { kind: 'reauthorise' }],
    [131005, 'permission', { kind: 'reauthorise' }],
    [131031, 'account_stopped', { kind: 'reauthorise' }],
    [131042, 'account_stopped', { kind: 'reauthorise' }],
    [133010, 'account_stopped', { kind: 'reauthorise' }],
    [1, 'provider_down', { kind: 'backoff' }],
    [2, 'provider_down', { kind: 'backoff' }],
    [131000, 'provider_down', { kind: 'backoff' }],
    [131016, 'provider_down', { kind: 'backoff' }],
    [133004, 'provider_down', { kind: 'backoff' }],
    [4, 'rate_limited', { kind: 'after', afterMs: 1000, scope: 'account' }],
    [80007, 'rate_limited', { kind: 'after', afterMs: 1000, scope: 'account' }],
    [130429, 'rate_limited', { kind: 'after', afterMs: 1000, scope: 'account' }],
    [131057, 'rate_limited', { kind: 'after', afterMs: 1000, scope: 'account' }],
    [131056, 'rate_limited', { kind: 'after', afterMs: 1000, scope: 'conversation' }],
    [131047, 'window_closed', never],
    [131026, 'undeliverable', never],
    [1026, 'undeliverable', never],
    [131049, 'undeliverable', never],
    [131050, 'opted_out', never],
    [131048, 'account_restricted', never],
    [368, 'account_restricted', never],
    [132000, 'template', never],
    [132015, 'template', never],
    [100, 'rejected', never],
    [131009, 'rejected', never],
    [999999, 'rejected', never],
  ])('code %i means %s', async (code, reason, retry) => {
    const error = await failing({ kind: 'refuse', error: { code } });
    expect(error).toMatchObject({ channel: 'whatsapp', reason, retry, providerCode: code });
  });

  test('the code decides, whatever the HTTP status says', async () => {
    expect(await failing({ kind: 'refuse', error: { code: 131047, status: 200 } })).toMatchObject({
      reason: 'window_closed',
    });
    expect(await failing({ kind: 'refuse', error: { code: 131047, status: 500 } })).toMatchObject({
      retry: never,
    });
    expect(await failing({ kind: 'refuse', error: { code: 999999, status: 500 } })).toMatchObject({
      retry: { kind: 'backoff' },
    });
  });

  test("a proxy's page instead of an answer is judged by its status", async () => {
    expect(await failing({ kind: 'garbage', status: 502 })).toMatchObject({ retry: { kind: 'backoff' } });
    expect(await failing({ kind: 'garbage', status: 404 })).toMatchObject({ retry: never });
    expect(await failing({ kind: 'garbage', status: 429 })).toMatchObject({ retry: { kind: 'after' } });
    expect(await failing({ kind: 'garbage', status: 200 })).toMatchObject({ retry: { kind: 'unknown' } });
  });

  test('a connection that breaks after the message left leaves the outcome unknown', async () => {
    expect(await failing({ kind: 'drop', accept: true })).toMatchObject({
      reason: 'no_answer',
      retry: { kind: 'unknown' },
    });
    expect(graph.taken).toHaveLength(1);
  });

  test('no answer in time leaves the outcome unknown', async () => {
    const error = await failing({ kind: 'hang', accept: true }, { timeoutMs: 150 });
    expect(error).toMatchObject({ reason: 'no_answer', retry: { kind: 'unknown' } });
  });

  test('a provider nobody can connect to has certainly not taken it', async () => {
    const gone = await startTestGraph();
    await gone.close();
    const send = new WhatsAppCloudAdapter(whatsappSettings(gone.url)).send(target(), text());
    await expect(send).rejects.toMatchObject({ reason: 'provider_down', retry: { kind: 'backoff' } });
  });

  test('an error names neither the customer nor what was said', async () => {
    const error = await failing({
      kind: 'refuse',
      error: { code: 131026, details: `+${PHONE} is not on WhatsApp` },
    });
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/98111|hello|token/);
  });
});

describe('sending to WhatsApp too fast', () => {
  test('one person waits 1, 4, 16 s while another is answered at once', async () => {
    const time = { now: 0 };
    const whatsapp = adapter({ ticks: () => time.now });
    const attempt = (user: string) =>
      whatsapp.send(target(user), text()).then(
        () => 'sent',
        (error: ChannelError) => error.retry,
      );
    graph.behaviour.fault = (send) =>
      send.to === PHONE ? { kind: 'refuse', error: { code: 131056 } } : undefined;
    for (const afterMs of [1000, 4000, 16000]) {
      expect(await attempt(PHONE)).toEqual({ kind: 'after', afterMs, scope: 'conversation' });
      expect(await attempt('919811100002')).toBe('sent');
      time.now += afterMs;
    }
  });

  test('while the whole number pauses nothing is called', async () => {
    const time = { now: 0 };
    const whatsapp = adapter({ ticks: () => time.now });
    graph.behaviour.fault = () => ({ kind: 'refuse', error: { code: 130429 } });
    await whatsapp.send(target(), text()).catch(() => undefined);
    await expect(whatsapp.send(target('919811100002'), text())).rejects.toMatchObject({
      retry: { kind: 'after', afterMs: 1000, scope: 'account' },
    });
    expect(graph.ledger).toHaveLength(1);
    graph.behaviour.fault = undefined;
    time.now += 1000;
    await expect(whatsapp.send(target(), text())).resolves.toBeDefined();
  });

  test("a paced number keeps Meta's limit towards one person by itself", async () => {
    const whatsapp = adapter({ sendsPerSecond: 100_000, ticks: () => 0 });
    for (let n = 0; n < 45; n += 1) await whatsapp.send(target(), text());
    await expect(whatsapp.send(target(), text())).rejects.toMatchObject({ retry: { scope: 'conversation' } });
    expect(graph.ledger).toHaveLength(45);
  });

  test('an unpaced number has no limit of ours at all', async () => {
    const whatsapp = adapter({ sendsPerSecond: 0, ticks: () => 0 });
    await Promise.all(Array.from({ length: 60 }, () => whatsapp.send(target(), text())));
    expect(graph.taken).toHaveLength(60);
  });
});

describe('showing that an answer is being written', () => {
  test('it marks the message as read, and never throws', async () => {
    const calls: unknown[] = [];
    const stop = graph.subscribe((event) => calls.push(event.body));
    await adapter().showTyping(target().reference, 'wamid.1');
    stop();
    expect(calls).toMatchObject([
      { status: 'read', message_id: 'wamid.1', typing_indicator: { type: 'text' } },
    ]);
    expect(graph.ledger).toEqual([]);
    await new WhatsAppCloudAdapter(whatsappSettings('http://127.0.0.1:1')).showTyping(
      target().reference,
      'wamid.1',
    );
  });

  test('an answer that came while this process was held up is read, not called missing', async () => {
    const provider = spawn(process.execPath, [
      '-e',
      `require('node:http').createServer((request, response) => request.resume().on('end', () => {
        setTimeout(() => response.end(JSON.stringify({ messages: [{ id: 'wamid.elsewhere' }] })), 200);
      })).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`,
    ]);
    const port = await new Promise<string>((resolve) =>
      provider.stdout.once('data', (line: Buffer) => resolve(line.toString().trim())),
    );
    const sending = adapter({ graphUrl: `http://127.0.0.1:${port}`, timeoutMs: 400 }).send(target(), text());
    // The request leaves, then nothing runs here for twice as long as an answer may take.
    await new Promise((resolve) => setTimeout(resolve, 40));
    await new Promise((resolve) => setImmediate(resolve)); // timers are looked at next, before what arrived
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 800);
    const answer = await sending.catch((error: unknown) => error);
    provider.kill();
    expect(answer).toMatchObject({ providerId: 'wamid.elsewhere' });
  });
});
