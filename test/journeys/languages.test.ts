import { day, order } from '../kit/orders';
import { startShop, type Customer, type Shop } from '../kit/product';

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
  },
  hi: {
    status: 'मेरा ऑर्डर कहाँ है',
    date: 'DS-1201 को परसों शाम को भेज दीजिए',
    far: 'DS-1202 की डिलीवरी 20 दिन बाद कर दीजिए',
    field: 'DS-1203 का पता ठीक करना है, फ्लैट 402 है 204 नहीं',
    late: 'DS-1204 का पता बदलना है',
    give: 'DS-1205 वापस करना है, साइज़ छोटा है',
    old: 'DS-1206 वापस करना है',
  },
} as const;

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
  });
  afterAll(() => shop.close());

  const customerOf = (number: string): Customer => shop.whatsapp(phones[number]!.slice(1));
  const stored = async (number: string) => (await shop.api<Stored>('GET', `/api/v1/orders/${number}`)).body;

  it('status', async () => {
    const heard = await customerOf('DS-1200').says(lines.status);
    expect(heard.text).toMatch(/DS-1200/);
    expect(heard.text).toMatch(reads);
    expect(heard.options.length).toBeGreaterThanOrEqual(2);
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
    for (
      let step = 0;
      step < 10 && !heard.options.some((option) => option.title.startsWith(YES[locale]));
      step += 1
    ) {
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
