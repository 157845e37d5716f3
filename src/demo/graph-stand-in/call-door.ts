import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { newMid } from './instagram-customer';
import { checkInstagram } from './instagram-rules';
import { object, type Json } from './json';
import type { CustomerClocks } from './limits';
import { isSign, readSend } from './read-send';
import { newWamid } from './whatsapp-customer';
import { checkWhatsApp } from './whatsapp-rules';
import type {
  Behaviour,
  Fault,
  GraphError,
  GraphStandInOptions,
  SendRecord,
  StandInChannel,
  WireEvent,
} from './wire';

/** What the door hands its work to. */
export interface CallDoorOptions extends Omit<GraphStandInOptions, 'behaviour'> {
  behaviour: Behaviour;
  clocks: CustomerClocks;
  /** What customers sent, by id; anything else is gone. */
  files: ReadonlyMap<string, Buffer>;
  tell: (event: WireEvent) => void;
  record: (send: SendRecord) => void;
  /** Reports a message that was taken: statuses, echoes. */
  taken: (send: SendRecord) => Promise<void>;
}

/** An answer; undefined breaks the connection, `hang` keeps it open without a word. */
type Answer = { status: number; body: unknown; retryAfter?: number } | 'drop' | 'hang';

/** The HTTP side of the stand-in: `POST /{version}/{account}/messages`, `GET /{version}/{business account}/message_templates`. */
export class CallDoor {
  private readonly server = http.createServer((request, response) => {
    void this.serve(request, response).catch(() => response.destroy());
  });
  private port = 0;

  constructor(private readonly options: CallDoorOptions) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, '127.0.0.1', () => {
        this.port = (this.server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const path = request.url ?? '';
    const account = /^\/v\d+\.\d+\/([^/?]+)\/messages$/.exec(path)?.[1];
    const raw = await readAll(request);
    if (request.method === 'GET' && this.isTemplates(path)) return write(response, this.templates());
    if (request.method === 'GET' && this.isFile(path)) return this.serveFile(path, request, response);
    const channel = this.channelOf(account);
    if (request.method !== 'POST' || !channel) {
      const error = { code: 100, subcode: 33, details: 'Object does not exist.' };
      return write(response, refusal(error));
    }
    const body = parse(raw);
    const answer = await this.answer(channel, request.headers.authorization, body);
    const silent = answer === 'drop' || answer === 'hang';
    this.options.tell({
      type: 'call',
      channel,
      at: this.options.clock.now(),
      method: 'POST',
      path,
      body: body ?? raw,
      status: silent ? 0 : answer.status,
      answer: silent ? undefined : answer.body,
    });
    if (answer === 'hang') return;
    if (answer === 'drop') response.destroy();
    else write(response, answer);
  }

  private isTemplates(path: string): boolean {
    const owner = /^\/v\d+\.\d+\/([^/?]+)\/message_templates(?:\?|$)/.exec(path)?.[1];
    return owner !== undefined && owner === this.options.whatsapp?.businessAccountId;
  }

  /** As Meta lists the templates of a business account. */
  private templates(): Answer {
    const data = (this.options.templates ?? []).map(({ name, language, body, codeButton }) => ({
      name,
      language,
      status: 'APPROVED',
      category: codeButton ? 'AUTHENTICATION' : 'UTILITY',
      components: [{ type: 'BODY', text: body ?? '' }],
    }));
    return { status: 200, body: { data } };
  }

  private isFile(path: string): boolean {
    return /^\/(v\d+\.\d+|media)\/[\w.-]+$/.test(path);
  }

  /** `/{version}/{id}` says where a file lies, `/media/{id}` is the file; both as Meta's, the first with a token only. */
  private serveFile(path: string, request: http.IncomingMessage, response: http.ServerResponse): void {
    const [, place, id = ''] = path.split('/');
    const bytes = this.options.files.get(id);
    const token = this.options.whatsapp?.accessToken;
    const isWrong = token !== undefined && request.headers.authorization !== `Bearer ${token}`;
    if (place === 'media' && bytes) {
      response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    } else if (place === 'media') {
      response.writeHead(404).end();
    } else if (isWrong) {
      write(response, refusal({ code: 190, status: 401, details: 'Invalid OAuth access token.' }));
    } else if (bytes) {
      write(response, { status: 200, body: { id, url: `${this.url}/media/${id}`, file_size: bytes.length } });
    } else {
      write(response, refusal({ code: 100, subcode: 33, details: 'Object does not exist.' }));
    }
  }

  private channelOf(account: string | undefined): StandInChannel | undefined {
    if (account === undefined) return undefined;
    if (account === this.options.whatsapp?.phoneNumberId) return 'whatsapp';
    return account === this.options.instagram?.accountId ? 'instagram' : undefined;
  }

  private async answer(
    channel: StandInChannel,
    authorization: string | undefined,
    body?: Json,
  ): Promise<Answer> {
    const token = this.options[channel]?.accessToken;
    if (token !== undefined && authorization !== `Bearer ${token}`) {
      return refusal({ code: 190, status: 401, details: 'Invalid OAuth access token.' });
    }
    if (!body) return refusal({ code: 100, details: 'The body is not JSON.' });
    if (isSign(body)) {
      const to = object(body.recipient).id;
      return { status: 200, body: channel === 'whatsapp' ? { success: true } : { recipient_id: to } };
    }
    const send = readSend(channel, body, this.options.clock.now());
    const fault = this.options.behaviour.fault?.(send);
    const error = fault?.kind === 'refuse' ? fault.error : this.refusedBy(send);
    if (error) return this.refuse(send, error);
    if (fault && fault.kind !== 'refuse') return this.misbehave(send, fault);
    return this.take(send);
  }

  private refusedBy(send: SendRecord): GraphError | undefined {
    const { behaviour, clocks, templates = [] } = this.options;
    const { channel, body } = send;
    return (
      (channel === 'whatsapp' ? checkWhatsApp(body, templates) : checkInstagram(body)) ??
      (behaviour.windows ? clocks.checkWindow(send) : undefined) ??
      (behaviour.pairLimit && channel === 'whatsapp' ? clocks.checkPair(send) : undefined)
    );
  }

  private async refuse(send: SendRecord, error: GraphError): Promise<Answer> {
    this.options.record({ ...send, error });
    await this.pause(send);
    return refusal(error);
  }

  private async misbehave(send: SendRecord, fault: Exclude<Fault, { kind: 'refuse' }>): Promise<Answer> {
    if (fault.kind === 'garbage') {
      this.options.record({ ...send, error: { code: 0, status: fault.status } });
      return { status: fault.status, body: '<html>Bad gateway</html>' };
    }
    if (fault.accept) await this.take(send);
    else this.options.record({ ...send, error: { code: 0, status: 0 } });
    return fault.kind;
  }

  private async take(send: SendRecord): Promise<Answer> {
    const isWhatsApp = send.channel === 'whatsapp';
    const providerId = isWhatsApp ? newWamid() : newMid();
    const taken = { ...send, providerId };
    this.options.record(taken);
    if (this.options.behaviour.statusesFirst) await this.options.taken(taken);
    await this.pause(taken);
    if (!this.options.behaviour.statusesFirst) void this.options.taken(taken);
    if (!isWhatsApp) return { status: 200, body: { recipient_id: send.to, message_id: providerId } };
    const input = send.body.to ?? send.body.recipient;
    const contact = send.body.to === undefined ? { input, user_id: send.to } : { input, wa_id: send.to };
    return {
      status: 200,
      body: { messaging_product: 'whatsapp', contacts: [contact], messages: [{ id: providerId }] },
    };
  }

  private async pause(send: SendRecord): Promise<void> {
    const { delayMs } = this.options.behaviour;
    const ms = typeof delayMs === 'function' ? delayMs(send) : delayMs;
    if (ms > 0) await sleep(ms);
  }
}

async function readAll(request: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(raw: string): Json | undefined {
  try {
    return object(JSON.parse(raw));
  } catch {
    return undefined;
  }
}

function refusal(error: GraphError): Answer {
  const { code, subcode, status = 400, details = 'Refused by the stand-in.', retryAfter } = error;
  const body = {
    error: {
      message: `(#${code}) ${details}`,
      type: 'OAuthException',
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      error_data: { messaging_product: 'whatsapp', details },
      fbtrace_id: 'stand-in',
    },
  };
  return { status, body, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

function write(response: http.ServerResponse, answer: Answer): void {
  if (answer === 'drop' || answer === 'hang') return;
  const isText = typeof answer.body === 'string';
  response.writeHead(answer.status, {
    'content-type': isText ? 'text/html' : 'application/json',
    ...(answer.retryAfter === undefined ? {} : { 'retry-after': String(answer.retryAfter) }),
  });
  response.end(isText ? answer.body : JSON.stringify(answer.body));
}
