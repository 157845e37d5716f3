import type { Headers } from './channel';
import type { Address, InstructionAction, Shipment, ShipmentEvent, ShopOrder } from './order';
import type { SlotName } from './understanding';
import type { Day } from './zone';

/** What is asked of a carrier (contract section 5). `id` is also the idempotency key. */
export interface CarrierInstruction {
  id: string;
  orderNumber: string;
  shipmentId?: string;
  trackingNumber?: string;
  carrier?: string;
  action: InstructionAction;
  date?: Day;
  slot?: SlotName;
  address?: Address;
  phone?: string;
  comments?: string;
}

export type CarrierAnswer =
  | { status: 'accepted'; reference?: string }
  | { status: 'rejected'; reference?: string; reason?: string }
  | { status: 'pending'; reference?: string };

/** The carrier's side. Throws `ChannelError`-like `AppError` when it cannot be reached; the caller retries. */
export interface CarrierPort {
  /** Whether there is a call for this at all; what is not taken stays with people, as if no carrier could be asked. */
  takes(instruction: CarrierInstruction): boolean;
  submit(instruction: CarrierInstruction): Promise<CarrierAnswer>;
}

/** A scan that a carrier or shop told of, by the parcel's tracking number. */
export interface CarrierScan {
  trackingNumber: string;
  event: ShipmentEvent;
}

/** A door for the events of one carrier or shop, open only when its secret is set. */
export interface CarrierEvents {
  /** Short name for logs and for `ShipmentEvent.source`. */
  readonly name: string;
  /** Below `/webhooks`, for example `/delhivery`. */
  readonly path: string;
  /** Constant time. Headers in lower case. */
  authenticate(rawBody: Buffer, headers: Headers): boolean;
  /** Never throws on any JSON; what it cannot read or does not know it leaves out. Oldest first. */
  parse(body: unknown, receivedAt: Date): CarrierScan[];
  /** What a shop tells of its orders; undefined when this body tells none. Never throws on any JSON. */
  shop?(body: unknown, headers: Headers): ShopNews | undefined;
  /** The provider's id of this delivery, equal when it is repeated; undefined when it has none. */
  deliveryId?(headers: Headers): string | undefined;
  /** A word for what kind of event this is, to count those we do not read. Names no person. */
  kind(body: unknown, headers: Headers): string;
}

/** An order as the shop has it now, or one parcel of an order it told of before. */
export type ShopNews =
  { order: ShopOrder; cancelled: boolean } | { orderNumber: string; shipment: Shipment; sourceAt: Date };

/** A kind of event that came and is not read. */
export interface UnreadKind {
  door: string;
  kind: string;
  count: number;
  lastAt: Date;
}
