import { AppError } from '../../core/errors';
import type { Slot } from '../../core/understanding';
import { asciiDigits } from '../text/normalise';
import { spellings } from '../text/spellings';
import { isPlace } from './address/places';

/** Short words that stand before a number in ordinary talk: "flat 402", "rs 500", "pin 560038". */
const ORDINARY = new Set(
  (
    'is in of no num rs inr pin zip flat otp code size ph mob tel for at to by on the my and or not was hai ka ki ke ko se me pe par bhai pay got only ' +
    'than upi gst utr arn room unit wing gali sec plot from ago day till near paid cost date baje am pm about it its was we i u a an be do if so up ok yes nd st rd th ' +
    'more over just also next last this that with then call new old get buy take need want left have has had are all any one two kg gm ml km cm mm gb mb inch ft lane road main cross ward shop door floor step page ' +
    'abhi kal aaj bas sir ji na ye vo jo koi ek do teen char qty pcs nos pair set pack box hno nh vpo po ps dist bill emi cod age year yr days din hrs min sab mein rupe mera tak h jan feb mar apr may jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun june july'
  ).split(' '),
);

/** Finds order numbers in a line, whatever the case and with spaces where the shop writes a hyphen. */
export type OrderNumberFinder = (text: string, expected: boolean) => Slot[];

/** Builds the finder for the shop's pattern. Refuses a pattern that is not a regular expression. */
export function orderNumberFinder(pattern: string): OrderNumberFinder {
  let exact: RegExp;
  let whole: RegExp;
  try {
    exact = new RegExp(`(?<![\\p{L}\\p{N}@./_-])(?:${pattern})(?![\\p{L}\\p{N}@])`, 'giu');
    whole = new RegExp(`^(?:${pattern})$`, 'iu');
  } catch (cause) {
    throw new AppError('settings', 'The order number pattern is not a regular expression', { cause });
  }
  return (text, expected) => {
    const line = asciiDigits(text.slice(0, 4096));
    const found: Slot[] = [];
    for (const match of line.matchAll(exact)) {
      // The branch code of a bank ("HDFC0001234") is written like an order number and never is one here.
      if (match[0] !== '' && !BRANCH_CODE.test(match[0]) && !isOfAnAddress(line, match.index, match[0]))
        add(found, match[0], match.index, match[0].toUpperCase());
    }
    for (const match of line.matchAll(SPACED)) {
      const [all, written = '', mark = '', digits = ''] = match;
      const letters = written.replace(/\s/g, '');
      if (isOfAnAddress(line, match.index, all)) continue;
      const word = letters.toLowerCase();
      // "flat is 402, not 204" stays talk even while an order number is awaited; only a line of nothing else may be one.
      const alone = expected && line.trim() === all.trim();
      if (!alone && (ORDINARY.has(word) || spellings.has(word))) continue;
      if (!expected && !mark.includes('-') && letters !== letters.toUpperCase() && word.length > 3) continue;
      if (BRANCH_CODE.test(all.trim())) continue;
      const value = [`${letters}-${digits}`, `${letters}${digits}`].find((form) => whole.test(form));
      if (value) add(found, all, match.index, value.toUpperCase());
    }
    return found.sort((a, b) => a.start - b.start);
  };
}

const BRANCH_CODE = /^[A-Za-z]{4}0\d{6}$/;
const SPACED =
  /(?<![\p{L}\p{N}@./_'’-]|(?<![\p{L}\p{N}])[A-Za-z]\s)([A-Z]\s(?:[A-Z]\s){0,2}[A-Z]|[A-Za-z]{1,4})(\s{0,2}[-–—#:_]?\s{0,2})(\d{3,8})(?![\p{L}\p{N}@])/gu;

const LABEL =
  /(?:flat|house|plot|room|door|h\.?\s?no|apartment|apt|tower|wing|block|shop|gali|size|sector|unit|quarter|makan|मकान|फ्लैट|प्लॉट)\s*(?:no\.?|number|num|#|नंबर)?\s*(?:is|hai|:|-)?\s*$/iu;

/** "flat B-402", "Pune - 411001": a door or a place with its PIN code, however much it looks like an order number. */
function isOfAnAddress(line: string, start: number, found: string): boolean {
  if (LABEL.test(line.slice(Math.max(0, start - 30), start))) return true;
  const [, letters = '', digits = ''] = /^(\p{L}+)[^\p{L}\p{N}]*(\p{N}+)$/u.exec(found) ?? [];
  return /^[1-9]\d{5}$/.test(digits) && isPlace(letters);
}

function add(found: Slot[], text: string, start: number, value: string): void {
  const end = start + text.length;
  if (found.some((slot) => start < slot.end && end > slot.start)) return;
  if (found.length < 20) found.push({ value, text, start, end });
}
