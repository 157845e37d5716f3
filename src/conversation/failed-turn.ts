import type { Content } from '../core/content';
import type { Conversation } from '../core/conversation';
import type { Locale } from '../core/locale';
import type { TurnResult } from '../core/turn';

/** What a turn comes to when the bot itself failed: the customer is told, and after two failures in a row a person comes. */
export function failedTurn(
  conversation: Conversation,
  apology: (locale: Locale, person: boolean) => Content,
  now: Date,
): TurnResult & { failed: boolean } {
  const person = conversation.failedTurns >= 1 && conversation.owner === 'bot';
  return {
    failed: true,
    say: conversation.owner === 'bot' ? [apology(conversation.locale, person)] : [],
    dialogs: { version: 0, state: null },
    locale: conversation.locale,
    localeKnown: conversation.localeKnown,
    proofs: conversation.proofs,
    misses: 0,
    disclosed: conversation.disclosed,
    silence: 'turn failed',
    ...(person
      ? {
          handoff: {
            reason: 'bot_failure',
            priority: 'normal',
            at: now,
            gathered: [],
            proofLevel: 0,
            done: [],
          },
        }
      : {}),
  };
}
