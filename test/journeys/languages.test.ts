import { day, order } from '../kit/orders';
import { startShop, type Customer, type Heard, type Shop } from '../kit/product';

const HINDI = /[\u0900-\u097f]{4}/;
const HINGLISH = /\b(hai|hain|kar|karein|ka|ki|ko|mein|nahi|aap|aapka)\b/i;

const YES = { 'hi-Latn': 'Haan', hi: 'हाँ' } as const;
const LINES = {
  'hi-Latn': {
    status: 'mera order kahan hai',
    date: 'DS-1201 ko parso shaam ko deliver karna',
    far: 'DS-1202 ki delivery date 20 din baad kar do',
    field: 'DS-1203 ka pincode sahi hai par flat 402 hai 204 nahi',
    late: 'DS-1204 ka address change karna hai',
    give: 'DS-1205 return karna hai, size chhota hai',
    old: 'DS-1206 wapas karna hai',
    offered: 'DS-1208 ki delivery date badalni hai',
    whole: 'DS-1209 ka address badalna hai',
    one: 'DS-1210 ka neela kurta wapas karna hai, pasand nahi aaya',
    unknown: 'DS-9999 kahan hai',
  },
  hi: {
    status: 'मेरा ऑर्डर कहाँ है',
    date: 'DS-1201 को परसों शाम को भेज दीजिए',
    far: 'DS-1202 की डिलीवरी 20 दिन बाद कर दीजिए',
    field: 'DS-1203 का पता ठीक करना है, फ्लैट 402 है 204 नहीं',
    late: 'DS-1204 का पता बदलना है',
    give: 'DS-1205 वापस करना है, साइज़ छोटा है',
    old: 'DS-1206 वापस करना है',
    offered: 'DS-1208 की डिलीवरी की तारीख़ बदलनी है',
    whole: 'DS-1209 का पता बदलना है',
    one: 'DS-1210 का नीला कुर्ता वापस करना है, पसंद नहीं आया',
    unknown: 'DS-9999 कहाँ है',
  },
} as const;

const TWO = [
  { sku: 'KURTA', name: 'Blue kurta' },
  { sku: 'DUPATTA', name: 'Red dupatta' },
];

interface Stored {
  shippingAddress: { line1: string };
  requests: { type: string; state: string; date?: string; slot?: string }[];
}

describe.each(['hi-Latn', 'hi'] as const)('the four requests on WhatsApp in %s', (locale) => {
  let shop: Shop;
  const lines = LINES[locale];
  const reads = locale === 'hi' ? HINDI : HINGLISH;
  const phones: Record<string, string> = {};
  beforeAll(async () => {
    shop = await startShop();
    const put = async (number: string, options: Parameters<typeof order>[2]) => {
      phones[number] = `+91982220${number.slice(3)}0`;
      await shop.put(order(number, phones[number]!, options));
    };
    await put('DS-1200', { status: 'in_transit' });
    await put('DS-1201', { status: 'in_transit' });
    await put('DS-1202', { status: 'in_transit' });
    await put('DS-1203', { status: null });
    await put('DS-1204', { status: 'delivered' });
    await put('DS-1205', { status: 'delivered', deliveredDaysAgo: 1 });
    await put('DS-1206', { status: 'delivered', deliveredDaysAgo: 15 });
    phones['DS-1207'] = phones['DS-1217'] = '+919822200701';
    for (const number of ['DS-1207', 'DS-1217'])
      await shop.put(order(number, phones[number]!, { status: 'in_transit' }));
    await put('DS-1208', { status: 'shipped' });
    await put('DS-1209', { status: null });
    await put('DS-1210', { status: 'delivered', deliveredDaysAgo: 1, items: TWO });
    await put('DS-1211', { statuses: ['delivered', 'in_transit'], items: TWO });
  });
  afterAll(() => shop.close());

  const asksToConfirm = (heard: Heard) =>
    heard.options.some((option) => option.title.startsWith(YES[locale]));
  const customerOf = (number: string): Customer => shop.whatsapp(phones[number]!.slice(1));
  const stored = async (number: string) => (await shop.api<Stored>('GET', `/api/v1/orders/${number}`)).body;

  it('status', async () => {
    const heard = await customerOf('DS-1200').says(lines.status);
    expect(heard.text).toMatch(/DS-1200/);
    expect(heard.text).toMatch(reads);
    expect(heard.options.length).toBeGreaterThanOrEqual(2);
  });

  it('status of several orders: a list, and a number picks one', async () => {
    const customer = customerOf('DS-1207');
    const list = await customer.says(lines.status);
    expect(list.text).toMatch(reads);
    expect(list.options.map((option) => option.title).join()).toMatch(/DS-1207.*DS-1217|DS-1217.*DS-1207/);
    expect((await customer.says('1')).text).toMatch(/DS-12[01]7/);
  });

  it('status of a split order: each parcel', async () => {
    const heard = await customerOf('DS-1211').says(lines.status);
    expect(heard.text).toMatch(reads);
    expect(heard.text).toMatch(/Blue kurta/);
    expect(heard.text).toMatch(/Red dupatta/);
  });

  it('a stranger learns nothing: a number that exists reads like one that does not', async () => {
    const heard: string[] = [];
    for (const [number, phone] of [
      ['DS-1200', '919822299901'],
      ['DS-9999', '919822299902'],
    ] as const) {
      const text = (await shop.whatsapp(phone).says(lines.unknown.replace('DS-9999', number))).text;
      expect(text).toMatch(reads);
      expect(text).not.toMatch(/Hosur|T-shirt|Lake View|Asha|1,?499/);
      heard.push(text.replaceAll(number, 'NUMBER'));
    }
    expect(heard[0]).toBe(heard[1]);
  });

  it('a date chosen from those offered', async () => {
    const customer = customerOf('DS-1208');
    const offered = await customer.says(lines.offered);
    expect(offered.text).toMatch(reads);
    let heard = await customer.says('2');
    for (let step = 0; step < 3 && !asksToConfirm(heard); step += 1) heard = await customer.says('1');
    await customer.taps(YES[locale]);
    expect((await stored('DS-1208')).requests).toMatchObject([{ type: 'reschedule', state: 'requested' }]);
  });

  it('a whole address', async () => {
    const customer = customerOf('DS-1209');
    let heard = await customer.says(lines.whole);
    if (/PIN/.test(heard.text)) heard = await customer.says('560038');
    expect(heard.text).toMatch(reads);
    heard = await customer.says('Flat 12, Palm Court, 5th Cross, Indiranagar, Bengaluru, Karnataka 560038');
    expect(heard.text).toMatch(/Palm Court/);
    await customer.taps(YES[locale]);
    expect((await stored('DS-1209')).shippingAddress.line1).toMatch(/Palm Court|Flat 12/);
  });

  it('one of two items goes back, and not twice', async () => {
    const customer = customerOf('DS-1210');
    let heard = await customer.says(lines.one);
    for (let step = 0; step < 10 && !asksToConfirm(heard); step += 1) {
      const kurta = heard.options.find((option) => /kurta/i.test(option.title));
      heard = /PIN/.test(heard.text)
        ? await customer.says('560038')
        : kurta
          ? await customer.taps(kurta.title)
          : await customer.says('1');
    }
    expect(heard.text).toMatch(/Blue kurta/);
    expect(heard.text).not.toMatch(/Red dupatta/);
    await customer.taps(YES[locale]);
    const returns = () =>
      shop.api<{ items: { items: unknown[] }[] }>('GET', '/api/v1/returns?orderNumber=DS-1210');
    expect((await returns()).body.items.map(({ items }) => items)).toEqual([[{ sku: 'KURTA', quantity: 1 }]]);
    const again = await customer.says(lines.one);
    expect(again.text).toMatch(reads);
    expect((await returns()).body.items).toHaveLength(1);
  });

  it('another date: confirmed, requested', async () => {
    const customer = customerOf('DS-1201');
    const asked = await customer.says(lines.date);
    expect(asked.text).toMatch(reads);
    expect(asked.options[0]?.title.startsWith(YES[locale])).toBe(true);
    const done = await customer.says(YES[locale].toLowerCase());
    expect(done.text).toMatch(reads);
    expect((await stored('DS-1201')).requests).toMatchObject([
      { type: 'reschedule', state: 'requested', date: day(2), slot: 'evening' },
    ]);
  });

  it('a date that is too far is refused', async () => {
    const heard = await customerOf('DS-1202').says(lines.far);
    expect(heard.text).toMatch(reads);
    expect((await stored('DS-1202')).requests).toEqual([]);
  });

  it('one field of the address, after the PIN code', async () => {
    const customer = customerOf('DS-1203');
    let heard = await customer.says(lines.field);
    expect(heard.text).toMatch(/PIN/);
    heard = await customer.says('560038');
    expect(heard.text).toMatch(/402/);
    await customer.taps(YES[locale]);
    expect((await stored('DS-1203')).shippingAddress.line1).toMatch(/402/);
  });

  it('too late for the address: refused before any proof is asked', async () => {
    const heard = await customerOf('DS-1204').says(lines.late);
    expect(heard.text).toMatch(reads);
    expect(heard.text).not.toMatch(/PIN/);
  });

  it('a return, with its number', async () => {
    const customer = customerOf('DS-1205');
    let heard = await customer.says(lines.give);
    for (let step = 0; step < 10 && !asksToConfirm(heard); step += 1) {
      heard = /PIN/.test(heard.text) ? await customer.says('560038') : await customer.says('1');
    }
    heard = await customer.taps(YES[locale]);
    expect(heard.text).toMatch(/RMA-/);
    expect(heard.text).toMatch(reads);
    expect((await stored('DS-1205')).requests).toMatchObject([{ type: 'return', state: 'requested' }]);
  });

  it('a return outside the window is refused', async () => {
    const heard = await customerOf('DS-1206').says(lines.old);
    expect(heard.text).toMatch(reads);
    expect(heard.text).toMatch(/7/);
    expect((await stored('DS-1206')).requests).toEqual([]);
  });
});
