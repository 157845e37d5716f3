import type { IntentName } from '../../src/core/intents';
import type { Expecting, Slots } from '../../src/core/understanding';
import { orderNumberFinder } from '../../src/nlu/slots/order-number';
import { readSlots } from '../../src/nlu/slots/read';

function read(text: string, intents: IntentName[], expecting: Expecting[] = []): Slots {
  return readSlots(text, {
    now: new Date('2026-11-18T06:00:00Z'),
    timeZone: 'Asia/Kolkata',
    country: 'IN',
    expecting,
    intents,
    orderNumbers: orderNumberFinder('[A-Z]{1,4}-?\\d{3,8}'),
  });
}

/** What is checked of a slot, by name; every span must point at the customer's own words. */
function shown(text: string, slots: Slots): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(slots)) {
    for (const slot of [value].flat()) expect(text.slice(slot.start, slot.end)).toBe(slot.text);
    out[name] = Array.isArray(value) ? value.map((slot) => slot.value).join(' ') : value.value;
  }
  return out;
}

const ORDERS: [string, string | undefined][] = [
  ['where r my orders DS-1001, DS-1002 & DS-1003', 'DS-1001 DS-1002 DS-1003'],
  ['order number is D S 1001', 'DS-1001'],
  ['order id: ds_1001', 'DS-1001'],
  ["my order DS-1001's status", 'DS-1001'],
  ['ऑर्डर नंबर DS-१००१ है', 'DS-1001'],
  ['mera order AB20417 hai na', 'AB20417'],
  ['flat no B-402', undefined],
  ['फ्लैट B-402', undefined],
  ["it's 203, not 302", undefined],
  ['above Axis bank, MG Road, Pune - 411001', undefined],
  ['Kota-324001', undefined],
];

test.each(ORDERS)('the order numbers of "%s" are %s', (text, numbers) => {
  expect(shown(text, read(text, ['order_status'])).orderNumbers).toBe(numbers);
});

const NUMBERS: [string, Record<string, unknown>][] = [
  ['mobile 9811100001 galat hai 9822200002 sahi', { phone: '+919822200002' }],
  ['change my number from 9811100001 to 9822200002', { phone: '+919822200002' }],
  ['मोबाइल नंबर ९८१११००००१', { phone: '+919811100001' }],
  ['phone no is 9 8 1 1 1 0 0 0 0 1', { phone: '+919811100001' }],
  ['pincode is 400076 not 400067', { pin: '400076' }],
  ['pincode 400067 galat hai 400076 karo', { pin: '400076' }],
  ['पिन कोड 400067 नहीं 400076 है', { pin: '400076', address: { postalCode: '400076', was: '400067' } }],
  ['400067 ki jagah 400076', { pin: '400076' }],
  ['पिन ४०००७६', { pin: '400076' }],
];

test.each(NUMBERS)('"%s" holds %j', (text, expected) => {
  expect(shown(text, read(text, ['correct_address']))).toMatchObject(expected);
});

const GOODS: [string, Record<string, unknown>][] = [
  ['do kurte wapas karne hain', { item: 'kurte', quantity: 2 }],
  ['2 shirts return karni hai', { item: 'shirts', quantity: 2 }],
  ['दो कुर्ते वापस करने हैं', { item: 'कुर्ते', quantity: 2 }],
  ['cancel the headphones only', { item: 'headphones' }],
  ['return the shoes not the shirt', { item: 'shoes' }],
  ['मुझे नीली साड़ी वापस करनी है', { item: 'नीली साड़ी' }],
];

test.each(GOODS)('"%s" asks for %j', (text, expected) => {
  expect(shown(text, read(text, ['initiate_return']))).toMatchObject(expected);
});

test('a number of days is no quantity, also while one is awaited', () => {
  expect(read('10 din se wait', ['initiate_return'], ['quantity']).quantity).toBeUndefined();
});

const REASONS: [string, string][] = [
  ['size chhota nikla', 'size'],
  ['बहुत टाइट है', 'size'],
  ['rang ud gaya', 'damaged'],
  ['charger nahi hai box me', 'missing_parts'],
  ['dusra item aaya', 'wrong_item'],
  ['found it cheaper elsewhere', 'changed_mind'],
  ['mann badal gaya', 'changed_mind'],
  ['allergic reaction', 'other'],
  ['arrived too late', 'other'],
  ['टूटा हुआ आया', 'damaged'],
];

test.each(REASONS)('the reason in "%s" is %s, and nothing is asked for', (text, reason) => {
  const found = shown(text, read(text, ['initiate_return'], ['reason']));
  expect([found.reason, found.resolution]).toEqual([reason, undefined]);
});

const RESOLUTIONS: [string, string][] = [
  ['paisa hi chahiye', 'refund'],
  ['exchange nahi refund chahiye', 'refund'],
  ["i don't want exchange, refund", 'refund'],
  ['not refund, replacement', 'replacement'],
  ['one size bigger', 'exchange'],
  ['badal do', 'exchange'],
  ['बदल कर दो', 'exchange'],
  ['dusra wala bhej do', 'replacement'],
  ['send another one', 'replacement'],
  ['credit to my bank', 'refund'],
  ['wallet me daal do', 'store_credit'],
];

test.each(RESOLUTIONS)('"%s" asks for %s', (text, resolution) => {
  expect(shown(text, read(text, ['initiate_return'], ['resolution'])).resolution).toBe(resolution);
});

const PLACES: [string, object][] = [
  ['city galat hai thane hona chahiye', { city: 'thane' }],
  ['state is goa', { state: 'goa' }],
  ['street name is Linking Road', { line2: 'Linking Road' }],
  ['house number 12A please', { line1: 'House 12A' }],
  ['wing B flat 1203', { line1: 'wing B flat 1203' }],
  [
    'नया पता 14/2 गांधी नगर कानपुर 208001',
    { line1: '14/2 गांधी नगर', city: 'कानपुर', postalCode: '208001', whole: true },
  ],
  [
    'c/o Ramesh Kumar, 3rd floor, above Axis bank, MG Road, Pune - 411001',
    { line2: 'MG Road', city: 'Pune', postalCode: '411001', landmark: 'above Axis bank' },
  ],
];

test.each(PLACES)('the address in "%s" is %j', (text, address) => {
  expect(shown(text, read(text, ['correct_address'])).address).toMatchObject(address);
});

const TIMES: [string, object][] = [
  ['before noon', { toHour: 12 }],
  ['after noon please', { fromHour: 12 }],
  ['dopahar 2 se 4', { slot: 'afternoon', fromHour: 14, toHour: 16 }],
  ['दोपहर में', { slot: 'afternoon' }],
  ['after 6 and before 9', { fromHour: 18, toHour: 21 }],
  ['evening not morning', { slot: 'evening' }],
  ['shaam ko nahi subah', { slot: 'morning' }],
  ['first half', { slot: 'morning' }],
  ['17:00 to 19:00', { fromHour: 17, toHour: 19 }],
];

test.each(TIMES)('the time in "%s" is %j', (text, time) => {
  expect(shown(text, read(text, ['reschedule_delivery'])).time).toEqual(time);
});
