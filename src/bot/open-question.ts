import type { DialogSet } from 'botbuilder-dialogs';
import type { Expecting } from '../core/understanding';
import { SlotPrompt, formUnder } from '../../dialogs/kit/slot-prompt';
import { scripts } from '../../dialogs/index';
import type { AnyScript, Form } from '../../dialogs/kit/script';
import type { StackEntry } from './state';

/** The question that waits for an answer, and what it belongs to. */
export interface OpenQuestion {
  prompt: SlotPrompt;
  /** Script that asked. */
  script: AnyScript;
  form: Form;
  /** Task the customer is in: the script that asked, or the one that called it. */
  task: AnyScript;
  taskForm: Form;
}

/** Reads the top of the stack; undefined when nothing is open. */
export function openQuestion(set: DialogSet, stack: StackEntry[]): OpenQuestion | undefined {
  const top = stack.at(-1);
  const prompt = top && set.find(top.id);
  if (!(prompt instanceof SlotPrompt)) return undefined;
  const form = formUnder(stack as Parameters<typeof formUnder>[0]);
  const below = stack.slice(0, -1).filter((entry) => scripts.some((s) => s.name === entry.id));
  const task = below.findLast((entry) => !scripts.some((s) => s.name === entry.id && s.calledOnly));
  const taskScript = scripts.find((s) => s.name === task?.id);
  const values = task?.state.values as { form?: Form } | undefined;
  return {
    prompt,
    script: prompt.script,
    form,
    task: taskScript ?? prompt.script,
    taskForm: values?.form ?? form,
  };
}

/** What the open question may be answered with, for understanding. */
export function expectedBy(question: OpenQuestion | undefined): Expecting[] {
  const { question: asked } = question?.prompt ?? {};
  if (!asked) return [];
  return [...(asked.expecting ?? []), ...(asked.confirm ? (['confirm', 'date', 'time'] as const) : [])];
}
