import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/mobile';
import type { Expecting, Slot } from '../../core/understanding';
import { asciiDigits } from '../text/normalise';

const PIN = /(?<![\p{L}\p{N}+₹.@/-])[1-9]\d{2} ?\d{3}(?![\p{N}@]|[.,/-]\d)/gu;
const NOT_A_PIN =
  /(?:otp|code|rs\.?|inr|₹|utr|arn|awb|ref(?:erence)?|order|txn|transaction|a\/c|account|card|amount)\s*(?:no\.?|number|id|is|hai|:|#|-)?\s*$/iu;
const PIN_WORD = /\b(?:pin|pincode|pin ?code|zip|zip ?code|postal ?code|postcode)\b|पिन/iu;
const PIN_BEFORE = /(?:pin|zip|postal|post)\s*code\W*(?:no\.?|number|is|hai|ye hai|to)?\W*$/iu;
const PHONE = /(?<![\p{L}\p{N}@/-])(?:\+|00)?\d(?:[\s().-]{0,2}\d){8,14}(?![\p{L}\p{N}@])/gu;
const EMAIL = /(?<![\w.+-])[a-z0-9][\w.+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{2,63}){1,3}/giu;

/** Long numbers of a line that are checked for being a phone. */
const MOST_PHONES = 6;

/** A PIN code: said to be one, wanted, or standing in an address. Six digits in the value. */
export function findPin(text: string, wanted: boolean): Slot | undefined {
  const line = asciiDigits(text.slice(0, 4096));
  if (!wanted && !PIN_WORD.test(line)) return undefined;
  let first: Slot | undefined;
  for (const match of line.matchAll(PIN)) {
    const before = line.slice(Math.max(0, match.index - 24), match.index);
    if (NOT_A_PIN.test(before) && !PIN_BEFORE.test(before)) continue;
    const slot = slotOf(line, match.index, match[0], match[0].replace(' ', ''));
    if (isTurnedDown(line, slot)) continue;
    first ??= slot;
  }
  return first;
}

/** A mobile number, checked against the country's numbering plan; the value is E.164. */
export function findPhone(text: string, country: CountryCode): Slot | undefined {
  const line = asciiDigits(text.slice(0, 4096));
  let tried = 0;
  let refused: Slot | undefined;
  for (const match of line.matchAll(PHONE)) {
    if (++tried > MOST_PHONES) break;
    const phone = parsePhoneNumberFromString(match[0], country);
    if (!phone?.isValid()) continue;
    const slot = slotOf(line, match.index, match[0], phone.number);
    if (!isTurnedDown(line, slot)) return slot;
    refused ??= slot;
  }
  return tried === 1 ? refused : undefined;
}

/** "9811100001 galat hai", "not 9811100001", "from 9811100001 to": the number that is to go. */
function isTurnedDown(line: string, { start, end }: Slot): boolean {
  const after = line.slice(end, end + 14);
  const before = line.slice(Math.max(0, start - 14), start);
  return (
    /^\s*(?:nahi|nhi|galat|wrong|ki jagah|ke badle|is wrong|is not|not correct|to\s|se\s|नहीं|गलत|की जगह)/iu.test(
      after,
    ) || /\b(?:not|instead of|from|old|purana)\s+$/i.test(before)
  );
}

/** An e-mail address, in lower case. */
export function findEmail(text: string): Slot | undefined {
  for (const match of text.slice(0, 4096).matchAll(EMAIL)) {
    const written = match[0].replace(/[.-]+$/, '');
    return slotOf(text, match.index, written, written.toLowerCase());
  }
  return undefined;
}

/** A six-digit one-time code; looked for only when one is expected. */
export function findCode(text: string, expecting: readonly Expecting[]): Slot | undefined {
  if (!expecting.includes('code')) return undefined;
  const line = asciiDigits(text.slice(0, 4096));
  const match = /(?<!\d)\d{3}[ -]?\d{3}(?!\d)/.exec(line);
  return match ? slotOf(line, match.index, match[0], match[0].replace(/\D/g, '')) : undefined;
}

/** A slot for a stretch of a line. */
export function slotOf<T>(line: string, start: number, text: string, value: T): Slot<T> {
  return { value, text: line.slice(start, start + text.length), start, end: start + text.length };
}
