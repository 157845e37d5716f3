import type { Connection, mongo } from 'mongoose';
import { mailSchema } from '../../models/mail';
import type { MailStore, StoredMail } from '../core/mail';
import { isDuplicateKey } from './batch';

const KEEP_MS = 30 * 86_400_000;

type MailDocument = Omit<StoredMail, 'id'> & { _id: string; expireAt?: Date };

function toMail(document: MailDocument): StoredMail {
  const { _id: id, to, subject, text, state, queuedAt, attempts, dueAt, sentAt, error } = document;
  return { id, to, subject, text, state, queuedAt, attempts, dueAt, sentAt, error };
}

/** E-mail waiting to leave, in the store. Registers its schema, so call it before `ensureIndexes`. */
export function createMailStore(connection: Connection): MailStore {
  const { collection } = connection.model('Mail', mailSchema);
  const mails = () => collection as unknown as mongo.Collection<MailDocument>;
  const expiry = (now: Date) => new Date(now.getTime() + KEEP_MS);
  return {
    async add({ id, ...mail }, state, now) {
      const expireAt = state === 'shown' ? { expireAt: expiry(now) } : {};
      try {
        await mails().insertOne({
          _id: id,
          ...mail,
          state,
          queuedAt: now,
          attempts: 0,
          dueAt: now,
          ...expireAt,
        });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    async claim(now, until) {
      const found = await mails().findOneAndUpdate(
        { state: 'queued', dueAt: { $lte: now } },
        { $set: { dueAt: until }, $inc: { attempts: 1 } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      );
      return found ? toMail(found) : undefined;
    },
    async sent(id, now) {
      await mails().updateOne(
        { _id: id },
        { $set: { state: 'sent', sentAt: now, text: '', expireAt: expiry(now) }, $unset: { error: '' } },
      );
    },
    async later(id, dueAt, error) {
      await mails().updateOne({ _id: id, state: 'queued' }, { $set: { dueAt, error } });
    },
    async failed(id, error, now) {
      await mails().updateOne(
        { _id: id, state: 'queued' },
        { $set: { state: 'failed', error, text: '', expireAt: expiry(now) } },
      );
    },
    async list(limit = 50) {
      return (await mails().find().sort({ queuedAt: -1 }).limit(limit).toArray()).map(toMail);
    },
  };
}
