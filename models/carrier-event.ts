import { Schema } from 'mongoose';

/**
 * What is remembered of carriers' and shops' webhooks, by `_id`: `seen:` a delivery that was dealt with; `scan:` a scan of a parcel no order
 * has yet; `unread:` how often a kind came that we do not read.
 */
export const carrierEventSchema = new Schema(
  {
    _id: String,
    trackingNumber: String,
    event: Schema.Types.Mixed,
    door: String,
    kind: String,
    count: Number,
    firstAt: Date,
    lastAt: Date,
    /** Seen deliveries and early scans go away by themselves. */
    expireAt: Date,
  },
  { collection: 'carrier_events', versionKey: false, minimize: false },
);

carrierEventSchema.index({ trackingNumber: 1 }, { sparse: true });
carrierEventSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 });
