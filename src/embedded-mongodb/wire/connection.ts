import type { Socket } from 'node:net';
import type { Doc } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { answerFault } from '../commands/answer';
import { FrameReader, parseRequest, writeReply } from './frame';
import type { Request } from './frame';

/** Answers one command: at once where nothing needs to be waited for. */
export type Serve = (request: Request, connectionId: number) => Promise<Doc> | Doc;

/** A half-sent message is given up after this long. */
const STALLED_MS = 60_000;
/** Messages waiting on one connection before it is told to hold on. */
const MAX_WAITING = 64;

/** Serves one client: its commands one after another, in the order they came. */
export function serveConnection(socket: Socket, id: number, serve: Serve): void {
  new Connection(socket, id, serve);
}

class Connection {
  private readonly reader = new FrameReader();
  private waiting: Buffer[] = [];
  private busy = false;
  private timed = false;

  constructor(
    private readonly socket: Socket,
    private readonly id: number,
    private readonly serve: Serve,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('timeout', () => socket.destroy());
    socket.on('error', () => socket.destroy());
  }

  private take(chunk: Buffer): void {
    try {
      this.reader.push(chunk, this.waiting);
    } catch {
      this.socket.destroy();
      return;
    }
    const half = this.reader.waiting > 0;
    if (half || this.timed) this.socket.setTimeout(half ? STALLED_MS : 0);
    this.timed = half;
    if (this.waiting.length >= MAX_WAITING) this.socket.pause();
    if (!this.busy) this.work();
  }

  /** Answers what waits, until something has to be waited for. */
  private work(): void {
    let next: Buffer | undefined;
    while (!this.socket.destroyed && (next = this.waiting.shift()) !== undefined) {
      let request: Request;
      try {
        request = parseRequest(next);
      } catch {
        this.socket.destroy();
        return;
      }
      const reply = this.replyTo(request);
      if (reply instanceof Promise) {
        this.busy = true;
        void reply.then((r) => this.resumeAfter(request, r));
        return;
      }
      if (!this.send(request, reply)) {
        this.busy = true;
        void drained(this.socket).then(() => this.goOn());
        return;
      }
    }
    if (this.socket.isPaused()) this.socket.resume();
  }

  private resumeAfter(request: Request, reply: Doc): void {
    if (this.send(request, reply)) this.goOn();
    else void drained(this.socket).then(() => this.goOn());
  }

  private goOn(): void {
    this.busy = false;
    this.work();
  }

  /** False when the client does not take what it is sent: wait before answering more. */
  private send(request: Request, reply: Doc): boolean {
    if (this.socket.destroyed || !request.wantsReply) return true;
    let bytes: Buffer;
    try {
      bytes = writeReply(request, reply);
    } catch (e) {
      bytes = writeReply(request, failure(e));
    }
    return this.socket.write(bytes);
  }

  private replyTo(request: Request): Promise<Doc> | Doc {
    try {
      const reply = this.serve(request, this.id);
      return reply instanceof Promise ? reply.catch(failure) : reply;
    } catch (e) {
      return failure(e);
    }
  }
}

function failure(e: unknown): Doc {
  if (e instanceof MongoFault) return answerFault(e);
  const words =
    e instanceof RangeError
      ? 'the command is nested too deeply or too large'
      : 'the command failed inside the server';
  return answerFault(fault('InternalError', `${words}: ${e instanceof Error ? e.message : String(e)}`));
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', resolve);
  });
}
