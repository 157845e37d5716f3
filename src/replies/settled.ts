import type { Locale } from '../core/locale';
import type { Order, OrderRequest } from '../core/order';
import { settled as en } from './en/settled';
import { settled as hi } from './hi/settled';
import { settled as hiLatn } from './hi-Latn/settled';
import { repliesFor } from './replies';

const all: Record<Locale, typeof en> = { en, hi, 'hi-Latn': hiLatn };

/**
 * The sentence for a request that was settled: names the order, says what was decided and, after a no, that a person comes. For one that
 * is still only requested it says that the carrier has not answered.
 */
export function settledText(order: Order, request: OrderRequest, locale: Locale): string {
  const t = all[locale];
  const { words } = repliesFor(locale);
  const number = order.orderNumber;
  const rma = request.return?.rma ?? '';
  if (request.state === 'accepted') {
    const day = request.date ? words.day(request.date) : '';
    const slot = request.slot ? t.slot(words.slotName(request.slot)) : '';
    if (request.type === 'return') return t.returnYes(number, rma);
    if (request.action === 'return_to_origin') return t.backYes(number);
    if (request.type === 'cancel') return t.cancelYes(number);
    if (request.type === 'address_change') return t.addressYes(number);
    return request.action === 'reattempt'
      ? t.reattemptYes(number, day, slot)
      : t.rescheduleYes(number, day, slot);
  }
  if (request.state === 'requested') return `${t.unreached(number)} ${t.personNext}`;
  const reason = request.reason ? t.because(request.reason) : '';
  const no = {
    return: () => t.returnNo(number, rma, reason),
    cancel: () => (request.action === 'return_to_origin' ? t.backNo : t.cancelNo)(number, reason),
    address_change: () => t.addressNo(number, reason),
    reschedule: () => t.rescheduleNo(number, reason),
  }[request.type]();
  return `${no} ${t.personNext}`;
}
