import type { Product } from './catalogue';
import { way, type PlannedOrder, type PlannedParcel } from './plan';

const other = (
  number: string,
  who: number,
  product: Product,
  parcel: Omit<PlannedParcel, 'products'> | undefined,
  more: Partial<PlannedOrder> = {},
): PlannedOrder => ({
  number,
  who,
  placedDaysAgo: 4,
  products: [[product, 1]],
  parcels: parcel ? [{ products: [product], ...parcel }] : [],
  ...more,
});

/** Orders of everybody else: between them every state a parcel can be in. */
export const OTHERS_ORDERS: PlannedOrder[] = [
  other('DS-1010', 0, 'kurta', undefined, { placedDaysAgo: 0.1 }),
  other(
    'DS-1011',
    1,
    'mugs',
    { carrier: 'Delhivery', status: 'pending', scans: [], promised: 4, expected: 4 },
    { placedDaysAgo: 0.6, cod: true },
  ),
  other(
    'DS-1012',
    2,
    'shawl',
    { carrier: 'Blue Dart', scans: way('Kullu', 'Hyderabad', 0.3, 'packed'), promised: 4, expected: 4 },
    { placedDaysAgo: 1 },
  ),
  other(
    'DS-1013',
    3,
    'lamp',
    { carrier: 'Delhivery', scans: way('Moradabad', 'Delhi', 1, 'shipped'), promised: 2, expected: 2 },
    { placedDaysAgo: 2 },
  ),
  other(
    'DS-1014',
    4,
    'cushions',
    { carrier: 'Ecom Express', scans: way('Jaipur', 'Kolkata', 3, 'in_transit'), promised: 1, expected: 1 },
    { cod: true },
  ),
  other('DS-1015', 5, 'dupatta', {
    carrier: 'Delhivery',
    scans: way('Jaipur', 'Chennai', 2.2, 'out_for_delivery'),
    promised: 0,
    expected: 0,
  }),
  other(
    'DS-1016',
    6,
    'juttis',
    {
      carrier: 'Delhivery',
      scans: [
        ...way('Jaipur', 'Chandigarh', 4, 'out_for_delivery'),
        [1, 'attempt_failed', 'Chandigarh', 'Address not found'],
        [0, 'attempt_failed', 'Chandigarh', 'Phone switched off'],
      ],
      promised: -1,
      expected: 1,
      attempts: 2,
    },
    { cod: true, placedDaysAgo: 6 },
  ),
  other(
    'DS-1017',
    7,
    'tee',
    { carrier: 'Blue Dart', scans: way('Jaipur', 'Bhopal', 3.4, 'delivered'), promised: 0, expected: -1 },
    { placedDaysAgo: 5 },
  ),
  other(
    'DS-1018',
    8,
    'bedcover',
    { carrier: 'Delhivery', scans: way('Bhuj', 'Ahmedabad', 11.4, 'delivered'), promised: -8, expected: -9 },
    { placedDaysAgo: 13, cod: true },
  ),
  other(
    'DS-1019',
    9,
    'planter',
    {
      carrier: 'Ecom Express',
      status: 'exception',
      scans: [
        ...way('Jaipur', 'Nagpur', 4, 'in_transit'),
        [0.5, 'exception', 'Nagpur hub', 'Parcel damaged in transit, under inspection'],
      ],
      promised: 0,
      expected: 3,
    },
    { placedDaysAgo: 6 },
  ),
  other(
    'DS-1020',
    10,
    'kurtaL',
    {
      carrier: 'Delhivery',
      status: 'rto_initiated',
      scans: [
        ...way('Jaipur', 'Visakhapatnam', 7, 'out_for_delivery'),
        [4, 'attempt_failed', 'Visakhapatnam', 'Customer refused'],
        [1, 'rto_initiated', 'Visakhapatnam hub', 'Going back to the shop'],
      ],
      promised: -4,
      attempts: 3,
    },
    { placedDaysAgo: 9, cod: true },
  ),
  other(
    'DS-1021',
    11,
    'mugs',
    {
      carrier: 'Delhivery',
      status: 'rto_delivered',
      scans: [
        ...way('Jaipur', 'Jaipur', 14, 'out_for_delivery'),
        [9, 'rto_initiated', 'Jaipur hub'],
        [6, 'rto_delivered', 'Jaipur warehouse', 'Back at the shop'],
      ],
      promised: -11,
      attempts: 3,
    },
    { placedDaysAgo: 16, payment: 'refunded' },
  ),
  other(
    'DS-1022',
    0,
    'soap',
    {
      carrier: 'Blue Dart',
      status: 'cancelled',
      scans: [[2, 'cancelled', 'Jaipur warehouse', 'Cancelled by the customer']],
    },
    { placedDaysAgo: 3, payment: 'refunded' },
  ),
  other(
    'DS-1023',
    1,
    'lamp',
    {
      carrier: 'Ecom Express',
      status: 'lost',
      scans: [
        ...way('Moradabad', 'Mumbai', 14, 'in_transit'),
        [3, 'lost', 'Mumbai hub', 'Could not be traced'],
      ],
      promised: -9,
    },
    { placedDaysAgo: 16 },
  ),
  other(
    'DS-1024',
    2,
    'tea',
    { carrier: 'Delhivery', scans: way('Kochi', 'Hyderabad', 5.4, 'delivered'), promised: -2, expected: -3 },
    { placedDaysAgo: 7, cod: true },
  ),
  other(
    'DS-1025',
    3,
    'kurta',
    {
      carrier: 'Delhivery',
      scans: [
        ...way('Jaipur', 'Delhi', 5, 'in_transit'),
        [0.4, 'in_transit', 'Delhi hub', 'Dense fog: night vehicles held'],
      ],
      promised: -2,
      expected: 1,
    },
    { placedDaysAgo: 7 },
  ),
  other(
    'DS-1026',
    4,
    'shawl',
    { carrier: 'Blue Dart', scans: way('Kullu', 'Kolkata', 8.4, 'delivered'), promised: -5, expected: -6 },
    { placedDaysAgo: 10, payment: 'partially_refunded' },
  ),
  other(
    'DS-1027',
    5,
    'cushions',
    { carrier: 'Delhivery', scans: way('Jaipur', 'Chennai', 2.6, 'in_transit'), promised: 2, expected: 2 },
    { placedDaysAgo: 3 },
  ),
  {
    number: 'DS-1028',
    who: 6,
    placedDaysAgo: 5,
    cod: true,
    products: [
      ['kurta', 1],
      ['juttis', 1],
      ['tea', 2],
    ],
    parcels: [
      {
        products: ['kurta', 'tea'],
        carrier: 'Delhivery',
        scans: way('Jaipur', 'Chandigarh', 2.2, 'out_for_delivery'),
        promised: 0,
        expected: 0,
      },
      {
        products: ['juttis'],
        carrier: 'Blue Dart',
        scans: way('Agra', 'Chandigarh', 1, 'shipped'),
        promised: 2,
        expected: 2,
      },
    ],
  },
  other(
    'DS-1029',
    8,
    'dupatta',
    { carrier: 'Delhivery', scans: way('Jaipur', 'Ahmedabad', 5.4, 'delivered'), promised: -2, expected: -3 },
    { placedDaysAgo: 7 },
  ),
  other('DS-1030', 11, 'bedcover', undefined, { placedDaysAgo: 0.4, cod: true }),
];
