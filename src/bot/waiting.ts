import type { Call } from '../../dialogs/kit/call';
import { menu } from '../../dialogs/kit/menu';
import { promiseText } from '../support/hours';
import { consentOfTurn } from './interrupts';
import { isBackToBot } from './phrases';

/**
 * A person has been asked for and has not come yet. The bot adds nothing, but for honouring STOP, one offer of the way back when
 * nobody is on duty or the promised time has passed, and going back when asked. Answers the reason for silence.
 */
export async function whileWaiting(call: Call): Promise<string | undefined> {
  const { choice, text } = call.heard;
  const consent = consentOfTurn(call);
  if (consent) {
    call.stopped = consent === 'stop';
    call.say(consent === 'stop' ? call.t.talk.stopped : call.t.talk.started);
    return undefined;
  }
  if (choice?.value === 'bot' || isBackToBot(text)) {
    call.backToBot = true;
    call.say({ text: call.t.person.back, ...menu(call) });
    return undefined;
  }
  if (choice?.value === 'stay' && choice.fresh) {
    call.say(call.t.person.stays);
    return undefined;
  }
  if (call.turn.conversation.wayBackOffered || !overdue(call)) return 'waiting for a person';
  call.wayBackOffered = true;
  call.say({
    text: call.t.person.wayBack,
    options: [call.offer('stay', call.t.person.stayTitle), call.offer('bot', call.t.person.wayBackTitle)],
  });
  return undefined;
}

/** Nobody is on duty, or the time that was promised at hand-over has passed. */
function overdue(call: Call): boolean {
  if (!call.turn.peopleOnDuty) return true;
  const { waitingSince } = call.turn.conversation;
  const { policy, timeZone } = call.deps.rules;
  const due = waitingSince && promiseText(policy, timeZone, waitingSince).due;
  return due !== undefined && call.now > due;
}
