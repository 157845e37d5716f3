import type { Attachment } from '../../src/core/activity';
import type { Expecting, Slots, Understanding } from '../../src/core/understanding';

/** A tap, or words or a number that stand for an option. */
export interface Choice {
  /** What the option stands for, without the version it was offered under. */
  value: string;
  /** False for a tap on an option of an earlier message. */
  fresh: boolean;
}

/** Everything the customer sent in one turn, taken together. */
export interface Heard {
  /** All texts joined by a line break; empty when only taps or media came. */
  text: string;
  understanding: Understanding;
  choice?: Choice;
  attachments: Attachment[];
  form?: { name: string; values: Record<string, string> };
  location?: { latitude: number; longitude: number; name?: string; address?: string };
  phones: string[];
  unsupported?: string;
  /** Transcript number of the last message. */
  seq: number;
}

/** What was understood of no words at all (a tap, a picture). */
export function nothingSaid(locale: Understanding['locale']): Understanding {
  return {
    locale,
    intent: 'out_of_scope',
    score: 0,
    accepted: false,
    ranked: [],
    also: [],
    close: false,
    decidedBy: 'nothing-known',
    slots: {},
  };
}

/** Words of the text that no slot accounts for; few of them mean that the line is an answer and not a request. */
export function looseWords(heard: Heard): string[] {
  const taken = Object.values(heard.understanding.slots as Record<keyof Slots, unknown>)
    .flat()
    .filter((slot): slot is { start: number; end: number } => typeof slot === 'object' && slot !== null);
  const chars = [...heard.text.split('')];
  for (const { start, end } of taken) chars.fill(' ', start, end);
  return chars.join('').match(/[\p{L}\p{M}]+/gu) ?? [];
}

/** Union of what several open questions may be answered with. */
export type Wanted = Expecting[];
