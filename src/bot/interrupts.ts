import type { DialogContext } from 'botbuilder-dialogs';
import type { HandoffReason } from '../core/conversation';
import type { Call } from '../../dialogs/kit/call';
import { bringPerson } from '../../dialogs/kit/person';
import { factsOf } from './facts';
import { asksWhoWeAre, consentWord } from './phrases';
import { redFlag } from './red-flags';

/** STOP or START, when any message of the turn says just that. */
export function consentOfTurn(call: Call): 'stop' | 'start' | undefined {
  const words = call.turn.messages.map(({ body }) => {
    if (body.kind === 'text') return consentWord(body.text);
    return body.kind === 'choice' && body.title ? consentWord(body.title) : undefined;
  });
  return words.findLast((word) => word !== undefined);
}

/**
 * What goes before every dialog, wherever the customer is: STOP and START, and everything that calls for a person at once. True
 * when the turn is thereby answered.
 */
export async function beforeDialogs(call: Call, dc: DialogContext): Promise<boolean> {
  const consent = consentOfTurn(call);
  if (consent) {
    call.stopped = consent === 'stop';
    call.say(consent === 'stop' ? call.t.talk.stopped : call.t.talk.started);
    return true;
  }
  const reason = personReason(call);
  if (!reason && disputes(call)) {
    const { intent, orderNumber } = call.justRefused ?? {};
    bringPerson(call, 'disputed_refusal', call.t.person.disputed, {
      ...(await factsOf(call, dc)),
      ...(intent ? { wants: intent } : {}),
      ...(orderNumber ? { orderNumber } : {}),
    });
    return true;
  }
  if (!reason) return false;
  bringPerson(call, reason, leadFor(call, reason), {
    ...(await factsOf(call, dc)),
    priority: reason === 'asked' ? 'normal' : 'high',
  });
  return true;
}

const DISPUTE =
  /^(but|why|no but|how come|what do you mean|lekin|magar|par (mujhe|main|maine)|kyun|kyu|kyon|aise kaise)\b|\b(not fair|unfair|that'?s (wrong|not (right|true|fair))|not true|don'?t agree|disagree|you (have|need) to|you must|i (still )?(insist|want it)|galat (bol|keh|hai)|nahi maan|karna (hi )?padega)\b|^(लेकिन|मगर|पर मुझे|क्यों|ऐसे कैसे)|यह गलत है|ये गलत है|नहीं मान|करना (ही )?पड़ेगा/i;

/** The customer does not accept what a rule refused a moment ago. */
function disputes(call: Call): boolean {
  return call.justRefused !== undefined && DISPUTE.test(call.heard.text.trim());
}

function personReason(call: Call): HandoffReason | undefined {
  const { choice, understanding, text } = call.heard;
  const tapped = choice && /^>talk_to_human(:|$)/.test(choice.value);
  if (tapped) return 'asked';
  const flag = text ? redFlag(text) : undefined;
  if (flag) return flag;
  const wants = [understanding.intent, ...understanding.also.map((guess) => guess.intent)];
  const asked = text && understanding.accepted && wants.includes('talk_to_human');
  // "Is this a real person?" asks; the answer offers one.
  return asked && !asksWhoWeAre(text) ? 'asked' : undefined;
}

function leadFor(call: Call, reason: HandoffReason): string | undefined {
  const { person } = call.t;
  if (reason === 'self_harm') return person.selfHarm;
  if (reason === 'threat') return person.legal;
  if (reason === 'fraud') return person.fraud;
  return reason === 'anger' ? person.sorry : person.asked;
}
