import type { OrderItem } from '../core/order';

const item = (
  sku: string,
  name: string,
  unitPrice: string,
  category: string,
  returnable = true,
): OrderItem => ({
  sku,
  name,
  quantity: 1,
  unitPrice,
  category,
  returnable,
});

/** What the demo's shop sells. */
export const CATALOGUE = {
  kurta: item('KU-IND-M', 'Indigo block-print kurta, M', '1299.00', 'apparel'),
  kurtaL: item('KU-IND-L', 'Indigo block-print kurta, L', '1299.00', 'apparel'),
  tee: item('TS-BLK-M', 'Black cotton T-shirt, M', '749.00', 'apparel'),
  dupatta: item('DU-MAR', 'Marigold chanderi dupatta', '899.00', 'apparel'),
  shawl: item('SH-KUL', 'Kullu wool shawl', '2199.00', 'apparel'),
  juttis: item('JU-TAN-38', 'Tan leather juttis, 38', '1599.00', 'footwear'),
  mugs: item('MG-BLU-2', 'Blue pottery mugs, set of 2', '649.00', 'home'),
  planter: item('PL-TER', 'Terracotta planter with saucer', '549.00', 'home'),
  bedcover: item('BC-AJR-Q', 'Ajrakh bedcover, queen', '2799.00', 'home'),
  lamp: item('LP-BRS', 'Brass table lamp', '3450.00', 'home'),
  cushions: item('CU-KAN-2', 'Kantha cushion covers, pair', '999.00', 'home'),
  earrings: item('ER-SIL', 'Oxidised silver earrings', '459.00', 'jewellery', false),
  soap: item('SO-NEE-4', 'Neem and tulsi soap, box of 4', '320.00', 'beauty', false),
  tea: item('TE-MAS', 'Masala chai, 250 g', '275.00', 'food', false),
} satisfies Record<string, OrderItem>;

/** Key of a thing in the catalogue. */
export type Product = keyof typeof CATALOGUE;
