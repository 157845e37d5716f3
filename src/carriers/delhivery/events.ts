import type { CarrierEvents, CarrierScan } from '../../core/carrier';
import type { ShipmentStatus } from '../../core/order';
import { sameSecret } from '../../core/secrets';
import { parseInstant } from '../../core/zone';
import { kindName } from '../kinds';
import { failureReason } from '../../support/failure-reasons';
import { fields, header, place, said } from '../scan-fields';

/** Times come with and without an offset; those without are Indian. */
const ZONE = 'Asia/Kolkata';

const FORWARD: [RegExp, ShipmentStatus][] = [
  [/^(manifested|not picked|open|scheduled)/i, 'packed'],
  [/^picked/i, 'shipped'],
  [/^(dispatched|out for delivery)/i, 'out_for_delivery'],
  [/^undelivered/i, 'attempt_failed'],
  [/^delivered/i, 'delivered'],
  [/^lost/i, 'lost'],
  [/^cancel/i, 'cancelled'],
  [/^(in transit|pending|reached)/i, 'in_transit'],
];

/** `UD` forward, `RT` on its way back, `DL` handed over, to the customer or, when the status says RTO, to the shop. */
function statusOf(type: string, status: string, code: string): ShipmentStatus | undefined {
  if (type === 'CN') return 'cancelled';
  if (type === 'RT') return 'rto_initiated';
  if (type === 'DL')
    return /rto|return/i.test(status)
      ? 'rto_delivered'
      : /^delivered/i.test(status)
        ? 'delivered'
        : undefined;
  if (type !== 'UD') return undefined;
  // "Pending" with a code of the end of a courier's day is an attempt that failed.
  if (/^pending/i.test(status) && /^EOD-/i.test(code)) return 'attempt_failed';
  return FORWARD.find(([pattern]) => pattern.test(status))?.[1];
}

/** Reads one scan push of Delhivery. */
export function parseDelhivery(body: unknown): CarrierScan[] {
  const shipment = fields(fields(body).Shipment);
  const scan = fields(shipment.Status);
  const trackingNumber = said(shipment.AWB);
  const words = said(scan.Status) ?? '';
  const status = statusOf(said(scan.StatusType) ?? '', words, said(shipment.NSLCode) ?? '');
  const at = parseInstant(said(scan.StatusDateTime) ?? '', ZONE);
  if (!trackingNumber || !status || !at) return [];
  const reason = status === 'attempt_failed' ? failureReason(said(scan.Instructions)) : undefined;
  const note = reason ?? (/^[A-Za-z ]+$/.test(words) ? words : undefined);
  return [
    {
      trackingNumber,
      event: { at, status, location: place(scan.StatusLocation), note, source: 'delhivery' },
    },
  ];
}

/** Delhivery's door; the token comes in the header agreed on its form. */
export function delhiveryEvents(token: string): CarrierEvents {
  return {
    name: 'delhivery',
    path: '/delhivery',
    authenticate: (_rawBody, headers) => {
      const bearer = /^Bearer +(.+)$/i.exec(header(headers, 'authorization') ?? '')?.[1];
      return sameSecret(header(headers, 'x-webhook-token') ?? bearer, token);
    },
    parse: parseDelhivery,
    kind: (body) => {
      const { StatusType, Status } = fields(fields(fields(body).Shipment).Status);
      return kindName(StatusType, Status);
    },
  };
}
