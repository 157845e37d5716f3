import { concepts } from '../text/concepts';
import { normalise, skeleton } from '../text/normalise';

/** Size of the table that features are hashed into. */
export const BUCKETS = 1 << 20;
/** Raised whenever features change, so that an older saved model is not read with newer features. */
export const FEATURES_VERSION = 6;

const { imul, min, sqrt } = Math;

const MAX_WORDS = 60;
const MAX_WORD_LENGTH = 24;
const MAX_MEANINGS = 10;

/** A line as numbers: hashed features with weights, and its words as hashes for the share of unknown ones. */
export interface Features {
  buckets: Int32Array;
  values: Float32Array;
  /** Full hashes of each word's form and skeleton; a word of which neither was ever seen is unknown. */
  words: { text: string; skeleton: string; form: number; bones: number }[];
}

/** Told the readable name of every feature of a line; for explanations only. */
export type FeatureListener = (bucket: number, name: string) => void;

const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Goes on hashing with the characters of a text from `from` to `to`. */
function hashOn(state: number, text: string, from = 0, to = text.length): number {
  let h = state;
  for (let i = from; i < to; i++) {
    h ^= text.charCodeAt(i);
    h = imul(h, FNV_PRIME);
  }
  return h;
}

/** Mixes the last bits, so that the lower ones may be used alone. */
function finished(state: number): number {
  let h = state ^ (state >>> 15);
  h = imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  return h | 0;
}

/** A number for a text, the same everywhere. */
export function hashOf(text: string): number {
  return finished(hashOn(FNV_START, text));
}

const WORD = hashOn(FNV_START, 'w:');
const BONES = hashOn(FNV_START, 's:');
const RUN = hashOn(FNV_START, 'c:');
const PAIR = hashOn(FNV_START, 'b:');
const BONE_PAIR = hashOn(FNV_START, 't:');
const AROUND = hashOn(FNV_START, 'k:');
const MEANING = hashOn(FNV_START, 'm:');
const MEANINGS = hashOn(FNV_START, 'p:');
const SIZE = hashOn(FNV_START, 'n:');

/** Places of the scratch table; more than twice what the longest line fills. */
const SLOTS = 1 << 14;

/**
 * Sums up the features of one line. There is one, used again for every line, since reading a line never waits: nothing is made
 * anew but what leaves.
 */
class Collector {
  private readonly keys = new Int32Array(SLOTS);
  private readonly rounds = new Int32Array(SLOTS);
  private readonly sums = new Float64Array(SLOTS);
  private readonly filled = new Int32Array(SLOTS);
  private count = 0;
  private round = 0;
  private listen: FeatureListener | undefined;

  begin(listen: FeatureListener | undefined): void {
    this.count = 0;
    this.round = (this.round + 1) | 0;
    this.listen = listen;
  }

  /** Somebody listens to names. */
  get heard(): boolean {
    return this.listen !== undefined;
  }

  /** Adds a feature by its hash; the parts of its name are joined only for a listener. */
  add(hash: number, weight: number, prefix: string, a: string, link = '', b = ''): void {
    const bucket = hash & (BUCKETS - 1);
    let slot = bucket & (SLOTS - 1);
    while (this.rounds[slot] === this.round && this.keys[slot] !== bucket) slot = (slot + 1) & (SLOTS - 1);
    if (this.rounds[slot] !== this.round) {
      if (this.count >= SLOTS / 2) return;
      this.rounds[slot] = this.round;
      this.keys[slot] = bucket;
      this.sums[slot] = 0;
      this.filled[this.count++] = slot;
    }
    this.sums[slot] = min((this.sums[slot] ?? 0) + weight, weight * 2);
    this.listen?.(bucket, `${prefix}${a}${link}${b}`);
  }

  /** Everything added, in the order it came, as a vector of length one. */
  pack(words: Features['words']): Features {
    const { count } = this;
    const buckets = new Int32Array(count);
    const values = new Float32Array(count);
    let norm = 0;
    for (let i = 0; i < count; i++) {
      const slot = this.filled[i] ?? 0;
      buckets[i] = this.keys[slot] ?? 0;
      values[i] = this.sums[slot] ?? 0;
      norm += (values[i] ?? 0) ** 2;
    }
    const scale = norm > 0 ? 1 / sqrt(norm) : 0;
    for (let i = 0; i < count; i++) values[i] = (values[i] ?? 0) * scale;
    return { buckets, values, words };
  }
}

const bag = new Collector();

function meaningsOf(words: string[]): string[] {
  const found: string[] = [];
  for (const word of words) {
    for (const meaning of concepts.get(word) ?? []) {
      if (found.length < MAX_MEANINGS && !found.includes(meaning)) found.push(meaning);
    }
  }
  return found;
}

/** Hashed features of a line: words, pairs of words, character runs, consonant skeletons, shared meanings and pairs of them. */
export function featuresOf(text: string, listen?: FeatureListener): Features {
  return featuresOfNormal(normalise(text), listen);
}

/** The same for a line that is normalised already. */
export function featuresOfNormal(line: string, listen?: FeatureListener): Features {
  const words = line === '' ? [] : line.split(' ', MAX_WORDS).map((word) => word.slice(0, MAX_WORD_LENGTH));
  bag.begin(listen);
  const bones = words.map(skeleton);
  const seen = words.map((word, i) => addWord(word, bones[i] ?? ''));
  addPairs(words, bones);
  addMeanings(meaningsOf(words));
  const size =
    words.length < 2
      ? '1'
      : words.length < 4
        ? '3'
        : words.length < 8
          ? '7'
          : words.length < 16
            ? '15'
            : '60';
  bag.add(finished(hashOn(SIZE, size)), 0.5, 'n:', size);
  return bag.pack(seen);
}

function addWord(word: string, bone: string): Features['words'][number] {
  const form = finished(hashOn(WORD, word));
  const bones = finished(hashOn(BONES, bone));
  bag.add(form, 1.6, 'w:', word);
  bag.add(bones, 1, 's:', bone);
  const padded = `<${word}>`;
  for (let size = 3; size <= 5; size++) {
    for (let i = 0; i + size <= padded.length; i++)
      bag.add(
        finished(hashOn(RUN, padded, i, i + size)),
        0.4,
        'c:',
        bag.heard ? padded.slice(i, i + size) : '',
      );
  }
  return { text: word, skeleton: bone, form, bones };
}

function addPairs(words: readonly string[], bones: readonly string[]): void {
  for (let i = 0; i <= words.length; i++) {
    const before = words[i - 1] ?? '^';
    const here = words[i] ?? '$';
    bag.add(joined(PAIR, before, ' ', here), 1.1, 'b:', before, ' ', here);
    if (i === 0 || i >= words.length) continue;
    const bone = bones[i - 1] ?? '';
    bag.add(joined(BONE_PAIR, bone, ' ', bones[i] ?? ''), 0.7, 't:', bone, ' ', bones[i]);
    const next = words[i + 1];
    if (next !== undefined) bag.add(joined(AROUND, before, ' _ ', next), 0.6, 'k:', before, ' _ ', next);
  }
}

function addMeanings(meanings: string[]): void {
  for (const meaning of meanings) bag.add(finished(hashOn(MEANING, meaning)), 1.2, 'm:', meaning);
  const sorted = [...meanings].sort();
  for (const [i, a] of sorted.entries()) {
    for (const b of sorted.slice(i + 1)) bag.add(joined(MEANINGS, a, ' ', b), 0.9, 'p:', a, ' ', b);
  }
}

function joined(state: number, a: string, link: string, b: string): number {
  return finished(hashOn(hashOn(hashOn(state, a), link), b));
}
