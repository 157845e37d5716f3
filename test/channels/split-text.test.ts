import {
  cutLabel,
  lengthOf,
  splitBeforeControls,
  splitText,
  uniqueLabels,
  withNumbers,
} from '../../src/channels/meta/split-text';

const FAMILY = '👨‍👩‍👧‍👦';

describe('splitting a text', () => {
  test('a text at the limit stays whole, one over it becomes two', () => {
    expect(splitText('x'.repeat(4096), 4096, 'characters')).toHaveLength(1);
    expect(splitText('x'.repeat(4097), 4096, 'characters').map((piece) => piece.length)).toEqual([4096, 1]);
  });

  test('bytes are counted as bytes: 333 Hindi letters fit into 1000, 334 do not', () => {
    expect(splitText('क'.repeat(333), 1000, 'bytes')).toHaveLength(1);
    expect(splitText('क'.repeat(334), 1000, 'bytes')).toHaveLength(2);
  });

  test('no grapheme is split', () => {
    const pieces = splitText(FAMILY.repeat(100), 60, 'characters');
    expect(pieces.every((piece) => piece.replaceAll(FAMILY, '') === '')).toBe(true);
    expect(pieces.join('')).toBe(FAMILY.repeat(100));
    const hindi = splitText('क्षि'.repeat(500), 1000, 'bytes');
    expect(hindi.every((piece) => piece.replaceAll('क्षि', '') === '')).toBe(true);
  });

  test('a grapheme longer than a message is cut between code points rather than never sent', () => {
    const monster = `a${'\u0301'.repeat(3000)}`;
    const pieces = splitText(monster, 1000, 'bytes');
    expect(pieces.join('')).toBe(monster);
    expect(pieces.every((piece) => lengthOf(piece, 'bytes') <= 1000)).toBe(true);
  });

  test('paragraphs, then sentences, then words are kept together, and no word is lost', () => {
    const words = Array.from({ length: 300 }, (_, n) => `word${n}${n % 9 === 0 ? '.' : ''}`).join(' ');
    const pieces = splitText(`${words}\n\nThe end.`, 500, 'characters');
    expect(pieces.join(' ').split(/\s+/)).toEqual(`${words} The end.`.split(' '));
    expect(pieces.every((piece) => piece.length <= 500)).toBe(true);
    expect(splitText('One.\n\nTwo is long', 12, 'characters')).toEqual(['One.', 'Two is long']);
  });

  test('blank text gives no piece', () => {
    expect(splitText(' \n ', 10, 'characters')).toEqual([]);
  });

  test('before controls the question keeps its own paragraph', () => {
    const long = `${'Details. '.repeat(150)}\n\nWhich day suits you?`;
    const pieces = splitBeforeControls(long, 4096, 1024, 'characters');
    expect(pieces).toHaveLength(2);
    expect(pieces[1]).toBe('Which day suits you?');
    const oneBlock = splitBeforeControls('y'.repeat(1500), 4096, 1024, 'characters');
    expect(oneBlock.at(-1)!.length).toBeLessThanOrEqual(1024);
    expect(oneBlock.join('')).toBe('y'.repeat(1500));
  });
});

describe('labels', () => {
  test('a label at the limit is kept, a longer one is marked as cut and never splits an emoji', () => {
    expect(cutLabel('12345678901234567890', 20)).toBe('12345678901234567890');
    expect(cutLabel('123456789012345678901', 20)).toBe('1234567890123456789…');
    expect(cutLabel(`Family order ${FAMILY}`, 20)).toBe('Family order…');
  });

  test('labels that would read the same are told apart', () => {
    const labels = uniqueLabels(['Black T-shirt, size M', 'Black T-shirt, size L', 'Yes', 'Yes'], 20);
    expect(new Set(labels).size).toBe(4);
    expect(labels.every((label) => label.length <= 20)).toBe(true);
  });

  test('numbers stand under the text', () => {
    expect(withNumbers('Which one?', ['A', 'B'])).toBe('Which one?\n\n1. A\n2. B');
  });
});
