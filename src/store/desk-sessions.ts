import type { Connection, mongo } from 'mongoose';
import { deskSessionSchema } from '../../models/desk-session';
import type { DeskSession, DeskSessionStore } from '../core/agents';

type SessionDocument = Omit<DeskSession, 'id'> & { _id: string };

/** Signed-in browsers, in the store, so that every app process knows them and a restart signs nobody out. */
export function createDeskSessionStore(connection: Connection): DeskSessionStore {
  const collection = connection.model('DeskSession', deskSessionSchema).collection;
  const sessions = () => collection as unknown as mongo.Collection<SessionDocument>;
  return {
    async create({ id, ...rest }) {
      await sessions().insertOne({ _id: id, ...rest });
    },
    async get(id) {
      const doc = await sessions().findOne({ _id: id });
      if (!doc) return undefined;
      const { _id, ...rest } = doc;
      return { id: _id, ...rest };
    },
    async touch(id, at) {
      await sessions().updateOne({ _id: id }, { $set: { lastSeenAt: at } });
    },
    async end(id) {
      await sessions().deleteOne({ _id: id });
    },
    async endAll(agentId, exceptId) {
      await sessions().deleteMany({ agentId, ...(exceptId ? { _id: { $ne: exceptId } } : {}) });
    },
  };
}
