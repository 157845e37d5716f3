import { chatWith } from './kit/chat';
import { delivered, order, parcel } from './kit/orders';

const unsent = (number = 'DS-1001') => order(number, { shipments: [] });

describe('correct the address', () => {
  test('one field before dispatch: proof, before and after, confirmed, changed', async () => {
    const chat = await chatWith({ orders: [unsent()] });
    expect(await chat.say('my flat is 402 not 204 for DS-1001')).toContain('PIN code');
    const shown = await chat.say('560038');
    expect(shown).toContain('Now:\nAsha Rao\nFlat 204, Lake View');
    expect(shown).toMatch(/New:\nAsha Rao\nFlat 402/);
    expect(chat.titles[0]).toMatch(/^Yes/);
    expect(await chat.say('yes')).toContain('The address of DS-1001 is changed.');
    const stored = await chat.order('DS-1001');
    expect(stored.shippingAddress.line1).toContain('402');
    expect(stored.requests).toMatchObject([{ type: 'address_change', action: 'update_address' }]);
  });

  test('nothing of the address is shown before the proof, and wrong PIN codes end with a person', async () => {
    const chat = await chatWith({ orders: [unsent()], ways: [] });
    const lines = [
      await chat.say('change the address of DS-1001'),
      await chat.say('560001'),
      await chat.say('560002'),
    ];
    expect(lines[1]).toContain("doesn't match");
    lines.push(await chat.say('560003'));
    expect(chat.last?.handoff?.reason).toBe('proof_impossible');
    for (const line of lines) expect(line).not.toMatch(/Lake View|Indiranagar|560038/);
  });

  test('a whole new address leaves the old landmark and street behind', async () => {
    const chat = await chatWith({ orders: [unsent()] });
    await chat.say('new address for DS-1001: B-12 Green Park, HSR Layout, Bengaluru 560102');
    const shown = await chat.say('560038');
    expect(shown).toContain('New:\nAsha Rao\nB-12 Green Park, HSR Layout\nBengaluru');
    await chat.say('yes');
    const { landmark, line2 } = (await chat.order('DS-1001')).shippingAddress;
    expect([landmark, line2]).toEqual([undefined, 'HSR Layout']);

    const corrected = await chatWith({ orders: [unsent()] });
    await corrected.say('flat is 402 and the pincode is 560008, for DS-1001');
    expect(await corrected.say('560038')).toContain(
      'Flat 402, Lake View, 12th Main, Indiranagar\nnear the metro',
    );
  });

  test('a landmark on the way is asked of the carrier', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('add a landmark to DS-1001: opposite City Mall');
    const shown = await chat.say('560038');
    expect(shown.toLowerCase()).toContain('city mall');
    expect(shown).toContain('already on its way. Shall I ask the courier');
    expect(await chat.say('yes')).toContain("I've requested this for DS-1001");
    expect((await chat.order('DS-1001')).requests).toMatchObject([
      { type: 'address_change', shipmentId: 'S1' },
    ]);
  });

  test('other parts on the way, another city, and a second change go to a person', async () => {
    const onTheWay = await chatWith({ orders: [order('DS-1001')] });
    const told = await onTheWay.say('my flat is 402 not 204 for DS-1001');
    expect(told).toContain('the courier can only take a new phone or landmark');
    expect(told).not.toContain('PIN code');
    expect(onTheWay.last?.handoff).toMatchObject({ wants: 'correct_address', orderNumber: 'DS-1001' });

    const elsewhere = await chatWith({ orders: [unsent()] });
    await elsewhere.say('new address for DS-1001: 12 Rose Villa, MG Road, Pune, Maharashtra 411001');
    await elsewhere.say('560038');
    expect(elsewhere.last?.handoff?.reason).toBe('address_elsewhere');

    const twice = await chatWith({ orders: [unsent()] });
    await twice.say('my flat is 402 not 204 for DS-1001');
    await twice.say('560038');
    await twice.say('yes');
    await twice.say('change the address of DS-1001 again');
    expect(twice.last?.handoff?.reason).toBe('second_address_change');
  });

  test('a PIN code of another state is asked again', async () => {
    const chat = await chatWith({ orders: [unsent()] });
    await chat.say('pincode of DS-1001 is wrong, it is 110001');
    expect(await chat.say('560038')).toContain('PIN code 110001 belongs to Delhi');
    expect(await chat.say('560037')).toMatch(/New:[^]*560037/);
  });

  test('the address form fills everything at once', async () => {
    const chat = await chatWith({ orders: [unsent()] });
    await chat.say('change the address of DS-1001');
    await chat.say('560038');
    const shown = await chat.send({
      kind: 'form',
      name: 'address_message',
      values: {
        name: 'Asha Rao',
        phone_number: '9811100001',
        house_number: '402',
        building_name: 'Lake View',
        address: '12th Main, Indiranagar',
        city: 'Bengaluru',
        state: 'Karnataka',
        in_pin_code: '560038',
      },
    });
    expect(shown).toContain('402, Lake View');
    expect(await chat.say('yes')).toContain('is changed');
  });

  test('which part, then its value; a wrong phone is asked again', async () => {
    const chat = await chatWith({ orders: [order('DS-1001')] });
    await chat.say('change address');
    await chat.say('560038');
    expect(chat.titles).toEqual(expect.arrayContaining(['Phone number', 'Landmark']));
    await chat.tap('Phone number');
    expect(await chat.say('12345')).toContain("doesn't look like a full phone number");
    expect(await chat.say('9876543210')).toContain('+919876543210');
  });

  test('after a failed attempt the new address goes with a new attempt', async () => {
    const failed = parcel({ status: 'attempt_failed', attempts: 1 });
    const chat = await chatWith({ orders: [order('DS-1001', { shipments: [failed] })] });
    await chat.say('my flat is 402 not 204 for DS-1001');
    expect(await chat.say('560038')).toContain('Which day suits you');
    await chat.say('tomorrow');
    await chat.say('morning');
    expect(chat.text).toContain('come again');
    await chat.say('yes');
    expect((await chat.order('DS-1001')).requests).toMatchObject([
      { type: 'address_change', action: 'reattempt', date: '2026-11-23', slot: 'morning' },
    ]);
  });

  test('the day of an attempt already asked for is not asked again', async () => {
    const failed = parcel({ status: 'attempt_failed', attempts: 1 });
    const chat = await chatWith({ orders: [order('DS-1001', { shipments: [failed] })] });
    await chat.say('bring DS-1001 on tuesday evening');
    await chat.say('yes');
    await chat.say('one more thing, my flat is 402 not 204');
    expect(await chat.say('560038')).toMatch(/Flat 402[^]*Tuesday, 24 Nov, evening/);
    await chat.say('yes');
    expect((await chat.order('DS-1001')).requests).toMatchObject([
      { type: 'reschedule', action: 'reattempt' },
      { type: 'address_change', action: 'reattempt', date: '2026-11-24', slot: 'evening' },
    ]);
  });

  test('a delivered order is refused before any proof', async () => {
    const chat = await chatWith({ orders: [delivered('DS-1001', '2026-11-20')] });
    const said = await chat.say('change the address of DS-1001');
    expect(said).toContain('has already been delivered');
    expect(said).not.toContain('PIN');
  });

  test('in Hinglish and Hindi', async () => {
    const chat = await chatWith({ orders: [unsent()] });
    expect(await chat.say('pincode galat hai, 560037 hai')).toContain('PIN code');
    expect(await chat.say('560038')).toContain('Naya:');
    expect(chat.titles[0]).toMatch(/^Haan/);
    expect(await chat.say('haan')).toContain('address badal gaya hai');
    const hindi = await chatWith({ orders: [unsent()] });
    await hindi.say('मुझे पता बदलना है');
    await hindi.say('५६००३८');
    expect(hindi.text).toContain('पते में क्या ठीक करना है');
  });
});
