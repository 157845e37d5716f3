import { Schema } from 'mongoose';

const address = {
  name: String,
  phone: String,
  line1: String,
  line2: String,
  landmark: String,
  city: String,
  state: String,
  postalCode: String,
  country: String,
};

const request = {
  id: String,
  type: { type: String },
  state: String,
  at: Date,
  by: String,
  conversation: String,
  action: String,
  shipmentId: String,
  date: String,
  slot: String,
  address,
  changedFields: [String],
  phone: String,
  comments: String,
  return: Schema.Types.Mixed,
  reference: String,
  reason: String,
  settledAt: Date,
  told: Boolean,
  attempts: Number,
  dueAt: Date,
};

/**
 * An order. Requests live inside it, so that asking for a change, refusing it twice and naming the instruction is one atomic write.
 * `phones`, `emails`, `dueAt`, `untold` and `failedAt` are derived on every write, for the indexes.
 */
export const orderSchema = new Schema(
  {
    _id: String,
    orderNumber: { type: String, required: true },
    placedAt: Date,
    currency: String,
    customer: { name: String, phone: String, email: String, locale: String },
    payment: { method: String, status: String, total: String },
    items: [
      {
        _id: false,
        sku: String,
        name: String,
        quantity: Number,
        unitPrice: String,
        category: String,
        returnable: Boolean,
      },
    ],
    shippingAddress: address,
    shipments: [Schema.Types.Mixed],
    requests: [{ _id: false, ...request }],
    history: [Schema.Types.Mixed],
    meta: Schema.Types.Mixed,
    phones: [String],
    emails: [String],
    dueAt: Date,
    untold: Boolean,
    newsAt: Date,
    failedAt: Date,
    failedDueAt: Date,
    sourceAt: Date,
    version: Number,
    updatedAt: Date,
  },
  { collection: 'orders', versionKey: false, minimize: false },
);

orderSchema.index({ phones: 1, placedAt: -1 });
orderSchema.index({ emails: 1, placedAt: -1 });
orderSchema.index({ placedAt: -1 });
orderSchema.index({ 'shipments.trackingNumber': 1 });
orderSchema.index({ 'requests.id': 1 }, { sparse: true });
orderSchema.index({ 'requests.return.rma': 1 }, { sparse: true });
orderSchema.index({ 'requests.state': 1 }, { sparse: true });
orderSchema.index({ 'requests.type': 1 }, { sparse: true });
orderSchema.index({ dueAt: 1 }, { sparse: true });
orderSchema.index({ untold: 1 }, { sparse: true });
orderSchema.index({ newsAt: 1 }, { sparse: true });
orderSchema.index({ failedAt: 1, _id: 1 }, { sparse: true });
orderSchema.index({ failedDueAt: 1 }, { sparse: true });
orderSchema.index({ 'requests.at': 1 }, { sparse: true });
