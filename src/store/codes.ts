import type { Connection, mongo } from 'mongoose';
import { codeSchema } from '../../models/code';
import { guessSchema } from '../../models/guess';
import type { CodeRecord, CodeStore, GuessStore } from '../core/codes';
import { isDuplicateKey } from './batch';

type CodeDocument = Omit<CodeRecord, 'id'> & { _id: string };

interface GuessDocument {
  _id: string;
  key: string;
  at: Date;
}

function toRecord({ _id, ...rest }: CodeDocument): CodeRecord {
  return { id: _id, ...rest };
}

/** One-time codes and wrong guesses, in the store. */
export function createCodeStore(connection: Connection): CodeStore & GuessStore {
  const codeModel = connection.model('Code', codeSchema);
  const guessModel = connection.model('Guess', guessSchema);
  const codes = () => codeModel.collection as unknown as mongo.Collection<CodeDocument>;
  const guesses = () => guessModel.collection as unknown as mongo.Collection<GuessDocument>;
  return {
    async add({ id, ...record }) {
      try {
        await codes().insertOne({ _id: id, ...record });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async list(ids) {
      return (
        await codes()
          .find({ _id: { $in: ids } })
          .toArray()
      ).map(toRecord);
    },
    async newest(orderNumber, identity) {
      const [found] = await codes().find({ orderNumber, identity }).sort({ sentAt: -1 }).limit(1).toArray();
      return found && toRecord(found);
    },
    async queued(id) {
      await codes().updateOne({ _id: id }, { $unset: { sealed: '' } });
    },
    async addCheck(id, tries, check, usedAt) {
      const result = await codes().updateOne(
        { _id: id, checks: { $size: tries } },
        { $push: { checks: check }, ...(usedAt ? { $set: { usedAt } } : {}) },
      );
      return result.modifiedCount === 1;
    },
    async addGuess(key, turnId, at) {
      try {
        await guesses().insertOne({ _id: `${key}|${turnId}`, key, at });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    countGuesses(key, after, limit) {
      return guesses().countDocuments({ key, at: { $gt: after } }, { limit });
    },
    async forgetGuesses(key, before) {
      await guesses().deleteMany({ key, at: { $lte: before } });
    },
  };
}
