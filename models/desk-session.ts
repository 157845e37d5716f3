import { Schema } from 'mongoose';

/** A signed-in browser. `_id` is the SHA-256 of the cookie's token. */
export const deskSessionSchema = new Schema(
  {
    _id: String,
    agentId: String,
    createdAt: Date,
    lastSeenAt: Date,
    /** Checked when read; the index only sweeps up afterwards. */
    expiresAt: Date,
  },
  { collection: 'desksessions', versionKey: false },
);

deskSessionSchema.index({ agentId: 1 });
deskSessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
