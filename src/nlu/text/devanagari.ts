import Sanscript from '@indic-transliteration/sanscript';

const DEVANAGARI = /[\u0900-\u097F]+/g;

const LETTERS: Record<string, string> = {
  ā: 'a',
  ī: 'i',
  ū: 'u',
  ṛ: 'ri',
  ṝ: 'ri',
  ḷ: 'l',
  ś: 'sh',
  ṣ: 'sh',
  ṭ: 't',
  ḍ: 'd',
  ṅ: 'n',
  ñ: 'n',
  ṇ: 'n',
  ṃ: 'n',
  ḥ: '',
  ẏ: 'y',
};

/** Words whose chat spelling differs from what the letters give. */
const WORDS: Record<string, string> = {
  bad: 'baad',
  vapas: 'wapas',
  vah: 'woh',
  vo: 'woh',
  yah: 'yeh',
  ye: 'yeh',
  aardar: 'order',
  ordar: 'order',
  ardar: 'order',
  rifamd: 'refund',
  rifand: 'refund',
  ritarn: 'return',
  kainsil: 'cancel',
  kainsal: 'cancel',
  kensal: 'cancel',
  kensil: 'cancel',
  dilivari: 'delivery',
  delivari: 'delivery',
  parsal: 'parcel',
  paiket: 'packet',
  edres: 'address',
  aidres: 'address',
  edresh: 'address',
  ejent: 'agent',
  ejant: 'agent',
  kastamar: 'customer',
  keyar: 'care',
  peyment: 'payment',
  pement: 'payment',
  pin: 'pin',
  kod: 'code',
  trek: 'track',
  traik: 'track',
  steitas: 'status',
  stetas: 'status',
  nambar: 'number',
  mobail: 'mobile',
  praudakt: 'product',
  prodakt: 'product',
  help: 'help',
  helo: 'hello',
  plij: 'please',
  pliz: 'please',
  thaink: 'thank',
  thainks: 'thanks',
  thenkyu: 'thankyou',
  thainkyu: 'thankyou',
  yu: 'you',
  gud: 'good',
  morning: 'morning',
  baay: 'bye',
  bay: 'bye',
  aaj: 'aaj',
};

const CONSONANT = '[^aāiīuūṛṝeoṃḥ\\s]';
const VOWEL = '[aāiīuūṛṝeo]';
const INNER = new RegExp(`(${VOWEL}ṃ?${CONSONANT}h?)a(?=${CONSONANT}h?${VOWEL})`, 'g');
const LAST = new RegExp(`(${CONSONANT})a$`);

/** Leaves out the "a" that Devanagari implies and nobody speaks. */
function withoutSchwa(iast: string): string {
  if (iast.length <= 2) return iast;
  const word = iast.replace(LAST, '$1');
  return iast.length > 4 ? word.replace(INNER, '$1') : word;
}

function wordToLatin(word: string): string {
  const plain = word
    .normalize('NFD')
    .replace(/\u093C/g, '')
    .replace(/\u0949|\u0945/g, 'ो')
    .replace(/\u0911|\u090D/g, 'ओ')
    .replace(/\u0901/g, 'ं')
    .replace(/[\u0964\u0965]/g, ' ');
  const iast = Sanscript.t(plain, 'devanagari', 'iast').normalize('NFC').toLowerCase();
  const latin = iast
    .split(/\s+/)
    .map((part) => {
      const short = withoutSchwa(part).replace(/^ā/, 'āa');
      return [...short]
        .map((letter) => LETTERS[letter] ?? letter)
        .join('')
        .replace(/n(?=[bpm])/g, 'm')
        .replace(/aa$/, 'a')
        .replace(/ch/g, 'chh')
        .replace(/c(?!h)/g, 'ch')
        .replace(/ph/g, 'f')
        .replace(/[^a-z0-9 ]/g, '');
    })
    .map((part) => WORDS[part] ?? part)
    .join(' ');
  return latin;
}

/** No Hindi word is longer; the rest of such a run is left out. */
const MAX_WORD = 40;

const known = new Map<string, string>();

/** Devanagari words as Indians type them in Latin letters; other text is left alone. Never throws. */
export function toLatin(text: string): string {
  return text.replace(DEVANAGARI, (word) => {
    const kept = known.get(word);
    if (kept !== undefined) return kept;
    const latin = wordToLatin(word.slice(0, MAX_WORD));
    if (known.size < 20000 && word.length < 30) known.set(word, latin);
    return latin;
  });
}
