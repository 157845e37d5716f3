import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { SETTINGS } from '../../src/config';
import { startShop, type Shop } from '../kit/product';
import { order } from '../kit/orders';

const ROOT = join(__dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const METRIC = /\bdoorstep_[a-z0-9_]+/g;

/** Names of metrics in PromQL, without label names (`doorstep_process` is the cookie's). */
const named = (text: string) => [...new Set(text.match(METRIC) ?? [])];

describe('what is watched', () => {
  let shop: Shop;
  let exposed: string;
  beforeAll(async () => {
    shop = await startShop();
    await shop.put(order('DS-1001', '+919811100001', { status: 'in_transit' }));
    const asha = shop.whatsapp('919811100001');
    await asha.says('where is my order');
    await asha.says('I want to talk to a person');
    await fetch(`${shop.product.url}/webhooks/whatsapp`, { method: 'POST', body: '{}' });
    exposed = await (await fetch(`${shop.product.url}/metrics`)).text();
  }, 60_000);
  afterAll(() => shop.close());

  const value = (line: string) =>
    Number(
      exposed
        .split('\n')
        .find((each) => each.startsWith(line))
        ?.split(' ')
        .at(-1),
    );
  const names = () =>
    new Set(exposed.split('\n').flatMap((line) => /^(doorstep_[a-z0-9_]+)[{ ]/.exec(line)?.[1] ?? []));

  it('exposes every metric that the dashboard shows and an alarm asks for', () => {
    const dashboard = JSON.parse(read('deploy/grafana/doorstep.json')) as {
      panels: { targets?: { expr: string }[] }[];
    };
    const shown = dashboard.panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => named(expr)));
    expect(shown.length).toBeGreaterThan(20);
    expect(shown.filter((name) => !names().has(name))).toEqual([]);
    expect(named(read('deploy/alerts.yaml')).filter((name) => !names().has(name))).toEqual([]);
  });

  it('documents every metric of its own, and none that is not there', () => {
    const documented = named(read('docs/operate.md')).filter((name) => !name.endsWith('_'));
    const own = [...names()]
      .map((name) => name.replace(/_(bucket|sum|count)$/, ''))
      .filter((name) => !/^doorstep_(process|nodejs)_/.test(name));
    expect([...new Set(own)].filter((name) => !documented.includes(name))).toEqual([]);
    expect(documented.filter((name) => !own.includes(name))).toEqual([]);
  });

  it('counts what happened: turns, steps, sends, hand-overs, the store', () => {
    expect(value('doorstep_turns_total{outcome="answered"}')).toBe(1);
    expect(value('doorstep_turns_total{outcome="handed_over"}')).toBe(1);
    expect(value('doorstep_handovers_total{reason="asked"}')).toBe(1);
    expect(value('doorstep_sends_total{channel="whatsapp",outcome="sent",reason=""}')).toBe(
      shop.provider.taken.length,
    );
    for (const step of ['accept', 'wait', 'turn', 'commit', 'send'])
      expect(value(`doorstep_step_seconds_count{step="${step}"}`)).toBeGreaterThan(0);
    expect(value('doorstep_conversations{owner="waiting"}')).toBe(1);
    expect(value('doorstep_channel_up{channel="whatsapp"}')).toBe(1);
    expect(
      Math.abs(value('doorstep_channel_last_message_seconds{channel="whatsapp"}') * 1000 - Date.now()),
    ).toBeLessThan(120_000);
    expect(value('doorstep_inbox_oldest_seconds')).toBe(0);
    expect(value('doorstep_ready')).toBe(1);
    expect(exposed).toMatch(
      /doorstep_store_operation_seconds_count\{operation="inbox.insert",outcome="ok"\} [1-9]/,
    );
  });

  it('has a health check in its image that passes while it is ready, and fails where nothing answers', async () => {
    const [, words = ''] = /HEALTHCHECK[^[]*(\[.*\])/.exec(read('Dockerfile')) ?? [];
    const [command = '', ...args] = JSON.parse(words) as string[];
    const check = (port: string) =>
      promisify(execFile)(command, args, { env: { PATH: process.env.PATH, PORT: port } });
    await check(new URL(shop.product.url).port);
    await expect(check('1')).rejects.toMatchObject({ code: 1 });
  });

  it('says in one place what to do about each alarm', () => {
    const rules = (parse(read('deploy/alerts.yaml')) as { groups: { rules: { alert: string }[] }[] }).groups;
    const alarms = rules.flatMap(({ rules: each }) => each.map(({ alert }) => alert)).sort();
    const told = [...read('docs/operate.md').matchAll(/^\| `(Doorstep\w+)`/gm)]
      .map(([, name]) => name)
      .sort();
    expect(told).toEqual(alarms);
  });
});

describe('what it runs in', () => {
  it('gives containers settings that exist and files that are there', () => {
    const compose = parse(read('compose.yaml'), { merge: true }) as {
      services: Record<
        string,
        { environment?: Record<string, string>; volumes?: string[]; depends_on?: unknown }
      >;
      volumes: Record<string, unknown>;
    };
    const { services } = compose;
    const apps = Object.keys(services).filter((name) => name.startsWith('app'));
    expect(apps).toHaveLength(2);
    for (const app of apps) {
      const settings = Object.keys(services[app]!.environment ?? {});
      expect(settings.filter((name) => !(SETTINGS as string[]).includes(name))).toEqual([]);
      expect(services[app]!.environment?.MONGODB_URI).toContain('replicaSet=doorstep');
    }
    for (const { volumes = [], depends_on = [] } of Object.values(services)) {
      for (const volume of volumes) {
        const [from = ''] = volume.split(':');
        if (from.startsWith('./')) expect(existsSync(join(ROOT, from))).toBe(true);
        else expect(Object.keys(compose.volumes)).toContain(from);
      }
      const needs = Array.isArray(depends_on) ? depends_on : Object.keys(depends_on as object);
      expect(needs.filter((name) => !(name in services))).toEqual([]);
    }
  });

  it('copies into the image what the start needs', () => {
    const lines = read('Dockerfile').split('\n');
    const ignored = read('.dockerignore').split('\n');
    const last = lines.findLastIndex((line) => line.startsWith('FROM'));
    const copied = lines
      .slice(last)
      .flatMap((line) => /^COPY --from=build \/app\/(\S+)/.exec(line)?.[1] ?? []);
    expect(copied.sort()).toEqual(['dist', 'intents', 'node_modules', 'package.json', 'scripts']);
    expect(lines.at(-2)).toBe('CMD ["node", "scripts/serve.mjs"]');
    const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;
    expect(scripts.serve).toBe('node scripts/serve.mjs');
    expect(ignored).toEqual(expect.arrayContaining(['node_modules', 'dist']));
    for (const script of ['scripts/serve.mjs', 'scripts/cli.mjs'])
      expect(existsSync(join(ROOT, script))).toBe(true);
    expect(read('docs/operate.md')).toContain('docker compose exec app1 node scripts/cli.mjs');
    for (const needed of ['src', 'web', 'intents', 'dialogs', 'models', 'scripts'])
      expect(ignored).not.toContain(needed);
    expect(ignored).toEqual(expect.arrayContaining(['.env', 'data']));
    expect(lines.slice(last)).toContain('USER node');
  });

  it('gives the service a command that is there, and no rights', () => {
    const unit = read('deploy/doorstep.service');
    const setting = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1];
    expect(existsSync(join(ROOT, setting('ExecStart')?.split(' ')[1] ?? ''))).toBe(true);
    expect(setting('CapabilityBoundingSet')).toBe('');
    for (const yes of ['NoNewPrivileges', 'PrivateTmp', 'ProtectHome', 'RestrictNamespaces'])
      expect(setting(yes)).toBe('yes');
    expect(setting('ProtectSystem')).toBe('strict');
    expect(Number(setting('TimeoutStopSec'))).toBeGreaterThan(10);
  });
});
