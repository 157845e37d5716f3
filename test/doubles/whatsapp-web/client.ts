import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { News, Question, RawMessage } from './wire';

/**
 * Stands in for the library inside the real child process: the same class names, events and shapes as whatsapp-web.js 1.34.7, written after
 * its sources. In the place of a browser it connects to the test's world, whose port is the content of the "browser" file.
 */
export class LocalAuth {
  readonly file: string;

  constructor({ dataPath }: { dataPath: string }) {
    mkdirSync(join(dataPath, 'session'), { recursive: true });
    this.file = join(dataPath, 'session', 'keys');
  }

  read(): string | undefined {
    try {
      return readFileSync(this.file, 'utf8');
    } catch {
      return undefined;
    }
  }

  logout(): void {
    rmSync(this.file, { force: true });
  }
}

/** The library's `Message`: parts of it depend on the kind. */
function messageOf(raw: RawMessage): Record<string, unknown> {
  const hasMedia = Boolean(raw.directPath);
  const [name, address] = raw.loc?.split('\n') ?? [];
  return {
    _data: raw,
    id: raw.id,
    ack: raw.ack,
    hasMedia,
    body: hasMedia ? (raw.caption ?? '') : (raw.body ?? ''),
    type: raw.type,
    timestamp: raw.t,
    from: raw.from,
    to: raw.to,
    fromMe: raw.id.fromMe,
    location: raw.type === 'location' ? { latitude: raw.lat, longitude: raw.lng, name, address } : undefined,
    vCards: raw.vcards ?? [],
  };
}

export class Client extends EventEmitter {
  pupBrowser: { process(): { pid?: number } } | null = null;
  private socket: Socket | undefined;
  private asked = 0;
  private readonly answers = new Map<number, (answer: { value?: unknown; error?: string }) => void>();

  constructor(private readonly options: { authStrategy: LocalAuth; puppeteer: { executablePath: string } }) {
    super();
  }

  async initialize(): Promise<void> {
    const port = Number(readFileSync(this.options.puppeteer.executablePath, 'utf8').split('\n')[1]?.slice(1));
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    this.socket = socket;
    createInterface({ input: socket }).on('line', (line) => this.hear(JSON.parse(line)));
    await this.ask({ ask: 'hello', session: this.options.authStrategy.read() });
  }

  getState = () => this.ask({ ask: 'state' });
  getContactLidAndPhone = (ids: string[]) => this.ask({ ask: 'phones', ids });

  async sendMessage(chat: string, text: string): Promise<unknown> {
    const sent = (await this.ask({ ask: 'send', chat, text })) as RawMessage | null;
    return sent ? messageOf(sent) : undefined;
  }

  async getChats(): Promise<unknown[]> {
    const chats = (await this.ask({ ask: 'chats' })) as { id: string; t: number; isGroup: boolean }[];
    return chats.map((chat) => this.chat(chat));
  }

  async getChatById(id: string): Promise<unknown> {
    return this.chat({ id, t: 0, isGroup: false });
  }

  async destroy(): Promise<void> {
    this.socket?.destroy();
  }

  private chat({ id, t, isGroup }: { id: string; t: number; isGroup: boolean }) {
    return {
      id: { _serialized: id },
      isGroup,
      timestamp: t,
      fetchMessages: async ({ limit }: { limit: number }) =>
        ((await this.ask({ ask: 'history', chat: id, limit })) as RawMessage[]).map(messageOf),
      sendStateTyping: () => this.ask({ ask: 'typing', chat: id }),
    };
  }

  private ask(question: Question): Promise<unknown> {
    this.asked += 1;
    const number = this.asked;
    this.socket?.write(`${JSON.stringify({ number, ...question })}\n`);
    return new Promise((resolve, reject) =>
      this.answers.set(number, ({ value, error }) =>
        error === undefined ? resolve(value) : reject(new Error(error)),
      ),
    );
  }

  private hear(line: News | { number: number; value?: unknown; error?: string }): void {
    if ('number' in line) {
      this.answers.get(line.number)?.(line);
      return;
    }
    switch (line.news) {
      case 'qr':
        this.emit('qr', line.qr);
        return;
      case 'linked':
        writeFileSync(this.options.authStrategy.file, line.session);
        this.emit('authenticated');
        return;
      case 'ready':
        this.emit('ready');
        return;
      case 'created':
        this.emit('message_create', messageOf(line.message));
        return;
      case 'ack':
        this.emit('message_ack', messageOf(line.message), line.ack);
        return;
      case 'edited':
        this.emit('message_edit', messageOf(line.message), line.message.body, line.before);
        return;
      case 'revoked':
        this.emit('message_revoke_everyone', messageOf(line.message), undefined);
        return;
      case 'moved':
        this.emit('contact_changed', messageOf(line.message), line.from, line.to, true);
        return;
      case 'state':
        this.emit('change_state', line.state);
        return;
      case 'disconnected':
        this.emit('disconnected', line.reason);
        if (line.reason === 'LOGOUT') this.options.authStrategy.logout();
        return;
      case 'die':
        process.kill(process.pid, 'SIGKILL');
        return;
      case 'freeze':
        for (;;);
      case 'fault':
        void Promise.reject(new Error('Protocol error: Target closed'));
    }
  }
}
