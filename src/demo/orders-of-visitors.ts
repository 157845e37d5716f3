import { RAIN, way, type PlannedOrder } from './plan';

/** Orders of the three simulator customers. */
export const VISITORS_ORDERS: PlannedOrder[] = [
  {
    number: 'DS-1001',
    who: 'asha',
    placedDaysAgo: 3,
    products: [
      ['kurta', 1],
      ['dupatta', 1],
    ],
    parcels: [
      {
        products: ['kurta', 'dupatta'],
        carrier: 'Delhivery',
        scans: way('Jaipur', 'Bengaluru', 2.5, 'in_transit'),
        promised: 1,
        expected: 1,
      },
    ],
  },
  {
    number: 'DS-1002',
    who: 'asha',
    placedDaysAgo: 7,
    products: [
      ['juttis', 1],
      ['tee', 2],
    ],
    parcels: [
      {
        products: ['juttis', 'tee'],
        carrier: 'Blue Dart',
        scans: way('Jaipur', 'Bengaluru', 4.4, 'delivered'),
        promised: -1,
        expected: -2,
      },
    ],
  },
  { number: 'DS-1003', who: 'asha', placedDaysAgo: 0.2, products: [['bedcover', 1]], parcels: [] },
  {
    number: 'DS-1004',
    who: 'asha',
    placedDaysAgo: 4,
    cod: true,
    products: [['mugs', 2]],
    parcels: [
      {
        products: ['mugs'],
        carrier: 'Ecom Express',
        scans: way('Jaipur', 'Bengaluru', 2.2, 'out_for_delivery'),
        promised: 0,
        expected: 0,
      },
    ],
  },
  {
    number: 'DS-1005',
    who: 'asha',
    placedDaysAgo: 6,
    products: [
      ['planter', 2],
      ['lamp', 1],
    ],
    parcels: [
      {
        products: ['planter'],
        carrier: 'Delhivery',
        scans: way('Jaipur', 'Bengaluru', 4.4, 'delivered'),
        promised: -1,
        expected: -2,
      },
      {
        products: ['lamp'],
        carrier: 'Delhivery',
        scans: [
          ...way('Moradabad', 'Nagpur', 4, 'in_transit'),
          [0.4, 'exception', 'Nagpur hub', RAIN],
          [0.1, 'in_transit', 'Nagpur hub', 'Moving again'],
        ],
        promised: -1,
        expected: 2,
      },
    ],
  },
  {
    number: 'DS-1006',
    who: 'asha',
    placedDaysAgo: 24,
    products: [['shawl', 1]],
    parcels: [
      {
        products: ['shawl'],
        carrier: 'Blue Dart',
        scans: way('Kullu', 'Bengaluru', 22.4, 'delivered'),
        promised: -19,
        expected: -20,
      },
    ],
  },
  {
    number: 'DS-1007',
    who: 'vikram',
    placedDaysAgo: 5,
    cod: true,
    products: [['kurtaL', 1]],
    parcels: [
      {
        products: ['kurtaL'],
        carrier: 'Delhivery',
        scans: [
          ...way('Jaipur', 'Lucknow', 3.2, 'out_for_delivery'),
          [0, 'attempt_failed', 'Lucknow', 'Nobody at home'],
        ],
        promised: 0,
        expected: 0,
        attempts: 1,
      },
    ],
  },
  {
    number: 'DS-1008',
    who: 'neha',
    placedDaysAgo: 6,
    products: [['cushions', 1]],
    parcels: [
      {
        products: ['cushions'],
        carrier: 'Ecom Express',
        scans: [
          ...way('Kolkata', 'Mumbai', 4.2, 'in_transit'),
          [0.3, 'exception', 'Mumbai hub', RAIN],
          [0.1, 'in_transit', 'Mumbai hub', 'Moving again'],
        ],
        promised: -1,
        expected: 1,
      },
    ],
  },
  {
    number: 'DS-1009',
    who: 'neha',
    placedDaysAgo: 5,
    products: [
      ['earrings', 1],
      ['tee', 1],
    ],
    parcels: [
      {
        products: ['earrings', 'tee'],
        carrier: 'Delhivery',
        scans: way('Jaipur', 'Pune', 3.4, 'delivered'),
        promised: 0,
        expected: -1,
      },
    ],
  },
];
