import { order } from '../kit/orders';
import { startShop, type Shop } from '../kit/product';
import { eventually } from '../kit/stream';

const PHONE = '919811177001';
const UPI = 'asha.rao@okaxis';

let shop: Shop;
beforeAll(async () => (shop = await startShop()));
afterAll(() => shop.close());

/** Names of the collections in which a text is stored. */
async function storedIn(text: string): Promise<string[]> {
  const collections = (await shop.connection.listCollections()).map(({ name }) => name);
  const places: string[] = [];
  for (const name of collections)
    if (JSON.stringify(await shop.connection.collection(name).find().toArray()).includes(text))
      places.push(name);
  return places;
}

it('an account for a refund is written down nowhere but sealed in the return, once the line is answered', async () => {
  await shop.put(order('DS-7701', `+${PHONE}`, { status: 'delivered', deliveredDaysAgo: 1, cod: true }));
  const asha = shop.whatsapp(PHONE);
  await asha.says('return DS-7701, I changed my mind');
  await asha.says('560038');
  let heard = await asha.says('refund please');
  for (let step = 0; step < 4 && !heard.text.includes('UPI'); step += 1) heard = await asha.says('1');
  expect(heard.text).toContain('UPI');
  const summary = await asha.says(UPI);
  expect(summary.text).toContain('as••••@okaxis');
  expect((await asha.taps('Yes')).text).toMatch(/RMA-/);

  const inbox = shop.connection.collection('inbox');
  await eventually('every line is settled', async () => (await inbox.countDocuments({ state: 'new' })) === 0);
  expect(await inbox.countDocuments({ state: 'done' })).toBeGreaterThan(4);
  expect(await storedIn(UPI)).toEqual([]);
  expect(await storedIn('as••••@okaxis')).toEqual(expect.arrayContaining(['messages', 'orders']));
}, 60_000);
