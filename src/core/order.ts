import type { Resolution, ReturnReason, SlotName } from './understanding';
import type { Day } from './zone';

/** A postal address as the shop or the customer wrote it. */
export interface Address {
  name: string;
  /** E.164. */
  phone: string;
  line1: string;
  line2?: string;
  landmark?: string;
  city: string;
  state: string;
  postalCode: string;
  /** ISO 3166 alpha-2. */
  country: string;
}

/** The parcel's ladder, in order; a parcel only climbs unless a newer scan says otherwise. */
export const LADDER = [
  'pending',
  'packed',
  'shipped',
  'in_transit',
  'out_for_delivery',
  'attempt_failed',
  'delivered',
] as const;
/** States beside the ladder. */
export const OFF_LADDER = ['exception', 'rto_initiated', 'rto_delivered', 'cancelled', 'lost'] as const;
export const SHIPMENT_STATUSES = [...LADDER, ...OFF_LADDER] as const;
export type ShipmentStatus = (typeof SHIPMENT_STATUSES)[number];

/** One scan of a parcel. */
export interface ShipmentEvent {
  at: Date;
  status: ShipmentStatus;
  location?: string;
  note?: string;
  /** `shop` when it came with the order, otherwise the webhook that brought it. */
  source?: string;
}

/** One parcel of an order. */
export interface Shipment {
  id: string;
  carrier: string;
  trackingNumber?: string;
  trackingUrl?: string;
  status: ShipmentStatus;
  /** When the carrier said so (time of the scan that set `status`). */
  statusAt?: Date;
  skus: string[];
  promisedBy?: Day;
  estimatedDelivery?: Day;
  /** Failed attempts so far. */
  attempts: number;
  /** Oldest first. */
  events: ShipmentEvent[];
}

export interface OrderItem {
  sku: string;
  name: string;
  quantity: number;
  /** Decimal string. */
  unitPrice: string;
  category?: string;
  returnable: boolean;
}

/** States of a request and of its instruction: `sent` means the carrier has it and has not decided. */
export const REQUEST_STATES = ['requested', 'sent', 'accepted', 'rejected', 'cancelled'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];
export type RequestType = 'reschedule' | 'address_change' | 'return' | 'cancel';

export type InstructionAction =
  'reschedule' | 'update_address' | 'reattempt' | 'return_pickup' | 'return_to_origin' | 'cancel';

/** Where refund money goes, only ever shown masked. `sealed` is encrypted with the shop's secret. */
export interface RefundAccount {
  kind: 'upi' | 'bank';
  masked: string;
  sealed: string;
}

/** What is sent back, why, and what the customer gets. */
export interface ReturnDetails {
  rma: string;
  items: { sku: string; quantity: number }[];
  reason: ReturnReason;
  resolution: Resolution;
  /** Wanted size or variant for an exchange, in the customer's words. */
  exchangeFor?: string;
  pickup?: { date?: Day; slot?: SlotName; address?: Address };
  refundTo?: RefundAccount;
  /** Provider references of photos, when the reason needs them. */
  photos?: string[];
}

/**
 * A change somebody asked for, stored inside the order so that asking is one atomic write. It is also the carrier instruction:
 * `id` is the instruction's id and idempotency key.
 */
export interface OrderRequest {
  id: string;
  type: RequestType;
  state: RequestState;
  at: Date;
  by: 'customer' | 'agent' | 'api';
  /** Conversation to tell when it is settled. */
  conversation?: string;
  action: InstructionAction;
  /** Absent when it changes the order before dispatch. */
  shipmentId?: string;
  date?: Day;
  slot?: SlotName;
  address?: Address;
  /** Fields of the address that differ from the one before. */
  changedFields?: (keyof Address)[];
  phone?: string;
  comments?: string;
  return?: ReturnDetails;
  /** What the carrier called it. */
  reference?: string;
  /** Why it was rejected, in the carrier's or agent's words. */
  reason?: string;
  settledAt?: Date;
  /** Set once the customer has been told of the settled state. */
  told?: boolean;
  /** Delivery of the instruction to the carrier: attempts made and when the next is due (absent: nothing to do). */
  attempts: number;
  dueAt?: Date;
}

/** A line of the order's history: what changed, by whom, from what. */
export interface HistoryEntry {
  at: Date;
  what:
    | 'created'
    | 'updated'
    | 'shipment'
    | 'request'
    | 'request_settled'
    | 'address'
    | 'note'
    /** The customer says that nobody came; `detail` names the parcel and the attempt. */
    | 'attempt_disputed';
  by: string;
  /** Values before and after, where a person may need them (the shop's original address stays here). */
  detail?: Record<string, unknown>;
}

/** An order as stored. Money is a decimal string in `currency`. */
export interface Order {
  orderNumber: string;
  placedAt: Date;
  currency: string;
  customer: { name: string; phone: string; email?: string; locale?: string };
  payment: {
    method: 'prepaid' | 'cod';
    status: 'pending' | 'paid' | 'refunded' | 'partially_refunded';
    total: string;
  };
  items: OrderItem[];
  /** The effective address: the shop's, with accepted corrections. */
  shippingAddress: Address;
  shipments: Shipment[];
  requests: OrderRequest[];
  history: HistoryEntry[];
  meta?: Record<string, unknown>;
  /** When the shop's own system last changed it, where it says so: an older word never replaces a newer one. */
  sourceAt?: Date;
  /** Parcels have changed, and whoever asked about them is looked after from this moment on; absent: nothing to look at. */
  newsAt?: Date;
  /** A failed delivery of it is looked after at this moment; absent: nothing to do. */
  failedDueAt?: Date;
  /** Moves with every write; writers state the one they read. */
  version: number;
  updatedAt: Date;
}

/** The shop's part of an order, as `PUT` and the importers deliver it after validation. */
export type ShopOrder = Omit<
  Order,
  'requests' | 'history' | 'newsAt' | 'failedDueAt' | 'version' | 'updatedAt'
>;

/** Everything said about the state of an order as a whole. */
export type OrderState = 'processing' | ShipmentStatus;
