import { csv } from '../../src/support/summary-csv';

it.each([
  ['plain', 'plain'],
  ['two, words', '"two, words"'],
  ['12" ruler', '"12"" ruler"'],
  ['one\ntwo', '"one\ntwo"'],
  ['=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
  ['+91', "'+91"],
  ['-1 size', "'-1 size"],
  ['@home', "'@home"],
  ['कुर्ता', 'कुर्ता'],
  [-3, '-3'],
  [0.5, '0.5'],
  [null, ''],
  [undefined, ''],
])('%j is written as %s', (value, wanted) => {
  expect(csv([[value, 1]])).toBe(`${wanted},1\r\n`);
});
