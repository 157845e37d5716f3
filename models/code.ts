import { Schema } from 'mongoose';

/** One code that was sent. `_id` is `order|day|n`: no more than the allowed number fits into a day. The code is kept as a keyed hash. */
export const codeSchema = new Schema(
  {
    _id: String,
    orderNumber: String,
    identity: String,
    turnId: String,
    way: String,
    hash: String,
    sealed: String,
    sentAt: Date,
    until: Date,
    checks: [{ _id: false, turnId: String, right: Boolean }],
    usedAt: Date,
  },
  { collection: 'codes', versionKey: false },
);

codeSchema.index({ orderNumber: 1, identity: 1, sentAt: -1 });
