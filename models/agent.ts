import { Schema } from 'mongoose';

/** A person at the desk. `passwordHash` is argon2id in its standard text form. */
export const agentSchema = new Schema(
  {
    _id: String,
    /** Lower case. */
    email: String,
    name: String,
    role: String,
    active: Boolean,
    passwordHash: String,
    createdAt: Date,
  },
  { collection: 'agents', versionKey: false },
);

agentSchema.index({ email: 1 }, { unique: true });
agentSchema.index({ name: 1 });
