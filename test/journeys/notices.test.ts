import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hourOf } from '../../src/core/zone';
import { day, order, ZONE } from '../kit/orders';
import { startShop, type Customer, type Shop } from '../kit/product';
import { prove } from '../kit/prove';
import { eventually } from '../kit/stream';

const HOUR_MS = 3_600_000;
let ahead = 0;
const clock = { now: () => new Date(Date.now() + ahead) };

/** What Delhivery posts when somebody scanned a parcel. */
function scan(awb: string, status: string, type: string, at: Date, more: Record<string, string> = {}) {
  return {
    Shipment: {
      Status: { Status: status, StatusType: type, StatusDateTime: at.toISOString(), ...more },
      NSLCode: '',
      AWB: awb,
    },
  };
}

/** Whoever asked where the parcel is reads what changes of it, once, and nothing else. */
describe('news of a parcel', () => {
  let shop: Shop;
  let folder: string;
  let people = 0;

  const start = async (env: Record<string, string> = {}) => {
    shop = await startShop({ clock, env: { DELHIVERY_WEBHOOK_TOKEN: 'scan-token', ...env } });
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doorstep-notices-'));
    await start();
  }, 60_000);
  afterAll(async () => {
    await shop.close();
    await rm(folder, { recursive: true, force: true });
  }, 30_000);

  const posted = async (body: unknown) => {
    const { status } = await fetch(`${shop.product.url}/webhooks/delhivery`, {
      method: 'POST',
      headers: { 'x-webhook-token': 'scan-token', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(status).toBe(200);
  };

  /** A customer who has asked where their parcel is. */
  const asked = async (channel: Customer['channel'], line = 'where is my order') => {
    people += 1;
    const phone = `+91987770${String(people).padStart(4, '0')}`;
    const number = `NW-${5000 + people}`;
    const stored = order(number, phone, { status: 'in_transit' });
    await shop.put(stored);
    const customer =
      channel === 'whatsapp'
        ? shop.whatsapp(phone.slice(1))
        : channel === 'instagram'
          ? shop.instagram(`7900000000${people}`)
          : await shop.web();
    const first = await customer.says(channel === 'whatsapp' ? line : `where is ${number}`);
    const heard = await prove(shop, customer, first, { pin: '560038', phone });
    expect(heard.text).toContain(number);
    const awb = stored.shipments[0]!.trackingNumber;
    return { customer, phone, number, awb, stored };
  };
  const notes = async (customer: Customer) => {
    const { id } = await shop.conversation(customer.channel, customer.user);
    const { body } = await shop.api<{ items: { text: string; visibility: string }[] }>(
      'GET',
      `/api/v1/conversations/${encodeURIComponent(id)}/messages`,
    );
    return body.items.filter((line) => line.visibility === 'note').map((line) => line.text);
  };
  /** Somebody else's news arrives after everything that was posted before: what has not come by then will not come. */
  const quiet = async (customer: Customer, before: number) => {
    const other = await asked('whatsapp');
    await posted(scan(other.awb, 'Undelivered', 'UD', clock.now()));
    await other.customer.next();
    expect(customer.read()).toHaveLength(before);
  };

  it.each(['whatsapp', 'instagram', 'web'] as const)(
    '%s: a failed attempt is told in one sentence, once, whatever comes twice or late',
    async (channel) => {
      const { customer, awb, number } = await asked(channel);
      const at = clock.now();
      const failed = scan(awb, 'Undelivered', 'UD', at, {
        Instructions: 'Customer not available 98xxxxxx12',
      });
      await posted(failed);
      const heard = await customer.next();
      expect(heard.text).toMatch(
        new RegExp(`^The courier tried to deliver order ${number} and could not \\(nobody was there\\)`),
      );
      expect(heard.text).not.toMatch(/Lake View|560038|98xx/);
      const before = customer.read().length;
      await posted(failed);
      await posted(scan(awb, 'In Transit', 'UD', new Date(at.getTime() - HOUR_MS)));
      await quiet(customer, before);
      await posted(scan(awb, 'Delivered', 'DL', new Date(at.getTime() + 2_000)));
      expect((await customer.next()).text).toMatch(new RegExp(`^Order ${number} was delivered today`));
    },
    40_000,
  );

  it('a new expected date from the shop is told; a day they know, and a step on the way, are not', async () => {
    const { customer, number, stored, awb } = await asked('whatsapp');
    const parcel = stored.shipments[0]!;
    await posted(scan(awb, 'Dispatched', 'UD', clock.now()));
    await quiet(customer, 1);
    await shop.put({ ...stored, shipments: [{ ...parcel, estimatedDelivery: day(3) }] } as never);
    expect((await customer.next()).text).toMatch(new RegExp(`^Order ${number} is now expected on `));
  }, 30_000);

  it.each([
    ['hi', 'मेरा ऑर्डर कहाँ है', /कूरियर ऑर्डर NW-\d+ देने आया था, पर दे नहीं पाया/],
    ['hi-Latn', 'mera order kahan hai', /Courier order NW-\d+ dene aaya tha, par de nahi paaya/],
  ] as const)('is told in the customer’s language (%s)', async (_locale, line, sentence) => {
    const { customer, awb } = await asked('whatsapp', line);
    await posted(scan(awb, 'Undelivered', 'UD', clock.now(), { Instructions: 'door locked' }));
    expect((await customer.next()).text).toMatch(sentence);
  });

  it('tells nobody who has not asked', async () => {
    const phone = '+919877790001';
    const stored = order('NW-9001', phone, { status: 'in_transit' });
    await shop.put(stored);
    const customer = shop.whatsapp(phone.slice(1));
    await customer.says('hello');
    await posted(scan(stored.shipments[0]!.trackingNumber, 'Undelivered', 'UD', clock.now()));
    await quiet(customer, 1);
  }, 30_000);

  it('STOP holds it back and START lets the next one through', async () => {
    const { customer, awb } = await asked('whatsapp');
    await customer.says('STOP');
    const before = customer.read().length;
    await posted(scan(awb, 'Undelivered', 'UD', clock.now()));
    await eventually('it is noted', async () =>
      (await notes(customer)).some((text) => text.startsWith('Not sent (the customer said STOP)')),
    );
    expect(customer.read()).toHaveLength(before);
    await customer.says('START');
    await posted(scan(awb, 'Delivered', 'DL', new Date(clock.now().getTime() + 1_000)));
    expect((await customer.next()).text).toMatch(/was delivered/);
  }, 30_000);

  it('becomes a note while a person has the conversation, or is waited for', async () => {
    const { customer, awb } = await asked('whatsapp');
    await customer.says('I want to talk to a person');
    const before = customer.read().length;
    await posted(scan(awb, 'Undelivered', 'UD', clock.now()));
    await eventually('it is noted', async () =>
      (await notes(customer)).some((text) => text.startsWith('The courier tried')),
    );
    const { id } = await shop.conversation('whatsapp', customer.user);
    await shop.api('POST', `/api/v1/conversations/${encodeURIComponent(id)}/owner`, { owner: 'agent' });
    await posted(scan(awb, 'Delivered', 'DL', new Date(clock.now().getTime() + 1_000)));
    await eventually('it is noted', async () =>
      (await notes(customer)).some((text) => text.includes('was delivered')),
    );
    expect(customer.read()).toHaveLength(before);
  }, 30_000);

  it('after the reply window it is a note on the desk, and the approved template where there is one', async () => {
    const { customer, awb } = await asked('whatsapp');
    const other = await asked('instagram');
    ahead += 25 * HOUR_MS;
    for (const each of [awb, other.awb]) await posted(scan(each, 'Undelivered', 'UD', clock.now()));
    for (const each of [customer, other.customer])
      await eventually('it is noted', async () =>
        (await notes(each)).some((text) => text.startsWith('Not sent (the reply window is closed)')),
      );
    expect(customer.read()).toHaveLength(1);
    await shop.close();
    await start({ WHATSAPP_NOTICE_TEMPLATE: 'parcel_news' });
    const late = await asked('whatsapp');
    ahead += 25 * HOUR_MS;
    await posted(scan(late.awb, 'Undelivered', 'UD', clock.now()));
    await late.customer.next();
    const sent = shop.provider.taken.findLast((send) => send.to === late.customer.user)!;
    expect(sent.body).toMatchObject({
      type: 'template',
      template: { name: 'parcel_news', language: { code: 'en' } },
    });
  }, 60_000);

  it('waits for the end of the quiet hours, but not on the shop’s own page', async () => {
    const from = hourOf(clock.now(), ZONE);
    const file = join(folder, 'policy.yaml');
    await writeFile(file, `quietHours: { fromHour: ${from}, toHour: ${(from + 2) % 24} }\n`);
    await shop.close();
    await start({ POLICY_FILE: file });
    const phone = await asked('whatsapp');
    const page = await asked('web');
    const before = phone.customer.read().length;
    for (const each of [phone, page]) await posted(scan(each.awb, 'Undelivered', 'UD', clock.now()));
    expect((await page.customer.next()).text).toMatch(/tried to deliver/);
    expect(phone.customer.read()).toHaveLength(before);
    ahead += 2 * HOUR_MS;
    expect((await phone.customer.next()).text).toMatch(/tried to deliver/);
  }, 60_000);
});
