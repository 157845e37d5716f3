import type { Content } from '../core/content';
import { SCORES, type Score } from '../core/conversation';
import type { Locale } from '../core/locale';
import { repliesFor } from '../replies/replies';
import type { Call } from '../../dialogs/kit/call';
import { optionId } from '../../dialogs/kit/choices';

const MARK = 'rate:';

/** Asks how people's help was. The worst comes first, so that a number typed means what stars mean. */
export function surveyQuestion(locale: Locale, shop: string, id: string): Content {
  const { survey, talk } = repliesFor(locale);
  return {
    text: `${talk.disclosureAgain(shop)} ${survey.ask}`,
    options: SCORES.map((score) => ({ id: optionId(id, `${MARK}${score}`), title: survey.titles[score] })),
    optionsLabel: talk.optionsLabel,
  };
}

/** The answer to the last such question, at whatever time it comes; undefined when the line is something else. */
export function scoreOf({ heard, turn }: Call): Score | undefined {
  const value = heard.choice?.value;
  if (!turn.conversation.survey || !value?.startsWith(MARK)) return undefined;
  return SCORES.find((score) => value === `${MARK}${score}`);
}

/** The tap that answers came together with something else that wants an answer. */
export function saysMore({ turn }: Call): boolean {
  const taps = turn.messages.filter(({ body }) => body.kind === 'choice').length;
  return taps > 0 && taps < turn.messages.length;
}

/** Thanks for an answer; who was not helped may have a person again. */
export function thankFor(call: Call, score: Score): void {
  const { survey } = call.t;
  if (score > 2) call.say(score > 3 ? survey.good : survey.fair);
  else call.say({ text: survey.poor, options: [call.go('talk_to_human')] });
}
