import { randomBytes } from 'node:crypto';
import type { Connection, mongo } from 'mongoose';
import { auditSchema } from '../../models/audit';
import type { AuditEntry, AuditStore } from '../core/agents';

type AuditDocument = AuditEntry & { _id: string };

/** Ids sort by time, so that the trail pages by `_id` alone. */
function entryId(at: Date): string {
  return `${at.getTime().toString(36).padStart(9, '0')}-${randomBytes(8).toString('hex')}`;
}

/** The audit trail, in the store. */
export function createAuditStore(connection: Connection): AuditStore {
  const collection = connection.model('Audit', auditSchema).collection;
  const audit = () => collection as unknown as mongo.Collection<AuditDocument>;
  return {
    async record(entry) {
      await audit().insertOne({ _id: entryId(entry.at), ...entry });
    },
    count: ({ action, subject, since }) => audit().countDocuments({ action, subject, at: { $gte: since } }),
    async list({ limit = 50, cursor }) {
      const docs = await audit()
        .find(cursor ? { _id: { $lt: cursor } } : {})
        .sort({ _id: -1 })
        .limit(limit + 1)
        .toArray();
      const items = docs.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(({ at, actor, action, subject, detail }) => ({
          at,
          actor,
          action,
          subject,
          detail,
        })),
        nextCursor: docs.length > limit && last ? last._id : null,
      };
    },
  };
}
