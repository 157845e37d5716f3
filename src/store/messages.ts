import type { Connection } from 'mongoose';
import type { MessageState, TranscriptEntry } from '../core/conversation';
import type { MessageStore, StateChange } from '../core/stream-store';
import { Batch, DUPLICATE_KEY, writeErrors } from './batch';
import { deleteFilesOf } from './files';

/** Ladder of delivery: a state only replaces a lower one. `failed` is above `sent`, and a later receipt overrides it. */
const RANK: Record<MessageState, number> = { queued: 0, sent: 1, failed: 2, delivered: 3, read: 4 };

/** Lines a search for words reads through: some weeks of a small shop, some tens of milliseconds of the store. */
const SEARCHED_LINES = 5_000;
/** Lines of one conversation that may speak of the same thing. */
const LINES_EACH = 10;

const STATES = Object.keys(RANK) as MessageState[];

/** The state itself is not stored: `$max` on its rank can only climb, whatever order receipts arrive in. */
interface MessageDocument extends Omit<TranscriptEntry, 'id' | 'state'> {
  _id: string;
  rank?: number;
}

function toDocument(entry: TranscriptEntry): MessageDocument {
  const { id, state, ...rest } = entry;
  return { _id: id, ...rest, ...(state ? { rank: RANK[state] } : {}) };
}

function toEntry({ _id, rank, error, ...rest }: MessageDocument): TranscriptEntry {
  const state = rank === undefined ? undefined : STATES.find((name) => RANK[name] === rank);
  return { id: _id, ...rest, ...(state ? { state } : {}), ...(state === 'failed' && error ? { error } : {}) };
}

/** Transcripts. Lines are copied here from the conversation's tail; copying twice changes nothing. */
export class MongoMessageStore implements MessageStore {
  private readonly appends: Batch<TranscriptEntry[], true>;
  private readonly states: Batch<StateChange, true>;

  constructor(private readonly connection: Connection) {
    this.appends = new Batch((lists) => this.insertMany(lists), 100, 2);
    this.states = new Batch((changes) => this.applyStates(changes), 200, 2);
  }

  private get collection() {
    return this.connection.collection<MessageDocument>('messages');
  }

  /** Stores lines, ignoring those already there. */
  append(entries: TranscriptEntry[]): Promise<true> {
    return entries.length === 0 ? Promise.resolve(true) : this.appends.add(entries);
  }

  private async insertMany(lists: TranscriptEntry[][]): Promise<true[]> {
    try {
      await this.collection.insertMany(lists.flat().map(toDocument), { ordered: false });
    } catch (error) {
      const errors = writeErrors(error);
      if (errors.length === 0 || errors.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
    }
    return lists.map(() => true);
  }

  /** Moves a delivery state forward; an earlier or equal state changes nothing. */
  setState(change: StateChange): Promise<true> {
    return this.states.add(change);
  }

  private async applyStates(changes: StateChange[]): Promise<true[]> {
    await this.collection.bulkWrite(
      changes.map((change) => ({
        updateOne: {
          filter: change.id === undefined ? { providerId: change.providerId } : { _id: change.id },
          update: {
            $max: { rank: RANK[change.state] },
            ...(change.part === undefined ? {} : { $addToSet: { parts: change.part } }),
            ...(change.setProviderId || change.error
              ? {
                  $set: {
                    ...(change.setProviderId ? { providerId: change.setProviderId } : {}),
                    ...(change.error ? { error: change.error } : {}),
                  },
                }
              : {}),
          },
        },
      })),
      { ordered: false },
    );
    return changes.map(() => true);
  }

  /** Back to `queued` for a retry by a person; only from `failed`. */
  async requeue(id: string): Promise<boolean> {
    const result = await this.collection.updateOne(
      { _id: id, rank: RANK.failed },
      { $set: { rank: RANK.queued }, $unset: { error: '' } },
    );
    return result.modifiedCount === 1;
  }

  async get(id: string): Promise<TranscriptEntry | undefined> {
    const found = await this.collection.findOne({ _id: id });
    return found ? toEntry(found) : undefined;
  }

  async byProviderId(providerId: string): Promise<TranscriptEntry | undefined> {
    const found = await this.collection.findOne({ providerId });
    return found ? toEntry(found) : undefined;
  }

  /** Lines of one conversation in order of their number. `before` pages back from the end. */
  async list(
    conversation: string,
    options: { after?: number; before?: number; limit?: number; publicOnly?: boolean } = {},
  ): Promise<TranscriptEntry[]> {
    const limit = Math.min(options.limit ?? 200, 1000);
    const seq = {
      ...(options.after === undefined ? {} : { $gt: options.after }),
      ...(options.before === undefined ? {} : { $lt: options.before }),
    };
    const filter = {
      conversation,
      ...(Object.keys(seq).length > 0 ? { seq } : {}),
      ...(options.publicOnly ? { visibility: 'public' as const } : {}),
    };
    const forward = options.before === undefined;
    const found = await this.collection
      .find(filter)
      .sort({ seq: forward ? 1 : -1 })
      .limit(limit)
      .toArray();
    return (forward ? found : found.reverse()).map(toEntry);
  }

  /**
   * Conversations in which a line holds all these words, whatever their case, the latest first. An index over words would cost every
   * message what a rare search saves: so the newest lines are read through, `SEARCHED_LINES` at most.
   */
  async mentioning(words: string[], limit: number): Promise<string[]> {
    const oldest = await this.collection
      .find({}, { projection: { _id: 0, at: 1 } })
      .sort({ at: -1 })
      .skip(SEARCHED_LINES)
      .limit(1)
      .next();
    const found = await this.collection
      .find(
        {
          at: { $gt: oldest?.at ?? new Date(0) },
          $and: words.map((word) => ({
            text: { $regex: word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), $options: 'i' },
          })),
        },
        { projection: { _id: 0, conversation: 1 } },
      )
      .sort({ at: -1 })
      .limit(limit * LINES_EACH)
      .toArray();
    return [...new Set(found.map(({ conversation }) => conversation))].slice(0, limit);
  }

  /** Everything sent up to a moment was read (channels that report only "read up to here"). */
  async readUpTo(conversation: string, at: Date): Promise<void> {
    await this.collection.updateMany(
      { conversation, from: { $in: ['bot', 'agent', 'system'] }, at: { $lte: at }, rank: { $in: [1, 3] } },
      { $set: { rank: RANK.read } },
    );
  }

  /** A customer edited (new text) or unsent (undefined) a message: our copy follows. What was unsent takes its files along. */
  async rewrite(id: string, text: string | undefined): Promise<void> {
    if (text !== undefined) {
      await this.collection.updateOne({ _id: id }, { $set: { text }, $unset: { content: '' } });
      return;
    }
    const before = await this.collection.findOneAndUpdate(
      { _id: id },
      { $set: { text: '' }, $unset: { attachments: '', content: '' } },
    );
    if (before) await deleteFilesOf(this.connection, [before]);
  }
}
