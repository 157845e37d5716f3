import { concepts } from '../text/concepts';
import { normalise, skeleton } from '../text/normalise';

/** Size of the table that features are hashed into. */
export const BUCKETS = 1 << 20;
/** Raised whenever features change, so that an older saved model is not read with newer features. */
export const FEATURES_VERSION = 5;

const { imul, min, sqrt } = Math;

const MAX_WORDS = 60;
const MAX_WORD_LENGTH = 24;
const MAX_MEANINGS = 10;

/** A line as numbers: hashed features with weights, and its words as hashes for the share of unknown ones. */
export interface Features {
  buckets: Int32Array;
  values: Float32Array;
  /** Full hashes of each word's form and skeleton; a word of which neither was ever seen is unknown. */
  words: { text: string; form: number; bones: number }[];
}

/** Told the readable name of every feature of a line; for explanations only. */
export type FeatureListener = (bucket: number, name: string) => void;

/** 32-bit hash of a text. */
function fullHash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i);
    h = imul(h, 0x01000193);
  }
  h ^= h >>> 15;
  h = imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  return h | 0;
}

function hash(text: string): number {
  return fullHash(text) & (BUCKETS - 1);
}

class Collector {
  readonly weights = new Map<number, number>();
  constructor(private readonly listen: FeatureListener | undefined) {}

  add(name: string, weight: number): void {
    const bucket = hash(name);
    this.weights.set(bucket, min((this.weights.get(bucket) ?? 0) + weight, weight * 2));
    this.listen?.(bucket, name);
  }
}

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
  const bag = new Collector(listen);
  const bones = words.map(skeleton);
  const seen = words.map((word, i) => {
    const form = `w:${word}`;
    const bone = `s:${bones[i]}`;
    bag.add(form, 1.6);
    bag.add(bone, 1);
    addRuns(bag, word);
    return { text: word, form: fullHash(form), bones: fullHash(bone) };
  });
  for (let i = 0; i <= words.length; i++) {
    bag.add(`b:${words[i - 1] ?? '^'} ${words[i] ?? '$'}`, 1.1);
    if (i > 0 && i < words.length) bag.add(`t:${bones[i - 1]} ${bones[i]}`, 0.7);
    if (i > 0 && i + 1 < words.length) bag.add(`k:${words[i - 1]} _ ${words[i + 1]}`, 0.6);
  }
  const meanings = meaningsOf(words);
  for (const meaning of meanings) bag.add(`m:${meaning}`, 1.2);
  const sorted = [...meanings].sort();
  for (let i = 0; i < sorted.length; i++) {
    for (let j = i + 1; j < sorted.length; j++) bag.add(`p:${sorted[i]} ${sorted[j]}`, 0.9);
  }
  bag.add(
    `n:${words.length < 2 ? 1 : words.length < 4 ? 3 : words.length < 8 ? 7 : words.length < 16 ? 15 : 60}`,
    0.5,
  );
  return pack(bag.weights, seen);
}

function addRuns(bag: Collector, word: string): void {
  const padded = `<${word}>`;
  for (let size = 3; size <= 5; size++) {
    for (let i = 0; i + size <= padded.length; i++) bag.add(`c:${padded.slice(i, i + size)}`, 0.4);
  }
}

function pack(weights: Map<number, number>, words: Features['words']): Features {
  const buckets = Int32Array.from(weights.keys());
  const values = Float32Array.from(weights.values());
  let norm = 0;
  for (const value of values) norm += value * value;
  const scale = norm > 0 ? 1 / sqrt(norm) : 0;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * scale;
  return { buckets, values, words };
}
