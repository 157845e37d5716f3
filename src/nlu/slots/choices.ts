import type { Resolution, ReturnReason, Slot } from '../../core/understanding';
import type { Token } from '../text/tokens';

const REASONS: [ReturnReason, RegExp][] = [
  [
    'missing_parts',
    /\b(?:(?:charger|cable|wire|remote|lid|cap|battery|manual|adapter|part|parts|hissa|screws?|cover) (?:nahi|not there|not in)|missing|incomplete|adhura|adhuri|kam (?:hai|aaya|nikla)|not in the box|khali|empty|gayab|without (?:the )?(?:charger|cable|lid|screws))\b/,
  ],
  [
    'wrong_item',
    /\b(?:(?:wrong|different|galat) (?:item|product|one|thing|order|saman|parcel|cheez|colour|color|piece|rang|maal)|(?:another|dusra|doosra) (?:item|product|one|thing|saman|cheez|piece|maal) (?:came|aaya|mila|nikla|bheja|bhej diya|was|delivered|received)|wrong (?:was )?(?:sent|delivered|came)|something else|someone elses?|kuch or|kuch aur|kisi aur ka|not what i ordered|jo mangaya)\b/,
  ],
  [
    'size',
    /\b(?:size|fit|fits|fitting|fitted|tight|loose|too (?:big|small|large|short|long|tight|loose)|chhota|chota|chhoti|choti|bada|badi|dheela|dhila|dhili|kasa|smaller|bigger|larger|kas)\b/,
  ],
  [
    'damaged',
    /\b(?:damaged|damage|broken|broke|torn|cracked|crack|crushed|dented|leaking|leaked|scratch|scratched|scratches|shattered|defective|defect|faulty|toota|phata|kharab|tut|bigda|kaam nahi|not working|doesnt work|does not work|stopped working|chal nahi|chalta nahi|dead|stain|stained|daag|silai|stitching|hole|faded|fading|rang (?:ud|utar|nikal)|expired)\b/,
  ],
  [
    'not_as_described',
    /\b(?:not as (?:described|shown|expected|pictured)|not like the (?:photo|picture)|different from|looks different|description|photo|picture|jaisa dikhaya|waisa nahi|jaisa nahi|fake|nakli|duplicate|quality|material|color alag|colour alag|rang alag|kapda accha nahi)\b/,
  ],
  [
    'changed_mind',
    /\b(?:(?:change|changed) my mind|mind (?:change|changed)|dont (?:like|want|need)|do not (?:like|want|need)|didnt like|did not like|not needed|no longer need|pasand|man badal|mann badal|mann badl|zarurat|jarurat|zaroorat|nahi chahiye|by mistake|cheaper|sasta|ordered twice|bought two|do baar|double order|galti se|not happy|accha nahi laga)\b/,
  ],
];

const RESOLUTIONS: [Resolution, RegExp][] = [
  [
    'store_credit',
    /\b(?:store credit|credit note|wallet|voucher|gift card|shop credit|store ka credit|coupon)\b/,
  ],
  [
    'exchange',
    /\b(?:exchange|swap|another size|different size|bigger size|smaller size|size bigger|size smaller|(?:size|number) (?:bada|chhota) (?:chahiye|bhej|do|dena|kar)|size up|size down|dusra size|doosra size|bada size|chhota size|size badal|(?<!man |mann )badal|badli|adla badli|other size)\b/,
  ],
  [
    'replacement',
    /\b(?:replacement|replace|new (?:one|piece)|naya (?:piece|wala|bhej)|(?:another|dusra|doosra) (?:one|piece|wala|bhej)|same (?:one|item) again|fresh (?:one|piece))\b/,
  ],
  [
    'refund',
    /\b(?:refund|money back|money wapas|paisa wapas|wapas paisa|return (?:my|the) money|cash back|paisa (?:hi )?chahiye|paisa lauta|(?:to|in) (?:my |the )?(?:bank|account)|(?:bank|account|khata|khate) mein|paisa do|my money)\b/,
  ],
];

/** "exchange nahi", "not a refund", "dont want exchange": said to be turned down. */
function isTurnedDown(words: string, { index, 0: found }: RegExpExecArray): boolean {
  const before =
    words
      .slice(0, index)
      .split(/[,.;]|but|lekin/)
      .pop() ?? '';
  if (/(?:\bnot|\bno|\bdont|dont want|dont need|instead of|rather than)(?: an?| the| any)? $/.test(before))
    return true;
  return /^ (?:nahi|mat|ke bajay|ki jagah|ke badle)\b/.test(words.slice(index + found.length));
}

/** Which of a closed list of meanings the words carry; the first of the list that fits and, with `refusing`, is not turned down. */
function choose<T>(
  text: string,
  tokens: Token[],
  list: [T, RegExp][],
  refusing = false,
): Slot<T> | undefined {
  const words = tokens.map((token) => token.word).join(' ');
  for (const [value, pattern] of list) {
    const match = pattern.exec(words);
    if (!match || (refusing && isTurnedDown(words, match))) continue;
    const first = words.slice(0, match.index).split(' ').length - 1;
    const last = words.slice(0, match.index + match[0].length).split(' ').length - 1;
    const start = tokens[first]?.start ?? 0;
    const end = tokens[last]?.end ?? text.length;
    return { value, text: text.slice(start, end), start, end };
  }
  return undefined;
}

/** Why something goes back, from the fixed list. */
export function findReason(text: string, tokens: Token[], expected: boolean): Slot<ReturnReason> | undefined {
  const found = choose(text, tokens, REASONS);
  if (found || !expected) return found;
  const other =
    /\b(?:other|something else|kuch or|kuch aur|koi aur|anya|different reason|too late|der se|late (?:aaya|mila|delivered)|allergy|allergic|rash|khujli|itching)\b/;
  return choose(text, tokens, [['other', other]]);
}

/** What the customer wants for it: refund, store credit, replacement or exchange. */
export function findResolution(text: string, tokens: Token[]): Slot<Resolution> | undefined {
  return choose(text, tokens, RESOLUTIONS, true);
}
