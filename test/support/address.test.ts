import { addressOpen, addressPlan, checkPin, withChanges } from '../../src/support/address';
import { cityName, stateName } from '../../src/support/pins';
import { asked, NOW, orderWith, parcel, rules, rulesWith, withParcel } from './fixtures';

const failed = withParcel(parcel('attempt_failed', { attempts: 1 }));
const moving = withParcel(parcel('in_transit'));

describe('PIN codes', () => {
  test.each([
    ['560038', 'Karnataka'],
    ['110001', 'Delhi'],
    ['110001', 'NCT of Delhi'],
    ['400050', 'Maharashtra'],
    ['403001', 'Goa'],
    ['600001', 'Tamilnadu'],
    ['605001', 'Puducherry'],
    ['533464', 'Pondicherry'],
    ['673310', 'Puducherry'],
    ['682555', 'Lakshadweep'],
    ['160055', 'Punjab'],
    ['160017', 'Chandigarh'],
    ['248001', 'Uttaranchal'],
    ['834001', 'Jharkhand'],
    ['737101', 'Sikkim'],
    ['744101', 'Andaman & Nicobar'],
    ['194101', 'Ladakh'],
    ['781001', 'Assam'],
    ['791111', 'Arunachal Pradesh'],
    ['799001', 'Tripura'],
    ['500081', 'TS'],
    ['560038', 'KA'],
    ['900056', 'Karnataka'],
    ['560 038', 'karnataka'],
    ['560038', 'a state nobody knows'],
  ])('%s lies in %s', (pin, state) => {
    expect(checkPin(pin, { state }).result).toBe('ok');
  });

  test.each([
    ['560038', 'Delhi', ['Karnataka']],
    ['110001', 'Haryana', ['Delhi']],
    ['403001', 'Gujarat', ['Goa', 'Maharashtra']],
    ['737101', 'West Bengal', ['Sikkim']],
    ['793001', 'Assam', ['Meghalaya']],
  ])('%s does not lie in %s', (pin, state, states) => {
    expect(checkPin(pin, { state })).toEqual({ result: 'other_state', states });
  });

  test.each(['', '56003', '5600381', '060038', '56003a', '290001', '350001', '540001', '650001', '890001'])(
    '"%s" is no PIN code',
    (pin) => expect(checkPin(pin).result).toBe('not_a_pin'),
  );

  test('a big city’s code beside another big city is pointed out; a town is not', () => {
    expect(checkPin('570001', { state: 'Karnataka', city: 'Bangalore' }).otherCity).toBe('mysuru');
    expect(checkPin('560038', { state: 'Karnataka', city: 'Bangalore' }).otherCity).toBeUndefined();
    expect(checkPin('570001', { state: 'Karnataka', city: 'Hassan' }).otherCity).toBeUndefined();
  });

  test('old and new names are one', () => {
    expect([cityName('BANGALORE'), cityName('Gurgaon'), cityName('Trivandrum')]).toEqual([
      'bengaluru',
      'gurugram',
      'thiruvananthapuram',
    ]);
    expect([stateName('Orissa'), stateName('U.P.'), stateName('up'), stateName('Atlantis')]).toEqual([
      'Odisha',
      'Uttar Pradesh',
      'Uttar Pradesh',
      undefined,
    ]);
  });
});

describe('what a correction does', () => {
  const line1 = { line1: 'Flat 402, Lake View' };
  test.each([
    ['no parcel yet', orderWith()],
    ['pending', withParcel(parcel('pending'))],
    ['packed', withParcel(parcel('packed'))],
    ['one delivered, the other not sent', withParcel(parcel('delivered'), parcel('packed', { id: 'S2' }))],
  ])('%s: changed at once', (_name, order) => {
    const plan = addressPlan(order, rules, NOW, line1);
    expect(plan).toMatchObject({ kind: 'now', changedFields: ['line1'], shipment: undefined });
    expect(plan).toMatchObject({ before: { line1: 'Flat 204, Lake View' }, after: line1 });
  });

  test('after dispatch the carrier takes a phone or a landmark, the rest goes to a person', () => {
    const plan = (changes: object) => addressPlan(moving, rules, NOW, changes);
    expect(plan({ phone: '98111 00002' })).toMatchObject({
      kind: 'carrier',
      after: { phone: '+919811100002' },
      shipment: { id: 'S1' },
    });
    expect(plan({ landmark: 'opposite the temple' })).toMatchObject({ kind: 'carrier' });
    expect(plan(line1)).toMatchObject({
      kind: 'person',
      reason: 'not_this_field',
      possible: ['phone', 'landmark'],
    });
    expect(plan({ ...line1, landmark: 'opposite the temple' })).toMatchObject({ kind: 'person' });
  });

  test('after a failed attempt it goes with the next one', () => {
    const plan = addressPlan(failed, rules, NOW, { ...line1, postalCode: '560 008' });
    expect(plan).toMatchObject({
      kind: 'with_reattempt',
      changedFields: ['line1', 'postalCode'],
      after: { postalCode: '560008' },
    });
  });

  test.each([
    ['another state', { city: 'Chennai', state: 'Tamil Nadu', postalCode: '600001' }, 'another_state'],
    ['a PIN code of another state', { postalCode: '110001' }, 'another_state'],
    ['another city', { city: 'Mysuru', postalCode: '570001' }, 'another_city'],
    ['a PIN code of another city', { postalCode: '570001' }, 'another_city'],
    ['another country', { country: 'NP' }, 'another_country'],
  ])('%s goes to a person even before dispatch', (_name, changes, reason) => {
    expect(addressPlan(orderWith(), rules, NOW, changes)).toMatchObject({ kind: 'person', reason });
  });

  test('Bangalore for Bengaluru is no other city, and alone no change', () => {
    expect(addressPlan(orderWith(), rules, NOW, { city: 'Bangalore', ...line1 })).toMatchObject({
      kind: 'now',
      changedFields: ['line1'],
    });
    expect(addressPlan(orderWith(), rules, NOW, { city: 'bangalore' })).toEqual({
      kind: 'refused',
      reason: 'nothing_changes',
    });
  });

  test('a second change goes to a person; one that was rejected does not count', () => {
    const after = (state: 'accepted' | 'rejected') =>
      orderWith({ requests: [asked({ type: 'address_change', action: 'update_address', state })] });
    expect(addressPlan(after('accepted'), rules, NOW, line1)).toMatchObject({ reason: 'second_change' });
    expect(addressOpen(after('accepted'), rules)).toBe(false);
    expect(addressPlan(after('rejected'), rules, NOW, line1)).toMatchObject({ kind: 'now' });
  });

  test('somebody at the shop may do what the bot leaves to a person', () => {
    const plan = addressPlan(moving, rules, NOW, { city: 'Mysuru', postalCode: '570001' }, {});
    expect(plan).toMatchObject({ kind: 'carrier', changedFields: ['city', 'postalCode'] });
  });

  test('several parcels under way go to a person, who names one', () => {
    const order = withParcel(parcel('in_transit'), parcel('shipped', { id: 'S2' }));
    expect(addressPlan(order, rules, NOW, { landmark: 'x' })).toMatchObject({ reason: 'several_parcels' });
    expect(addressPlan(order, rules, NOW, { landmark: 'x' }, { shipmentId: 'S2' })).toMatchObject({
      kind: 'carrier',
      shipment: { id: 'S2' },
    });
  });

  test('the policy says what the carrier takes', () => {
    const strict = rulesWith({ address: { afterDispatch: [] } });
    expect(addressPlan(moving, strict, NOW, { landmark: 'x' })).toMatchObject({ reason: 'not_this_field' });
  });

  test.each([
    [{ postalCode: '29' }, 'not_a_pin', 'postalCode'],
    [{ postalCode: '290001' }, 'not_a_pin', 'postalCode'],
    [{ phone: '12' }, 'not_a_phone', 'phone'],
    [{ line1: '  ' }, 'empty_field', 'line1'],
    [{ landmark: 'near the metro' }, 'nothing_changes', undefined],
    [{}, 'nothing_changes', undefined],
  ])('%j is refused as %s', (changes, reason, field) => {
    expect(addressPlan(orderWith(), rules, NOW, changes)).toEqual({
      kind: 'refused',
      reason,
      ...(field ? { field } : {}),
    });
  });

  test.each([
    ['delivered', 'delivered'],
    ['rto_initiated', 'rto'],
    ['lost', 'lost'],
    ['cancelled', 'cancelled'],
  ] as const)('%s is refused before anything is asked', (status, reason) => {
    expect(addressPlan(withParcel(parcel(status)), rules, NOW, { postalCode: 'x' })).toEqual({
      kind: 'refused',
      reason,
    });
  });

  test('a waiting cancellation refuses too', () => {
    const order = orderWith({ requests: [asked({ type: 'cancel', action: 'cancel' })] });
    expect(addressPlan(order, rules, NOW, line1)).toEqual({ kind: 'refused', reason: 'pending_request' });
  });
});

test('an empty landmark takes it away', () => {
  const after = withChanges(orderWith().shippingAddress, { landmark: '' }, 'IN');
  expect('landmark' in after).toBe(false);
});
