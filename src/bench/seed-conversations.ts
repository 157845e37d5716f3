import { systemClock } from '../core/clock';
import { findRunning } from '../embedded-mongodb';
import { openStores } from '../stores';

type Stored = Record<string, unknown> & { _id: string };

/** Conversations whose documents are written together. */
const CHUNK = 500;
/** Lines of a transcript, and handled events, that a copy gets at most: a conversation of some days. */
const LINES = 6;

/** Phone digits of the customer of copy `n`; nobody else has them. */
function copiedUser(n: number): string {
  return `9196${String(n).padStart(8, '0')}`;
}

/** The value with one text put for another wherever it occurs. */
function replaced(value: unknown, from: string, to: string): unknown {
  if (typeof value === 'string') return value.replaceAll(from, to);
  if (Array.isArray(value)) return value.map((each) => replaced(each, from, to));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each, from, to)]));
}

/** Copy `n` of a document of the conversation of `user`: another person's, under keys of its own. */
function copyOf(collection: string, document: Stored, user: string, n: number): Stored {
  const copy = replaced(document, user, copiedUser(n)) as Stored;
  if (collection === 'customers') copy._id = `copy-${n}`;
  else if (collection === 'conversations') copy.customerId = `copy-${n}`;
  else copy._id = `${copy._id}-${n}`;
  if (typeof copy.providerId === 'string') copy.providerId = `${copy.providerId}-${n}`;
  return copy;
}

/**
 * Adds `count` conversations in which nobody writes, to the store of the product that runs on `dataDir`: copies of the real one of `user`,
 * each with a customer, a transcript and handled events of its own.
 */
export async function seedConversations(
  dataDir: string,
  user: string,
  count: number,
  progress: (done: number) => void,
): Promise<void> {
  const uri = await findRunning(dataDir);
  if (!uri) throw new Error('no product runs on this folder');
  const stores = await openStores(uri, { demo: false }, systemClock);
  try {
    const collection = (name: string) => stores.connection.collection<Stored>(name);
    const model = await collection('conversations').findOne({ 'reference.user': user });
    if (!model) throw new Error('the customer to copy has no conversation yet');
    const of = (name: string) => collection(name).find({ conversation: model._id }).limit(LINES).toArray();
    const parts: [string, Stored[]][] = [
      [
        'customers',
        await collection('customers')
          .find({ _id: String(model.customerId) })
          .toArray(),
      ],
      ['conversations', [model]],
      ['messages', await of('messages')],
      ['inbox', await of('inbox')],
    ];
    for (let done = 0; done < count; done += CHUNK) {
      const numbers = Array.from({ length: Math.min(CHUNK, count - done) }, (_, index) => done + index);
      for (const [name, documents] of parts) {
        const copies = numbers.flatMap((n) => documents.map((each) => copyOf(name, each, user, n)));
        if (copies.length > 0) await collection(name).insertMany(copies, { ordered: false });
      }
      progress(Math.min(count, done + CHUNK));
    }
  } finally {
    await stores.close();
  }
}
