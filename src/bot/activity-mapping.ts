import type { Activity } from 'botbuilder';
import { ActivityTypes } from 'botbuilder-core';
import type { MessageBody } from '../core/activity';
import type { Locale } from '../core/locale';
import type { Turn } from '../core/turn';
import type { Understand, Expecting } from '../core/understanding';
import { matchOption, readOptionId } from '../../dialogs/kit/choices';
import { nothingSaid, type Choice, type Heard } from '../../dialogs/kit/heard';

/** The framework's activity for a turn. Dialogs read what was heard from the call; this carries only the envelope. */
export function activityOf(turn: Turn, text: string): Partial<Activity> {
  const { reference } = turn.conversation;
  return {
    type: ActivityTypes.Message,
    id: turn.id,
    text,
    channelId: reference.channel,
    timestamp: turn.now,
    from: { id: reference.user, name: '' },
    recipient: { id: reference.account, name: '' },
    conversation: { id: turn.conversation.key, isGroup: false, conversationType: '', name: '' },
  };
}

/** Largest text understood; more is cut, since no request needs it. */
const TEXT_MAX_CHARS = 4096;

/**
 * Takes all messages of a turn together: texts are joined, the last tap wins, media are gathered. Words or a number that stand
 * for an open option become a choice.
 */
export async function hear(turn: Turn, understand: Understand, expecting: Expecting[]): Promise<Heard> {
  const { conversation, messages } = turn;
  const bodies = messages.map((message) => message.body);
  const text = bodies.map(textOf).filter(Boolean).join('\n').slice(0, TEXT_MAX_CHARS);
  const heard: Heard = {
    text,
    understanding: text
      ? await understand.understand({
          text,
          now: turn.now,
          locale: conversation.locale,
          ...(expecting.length ? { expecting } : {}),
        })
      : nothingSaid(conversation.locale),
    attachments: bodies.flatMap((body) => (body.kind === 'media' ? body.attachments : [])),
    phones: bodies.flatMap((body) => (body.kind === 'contacts' ? body.phones : [])),
    seq: messages.at(-1)?.seq ?? 0,
  };
  const choice = choiceOf(turn, bodies, text);
  if (choice) heard.choice = choice;
  for (const body of bodies) {
    if (body.kind === 'form') heard.form = { name: body.name, values: body.values };
    if (body.kind === 'location') heard.location = body;
    if (body.kind === 'unsupported') heard.unsupported = body.what;
  }
  return heard;
}

function textOf(body: MessageBody): string {
  if (body.kind === 'text') return body.text.trim();
  // A tap we never offered (a profile's ice breaker, a template's button) says what its words say.
  if (body.kind === 'choice') return readOptionId(body.choiceId) ? '' : (body.title ?? '').trim();
  if (body.kind === 'media')
    return [body.text, ...body.attachments.map((a) => a.caption)].filter(Boolean).join(' ').trim();
  return '';
}

function choiceOf(turn: Turn, bodies: MessageBody[], text: string): Choice | undefined {
  const open = turn.conversation.openChoices;
  const tap = bodies.filter((body) => body.kind === 'choice').at(-1);
  if (tap) {
    const read = readOptionId(tap.choiceId);
    if (!read) return byWords(turn, tap.title ?? '');
    return { value: read.value, fresh: read.version === open?.version };
  }
  return byWords(turn, text);
}

function byWords(turn: Turn, text: string): Choice | undefined {
  const option = matchOption(text, turn.conversation.openChoices);
  const value = option && readOptionId(option.id)?.value;
  return value === undefined ? undefined : { value, fresh: true };
}

/** Words that people of every language write; alone they do not choose one. */
const NEUTRAL = new Set(
  'hi hello hey hii helo ok okay yes no thanks thank you please pls stop start help status track order refund return cancel agent human bye sorry sir madam'.split(
    ' ',
  ),
);
const WORDS = /[\p{L}\p{M}]{2,}/gu;

/** Language of the answer: the customer's own words decide; taps, numbers, order numbers and an address that was asked for do not. */
export function localeOf(
  turn: Turn,
  heard: Heard,
  expecting: Expecting[],
): { locale: Locale; known: boolean } {
  const { locale, localeKnown } = turn.conversation;
  if (/\p{Script=Devanagari}{2,}/u.test(heard.text)) return { locale: 'hi', known: true };
  // Addresses are written in Latin letters and half in English, whatever language their owner speaks.
  const isAddress = expecting.includes('address') && heard.understanding.slots.address !== undefined;
  if (localeKnown && isAddress) return { locale, known: true };
  const words = heard.text.replace(/\S*\d\S*/g, ' ').match(WORDS) ?? [];
  // "ok" or "yes" says nothing about the language of a conversation that has one.
  const telling = words.filter((word) => !NEUTRAL.has(word.toLowerCase()));
  if (telling.length === 0 || (localeKnown && words.length < 2)) return { locale, known: localeKnown };
  return { locale: heard.understanding.locale, known: true };
}
