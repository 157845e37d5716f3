import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { News, Question, RawMessage } from './wire';

const ROOT = join(__dirname, '../../..');

/** The number of the shop's phone. */
export const OWN = '918041100000@c.us';

/** What happens to the next sends. `silence`: taken, never answered; `lost`: neither. */
export type SendBehaviour = 'answer' | 'refuse' | 'no_lid' | 'silence' | 'lost';

/** WhatsApp and the shop's phone, as a linked browser meets them: chats that outlive the browser, a code to scan, acks, log-outs. */
export class WhatsAppWorld {
  readonly chats = new Map<string, RawMessage[]>();
  /** Texts that left by our order. */
  readonly sent: { chat: string; text: string; id: string }[] = [];
  readonly phones = new Map<string, string>();
  readonly typed: string[] = [];
  sends: SendBehaviour = 'answer';
  /** Acks that come before the answer of a send. */
  acksFirst: number[] = [];
  state = 'CONNECTED';
  /** How often a browser has connected. */
  browsers = 0;
  /** False: authenticated, and then nothing, as happens. */
  becomesReady = true;
  private session: string | undefined;
  private browser: Socket | undefined;
  private count = 0;
  private time = Math.floor(Date.now() / 1000);

  private constructor(
    private readonly server: Server,
    readonly folder: string,
    readonly childFile: string,
    readonly library: string,
    /** A "browser" that may be run and knows where this world is. */
    readonly chromePath: string,
  ) {}

  static async start(): Promise<WhatsAppWorld> {
    const folder = mkdtempSync(join(ROOT, 'node_modules/.whatsapp-web-'));
    // By the command, which is free of Jest's globals: the child as it is shipped, and the stand-in of the library.
    const built = (from: string, to: string) =>
      execFileSync(join(ROOT, 'node_modules/.bin/esbuild'), [
        join(ROOT, from),
        '--bundle',
        '--platform=node',
        '--format=cjs',
        '--packages=external',
        '--log-level=error',
        `--outfile=${join(folder, to)}`,
      ]);
    built('src/channels/whatsapp-web/child/main.ts', 'child.js');
    built('test/doubles/whatsapp-web/client.ts', 'client.js');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const chromePath = join(folder, 'chrome');
    writeFileSync(chromePath, `#!/bin/false\n#${(server.address() as AddressInfo).port}\n`);
    chmodSync(chromePath, 0o755);
    const world = new WhatsAppWorld(
      server,
      folder,
      join(folder, 'child.js'),
      join(folder, 'client.js'),
      chromePath,
    );
    server.on('connection', (socket) => world.connected(socket));
    return world;
  }

  close(): void {
    this.browser?.destroy();
    this.server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get isConnected(): boolean {
    return this.browser !== undefined;
  }

  tell(news: News): void {
    this.browser?.write(`${JSON.stringify(news)}\n`);
  }

  /** The shop's developer scans the code. */
  scan(): void {
    this.session = `session-${(this.count += 1)}`;
    this.tell({ news: 'linked', session: this.session });
    if (this.becomesReady) this.tell({ news: 'ready' });
  }

  /** The phone ends the link, as somebody at the shop may do. */
  logOut(): void {
    this.session = undefined;
    this.tell({ news: 'disconnected', reason: 'LOGOUT' });
    this.tell({ news: 'qr', qr: '2@second-code' });
  }

  /** Somebody writes to the shop, from the customer's phone or (`own`) from the shop's. */
  says(chat: string, content: Partial<RawMessage> | string, own = false): RawMessage {
    const message = this.message(chat, typeof content === 'string' ? { body: content } : content, own);
    this.keep(chat, message);
    this.tell({ news: 'created', message });
    return message;
  }

  ack(messageId: string, ack: number): void {
    const message = [...this.chats.values()].flat().find(({ id }) => id._serialized === messageId);
    if (message) this.tell({ news: 'ack', message, ack });
  }

  private message(chat: string, content: Partial<RawMessage>, own: boolean): RawMessage {
    this.count += 1;
    this.time = Math.max(this.time, Math.floor(Date.now() / 1000));
    const id = `3EB0${String(this.count).padStart(16, '0')}`;
    return {
      type: 'chat',
      from: own ? OWN : chat,
      to: own ? chat : OWN,
      t: this.time,
      ack: own ? 0 : 1,
      notifyName: own ? '' : 'Asha',
      ...content,
      id: { fromMe: own, remote: chat, id, _serialized: `${own}_${chat}_${id}` },
    };
  }

  private keep(chat: string, message: RawMessage): void {
    this.chats.set(chat, [...(this.chats.get(chat) ?? []), message]);
  }

  private connected(socket: Socket): void {
    this.browser = socket;
    this.browsers += 1;
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.browser === socket) this.browser = undefined;
    });
    const lines = createInterface({ input: socket });
    // It passes on what happens to the socket: a browser that is killed resets its connection.
    lines.on('error', () => undefined);
    lines.on('line', (line) => {
      const { number, ...question } = JSON.parse(line) as Question & { number: number };
      this.answer(question as Question, (answer) => {
        // A browser that died meanwhile hears nothing any more.
        if (socket.writable) socket.write(`${JSON.stringify({ number, ...answer })}\n`);
      });
    });
  }

  private answer(question: Question, reply: (answer: { value?: unknown; error?: string }) => void): void {
    switch (question.ask) {
      case 'hello':
        reply({});
        if (question.session === undefined || question.session !== this.session)
          return this.tell({ news: 'qr', qr: '2@first-code' });
        this.tell({ news: 'linked', session: question.session });
        if (this.becomesReady) this.tell({ news: 'ready' });
        return;
      case 'state':
        return reply({ value: this.state });
      case 'chats':
        return reply({
          value: [...this.chats].map(([id, all]) => ({
            id,
            t: all.at(-1)?.t,
            isGroup: id.endsWith('@g.us'),
          })),
        });
      case 'history':
        return reply({ value: (this.chats.get(question.chat) ?? []).slice(-question.limit) });
      case 'phones':
        return reply({
          value: question.ids.map((lid) => ({
            lid,
            ...(this.phones.has(lid) ? { pn: this.phones.get(lid) } : {}),
          })),
        });
      case 'typing':
        this.typed.push(question.chat);
        return reply({ value: true });
      case 'send':
        return this.send(question.chat, question.text, reply);
    }
  }

  private send(
    chat: string,
    text: string,
    reply: (answer: { value?: unknown; error?: string }) => void,
  ): void {
    if (this.sends === 'refuse') return reply({ value: null });
    if (this.sends === 'no_lid') return reply({ error: 'Evaluation failed: Error: No LID for user' });
    if (this.sends === 'lost') return;
    const message = this.message(chat, { body: text }, true);
    this.keep(chat, message);
    this.sent.push({ chat, text, id: message.id._serialized });
    // The page shows a message before the send of it has ended.
    this.tell({ news: 'created', message });
    for (const ack of this.acksFirst) this.tell({ news: 'ack', message, ack });
    if (this.sends === 'answer') reply({ value: message });
  }
}
