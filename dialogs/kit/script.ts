import type { WaterfallStepContext } from 'botbuilder-dialogs';
import { WaterfallDialog } from 'botbuilder-dialogs/lib/waterfallDialog';
import type { Content } from '../../src/core/content';
import type { IntentName } from '../../src/core/intents';
import type { Expecting } from '../../src/core/understanding';
import { callOf, type Call } from './call';
import { knowScript, SlotPrompt } from './slot-prompt';

/** What a task has gathered so far. JSON only; every script adds its own slots. */
export interface Form {
  orderNumber?: string;
  /** Where each slot came from, oldest first, so that "back" and the brief for a person know. */
  trail?: { keys: string[]; seq: number; asked: boolean }[];
}

/** What a question made of an answer: slots to set (`sure`: it cannot be a request for something else), a kind objection, or undefined for "that was no answer". */
export type Reading<F> = { set: Partial<F>; sure?: boolean } | { retry: string } | undefined;

/** One thing a script may ask. */
export interface Question<F extends Form = Form> {
  expecting?: Expecting[];
  /** Takes almost any words, so a clear request for something else goes first. */
  free?: boolean;
  /** A yes or no about what was gathered: corrections in the same line go first. */
  confirm?: boolean;
  /** The words, made anew each time it is asked. */
  ask(call: Call, form: F): Content | Promise<Content>;
  read(call: Call, form: F): Reading<F> | Promise<Reading<F>>;
  /** Said instead of asking again when the line was no answer; with `repeats`, before asking again. */
  missed?(call: Call): string;
  repeats?: boolean;
  /** What was done in between has answered it: not asked again, the task goes on. */
  settled?(call: Call, form: F): boolean | Promise<boolean>;
}

/**
 * What a step decides. `next`: go on; `ask`: put a question and wait; `call`: let another script find something out, whose
 * slots are merged on return; `done`: give slots back to the script that called; `again`: from the top with what is known now;
 * `end`: the task is over, also for a script that called.
 */
export type Outcome =
  'next' | 'again' | 'end' | { ask: string } | { call: string; with: Form } | { done: Partial<Form> };

/** A step of a script. */
export type Step<F extends Form> = (call: Call, form: F) => Outcome | Promise<Outcome>;

/** A conversation the bot can hold: steps in the order of a phone call; each is skipped when its slot is known. */
export interface Script<F extends Form = Form> {
  name: string;
  intent: IntentName;
  /** Only ever called by other scripts, as a part of their task. */
  calledOnly?: boolean;
  questions: Record<string, Question<F>>;
  steps: Record<string, Step<F>>;
  /** Takes what was said, asked or not, into the form; true when that changed it. Drops what depends on a changed slot. */
  fill(call: Call, form: F): boolean | Promise<boolean>;
  /** Slots worth telling a person, by name. */
  brief?(call: Call, form: F): Record<string, string | undefined>;
}

/** A script with its form's type forgotten, for registries. Only the kit looks at it. */
export interface AnyScript {
  name: string;
  intent: IntentName;
  calledOnly?: boolean;
  questions: Record<string, Question>;
  steps: Record<string, Step<Form>>;
  fill(call: Call, form: Form): boolean | Promise<boolean>;
  brief?(call: Call, form: Form): Record<string, string | undefined>;
}

/** Declares a script; the one place where its form's type is let go, since stored state is plain JSON. */
export function script<F extends Form>(definition: Script<F>): AnyScript {
  return definition as unknown as AnyScript;
}

/** What a prompt or an inner script answers to the script that waits for it. */
export interface Answer {
  set?: Partial<Form>;
  /** Asked by the bot (a question), rather than found in passing. */
  asked?: boolean;
  seq?: number;
  /** Nothing new, but the form was changed from outside. */
  again?: boolean;
  /** Undo the last answer. */
  back?: boolean;
  /** Leave this task. */
  leave?: boolean;
  /** Leave the inner script and give this to the one that called it. */
  unwind?: Answer;
}

interface Values {
  form: Form;
}

/** Id of the prompt for a question. */
export function promptId(scriptName: string, question: string): string {
  return `${scriptName}.${question}`;
}

/** The framework's dialogs of a script: a waterfall and one prompt a question. */
export function dialogsOf(definition: AnyScript): (WaterfallDialog | SlotPrompt)[] {
  const steps = Object.values(definition.steps).map((step) => stepOf(definition, step));
  // One more step than the script has, so that the answer to a last question is taken in.
  const closing = async (step: WaterfallStepContext) => (await taken(definition, step)) ?? step.endDialog();
  knowScript(definition);
  const prompts = Object.entries(definition.questions).map(
    ([name, question]) => new SlotPrompt(promptId(definition.name, name), definition, question),
  );
  return [new WaterfallDialog(definition.name, [...steps, closing]), ...prompts];
}

function stepOf(definition: AnyScript, run: AnyScript['steps'][string]) {
  return async (step: WaterfallStepContext) => {
    const early = await taken(definition, step);
    if (early) return early;
    const { form } = step.values as unknown as Values;
    const outcome = await run(callOf(step.context), form);
    if (outcome === 'next') return step.next();
    if (outcome === 'end') return step.endDialog({ leave: true } satisfies Answer);
    if (outcome === 'again') return step.replaceDialog(definition.name, form);
    if ('ask' in outcome) return step.beginDialog(promptId(definition.name, outcome.ask), {});
    if ('done' in outcome) return step.endDialog({ set: outcome.done, again: true } satisfies Answer);
    return step.beginDialog(outcome.call, outcome.with);
  };
}

/** Takes the answer a step was resumed with; answers only when the script must not go on with this step. */
async function taken(definition: AnyScript, step: WaterfallStepContext) {
  const values = step.values as unknown as Values;
  values.form ??= step.options as Form;
  const answer = step.result as Answer | undefined;
  if (!answer) return undefined;
  if (answer.unwind) return step.endDialog(answer.unwind);
  if (answer.leave) return step.endDialog(answer);
  if (answer.back) {
    undo(values.form);
    return step.replaceDialog(definition.name, values.form);
  }
  if (answer.set) put(values.form, answer.set, answer.seq ?? 0, answer.asked ?? false);
  // From the top: what is known is skipped, and what the answer makes impossible is noticed by the step that looks after it.
  return step.replaceDialog(definition.name, values.form);
}

/** Sets slots and notes where they came from. */
export function put<F extends Form>(form: F, set: Partial<F>, seq: number, asked: boolean): void {
  Object.assign(form, set);
  const keys = Object.keys(set);
  if (keys.length) form.trail = [...(form.trail ?? []), { keys, seq, asked }];
}

/** Forgets slots. */
export function drop<F extends Form>(form: F, ...keys: (keyof F)[]): void {
  for (const key of keys) Reflect.deleteProperty(form, key);
}

/** Takes back the last answer to a question and everything found after it. */
function undo(form: Form): void {
  const trail = form.trail ?? [];
  const at = trail.findLastIndex((entry) => entry.asked);
  if (at < 0) return;
  for (const entry of trail.slice(at)) drop(form, ...(entry.keys as (keyof Form)[]));
  form.trail = trail.slice(0, at);
}

/** True when an answer can be taken back. */
export function canGoBack(form: Form): boolean {
  return (form.trail ?? []).some((entry) => entry.asked);
}
