import type { Attachment } from './activity';

/** Largest file kept, bytes: a photo of any phone; below what one document of the store may hold (16 MiB). */
export const FILE_BYTES = 10 * 1024 * 1024;

/** Which file: the reference means something on our account of the channel. */
export interface FileName {
  channel: string;
  account: string;
  ref: string;
}

/** A file that a customer's message speaks of. `conversation` is the key of who sent it, so that it can be erased with them. */
export interface WantedFile extends FileName {
  conversation: string;
  kind: Attachment['kind'];
}

/** A file as kept. `bytes` and `mime` are there when it is `stored`, `error` (a stable word) when it `failed`. */
export interface KeptFile extends WantedFile {
  state: 'wanted' | 'stored' | 'failed';
  attempts: number;
  mime?: string;
  bytes?: Buffer;
  error?: string;
}

/** The collection of customers' files. They are shown to agents only and go with their conversation. */
export interface FileStore {
  /** Notes files to be fetched; one that is known changes nothing. */
  want(files: WantedFile[], now: Date): Promise<void>;
  /** Keeps a file that is at hand; again changes nothing. */
  keep(file: WantedFile, mime: string, bytes: Buffer, now: Date): Promise<void>;
  /** Takes the next due one for an attempt; nobody else gets it before `until`. */
  claim(now: Date, until: Date): Promise<KeptFile | undefined>;
  /** An attempt brought it. */
  stored(file: FileName, mime: string, bytes: Buffer): Promise<void>;
  /** An attempt failed: another at `dueAt`, or none. */
  missed(file: FileName, error: string, dueAt: Date | undefined): Promise<void>;
  get(file: FileName): Promise<KeptFile | undefined>;
}

/** What a file says of itself in its first bytes, whatever its sender claims; undefined for kinds that are not kept. */
export function mimeOf(bytes: Uint8Array): string | undefined {
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  const begins = (...start: number[]) => start.every((byte, i) => bytes[i] === byte);
  if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'image/gif';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WAVE') return 'audio/wav';
  if (ascii(0, 4) === 'OggS') return 'audio/ogg';
  if (ascii(0, 5) === '#!AMR') return 'audio/amr';
  if (ascii(0, 3) === 'ID3' || (begins(0xff) && ((bytes[1] ?? 0) & 0xe6) === 0xe2)) return 'audio/mpeg';
  if (begins(0xff) && ((bytes[1] ?? 0) & 0xf6) === 0xf0) return 'audio/aac';
  if (ascii(4, 8) === 'ftyp') return ascii(8, 11) === 'M4A' ? 'audio/mp4' : 'video/mp4';
  return ascii(0, 5) === '%PDF-' ? 'application/pdf' : undefined;
}
