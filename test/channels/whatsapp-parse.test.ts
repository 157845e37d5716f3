import type { InboundActivity, MessageBody } from '../../src/core/activity';
import { parse } from '../../src/channels/whatsapp-cloud/parse';
import {
  whatsappEcho,
  whatsappMessages,
  whatsappSays,
  whatsappStatus,
} from '../../src/demo/graph-stand-in/whatsapp-customer';
import { NUMBER } from '../doubles/graph-stand-in';

const at = new Date('2026-11-22T09:59:00Z');
const receivedAt = new Date('2026-11-22T10:00:00Z');
const account = NUMBER.phoneNumberId;
const ASHA = { phone: '919811100001', name: 'Asha' };
const SCOPED = 'IN.13491208655302741918';

const said = (message: object, customer: object = ASHA): InboundActivity[] =>
  parse(account, whatsappMessages(NUMBER, customer, [message as Record<string, unknown>], at), receivedAt);

function value(field: string, content: object): object {
  const metadata = { display_phone_number: NUMBER.displayPhone, phone_number_id: account };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field, value: { metadata, ...content } }] }],
  };
}

describe('what a WhatsApp customer sends', () => {
  const table: [string, object, MessageBody][] = [
    ['text', whatsappSays.text('kahan hai order?'), { kind: 'text', text: 'kahan hai order?' }],
    ['a text without words', { type: 'text', text: {} }, { kind: 'unsupported', what: 'text' }],
    [
      'a button tap',
      whatsappSays.button('t1:yes', 'Yes'),
      { kind: 'choice', choiceId: 't1:yes', title: 'Yes' },
    ],
    ['a list tap', whatsappSays.row('t1:a', 'A', 'more'), { kind: 'choice', choiceId: 't1:a', title: 'A' }],
    [
      'a template button',
      whatsappSays.templateButton('go', 'Go'),
      { kind: 'choice', choiceId: 'go', title: 'Go' },
    ],
    [
      'the address form',
      whatsappSays.addressForm({ in_pin_code: '560038', city: 'Bengaluru', tower_number: '' }),
      { kind: 'form', name: 'address_message', values: { in_pin_code: '560038', city: 'Bengaluru' } },
    ],
    [
      'a flow, without its token',
      {
        type: 'interactive',
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { name: 'flow', response_json: '{"flow_token":"t","stars":5}' },
        },
      },
      { kind: 'form', name: 'flow', values: { stars: '5' } },
    ],
    [
      'a form whose JSON is broken',
      { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: { response_json: '{' } } },
      { kind: 'form', name: 'form', values: {} },
    ],
    ['an interactive without content', { type: 'interactive' }, { kind: 'unsupported', what: 'interactive' }],
    [
      'a place without a name',
      whatsappSays.location(12.97, 77.59),
      { kind: 'location', latitude: 12.97, longitude: 77.59 },
    ],
    [
      'a contact',
      whatsappSays.contact('Ravi', '919811100002'),
      { kind: 'contacts', phones: ['919811100002'] },
    ],
    ['a cart', { type: 'order', order: { product_items: [] } }, { kind: 'unsupported', what: 'order' }],
    ['a poll', whatsappSays.unsupported('poll'), { kind: 'unsupported', what: 'poll' }],
    ['a photo Meta could not keep', { type: 'image', image: {} }, { kind: 'unsupported', what: 'image' }],
  ];
  test.each(table)('%s becomes a message', (_name, message, body) => {
    expect(said(message)).toMatchObject([
      { type: 'message', body, name: 'Asha', at, reference: { user: ASHA.phone } },
    ]);
  });

  test('a voice note and a captioned photo keep their id, kind and words', () => {
    expect(said({ type: 'audio', audio: { id: '7', mime_type: 'audio/ogg', voice: true } })).toMatchObject([
      { body: { kind: 'media', attachments: [{ kind: 'voice', ref: '7', mime: 'audio/ogg' }] } },
    ]);
    expect(said({ type: 'image', image: { id: '8', caption: 'torn box' } })).toMatchObject([
      {
        body: {
          kind: 'media',
          text: 'torn box',
          attachments: [{ kind: 'image', ref: '8', caption: 'torn box' }],
        },
      },
    ]);
  });

  test.each(['reaction', 'ephemeral', 'request_welcome', 'something_new'])(
    '%s is stored and counted only',
    (type) => {
      expect(said({ type, [type]: {} })).toMatchObject([
        { type: 'ignored', what: `message:${type}`, account },
      ]);
    },
  );

  test('an edit and a revocation name the message they change', () => {
    expect(said(whatsappSays.edit('wamid.1', 'flat 402'))).toMatchObject([
      { type: 'edited', targetId: 'wamid.1', text: 'flat 402', reference: { user: ASHA.phone } },
    ]);
    expect(said(whatsappSays.revoke('wamid.1'))).toMatchObject([{ type: 'revoked', targetId: 'wamid.1' }]);
  });

  test('an answer to one of our messages names it', () => {
    expect(said({ ...whatsappSays.text('yes'), context: { id: 'wamid.9' } })).toMatchObject([
      { replyTo: 'wamid.9' },
    ]);
  });

  test('a time in the future, or none, counts as now', () => {
    expect(said({ ...whatsappSays.text('x'), timestamp: '4102444800' })).toMatchObject([{ at: receivedAt }]);
    expect(said({ ...whatsappSays.text('x'), timestamp: undefined })).toMatchObject([{ at: receivedAt }]);
  });
});

describe('who a WhatsApp customer is', () => {
  const identity = (kind: string, of: string) => ({ channel: 'whatsapp', account, kind, value: of });
  test('somebody with both ids is known by both, and named by the phone', () => {
    expect(said(whatsappSays.text('x'), { ...ASHA, userId: SCOPED })).toMatchObject([
      {
        reference: { channel: 'whatsapp', account, user: ASHA.phone },
        identities: [identity('wa_phone', ASHA.phone), identity('wa_bsuid', SCOPED)],
      },
    ]);
  });

  test.each([
    ['left out', {}],
    ['empty', { from: '', wa_id: '' }],
  ])('somebody whose phone is %s is known by the business-scoped id', (_how, phone) => {
    const [activity] = parse(
      account,
      value('messages', {
        contacts: [{ user_id: SCOPED, profile: { name: 'Sheena' }, ...phone }],
        messages: [{ id: 'wamid.1', from_user_id: SCOPED, type: 'text', text: { body: 'x' }, ...phone }],
      }),
      receivedAt,
    );
    expect(activity).toMatchObject({
      reference: { user: SCOPED },
      identities: [identity('wa_bsuid', SCOPED)],
      name: 'Sheena',
    });
  });

  test('nobody gets the name of another contact of the same webhook', () => {
    const activities = parse(
      account,
      value('messages', {
        contacts: [{ wa_id: '919811100002', profile: { name: 'Ravi' } }, { wa_id: ASHA.phone }],
        messages: [{ id: '1', from: ASHA.phone, type: 'text', text: { body: 'x' } }],
      }),
      receivedAt,
    );
    expect(activities).toMatchObject([{ reference: { user: ASHA.phone } }]);
    expect(activities[0]).not.toHaveProperty('name');
  });

  test.each([
    ['554188887777', '5541988887777'],
    ['5541988887777', '554188887777'],
    ['5215512345678', '525512345678'],
  ])('%s is the same line as %s', (phone, other) => {
    expect(said(whatsappSays.text('x'), { phone })).toMatchObject([
      { reference: { user: phone }, identities: [identity('wa_phone', phone), identity('wa_phone', other)] },
    ]);
  });

  test('a message by nobody is stored and counted only', () => {
    const body = value('messages', { messages: [{ id: '1', type: 'text', text: { body: 'x' } }] });
    expect(parse(account, body, receivedAt)).toMatchObject([{ type: 'ignored', what: 'message:text' }]);
  });

  test('a changed number, id or security code is told with what its fields prove', () => {
    const system = (from: string | undefined, content: object) =>
      said({ type: 'system', system: content, from }, {});
    expect(
      system(ASHA.phone, { type: 'user_changed_number', wa_id: '919811100009', user_id: SCOPED }),
    ).toMatchObject([
      {
        type: 'identity-changed',
        previous: identity('wa_phone', ASHA.phone),
        current: [identity('wa_phone', '919811100009'), identity('wa_bsuid', SCOPED)],
      },
    ]);
    const [changed] = system(undefined, {
      type: 'user_changed_user_id',
      body: 'User IN.VICTIM1 changed from IN.VICTIM1 to it',
      user_id: SCOPED,
    });
    expect(changed).toMatchObject({ type: 'identity-changed', current: [identity('wa_bsuid', SCOPED)] });
    expect(changed).not.toHaveProperty('previous');
    expect(system(ASHA.phone, { type: 'customer_identity_changed' })).toMatchObject([
      {
        type: 'identity-changed',
        previous: identity('wa_phone', ASHA.phone),
        current: [identity('wa_phone', ASHA.phone)],
      },
    ]);
    const update = value('user_id_update', {
      user_id_update: [
        { wa_id: '919811100009', user_id: { previous: 'IN.1', current: 'IN.2' }, timestamp: '1' },
      ],
    });
    expect(parse(account, update, receivedAt)).toMatchObject([
      {
        id: 'user_id_update:IN.1:IN.2',
        previous: identity('wa_bsuid', 'IN.1'),
        current: [identity('wa_phone', '919811100009'), identity('wa_bsuid', 'IN.2')],
      },
    ]);
  });

  test('stop and resume are consent; another word is only counted', () => {
    const preference = (word: string) =>
      parse(
        account,
        value('user_preferences', { user_preferences: [{ wa_id: ASHA.phone, value: word, timestamp: 1 }] }),
        receivedAt,
      );
    expect(preference('stop')).toMatchObject([
      { type: 'consent', stop: true, reference: { user: ASHA.phone } },
    ]);
    expect(preference('resume')).toMatchObject([{ type: 'consent', stop: false }]);
    expect(preference('signup')).toMatchObject([{ type: 'ignored' }]);
  });
});

describe('what WhatsApp reports of our own side', () => {
  const status = (word: string, callbackId?: string, errors: { code: number; title: string }[] = []) =>
    parse(
      account,
      whatsappStatus(NUMBER, { providerId: 'wamid.1', to: ASHA.phone, callbackId }, word, at, errors),
      receivedAt,
    );
  test.each([
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['played', 'read'],
  ])('%s is a receipt of %s', (word, expected) => {
    expect(status(word, 'entry-1')).toMatchObject([
      { type: 'receipt', status: expected, messageId: 'wamid.1', callbackId: 'entry-1', at },
    ]);
  });

  test('a failure keeps its code and says why in our words', () => {
    expect(status('failed', 'entry-1#2', [{ code: 131047, title: 'Re-engagement message' }])).toMatchObject([
      { status: 'failed', callbackId: 'entry-1', part: 2, errorCode: 131047, reason: 'window_closed' },
    ]);
    const [bare] = status('failed');
    expect(bare).not.toHaveProperty('errorCode');
  });

  test('an unknown status, and a status of a group, are only counted', () => {
    expect(status('deleted')).toMatchObject([{ type: 'ignored', what: 'status:deleted' }]);
    const group = { statuses: [{ id: 'wamid.1', status: 'read', recipient_type: 'group', timestamp: '1' }] };
    expect(parse(account, value('messages', group), receivedAt)).toMatchObject([
      { type: 'ignored', what: 'status:read' },
    ]);
  });

  test('what a colleague wrote, changed or deleted on the phone belongs to the customer it went to', () => {
    const echo = (message: object) =>
      parse(account, whatsappEcho(NUMBER, ASHA, message as Record<string, unknown>, at), receivedAt);
    expect(echo(whatsappSays.text('on its way'))).toMatchObject([
      {
        type: 'echo',
        text: 'on its way',
        reference: { user: ASHA.phone },
        identities: [{ value: ASHA.phone }],
      },
    ]);
    expect(echo(whatsappSays.image('the label'))).toMatchObject([
      { type: 'echo', text: '[image] the label' },
    ]);
    expect(echo(whatsappSays.edit('wamid.1', 'tomorrow'))).toMatchObject([
      { type: 'edited', targetId: 'wamid.1' },
    ]);
    expect(echo(whatsappSays.revoke('wamid.1'))).toMatchObject([
      { type: 'revoked', reference: { user: ASHA.phone } },
    ]);
  });
});

describe('a WhatsApp webhook with many things in it', () => {
  test('everything readable takes effect, in order, whatever stands between', () => {
    const text = (id: string) => ({ id, from: ASHA.phone, type: 'text', text: { body: id } });
    const body = {
      entry: [
        null,
        { changes: 'none' },
        {
          changes: [
            {
              field: 'messages',
              value: { metadata: {}, messages: [text('1'), null, 7, { id: {} }, text('2')] },
            },
          ],
        },
        {
          changes: [
            { field: 'messages', value: { statuses: [{ id: 's', status: 'sent' }], errors: [{ code: 1 }] } },
          ],
        },
        { changes: [{ field: 'messages', value: { messages: [text('3')] } }] },
      ],
    };
    const activities = parse(account, body, receivedAt);
    expect(activities.filter((one) => one.type === 'message').map((one) => one.id)).toEqual(['1', '2', '3']);
    expect(activities.filter((one) => one.type === 'receipt')).toHaveLength(1);
    expect(activities.filter((one) => one.type === 'ignored')).toHaveLength(4);
  });

  test('what belongs to another number is ignored', () => {
    const body = whatsappMessages({ ...NUMBER, phoneNumberId: '999' }, ASHA, [whatsappSays.text('x')], at);
    expect(parse(account, body, receivedAt)).toMatchObject([{ type: 'ignored', what: 'other_number' }]);
  });

  test('old messages of a moved number are counted and wake nobody', () => {
    const old = { id: '1', from: ASHA.phone, type: 'image', image: { id: '5' } };
    expect(parse(account, value('history', { messages: [old] }), receivedAt)).toMatchObject([
      { type: 'ignored', what: 'history' },
    ]);
  });
});
