import type { CarrierEvents, CarrierScan } from '../core/carrier';
import type { ShipmentEvent, ShipmentStatus } from '../core/order';
import { signedInBase64 } from '../core/secrets';
import { parseInstant } from '../core/zone';
import { kindName } from './kinds';
import { failureReason } from '../support/failure-reasons';
import { fields, header, items, place, said } from './scan-fields';

const TAGS: Record<string, ShipmentStatus> = {
  Pending: 'pending',
  InfoReceived: 'packed',
  InTransit: 'in_transit',
  OutForDelivery: 'out_for_delivery',
  AttemptFail: 'attempt_failed',
  Delivered: 'delivered',
  AvailableForPickup: 'in_transit',
  Exception: 'exception',
};

/** Finer states that mean the parcel goes, or came, back to the shop. */
const SUBTAGS: Record<string, ShipmentStatus> = {
  Exception_010: 'rto_initiated',
  Exception_011: 'rto_delivered',
  Exception_013: 'lost',
};

/** Lists of tags are open: an unknown one says nothing. */
function statusOf(raw: Record<string, unknown>): ShipmentStatus | undefined {
  return SUBTAGS[said(raw.subtag) ?? ''] ?? TAGS[said(raw.tag) ?? ''];
}

function eventOf(raw: Record<string, unknown>, time: unknown, zone: string): ShipmentEvent | undefined {
  const status = statusOf(raw);
  const at = parseInstant(said(time) ?? '', zone);
  if (!status || !at) return undefined;
  const note = status === 'attempt_failed' ? failureReason(said(raw.message)) : undefined;
  return { at, status, location: place(raw.location ?? raw.city), note, source: 'aftership' };
}

/** Reads a tracking event of AfterShip: every checkpoint, and the present state where none says it. Other envelopes say nothing. */
export function parseAftership(body: unknown, zone: string, receivedAt: Date): CarrierScan[] {
  const { msg, ts } = fields(body);
  const tracking = fields(msg);
  const trackingNumber = said(tracking.tracking_number);
  if (!trackingNumber) return [];
  const events = items(tracking.checkpoints).flatMap((raw) => {
    const checkpoint = fields(raw);
    return eventOf(checkpoint, checkpoint.checkpoint_time, zone) ?? [];
  });
  events.sort((a, b) => a.at.getTime() - b.at.getTime());
  const pushed = typeof ts === 'number' ? new Date(ts * 1000) : receivedAt;
  const present = eventOf(tracking, pushed.toISOString(), zone);
  if (present && events.at(-1)?.status !== present.status) events.push(present);
  return events.map((event) => ({ trackingNumber, event }));
}

/** AfterShip's door: base64 HMAC-SHA256 over the raw body. */
export function aftershipEvents(secret: string, zone: string): CarrierEvents {
  return {
    name: 'aftership',
    path: '/aftership',
    authenticate: (rawBody, headers) =>
      signedInBase64(rawBody, header(headers, 'aftership-hmac-sha256'), secret),
    parse: (body, receivedAt) => parseAftership(body, zone, receivedAt),
    kind: (body) => {
      const { event, event_type: type, msg } = fields(body);
      return kindName(event ?? type, fields(msg).tag, fields(msg).subtag);
    },
  };
}
