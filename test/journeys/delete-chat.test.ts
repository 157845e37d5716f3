import { randomUUID } from 'node:crypto';
import type { ConversationWire, QueueWire } from '../../src/desk/wire';
import { samplePhoto } from '../../src/demo/sample-files';
import { checkStore } from '../../src/store/check';
import { DeskClient } from '../desk/desk-client';
import { identity } from '../http/webchat-ports';
import { order } from '../kit/orders';
import { IDENTITY_SECRET, startShop, type Shop } from '../kit/product';
import { eventually } from '../kit/stream';
import type { WebCustomer } from '../kit/web-customer';

let shop: Shop;
let desk: DeskClient;
beforeAll(async () => {
  shop = await startShop({ env: { ADMIN_PASSWORD: 'a-long-password' } });
  desk = new DeskClient(shop.product.url);
  await desk.signIn('admin@doorstep.local', 'a-long-password');
});
afterAll(() => shop?.close());

const keyOf = (who: WebCustomer) => `web:web:${who.user}`;
const remove = async ({ token }: WebCustomer) =>
  (
    await fetch(`${shop.product.url}/webchat/conversation`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    })
  ).status;
const shown = (who: WebCustomer) =>
  desk.done<ConversationWire>('GET', `/conversations/${encodeURIComponent(keyOf(who))}`);

/** Where words of theirs, or what leads to them, are stored, orders aside. */
async function traces(pattern: RegExp): Promise<string[]> {
  const places: string[] = [];
  for (const { name } of await shop.connection.listCollections()) {
    for (const document of await shop.connection.collection(name).find().toArray()) {
      for (const [field, value] of Object.entries(document)) {
        const hit = pattern.exec(JSON.stringify(value) ?? '');
        if (hit) places.push(`${name}: ${field} has ${hit[0]}`);
      }
    }
  }
  return [...new Set(places)];
}

/** The code that came to the order's own phone. */
function codeOn(phone: string): string {
  const sent = shop.provider.taken.filter((send) => send.to === phone).at(-1);
  return /\d{6}/.exec(sent?.text ?? '')?.[0] ?? '';
}

async function proved(visitor: WebCustomer, number: string, phone: string): Promise<void> {
  await visitor.says(`move ${number} to the day after tomorrow evening`);
  await visitor.says('560038');
  await visitor.says(phone);
  await eventually('the code is there', () => codeOn(`91${phone}`));
}

async function sendsPhoto({ token }: WebCustomer): Promise<void> {
  const answer = await fetch(`${shop.product.url}/webchat/photos?id=${randomUUID()}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'image/png' },
    body: new Uint8Array(samplePhoto()),
  });
  expect(answer.status).toBe(202);
}

it('takes a visitor’s words, photos and proofs away, keeps what they asked for their order, and tells the desk', async () => {
  await shop.put(order('DS-7101', '+919811171001', { status: 'in_transit' }));
  const visitor = await shop.web();
  await proved(visitor, 'DS-7101', '9811171001');
  await visitor.says(codeOn('919811171001'));
  expect((await visitor.taps('Yes')).text).toMatch(/requested/);
  await sendsPhoto(visitor);
  await visitor.next();
  await visitor.says('my zebra umbrella is wet, talk to a person');
  const path = `/conversations/${encodeURIComponent(keyOf(visitor))}`;
  expect((await shown(visitor)).item.owner).toBe('waiting');

  expect(await remove(visitor)).toBe(204);
  expect(await traces(/zebra umbrella|9811171001.*seq/i)).toEqual([]);
  expect(await shop.connection.collection('messages').countDocuments({ conversation: keyOf(visitor) })).toBe(
    1,
  );
  expect(await shop.connection.collection('files').countDocuments({ conversation: keyOf(visitor) })).toBe(0);
  expect(
    await shop.connection.collection('customers').countDocuments({ 'identities.value': visitor.user }),
  ).toBe(0);

  // The order keeps what was asked, without the way to the chat.
  const { body } = await shop.api<{ requests: { state: string; date: string; slot: string }[] }>(
    'GET',
    '/api/v1/orders/DS-7101',
  );
  expect(body.requests).toMatchObject([{ type: 'reschedule', slot: 'evening' }]);
  expect((await traces(new RegExp(visitor.user))).filter((place) => place.startsWith('orders'))).toEqual([]);

  const after = await shown(visitor);
  expect(after.item).toMatchObject({ owner: 'closed', erased: true });
  expect(after.messages.map(({ text }) => text)).toEqual([
    expect.stringContaining('The customer deleted this chat'),
  ]);
  expect(after).toMatchObject({ identities: [], orders: [], proof: { level: 0 } });
  const refused = await desk.call('POST', `${path}/messages`, { id: randomUUID(), text: 'Hello?' });
  expect(refused.status).toBe(409);
  expect((await desk.call('POST', `${path}/owner`, { owner: 'agent' })).status).toBe(409);
  const { items } = await desk.done<QueueWire>('GET', '/queue?owner=waiting,agent');
  expect(items.map(({ key }) => key)).not.toContain(keyOf(visitor));

  const before = await shop.connection.collection('conversations').findOne({ _id: keyOf(visitor) as never });
  expect(await remove(visitor)).toBe(204);
  expect(await shop.connection.collection('conversations').findOne({ _id: keyOf(visitor) as never })).toEqual(
    before,
  );

  // The same browser tab, a moment late: a new chat with a stranger.
  const anew = (await visitor.says('where is my order')).text;
  expect(anew).toMatch(/order number/i);
  expect(anew).not.toMatch(/again/);
  expect((await shown(visitor)).item).toMatchObject({ owner: 'bot' });
  expect((await shown(visitor)).messages.map(({ from }) => from)).toEqual(['system', 'customer', 'bot']);
}, 60_000);

it('gives no new codes for an order: what was sent today is still counted', async () => {
  await shop.put(order('DS-7102', '+919811171002', { status: 'in_transit' }));
  for (let n = 0; n < 3; n += 1) {
    const visitor = await shop.web();
    await proved(visitor, 'DS-7102', '9811171002');
    expect(await remove(visitor)).toBe(204);
  }
  const codes = () => shop.provider.taken.filter((send) => send.to === '919811171002').length;
  expect(codes()).toBe(3);
  const again = await shop.web();
  await again.says('move DS-7102 to the day after tomorrow evening');
  await again.says('560038');
  await again.says('9811171002');
  expect(codes()).toBe(3);
  const kept = await shop.connection.collection('codes').find({ orderNumber: 'DS-7102' }).toArray();
  expect(kept.filter(({ identity }) => identity === 'erased')).toHaveLength(3);
  expect(kept.every(({ hash }) => hash === undefined)).toBe(true);
}, 60_000);

it('a customer signed in on two devices: the other one hears of it, and starts anew with them', async () => {
  await shop.put(order('DS-7103', '+919811171003', { status: 'in_transit' }));
  const jwt = () =>
    identity(
      { sub: 'cust-71', exp: Date.now() / 1000 + 600, phone: '+919811171003', name: 'Zelda' },
      IDENTITY_SECRET,
    );
  const phone = await shop.web(jwt());
  const laptop = await shop.web(jwt());
  expect((await phone.says('where is my order')).text).toContain('DS-7103');
  await laptop.next();
  expect(await remove(phone)).toBe(204);
  await eventually('the laptop heard', () => laptop.erased.at(-1));
  expect(await traces(/Zelda|cust-71/)).toEqual([]);

  // Until the shop says again who they are, they are nobody.
  expect((await laptop.says('hello')).text).not.toContain('DS-7103');
  const back = await shop.web(jwt());
  expect(back.user).toBe(phone.user);
  await back.next();
  expect((await back.says('where is my order')).text).toContain('DS-7103');
  expect(back.lines[0]?.text).toBe('hello');
  expect((await shown(back)).item.name).toBe('Zelda');
}, 60_000);

it('leaves a store in which everything fits', async () => {
  const visitor = await shop.web();
  await visitor.says('hello');
  expect(await remove(visitor)).toBe(204);
  await visitor.says('hello again');
  expect((await checkStore(shop.connection)).faults).toEqual([]);
});

it('is refused without a token and from a page that is not listed, and changes nothing then', async () => {
  const visitor = await shop.web();
  await visitor.says('hello');
  const address = `${shop.product.url}/webchat/conversation`;
  expect((await fetch(address, { method: 'DELETE' })).status).toBe(401);
  const elsewhere = { authorization: `Bearer ${visitor.token}`, origin: 'https://elsewhere.example' };
  expect((await fetch(address, { method: 'DELETE', headers: elsewhere })).status).toBe(403);
  expect((await shown(visitor)).messages.map(({ text }) => text)).toContain('hello');
});
