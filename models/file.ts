import { Schema } from 'mongoose';

/** A photo, voice note or other file a customer sent. */
export const fileSchema = new Schema(
  {
    _id: String,
    conversation: { type: String, required: true },
    channel: String,
    account: String,
    ref: String,
    kind: String,
    state: String,
    attempts: Number,
    dueAt: Date,
    error: String,
    mime: String,
    bytes: Buffer,
    at: Date,
  },
  { collection: 'files', versionKey: false, minimize: false },
);

fileSchema.index({ state: 1, dueAt: 1 });
fileSchema.index({ conversation: 1 });
