import type { DialogContext } from 'botbuilder-dialogs';
import type { IntentName } from '../core/intents';
import type { Call } from '../../dialogs/kit/call';
import { canGoBack, type Answer } from '../../dialogs/kit/script';
import { disputedOrder } from '../../dialogs/kit/failed-attempt';
import { bringPerson } from '../../dialogs/kit/person';
import { askAgain, askPlainly } from '../../dialogs/kit/slot-prompt';
import { failedAnswerOf, takeFailedAnswer } from './failed-delivery';
import { factsSync } from './facts';
import { listen, meant } from './listen';
import { mediaAnswer } from './media';
import { openQuestion, type OpenQuestion } from './open-question';
import { asksWhoWeAre, leaveWord, isBack } from './phrases';
import { beginAnew, beginNav, beginQueued, beginTask, INFORMING, queueFurther, readNav } from './tasks';
import { shopAnswer } from './shop-questions';
import { isGoodbye, isPoliteness, isSmallTalk, sayWhoWeAre, smallTalk } from './small-talk';
import { saysMore, scoreOf, thankFor } from './survey';
import { afterOldTap, missed } from './unclear';
import type { BotState, StackEntry } from './state';

/** Decides what a turn is about: an answer, a correction, a question in between, a new task, small talk, or nothing we understood. */
export async function route(
  call: Call,
  dc: DialogContext,
  state: BotState & { dropped: boolean },
): Promise<void> {
  if (state.dropped) call.say(call.t.talk.restarted);
  const open = openQuestion(dc.dialogs, dc.stack as StackEntry[]);
  const score = scoreOf(call);
  if (score) {
    thankFor(call, score);
    if (!saysMore(call)) {
      if (open) await askAgain(dc);
      return;
    }
    delete call.heard.choice;
  }
  const { choice } = call.heard;
  const failed = failedAnswerOf(call);
  if (!failed && !choice && asksWhoWeAre(call.heard.text)) {
    sayWhoWeAre(call, open !== undefined);
    if (open) await askAgain(dc);
    return;
  }
  // An answer in free words may well hold such a question's words.
  const told = failed || choice || open?.prompt.question.free ? undefined : await shopAnswer(call);
  if (told) {
    const alone = !call.heard.text;
    call.say(alone && !open ? told : { text: told.text });
    if (alone) {
      if (open) await askAgain(dc);
      return;
    }
  }
  const nav = choice && readNav(choice.value);
  if (failed) await takeFailedAnswer(call, dc, failed);
  else if (choice && !choice.fresh) await oldTap(call, dc, open);
  else if (nav) {
    if (open && nav.intent !== open.task.intent) leaveInforming(dc, open);
    await beginNav(call, dc, nav);
  } else if (open) await withQuestion(call, dc, open);
  else await listen(call, dc);
  await beginQueued(call, dc);
}

/** Nobody comes back to "which order?" of something that only wanted telling, once they ask for something else. */
function leaveInforming(dc: DialogContext, open: OpenQuestion): void {
  if (INFORMING.has(open.task.intent)) dc.stack.length = 0;
}

async function oldTap(call: Call, dc: DialogContext, open: OpenQuestion | undefined): Promise<void> {
  const nav = readNav(call.heard.choice?.value ?? '');
  if (nav) {
    call.say(call.t.talk.oldTapChecked);
    await beginNav(call, dc, nav);
    return;
  }
  call.say(call.t.talk.oldTap);
  if (open) await askAgain(dc);
  else await afterOldTap(call);
}

async function withQuestion(call: Call, dc: DialogContext, open: OpenQuestion): Promise<void> {
  const { question } = open.prompt;
  const answer = (result: Answer) => dc.endDialog(result);
  if (call.answer === undefined && (await taskControl(call, dc, open))) return;
  if (call.answer === undefined && (await disputedMeanwhile(call, dc, open))) return;
  const reading = await open.prompt.reading(call, open.form);
  const taken = reading !== undefined && (call.answer !== undefined || sure(reading));
  const other = taken ? undefined : otherRequest(call, open);
  const loose = call.loose.length;
  const longer =
    loose > 2 && (question.free || question.confirm || (other !== undefined && other.score >= 0.85));
  if (other && (!reading || longer || wantsMore(call, open, other))) {
    if (other.intent === 'correct_address' && open.task.intent === 'initiate_return') {
      bringPerson(call, 'other', call.t.returns.otherPickup, factsSync(call, dc));
      return;
    }
    leaveInforming(dc, open);
    await beginTask(call, dc, other.intent);
    return;
  }
  if (question.confirm && call.answer === undefined && (await open.task.fill(call, open.taskForm))) {
    await answer({ again: true });
    return;
  }
  if (reading) {
    await queueFurther(call, open.task.intent);
    await dc.continueDialog();
    return;
  }
  if (await corrected(call, dc, open)) return;
  if (await mediaAnswer(call, dc)) return;
  if (isGoodbye(call)) return smallTalk(call, true);
  if (isPoliteness(call)) {
    // A kind word gets one back, and the question stays unanswered: the second in a row brings a person.
    if (missed(call, dc)) return;
    smallTalk(call, true);
    await askAgain(dc);
    return;
  }
  // The request that is being served, said once more, is no miss.
  const { accepted, intent } = call.heard.understanding;
  if (accepted && intent === open.task.intent && loose > 0) return askPlainly(dc);
  if (missed(call, dc)) return;
  await dc.continueDialog();
}

/** "Nobody came", said while something else is asked: noted first, and a new attempt is offered. */
async function disputedMeanwhile(call: Call, dc: DialogContext, open: OpenQuestion): Promise<boolean> {
  const orderNumber = await disputedOrder(call);
  if (!orderNumber) return false;
  const same = open.task.intent === 'reschedule_delivery' && open.taskForm.orderNumber === orderNumber;
  if (same && open.script === open.task && (await open.task.fill(call, open.taskForm))) {
    await dc.endDialog({ again: true } satisfies Answer);
    return true;
  }
  if (same) return false;
  leaveInforming(dc, open);
  await beginAnew(call, dc, 'reschedule_delivery', { orderNumber }, true);
  return true;
}

/**
 * The line answers the question and asks for more than it: "move DS-1001 to Friday" after "which order?" names the order, and a day nobody
 * asked for. Where the question only belongs to telling, a surely understood change is enough.
 */
function wantsMore(call: Call, open: OpenQuestion, other: { intent: IntentName; score: number }): boolean {
  if (call.answer !== undefined) return false;
  const { slots } = call.heard.understanding;
  const { expecting = [], confirm } = open.prompt.question;
  const unasked = (['date', 'time', 'address'] as const).some(
    (name) => slots[name] && !expecting.includes(name),
  );
  if (unasked && !confirm) return true;
  return (
    INFORMING.has(open.task.intent) &&
    !INFORMING.has(other.intent) &&
    other.score >= 0.7 &&
    call.loose.length > 0
  );
}

function sure(reading: object): boolean {
  return 'sure' in reading && reading.sure === true;
}

/** "Never mind" ends the task that is open and only that; "back" takes the last answer back. */
async function taskControl(call: Call, dc: DialogContext, open: OpenQuestion): Promise<boolean> {
  const leave = leaveWord(call.heard.text);
  // Said of a return it is its reason.
  const isReason = open.task.intent === 'initiate_return' && /changed my mind/i.test(call.heard.text);
  if ((leave === 'leave' && !isReason) || (leave === 'bare' && open.task.intent !== 'cancel_order')) {
    call.say(call.t.talk.left(open.task.intent));
    await dc.endDialog({ leave: true } satisfies Answer);
    return true;
  }
  if (!isBack(call.heard.text)) return false;
  if (canGoBack(open.form)) {
    await dc.endDialog({ back: true } satisfies Answer);
  } else if (open.script !== open.task && canGoBack(open.taskForm)) {
    await dc.endDialog({ unwind: { back: true } } satisfies Answer);
  } else {
    call.say(call.t.talk.nothingBefore);
    await askAgain(dc);
  }
  return true;
}

/** A request for something else than the open task. */
function otherRequest(call: Call, open: OpenQuestion) {
  const { understanding } = call.heard;
  if (!call.heard.text || !understanding.accepted || isSmallTalk(call)) return undefined;
  const { score } = understanding;
  const intent = meant(call);
  if (intent === open.task.intent || intent === 'out_of_scope') return undefined;
  // "No, it is damaged" puts the reason of the return right.
  const reason = understanding.slots.reason !== undefined && open.task.intent === 'initiate_return';
  return reason && intent === 'complaint' ? undefined : { intent, score };
}

/** An earlier answer put right, or a later one given before it was asked. */
async function corrected(call: Call, dc: DialogContext, open: OpenQuestion): Promise<boolean> {
  if (open.script !== open.task && (await open.script.fill(call, open.form))) {
    await dc.endDialog({ again: true } satisfies Answer);
    return true;
  }
  const order = open.taskForm.orderNumber;
  if (!(await open.task.fill(call, open.taskForm))) return false;
  if (open.script === open.task) await dc.endDialog({ again: true } satisfies Answer);
  else if (open.taskForm.orderNumber !== order)
    await dc.endDialog({ unwind: { again: true } } satisfies Answer);
  else await askAgain(dc);
  return true;
}
