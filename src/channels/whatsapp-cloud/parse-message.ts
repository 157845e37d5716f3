import type { InboundActivity } from '../../core/activity';
import { object, text, time, type Json } from '../meta/json';
import { bodyOf, isSilent } from './message-body';
import type { ValueContext } from './parse';
import { CHANNEL, identitiesOf, identity, person, phoneDigits, referenceOf, type Person } from './people';

/** Reads one entry of `messages`: what a customer said, changed or took back, and news about who they are. */
export function parseMessage(message: Json, context: ValueContext): InboundActivity | undefined {
  const id = text(message.id);
  const type = text(message.type) ?? '';
  if (!id || isSilent(type)) return undefined;
  if (type === 'system') return parseSystem(id, message, context);
  const who = person(message.from, message.from_user_id, context.contacts);
  if (!who) return undefined;
  if (type === 'edit' || type === 'revoke') return parseChangeOfMessage(id, type, message, who, context);
  const body = bodyOf(message);
  if (!body) return undefined;
  const replyTo = text(object(message.context).id);
  return {
    type: 'message',
    id,
    reference: referenceOf(context.account, who),
    identities: identitiesOf(context.account, who),
    ...(who.name ? { name: who.name } : {}),
    at: time(message.timestamp, context.receivedAt),
    body,
    ...(replyTo ? { replyTo } : {}),
  };
}

/** An edit or a revocation, by a customer or by a colleague on the phone. */
export function parseChangeOfMessage(
  id: string,
  type: 'edit' | 'revoke',
  message: Json,
  who: Person,
  context: ValueContext,
): InboundActivity | undefined {
  const change = object(message[type]);
  const targetId = text(change.original_message_id);
  if (!targetId) return undefined;
  const reference = referenceOf(context.account, who);
  const at = time(message.timestamp, context.receivedAt);
  const identities = identitiesOf(context.account, who);
  if (type === 'revoke') return { type: 'revoked', id, reference, identities, targetId, at };
  const edited = object(change.message);
  const kind = text(edited.type) ?? '';
  const now = text(object(edited[kind])[kind === 'text' ? 'body' : 'caption']);
  return { type: 'edited', id, reference, identities, targetId, ...(now ? { text: now } : {}), at };
}

/**
 * News about who somebody is. `from` is who they were; for a changed security code that is also who they are, because someone else may hold
 * the number now. The sentence beside a changed user id holds the profile name as well, so ids in it prove nothing.
 */
function parseSystem(id: string, message: Json, context: ValueContext): InboundActivity | undefined {
  const system = object(message.system);
  const { account } = context;
  const from = phoneDigits(message.from);
  const isSame = system.type === 'customer_identity_changed';
  const isChange = isSame || system.type === 'user_changed_number' || system.type === 'user_changed_user_id';
  const current = identitiesOf(account, {
    phone: isSame ? from : phoneDigits(system.wa_id),
    scopedId: text(system.user_id),
  });
  if (!isChange || current.length === 0) return undefined;
  return {
    type: 'identity-changed',
    id,
    channel: CHANNEL,
    account,
    ...(from ? { previous: identity(account, 'wa_phone', from) } : {}),
    current,
    at: time(message.timestamp, context.receivedAt),
  };
}
