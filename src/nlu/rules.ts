import type { IntentName } from '../core/intents';
import type { Expecting } from '../core/understanding';

const PERSON =
  '(?:human|person|agent|agents|executive|representative|operator|manager|supervisor|somebody|someone|real person|live person|insaan|banda|bande|adhikari|customer care|customer support|support team)';
const WANT_A_PERSON = [
  new RegExp(
    `^(?:(?:i|we) )?(?:want|need|would like|like|id like|wish|let mein|can i|could i|may i|please|mujhe|kindly)?(?: to)?(?: please)? ?(?:talk|speak|chat|connect)(?: mein)?(?: to| with)? (?:a |an |the |your |any |some |live |real |actual |human |customer )*${PERSON}\\b`,
  ),
  new RegExp(
    `\\b(?:transfer|connect|put)(?: mein)?(?: through)?(?: to| with) (?:a |an |the |your |live |real |some |human )*${PERSON}\\b`,
  ),
  new RegExp(`^(?:please )?(?:get|give) mein (?:a |an |the |your |live |real )*${PERSON}(?: please| now)?$`),
  new RegExp(
    `\\b(?:kisi |asli |real |apne |aapke )*${PERSON} (?:se|ko) (?:mera |meri )?(?:baat|bat|connect|bolo|bulao|milao)`,
  ),
  /^(?:mujhe |mera |please )?kisi(?: aur)? se baat (?:karna|karwana|karwao|kara do|karao|karwa do|kara|hai)/,
  /^(?:please |live |human |real )*(?:agent|human|representative|operator|executive)(?: please| chahiye| now| do)?$/,
];
const QUESTION_OF_OTHERS = /\b(?:sales|job|career|doctor|bank|delivery|courier|not|nahi|dont)\b/;

const YES = new Set(
  'yes,yeah,yep,yup,ya,yea,y,ok,okay,sure,haan,ji,ji haan,haan ji,yes please,yes yes,haan haan,bilkul,haan bilkul,theek hai,ok theek hai,ok sure,yes sure,confirm,confirmed,yes confirm,correct,thats correct,emoyes,yes emoyes,sahi hai,haan sahi hai,kardo,kar do,haan kardo,haan kar do,go ahead,yes go ahead,of course,hn ji,hnji,absolutely,definitely,theek'.split(
    ',',
  ),
);
const NO = new Set(
  'no,nope,nah,n,nahi,na,no no,ji nahi,nahi ji,nahi nahi,no thanks,no thanku,no please,not now,emono,no emono,bilkul nahi,mat karo,rehne do,nahi rehne do,dont,dont do it,never mind,nevermind,no dont,nahi karna,nahi chahiye'.split(
    ',',
  ),
);

/** Decides the few normalised lines that need no model: an explicit wish for a person, a bare yes or no. Undefined: ask the model. */
export function ruled(line: string, expecting: readonly Expecting[]): IntentName | undefined {
  if (line.length > 200) return undefined;
  if (YES.has(line)) return 'affirm';
  if (NO.has(line)) return 'deny';
  if (expecting.includes('item') || expecting.includes('address')) return undefined;
  if (
    !QUESTION_OF_OTHERS.test(line) &&
    line.split(' ').length <= 14 &&
    WANT_A_PERSON.some((form) => form.test(line))
  )
    return 'talk_to_human';
  return undefined;
}

const ORDERS_TO_THE_BOT =
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instructions?|rules?|prompts?|above|everything|policy|policies|guidelines)\b|\b(?:system prompt|developer mode|jailbreak|act as|pretend (?:to be|you)|you are now|drop table|select \*|<script|sudo |\brm -rf)\b|\{\{(?![\p{L} ]{2,40}\}\})|\$\{|<\|/iu;

/** Text that gives orders to the program instead of asking the shop; such a line never starts a change. */
export function looksLikeOrders(text: string): boolean {
  return ORDERS_TO_THE_BOT.test(text.slice(0, 4096));
}
