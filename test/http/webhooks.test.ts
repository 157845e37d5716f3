import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { InboundActivity } from '../../src/core/activity';
import { serve, signature, textWebhook } from './serve';

type Served = Awaited<ReturnType<typeof serve>>;

describe('a channel webhook', () => {
  let accepted: InboundActivity[][];
  let storeIsDown: boolean;
  let served: Served;

  beforeAll(async () => {
    served = await serve({
      inbox: {
        accept: async (activities) => {
          if (storeIsDown) throw new Error('connection refused');
          accepted.push(activities);
        },
      },
    });
  });
  beforeEach(() => {
    accepted = [];
    storeIsDown = false;
  });
  afterAll(() => served.stop());

  const post = (body: string | Buffer, headers: Record<string, string> = {}, path = '/webhooks/whatsapp') =>
    fetch(`${served.url}${path}`, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature(body), ...headers },
    });

  test('rightly signed is stored and answered by exactly 200', async () => {
    const response = await post(textWebhook('where is my order', 'wamid.1'));
    expect(response.status).toBe(200);
    expect(accepted).toHaveLength(1);
    expect(accepted[0]).toMatchObject([{ type: 'message', id: 'wamid.1' }]);
  });

  test('the signature counts over the bytes, not over the JSON they mean', async () => {
    const escaped = textWebhook('प्लीज़').replace(
      /[^ -~]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    expect((await post(escaped)).status).toBe(200);
    expect(
      (await post(escaped, { 'x-hub-signature-256': signature(JSON.stringify(JSON.parse(escaped))) })).status,
    ).toBe(401);
  });

  test.each([
    ['another secret', signature('{}', 'other')],
    ['nothing', ''],
    ['no prefix', signature('{}').replace('sha256=', '')],
    ['half of it', signature('{}').slice(0, 40)],
  ])('signed with %s is refused with 401 and nothing is stored', async (_, header) => {
    const response = await post('{}', { 'x-hub-signature-256': header });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 401, type: 'urn:doorstep:problem:unauthorized' });
    expect(accepted).toEqual([]);
  });

  test('rightly signed bytes that are no JSON are refused with 400', async () => {
    expect((await post('{"entry":')).status).toBe(400);
    expect((await post('')).status).toBe(400);
    expect(accepted).toEqual([]);
  });

  test('the content type does not matter, the bytes do', async () => {
    const body = textWebhook('hello');
    expect((await post(body, { 'content-type': 'text/plain; charset=latin1' })).status).toBe(200);
  });

  test('a chunked body is taken like any other', async () => {
    const body = Buffer.from(textWebhook('in pieces'));
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(
        `${served.url}/webhooks/whatsapp`,
        { method: 'POST', headers: { 'x-hub-signature-256': signature(body) } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      sending.on('error', reject);
      for (let at = 0; at < body.length; at += 97) sending.write(body.subarray(at, at + 97));
      sending.end();
    });
    expect(status).toBe(200);
    expect(accepted).toHaveLength(1);
  });

  test('nearly 3 MB are taken, more is refused with 413', async () => {
    const big = textWebhook('x'.repeat(2.9 * 1024 * 1024));
    expect((await post(big)).status).toBe(200);
    expect((await post(textWebhook('x'.repeat(3.2 * 1024 * 1024)))).status).toBe(413);
    expect(accepted).toHaveLength(1);
  });

  test('a compressed body is refused with 415', async () => {
    const body = gzipSync(textWebhook('small'));
    expect((await post(body, { 'content-encoding': 'gzip' })).status).toBe(415);
    expect(accepted).toEqual([]);
  });

  test('a store that is down answers 503, so that the provider sends it again', async () => {
    storeIsDown = true;
    const response = await post(textWebhook('later'));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBeTruthy();
    expect(await response.text()).not.toContain('connection refused');
  });

  test('a channel that is not configured has no door', async () => {
    expect((await post('{}', {}, '/webhooks/instagram')).status).toBe(404);
    expect((await fetch(`${served.url}/webhooks/instagram?hub.mode=subscribe`)).status).toBe(404);
  });

  test('the handshake answers its challenge for the right verify token only', async () => {
    const ask = (token: string) =>
      fetch(
        `${served.url}/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=15%3Cb%3E`,
      );
    const right = await ask('verify-me');
    expect(right.status).toBe(200);
    expect(await right.text()).toBe('15<b>');
    expect(right.headers.get('content-type')).toContain('text/plain');
    expect((await ask('wrong')).status).toBe(403);
  });

  test('neither right nor wrong signatures are ever limited', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        post(textWebhook(`${n}`), n % 2 ? { 'x-hub-signature-256': 'no' } : {}),
      ),
    ).then((all) => all.map((response) => response.status));
    expect(new Set(statuses)).toEqual(new Set([200, 401]));
    expect(accepted).toHaveLength(150);
  });
});
