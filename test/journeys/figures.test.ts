import { systemClock } from '../../src/core/clock';
import type { MetricsSummary } from '../../src/core/summary';
import { startShop, type Shop } from '../kit/product';

/** Real time, moved on by hand. */
let ahead = 0;
const later = (seconds: number) => (ahead += seconds * 1000);
const clock = { now: () => new Date(systemClock.now().getTime() + ahead) };

let shop: Shop;
beforeAll(async () => (shop = await startShop({ clock })));
afterAll(() => shop.close());

async function figures(): Promise<MetricsSummary> {
  return (await shop.api<MetricsSummary>('GET', '/api/v1/metrics/summary')).body;
}

async function act(user: string, what: 'messages' | 'owner', body: unknown): Promise<void> {
  const { id } = await shop.conversation('whatsapp', user);
  const { status } = await shop.api('POST', `/api/v1/conversations/${encodeURIComponent(id)}/${what}`, body);
  expect(status).toBeLessThan(300);
}

it('tells how long customers waited for a person and until the person was done, by what is stored', async () => {
  const [asha, ravi, meena] = ['919811166001', '919811166002', '919811166003'] as const;
  await shop.whatsapp(asha).says('hello');
  expect(await figures()).toMatchObject({ firstResponse: null, resolution: null });

  later(3600);
  await shop.whatsapp(asha).says('talk to a person');
  expect(await figures()).toMatchObject({ firstResponse: null, resolution: null });
  later(60);
  await act(asha, 'messages', { text: 'Meera here' });
  later(540);
  await act(asha, 'messages', { text: 'That is done.' });
  await act(asha, 'owner', { owner: 'closed' });
  let seen = await figures();
  expect(Math.round((seen.firstResponse ?? 0) / 10)).toBe(6);
  expect(Math.round((seen.resolution ?? 0) / 10)).toBe(60);

  await shop.whatsapp(ravi).says('talk to a person');
  later(120);
  await act(ravi, 'messages', { text: 'Meera here' });
  later(180);
  await act(ravi, 'owner', { owner: 'bot' });
  seen = await figures();
  expect(Math.round((seen.firstResponse ?? 0) / 10)).toBe(9);
  expect(Math.round((seen.resolution ?? 0) / 10)).toBe(45);

  // Taken over unasked and answered at once: the middle of three is the one between.
  await shop.whatsapp(meena).says('hello');
  await act(meena, 'messages', { text: 'Meera here' });
  seen = await figures();
  expect(Math.round((seen.firstResponse ?? 0) / 10)).toBe(6);
  expect(Math.round((seen.resolution ?? 0) / 10)).toBe(45);
  expect(seen.handover).toMatchObject({ count: 3, byReason: { asked: 2, taken: 1 } });
}, 60_000);
