import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '../../src/core/clock';
import { startGraphStandIn, type GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import { whatsappSays } from '../../src/demo/graph-stand-in/whatsapp-customer';
import { freePort } from '../kit/process';
import { eventually } from '../kit/stream';

const ROOT = join(__dirname, '../..');

/** The commands of the page that a reader types, in order, each with the heading it stands under. */
function blocks(): { under: string; commands: string }[] {
  const page = readFileSync(join(ROOT, 'docs/operate.md'), 'utf8');
  return page.split(/^#+ /m).flatMap((section) => {
    const under = section.split('\n')[0] ?? '';
    return [...section.matchAll(/```sh run\n([\s\S]*?)```/g)].map(([, commands = '']) => ({
      under,
      commands,
    }));
  });
}

/** A shell that somebody types into. */
class Shell {
  output = '';
  private readonly child: ChildProcess;
  private count = 0;
  constructor(folder: string, env: Record<string, string>) {
    this.child = spawn('bash', ['-eu', '-o', 'pipefail'], {
      cwd: folder,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const take = (chunk: Buffer) => (this.output += chunk.toString());
    this.child.stdout?.on('data', take);
    this.child.stderr?.on('data', take);
  }

  /** Types commands; resolves with what they printed, rejects when one of them fails. */
  async type(commands: string): Promise<string> {
    const before = this.output.length;
    const end = `::done ${(this.count += 1)}::`;
    this.child.stdin?.write(`${commands}\necho '${end}'\n`);
    await eventually(
      'the commands are done',
      () => {
        if (this.child.exitCode !== null) throw new Error(`a command failed:\n${this.output.slice(before)}`);
        return this.output.includes(end);
      },
      300_000,
    );
    return this.output.slice(before).replace(end, '');
  }

  end(): void {
    this.child.stdin?.end();
  }
}

describe('docs/operate.md, followed to the letter on a fresh folder', () => {
  const parent = mkdtempSync(join(tmpdir(), 'doorstep-operate-'));
  const folder = join(parent, 'doorstep');
  let meta: GraphStandIn;
  let shell: Shell;
  let url: string;

  beforeAll(async () => {
    // What `npm ci && npm run build` leaves, without the sources; the same that the Dockerfile copies.
    mkdirSync(folder);
    for (const name of ['package.json', '.npmrc', '.env.example', 'scripts', 'intents', 'dist'])
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    // Meta, as the page's placeholders describe it.
    meta = await startGraphStandIn({
      clock: systemClock,
      whatsapp: {
        phoneNumberId: '106540352242922',
        businessAccountId: '102290129340398',
        displayPhone: '919800000000',
        accessToken: 'the-token-of-your-system-user',
        appSecret: 'the-secret-of-your-app',
      },
    });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    meta.webhookBase = url;
    shell = new Shell(folder, {
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: parent,
      PORT: String(port),
      GRAPH_API_URL: meta.url,
      NLU_EMBEDDINGS: 'off',
    });
  });

  afterAll(async () => {
    await shell
      .type(
        'for f in data/doorstep.pid ../backup/doorstep.pid; do [ -e $f ] && kill "$(cat $f)" || true; done; wait',
      )
      .catch(() => undefined);
    shell.end();
    await meta.close();
    rmSync(parent, { recursive: true, force: true });
  }, 60_000);

  it('gives a running product that answers on WhatsApp, is backed up, and runs on from the backup', async () => {
    const page = blocks();
    expect(page.map(({ under }) => under)).toEqual([
      'Secrets and settings',
      'Secrets and settings',
      'Start',
      'Start',
      'Start',
      'Backup and restore',
      'Backup and restore',
    ]);
    const said: string[] = [];
    const type = async (from: number, to: number) => {
      for (const { commands } of page.slice(from, to)) said.push(await shell.type(commands));
    };
    await type(0, 5);
    expect(said[2]).toContain('{"status":"ready"}');
    expect(said[3]).toContain('4711');
    expect(said[4]).toMatch(/1 accepted|accepted: 1|1 order/i);
    expect(said[4]).toContain('Added Meera (meera@shop.example) as agent.');

    const asked = await meta.fromWhatsApp({ phone: '919811100001' }, whatsappSays.text('where is my order'));
    expect(asked.status).toBe(200);
    await eventually('an answer', () => meta.taken.some((send) => send.text.includes('DS-1001')), 20_000);

    await type(5, 7);
    expect(said[5]).toContain('Everything fits.');
    expect(said[6]).toContain('{"status":"ready"}');
    const key = /^API_KEY=(.*)$/m.exec(readFileSync(join(folder, '.env'), 'utf8'))?.[1];
    const read = await fetch(`${url}/api/v1/conversations?channel=whatsapp`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(await read.json()).toMatchObject({ items: [{ user: '919811100001', owner: 'bot' }] });
    const again = await meta.fromWhatsApp({ phone: '919811100001' }, whatsappSays.text('and the date?'));
    expect(again.status).toBe(200);
    await eventually('an answer from the backup', () => meta.taken.length > 1, 20_000);
  }, 900_000);
});
