import { createHmac } from 'node:crypto';
import { aftershipEvents, parseAftership } from '../../src/carriers/aftership';
import { delhiveryEvents, parseDelhivery } from '../../src/carriers/delhivery/events';
import { carrierDoors } from '../../src/carriers/doors';
import { failureReason } from '../../src/support/failure-reasons';
import { parseShiprocket, shiprocketEvents } from '../../src/carriers/shiprocket/events';
import { parseShopify, shopifyEvents } from '../../src/carriers/shopify/events';
import type { CarrierScan } from '../../src/core/carrier';

const UTC = { timeZone: 'UTC', country: 'IN' };

const NOW = new Date('2026-11-22T06:00:00Z');
const short = (scans: CarrierScan[]) => scans.map(({ event }) => `${event.at.toISOString()} ${event.status}`);

/** A push of Shiprocket with the parts a test is about. */
function push(over: Record<string, unknown> = {}) {
  return {
    awb: '59600000001',
    courier_name: 'Xpress Surface',
    current_status: 'IN TRANSIT',
    current_status_id: 20,
    shipment_status: 'IN TRANSIT',
    shipment_status_id: 18,
    current_timestamp: '21 11 2026 10:00:00',
    is_return: 0,
    scans: [
      { date: '2026-11-20 09:30:00', 'sr-status': '42', 'sr-status-label': 'PICKED UP', location: 'Hosur' },
      {
        date: '2026-11-21 10:00:00',
        'sr-status': '18',
        'sr-status-label': 'IN TRANSIT',
        location: 'Bengaluru',
      },
    ],
    ...over,
  };
}

describe('a push of Shiprocket', () => {
  test('becomes its scans, in Indian time, oldest first', () => {
    const scans = parseShiprocket(push({ scans: push().scans.reverse() }), NOW);
    expect(short(scans)).toEqual(['2026-11-20T04:00:00.000Z shipped', '2026-11-21T04:30:00.000Z in_transit']);
    expect(scans[0]).toMatchObject({
      trackingNumber: '59600000001',
      event: { location: 'Hosur', note: 'Picked up', source: 'shiprocket' },
    });
  });

  test.each([
    [
      '15 in the shipment table is a new pick-up date',
      { shipment_status_id: 15, current_status_id: 13 },
      'packed',
    ],
    [
      '19 in the shipment table is out for pick-up',
      { shipment_status_id: 19, current_status_id: 4 },
      'packed',
    ],
    [
      '20 in the shipment table is a failed pick-up',
      { shipment_status_id: 20, current_status_id: 20 },
      'packed',
    ],
    [
      '15 in the order table is return to origin',
      { shipment_status_id: undefined, current_status_id: 15 },
      'rto_initiated',
    ],
    [
      '19 in the order table is out for delivery',
      { shipment_status_id: 'NA', current_status_id: 19 },
      'out_for_delivery',
    ],
    [
      '20 in the order table is in transit',
      { shipment_status_id: null, current_status_id: 20 },
      'in_transit',
    ],
    [
      '36 in the order table is undelivered',
      { shipment_status_id: undefined, current_status_id: 36 },
      'attempt_failed',
    ],
    ['numbers may come as text', { shipment_status_id: '7' }, 'delivered'],
  ])('%s', (_, over, expected) => {
    expect(short(parseShiprocket(push({ ...over, scans: [] }), NOW))).toEqual([
      `2026-11-21T04:30:00.000Z ${expected}`,
    ]);
  });

  test('a scan that says NA leaves its state to the push and keeps its time', () => {
    const scans = parseShiprocket(
      push({
        shipment_status_id: 9,
        current_timestamp: '22 11 2026 09:00:00',
        scans: [
          {
            date: '2026-11-22 08:15:00',
            status: 'NA',
            'sr-status': 'NA',
            location: 'NA',
            activity: 'RTO Initiated',
          },
        ],
      }),
      NOW,
    );
    expect(short(scans)).toEqual(['2026-11-22T02:45:00.000Z rto_initiated']);
    expect(scans[0]?.event.location).toBeUndefined();
  });

  test('the same push twice reads to equal scans, so that the second changes nothing', () => {
    expect(parseShiprocket(push(), NOW)).toEqual(parseShiprocket(push(), new Date('2026-11-23T00:00:00Z')));
  });

  test("a failed attempt says why in our words and never shows the courier's phone", () => {
    const [scan] = parseShiprocket(
      push({
        shipment_status_id: 21,
        scans: [
          {
            date: '2026-11-22 18:02:10',
            'sr-status': '21',
            'sr-status-label': 'UNDELIVERED',
            activity: 'Consignee unavailable, call FE 9876543210',
            location: 'Pune East 9876543210',
          },
        ],
      }),
      NOW,
    );
    expect(scan?.event).toMatchObject({
      status: 'attempt_failed',
      note: 'Nobody was there',
      location: 'Pune East',
    });
    expect(JSON.stringify(scan)).not.toContain('9876543210');
  });

  test("parcels on their way back from a customer are not the order's", () => {
    expect(parseShiprocket(push({ is_return: 1 }), NOW)).toEqual([]);
  });

  test.each([
    [null],
    ['x'],
    [[]],
    [{}],
    [{ awb: {} }],
    [push({ scans: 'none', shipment_status_id: 999, current_status_id: 999 })],
  ])('says nothing for %j', (body) => expect(parseShiprocket(body, NOW)).toEqual([]));
});

describe('a scan of Delhivery', () => {
  const scan = (type: string, status: string, over: Record<string, unknown> = {}) =>
    parseDelhivery({
      Shipment: {
        AWB: '1490811111111',
        NSLCode: 'X-UCI',
        ...over,
        Status: {
          Status: status,
          StatusType: type,
          StatusDateTime: '2026-11-20T17:10:42.767',
          StatusLocation: 'Bengaluru_Hub',
          ...(over.Status as object),
        },
      },
    });

  test.each([
    ['UD', 'Manifested', 'packed'],
    ['UD', 'Picked Up', 'shipped'],
    ['UD', 'In Transit', 'in_transit'],
    ['UD', 'Pending', 'in_transit'],
    ['UD', 'Dispatched', 'out_for_delivery'],
    ['RT', 'In Transit', 'rto_initiated'],
    ['DL', 'Delivered', 'delivered'],
    ['DL', 'RTO', 'rto_delivered'],
    ['CN', 'Closed', 'cancelled'],
  ])('%s %s is %s', (type, status, expected) => {
    expect(short(scan(type, status))).toEqual([`2026-11-20T11:40:42.767Z ${expected}`]);
  });

  test('pending with a code of the end of the day is a failed attempt', () => {
    const [failed] = scan('UD', 'Pending', { NSLCode: 'EOD-74', Status: { Instructions: 'Door locked' } });
    expect(failed?.event).toMatchObject({ status: 'attempt_failed', note: 'Nobody was there' });
  });

  test('a time with an offset is taken as it says', () => {
    expect(
      short(scan('DL', 'Delivered', { Status: { StatusDateTime: '2026-05-05T10:30:00+05:30' } })),
    ).toEqual(['2026-05-05T05:00:00.000Z delivered']);
  });

  test('what it does not know says nothing', () => {
    expect(scan('PP', 'Open')).toEqual([]);
    expect(scan('UD', 'Levitating')).toEqual([]);
    expect(parseDelhivery(null)).toEqual([]);
  });
});

describe('an event of AfterShip', () => {
  const event = (msg: Record<string, unknown>) => ({
    event: 'tracking_update',
    event_id: 'e',
    ts: 1_795_327_200,
    msg,
  });

  test('becomes its checkpoints and the present state', () => {
    const scans = parseAftership(
      event({
        tracking_number: 'T1',
        tag: 'OutForDelivery',
        checkpoints: [{ checkpoint_time: '2026-11-20T10:00:00', tag: 'InTransit', location: 'Pune' }],
      }),
      'Asia/Kolkata',
      NOW,
    );
    expect(short(scans)).toEqual([
      '2026-11-20T04:30:00.000Z in_transit',
      '2026-11-22T06:00:00.000Z out_for_delivery',
    ]);
  });

  test('an unknown tag and another envelope say nothing', () => {
    expect(parseAftership(event({ tracking_number: 'T1', tag: 'Teleported' }), 'Asia/Kolkata', NOW)).toEqual(
      [],
    );
    expect(parseAftership({ event: 'return.approved', data: {} }, 'Asia/Kolkata', NOW)).toEqual([]);
  });

  test('a parcel going back is told from its finer state', () => {
    const scans = parseAftership(
      event({ tracking_number: 'T1', tag: 'Exception', subtag: 'Exception_010' }),
      'UTC',
      NOW,
    );
    expect(scans[0]?.event.status).toBe('rto_initiated');
  });
});

describe('a fulfilment of Shopify', () => {
  const fulfilment = (over: Record<string, unknown>) => ({
    id: 1,
    status: 'success',
    updated_at: '2026-11-20T10:00:00+05:30',
    tracking_number: 'A1',
    tracking_numbers: ['A1', 'A2'],
    ...over,
  });

  test('follows the parcel, once for each tracking number', () => {
    const scans = parseShopify(fulfilment({ shipment_status: 'out_for_delivery' }), 'Asia/Kolkata');
    expect(scans.map((scan) => scan.trackingNumber)).toEqual(['A1', 'A2']);
    expect(scans[0]?.event).toMatchObject({ status: 'out_for_delivery' });
  });

  test("the shop's own work being done is not a delivery", () => {
    expect(parseShopify(fulfilment({ shipment_status: null }), 'UTC')).toEqual([]);
  });
});

describe('the doors', () => {
  const body = Buffer.from('{"a":1}');
  const base64 = (secret: string) => createHmac('sha256', secret).update(body).digest('base64');

  test('only those with a secret are open', () => {
    expect(carrierDoors({}, UTC)).toEqual([]);
    expect(carrierDoors({ shiprocket: 'a', shopify: 'b' }, UTC).map((door) => door.path)).toEqual([
      '/carrier/a',
      '/shopify',
    ]);
  });

  test("Shiprocket's address holds none of the words it refuses", () => {
    expect(shiprocketEvents('t').path).not.toMatch(/shiprocket|kartrocket|sr|kr/i);
  });

  test.each([
    ['Shiprocket', shiprocketEvents('s'), { 'x-api-key': 's' }, { 'x-api-key': 't' }],
    ['Delhivery', delhiveryEvents('s'), { 'x-webhook-token': 's' }, { 'x-webhook-token': 's ' }],
    ['Delhivery by bearer', delhiveryEvents('s'), { authorization: 'Bearer s' }, { authorization: 's' }],
    [
      'AfterShip',
      aftershipEvents('s', 'UTC'),
      { 'aftership-hmac-sha256': base64('s') },
      { 'aftership-hmac-sha256': base64('t') },
    ],
    [
      'Shopify',
      shopifyEvents('s', UTC),
      { 'x-shopify-hmac-sha256': base64('s') },
      { 'x-shopify-hmac-sha256': base64('t') },
    ],
    [
      'Shopify with a new secret',
      shopifyEvents('old,s', UTC),
      { 'x-shopify-hmac-sha256': base64('s') },
      { 'x-shopify-hmac-sha256': base64('o') },
    ],
  ])('%s opens to its own secret only', (_, door, right, wrong) => {
    expect(door.authenticate(body, right)).toBe(true);
    expect(door.authenticate(body, wrong)).toBe(false);
    expect(door.authenticate(body, {})).toBe(false);
  });
});

test.each([
  ['Consignee refused to accept', 'Refused at the door'],
  ['COD amount not ready', 'Payment was not ready'],
  ['Wrong pin code', 'Address incomplete or not found'],
  ['Incomplete address', 'Address incomplete or not found'],
  ['Customer asked for future delivery', 'Customer asked for another day'],
  ['something else entirely', undefined],
  [undefined, undefined],
])('a failed attempt because of "%s"', (text, expected) => {
  expect(failureReason(text)).toBe(expected);
});
