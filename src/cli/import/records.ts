import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../core/errors';

/** A piece of a file: its text, the line it begins on (or its place in an array) and where the next one begins, in bytes. */
export interface FileRecord {
  line: number;
  text: string;
  end: number;
}

/** Where to go on: a place in bytes and the line that begins there. */
export interface FilePlace {
  offset: number;
  line: number;
}

const CHUNK_BYTES = 1024 * 1024;
/** Longest single order, bytes; a file that is no list of orders is not taken into memory whole. */
const RECORD_MAX_BYTES = 8 * 1024 * 1024;
const [NEWLINE, QUOTE, BACKSLASH, COMMA] = [0x0a, 0x22, 0x5c, 0x2c];
const [OPEN, CLOSE] = [new Set([0x5b, 0x7b]), new Set([0x5d, 0x7d])];

async function* chunks(file: FileHandle, from: number): AsyncGenerator<Buffer> {
  for (let at = from; ;) {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function joined(rest: Buffer, chunk: Buffer, line: number): Buffer {
  if (rest.length > RECORD_MAX_BYTES)
    throw new AppError('too_large', `what begins on line ${line} is longer than one order can be (8 MB)`);
  return rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
}

function countLines(data: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = data.indexOf(NEWLINE, from); at >= 0 && at < to; at = data.indexOf(NEWLINE, at + 1))
    count += 1;
  return count;
}

/** Finds the end of the row that begins at `from`: a line break outside quotation marks; -1 when it is not here yet. */
function rowEnd(data: Buffer, from: number): number {
  let quotes = 0;
  for (let at = from; ;) {
    const newline = data.indexOf(NEWLINE, at);
    if (newline < 0) return -1;
    for (let here = at; here < newline; here += 1) if (data[here] === QUOTE) quotes += 1;
    if (quotes % 2 === 0) return newline;
    at = newline + 1;
  }
}

/** Lines; with `quoted`, rows of CSV, whose quotation marks may hold line breaks. */
export async function* lines(
  file: FileHandle,
  from: FilePlace,
  options: { quoted: boolean },
): AsyncGenerator<FileRecord> {
  let rest: Buffer = Buffer.alloc(0);
  let { offset, line } = from;
  for await (const chunk of chunks(file, from.offset)) {
    const data = joined(rest, chunk, line);
    let begin = 0;
    for (;;) {
      const end = options.quoted ? rowEnd(data, begin) : data.indexOf(NEWLINE, begin);
      if (end < 0) break;
      yield { line, text: data.toString('utf8', begin, end), end: offset + end + 1 };
      line += options.quoted ? countLines(data, begin, end + 1) : 1;
      begin = end + 1;
    }
    rest = data.subarray(begin);
    offset += begin;
  }
  const text = rest.toString('utf8');
  if (options.quoted && (text.match(/"/g)?.length ?? 0) % 2 === 1)
    throw new AppError('malformed', `a quotation mark opened on line ${line} is never closed`);
  if (text.trim()) yield { line, text, end: offset + rest.length };
}

/** Where an item that begins at `from` ends: at a comma or the bracket of the list. -1 when it is not here yet. */
function itemEnd(data: Buffer, from: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < data.length; at += 1) {
    const byte = data[at] ?? 0;
    if (quoted) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) quoted = false;
    } else if (byte === QUOTE) quoted = true;
    else if (OPEN.has(byte)) depth += 1;
    else if (CLOSE.has(byte)) {
      if (depth === 0) return at;
      depth -= 1;
    } else if (byte === COMMA && depth === 0) return at;
  }
  return -1;
}

/** The items of a JSON array; `from` is behind its opening bracket or behind an item, its `line` the number of the next item. */
export async function* items(file: FileHandle, from: FilePlace): AsyncGenerator<FileRecord> {
  let rest: Buffer = Buffer.alloc(0);
  let { offset, line } = from;
  for await (const chunk of chunks(file, from.offset)) {
    const data = joined(rest, chunk, line);
    let begin = 0;
    for (;;) {
      const end = itemEnd(data, begin);
      if (end < 0) break;
      const text = data.toString('utf8', begin, end);
      const closes = data[end] !== COMMA;
      if (!closes || text.trim()) yield { line, text, end: closes ? offset + end : offset + end + 1 };
      if (closes) return;
      line += 1;
      begin = end + 1;
    }
    rest = data.subarray(begin);
    offset += begin;
  }
  throw new AppError('malformed', `the list is not closed; it breaks off in order ${line}`);
}
