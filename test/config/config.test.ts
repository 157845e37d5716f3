import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, readEnvironment, resolveSecretKey, SETTINGS } from '../../src/config';
import { AppError } from '../../src/core/errors';

const WHATSAPP = {
  WHATSAPP_PHONE_NUMBER_ID: '1',
  WHATSAPP_BUSINESS_ACCOUNT_ID: '2',
  WHATSAPP_ACCESS_TOKEN: 'a',
  WHATSAPP_APP_SECRET: 'b',
  WHATSAPP_VERIFY_TOKEN: 'c',
};
const KEY = 'k'.repeat(32);

/** Where whatsapp-web.js would be found. */
const LIBRARY = '/shop/node_modules/whatsapp-web.js/index.js';

function faults(env: Record<string, string>, library: string | null = null): string[] {
  try {
    loadConfig(env, library);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('settings');
    return ((error as AppError).fields ?? []).map((fault) => fault.field);
  }
  return [];
}

describe('settings', () => {
  test('an empty environment is the demo on 127.0.0.1:3000', () => {
    const config = loadConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      https: false,
      demo: true,
      timeZone: 'Asia/Kolkata',
      country: 'IN',
      locale: 'en',
      trustProxy: false,
    });
    expect(config.whatsapp).toBeUndefined();
    expect(config.mongodbUri).toBeUndefined();
  });

  test('an empty value counts as unset', () => {
    expect(loadConfig({ API_KEY: '', PORT: ' ', MONGODB_URI: '' }).demo).toBe(true);
  });

  test('the settings cannot be changed afterwards, at any depth', () => {
    const config = loadConfig(WHATSAPP);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.whatsapp)).toBe(true);
    expect(Object.isFrozen(config.webchat.allowedOrigins)).toBe(true);
  });

  test('all faults are listed together by name, and no value is repeated', () => {
    const env = {
      PORT: 'eighty',
      SECRET_KEY: 'too-short-secret',
      TIME_ZONE: 'Mars/Olympus',
      WHATSAPP_ACCESS_TOKEN: 'a-very-secret-token',
      INSTAGRAM_ACCOUNT_ID: '7',
    };
    expect(faults(env)).toEqual(
      expect.arrayContaining([
        'PORT',
        'SECRET_KEY',
        'TIME_ZONE',
        'WHATSAPP_PHONE_NUMBER_ID',
        'WHATSAPP_APP_SECRET',
        'INSTAGRAM_APP_SECRET',
      ]),
    );
    expect(() => loadConfig(env)).toThrow(/PORT must be a whole number/);
    expect(() => loadConfig(env)).not.toThrow(/too-short-secret|a-very-secret-token|Mars/);
  });

  test.each(Object.keys(WHATSAPP))('WhatsApp without %s is half configured and stops the start', (name) => {
    expect(faults({ ...WHATSAPP, [name]: '' })).toEqual([name]);
  });

  test.each([
    ['no channel', {}, true],
    ['HOST=localhost', { HOST: 'localhost' }, true],
    ['HOST=::1', { HOST: '::1' }, true],
    ['HOST=0.0.0.0', { HOST: '0.0.0.0' }, false],
    ['a channel', WHATSAPP, false],
    ['WhatsApp Web', { WHATSAPP_WEB: 'on', CHROME_PATH: process.execPath }, false],
    ['API_KEY', { API_KEY: 'x' }, false],
    ['WEBCHAT_ALLOWED_ORIGINS', { WEBCHAT_ALLOWED_ORIGINS: 'https://shop.example' }, false],
    ['WEBCHAT_IDENTITY_SECRET', { WEBCHAT_IDENTITY_SECRET: KEY }, false],
    ['MONGODB_URI', { MONGODB_URI: 'mongodb://127.0.0.1/x', SECRET_KEY: KEY }, false],
    ['DEMO=on with an API key', { DEMO: 'on', API_KEY: 'x' }, true],
    ['DEMO=off', { DEMO: 'off' }, false],
  ] as [string, Record<string, string>, boolean][])('demo with %s', (_, env, demo) => {
    expect(loadConfig(env, LIBRARY).demo).toBe(demo);
  });

  test('DEMO=on beside a configured channel stops the start', () => {
    expect(faults({ ...WHATSAPP, DEMO: 'on' })).toEqual(['DEMO']);
    const web = { WHATSAPP_WEB: 'on', CHROME_PATH: process.execPath };
    expect(faults({ ...web, DEMO: 'on' }, LIBRARY)).toEqual(['DEMO']);
  });

  test('WhatsApp Web needs its library and a browser, and says so beside other faults', () => {
    const web = { WHATSAPP_WEB: 'on' };
    expect(faults(web)).toEqual(['WHATSAPP_WEB', 'CHROME_PATH']);
    expect(faults({ ...web, PORT: 'x' })).toEqual(['PORT', 'WHATSAPP_WEB', 'CHROME_PATH']);
    expect(() => loadConfig(web, null)).toThrow(/npm install --no-save whatsapp-web\.js@\d+\.\d+\.\d+/);
    expect(faults({ ...web, CHROME_PATH: '/no/chrome' }, LIBRARY)).toEqual(['CHROME_PATH']);
    expect(faults({ ...web, CHROME_PATH: __dirname }, LIBRARY)).toEqual(['CHROME_PATH']);
    expect(faults({ ...web, CHROME_PATH: __filename }, LIBRARY)).toEqual(['CHROME_PATH']);
    expect(faults({ CHROME_PATH: '/no/chrome' })).toEqual([]);
    const config = loadConfig({ ...web, CHROME_PATH: process.execPath }, LIBRARY);
    expect(config.whatsappWeb).toEqual({ chromePath: process.execPath });
  });

  test('a MongoDB server needs a SECRET_KEY, the embedded store does not', () => {
    expect(faults({ MONGODB_URI: 'mongodb://db.example/doorstep' })).toEqual(['SECRET_KEY']);
    expect(faults({})).toEqual([]);
  });

  test('only SECRET_KEY and WEBCHAT_IDENTITY_SECRET have a least length', () => {
    expect(faults({ SECRET_KEY: 'k'.repeat(31), WEBCHAT_IDENTITY_SECRET: 'k'.repeat(31) })).toEqual([
      'SECRET_KEY',
      'WEBCHAT_IDENTITY_SECRET',
    ]);
    expect(faults({ ...WHATSAPP, API_KEY: 'x', SHIPROCKET_WEBHOOK_TOKEN: '1', ADMIN_PASSWORD: 'p' })).toEqual(
      [],
    );
  });

  test('secrets are kept to the last blank, other values are not', () => {
    const config = loadConfig({ API_KEY: ' key ', HOST: ' 127.0.0.1 ' });
    expect(config.apiKey).toBe(' key ');
    expect(config.host).toBe('127.0.0.1');
  });

  test('plain http for the Graph API is allowed, and Meta is the default', () => {
    expect(loadConfig(WHATSAPP).whatsapp?.graphUrl).toBe('https://graph.facebook.com');
    const config = loadConfig({
      ...WHATSAPP,
      GRAPH_API_URL: 'http://127.0.0.1:4010/',
      NODE_ENV: 'production',
    });
    expect(config.whatsapp?.graphUrl).toBe('http://127.0.0.1:4010');
  });

  test('origins must be origins', () => {
    expect(
      loadConfig({ WEBCHAT_ALLOWED_ORIGINS: 'https://a.example, http://b.example:8080' }).webchat
        .allowedOrigins,
    ).toEqual(['https://a.example', 'http://b.example:8080']);
    expect(faults({ WEBCHAT_ALLOWED_ORIGINS: 'https://a.example/page' })).toEqual([
      'WEBCHAT_ALLOWED_ORIGINS',
    ]);
    expect(faults({ WEBCHAT_ALLOWED_ORIGINS: '*' })).toEqual(['WEBCHAT_ALLOWED_ORIGINS']);
  });

  test.each([
    [undefined, false],
    ['off', false],
    ['true', true],
    ['2', 2],
    ['loopback, 10.0.0.0/8', 'loopback, 10.0.0.0/8'],
  ])('TRUST_PROXY=%s', (value, expected) => {
    expect(loadConfig(value ? { TRUST_PROXY: value } : {}).trustProxy).toBe(expected);
  });

  test('an https PUBLIC_URL switches secure cookies and HSTS on', () => {
    expect(loadConfig({ PUBLIC_URL: 'https://s.example/' })).toMatchObject({
      https: true,
      publicUrl: 'https://s.example',
    });
  });
});

describe('.env', () => {
  test('the example names every setting once and nothing else', () => {
    const lines =
      readFileSync(join(__dirname, '../../.env.example'), 'utf8').match(/^#?[A-Z_]+(?==)/gm) ?? [];
    expect(lines.map((line) => line.replace('#', '')).sort()).toEqual([...SETTINGS].sort());
  });

  test('the file is read, the environment wins, and a missing file is fine', () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    expect(readEnvironment(folder).PATH).toBe(process.env.PATH);
    writeFileSync(join(folder, '.env'), 'PATH=/nowhere\nSHOP_TEST_VALUE="a b"\n');
    expect(readEnvironment(folder)).toMatchObject({ PATH: process.env.PATH, SHOP_TEST_VALUE: 'a b' });
    expect(process.env.SHOP_TEST_VALUE).toBeUndefined();
  });
});

describe('the generated secret', () => {
  const config = () => loadConfig({ DATA_DIR: join(mkdtempSync(join(tmpdir(), 'secret-')), 'data') });

  test('is made once, readable by its owner only, and stays the same', () => {
    const settings = config();
    const first = resolveSecretKey(settings);
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(resolveSecretKey(settings)).toBe(first);
    expect(statSync(join(settings.dataDir, 'secret')).mode & 0o777).toBe(0o600);
  });

  test('a damaged one is refused', () => {
    const settings = config();
    resolveSecretKey(settings);
    writeFileSync(join(settings.dataDir, 'secret'), 'x');
    expect(() => resolveSecretKey(settings)).toThrow(/damaged/);
  });

  test('SECRET_KEY is used as given', () => {
    expect(resolveSecretKey(loadConfig({ SECRET_KEY: KEY }))).toBe(KEY);
  });
});
