import { Schema } from 'mongoose';

/** A conversation: everything one turn reads and the one document its commit writes. */
export const conversationSchema = new Schema(
  {
    _id: String,
    reference: { channel: String, account: String, user: String },
    customerId: String,
    identities: [Schema.Types.Mixed],
    name: String,
    owner: String,
    epoch: Number,
    takenEpoch: Number,
    assignee: String,
    assigneeName: String,
    locale: String,
    localeKnown: Boolean,
    dialogs: { version: Number, state: Schema.Types.Mixed },
    openChoices: Schema.Types.Mixed,
    proofs: [Schema.Types.Mixed],
    shopIdentity: Schema.Types.Mixed,
    introduced: Schema.Types.Mixed,
    erased: { at: Date, upTo: Number, done: Boolean },
    misses: Number,
    disclosed: Boolean,
    stopped: Boolean,
    watching: [Schema.Types.Mixed],
    topics: [String],
    handoff: Schema.Types.Mixed,
    waitingSince: Date,
    wayBackOffered: Boolean,
    everHanded: Boolean,
    lastHandoffReason: String,
    people: { since: Date, answeredAt: Date, endedAt: Date },
    outbox: [Schema.Types.Mixed],
    sequence: Number,
    tail: [Schema.Types.Mixed],
    lease: Schema.Types.Mixed,
    lastBatch: [String],
    lastCustomerMessageAt: Date,
    lastCustomerMessageId: String,
    lastText: String,
    lastFrom: String,
    failedTurns: Number,
    /** Lower-case words, digits of phones and order numbers, for the desk's search by prefix. */
    searchKeys: [String],
    createdAt: Date,
    updatedAt: Date,
    version: Number,
  },
  { collection: 'conversations', versionKey: false, minimize: false },
);

conversationSchema.index({ updatedAt: -1, _id: 1 });
conversationSchema.index({ owner: 1, updatedAt: -1, _id: 1 });
conversationSchema.index({ 'reference.user': 1 });
conversationSchema.index({ 'reference.channel': 1, updatedAt: -1, _id: 1 });
conversationSchema.index({ assignee: 1, updatedAt: -1, _id: 1 }, { sparse: true });
conversationSchema.index({ searchKeys: 1 });
conversationSchema.index({ 'outbox.dueAt': 1 });
conversationSchema.index({ 'survey.answeredAt': 1 }, { sparse: true });
conversationSchema.index({ createdAt: 1 });
conversationSchema.index({ 'erased.done': 1 }, { sparse: true });
conversationSchema.index({ 'people.since': 1 }, { sparse: true });
conversationSchema.index({ 'watching.orderNumber': 1 }, { sparse: true });
