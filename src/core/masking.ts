/** A UPI id (`name@bank`); an e-mail address (with a dot after the @) is none. */
export const UPI = /(?<![\w.@-])([a-z0-9][\w.-]{1,254})@([a-z][a-z0-9]{1,63})(?![\w@-]|\.\w)/i;
/** An Indian bank's branch code; its first four letters name the bank. */
export const IFSC = /(?<![a-z0-9])([a-z]{4}0[a-z0-9]{6})(?![a-z0-9])/i;
/** A bank account's number: 9 to 18 digits. */
export const BANK_ACCOUNT = /(?<!\d)\d(?:[ -]?\d){8,17}(?!\d)/;

const ALL_UPI = new RegExp(UPI.source, 'gi');
const ALL_IFSC = new RegExp(IFSC.source, 'gi');
const ALL_ACCOUNTS = new RegExp(BANK_ACCOUNT.source, 'g');
const CARD = /(?<!\d)[3-6]\d(?:[ -]?\d){13,14}(?!\d)/g;
const NAMES_ACCOUNT = /\b(?:account|a\/c|acc|acct|ac|khata|bank)\b|खाता|खाते|अकाउंट|बैंक/i;

/** "meera@okaxis" → "me••••@okaxis". */
export function maskedUpi(name: string, handle: string): string {
  return `${name.slice(0, Math.min(2, name.length - 1))}••••@${handle}`;
}

/** The last four digits behind dots. */
export function maskedDigits(digits: string): string {
  return `••••${digits.replace(/\D/g, '').slice(-4)}`;
}

/**
 * A customer's line as it may be kept and shown: UPI ids, bank accounts and card numbers only by their ends. A long number alone stays, since it
 * is more often a phone or a parcel; `beside`: other lines of the same breath, which may tell that it is an account.
 */
export function masked(text: string, beside = ''): string {
  const bank = IFSC.test(`${text}\n${beside}`) || NAMES_ACCOUNT.test(text);
  const line = text
    .replace(ALL_UPI, (_all, name: string, handle: string) => maskedUpi(name, handle))
    .replace(CARD, (digits) => (isCard(digits) ? maskedDigits(digits) : digits));
  if (!bank) return line;
  return line
    .replace(ALL_IFSC, (code) => `${code.slice(0, 4)}•••••••`)
    .replace(ALL_ACCOUNTS, (digits) => maskedDigits(digits));
}

/** The check digit that every card number has (Luhn). */
function isCard(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, i) => {
    const twice = i % 2 === 1 ? digit * 2 : digit;
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}
