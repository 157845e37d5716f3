import type { IntentName } from '../core/intents';
import type { Call } from '../../dialogs/kit/call';
import { menu } from '../../dialogs/kit/menu';

const SMALL: IntentName[] = ['greet', 'thanks', 'goodbye', 'affirm', 'deny', 'help'];

/** The small talk a line is, and nothing more. A short line may be less sure than a request must be: nothing depends on it. */
function smallIntent(call: Call): IntentName | undefined {
  const { accepted, intent, ranked } = call.heard.understanding;
  if (accepted) return SMALL.includes(intent) ? intent : undefined;
  const best = ranked[0];
  const short = call.heard.text.split(/\s+/).length <= 3;
  return short && best && best.score >= 0.6 && SMALL.includes(best.intent) ? best.intent : undefined;
}

/** True when the line is small talk and nothing more. */
export function isSmallTalk(call: Call): boolean {
  return smallIntent(call) !== undefined;
}

/** Small talk that has an answer of its own. "Yes" and "ok" to a question that is no yes-or-no question are answers we cannot use. */
export function isPoliteness(call: Call): boolean {
  const intent = smallIntent(call);
  return intent !== undefined && intent !== 'affirm' && intent !== 'deny';
}

/** Who says goodbye is not asked again; the question waits for their return. */
export function isGoodbye(call: Call): boolean {
  return smallIntent(call) === 'goodbye';
}

/** Answers small talk; in the middle of a task without a menu, since the open question follows. */
export function smallTalk(call: Call, inTask: boolean): void {
  const { talk } = call.t;
  const intent = smallIntent(call);
  const options = inTask ? {} : menu(call);
  if (intent === 'help') call.say({ text: talk.help, ...options });
  else if (intent === 'thanks') call.say(talk.thanks);
  else if (intent === 'goodbye') call.say(talk.goodbye);
  else if (intent === 'greet') greet(call, inTask);
  else {
    call.say(intent === 'deny' ? talk.okay : { text: `${talk.okay} ${talk.choose}`, ...options });
  }
}

function greet(call: Call, inTask: boolean): void {
  if (inTask) {
    call.say(call.t.talk.hello);
    return;
  }
  const first = !call.turn.conversation.disclosed;
  call.say({ text: first ? call.t.talk.greet : call.t.talk.greetAgain, ...menu(call) });
}

/** Says what it is to whoever asks, and how to reach a person. */
export function sayWhoWeAre(call: Call, inTask: boolean): void {
  // In the first answer the disclosure has said it.
  if (!call.turn.conversation.disclosed && !inTask) call.say({ text: call.t.talk.greet, ...menu(call) });
  else call.say({ text: call.t.talk.whoWeAre(call.shop), options: [call.go('talk_to_human')] });
}
