import type { DialogContext } from 'botbuilder-dialogs';
import type { HandoffBrief } from '../core/conversation';
import type { Call } from '../../dialogs/kit/call';
import { openQuestion } from './open-question';
import type { StackEntry } from './state';

/** What a person should know of where the customer is: the task, the order, what was gathered and from which line, the proof. */
export async function factsOf(call: Call, dc: DialogContext): Promise<Partial<HandoffBrief>> {
  const facts = factsSync(call, dc);
  if (facts.orderNumber) await call.order(facts.orderNumber);
  return facts;
}

/** The same without reading the order. */
export function factsSync(call: Call, dc: DialogContext): Partial<HandoffBrief> {
  const open = openQuestion(dc.dialogs, dc.stack as StackEntry[]);
  const wants =
    open?.task.intent ?? (call.heard.understanding.accepted ? call.heard.understanding.intent : undefined);
  const orderNumber = open?.taskForm.orderNumber ?? call.lastOrder;
  const slots = open ? (open.task.brief?.(call, open.taskForm) ?? {}) : {};
  const trail = open?.taskForm.trail ?? [];
  const gathered = Object.entries(slots).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const seq = trail.findLast((entry) => entry.keys.includes(name))?.seq;
    return [{ name, value, ...(seq ? { seq } : {}) }];
  });
  return {
    ...(wants && wants !== 'talk_to_human' && wants !== 'out_of_scope' ? { wants } : {}),
    ...(orderNumber ? { orderNumber } : {}),
    gathered,
  };
}
