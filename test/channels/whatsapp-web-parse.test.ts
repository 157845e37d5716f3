import { flatten, messageId } from '../../src/channels/whatsapp-web/child/flatten';
import { render } from '../../src/channels/whatsapp-web/render';
import { parse } from '../../src/channels/whatsapp-web/parse';
import { chatOf } from '../../src/channels/whatsapp-web/people';
import type { WebEvent, WebMessage } from '../../src/channels/whatsapp-web/protocol';
import type { Identity } from '../../src/core/activity';

const receivedAt = new Date('2026-11-22T10:00:00Z');
const CHAT = '919811100001@c.us';
const ID = { fromMe: false, remote: CHAT, id: '3AC1', _serialized: `false_${CHAT}_3AC1` };
const PICTURE = '/9j/4AAQSkZJRgABAQAAAQABAAD';

/** A message as the library gives it. */
const library = (more: Record<string, unknown>) => ({
  id: ID,
  from: CHAT,
  to: '918041100000@c.us',
  fromMe: false,
  type: 'chat',
  timestamp: 1_795_341_600,
  hasMedia: false,
  body: '',
  _data: { notifyName: 'Asha' },
  ...more,
});
const bodyOf = (more: Record<string, unknown>) => {
  const message = flatten(library(more))!;
  const [activity] = parse([{ kind: 'message', message }], receivedAt);
  return activity?.type === 'message' ? activity.body : activity?.type;
};

describe('what a customer may send', () => {
  test.each([
    ['a text', { body: 'where is it' }, { kind: 'text', text: 'where is it' }],
    [
      'a picture with words',
      { type: 'image', hasMedia: true, body: 'torn', _data: { caption: 'torn', mimetype: 'image/jpeg' } },
      {
        kind: 'media',
        text: 'torn',
        attachments: [{ kind: 'image', ref: `false_${CHAT}_3AC1`, mime: 'image/jpeg', caption: 'torn' }],
      },
    ],
    [
      'a voice note that is not uploaded yet',
      { type: 'ptt', body: PICTURE },
      { kind: 'media', attachments: [{ kind: 'voice', ref: `false_${CHAT}_3AC1` }] },
    ],
    [
      'a place, without the picture in its body',
      { type: 'location', body: PICTURE, location: { latitude: 12.9, longitude: 77.6, name: 'Home' } },
      { kind: 'location', latitude: 12.9, longitude: 77.6, name: 'Home' },
    ],
    [
      'a place without a place',
      { type: 'location', location: {} },
      { kind: 'unsupported', what: 'location' },
    ],
    [
      'contact cards',
      {
        type: 'multi_vcard',
        vCards: [
          'BEGIN:VCARD\nTEL;type=CELL;waid=919811100002:+91 98111 00002\nEND:VCARD',
          'BEGIN:VCARD\nitem1.TEL:080 4110\nEND:VCARD',
        ],
      },
      { kind: 'contacts', phones: ['919811100002', '080 4110'] },
    ],
    ['an order of the catalogue', { type: 'order', body: PICTURE }, { kind: 'unsupported', what: 'order' }],
    ['an empty text', {}, { kind: 'unsupported', what: 'chat' }],
    ['a notice of WhatsApp', { type: 'e2e_notification', body: 'x' }, 'ignored'],
    ['something not decrypted yet', { type: 'ciphertext' }, 'ignored'],
  ])('%s', (_, more, body) => expect(bodyOf(more)).toEqual(body));

  test('our own notices never count as a colleague; our own files are named', () => {
    const own = (more: Record<string, unknown>) =>
      parse([{ kind: 'message', message: flatten(library({ fromMe: true, ...more }))! }], receivedAt)[0];
    expect(own({ type: 'e2e_notification' })?.type).toBe('ignored');
    expect(own({ type: 'image', _data: { caption: 'the parcel' } })).toMatchObject({
      type: 'echo',
      text: '[image] the parcel',
    });
  });
});

test.each([
  ['a text and an object mean the same chat', { ...ID, remote: { _serialized: CHAT } }, `false_${CHAT}_3AC1`],
  ['an ending is no part of the name', `true_${CHAT}_3EB0_out`, `true_${CHAT}_3EB0`],
  ['ours and theirs differ', { ...ID, fromMe: true }, `true_${CHAT}_3AC1`],
  [
    'in a group the writer belongs to it',
    { ...ID, remote: '1@g.us', participant: { _serialized: '2@lid' } },
    'false_1@g.us_3AC1_2@lid',
  ],
  ['nothing has no name', {}, ''],
])('names of messages: %s', (_, id, name) => expect(messageId(id)).toBe(name));

test.each([
  [-1, 'failed'],
  [0, undefined],
  [1, 'sent'],
  [2, 'delivered'],
  [3, 'read'],
  [4, 'read'],
  [9, undefined],
])('the ack %i means %s', (ack, status) => {
  const [receipt] = parse([{ kind: 'ack', messageId: 'true_x', ack, at: 1_795_341_600 }], receivedAt);
  expect(receipt?.type === 'receipt' ? receipt.status : undefined).toBe(status);
});

test('a new number of a person moves their conversation; of nobody, nothing', () => {
  const move = (from: string, to: string): WebEvent => ({ kind: 'moved', id: 'x', from, to, at: 1 });
  const [moved] = parse([move(CHAT, '919811100009@c.us')], receivedAt);
  expect(moved).toMatchObject({
    type: 'identity-changed',
    previous: { kind: 'wa_phone', value: '919811100001' },
    current: [{ kind: 'wa_phone', value: '919811100009' }],
  });
  expect(parse([move('1@g.us', CHAT), move(CHAT, '1@g.us')], receivedAt)).toEqual([]);
});

describe('where an answer goes', () => {
  const reference = { channel: 'whatsapp-web', account: 'linked-phone', user: '919811100001' };
  const identity = (kind: Identity['kind'], value: string, channel = 'whatsapp-web'): Identity => ({
    channel,
    account: 'linked-phone',
    kind,
    value,
  });
  test.each([
    ['to the number', [identity('wa_phone', '919811100001')], CHAT],
    [
      'to the hidden id where there is one',
      [identity('wa_phone', '919811100001'), identity('wa_lid', '77001@lid')],
      '77001@lid',
    ],
    [
      'to the newest number',
      [identity('wa_phone', '919811100001'), identity('wa_phone', '919811100002')],
      '919811100002@c.us',
    ],
    ['not by what another channel knows', [identity('wa_phone', '919800000000', 'whatsapp')], CHAT],
  ])('%s', (_, identities, chat) => expect(chatOf(reference, identities)).toBe(chat));

  test('a conversation opened under a hidden id is not written to as a number; nobody is nobody', () => {
    expect(chatOf({ ...reference, user: '77001@lid' }, [])).toBe('77001@lid');
    expect(chatOf({ ...reference, user: 'status@broadcast' }, [])).toBeUndefined();
  });
});

test('long texts are cut, options are numbered, and each piece knows its place', () => {
  const [first, second] = render({ text: 'word '.repeat(1_200), options: [{ id: 'a', title: 'Yes' }] });
  expect([first?.part, second?.part]).toEqual([0, 1]);
  expect(second?.text).toMatch(/\n\n1\. Yes$/);
});

test('whatever a page that changed without notice hands over, nothing throws and nobody is named by mistake', () => {
  const junk = [null, undefined, 0, '', 'text', true, [], {}, [null], { id: {} }, { _serialized: 'x@g.us' }];
  const keys = ['id', 'from', 'to', 'type', 'timestamp', 'body', '_data', 'location', 'vCards'];
  for (const key of keys)
    for (const value of junk) {
      for (const type of ['chat', 'image', 'location', 'vcard']) {
        const message = flatten(library({ type, [key]: value }));
        if (!message) continue;
        for (const activity of parse([{ kind: 'message', message }], receivedAt)) {
          expect(Number.isNaN(activity.at.getTime())).toBe(false);
          if ('reference' in activity) expect(activity.reference.user).toMatch(/^\d+(@lid)?$/);
        }
      }
    }
  for (const value of junk) {
    expect(flatten(value)).toBeUndefined();
    expect(() => parse([{ kind: 'message', message: value as WebMessage }], receivedAt)).not.toThrow();
  }
});
