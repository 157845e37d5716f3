import type { Order } from '../core/order';
import { failedSince } from '../support/failed-delivery';
import { KEEP_DAYS } from './inbox';

/** A stored document as it is found: any version of the product may have written it. */
export type StoredDocument = Readonly<Record<string, unknown>>;

/**
 * One step from an older form of documents to the next. `change` looks at one document and answers the update it needs, in MongoDB's language, or undefined; a
 * document that has been changed must answer undefined. `only` is what must still hold when the update is made, because processes of the version
 * before may be running beside. Numbers rise and are never used again; a released step is never edited.
 */
export interface Migration {
  version: number;
  /** What it is for, in words. */
  why: string;
  collection: string;
  change(
    document: StoredDocument,
  ): { only: Record<string, unknown>; set: Record<string, unknown> } | undefined;
}

/** Every step, oldest first. */
export const MIGRATIONS: Migration[] = [
  {
    version: 1,
    why: 'Events that concern no conversation were stored without an end, so that nothing ever removed them.',
    collection: 'inbox',
    change({ state, expireAt, receivedAt }) {
      if (state !== 'done' || expireAt !== undefined || !(receivedAt instanceof Date)) return undefined;
      const end = new Date(receivedAt.getTime() + KEEP_DAYS * 86_400_000);
      return { only: { expireAt: null }, set: { $set: { expireAt: end } } };
    },
  },
  {
    version: 2,
    why: 'Orders with a parcel that waits after a failed attempt were not marked, so that the list of them would leave them out.',
    collection: 'orders',
    change(document) {
      if (document.failedAt !== undefined || !Array.isArray(document.shipments)) return undefined;
      const failedAt = failedSince(document as unknown as Order);
      return failedAt && { only: { failedAt: null }, set: { $set: { failedAt } } };
    },
  },
];
