import { orderNumberFinder } from '../../src/nlu/slots/order-number';

describe('order numbers while one is awaited', () => {
  const find = orderNumberFinder('[A-Z]{1,4}-?\\d{3,8}');
  it.each([
    ['my flat is 402 not 204 for DS-1003', ['DS-1003']],
    ['ds 1003', ['DS-1003']],
    ['it is DS1003 please', ['DS1003']],
    ['my pin is 560038', []],
  ])('%s names %j', (text, wanted) => {
    expect(find(text, true).map((slot) => slot.value)).toEqual(wanted);
  });
});
