import { INTRODUCTION_FIELDS, type IntroductionField } from '../../src/core/introduction';

/** One field to be filled in before the first message. */
export interface Asked {
  field: IntroductionField;
  required: boolean;
}

/** `name, phone?`: in this order, the question mark behind what may stay empty; other words are passed over. */
export function askedOf(text = ''): Asked[] {
  const words = text.toLowerCase().match(/[a-z]+\??/g) ?? [];
  const asked = words.flatMap((word) => {
    const field = INTRODUCTION_FIELDS.find((one) => one === word.replace('?', ''));
    return field ? [{ field, required: !word.endsWith('?') }] : [];
  });
  return asked.filter(({ field }, n) => asked.findIndex((one) => one.field === field) === n);
}
