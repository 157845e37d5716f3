import type { Content } from './content';
import type { Locale } from './locale';
import type { Order, ShipmentStatus } from './order';
import type { Day } from './zone';

/** What a customer was told of one parcel, as far as a notice may follow from it. */
export interface ToldParcel {
  shipment: string;
  status: ShipmentStatus;
  /** Failed attempts they know of. */
  attempts: number;
  /** Day they expect it. */
  day?: Day;
}

/** An order a customer asked about in a conversation: what changes of it later is told there. */
export interface WatchedOrder {
  orderNumber: string;
  /** When they last spoke of it. */
  at: Date;
  told: ToldParcel[];
}

/** One thing that has changed of what a customer was told. */
export interface ParcelNews {
  kind: 'attempt_failed' | 'new_date' | 'delivered' | 'returning' | 'lost';
  shipment: string;
  /** Place of the parcel in a split order, from 1; absent when there is one parcel only. */
  parcel?: number;
  /** Day it is expected now, or was handed over. */
  day?: Day;
  /** Why an attempt failed: one of our own English sentences, never the courier's text. */
  reason?: string;
}

/** What a customer is asked after a failed attempt, as options of the message `id`; undefined when there is nothing to ask about this parcel. */
export type FailedQuestion = (input: {
  order: Order;
  shipmentId: string;
  locale: Locale;
  id: string;
  now: Date;
  /** Day on which the carrier means to come again by itself. */
  wished?: Day | undefined;
}) => Content | undefined;
