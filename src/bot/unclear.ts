import type { DialogContext } from 'botbuilder-dialogs';
import type { Call } from '../../dialogs/kit/call';
import { levelOf } from '../../dialogs/kit/level';
import { menu } from '../../dialogs/kit/menu';
import { bringPerson } from '../../dialogs/kit/person';
import { statusContent } from '../../dialogs/order-status';
import { factsSync } from './facts';

/** Counts a line that was not understood; the second in a row brings a person. True when it did. */
export function missed(call: Call, dc: DialogContext): boolean {
  call.missed = true;
  if (call.turn.conversation.misses < 1) return false;
  bringPerson(call, 'misses', call.t.person.afterMisses, factsSync(call, dc));
  return true;
}

/** An old answer was tapped and nothing is open: how the order stands now, or what can be done. */
export async function afterOldTap(call: Call): Promise<void> {
  const { choice } = call.heard;
  for (const number of [choice?.value.replace(/^=/, ''), call.lastOrder]) {
    const order = number ? await call.order(number) : undefined;
    if (!order || levelOf(call, order) < 1) continue;
    call.say(statusContent(call, order));
    return;
  }
  call.say({ text: call.t.talk.choose, ...menu(call) });
}
