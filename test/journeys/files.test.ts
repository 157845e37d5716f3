import { randomUUID } from 'node:crypto';
import { FILE_BYTES, mimeOf } from '../../src/core/files';
import { instagramSays } from '../../src/demo/graph-stand-in/instagram-customer';
import { whatsappSays } from '../../src/demo/graph-stand-in/whatsapp-customer';
import { samplePhoto, sampleVoice } from '../../src/demo/sample-files';
import type { ConversationWire } from '../../src/desk/wire';
import { PersonalDataStore } from '../../src/store/personal-data';
import { DeskClient } from '../desk/desk-client';
import { startShop, type Shop } from '../kit/product';
import { eventually } from '../kit/stream';

const PHOTO = samplePhoto();
let shop: Shop;
let desk: DeskClient;
beforeAll(async () => {
  shop = await startShop({ env: { ADMIN_PASSWORD: 'a-long-password' } });
  desk = new DeskClient(shop.product.url);
  await desk.signIn('admin@doorstep.local', 'a-long-password');
});
afterAll(() => shop?.close());

const keyOf = async (channel: string, user: string) => (await shop.conversation(channel, user)).id;
const file = async (key: string, seq: number, cookie = desk.cookie) => {
  const path = `/desk/api/conversations/${encodeURIComponent(key)}/files/${seq}/0`;
  const answer = await fetch(shop.product.url + path, { headers: { cookie } });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
};
const lines = async (key: string) =>
  (await desk.done<ConversationWire>('GET', `/conversations/${encodeURIComponent(key)}`)).messages;
/** Number of the customer's newest line with a file. */
const newestFile = async (key: string) =>
  (await lines(key)).findLast(({ attachments }) => attachments?.length)?.seq ?? 0;
const kept = () => shop.connection.collection('files');

/** A WhatsApp customer sends something with a file; `bytes` is what Meta has of it. */
async function sends(phone: string, says: (id: string) => Record<string, unknown>, bytes?: Buffer) {
  const id = String(Math.floor(Math.random() * 1e15));
  if (bytes) shop.provider.files.set(id, bytes);
  const { ids } = await shop.provider.fromWhatsApp({ phone, name: 'Asha' }, says(id));
  const key = await eventuallyKey('whatsapp', phone);
  await eventually('the line is there', async () =>
    (await lines(key)).some(({ id: line }) => line.endsWith(ids[0] ?? '?')),
  );
  return { key, id, message: ids[0] ?? '', seq: await newestFile(key) };
}

async function eventuallyKey(channel: string, user: string): Promise<string> {
  await eventually('a conversation', () => keyOf(channel, user).then(Boolean, () => false));
  return keyOf(channel, user);
}

test('a WhatsApp photo is fetched before anybody looks, and only agents see it', async () => {
  const { key, id, seq } = await sends('919811100001', (ref) => whatsappSays.image('torn', ref), PHOTO);
  await eventually('it is kept', async () => (await kept().findOne({ ref: id }))?.state === 'stored');
  shop.provider.files.clear();
  const shown = await file(key, seq);
  expect(shown.status).toBe(200);
  expect(shown.bytes.equals(PHOTO)).toBe(true);
  expect(Object.fromEntries(shown.headers)).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': 'inline',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  expect((await file(key, seq, '')).status).toBe(401);
  expect((await file(key, seq + 1)).status).toBe(404);
  expect((await file('whatsapp:1:2', seq)).status).toBe(404);
});

test('what is gone, too large or of a kind that could run is not kept, and the agent reads why', async () => {
  const why = async (key: string, seq: number) => {
    const { status, bytes } = await file(key, seq);
    return `${status} ${(JSON.parse(bytes.toString()) as { detail: string }).detail}`;
  };
  const gone = await sends('919811100002', (ref) => whatsappSays.image('', ref));
  expect(await why(gone.key, gone.seq)).toMatch(/^404 the provider no longer has/);
  const page = Buffer.from('<html><script>alert(1)</script>');
  const html = await sends('919811100002', (ref) => whatsappSays.image('', ref), page);
  expect(await why(html.key, html.seq)).toMatch(/^404 this kind of file is not kept/);
  const big = Buffer.concat([PHOTO, Buffer.alloc(FILE_BYTES)]);
  const large = await sends('919811100002', (ref) => whatsappSays.image('', ref), big);
  expect(await why(large.key, large.seq)).toMatch(/^404 this file is larger than 10 MB/);
});

test('an Instagram voice note can be played; an address that is not Meta’s is never asked', async () => {
  shop.provider.files.set('note.ogg', sampleVoice());
  const user = '9000000000007';
  await shop.provider.fromInstagram(user, instagramSays.voice(`${shop.provider.url}/media/note.ogg`));
  const key = await eventuallyKey('instagram', user);
  await eventually('the line is there', async () => (await newestFile(key)) > 0);
  const played = await file(key, await newestFile(key));
  expect(played.headers.get('content-type')).toBe('audio/wav');
  const before = await newestFile(key);
  await shop.provider.fromInstagram(user, instagramSays.image('http://169.254.169.254/latest/meta-data'));
  await eventually('the next line is there', async () => (await newestFile(key)) > before);
  const { status, bytes } = await file(key, await newestFile(key));
  expect(status).toBe(404);
  expect(bytes.toString()).toContain('nobody can be trusted');
});

test('an unsent photo is erased, and a whole person’s photos with them', async () => {
  const phone = '919811100003';
  const { id, message } = await sends(phone, (ref) => whatsappSays.image('', ref), PHOTO);
  await eventually('it is kept', async () => (await kept().findOne({ ref: id }))?.state === 'stored');
  await shop.provider.fromWhatsApp({ phone, name: 'Asha' }, whatsappSays.revoke(message));
  await eventually('it is erased', async () => (await kept().countDocuments({ ref: id })) === 0);
  const second = await sends(phone, (ref) => whatsappSays.image('', ref), PHOTO);
  await eventually('it is kept', async () => (await kept().findOne({ ref: second.id }))?.state === 'stored');
  const people = new PersonalDataStore(shop.connection);
  const [exported] = (await people.read(phone)).files;
  expect(Buffer.from(String(exported?.['bytes']), 'base64').equals(PHOTO)).toBe(true);
  await people.erase(phone);
  expect(await kept().countDocuments({ ref: second.id })).toBe(0);
});

describe('a photo on the web chat', () => {
  const send = (token: string, bytes: Buffer, id = randomUUID(), type = 'image/jpeg') =>
    fetch(`${shop.product.url}/webchat/photos?id=${id}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body: new Uint8Array(bytes),
    });

  test('is one message however often it is sent, shown to the agent, named to its sender', async () => {
    const visitor = await shop.web();
    const id = randomUUID();
    expect((await send(visitor.token, PHOTO, id)).status).toBe(202);
    expect((await send(visitor.token, PHOTO, id)).status).toBe(202);
    expect((await visitor.next()).text).toContain('photo');
    const key = await keyOf('web', visitor.user);
    expect((await lines(key)).filter(({ from }) => from === 'customer')).toHaveLength(1);
    const shown = await file(key, await newestFile(key));
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.bytes.equals(PHOTO)).toBe(true);
    expect(visitor.lines[0]).toMatchObject({ from: 'customer', files: [{ kind: 'image', id }] });
  });

  test('bad input gets its reason and changes nothing', async () => {
    const visitor = await shop.web();
    const detail = async (answer: Response) =>
      `${answer.status} ${((await answer.json()) as { detail: string }).detail}`;
    expect(await detail(await send(visitor.token, Buffer.from('<svg/>')))).toMatch(/^415 send a photo as/);
    expect(await detail(await send(visitor.token, sampleVoice()))).toMatch(/^415 /);
    expect(await detail(await send(visitor.token, Buffer.alloc(0)))).toMatch(/^415 /);
    expect(await detail(await send(visitor.token, PHOTO, 'x' as never))).toMatch(/^422 /);
    const big = Buffer.concat([PHOTO, Buffer.alloc(5 * 1024 * 1024)]);
    expect(await detail(await send(visitor.token, big))).toBe('413 a photo may have at most 5 MB');
    expect((await send('nonsense', PHOTO)).status).toBe(401);
    expect(await lines(await keyOf('web', visitor.user))).toEqual([]);
    expect(await kept().countDocuments({ conversation: await keyOf('web', visitor.user) })).toBe(0);
  });
});

test('kinds are read from the bytes', () => {
  const of = (text: string) => mimeOf(Buffer.from(text, 'latin1'));
  expect(
    [
      '\xff\xd8\xff\xe0',
      'RIFF1234WEBPVP8 ',
      'OggS',
      '\0\0\0\x18ftypM4A ',
      '\0\0\0\x18ftypisom',
      '%PDF-1.7',
    ].map(of),
  ).toEqual(['image/jpeg', 'image/webp', 'audio/ogg', 'audio/mp4', 'video/mp4', 'application/pdf']);
  expect(['', '<svg', 'GIF', 'MZ', '{"a":1}', '\xff'].map(of)).toEqual(Array(6).fill(undefined));
});
