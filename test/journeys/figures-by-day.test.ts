import { systemClock } from '../../src/core/clock';
import type { MetricsSummary } from '../../src/core/summary';
import { addDays, dayOf, instantOf } from '../../src/core/zone';
import { order, ZONE } from '../kit/orders';
import { API_KEY, startShop, type Customer, type Heard, type Shop } from '../kit/product';
import { prove } from '../kit/prove';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const ASHA = '+919811188001';
const ITEMS = [
  { sku: 'KURTA', name: 'Kurta "Indigo", blue', quantity: 1 },
  { sku: 'JUTTI', name: 'Tan juttis', quantity: 2 },
];

/** Real time, moved by hand; it begins ten minutes before the shop's midnight. */
const start = systemClock.now();
const first = dayOf(start, ZONE);
let ahead = instantOf(first, 23, ZONE).getTime() + 50 * MINUTE - start.getTime();
const clock = { now: () => new Date(systemClock.now().getTime() + ahead) };
const [second, third] = [addDays(first, 1), addDays(first, 2)];

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ clock });
  await shop.put(order('DS-1001', ASHA, { status: 'in_transit' }));
  await shop.put(order('DS-1002', ASHA, { status: 'delivered', items: ITEMS }));
  await shop.put(order('DS-1003', '+919811188009', { status: 'attempt_failed' }));
  const back = order('DS-1004', '+919811188009', { status: 'attempt_failed' });
  const gone = { ...back, shipments: back.shipments.map((each) => ({ ...each, status: 'rto_initiated' })) };
  await shop.put(gone);
  await tell();
}, 120_000);
afterAll(() => shop.close());

async function act({ channel, user }: Customer, what: 'messages' | 'owner', body: unknown): Promise<void> {
  const { id } = await shop.conversation(channel, user);
  const { status } = await shop.api('POST', `/api/v1/conversations/${encodeURIComponent(id)}/${what}`, body);
  expect(status).toBeLessThan(300);
}

async function untilConfirmed(customer: Customer, heard: Heard): Promise<Heard> {
  let last = heard;
  for (let step = 0; step < 12; step += 1) {
    last = await prove(shop, customer, last, { pin: '560038', phone: ASHA });
    const titles = last.options.map((option) => option.title);
    if (titles.some((title) => title.startsWith('Yes'))) return customer.taps('Yes');
    const wanted = titles.find((title) => /changed my mind|store credit|refund/i.test(title));
    last = wanted ? await customer.taps(wanted) : await customer.says('1');
  }
  throw new Error(`no confirmation was asked; last: ${last.text}`);
}

/** Three days of a shop. */
async function tell(): Promise<void> {
  const asha = shop.whatsapp(ASHA.slice(1));
  expect((await asha.says('where is DS-1001')).text).toContain('DS-1001');

  ahead += 20 * MINUTE;
  const ravi = shop.instagram('9000000000000188');
  await ravi.says('talk to a person');
  ahead += MINUTE;
  await act(ravi, 'messages', { text: 'Meera here' });
  await ravi.next();
  ahead += 9 * MINUTE;
  await act(ravi, 'owner', { owner: 'closed' });
  await ravi.next();
  await ravi.taps('Good');

  ahead += DAY;
  const meena = await shop.web();
  await meena.says('मेरा ऑर्डर कहाँ है');
  await meena.says('मेरा ऑर्डर कहाँ है');
  await asha.says('move DS-1001 to the day after tomorrow in the evening');
  await asha.taps('Yes');
  const { body } = await shop.api<{ requests: { id: string }[] }>('GET', '/api/v1/orders/DS-1001');
  ahead += 120 * MINUTE;
  await fetch(`${shop.product.url}/webhooks/carrier/instructions`, {
    method: 'POST',
    headers: { authorization: 'Bearer carrier-token', 'content-type': 'application/json' },
    body: JSON.stringify({ id: body.requests[0]!.id, status: 'accepted' }),
  });
  await asha.next();
  const asked = await asha.says('I want to return the blue kurta from DS-1002, changed my mind');
  expect((await untilConfirmed(asha, asked)).text).toMatch(/RMA-/);
}

async function figures(query = `from=${first}&to=${addDays(first, 3)}`): Promise<MetricsSummary> {
  return (await shop.api<MetricsSummary>('GET', `/api/v1/metrics/summary?${query}`)).body;
}

const asCsv = (accept: string, query = '') =>
  fetch(`${shop.product.url}/api/v1/metrics/summary${query}`, {
    headers: { authorization: `Bearer ${API_KEY}`, accept },
  });

it('counts what three days brought, each on its day of the shop', async () => {
  const seen = await figures();
  expect(seen).toMatchObject({
    conversations: { total: 3, byChannel: { whatsapp: 1, instagram: 1, web: 1 }, byLocale: { en: 2, hi: 1 } },
    topics: { order_status: 2, reschedule_delivery: 1, initiate_return: 1 },
    wismo: { count: 2, share: 2 / 3 },
    deflection: 2 / 3,
    handover: { count: 1, rate: 1 / 3, byReason: { asked: 1 } },
    satisfaction: { csat: 1, answers: 1, byScore: { 4: 1 } },
    requests: { total: 2, byTypeAndState: { reschedule: { accepted: 1 }, return: { requested: 1 } } },
    returns: { total: 1, byReason: { changed_mind: 1 } },
  });
  expect(Math.round((seen.requests.carrierAcceptanceSeconds ?? 0) / 100)).toBe(72);
  expect(seen.days.map(({ day }) => day)).toEqual([first, second, third]);
  const [one, two, three] = seen.days;
  expect(one).toMatchObject({ conversations: 1, handed: 0, wismo: 1, firstResponse: null, requests: 0 });
  expect(two).toMatchObject({ conversations: 1, handed: 1, wismo: 0, answers: 1, satisfied: 1 });
  expect(Math.round((two!.firstResponse ?? 0) / 10)).toBe(6);
  expect(Math.round((two!.resolution ?? 0) / 100)).toBe(6);
  expect(three).toMatchObject({ conversations: 1, handed: 0, wismo: 1, requests: 2, returns: 1, answers: 0 });
});

it('sets pieces sent back beside pieces sold in the same days', async () => {
  const kurta = { sku: 'KURTA', name: 'Kurta "Indigo", blue', returned: 1 };
  expect((await figures()).returns.items).toEqual([{ ...kurta, sold: 0, rate: null }]);
  const wide = await figures(`from=${addDays(first, -10)}`);
  expect(wide.returns.items).toEqual([{ ...kurta, sold: 1, rate: 1 }]);
});

it('tells parcels that ever failed from those that fail now, and those that go back', async () => {
  const { deliveries, days } = await figures(`from=${addDays(first, -10)}`);
  expect(deliveries).toEqual({
    parcels: 4,
    attemptFailed: 1,
    failedOnce: 2,
    rto: 1,
    ndrRate: 0.25,
    failedOnceRate: 0.5,
    rtoRate: 0.25,
  });
  expect(days.find(({ day }) => day === addDays(first, -3))).toMatchObject({
    parcels: 3,
    failedOnce: 2,
    rto: 1,
  });
});

it('narrows to a channel or a language what was said and asked, and leaves deliveries whole', async () => {
  const span = `from=${addDays(first, -10)}`;
  const web = await figures(`${span}&channel=web`);
  expect(web).toMatchObject({
    conversations: { total: 1 },
    requests: { total: 0 },
    deliveries: { parcels: 4 },
  });
  expect(web.messages).toMatchObject({ fromCustomers: 2, fromAgents: 0 });
  const hindi = await figures(`${span}&locale=hi`);
  expect(hindi).toMatchObject({
    conversations: { total: 1 },
    topics: { order_status: 1 },
    requests: { total: 0 },
  });
  expect(hindi.messages).toEqual(web.messages);
  const english = await figures(`${span}&locale=en`);
  expect(english).toMatchObject({ conversations: { total: 2 }, requests: { total: 2 } });
  expect(english.returns.items).toMatchObject([{ sku: 'KURTA', returned: 1 }]);
  expect(await figures(`${span}&channel=instagram&locale=hi`)).toMatchObject({
    conversations: { total: 0 },
    deflection: null,
    wismo: { count: 0, share: null },
  });
});

it('is a table for whoever prefers one, without a person in it', async () => {
  const answer = await asCsv('text/csv', `?from=${first}`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    200,
    'text/csv; charset=utf-8; header=present',
  ]);
  const text = await answer.text();
  const lines = text.split('\r\n');
  expect(lines[0]).toBe('figure,of,name,day,value,unit');
  for (const line of [
    'conversations.total,,,,3,count',
    'conversations.byChannel,instagram,,,1,count',
    'requests.byTypeAndState,reschedule accepted,,,1,count',
    'satisfaction.nps,,,,,count',
    'satisfaction.csat,,,,1,share',
    'returns.items.returned,KURTA,"Kurta ""Indigo"", blue",,1,count',
    'returns.items.rate,KURTA,"Kurta ""Indigo"", blue",,,share',
    `days.conversations,,,${second},1,count`,
    `days.resolution,,,${first},,seconds`,
  ])
    expect(lines).toContain(line);
  expect(text).not.toMatch(/9811|Asha|asha@|9000000000000188|Indiranagar|560038|Meera|DS-\d|RMA-/);
});

it('refuses what it cannot read or give, and answers JSON to everybody else', async () => {
  expect((await asCsv('image/png')).status).toBe(406);
  expect((await asCsv('text/csv;q=0.5, application/json')).headers.get('content-type')).toMatch(
    /^application\/json/,
  );
  expect((await asCsv('*/*')).headers.get('content-type')).toMatch(/^application\/json/);
  for (const query of ['?locale=fr', '?channel=Web%20chat', '?channel=web&channel=instagram', '?from=soon'])
    expect([query, (await asCsv('text/csv', query)).status]).toEqual([query, 422]);
});
