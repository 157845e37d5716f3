import { inPlace } from '../../dialogs/kit/address-form';

describe('a corrected number stays in the line it belongs to', () => {
  it.each([
    ['Flat 204, Lake View Apartments', 'Flat 402', 'Flat 402, Lake View Apartments'],
    ['flat no. 12B, Palm Court', 'Flat 14', 'flat no. 14, Palm Court'],
    ['204, Lake View', 'Flat 402', '402, Lake View'],
    ['Flat 204, Lake View', 'Flat 402, Rose Garden', 'Flat 402, Rose Garden'],
    ['Lake View, Indiranagar', 'Flat 402', 'Flat 402'],
    ['मकान 12, शिव नगर', 'मकान 21', 'मकान 21, शिव नगर'],
  ])('%s with %s reads %s', (before, said, after) => {
    expect(inPlace(before, said)).toBe(after);
    expect(inPlace(before, inPlace(before, said))).toBe(after);
  });
});
