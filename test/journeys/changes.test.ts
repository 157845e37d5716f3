import { day, order } from '../kit/orders';
import { startShop, type Customer, type Shop } from '../kit/product';
import { prove } from '../kit/prove';

/** "13 December", as people type a date. */
function inWords(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
}

interface Stored {
  shippingAddress: { line1: string; phone: string; landmark?: string };
  requests: { id: string; type: string; state: string; date?: string; slot?: string; rma?: string }[];
}

/** New date, corrected address, return: on WhatsApp, Instagram and web, in English. */
describe.each(['whatsapp', 'instagram', 'web'] as const)('changes on %s', (channel) => {
  let shop: Shop;
  let people = 0;
  beforeAll(async () => {
    shop = await startShop();
  });
  afterAll(() => shop.close());

  /** A customer with one order of their own. */
  async function meet(
    number: string,
    options: Parameters<typeof order>[2],
  ): Promise<{ customer: Customer; owner: { pin: string; phone: string } }> {
    people += 1;
    const phone = `+9198${channel.length}${String(1_000_000 + people).padStart(7, '0')}`;
    await shop.put(order(number, phone, options));
    const customer =
      channel === 'whatsapp'
        ? shop.whatsapp(phone.slice(1))
        : channel === 'instagram'
          ? shop.instagram(`77000000000${people}`)
          : await shop.web();
    return { customer, owner: { pin: '560038', phone } };
  }
  const stored = async (number: string) => (await shop.api<Stored>('GET', `/api/v1/orders/${number}`)).body;

  it('moves a delivery to a free day after one confirmation, and says requested until the carrier has accepted', async () => {
    const { customer, owner } = await meet('DS-1101', { status: 'in_transit' });
    const asked = await prove(
      shop,
      customer,
      await customer.says('move DS-1101 to the day after tomorrow in the evening'),
      owner,
    );
    expect(asked.text).toMatch(/DS-1101/);
    expect((await stored('DS-1101')).requests).toEqual([]);
    const done = await customer.taps('Yes');
    expect(done.text).toMatch(/request|asked/i);
    const [request] = (await stored('DS-1101')).requests;
    expect(request).toMatchObject({ type: 'reschedule', state: 'requested', date: day(2), slot: 'evening' });
    const answer = await fetch(`${shop.product.url}/webhooks/carrier/instructions`, {
      method: 'POST',
      headers: { authorization: 'Bearer carrier-token', 'content-type': 'application/json' },
      body: JSON.stringify({ id: request!.id, status: 'accepted', reference: 'R1' }),
    });
    expect(answer.status).toBe(200);
    const told = await customer.next();
    expect(told.text).toMatch(/accepted/);
    expect(told.text).toMatch(/DS-1101/);
    expect((await stored('DS-1101')).requests[0]!.state).toBe('accepted');
  });

  it('offers the days there are, and takes one by its number', async () => {
    const { customer, owner } = await meet('DS-1102', { status: 'shipped' });
    const offered = await prove(
      shop,
      customer,
      await customer.says('I want to change the delivery date of DS-1102'),
      owner,
    );
    expect(offered.options.length + (offered.text.match(/^\d\./gm)?.length ?? 0)).toBeGreaterThanOrEqual(3);
    let heard = await customer.says('2');
    for (let step = 0; step < 3 && !heard.options.some((option) => option.title.startsWith('Yes')); step += 1)
      heard = await customer.says('1');
    expect(heard.text).toMatch(/DS-1102/);
    await customer.taps('Yes');
    expect((await stored('DS-1102')).requests).toMatchObject([{ type: 'reschedule', state: 'requested' }]);
  });

  it('refuses a day that is too far with the reason and the nearest one', async () => {
    const { customer, owner } = await meet('DS-1103', { status: 'in_transit' });
    const heard = await prove(
      shop,
      customer,
      await customer.says(`move DS-1103 to ${inWords(day(20))}`),
      owner,
    );
    expect(heard.text).toMatch(/6 days|too far|latest|only|up to/i);
    expect((await stored('DS-1103')).requests).toEqual([]);
  });

  it('refuses a new date for what has been delivered, and offers a way on', async () => {
    const { customer, owner } = await meet('DS-1104', { status: 'delivered' });
    const heard = await prove(shop, customer, await customer.says('reschedule DS-1104 to tomorrow'), owner);
    expect(heard.text).toMatch(/delivered/);
    expect((await stored('DS-1104')).requests).toEqual([]);
  });

  it('corrects one field before dispatch: before and after are shown, then it is changed', async () => {
    const { customer, owner } = await meet('DS-1105', { status: null });
    const asked = await prove(
      shop,
      customer,
      await customer.says('the flat is 402 not 204 for DS-1105'),
      owner,
    );
    expect(asked.text).toMatch(/204/);
    expect(asked.text).toMatch(/402/);
    await customer.taps('Yes');
    expect((await stored('DS-1105')).shippingAddress.line1).toMatch(/402/);
  });

  it('takes a whole address', async () => {
    const { customer, owner } = await meet('DS-1106', { status: null });
    let heard = await prove(
      shop,
      customer,
      await customer.says('I need to correct the address of DS-1106'),
      owner,
    );
    heard = await customer.says('Flat 12, Palm Court, 5th Cross, Indiranagar, Bengaluru, Karnataka 560038');
    for (let step = 0; step < 3 && !heard.options.some((option) => option.title.startsWith('Yes')); step += 1)
      heard = await customer.says('Flat 12, Palm Court, 5th Cross, Indiranagar, Bengaluru 560038');
    expect(heard.text).toMatch(/Palm Court/);
    await customer.taps('Yes');
    expect((await stored('DS-1106')).shippingAddress.line1).toMatch(/Palm Court|Flat 12/);
  });

  it('brings a person when the address can no longer be changed by the carrier', async () => {
    const { customer, owner } = await meet('DS-1107', { status: 'in_transit' });
    const heard = await prove(
      shop,
      customer,
      await customer.says('the flat is 402 not 204 for DS-1107'),
      owner,
    );
    expect(heard.text).toMatch(/person|team|colleague/);
    expect((await shop.conversation(channel, customer.user)).owner).toBe('waiting');
    expect((await stored('DS-1107')).shippingAddress.line1).toMatch(/204/);
  });

  const TWO = [
    { sku: 'KURTA', name: 'Blue kurta' },
    { sku: 'DUPATTA', name: 'Red dupatta' },
  ];

  /** Follows the questions of a return with the first acceptable answer until it asks to confirm. */
  async function untilConfirmed(
    customer: Customer,
    first: { text: string; options: { title: string }[] },
    owner: { pin: string; phone: string },
  ) {
    let heard = first;
    for (let step = 0; step < 12; step += 1) {
      heard = await prove(shop, customer, heard as never, owner);
      const titles = heard.options.map((option) => option.title);
      if (titles.some((title) => title.startsWith('Yes'))) return heard;
      const wanted = titles.find((title) => /kurta|changed my mind|store credit|refund/i.test(title));
      heard = wanted ? await customer.taps(wanted) : await customer.says('1');
    }
    throw new Error(`no confirmation was asked; last: ${heard.text}`);
  }

  it('starts a return of one of two items, gives its number, and refuses the same item twice', async () => {
    const { customer, owner } = await meet('DS-1108', {
      status: 'delivered',
      deliveredDaysAgo: 2,
      items: TWO,
    });
    const summary = await untilConfirmed(
      customer,
      await customer.says('I want to return the blue kurta from DS-1108, changed my mind'),
      owner,
    );
    expect(summary.text).toMatch(/kurta/i);
    const done = await customer.taps('Yes');
    expect(done.text).toMatch(/RMA-/);
    const { body } = await shop.api<{ items: { rma: string; items: { sku: string }[] }[] }>(
      'GET',
      '/api/v1/returns?orderNumber=DS-1108',
    );
    expect(body.items).toHaveLength(1);
    expect(body.items[0]!.items).toEqual([{ sku: 'KURTA', quantity: 1 }]);
    const again = await prove(
      shop,
      customer,
      await customer.says('return the blue kurta from DS-1108'),
      owner,
    );
    expect(again.text).toMatch(/already/);
    expect(
      (await shop.api<{ items: unknown[] }>('GET', '/api/v1/returns?orderNumber=DS-1108')).body.items,
    ).toHaveLength(1);
  });

  it('refuses a return outside the window with the reason and a way to a person', async () => {
    const { customer, owner } = await meet('DS-1109', { status: 'delivered', deliveredDaysAgo: 12 });
    const heard = await prove(shop, customer, await customer.says('I want to return DS-1109'), owner);
    expect(heard.text).toMatch(/7 days|window/);
    expect(heard.options.map((option) => option.title).join()).toMatch(/person/i);
    expect((await stored('DS-1109')).requests).toEqual([]);
  });
});
