import { Schema } from 'mongoose';

/** An e-mail to one person, by the id that keeps it from being queued twice. */
export const mailSchema = new Schema(
  {
    _id: String,
    to: String,
    subject: String,
    /** Wiped once it has left: it may hold a one-time code. */
    text: String,
    state: String,
    queuedAt: Date,
    attempts: Number,
    dueAt: Date,
    sentAt: Date,
    error: String,
    /** Set when it has left, been given up or been shown: cleared away 30 days later. */
    expireAt: Date,
  },
  { collection: 'mails', versionKey: false, minimize: false },
);

mailSchema.index({ state: 1, dueAt: 1 });
mailSchema.index({ queuedAt: -1 });
mailSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });
