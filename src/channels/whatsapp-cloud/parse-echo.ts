import type { InboundActivity } from '../../core/activity';
import { text, time, type Json } from '../meta/json';
import { echoText } from './message-body';
import type { ValueContext } from './parse';
import { parseChangeOfMessage } from './parse-message';
import { identitiesOf, person, phoneDigits, referenceOf } from './people';

/** Reads one of `message_echoes`: a colleague wrote, changed or deleted something in the WhatsApp Business app. */
export function parseEcho(message: Json, context: ValueContext): InboundActivity | undefined {
  const id = text(message.id);
  // Published samples have both directions; the customer is whoever is not our own number.
  const isSwapped = context.ownPhone !== undefined && phoneDigits(message.to) === context.ownPhone;
  const who = isSwapped
    ? person(message.from, message.from_user_id, context.contacts)
    : person(message.to, message.to_user_id, context.contacts);
  if (!id || !who) return undefined;
  if (message.type === 'edit' || message.type === 'revoke') {
    return parseChangeOfMessage(id, message.type, message, who, context);
  }
  return {
    type: 'echo',
    id,
    reference: referenceOf(context.account, who),
    identities: identitiesOf(context.account, who),
    at: time(message.timestamp, context.receivedAt),
    text: echoText(message),
  };
}
