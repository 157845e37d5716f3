import { createHash } from 'node:crypto';
import type { Connection, mongo } from 'mongoose';
import { fileSchema } from '../../models/file';
import { parseConversationKey } from '../core/conversation';
import type { FileName, FileStore, KeptFile } from '../core/files';
import { DUPLICATE_KEY, isDuplicateKey, writeErrors } from './batch';

type FileDocument = Omit<KeptFile, 'bytes'> & {
  _id: string;
  bytes?: mongo.Binary;
  dueAt?: Date;
  at: Date;
};

/** References may be long addresses: the key is their digest. */
export function fileId({ channel, account, ref }: FileName): string {
  return createHash('sha256').update(`${channel}\n${account}\n${ref}`).digest('base64url');
}

/** Where a line of a transcript, as stored, keeps its files. */
export interface LineWithFiles {
  conversation: string;
  attachments?: { ref: string }[];
}

/** Ids of the files of some lines. */
export function filesOf(lines: LineWithFiles[]): string[] {
  return lines.flatMap(({ conversation, attachments = [] }) => {
    const { channel, account } = parseConversationKey(conversation);
    return attachments.map(({ ref }) => fileId({ channel, account, ref }));
  });
}

/** Erases the files of some lines; none are there, none are asked for. */
export async function deleteFilesOf(connection: Connection, lines: LineWithFiles[]): Promise<void> {
  const ids = filesOf(lines);
  if (ids.length === 0) return;
  await connection.collection<{ _id: string }>('files').deleteMany({ _id: { $in: ids } });
}

/** Customers' files in the store, so that every process has them and backup and erasing take them along. Registers its schema: call it before `ensureIndexes`. */
export function createFileStore(connection: Connection): FileStore {
  const { collection } = connection.model('File', fileSchema);
  const files = () => collection as unknown as mongo.Collection<FileDocument>;
  const is = (file: FileName) => ({ _id: fileId(file) });
  return {
    async want(wanted, now) {
      if (wanted.length === 0) return;
      const documents = wanted.map((file) => ({
        _id: fileId(file),
        ...file,
        state: 'wanted' as const,
        attempts: 0,
        dueAt: now,
        at: now,
      }));
      try {
        await files().insertMany(documents, { ordered: false });
      } catch (error) {
        const errors = writeErrors(error);
        if (errors.length === 0 || errors.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
      }
    },
    async keep(file, mime, bytes, now) {
      const kept = { state: 'stored' as const, attempts: 0, mime, bytes: bytes as unknown as mongo.Binary };
      try {
        await files().insertOne({ _id: fileId(file), ...file, ...kept, at: now });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    async claim(now, until) {
      const found = await files().findOneAndUpdate(
        { state: 'wanted', dueAt: { $lte: now } },
        { $set: { dueAt: until }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      );
      return found ? toFile(found) : undefined;
    },
    async stored(file, mime, bytes) {
      await files().updateOne(is(file), {
        $set: { state: 'stored', mime, bytes: bytes as unknown as mongo.Binary },
        $unset: { dueAt: '', error: '' },
      });
    },
    async missed(file, error, dueAt) {
      await files().updateOne(
        { ...is(file), state: 'wanted' },
        dueAt ? { $set: { error, dueAt } } : { $set: { error, state: 'failed' }, $unset: { dueAt: '' } },
      );
    },
    async get(file) {
      const found = await files().findOne(is(file));
      return found ? toFile(found) : undefined;
    },
  };
}

function toFile(document: FileDocument): KeptFile {
  const { channel, account, ref, conversation, kind, state, attempts, mime, bytes, error } = document;
  return {
    channel,
    account,
    ref,
    conversation,
    kind,
    state,
    attempts,
    ...(mime ? { mime } : {}),
    ...(bytes ? { bytes: Buffer.from(bytes.buffer) } : {}),
    ...(error ? { error } : {}),
  };
}
