import { Schema } from 'mongoose';

/**
 * A person: a set of identities. Each link keeps its evidence and time and can be undone. An identity belongs to one customer at a
 * time, which the unique index holds under concurrent first messages.
 */
export const customerSchema = new Schema(
  {
    _id: String,
    identities: [
      {
        _id: false,
        key: String,
        channel: String,
        account: String,
        kind: { type: String },
        value: String,
        evidence: String,
        conversation: String,
        at: Date,
      },
    ],
    createdAt: Date,
    updatedAt: Date,
  },
  { collection: 'customers', versionKey: false },
);

customerSchema.index({ 'identities.key': 1 }, { unique: true });
