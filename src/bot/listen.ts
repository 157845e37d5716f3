import type { DialogContext } from 'botbuilder-dialogs';
import type { IntentName } from '../core/intents';
import { saysUnreceived } from '../../dialogs/complaint';
import { scriptFor } from '../../dialogs/index';
import type { Call } from '../../dialogs/kit/call';
import { menu } from '../../dialogs/kit/menu';
import { heardOrders } from '../../dialogs/kit/orders';
import type { Form } from '../../dialogs/kit/script';
import { mediaAnswer } from './media';
import { leaveWord } from './phrases';
import { isSmallTalk, smallTalk } from './small-talk';
import { beginTask } from './tasks';
import { missed } from './unclear';

/** A turn with nothing open: what does the customer want? */
export async function listen(call: Call, dc: DialogContext): Promise<void> {
  const { understanding, form, choice } = call.heard;
  if (form) return beginTask(call, dc, 'correct_address');
  // Asked with options that begin nothing (an answer to a question already closed).
  if (choice?.fresh && call.answer !== undefined) return unclear(call, dc);
  if (understanding.accepted && scriptFor(understanding.intent)) {
    if (understanding.close && (await askWhich(call))) return;
    const unreceived = understanding.intent === 'order_status' && saysUnreceived(call.heard.text);
    return beginTask(call, dc, unreceived ? 'complaint' : understanding.intent);
  }
  const near = nearlySure(call);
  if (near) return beginTask(call, dc, near);
  const numbers = await heardOrders(call);
  if (numbers.length > 0 && call.loose.length <= 3) return beginTask(call, dc, 'order_status');
  if (await mediaAnswer(call, dc)) return;
  if (isSmallTalk(call)) return smallTalk(call, false);
  if (leaveWord(call.heard.text)) {
    call.say(call.t.talk.nothingOpen);
    return;
  }
  return unclear(call, dc);
}

/** Not sure enough by the words alone, but a day, an address or an order in the line makes it so; everything is confirmed anyway. */
function nearlySure(call: Call): IntentName | undefined {
  const { ranked, slots } = call.heard.understanding;
  const best = ranked.find((guess) => scriptFor(guess.intent));
  if (!best || best !== ranked[0] || best.score < 0.4) return undefined;
  const fits =
    (best.intent === 'reschedule_delivery' && (slots.date ?? slots.time)) ||
    (best.intent === 'correct_address' && (slots.address ?? slots.phone)) ||
    slots.orderNumbers;
  return fits ? best.intent : undefined;
}

async function unclear(call: Call, dc: DialogContext): Promise<void> {
  if (missed(call, dc)) return;
  const { ranked, decidedBy } = call.heard.understanding;
  const likely = ranked.filter((guess) => guess.score >= 0.15 && scriptFor(guess.intent));
  if (likely.length >= 2 && (ranked[0]?.score ?? 0) >= 0.25 && (await askWhich(call))) return;
  const { talk } = call.t;
  const words = decidedBy === 'nothing-known' || likely.length > 0 ? talk.unclear : talk.outOfScope;
  call.say({ text: words, ...menu(call) });
}

/** Two readings are likely: asks which, keeping what each would already know. */
async function askWhich(call: Call): Promise<boolean> {
  const [a, b] = call.heard.understanding.ranked.filter((guess) => scriptFor(guess.intent));
  if (!a || !b) return false;
  const seeds: Record<string, Form> = {};
  for (const { intent } of [a, b]) {
    const form: Form = {};
    await scriptFor(intent)?.fill(call, form);
    seeds[intent] = form;
  }
  call.memory.seeds = seeds;
  call.say({
    text: call.t.talk.which(call.t.talk.doing(a.intent), call.t.talk.doing(b.intent)),
    options: [call.go(a.intent), call.go(b.intent), call.go('talk_to_human')],
    optionsLabel: call.t.talk.optionsLabel,
  });
  return true;
}
