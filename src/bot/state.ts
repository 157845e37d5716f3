import type { Conversation } from '../core/conversation';
import { DIALOGS_VERSION } from '../../dialogs/index';
import { emptyMemory, type Memory } from '../../dialogs/kit/call';

/** One dialog on the framework's stack, as stored. */
export interface StackEntry {
  id: string;
  state: Record<string, unknown>;
}

/** The bot's part of a conversation: the framework's stack and what we remember. Plain JSON. */
export interface BotState {
  dialogStack: StackEntry[];
  memory: Memory;
}

/**
 * Opens stored state as a copy that may be changed. State of another dialogs version loses its stack (`dropped` tells, so that the
 * customer is told too) and keeps what is remembered where that still reads.
 */
export function openState(stored: Conversation['dialogs']): BotState & { dropped: boolean } {
  const state = (stored.state ?? undefined) as Partial<BotState> | undefined;
  const fits = stored.version === DIALOGS_VERSION && Array.isArray(state?.dialogStack);
  const had = Array.isArray(state?.dialogStack) && state.dialogStack.length > 0;
  return {
    dialogStack: fits ? copy(state?.dialogStack ?? []) : [],
    memory: { ...emptyMemory(), ...copy((fits && state?.memory) || {}) },
    dropped: !fits && had,
  };
}

/** Stored state belongs to the conversation as it was read: a turn that loses its race runs again on the same. */
function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Closes state for storing. Everything in it is plain JSON. */
export function closeState(state: BotState): Conversation['dialogs'] {
  const { dialogStack, memory } = state;
  return { version: DIALOGS_VERSION, state: { dialogStack, memory } };
}
