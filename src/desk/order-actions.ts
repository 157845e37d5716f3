import type { Address, Order, OrderRequest } from '../core/order';
import type { Actor } from '../core/stream';
import type { Resolution, ReturnReason, SlotName } from '../core/understanding';

/** What an agent asks for on an order; the same things the bot can do. */
export type OrderAction =
  | { type: 'reschedule'; shipmentId?: string; date: string; slot?: SlotName }
  | { type: 'address_change'; shipmentId?: string; changes: Partial<Address> }
  | {
      type: 'return';
      items: { sku: string; quantity: number }[];
      reason: ReturnReason;
      resolution: Resolution;
      exchangeFor?: string;
      pickup?: { date?: string; slot?: SlotName };
    }
  | { type: 'cancel'; comments?: string };

/** Which actions the rules allow on an order now; a refused one says why. */
export interface ActionOffers {
  reschedule: { allowed: boolean; why?: string; dates: { day: string; slots: SlotName[] }[] };
  address_change: { allowed: boolean; why?: string; fields: (keyof Address)[] };
  return: {
    allowed: boolean;
    why?: string;
    items: { sku: string; name: string; quantity: number }[];
    resolutions: Resolution[];
  };
  /** `back`: it has left, so that the carrier is asked to bring it back. */
  cancel: { allowed: boolean; why?: string; back?: boolean };
}

/** The bot's actions for people: same rules, same receipts. */
export interface OrderActions {
  offers(order: Order, now: Date): ActionOffers;
  /** Idempotent by `id`. Throws `rule_refused` with the reason in words. */
  perform(input: {
    order: Order;
    action: OrderAction;
    actor: Actor;
    conversation?: string;
    id: string;
    now: Date;
  }): Promise<OrderRequest>;
}
