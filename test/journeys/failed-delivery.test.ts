import { order } from '../kit/orders';
import { startShop, type Customer, type Shop } from '../kit/product';
import { codeSentTo, prove } from '../kit/prove';
import { eventually } from '../kit/stream';
import { startCarrier } from '../lifecycle/carrier-double';

const HOUR_MS = 3_600_000;
let ahead = 0;
const clock = { now: () => new Date(Date.now() + ahead) };

/** From the carrier's scan, over the question and its answer, to the instruction at the carrier. */
describe('a failed delivery', () => {
  let shop: Shop;
  let carrier: Awaited<ReturnType<typeof startCarrier>>;
  let people = 0;

  beforeAll(async () => {
    carrier = await startCarrier();
    shop = await startShop({
      clock,
      env: { DELHIVERY_WEBHOOK_TOKEN: 'scan-token', CARRIER_API_URL: carrier.url },
    });
  }, 60_000);
  afterAll(async () => {
    await shop.close();
    carrier.close();
  }, 30_000);

  const scanned = async (awb: string, status: string, words = '') => {
    const body = {
      Shipment: {
        Status: {
          Status: status,
          StatusType: 'UD',
          StatusDateTime: clock.now().toISOString(),
          Instructions: words,
        },
        NSLCode: '',
        AWB: awb,
      },
    };
    const { status: answered } = await fetch(`${shop.product.url}/webhooks/delhivery`, {
      method: 'POST',
      headers: { 'x-webhook-token': 'scan-token', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answered).toBe(200);
  };

  /** A customer who has asked where their parcel is. */
  const asked = async (channel: Customer['channel'], line?: string) => {
    people += 1;
    const phone = `+91987660${String(people).padStart(4, '0')}`;
    const number = `FJ-${4000 + people}`;
    const stored = order(number, phone, { status: 'in_transit' });
    await shop.put(stored);
    const customer =
      channel === 'whatsapp'
        ? shop.whatsapp(phone.slice(1))
        : channel === 'instagram'
          ? shop.instagram(`7800000000${people}`)
          : await shop.web();
    const first = await customer.says(line ?? `where is ${number}`);
    await prove(shop, customer, first, { pin: '560038', phone });
    return { customer, phone, number, awb: stored.shipments[0]!.trackingNumber };
  };
  const instruction = (number: string) =>
    eventually('the instruction is at the carrier', () =>
      carrier.asked.find((each) => each.orderNumber === number),
    ) as Promise<Record<string, unknown>>;

  it.each(['whatsapp', 'instagram', 'web'] as const)(
    '%s: the question comes with options, yes asks the carrier, the customer hears what it says',
    async (channel) => {
      const { customer, number, awb, phone } = await asked(channel);
      await scanned(awb, 'Undelivered', 'Customer not available 98xxxxxx12');
      const question = await customer.next();
      expect(question.text).toMatch(
        new RegExp(
          `^The courier tried to deliver order ${number} and could not \\(nobody was there\\). Shall the courier come again tomorrow`,
        ),
      );
      expect(question.options.map(({ title }) => title)).toEqual([
        `Yes, ${number} again`,
        `${number}: another day`,
        `${number}: nobody came`,
      ]);
      const heard = await customer.taps(`Yes, ${number} again`);
      const said = heard.text.includes('code') ? await customer.says(await codeSentTo(shop, phone)) : heard;
      expect(said.text).toContain("I've requested tomorrow");
      expect(await instruction(number)).toMatchObject({
        action: 'reattempt',
        trackingNumber: awb,
        slot: 'morning',
      });
      if (!/has accepted another attempt/.test(said.text))
        expect((await customer.next()).text).toContain('has accepted another attempt');
    },
    40_000,
  );

  it('“koi aaya hi nahi”: noted, told to the carrier with the new attempt; the second time a person comes', async () => {
    const { customer, number, awb } = await asked('whatsapp', 'mera order kahan hai');
    await scanned(awb, 'Undelivered', 'door locked');
    expect((await customer.next()).text).toContain('Kya courier');
    expect((await customer.says('koi aaya hi nahi, main ghar pe hi tha')).text).toContain('koi nahi aaya');
    await customer.says('haan');
    expect(await instruction(number)).toMatchObject({
      action: 'reattempt',
      comments: 'The customer says that nobody came at attempt 1.',
    });
    expect((await customer.next()).text).toContain('Achhi khabar');
    ahead += 2 * HOUR_MS;
    await scanned(awb, 'Undelivered', 'door locked');
    expect((await customer.next()).options.map(({ title }) => title)).toContain(`${number}: nahi aaya`);
    const said = await customer.taps(`${number}: nahi aaya`);
    expect(said.text).toContain('doosri baar');
    const { id, owner } = await shop.conversation('whatsapp', customer.user);
    expect(owner).toBe('waiting');
    const { body } = await shop.api<{ reason: string }>(
      'GET',
      `/api/v1/conversations/${encodeURIComponent(id)}`,
    );
    expect(body.reason).toBe('attempt_disputed');
  }, 40_000);

  it('nobody answers: a reminder, then a person, and the queue says how long is left', async () => {
    const { customer, number, awb } = await asked('whatsapp');
    await scanned(awb, 'Undelivered', 'phone switched off');
    await customer.next();
    ahead += 12 * HOUR_MS + 1000;
    const reminder = await customer.next();
    expect(reminder.text).toContain(`still waiting to hear what to do with order ${number}`);
    expect(reminder.options[0]?.title).toBe(`Yes, ${number} again`);
    ahead += 8 * HOUR_MS;
    expect((await customer.next()).text).toContain('passing it to a colleague');
    const { owner } = await shop.conversation('whatsapp', customer.user);
    expect(owner).toBe('waiting');
    const stored = await shop.connection
      .collection<{ _id: string; handoff: { gathered: { name: string; value: string }[] } }>('conversations')
      .findOne({ 'handoff.orderNumber': number });
    expect(stored?.handoff.gathered.find(({ name }) => name === 'time_left')?.value).toMatch(/^(3|4) h/);
  }, 40_000);

  it('an answer to the reminder is taken, and no person is needed', async () => {
    const { customer, number, awb } = await asked('whatsapp');
    await scanned(awb, 'Undelivered', 'phone switched off');
    await customer.next();
    ahead += 12 * HOUR_MS + 1000;
    await customer.next();
    expect((await customer.says('2')).text).toContain(`Which day suits you for ${number}?`);
    const days = customer.read().at(-1)!.options;
    await customer.taps(days[1]!.title);
    await customer.says('evening');
    await customer.says('yes');
    expect(await instruction(number)).toMatchObject({ action: 'reattempt', slot: 'evening' });
    ahead += 9 * HOUR_MS;
    await eventually('nothing is left to do', async () => {
      const found = await shop.connection
        .collection<{ _id: string; failedDueAt?: Date }>('orders')
        .findOne({ _id: number });
      return found && !found.failedDueAt;
    });
    expect((await shop.conversation('whatsapp', customer.user)).owner).toBe('bot');
  }, 40_000);

  it('after the third attempt the notice itself says that a person comes, once', async () => {
    const { customer, number, awb } = await asked('whatsapp');
    for (let n = 0; n < 2; n += 1) {
      await scanned(awb, 'Undelivered', 'door locked');
      await customer.next();
      ahead += 2_000;
    }
    await scanned(awb, 'Undelivered', 'door locked');
    const last = await customer.next();
    expect(last.text).toContain(`The courier tried to deliver order ${number}`);
    expect(last.text).toContain('That was attempt 3');
    expect(last.options).toEqual([]);
    expect((await shop.conversation('whatsapp', customer.user)).owner).toBe('waiting');
    await eventually('nothing is left to do', async () => {
      const found = await shop.connection
        .collection<{ _id: string; failedDueAt?: Date }>('orders')
        .findOne({ _id: number });
      return found && !found.failedDueAt;
    });
    expect(customer.read().filter(({ text }) => /colleague/.test(text))).toHaveLength(1);
  }, 40_000);

  it('STOP keeps the reminder away, and the person is brought all the same', async () => {
    const { customer, awb } = await asked('whatsapp');
    await scanned(awb, 'Undelivered', 'door locked');
    await customer.next();
    await customer.says('STOP');
    const before = customer.read().length;
    ahead += 21 * HOUR_MS;
    await eventually(
      'a person',
      async () => (await shop.conversation('whatsapp', customer.user)).owner === 'waiting',
    );
    expect(customer.read()).toHaveLength(before);
  }, 40_000);

  it('who refused it has it brought back', async () => {
    const { customer, number, awb, phone } = await asked('whatsapp');
    await scanned(awb, 'Undelivered', 'customer refused');
    expect((await customer.next()).text).toContain('Did you refuse it');
    const heard = await prove(shop, customer, await customer.taps(`${number}: I refused`), {
      pin: '560038',
      phone,
    });
    expect(heard.text).toContain(`bring ${number}`);
    expect((await customer.says('yes')).text).toContain(`requested that ${number} comes back`);
    expect(await instruction(number)).toMatchObject({ action: 'return_to_origin', trackingNumber: awb });
    await eventually('the carrier’s answer is told', () =>
      customer.read().some(({ text }) => text.startsWith('The carrier has agreed')),
    );
  }, 40_000);
});
