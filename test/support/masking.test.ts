import { masked } from '../../src/core/masking';

test.each([
  ['my UPI is meera@okaxis please', 'my UPI is me••••@okaxis please'],
  ['account 123456789012 IFSC HDFC0001234', 'account ••••9012 IFSC HDFC•••••••'],
  ['खाता नंबर 50100123456789', 'खाता नंबर ••••6789'],
  ['card 4111 1111 1111 1111', 'card ••••1111'],
])('%s is kept as %s', (said, kept) => {
  expect(masked(said)).toBe(kept);
});

test.each([
  'call me on 9876543210',
  'awb 1490811111111',
  'meera@example.com',
  '411045',
  'DS-1001',
  'Flat 402, 12th Main, Bengaluru 560038',
])('%s stays as written', (said) => {
  expect(masked(said)).toBe(said);
});

test('a number alone is an account when the line beside it has the branch code', () => {
  expect(masked('123456789012', 'HDFC0001234')).toBe('••••9012');
});
