import { Schema } from 'mongoose';

/** Who did what to what. Appended, never changed; no message text and no personal data. `_id` sorts by time. */
export const auditSchema = new Schema(
  {
    _id: String,
    at: Date,
    actor: String,
    action: String,
    subject: String,
    detail: Schema.Types.Mixed,
  },
  { collection: 'audit', versionKey: false },
);

auditSchema.index({ action: 1, subject: 1, at: 1 });
