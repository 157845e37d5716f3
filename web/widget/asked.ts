import type { IntroductionField } from '../../src/core/introduction';

const SHAPE: Record<IntroductionField, RegExp> = {
  name: /^.{1,120}$/u,
  email: /^(?=.{1,254}$)[^\s@]+@[^\s@]+\.[^\s@]{2,}$/u,
  phone: /^(?=.{1,30}$)\+?(?:[\s().-]*\d){7,15}[\s().-]*$/,
};
const FIELDS = Object.keys(SHAPE) as IntroductionField[];

/** The server's own rule, so that what is taken here is never refused there. */
export function isIntroduction(field: IntroductionField, value: string): boolean {
  return SHAPE[field].test(value);
}

/** One field to be filled in before the first message. */
export interface Asked {
  field: IntroductionField;
  required: boolean;
}

/** `name, phone?`: in this order, the question mark behind what may stay empty; other words are passed over. */
export function askedOf(text = ''): Asked[] {
  const words = text.toLowerCase().match(/[a-z]+\??/g) ?? [];
  const asked = words.flatMap((word) => {
    const field = FIELDS.find((one) => one === word.replace('?', ''));
    return field ? [{ field, required: !word.endsWith('?') }] : [];
  });
  return asked.filter(({ field }, n) => asked.findIndex((one) => one.field === field) === n);
}
