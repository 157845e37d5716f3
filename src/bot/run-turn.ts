import { TurnContext } from 'botbuilder-core';
import type { Content } from '../core/content';
import { isErased, type Score } from '../core/conversation';
import type { Locale } from '../core/locale';
import type { WatchedOrder } from '../core/notices';
import type { RunTurn, TurnResult } from '../core/turn';
import { dayOf } from '../core/zone';
import { repliesFor } from '../replies/replies';
import { followed } from '../support/notices';
import { dialogSet } from '../../dialogs/index';
import { attach, Call } from '../../dialogs/kit/call';
import { merged } from '../../dialogs/kit/choices';
import type { BotDeps } from '../../dialogs/kit/deps';
import { activityOf, hear, localeOf } from './activity-mapping';
import { withLeave } from './before-change';
import { beforeDialogs, consentOfTurn } from './interrupts';
import { expectedBy, openQuestion } from './open-question';
import { route } from './route';
import { closeState, openState, type BotState } from './state';
import { saysMore, scoreOf } from './survey';
import { TurnAdapter } from './turn-adapter';
import { whileWaiting } from './waiting';

export type { BotDeps } from '../../dialogs/kit/deps';

const STACK = Symbol('doorstep.stack');
/** Where the framework looks for its memory scopes; it makes them anew for every step of every turn unless they are there. */
const SCOPES = 'DialogStateManagerConfiguration';

/** What the customer reads when a turn failed; `person`: somebody is coming after the second failure in a row. */
export function apology(locale: Locale, person: boolean): Content {
  const t = repliesFor(locale);
  return { text: person ? `${t.person.sorryFailed} ${t.person.needsPerson}` : t.talk.failed };
}

/**
 * Makes the turn function. The dialogs are built once; a turn touches nothing but what it is given, the order store and the ports
 * in `deps`, and sends nothing. A fault is thrown: the stream apologises and brings a person after two.
 */
export function createRunTurn(deps: BotDeps): RunTurn {
  const adapter = new TurnAdapter();
  const set = dialogSet({
    get: async (context) => context.turnState.get(STACK) as { dialogStack: unknown[] },
    set: async () => undefined,
    delete: async () => undefined,
  });
  let scopes: unknown;

  return async (turn) => {
    const state = openState(turn.conversation.dialogs);
    const question = openQuestion(set, state.dialogStack);
    const expecting = expectedBy(question);
    const heard = await hear(turn, deps.understand, expecting);
    const language = localeOf(turn, heard, expecting);
    const call = new Call(turn, withLeave(deps, turn), heard, language.locale, state.memory);
    const score = scoreOf(call);
    if (turn.conversation.owner === 'agent') {
      // STOP holds whoever has the conversation; the answer is the person's to give.
      const consent = consentOfTurn(call);
      if (consent) call.stopped = consent === 'stop';
      return result(call, state, language, score, 'a person has the conversation');
    }
    const context = new TurnContext(adapter, activityOf(turn, heard.text));
    attach(context, call);
    context.turnState.set(STACK, state);
    if (scopes) context.turnState.set(SCOPES, scopes);
    const dc = await set.createContext(context);
    scopes ??= context.turnState.get(SCOPES);
    if (turn.conversation.owner === 'waiting') {
      const silence = await whileWaiting(call);
      if (!call.backToBot) return result(call, state, language, score, silence);
    } else if (!(await beforeDialogs(call, dc))) {
      await unwrapped(() => route(call, dc, state));
    }
    return result(call, state, language, score);
  };
}

/** The framework's errors carry the whole dialog context; only their cause may reach a log. */
async function unwrapped(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const inner = (error as { error?: unknown } | undefined)?.error;
    throw inner instanceof Error ? inner : error;
  }
}

function result(
  call: Call,
  state: BotState,
  language: { locale: Locale; known: boolean },
  score: Score | undefined,
  silence?: string,
): TurnResult {
  const { turn } = call;
  const { conversation } = turn;
  if (call.handoff) {
    state.dialogStack = [];
    call.memory.queue = [];
  }
  const whole = merged(call.said);
  // The question that is answered has said it.
  const say = whole ? [score ? whole : disclosed(call, whole)] : [];
  const kept =
    (conversation.owner !== 'bot' || call.silent) && !call.backToBot && !whole
      ? conversation.openChoices
      : undefined;
  const options = whole?.options;
  return {
    say,
    dialogs: closeState(state),
    ...(options ? { openChoices: { version: turn.id, options } } : kept ? { openChoices: kept } : {}),
    locale: language.locale,
    localeKnown: language.known,
    proofs: call.proofs,
    misses: missesAfter(call),
    disclosed: conversation.disclosed || say.length > 0,
    ...(call.stopped === undefined ? {} : { stopped: call.stopped }),
    ...watching(call),
    ...topics(call),
    ...(score ? { score, staysResolved: !saysMore(call) } : {}),
    ...(call.handoff ? { handoff: call.handoff } : {}),
    ...(call.backToBot ? { backToBot: true } : {}),
    ...(call.wayBackOffered ? { wayBackOffered: true } : {}),
    ...(say.length ? {} : { silence: silence ?? call.silent ?? 'nothing to say' }),
  };
}

/** Orders spoken of are followed: what changes of them later is told here. */
function watching(call: Call): Pick<TurnResult, 'watching'> {
  const orders = [...call.spoken].flatMap((number) => call.seen(number) ?? []);
  if (orders.length === 0) return {};
  const before = call.turn.conversation.watching;
  const next = followed(before, orders, call.now, call.deps.rules.timeZone);
  const facts = (list: WatchedOrder[] = []) =>
    JSON.stringify(list.map(({ orderNumber, told, at }) => [orderNumber, told, dayOf(at, 'UTC')]));
  return facts(before) === facts(next) ? {} : { watching: next };
}

/** What was asked about for the first time is kept with the rest; for the shop's figures. */
function topics(call: Call): Pick<TurnResult, 'topics'> {
  const { topics: before = [] } = call.turn.conversation;
  const added = [...call.topics].filter((topic) => !before.includes(topic));
  return added.length > 0 ? { topics: [...before, ...added].sort() } : {};
}

function missesAfter(call: Call): number {
  if (call.handoff) return 0;
  return call.missed ? call.turn.conversation.misses + 1 : 0;
}

/** Says in the first answer, and after a person had the conversation, that this is automated. */
function disclosed(call: Call, content: Content): Content {
  const { conversation } = call.turn;
  if (conversation.disclosed) return content;
  const { talk } = call.t;
  const words =
    conversation.epoch > 0 && !isErased(conversation)
      ? talk.disclosureAgain(call.shop)
      : talk.disclosure(call.shop);
  return { ...content, text: `${words} ${content.text}` };
}
