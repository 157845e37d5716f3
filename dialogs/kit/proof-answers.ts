import { matchesPhone } from './level';
import type { Call } from './call';

/** Six digits, together or in two halves. */
export function sixDigits(call: Call): string | undefined {
  const { slots } = call.heard.understanding;
  return (
    slots.pin?.value ??
    slots.code?.value ??
    /(?<!\d)\d{3} ?\d{3}(?!\d)/.exec(call.heard.text)?.[0].replace(' ', '')
  );
}

/** An order number of any shape, when the line is nothing else. Whether there is such an order shows nowhere. */
export function numberAlone(call: Call): string | undefined {
  if (call.heard.understanding.slots.phone) return undefined;
  const [word, ...more] = call.heard.text.trim().split(/\s+/);
  return word &&
    more.length === 0 &&
    /^#?[\p{L}\p{N}][\p{L}\p{N}_/-]{2,23}$/u.test(word) &&
    /\p{N}{3}/u.test(word)
    ? word.toUpperCase()
    : undefined;
}

/**
 * A postal code of another country. A stranger may write any shape, so that nothing tells where an order goes; who is matched is held to the
 * country of the order.
 */
export async function foreignCode(call: Call, form: { orderNumber?: string }): Promise<string | undefined> {
  const order = matchesPhone(call) ? await call.order(form.orderNumber ?? '') : undefined;
  if (order && order.shippingAddress.country === 'IN') return undefined;
  const code = call.heard.text.trim().replace(/[.,!]+$/, '');
  return /^(?=.*\p{N})[A-Za-z\p{N}][A-Za-z\p{N} -]{2,9}$/u.test(code) ? code.toUpperCase() : undefined;
}

/** The code has not come, or its reader has no idea. */
export function noCodeCame(call: Call): boolean {
  return (
    doesNotKnow(call) ||
    /\b(no|not|didn'?t|did not|haven'?t|never|nahi|nhi)\b.{0,30}\b(code|otp|get|got|receiv\w*|come|came|aaya|mila)\b|\b(code|otp)\b.{0,20}\b(nahi|nhi|not)\b|कोड नहीं|नहीं (आया|मिला)/i.test(
      call.heard.text,
    )
  );
}

/** "I don't know", in any of our languages. */
export function doesNotKnow(call: Call): boolean {
  return /don'?t (know|remember|have)|do not (know|remember|have)|\bidk\b|dunno|no (idea|clue)|not sure|can'?t find|forgot|nahi(n)? (pata|malum|yaad)|pata nahi|yaad nahi|नहीं (पता|मालूम|याद)|(पता|याद) नहीं/i.test(
    call.heard.text,
  );
}
