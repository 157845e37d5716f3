import type { IntentName } from '../../src/core/intents';
import type { Expecting, Slots } from '../../src/core/understanding';
import { orderNumberFinder } from '../../src/nlu/slots/order-number';
import { readSlots } from '../../src/nlu/slots/read';

function slots(text: string, intents: IntentName[] = [], expecting: Expecting[] = []): Slots {
  return readSlots(text, {
    now: new Date('2026-11-18T06:00:00Z'),
    timeZone: 'Asia/Kolkata',
    country: 'IN',
    expecting,
    intents,
    orderNumbers: orderNumberFinder('[A-Z]{1,4}-?\\d{3,8}'),
  });
}

const numbers = (text: string, expecting: Expecting[] = []): string[] =>
  (slots(text, [], expecting).orderNumbers ?? []).map((slot) => slot.value);

test.each([
  ['where is DS-1001', ['DS-1001']],
  ['where is ds-1001?', ['DS-1001']],
  ['ds1001 kaha hai', ['DS1001']],
  ['ds 1001 cancel karo', ['DS-1001']],
  ['DS - 1001 ka status', ['DS-1001']],
  ['DS-1001 and DS-2044', ['DS-1001', 'DS-2044']],
  ['DS-१००१ कहाँ है', ['DS-1001']],
  ['DS–1001 please', ['DS-1001']],
])('order numbers in "%s" are %j', (text, expected) => {
  expect(numbers(text)).toEqual(expected);
});

test.each([
  'flat 402',
  'rs 500',
  'pin 560038',
  'is 1001 ok',
  'otp 482913',
  'a@ds1001.com',
  'call 9811100001',
  '3 Dec 2026',
])('"%s" holds no order number', (text) => {
  expect(numbers(text)).toEqual([]);
});

test('a span points at the words in the original text', () => {
  const text = 'नमस्ते, DS 1001 कल भेज दो';
  const found = slots(text, ['reschedule_delivery']);
  const [order] = found.orderNumbers ?? [];
  expect(order && text.slice(order.start, order.end)).toBe('DS 1001');
  expect(found.date && text.slice(found.date.start, found.date.end)).toBe('कल');
});

test("a pattern of the shop's own is used", () => {
  const find = orderNumberFinder('\\d{9}');
  expect(find('where is 123456789', false).map((slot) => slot.value)).toEqual(['123456789']);
});

test('a pattern that is no regular expression is refused', () => {
  expect(() => orderNumberFinder('[A-Z')).toThrow('not a regular expression');
});

const WHEN: [string, object][] = [
  ['deliver after 6', { fromHour: 18 }],
  ['after 6 pm', { fromHour: 18 }],
  ['6 baje ke baad', { fromHour: 18 }],
  ['shaam ko 6 baje ke baad', { slot: 'evening', fromHour: 18 }],
  ['between 10 and 12', { fromHour: 10, toHour: 12 }],
  ['subah 10 se 12 ke beech', { slot: 'morning', fromHour: 10, toHour: 12 }],
  ['between 2 and 4 pm', { fromHour: 14, toHour: 16 }],
  ['before 11 am', { toHour: 11 }],
  ['9 baje se pehle', { toHour: 9 }],
  ['tomorrow evening', { slot: 'evening' }],
  ['kal subah', { slot: 'morning' }],
  ['dopahar ko aana', { slot: 'afternoon' }],
  ['शाम को भेजना', { slot: 'evening' }],
  ['शाम 6 बजे के बाद', { slot: 'evening', fromHour: 18 }],
  ['at 5:30 pm', { fromHour: 17, toHour: 18 }],
  ['after lunch', { slot: 'afternoon' }],
];

test.each(WHEN)('the time in "%s" is %j', (text, expected) => {
  expect(slots(text, ['reschedule_delivery']).time?.value).toEqual(expected);
});

test('a greeting is no part of the day', () => {
  expect(slots('good morning, please reschedule', ['reschedule_delivery']).time).toBeUndefined();
});

test.each([
  ['560038', ['pin'], '560038'],
  ['560 038', ['pin'], '560038'],
  ['my pincode is 411014', [], '411014'],
  ['५६००३८', ['pin'], '560038'],
  ['pincode 560 038 hai', [], '560038'],
] as [string, Expecting[], string][])('the PIN code in "%s" (awaiting %j) is %s', (text, expecting, pin) => {
  expect(slots(text, [], expecting).pin?.value).toBe(pin);
});

test.each(['560038', 'otp 482913', 'rs 560038', '000000', '9811100001'])(
  '"%s" alone is no PIN code',
  (text) => {
    expect(slots(text).pin).toBeUndefined();
  },
);

test('the PIN code said to be right is taken, not the wrong one', () => {
  expect(slots('pin is 110092 not 110029', ['correct_address']).pin?.value).toBe('110092');
});

test.each([
  ['call me on 98111 00001', '+919811100001'],
  ['+91-98111-00001', '+919811100001'],
  ['09811100001', '+919811100001'],
  ['मेरा नंबर ९८१११००००१ है', '+919811100001'],
])('the phone in "%s" is %s', (text, phone) => {
  expect(slots(text).phone?.value).toBe(phone);
});

test('a number that is no mobile number is not taken for one', () => {
  expect(slots('awb 1490811111111').phone).toBeUndefined();
  expect(slots('1234567890').phone).toBeUndefined();
});

test('an e-mail address is found and put in lower case', () => {
  expect(slots('write to Asha.Rao@Example.com.').email?.value).toBe('asha.rao@example.com');
});

test('a one-time code is read only while one is awaited, with or without a gap', () => {
  expect(slots('482 913', [], ['code']).code?.value).toBe('482913');
  expect(slots('482913').code).toBeUndefined();
});

const PLACES: [string, object][] = [
  ['flat is 402 not 204', { line1: 'Flat 402', was: '204' }],
  ['flat 402 hai 204 nahi', { line1: 'Flat 402', was: '204' }],
  ['flat number 204 nahi 402 hai', { line1: 'Flat 402', was: '204' }],
  ['फ्लैट 402 है 204 नहीं', { line1: 'फ्लैट 402', was: '204' }],
  ['change flat no to 501', { line1: 'Flat 501' }],
  ['flat is 402 and the pincode is 560008', { line1: 'Flat 402', postalCode: '560008' }],
  ['flat 402, landmark near the temple', { line1: 'Flat 402', landmark: 'near the temple' }],
  ['tower is C not B', { line1: 'Tower C', was: 'B' }],
  ['change house number from 12 to 21', { line1: 'House 21', was: '12' }],
  ['landmark is near the water tank', { landmark: 'near the water tank' }],
  ['add landmark opposite city mall', { landmark: 'opposite city mall' }],
  ['mandir ke paas', { landmark: 'mandir ke paas' }],
  ['मंदिर के पास', { landmark: 'मंदिर के पास' }],
  ['pincode galat hai, 560038 hai', { postalCode: '560038' }],
];

test.each(PLACES)('the address part in "%s" is %j', (text, expected) => {
  expect(slots(text, ['correct_address']).address?.value).toEqual(expected);
});

test('a whole address is taken apart, its parts as the customer wrote them', () => {
  const text = 'my new address is Flat 204, Lake View, 12th Main, Indiranagar, Bengaluru, Karnataka 560038';
  expect(slots(text, ['correct_address']).address?.value).toEqual({
    whole: true,
    line1: 'Flat 204, Lake View',
    line2: '12th Main, Indiranagar',
    city: 'Bengaluru',
    state: 'Karnataka',
    postalCode: '560038',
  });
});

test('an answer to the question for an address is kept even if it is not recognised further', () => {
  expect(slots('Gupta Niwas, behind old mill, Rampur', [], ['address']).address?.value.line1).toContain(
    'Gupta Niwas',
  );
});

test('no date is read from a line that holds an address', () => {
  expect(
    slots('flat 12/3, 2nd cross, friday market road, pune 411001', ['reschedule_delivery']).date,
  ).toBeUndefined();
});

const GOODS: [string, Partial<Record<'item' | 'reason' | 'resolution' | 'quantity', unknown>>][] = [
  [
    'return the black shirt, size too small, want refund',
    { item: 'black shirt', reason: 'size', resolution: 'refund' },
  ],
  [
    'i want to exchange my shoes for a bigger size',
    { item: 'shoes', reason: 'size', resolution: 'exchange' },
  ],
  ['kurti wapas karni hai, chhoti hai', { item: 'kurti', reason: 'size' }],
  ['it is broken, send a replacement', { reason: 'damaged', resolution: 'replacement' }],
  ['galat saman aaya hai, paise wapas chahiye', { reason: 'wrong_item', resolution: 'refund' }],
  ['not as described', { reason: 'not_as_described' }],
  ['i changed my mind', { reason: 'changed_mind' }],
  ['charger is missing', { reason: 'missing_parts' }],
  ['पसंद नहीं आया', { reason: 'changed_mind' }],
  ['return 2 pieces', { quantity: 2 }],
  ['return both', { quantity: 2 }],
  ['store credit de do', { resolution: 'store_credit' }],
];

test.each(GOODS)('"%s" gives %j', (text, expected) => {
  const found = slots(text, ['initiate_return']);
  const read = {
    item: found.item?.value,
    reason: found.reason?.value,
    resolution: found.resolution?.value,
    quantity: found.quantity?.value,
  };
  expect(Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined))).toEqual(
    expected,
  );
});

test('a bare number is a quantity only while one is awaited', () => {
  expect(slots('3', [], ['quantity']).quantity?.value).toBe(3);
  expect(slots('3', ['initiate_return']).quantity).toBeUndefined();
});

test.each([
  ['शाम सात बजे के बाद डिलीवरी कर दो', { slot: 'evening', fromHour: 19 }],
  ['shaam saat baje ke baad', { slot: 'evening', fromHour: 19 }],
  ['subah das baje bhejo', { slot: 'morning', fromHour: 10, toHour: 11 }],
])('"%s" names an hour and no day', (text, time) => {
  const { date, time: found } = slots(text, ['reschedule_delivery']);
  expect([date, found?.value]).toEqual([undefined, time]);
});
