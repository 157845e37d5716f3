import { checkDocument, docOf } from '../bson/decode';
import { Out, writeNode } from '../bson/encode';
import { Doc } from '../bson/values';
import { fault } from '../errors';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM = 1;
const MORE_TO_COME = 2;
const KNOWN_FLAGS = 0x10003;

/** MongoDB's limit for one message, in bytes. */
export const MAX_MESSAGE_BYTES = 48_000_000;
const HEADER_BYTES = 16;
/** A message that comes in crumbs is joined now and then, since each crumb costs more memory than its bytes. */
const MAX_PARTS = 1000;

/** A command as it came over the wire. */
export interface Request {
  id: number;
  body: Doc;
  /** Lists that came beside the body, such as `documents` of an insert. */
  sequences: ReadonlyMap<string, Doc[]>;
  /** False when the client waits for no answer. */
  wantsReply: boolean;
  /** True for the old form of the first greeting, which is answered in kind. */
  legacy: boolean;
}

/** Cuts a stream of bytes into messages. Throws on what can be no message: the connection is then beyond saving. */
export class FrameReader {
  private parts: Buffer[] = [];
  private size = 0;

  /** Bytes waiting for the rest of their message. */
  get waiting(): number {
    return this.size;
  }

  /** Takes what came and adds the messages that are whole now to `into`. */
  push(chunk: Buffer, into: Buffer[]): void {
    this.parts.push(chunk);
    this.size += chunk.length;
    if (this.parts.length > MAX_PARTS) this.join();
    while (this.size >= 4) {
      const length = this.peekLength();
      if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES)
        throw fault('InvalidBSON', `a message of ${length} bytes`);
      if (this.size < length) return;
      into.push(this.take(length));
    }
  }

  private peekLength(): number {
    const first = this.parts[0] as Buffer;
    return first.length >= 4 ? first.readInt32LE(0) : this.join().readInt32LE(0);
  }

  private join(): Buffer {
    const all = this.parts.length === 1 ? (this.parts[0] as Buffer) : Buffer.concat(this.parts, this.size);
    this.parts = [all];
    return all;
  }

  private take(length: number): Buffer {
    const all = this.join();
    this.size -= length;
    this.parts = this.size > 0 ? [all.subarray(length)] : [];
    return all.subarray(0, length);
  }
}

/** Reads one whole message. */
export function parseRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const op = message.readInt32LE(12);
  if (op === OP_MSG) return parseMsg(message, id);
  if (op === OP_QUERY) return parseQuery(message, id);
  throw fault('InvalidBSON', `unknown operation ${op}`);
}

function parseMsg(message: Buffer, id: number): Request {
  if (message.length < HEADER_BYTES + 5) throw fault('InvalidBSON', 'a message cut short');
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & 0xffff & ~KNOWN_FLAGS) !== 0) throw fault('InvalidBSON', 'unknown required flags');
  const end = message.length - (flags & CHECKSUM ? 4 : 0);
  const sequences = new Map<string, Doc[]>();
  let body: Doc | undefined;
  let at = HEADER_BYTES + 4;
  while (at < end) {
    const kind = message[at++];
    if (kind === 0) {
      if (body) throw fault('InvalidBSON', 'two bodies in one message');
      const next = checkDocument(message, at, end);
      body = docOf(message.subarray(at, next));
      at = next;
    } else if (kind === 1) at = parseSequence(message, at, end, sequences);
    else throw fault('InvalidBSON', `unknown section kind ${kind}`);
  }
  if (!body) throw fault('InvalidBSON', 'a message without body');
  return { id, body, sequences, wantsReply: (flags & MORE_TO_COME) === 0, legacy: false };
}

function parseSequence(message: Buffer, at: number, end: number, into: Map<string, Doc[]>): number {
  if (at + 5 > end) throw fault('InvalidBSON', 'a sequence cut short');
  const close = at + message.readInt32LE(at);
  const nameEnd = message.indexOf(0, at + 4);
  if (close > end || nameEnd < 0 || nameEnd >= close)
    throw fault('InvalidBSON', 'a sequence with a wrong length');
  const name = message.toString('utf8', at + 4, nameEnd);
  const docs: Doc[] = [];
  let i = nameEnd + 1;
  while (i < close) {
    const next = checkDocument(message, i, close);
    docs.push(docOf(message.subarray(i, next)));
    i = next;
  }
  if (into.has(name)) throw fault('InvalidBSON', 'the same sequence twice');
  into.set(name, docs);
  return close;
}

function parseQuery(message: Buffer, id: number): Request {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  if (nameEnd < 0 || nameEnd + 14 > message.length) throw fault('InvalidBSON', 'a query cut short');
  const collection = message.toString('utf8', HEADER_BYTES + 4, nameEnd);
  if (!collection.endsWith('.$cmd')) throw fault('InvalidBSON', 'old queries are not served');
  const at = nameEnd + 9;
  const next = checkDocument(message, at, message.length);
  const body = docOf(message.subarray(at, next)).clone();
  body.set('$db', collection.slice(0, -5));
  return { id, body, sequences: new Map(), wantsReply: true, legacy: true };
}

let requestId = 1;

/** The bytes of an answer. */
export function writeReply(to: Request, reply: Doc): Buffer {
  const out = new Out(512);
  out.need(HEADER_BYTES + 20);
  out.at = 0;
  out.int32(0);
  requestId = (requestId + 1) & 0x7fffffff;
  out.int32(requestId);
  out.int32(to.id);
  out.int32(to.legacy ? OP_REPLY : OP_MSG);
  if (to.legacy) {
    out.int32(8);
    out.int32(0);
    out.int32(0);
    out.int32(0);
    out.int32(1);
  } else {
    out.int32(0);
    out.byte(0);
  }
  writeNode(out, reply);
  out.buf.writeInt32LE(out.at, 0);
  return out.done();
}
