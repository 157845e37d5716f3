import type { Content } from '../../src/core/content';
import type { Call } from './call';
import { plainWords } from './choices';
import type { Form, Question, Reading } from './script';

const YES = new Set(
  `yes y yeah yep yup ya sure ok okay okey k fine correct right confirm confirmed proceed haan han haa ha ji jee theek thik sahi bilkul pakka done go please do hanji haanji
  हाँ हां हा जी ठीक सही बिल्कुल बिलकुल पक्का ओके कर दो दीजिए करो कर करें दें करिए 👍 👌 ✅`.split(/\s+/),
);
const NO = new Set(
  `no n nope nah not don't dont never nahi nahin nhi na mat naa नहीं नही ना मत 👎`.split(/\s+/),
);
const FILLER = new Set(
  `it that this go ahead with please pls plz thanks thank you kar do karo kardo de dijiye kijiye hai hain aap ji haan i want to change is good great that's thats looks send request book ask them am
  है हैं आप जी धन्यवाद शुक्रिया now all`.split(/\s+/),
);

/** Yes or no in any of our languages; undefined for anything longer or else. */
export function yesOrNo(call: Call): 'yes' | 'no' | undefined {
  const { text, understanding } = call.heard;
  const words = plainWords(text.replace(/👍|👌|✅/gu, ' yes ').replace(/👎/gu, ' no '))
    .split(' ')
    .filter(Boolean);
  if (words.length === 0) return undefined;
  const first = words[0] ?? '';
  const rest = words.slice(1).filter((word) => !FILLER.has(word) && !YES.has(word));
  if (NO.has(first) && words.length <= 4) return 'no';
  if (YES.has(first) && rest.length === 0) return 'yes';
  if (understanding.accepted && understanding.intent === 'affirm') return 'yes';
  if (understanding.accepted && understanding.intent === 'deny') return 'no';
  return YES.has(first) && rest.length <= 2 && !words.some((word) => NO.has(word)) ? 'yes' : undefined;
}

/** How a change is confirmed. */
export interface Confirmation<F extends Form> {
  ask(call: Call, form: F): string | Promise<string>;
  /** Titles of yes (begins with "Yes", "Haan", "हाँ"), of other ways out by their value, and of no. */
  yes(call: Call, form: F): string;
  others?(call: Call, form: F): Record<string, string>;
  no(call: Call, form: F): string;
  /** What choosing another way out sets; by its value. */
  take?(value: string, call: Call, form: F): Partial<F> | undefined;
}

/** A question before any change: only a plain yes goes on; corrections in the same line are taken first. */
export function confirmation<F extends Form & { confirmed?: boolean; declined?: boolean }>(
  words: Confirmation<F>,
): Question<F> {
  return {
    confirm: true,
    async ask(call, form): Promise<Content> {
      const others = Object.entries(words.others?.(call, form) ?? {});
      return {
        text: await words.ask(call, form),
        options: [
          call.option('yes', words.yes(call, form)),
          ...others.map(([value, title]) => call.option(value, title)),
          call.option('no', words.no(call, form)),
        ],
        optionsLabel: call.t.talk.optionsLabel,
      };
    },
    read(call, form): Reading<F> {
      const answer = call.answer ?? yesOrNo(call);
      if (answer === 'yes') return { set: { confirmed: true } as Partial<F> };
      if (answer === 'no') return { set: { declined: true } as Partial<F> };
      const other = answer === undefined ? undefined : words.take?.(answer, call, form);
      return other && { set: other };
    },
  };
}
