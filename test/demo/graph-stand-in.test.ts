import { isSigned } from '../../src/channels/meta/signature';
import type { InstagramPayload } from '../../src/channels/instagram/render';
import { checkInstagram } from '../../src/demo/graph-stand-in/instagram-rules';
import { instagramSays } from '../../src/demo/graph-stand-in/instagram-customer';
import type { GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import { checkWhatsApp } from '../../src/demo/graph-stand-in/whatsapp-rules';
import { whatsappSays } from '../../src/demo/graph-stand-in/whatsapp-customer';
import type { WireEvent } from '../../src/demo/graph-stand-in/wire';
import { ACCOUNT, NUMBER, startTestGraph, startWebhookSink } from '../doubles/graph-stand-in';

const PHONE = '919811100001';
const to = { messaging_product: 'whatsapp', to: `+${PHONE}` };
const textTo = (body: string) => ({ ...to, type: 'text', text: { body } });
const buttons = (titles: string[], body = 'Well?') => ({
  ...to,
  type: 'interactive',
  interactive: {
    type: 'button',
    body: { text: body },
    action: { buttons: titles.map((title, n) => ({ type: 'reply', reply: { id: `b${n}`, title } })) },
  },
});
const rows = (n: number, more: object = {}, header?: object) => ({
  ...to,
  type: 'interactive',
  interactive: {
    type: 'list',
    header,
    body: { text: 'Well?' },
    action: {
      button: 'Open',
      sections: [{ rows: Array.from({ length: n }, (_, i) => ({ id: `r${i}`, title: `R${i}`, ...more })) }],
    },
  },
});
const template = (values: string[], buttonValues: string[] = []) => ({
  ...to,
  type: 'template',
  template: {
    name: 'code',
    language: { code: 'en' },
    components: [
      { type: 'body', parameters: values.map((text) => ({ type: 'text', text })) },
      {
        type: 'button',
        sub_type: 'url',
        index: '0',
        parameters: buttonValues.map((text) => ({ type: 'text', text })),
      },
    ],
  },
});
const TEMPLATES = [{ name: 'code', language: 'en', parameters: 1, codeButton: true }];

describe('what the WhatsApp stand-in takes and refuses', () => {
  test.each([
    ['a text at the limit', textTo('x'.repeat(4096)), undefined],
    ['a text over it', textTo('x'.repeat(4097)), 131009],
    ['an empty text', textTo(''), 131008],
    ['no type', { ...to, text: { body: 'x' } }, 131008],
    ['a type without its object', { ...to, type: 'text' }, 131008],
    ['another product', { ...textTo('x'), messaging_product: 'sms' }, 100],
    ['a number without its plus', { ...textTo('x'), to: PHONE }, 131009],
    ['nobody', { ...textTo('x'), to: undefined }, 131008],
    ['a business-scoped id', { ...textTo('x'), to: undefined, recipient: 'IN.123' }, undefined],
    ['a name as recipient', { ...textTo('x'), to: undefined, recipient: 'asha' }, 131026],
    ['three buttons', buttons(['A', 'B', 'C']), undefined],
    ['four buttons', buttons(['A', 'B', 'C', 'D']), 131009],
    ['two buttons that read the same', buttons(['A', 'A']), 131009],
    ['a button title at the limit', buttons(['x'.repeat(20)]), undefined],
    ['a button title over it', buttons(['x'.repeat(21)]), 131009],
    ['a body over 1024 with buttons', buttons(['A'], 'x'.repeat(1025)), 131009],
    ['ten rows', rows(10), undefined],
    ['eleven rows', rows(11), 131009],
    ['a row title over 24', rows(2, { title: 'x'.repeat(25) }), 131009],
    ['a row description over 72', rows(2, { description: 'x'.repeat(73) }), 131009],
    ['a row id over 200', rows(1, { id: 'x'.repeat(201) }), 131009],
    ['a list under a picture', rows(2, {}, { type: 'image' }), 131009],
    ['a template as approved', template(['123456'], ['123456']), undefined],
    ['a template with too many values', template(['1', '2'], ['1']), 132000],
    ['a code template without its button', template(['123456']), 132000],
    ['a template value with a line break', template(['1\n2'], ['1']), 132012],
    [
      'a code for somebody without a phone',
      { ...template(['1'], ['1']), to: undefined, recipient: 'IN.1' },
      131062,
    ],
    [
      'an unknown template',
      { ...to, type: 'template', template: { name: 'x', language: { code: 'en' } } },
      132001,
    ],
  ])('%s', (_what, body, code) => {
    expect(checkWhatsApp(body, TEMPLATES)?.code).toBe(code);
  });
});

describe('what the Instagram stand-in takes and refuses', () => {
  const message = (payload: InstagramPayload, more: object = {}) => ({
    recipient: { id: '2001' },
    message: payload,
    ...more,
  });
  const replies = (n: number, title = 'A') =>
    message({
      text: 'x',
      quick_replies: Array.from({ length: n }, () => ({ content_type: 'text', title, payload: 'p' })),
    });
  test.each([
    ['1000 bytes', message({ text: 'x'.repeat(1000) }), undefined],
    ['1001 bytes', message({ text: `${'x'.repeat(999)}é` }), 100],
    ['13 quick replies', replies(13), undefined],
    ['14 quick replies', replies(14), 100],
    ['a quick reply title over 20', replies(1, 'x'.repeat(21)), 100],
    ['a name instead of a scoped id', { ...message({ text: 'x' }), recipient: { id: 'asha' } }, 100],
    ['an unknown tag', message({ text: 'x' }, { messaging_type: 'MESSAGE_TAG', tag: 'PROMO' }), 100],
  ])('%s', (_what, body, code) => {
    expect(checkInstagram(body)?.code).toBe(code);
  });
});

describe('the stand-in on the wire', () => {
  let graph: GraphStandIn;
  let sink: Awaited<ReturnType<typeof startWebhookSink>>;
  const time = { now: new Date('2026-11-22T10:00:00Z') };
  beforeEach(async () => {
    sink = await startWebhookSink();
    graph = await startTestGraph({ webhookBase: sink.url, clock: { now: () => time.now } });
  });
  afterEach(async () => {
    await graph.close();
    await sink.close();
  });
  const call = async (body: unknown, token = NUMBER.accessToken, account = NUMBER.phoneNumberId) => {
    const answer = await fetch(`${graph.url}/v24.0/${account}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const toPerson = (text: string) => ({ recipient: { id: '2001' }, message: { text } });

  test('customers are signed over an escaped form of the JSON', async () => {
    const { ids, status } = await graph.fromWhatsApp(
      { phone: PHONE, name: 'आशा' },
      whatsappSays.text('ठीक है / ok'),
    );
    expect(status).toBe(200);
    const [{ path, raw, signature }] = sink.received as [(typeof sink.received)[number]];
    expect(path).toBe('/webhooks/whatsapp');
    expect(raw.toString('latin1')).toMatch(/^[ -~]+$/);
    expect(raw.toString()).toContain('\\/ ok');
    expect(isSigned(NUMBER.appSecret, raw, { 'x-hub-signature-256': signature })).toBe(true);
    expect(raw.toString()).toContain(ids[0]);
  });

  test('a wrong token, an unknown account and broken JSON are refused like Meta does', async () => {
    expect(await call(textTo('x'), 'wrong')).toMatchObject({ status: 401, body: { error: { code: 190 } } });
    expect(await call(textTo('x'), NUMBER.accessToken, '5')).toMatchObject({
      status: 400,
      body: { error: { code: 100 } },
    });
    const broken = await fetch(`${graph.url}/v24.0/${NUMBER.phoneNumberId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${NUMBER.accessToken}` },
      body: '{',
    });
    expect(broken.status).toBe(400);
    expect(graph.ledger).toEqual([]);
  });

  test('statuses follow a message in their order, with our id, before the answer if wanted', async () => {
    graph.behaviour.statuses = ['sent', 'delivered', 'read'];
    graph.behaviour.statusesFirst = true;
    const { body } = await call({ ...textTo('x'), biz_opaque_callback_data: 'entry-1' });
    const told = sink.received.map(({ raw }) => raw.toString());
    expect(told.map((line) => /"status":"(\w+)"/.exec(line)?.[1])).toEqual(['sent', 'delivered', 'read']);
    expect(told.every((line) => line.includes('"biz_opaque_callback_data":"entry-1"'))).toBe(true);
    expect(told[0]).toContain((body.messages as { id: string }[])[0]?.id);
  });

  test('an Instagram send is reported back as an echo with its own id', async () => {
    graph.behaviour.statusesFirst = true;
    const { body } = await call(toPerson('on its way'), ACCOUNT.accessToken, ACCOUNT.accountId);
    const echo = sink.received.map(({ raw }) => raw.toString()).find((line) => line.includes('is_echo'));
    expect(echo).toContain(body.message_id);
  });

  test('a tap answers the newest message that shows the words', async () => {
    await call(buttons(['Track', 'Change']));
    await call(rows(4));
    await graph.tap('whatsapp', PHONE, 'Change');
    await graph.tap('whatsapp', PHONE, 'R3');
    const said = sink.received.map(({ raw }) => raw.toString());
    expect(said[0]).toContain('"button_reply":{"id":"b1","title":"Change"}');
    expect(said[1]).toContain('"list_reply":{"id":"r3","title":"R3"}');
    expect(() => graph.tap('whatsapp', PHONE, 'Nothing')).toThrow('no message shows this option');
  });

  test('windows close 24 hours after the customer wrote, for a person on Instagram after 7 days', async () => {
    graph.behaviour.windows = true;
    const person = (more: object = {}) =>
      call({ ...toPerson('x'), ...more }, ACCOUNT.accessToken, ACCOUNT.accountId);
    const tag = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
    expect((await call(textTo('x'))).body).toMatchObject({ error: { code: 131047 } });
    await graph.fromWhatsApp({ phone: PHONE }, whatsappSays.text('hi'));
    await graph.fromInstagram('2001', instagramSays.text('hi'));
    expect((await call(textTo('x'))).status).toBe(200);
    time.now = new Date(time.now.getTime() + 86_400_001);
    expect((await call(textTo('x'))).body).toMatchObject({ error: { code: 131047 } });
    expect((await person()).body).toMatchObject({ error: { code: 10, error_subcode: 2534022 } });
    expect((await person(tag)).status).toBe(200);
  });

  test('46 messages at once to one person are one too many', async () => {
    graph.behaviour.pairLimit = true;
    for (let n = 0; n < 45; n += 1) expect((await call(textTo('x'))).status).toBe(200);
    expect((await call(textTo('x'))).body).toMatchObject({ error: { code: 131056 } });
    expect((await call({ ...textTo('x'), to: '+919811100002' })).status).toBe(200);
  });

  test('whoever watches sees every webhook and every call, without tokens', async () => {
    const events: WireEvent[] = [];
    const stop = graph.subscribe((event) => events.push(event));
    await graph.fromWhatsApp({ phone: PHONE }, whatsappSays.text('hi'));
    await call(textTo('hello'));
    stop();
    await call(textTo('unseen'));
    expect(events).toMatchObject([
      { type: 'webhook', channel: 'whatsapp', status: 200, url: `${sink.url}/webhooks/whatsapp` },
      { type: 'call', channel: 'whatsapp', status: 200, body: { text: { body: 'hello' } } },
    ]);
    expect(JSON.stringify(events)).not.toContain(NUMBER.accessToken);
  });

  test('the ledger keeps as many records as it was told, and can be waited for', async () => {
    const small = await startTestGraph({ keep: 2 });
    const waited = small.until((ledger) => ledger.some((send) => send.text === 'three'));
    for (const text of ['one', 'two', 'three']) {
      await fetch(`${small.url}/v24.0/${NUMBER.phoneNumberId}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${NUMBER.accessToken}` },
        body: JSON.stringify(textTo(text)),
      });
    }
    await waited;
    expect(small.ledger.map((send) => send.text)).toEqual(['two', 'three']);
    await expect(small.until(() => false, 10)).rejects.toThrow();
    await small.close();
  });
});
