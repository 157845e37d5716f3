import { Schema } from 'mongoose';

/** One accepted event. `_id` is channel, account and the provider's id, so a repeated webhook changes nothing. */
export const inboxSchema = new Schema(
  {
    _id: String,
    /** Absent on kinds that concern no conversation. */
    conversation: String,
    state: { type: String },
    /** Order of arrival: milliseconds since 1970 with a counter behind. */
    arrival: String,
    /** What came in; gone once a turn has settled it, kept on kinds that concern no conversation. */
    activity: Schema.Types.Mixed,
    customerId: String,
    receivedAt: Date,
    /** Set when done: kept at least 8 days, as long as providers may repeat a webhook. */
    expireAt: Date,
  },
  { collection: 'inbox', versionKey: false, minimize: false },
);

inboxSchema.index({ conversation: 1, state: 1, arrival: 1 });
inboxSchema.index({ state: 1, arrival: 1 });
inboxSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });
