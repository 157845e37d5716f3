import { Schema } from 'mongoose';

/** One line of a transcript. The number is unique in its conversation, whoever writes. */
export const messageSchema = new Schema(
  {
    _id: String,
    conversation: { type: String, required: true },
    seq: { type: Number, required: true },
    from: String,
    agent: String,
    text: String,
    content: Schema.Types.Mixed,
    choiceId: String,
    attachments: [Schema.Types.Mixed],
    visibility: String,
    owner: String,
    /** Delivery state as its place on the ladder queued < sent < failed < delivered < read, so that `$max` never goes back. */
    rank: Number,
    error: String,
    providerId: String,
    parts: [Number],
    at: Date,
  },
  { collection: 'messages', versionKey: false, minimize: false },
);

messageSchema.index({ conversation: 1, seq: 1 }, { unique: true });
messageSchema.index({ providerId: 1 }, { sparse: true });
messageSchema.index({ at: 1 });
