import type { DeliveryStatus, InboundActivity } from '../../core/activity';
import { list, object, text, time, type Json } from '../meta/json';
import { readCallbackId } from './callback-id';
import { reasonOf } from './errors';
import type { ValueContext } from './parse';
import { CHANNEL } from './people';

/** A voice message that was played has been read. Anything else Meta may say later is only counted. */
const STATUSES: Record<string, DeliveryStatus> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
};

/** Reads one of `statuses`. What one member of a group has read says nothing about the others, so those are ignored. */
export function parseStatus(item: Json, context: ValueContext): InboundActivity | undefined {
  const messageId = text(item.id);
  const word = text(item.status);
  const status = word ? STATUSES[word] : undefined;
  if (!messageId || !status || item.recipient_type === 'group') return undefined;
  const code = Number(object(list(item.errors)[0]).code);
  return {
    type: 'receipt',
    id: `status:${messageId}:${word}`,
    channel: CHANNEL,
    account: context.account,
    messageId,
    ...readCallbackId(text(item.biz_opaque_callback_data)),
    status,
    ...(Number.isFinite(code) ? { errorCode: code, reason: reasonOf(code) } : {}),
    at: time(item.timestamp, context.receivedAt),
  };
}
