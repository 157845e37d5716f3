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
  if (type === 'revoke') return { type: 'revoked', id, reference, targetId, at };
  const edited = object(change.message);
  const kind = text(edited.type) ?? '';
  const now = text(object(edited[kind])[kind === 'text' ? 'body' : 'caption']);
  return { type: 'edited', id, reference, targetId, ...(now ? { text: now } : {}), at };
}

/**
 * A changed number names the old one in `from`; a changed user id names only the new one as a field (the sentence beside it holds the
 * profile name, so ids in it prove nothing); a changed security code says that someone else may hold the number now.
 */
function parseSystem(id: string, message: Json, context: ValueContext): InboundActivity | undefined {
  const system = object(message.system);
  const { account } = context;
  const from = phoneDigits(message.from);
  const phone = phoneDigits(system.wa_id);
  const scopedId = text(system.user_id);
  const base = { id, channel: CHANNEL, account, at: time(message.timestamp, context.receivedAt) };
  switch (text(system.type)) {
    case 'user_changed_number':
      if (!phone && !scopedId) return undefined;
      return {
        ...base,
        type: 'identity-changed',
        ...(from ? { previous: identity(account, 'wa_phone', from) } : {}),
        current: identitiesOf(account, { phone, scopedId }),
      };
    case 'user_changed_user_id':
      if (!scopedId) return undefined;
      return { ...base, type: 'identity-changed', current: identitiesOf(account, { scopedId }) };
    case 'customer_identity_changed':
      if (!from) return undefined;
      return { ...base, type: 'identity-changed', current: identitiesOf(account, { phone: from }) };
    default:
      return undefined;
  }
}
