import type { Connection, mongo } from 'mongoose';
import { cannedReplySchema } from '../../models/canned-reply';
import type { CannedReplyStore } from '../core/agents';

interface CannedDocument {
  _id: string;
  text: string;
}

/** Prepared replies, in the store. */
export function createCannedReplyStore(connection: Connection): CannedReplyStore {
  const collection = connection.model('CannedReply', cannedReplySchema).collection;
  const replies = () => collection as unknown as mongo.Collection<CannedDocument>;
  return {
    async list() {
      const docs = await replies().find().sort({ _id: 1 }).limit(500).toArray();
      return docs.map(({ _id, text }) => ({ id: _id, shortcut: _id, text }));
    },
    async put({ shortcut, text }) {
      await replies().updateOne({ _id: shortcut }, { $set: { text } }, { upsert: true });
      return { id: shortcut, shortcut, text };
    },
    async remove(id) {
      await replies().deleteOne({ _id: id });
    },
  };
}
