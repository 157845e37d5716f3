import type { Content } from '../core/content';
import type { Policy, ShopAnswer } from '../core/policy';
import type { Call } from '../../dialogs/kit/call';
import { plainWords } from '../../dialogs/kit/choices';
import { scriptFor } from '../../dialogs/index';
import { dutyWeek } from '../support/hours';
import { slotOptions } from '../support/reschedule';

/** What customers ask of the shop itself and its rules answer. Nothing here depends on who asks. */
const TOPICS: [(call: Call) => Content, RegExp][] = [
  [
    returns,
    /\b(returns?|exchange|refund|replacement|wapsi) (policy|window|period|rules?)\b|\bhow (many days|long) (do (i|we) have|can (i|we)|is the)\b.{0,30}\b(returns?|exchange)\b|\b(kitne din|kab tak)\b.{0,25}\b(return|wapas|vapas|exchange|lauta)\w*\b.{0,15}\b(sakt[aei]|possible)\b|\b(return|wapas|vapas|exchange|lauta)\w*\b.{0,20}\b(kitne din|kab tak)\b.{0,25}\b(sakt[aei]|possible)\b|(रिटर्न|वापसी|एक्सचेंज) (पॉलिसी|पालिसी|नीति|के नियम)|(कितने दिन|कब तक).{0,25}(वापस|रिटर्न|लौटा|एक्सचेंज).{0,15}सकत/iu,
  ],
  [
    delivery,
    /\bdo (you|u|they|the couriers?) (also )?deliver on (sundays?|saturdays?|weekends?|holidays?)\b|\bdelivery (timings?|hours|slots?|days)\b|\b(what|which) (times?|days) (do|does) (you|u|they|the courier)\b.{0,10}\bdeliver|\b(sunday|saturday|itwar|itvaar|ravivar|shanivar|chutti)\b.{0,12}\b(delivery|deliver) (hoti|hota|karte|dete)\b|\bdelivery (kis time|kitne baje|kab kab|kin dino?n?)\b.{0,8}\b(hoti|karte|hai)\b|(रविवार|शनिवार|संडे|सन्डे|छुट्टी).{0,12}(डिलीवरी|डिलिवरी) (होती|करते|देते)|(डिलीवरी|डिलिवरी) (का समय|किस समय|के दिन)/iu,
  ],
  [
    people,
    /\b(working|office|opening|support|business|customer (care|service|support)) (hours?|timings?)\b|\bwhat are (your|ur) (timings?|hours)\b|\b(when|what time|till when|until when) (are|r|do) (you|u)( guys| all)? (open|available|close|closed|shut)\b|\b(are|r) (you|u) (guys )?open (now|today|on)\b|\b(kitne baje|kab) (se|tak) (khul|khol|kaam|band|available|open)\w*|\b(support|office|customer care) (ki|ka) tim(e|ings?)\b|(कितने बजे|कब) (से|तक) (खुल|काम|बंद|उपलब्ध)|(सपोर्ट|ऑफिस|कस्टमर केयर) (का|की) (समय|टाइमिंग)/iu,
  ],
];
/** A longer line tells a story; that it has some words in it does not make it this question. */
const WORDS_MAX = 16;
/** Where one line holds several wishes. */
const PARTS =
  /\n+|[.?!;।]+\s+(?:(?:and|also|aur|और)\s+)?|,\s+(?:(?:and|also|aur|और)\s+)?|\s+(?:and|also|plus|aur|और)\s+/iu;

/**
 * Answers what a line asks of the shop: its own answers first, then what its rules say of returns, deliveries and people's hours. What else the
 * line asks for is left in the call, as if it had been said alone. Undefined when it asks nothing of the shop; what names an order is about that order.
 */
export async function shopAnswer(call: Call): Promise<Content | undefined> {
  const { text, understanding } = call.heard;
  const numbers = (understanding.slots.orderNumbers ?? []).map((slot) => slot.text);
  const parts = text.split(PARTS).filter(Boolean);
  const answers = parts.map((part) =>
    numbers.some((number) => part.includes(number)) ? undefined : answerTo(call, part),
  );
  const told = answers.filter((answer) => answer !== undefined);
  if (told.length === 0) return undefined;
  const rest = parts.filter((_part, i) => !answers[i]).join('\n');
  await leave(call, rest);
  const same = new Set(told.map((each) => each.text));
  return { ...told.at(-1), text: [...same].join('\n') };
}

/** What was said besides is heard alone; small talk and half sentences are no request. */
async function leave(call: Call, rest: string): Promise<void> {
  const { now, locale, heard } = call;
  const understanding = rest.includes(' ')
    ? await call.deps.understand.understand({ text: rest, now, locale })
    : undefined;
  const request = understanding?.accepted && scriptFor(understanding.intent);
  heard.text = request ? rest : '';
  if (request && understanding) heard.understanding = understanding;
}

function answerTo(call: Call, text: string): Content | undefined {
  const said = plainWords(text).split(' ');
  if (said.length > WORDS_MAX) return undefined;
  const own = ownAnswer(call, new Set(said));
  return own ? { text: own } : TOPICS.find(([, question]) => question.test(text))?.[0](call);
}

/** The shop's answers with their words apart, the most words first; made once, since every line is compared with them. */
const prepared = new WeakMap<ShopAnswer[], { words: string[]; answer: ShopAnswer['answer'] }[]>();

function preparedOf(answers: ShopAnswer[]) {
  let all = prepared.get(answers);
  if (!all) {
    all = answers
      .flatMap(({ words, answer }) =>
        words.map((phrase) => ({ words: plainWords(phrase).split(' '), answer })),
      )
      .filter(({ words }) => words[0] !== '')
      .sort((a, b) => b.words.length - a.words.length);
    prepared.set(answers, all);
  }
  return all;
}

/** The shop's own answer whose words are all said; of several the one with most words. */
function ownAnswer(call: Call, said: ReadonlySet<string>): string | undefined {
  const all = preparedOf(call.deps.rules.policy.answers);
  const answer = all.find(({ words }) => words.every((word) => said.has(word)))?.answer;
  return answer && (answer[call.locale] ?? Object.values(answer)[0]);
}

function returns(call: Call): Content {
  const { shop, words, returns: sentences } = call.t;
  const { windowDays, resolutions, nonReturnableCategories } = call.deps.rules.policy.returns;
  if (windowDays === 0) return { text: shop.noReturns, options: [call.go('talk_to_human')] };
  const kept = nonReturnableCategories.length ? [shop.notReturnable(words.and(nonReturnableCategories))] : [];
  const ways = words.or(resolutions.map((each) => sentences.gets(each)));
  return {
    text: [shop.returns(words.days(windowDays), ways), ...kept].join(' '),
    options: [call.go('initiate_return'), call.go('talk_to_human')],
  };
}

function delivery(call: Call): Content {
  const { shop, words } = call.t;
  const { policy } = call.deps.rules;
  const slots = slotOptions(policy).map(({ name, fromHour, toHour }) => words.slot(name, fromHour, toHour));
  return {
    text: shop.delivery(
      deliveryDays(call, policy),
      words.or(slots),
      words.days(policy.reschedule.maxDaysAhead),
    ),
    options: [call.go('reschedule_delivery'), call.go('order_status'), call.go('talk_to_human')],
  };
}

function deliveryDays(call: Call, { reschedule }: Policy): string {
  const { shop, words } = call.t;
  const days = [1, 2, 3, 4, 5, 6, 0].filter((day) => reschedule.weekdays.includes(day));
  return days.length === 7 ? shop.everyDay : shop.onDays(words.and(days.map((day) => words.weekday(day))));
}

function people(call: Call): Content {
  const { shop, words } = call.t;
  const week = dutyWeek(call.deps.rules.policy);
  const options = [call.go('talk_to_human')];
  const [first] = week;
  if (!first) return { text: shop.peopleUnknown, options };
  const all = week.length === 1 && first.from === 1 && first.to === 0;
  if (all && first.fromHour === 0 && first.toHour === 24) return { text: shop.peopleAlways, options };
  const spans = week.map(({ from, to, fromHour, toHour }) => {
    const days = all ? shop.everyDay : words.span(words.weekday(from), words.weekday(to));
    return shop.peopleOn(days, words.hours(fromHour, toHour));
  });
  return { text: shop.people(words.and(spans)), options };
}
