import { PersonalDataStore } from '../../src/store/personal-data';
import { order } from '../kit/orders';
import { startShop, type Shop } from '../kit/product';

const PHONE = '919811155001';
const INSTAGRAM = '9000000155001';
/** Everything that names the person or is theirs to say. */
const THEIRS = /9811155001|9000000155001|zebulon|quark|wisteria|umbrella|ring the bell/i;

let shop: Shop;
beforeAll(async () => (shop = await startShop()));
afterAll(() => shop.close());

const HOME = { name: 'Zebulon Quark', phone: `+${PHONE}`, line1: '7 Wisteria Lane' };

/** Where a value of theirs is stored, as `collection: field`. */
async function found(): Promise<string[]> {
  const collections = (await shop.connection.listCollections()).map(({ name }) => name);
  const places: string[] = [];
  for (const name of collections) {
    for (const document of await shop.connection.collection(name).find().toArray()) {
      for (const [field, value] of Object.entries(document)) {
        const hit = THEIRS.exec(JSON.stringify(value) ?? '');
        if (hit) places.push(`${name}: ${field} has ${hit[0]}`);
      }
    }
  }
  return [...new Set(places)];
}

async function write(user: string, body: unknown): Promise<void> {
  const { id } = await shop.conversation('whatsapp', user);
  const path = `/api/v1/conversations/${encodeURIComponent(id)}/messages`;
  expect((await shop.api('POST', path, body)).status).toBeLessThan(300);
}

it('forgets a buyer on every channel where they proved to be one, while the product runs, and nobody else', async () => {
  const made = order('DS-7001', `+${PHONE}`, { status: 'in_transit' });
  await shop.put({
    ...made,
    customer: { name: 'Zebulon Quark', phone: `+${PHONE}`, email: 'Zebulon@Quark.Example' },
    shippingAddress: { ...made.shippingAddress, ...HOME },
    meta: { gift: 'for Zebulon' },
  } as never);
  await shop.put(order('DS-7002', '+919811155002', { status: 'in_transit' }));
  await shop.connection
    .collection<{ _id: string }>('mails')
    .insertOne({ _id: 'M-1', to: 'Zebulon@Quark.Example', text: 'code', state: 'sent' } as never);

  const neighbour = shop.whatsapp('919811155002');
  await neighbour.says('where is DS-7002');
  const buyer = shop.whatsapp(PHONE);
  await buyer.says('where is my order, it is the purple umbrella');
  await buyer.says('move DS-7001 to the day after tomorrow evening');
  await buyer.says('yes');
  const elsewhere = shop.instagram(INSTAGRAM);
  await elsewhere.says('where is DS-7001, the umbrella');
  await elsewhere.says('560038');
  expect((await elsewhere.says('9811155001')).text).toContain('DS-7001');
  const onWeb = await shop.web();
  await onWeb.says('where is DS-7001, the umbrella');
  await onWeb.says('560038');
  expect((await onWeb.says('9811155001')).text).toContain('DS-7001');
  await buyer.says('talk to a person');
  await write(PHONE, { text: 'Hello Zebulon' });
  await buyer.next();
  await write(PHONE, { text: 'Quark lives behind the mill', visibility: 'note' });
  expect((await found()).length).toBeGreaterThan(5);

  const data = new PersonalDataStore(shop.connection);
  expect((await data.read(`+${PHONE}`)).conversations).toHaveLength(3);
  const erased = await data.erase('+91 98111 55001');
  expect(erased).toMatchObject({ conversations: 3, ordersUnlinked: 1, shared: [] });
  expect(await found()).toEqual([]);
  const { body } = await shop.api<{ payment: unknown; shipments: unknown[] }>(
    'GET',
    '/api/v1/orders/DS-7001',
  );
  expect(body).toMatchObject({
    payment: { method: expect.any(String) },
    shipments: [{ status: 'in_transit' }],
  });
  await expect(data.erase(`+${PHONE}`)).rejects.toMatchObject({ code: 'not_found' });

  // The process that served them holds nothing back: they are new, and what they said does not return.
  expect((await buyer.says('hello')).text).toMatch(/\w/);
  const { id } = await shop.conversation('whatsapp', PHONE);
  const transcript = await shop.api<{ items: { seq: number }[] }>(
    'GET',
    `/api/v1/conversations/${encodeURIComponent(id)}/messages`,
  );
  expect(transcript.body.items.map(({ seq }) => seq)).toEqual([1, 2]);
  expect((await found()).filter((place) => !place.includes('9811155001'))).toEqual([]);
  expect((await neighbour.says('where is DS-7002')).text).toContain('DS-7002');
}, 90_000);

it('leaves a conversation that concerns somebody else’s order too, and says which', async () => {
  const [one, other] = ['919811155011', '919811155012'];
  await shop.put(order('DS-7011', `+${one}`, { status: 'in_transit' }));
  await shop.put(order('DS-7012', `+${other}`, { status: 'in_transit' }));
  const helper = shop.instagram('9000000155011');
  for (const [number, phone] of [
    ['DS-7011', one],
    ['DS-7012', other],
  ]) {
    await helper.says(`where is ${number}`);
    await helper.says('560038');
    expect((await helper.says(phone!.slice(2))).text).toContain(number);
  }
  const { shared, conversations } = await new PersonalDataStore(shop.connection).erase(`+${one}`);
  expect(conversations).toBe(0);
  expect(shared).toEqual([(await shop.conversation('instagram', '9000000155011')).id]);
}, 60_000);
