import type { Conversation, HandoffBrief } from '../core/conversation';
import type { Order } from '../core/order';
import type { ShopRules } from '../core/policy';
import { dayOf, hourOf } from '../core/zone';
import { failureReason } from '../support/failure-reasons';
import { buildBrief } from '../support/brief';
import type { FailedDelivery } from '../support/failed-delivery';
import { failedAttempt } from '../support/order-state';

const HOUR_MS = 3_600_000;

/** "3 h", "25 min", or "no time". */
function left(ms: number): string {
  if (ms <= 0) return 'no time';
  return ms < HOUR_MS ? `${Math.ceil(ms / 60_000)} min` : `${Math.floor(ms / HOUR_MS)} h`;
}

/** What an agent reads first about a parcel that may go back: why it was not handed over, how often it was tried, how long is left. */
export function failedBrief(
  order: Order,
  failure: FailedDelivery,
  conversation: Conversation,
  { policy, timeZone }: ShopRules,
  now: Date,
): HandoffBrief {
  const { shipment, attempt, answerBy, last, disputed } = failure;
  const until = `${dayOf(answerBy, timeZone)}, ${hourOf(answerBy, timeZone)}:00`;
  const facts = {
    parcel: [shipment.carrier, shipment.trackingNumber].filter(Boolean).join(' '),
    not_delivered: failureReason(failedAttempt(shipment)?.note) ?? 'no reason given',
    attempts: `${attempt} of ${policy.failedDelivery.attempts}`,
    time_left: `${left(answerBy.getTime() - now.getTime())} (until ${until}), then it may go back to the shop`,
    ...(disputed ? { says: 'nobody came' } : {}),
  };
  return {
    ...buildBrief({
      reason: 'failed_delivery',
      conversation,
      order,
      wants: 'reschedule_delivery',
      gathered: Object.entries(facts).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
      promised: last
        ? 'The customer was told that this may have been the last attempt and that a colleague writes.'
        : 'The customer was asked what to do and has not answered.',
      now,
    }),
    priority: 'high',
  };
}
