import type { CarrierEvents, CarrierScan } from '../../core/carrier';
import type { ShipmentEvent, ShipmentStatus } from '../../core/order';
import { sameSecret } from '../../core/secrets';
import { parseInstant } from '../../core/zone';
import { kindName } from '../kinds';
import { failureReason } from '../../support/failure-reasons';
import { fields, header, items, place, said } from '../scan-fields';
import { ORDER_TABLE, SHIPMENT_TABLE } from './statuses';

/** Shiprocket writes Indian time without saying so, wherever the shop is. */
const ZONE = 'Asia/Kolkata';

/** `2023-05-19 11:59:16` in scans, `23 05 2023 11:43:52` at the top. */
function instant(value: unknown): Date | undefined {
  const text = said(value)?.replace(/^(\d{2}) (\d{2}) (\d{4}) /, '$3-$2-$1 ');
  return text && /^\d{4}-\d{2}-\d{2}/.test(text) ? parseInstant(text, ZONE) : undefined;
}

function status(value: unknown, table: Map<number, ShipmentStatus>): ShipmentStatus | undefined {
  const text = said(value);
  return text && /^\d+$/.test(text) ? table.get(Number(text)) : undefined;
}

/** The label of the code in sentence case; the free text may hold the courier's phone number and stays out. */
function noteOf(state: ShipmentStatus, label: unknown, text: unknown): string | undefined {
  const words = said(label)?.toLowerCase();
  const reason = state === 'attempt_failed' ? failureReason(said(text)) : undefined;
  return (
    reason ??
    (words && /^[a-z /-]+$/.test(words) ? words.charAt(0).toUpperCase() + words.slice(1) : undefined)
  );
}

function scanEvent(raw: unknown): ShipmentEvent | undefined {
  const scan = fields(raw);
  const state = status(scan['sr-status'], SHIPMENT_TABLE);
  const at = instant(scan.date);
  if (!state || !at) return undefined;
  return {
    at,
    status: state,
    location: place(scan.location),
    note: noteOf(state, scan['sr-status-label'], scan.activity),
    source: 'shiprocket',
  };
}

/** Reads one webhook of Shiprocket: its scans, and the present state where no scan says it. */
export function parseShiprocket(body: unknown, receivedAt: Date): CarrierScan[] {
  const push = fields(body);
  const trackingNumber = said(push.awb);
  // Parcels on their way back from a customer are not the order's own.
  if (!trackingNumber || said(push.is_return) === '1') return [];
  const scans = items(push.scans);
  const events = scans.flatMap((scan) => scanEvent(scan) ?? []);
  events.sort((a, b) => a.at.getTime() - b.at.getTime());
  const present =
    status(push.shipment_status_id, SHIPMENT_TABLE) ?? status(push.current_status_id, ORDER_TABLE);
  const last = events.at(-1);
  if (present && last?.status !== present) {
    const lastScan = fields(scans.at(-1));
    // A last scan marked "NA" carries the time of the present state; otherwise the push says when it was.
    const unnamed = said(lastScan['sr-status']) === undefined ? instant(lastScan.date) : undefined;
    events.push({
      at: unnamed ?? instant(push.current_timestamp) ?? receivedAt,
      status: present,
      location: unnamed && place(lastScan.location),
      note: noteOf(present, push.shipment_status ?? push.current_status, lastScan.activity),
      source: 'shiprocket',
    });
  }
  return events.map((event) => ({ trackingNumber, event }));
}

/** Shiprocket's door. Its address may not contain the carrier's name, and it signs nothing but a fixed key. */
export function shiprocketEvents(token: string): CarrierEvents {
  return {
    name: 'shiprocket',
    path: '/carrier/a',
    authenticate: (_rawBody, headers) => sameSecret(header(headers, 'x-api-key'), token),
    parse: parseShiprocket,
    kind: (body) => kindName(fields(body).shipment_status, fields(body).shipment_status_id),
  };
}
