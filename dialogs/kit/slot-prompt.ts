import type { TurnContext } from 'botbuilder';
import type {
  DialogContext,
  DialogInstance,
  DialogReason,
  DialogTurnResult,
  PromptOptions,
  PromptRecognizerResult,
} from 'botbuilder-dialogs';
import { DialogTurnStatus } from 'botbuilder-dialogs/lib/dialog';
import { Prompt } from 'botbuilder-dialogs/lib/prompts/prompt';
import type { IntentName } from '../../src/core/intents';
import { callOf, type Call } from './call';
import type { AnyScript, Answer, Form, Question, Reading } from './script';
import { sayContent } from './say';

const FORM = Symbol('doorstep.form');
const TASK = Symbol('doorstep.task');

/** The form of the script that asked: the dialog under the prompt on the stack. */
export function formUnder(stack: DialogInstance[]): Form {
  const below = stack[stack.length - 2]?.state as { values?: { form?: Form } } | undefined;
  return below?.values?.form ?? {};
}

/** Leaves for the prompt on top what it cannot see itself: the form it fills, and the task the customer is in. */
function look(dc: DialogContext): void {
  dc.context.turnState.set(FORM, formUnder(dc.stack));
  // A script called by another (a proof) is a part of that task, not one of its own.
  const task = dc.stack.findLast((entry) => tasks.get(entry.id)?.calledOnly === false);
  dc.context.turnState.set(TASK, task && tasks.get(task.id)?.intent);
}

/** Every script by name. */
const tasks = new Map<string, { intent: IntentName; calledOnly: boolean }>();

/** Makes a script known to the prompts. */
export function knowScript({ name, intent, calledOnly = false }: AnyScript): void {
  tasks.set(name, { intent, calledOnly });
}

/** Puts the open question once more, as if for the first time. */
export async function askPlainly(dc: DialogContext): Promise<void> {
  look(dc);
  const prompt = dc.findDialog(dc.activeDialog?.id ?? '');
  if (!(prompt instanceof SlotPrompt)) return;
  const content = await prompt.question.ask(callOf(dc.context), formUnder(dc.stack));
  await sayContent(dc.context, content);
}

/** Asks the open question again. The framework's own way knows nothing of the form under the prompt. */
export async function askAgain(dc: DialogContext): Promise<void> {
  look(dc);
  await dc.repromptDialog();
}

/**
 * The one prompt of the project. It knows our channels, languages and options, which the framework's own prompts do not: asks with
 * `Content`, validates and retries through its question, and takes taps, numbers and words alike.
 */
export class SlotPrompt extends Prompt<Answer> {
  constructor(
    id: string,
    readonly script: AnyScript,
    readonly question: Question,
  ) {
    super(id);
  }

  override async beginDialog(dc: DialogContext, options: PromptOptions): Promise<DialogTurnResult> {
    look(dc);
    return super.beginDialog(dc, options);
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    look(dc);
    return super.continueDialog(dc);
  }

  override async resumeDialog(
    dc: DialogContext,
    reason: DialogReason,
    result?: unknown,
  ): Promise<DialogTurnResult> {
    look(dc);
    const call = callOf(dc.context);
    // Nobody is asked anything while a person is coming, or beside another choice.
    if (call.handoff || call.choosing) return { status: DialogTurnStatus.waiting };
    // What was done in between may have changed what this task may do: begin it again with what is known.
    const settled = await this.question.settled?.(call, form(dc.context));
    if (call.changed || settled) return dc.endDialog({ again: true } satisfies Answer);
    return super.resumeDialog(dc, reason, result);
  }

  protected override async onPrompt(
    context: TurnContext,
    _state: unknown,
    _options: PromptOptions,
    isRetry: boolean,
  ): Promise<void> {
    const call = callOf(context);
    const content = await this.question.ask(call, form(context));
    if (!isRetry) {
      await sayContent(context, content);
      return;
    }
    const reading = await this.reading(call, form(context));
    const objection =
      reading && 'retry' in reading
        ? reading.retry
        : (this.question.missed?.(call) ?? call.t.talk.unclearAnswer);
    const alone = (reading && 'retry' in reading) || this.question.missed !== undefined;
    const repeat = alone && !this.question.repeats ? '' : content.text;
    await sayContent(context, { ...content, text: [objection, repeat].filter(Boolean).join(' ') });
  }

  protected override async onRecognize(context: TurnContext): Promise<PromptRecognizerResult<Answer>> {
    const call = callOf(context);
    const reading = await this.reading(call, form(context));
    if (!reading || 'retry' in reading) return { succeeded: false };
    return { succeeded: true, value: { set: reading.set, asked: true, seq: call.heard.seq } };
  }

  /** The router looks before it decides to continue, and the framework asks twice: read once a turn. */
  reading(call: Call, form: Form): Promise<Reading<Form>> {
    let reading = call.readings.get(this.id);
    if (!reading) {
      reading = Promise.resolve(this.question.read(call, form));
      call.readings.set(this.id, reading);
    }
    return reading;
  }

  /** The framework would otherwise recognise the line once more for an event nobody listens to. */
  override async onPreBubbleEvent(): Promise<boolean> {
    return false;
  }

  /** Asked again after something else was dealt with in between: says what we return to. */
  override async repromptDialog(context: TurnContext): Promise<void> {
    const call = callOf(context);
    const content = await this.question.ask(call, form(context));
    const task = context.turnState.get(TASK) as IntentName | undefined;
    await sayContent(context, {
      ...content,
      text: `${call.t.talk.backTo(task ?? this.script.intent)} ${content.text}`,
    });
  }
}

function form(context: TurnContext): Form {
  return (context.turnState.get(FORM) as Form | undefined) ?? {};
}
