import type { InboundActivity } from '../../core/activity';
import { fingerprint, object, text, time, type Json } from '../meta/json';
import type { ValueContext } from './parse';
import { CHANNEL, identitiesOf, identity, person, phoneDigits, referenceOf } from './people';

/** Reads one of `user_preferences`: the customer stopped or resumed what we start. Other words are only counted. */
export function parsePreference(item: Json, context: ValueContext): InboundActivity | undefined {
  const who = person(item.wa_id, item.user_id, context.contacts);
  const value = text(item.value);
  if (!who || (value !== 'stop' && value !== 'resume')) return undefined;
  return {
    type: 'consent',
    id: `preference:${fingerprint(item)}`,
    reference: referenceOf(context.account, who),
    identities: identitiesOf(context.account, who),
    stop: value === 'stop',
    at: time(item.timestamp, context.receivedAt),
  };
}

/** Reads one of `user_id_update`, the only event that names the old and the new id. */
export function parseUserIdUpdate(item: Json, context: ValueContext): InboundActivity | undefined {
  const ids = object(item.user_id);
  const previous = text(ids.previous);
  const current = text(ids.current);
  if (!previous || !current) return undefined;
  return {
    type: 'identity-changed',
    id: `user_id_update:${previous}:${current}`,
    channel: CHANNEL,
    account: context.account,
    previous: identity(context.account, 'wa_bsuid', previous),
    current: identitiesOf(context.account, { scopedId: current, phone: phoneDigits(item.wa_id) }),
    at: time(item.timestamp, context.receivedAt),
  };
}
