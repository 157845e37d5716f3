import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';

/**
 * Reads a phone number as people write it (with country code, ten digits, a leading 0) into E.164. `country` is ISO 3166 alpha-2 and
 * stands in for a missing country code. Undefined for what cannot be a number.
 */
export function toE164(text: string, country: string): string | undefined {
  // Most of an Indian shop's numbers; reading them by the tables of all countries costs as much as all else of an order.
  if (/^\+91[6-9]\d{9}$/.test(text)) return text;
  if (/[a-z]/i.test(text)) return undefined;
  const parsed = parsePhoneNumberFromString(text.trim(), country.toUpperCase() as CountryCode);
  return parsed?.isPossible() ? parsed.number : undefined;
}

/**
 * Forms of one number that mean the same person: WhatsApp keeps old forms of Brazilian (without the ninth digit), Mexican (521) and
 * Argentine (549) numbers. The given one comes first.
 */
export function sameNumbers(e164: string): string[] {
  const forms = [e164];
  const add = (pattern: RegExp, to: string) => {
    if (pattern.test(e164)) forms.push(e164.replace(pattern, to));
  };
  add(/^\+55(\d\d)9(\d{8})$/, '+55$1$2');
  add(/^\+55(\d\d)([6-9]\d{7})$/, '+55$19$2');
  add(/^\+521(\d{10})$/, '+52$1');
  add(/^\+52([2-9]\d{9})$/, '+521$1');
  add(/^\+549(\d{10})$/, '+54$1');
  add(/^\+54([1-8]\d{9})$/, '+549$1');
  return forms;
}

/** True when two E.164 numbers reach the same person; never compares last digits only. */
export function samePhone(a: string | undefined, b: string | undefined): boolean {
  return !!a && !!b && sameNumbers(a).includes(b);
}
