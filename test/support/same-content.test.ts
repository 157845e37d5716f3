import { sameContent } from '../../src/support/same-content';

describe('the same content', () => {
  const at = new Date('2026-11-20T00:00:00Z');
  it.each<[string, unknown, unknown, boolean]>([
    ['fields in another order', { a: 1, b: [{ c: 'x', d: null }] }, { b: [{ d: null, c: 'x' }], a: 1 }, true],
    ['undefined and absent', { a: 1, b: undefined }, { a: 1 }, true],
    ['absent and undefined', { a: 1 }, { a: 1, b: undefined }, true],
    ['equal times', { at }, { at: new Date(at) }, true],
    ['other times', { at }, { at: new Date(0) }, false],
    ['a time and its text', { at }, { at: at.toISOString() }, false],
    ['lists in another order', [1, 2], [2, 1], false],
    ['a shorter list', [1, 2], [1], false],
    ['a longer list', [1], [1, 2], false],
    ['a list and an object', { a: [] }, { a: {} }, false],
    ['null and absent', { a: null }, {}, false],
    ['another name', { a: 1 }, { b: 1 }, false],
    ['text and number', { a: '1' }, { a: 1 }, false],
  ])('%s', (_what, a, b, same) => {
    expect(sameContent(a, b)).toBe(same);
    expect(sameContent(b, a)).toBe(same);
  });
});
