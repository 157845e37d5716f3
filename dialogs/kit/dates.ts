import { addDays, type Day } from '../../src/core/zone';
import type { ShopRules } from '../../src/core/policy';
import type { SlotName, TimeReading } from '../../src/core/understanding';
import type { Replies } from '../../src/replies/replies';
import { slotAtHour, slotOptions } from '../../src/support/reschedule';
import type { Call } from './call';
import type { Form } from './script';

/** What was said about a day and a part of it. */
export interface When extends Form {
  date?: Day;
  slot?: SlotName;
  anySlot?: boolean;
  /** Days that fit an unclear wish ("next Friday", "this week"), to choose from. */
  among?: Day[];
  /** More than one day was meant by one name: ask which of just these. */
  unclear?: boolean;
}

/** Reads day and time out of the line, as slots to set; empty when there are none. */
export function whenSaid(call: Call, possible: Day[]): Partial<When> {
  const { date, time } = call.heard.understanding.slots;
  const set: Partial<When> = {};
  if (date) Object.assign(set, dayOf(date.value, possible));
  else if (possible[0] && EARLIEST.test(call.heard.text)) {
    Object.assign(set, { date: possible[0], among: undefined, unclear: undefined });
  }
  const slot = time && slotOf(call, time.value);
  if (slot) {
    set.slot = slot;
    set.anySlot = undefined;
  }
  return set;
}

const BYGONE = /\byesterday\b|\b(beet[ae]|guzr[ae]|pichhl?[ae])( hu[ae])? kal\b|(बीते|गुज़रे|गुजरे|पिछले)( हुए)? कल/i;
const KAL = /\bkal\b|(?<!\p{L})कल(?!\p{L})/iu;
/** A longer line tells of yesterday rather than asks for it. */
const WISH_MAX_WORDS = 4;

/** Yesterday, as the whole answer to "which day?": read as a day, so that it is refused with the nearest one. A bare "kal" is tomorrow. */
export function bygoneDay(call: Call): Day | undefined {
  const { text, understanding } = call.heard;
  if (text.split(/\s+/).length > WISH_MAX_WORDS || /\bbefore\b/i.test(text)) return undefined;
  const past = BYGONE.test(text) || (!understanding.slots.date && KAL.test(text));
  return past ? addDays(call.today, -1) : undefined;
}

const EARLIEST =
  /\b(as (soon|early) as (possible|you can)|asap|earliest|soonest|first available|jaldi se jaldi|jald se jald|jitni jaldi|sabse pehl[ae])\b|जल्द से जल्द|जल्दी से जल्दी|जितनी जल्दी|सबसे पहले/i;

/** A sentence that begins with a day begins with a capital. */
export function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

function dayOf(
  reading: { from: Day; to: Day; not?: Day[]; ambiguous?: Day[]; negative?: boolean },
  possible: Day[],
): Partial<When> {
  if (reading.ambiguous?.length) return { date: undefined, among: reading.ambiguous, unclear: true };
  if (reading.from === reading.to && !reading.negative) {
    return { date: reading.from, among: undefined, unclear: undefined };
  }
  const ruledOut = (day: Day) => reading.not?.includes(day);
  const within = (day: Day) => day >= reading.from && day <= reading.to;
  const left = possible.filter((day) => !ruledOut(day) && (reading.negative ? true : within(day)));
  // Nothing possible in what was asked for: the first day of it is refused with its reason.
  if (left.length === 0 && !reading.negative) return { date: reading.from, among: undefined };
  return { date: undefined, among: left, unclear: undefined };
}

function slotOf(call: Call, time: TimeReading): SlotName | undefined {
  if (time.slot) return time.slot;
  const { policy } = call.deps.rules;
  if (time.fromHour !== undefined) return slotAtHour(policy, time.fromHour);
  return time.toHour === undefined ? undefined : slotAtHour(policy, time.toHour - 1);
}

/** What words are made of, also outside of a turn. */
export interface Wording {
  t: Pick<Replies, 'words'>;
  deps: { rules: ShopRules };
  today: Day;
}

/** A slot's name with its hours. */
export function slotInWords({ t, deps }: Wording, slot: SlotName | undefined): string | undefined {
  const found = slotOptions(deps.rules.policy).find((option) => option.name === slot);
  return found && t.words.slot(found.name, found.fromHour, found.toHour);
}

/** "Tuesday, 24 Nov, morning (9 am to 1 pm)"; what is not known is left out. */
export function whenInWords(wording: Wording, { date, slot }: Pick<When, 'date' | 'slot'>): string {
  const day = date && wording.t.words.near(date, wording.today);
  return [day, slotInWords(wording, slot)].filter(Boolean).join(', ');
}

/** Options for the parts of a day, and one for "any time". */
export function slotChoices(call: Call) {
  const slots = slotOptions(call.deps.rules.policy).map((s) =>
    call.option(s.name, call.t.words.slotTitle(s.name, s.fromHour, s.toHour)),
  );
  return [...slots, call.option('any', call.t.reschedule.anyTime)];
}

/** Reads the answer to "what time?". */
export function slotAnswer(call: Call): Partial<When> | undefined {
  if (
    call.answer === 'any' ||
    /\b(any ?time|anytime|kabhi bhi|kisi bhi|koi bhi)\b|कभी भी|किसी भी|कोई भी/i.test(call.heard.text)
  ) {
    return { anySlot: true };
  }
  if (call.answer) return { slot: call.answer as SlotName };
  const slot = call.heard.understanding.slots.time && slotOf(call, call.heard.understanding.slots.time.value);
  return slot && { slot };
}
