import type { PictureName } from './pictures';

/** A thing on the shelf. Prices in rupees. */
export interface Good {
  sku: string;
  name: string;
  price: number;
  from: string;
  picture: PictureName;
}

/** What the shop shows on its first page. */
export const GOODS: Good[] = [
  {
    sku: 'KU-IND-M',
    name: 'Indigo block-print kurta',
    price: 1299,
    from: 'Bagru, Rajasthan',
    picture: 'kurta',
  },
  {
    sku: 'MG-BLU-2',
    name: 'Blue pottery mugs, set of 2',
    price: 649,
    from: 'Jaipur, Rajasthan',
    picture: 'mugs',
  },
  { sku: 'LP-BRS', name: 'Brass table lamp', price: 3450, from: 'Moradabad, Uttar Pradesh', picture: 'lamp' },
  { sku: 'JU-TAN-38', name: 'Tan leather juttis', price: 1599, from: 'Patiala, Punjab', picture: 'juttis' },
  {
    sku: 'PL-TER',
    name: 'Terracotta planter with saucer',
    price: 549,
    from: 'Molela, Rajasthan',
    picture: 'planter',
  },
  {
    sku: 'CU-KAN-2',
    name: 'Kantha cushion covers, pair',
    price: 999,
    from: 'Shantiniketan, West Bengal',
    picture: 'cushion',
  },
  { sku: 'TS-BLK-M', name: 'Black cotton T-shirt', price: 749, from: 'Tiruppur, Tamil Nadu', picture: 'tee' },
  { sku: 'SH-KUL', name: 'Kullu wool shawl', price: 2199, from: 'Kullu, Himachal Pradesh', picture: 'shawl' },
];

/** A price as it is written in India. */
export function rupees(amount: number | string): string {
  return Number(amount).toLocaleString('en-IN', {
    style: 'currency',
    currency: 'INR',
    maximumFractionDigits: 0,
  });
}
