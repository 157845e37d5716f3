import { AppError, ChannelError } from '../../src/core/errors';
import type { LogFields } from '../../src/core/log';
import { createLog, hashKey } from '../../src/log';

const PHONE = '+919811100001';
const TOKEN = 'EAAGm0PX4ZCpsBAKZC5fFzWZB3tQk7example0token';
const TEXT = 'please deliver to my sister in Pune';

function written(use: (log: ReturnType<typeof createLog>) => void, level = 'debug'): string {
  let out = '';
  use(createLog({ level, stream: { write: (line) => (out += line) } }));
  return out;
}

describe('the log', () => {
  test('drops every field that is not on the list', () => {
    const out = written((log) =>
      log.info(
        { channel: 'web', text: TEXT, phone: PHONE, body: { text: TEXT }, headers: TOKEN } as LogFields,
        'received',
      ),
    );
    expect(JSON.parse(out)).toMatchObject({ channel: 'web', msg: 'received' });
    expect(out).not.toMatch(/sister|9811100001|EAAG/);
  });

  test('hashes keys of conversations, turns and messages', () => {
    const key = 'whatsapp:1:919811100001';
    const out = written((log) =>
      log.info({ conversation: key, turn: `${key}#1`, message: `${key}#2` }, 'turn'),
    );
    expect(out).not.toContain('9811100001');
    expect(JSON.parse(out).conversation).toBe(hashKey(key));
    expect(hashKey(hashKey(key))).toBe(hashKey(key));
  });

  test('masks numbers, addresses and tokens that slip into an allowed field or a sentence', () => {
    const out = written((log) =>
      log.warn(
        { reason: `to ${PHONE} asha@example.com ${TOKEN}`, url: `https://u:p@x.example/a?token=${TOKEN}` },
        `for ${PHONE}`,
      ),
    );
    expect(out).not.toMatch(/9811100001|asha@|EAAG|u:p/);
    expect(JSON.parse(out).url).toBe('https://x.example/a?…');
  });

  test('tells the kind and place of a foreign error, never its message', () => {
    const error = Object.assign(new Error(`E11000 dup key ${PHONE} "${TEXT}"`), {
      code: 11000,
      keyValue: PHONE,
    });
    const out = written((log) => log.error({ err: new Error(TEXT, { cause: error }) }, 'failed'));
    expect(out).not.toMatch(/9811100001|sister/);
    expect(JSON.parse(out).err).toMatchObject({ type: 'Error', cause: { code: 11000 } });
    expect(JSON.parse(out).err.at[0]).toContain('log.test');
  });

  test('keeps the message and code of our own errors', () => {
    const out = written((log) => {
      log.error({ err: new AppError('store_unavailable', 'the store does not answer') }, 'a');
      log.error(
        { err: new ChannelError('whatsapp', 'token', { kind: 'reauthorise' }, { providerCode: 190 }) },
        'b',
      );
    });
    const [first = '', second = ''] = out.trim().split('\n');
    expect(JSON.parse(first).err).toMatchObject({
      code: 'store_unavailable',
      message: 'the store does not answer',
    });
    expect(JSON.parse(second).err).toMatchObject({ retry: 'reauthorise', providerCode: 190 });
  });

  test('writes nothing below its level', () => {
    expect(written((log) => log.debug({}, 'x'), 'info')).toBe('');
    expect(written((log) => log.error({}, 'x'), 'silent')).toBe('');
  });
});
