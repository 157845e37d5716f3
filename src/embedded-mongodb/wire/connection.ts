import type { Socket } from 'node:net';
import type { Doc } from '../bson/values';
import { MongoFault, fault } from '../errors';
import { answerFault } from '../commands/answer';
import { FrameReader, parseRequest, writeReply } from './frame';
import type { Request } from './frame';

/** Answers one command. */
export type Serve = (request: Request, connectionId: number) => Promise<Doc> | Doc;

/** A half-sent message is given up after this long. */
const STALLED_MS = 60_000;
/** Messages waiting on one connection before it is told to hold on. */
const MAX_WAITING = 64;

/** Serves one client: its commands one after another, in the order they came. */
export function serveConnection(socket: Socket, id: number, serve: Serve): void {
  const reader = new FrameReader();
  const waiting: Buffer[] = [];
  let busy = false;
  const work = async (): Promise<void> => {
    busy = true;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (!(await answer(socket, next, id, serve))) break;
      if (waiting.length < MAX_WAITING) socket.resume();
    }
    busy = false;
  };
  socket.setNoDelay(true);
  socket.on('data', (chunk: Buffer) => {
    try {
      for (const message of reader.push(chunk)) waiting.push(message);
    } catch {
      socket.destroy();
      return;
    }
    socket.setTimeout(reader.waiting > 0 ? STALLED_MS : 0);
    if (waiting.length >= MAX_WAITING) socket.pause();
    if (!busy && waiting.length > 0) void work();
  });
  socket.on('timeout', () => socket.destroy());
  socket.on('error', () => socket.destroy());
}

async function answer(socket: Socket, message: Buffer, id: number, serve: Serve): Promise<boolean> {
  let request: Request;
  try {
    request = parseRequest(message);
  } catch {
    socket.destroy();
    return false;
  }
  const reply = await replyTo(request, id, serve);
  if (socket.destroyed) return false;
  if (request.wantsReply) {
    const flowing = socket.write(writeReply(request, reply));
    if (!flowing) await drained(socket);
  }
  return !socket.destroyed;
}

async function replyTo(request: Request, id: number, serve: Serve): Promise<Doc> {
  try {
    return await serve(request, id);
  } catch (e) {
    if (e instanceof MongoFault) return answerFault(e);
    const words =
      e instanceof RangeError
        ? 'the command is nested too deeply or too large'
        : 'the command failed inside the server';
    return answerFault(fault('InternalError', `${words}: ${e instanceof Error ? e.message : String(e)}`));
  }
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('drain', resolve);
    socket.once('close', resolve);
  });
}
