const formats = new Map<string, Intl.NumberFormat>();

/** An amount as people write it: `₹1,499`, `₹749.50`. `amount` is a decimal string; what is not a number is shown as it came. */
export function money(amount: string, currency: string): string {
  const value = Number(amount);
  if (!Number.isFinite(value)) return `${amount} ${currency}`;
  const whole = Number.isInteger(value);
  const key = `${currency}:${whole}`;
  let format = formats.get(key);
  if (!format) {
    format = makeFormat(currency, whole);
    formats.set(key, format);
  }
  return format.format(value);
}

function makeFormat(currency: string, whole: boolean): Intl.NumberFormat {
  const digits = { minimumFractionDigits: whole ? 0 : 2, maximumFractionDigits: 2 };
  try {
    return new Intl.NumberFormat('en-IN', { style: 'currency', currency, ...digits });
  } catch {
    // An unknown currency code must not cost the customer an answer.
    return new Intl.NumberFormat('en-IN', digits);
  }
}
