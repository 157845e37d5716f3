/** What a visitor may say of themselves before the first message. */
export const INTRODUCTION_FIELDS = ['name', 'email', 'phone'] as const;
export type IntroductionField = (typeof INTRODUCTION_FIELDS)[number];

/** What a visitor said of themselves. It proves nothing: only agents read it, as said by the customer. */
export type Introduction = Partial<Record<IntroductionField, string>>;

const SHAPE: Record<IntroductionField, RegExp> = {
  name: /^.{1,120}$/u,
  email: /^(?=.{1,254}$)[^\s@]+@[^\s@]+\.[^\s@]{2,}$/u,
  phone: /^(?=.{1,30}$)\+?(?:[\s().-]*\d){7,15}[\s().-]*$/,
};

/** Whether a value, without space around it, can be such a field. The widget has the same rule; a test holds them together. */
export function isIntroduction(field: IntroductionField, value: string): boolean {
  return SHAPE[field].test(value);
}
