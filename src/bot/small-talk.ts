import type { IntentName } from '../core/intents';
import type { Call } from '../../dialogs/kit/call';
import { menu } from '../../dialogs/kit/menu';

const SMALL: IntentName[] = ['greet', 'thanks', 'goodbye', 'affirm', 'deny', 'help'];

/** True when the line is small talk and nothing more. */
export function isSmallTalk(call: Call): boolean {
  const { understanding } = call.heard;
  return understanding.accepted && SMALL.includes(understanding.intent);
}

/** Answers small talk; in the middle of a task without a menu, since the open question follows. */
export function smallTalk(call: Call, inTask: boolean): void {
  const { talk } = call.t;
  const { intent } = call.heard.understanding;
  const options = inTask ? {} : menu(call);
  if (intent === 'help') call.say({ text: talk.help, ...options });
  else if (intent === 'thanks') call.say(talk.thanks);
  else if (intent === 'goodbye') call.say(talk.goodbye);
  else if (intent === 'greet') greet(call, inTask);
  else if (!inTask) {
    call.say(intent === 'deny' ? talk.okay : { text: `${talk.okay} ${talk.choose}`, ...options });
  }
}

function greet(call: Call, inTask: boolean): void {
  if (inTask) return;
  const first = !call.turn.conversation.disclosed;
  call.say({ text: first ? call.t.talk.greet : call.t.talk.greetAgain, ...menu(call) });
}
