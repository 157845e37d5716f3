import type { Order, OrderRequest } from '../../src/core/order';
import { returnOptions } from '../../src/support/returns';
import { shortAddress } from './address-form';
import type { Call } from './call';
import { whenInWords } from './dates';
import type { Return } from './return-form';

/** Why an order, or the items named, cannot be sent back, and that a person may see it differently. */
export function whyNoReturn(call: Call, order: Order, skus?: string[]): string {
  const { refused, disagree } = call.t.returns;
  const options = returnOptions(order, call.deps.rules, call.now);
  const asked = skus ? options.items.filter((item) => skus.includes(item.sku)) : options.items;
  const reason = (skus ? asked[0]?.reason : options.refused) ?? 'not_delivered';
  const items = asked.filter((item) => item.reason === reason);
  const names = call.t.words.and(items.map((item) => item.name));
  if (reason === 'not_delivered') return refused.not_delivered(order.orderNumber);
  if (reason === 'delivery_unknown') return refused.delivery_unknown(order.orderNumber);
  if (reason === 'non_returnable') return `${refused.non_returnable(names)} ${disagree}`;
  if (reason === 'already_returned') {
    const holds = (r: OrderRequest) =>
      r.return?.items.some(({ sku }) => items.some((item) => item.sku === sku));
    const rma = order.requests.findLast((r) => r.state !== 'rejected' && holds(r))?.return?.rma;
    return refused.already_returned(names, rma ?? '');
  }
  const until =
    items
      .map((item) => item.until ?? '')
      .sort()
      .at(-1) ?? '';
  const days = call.t.words.days(call.deps.rules.policy.returns.windowDays);
  return `${refused.window_over(order.orderNumber, days, call.t.words.day(until))} ${disagree}`;
}

/** Everything about to be asked for, line by line, and the question. */
export async function summaryInWords(call: Call, form: Return): Promise<string> {
  const { returns, words } = call.t;
  const order = await call.order(form.orderNumber ?? '');
  const items = (order?.items ?? [])
    .filter((item) => form.skus?.includes(item.sku))
    .map((item) => words.item(item.name, form.quantities?.[item.sku] ?? 1));
  const gets = form.resolution ? returns.gets(form.resolution) : '';
  return [
    returns.summary(form.orderNumber ?? ''),
    returns.summaryItems(words.and(items)),
    form.reason && returns.summaryReason(returns.reason(form.reason)),
    returns.summaryGets(form.exchangeFor ? `${gets} (${form.exchangeFor})` : gets),
    form.date && order && returns.summaryPickup(whenInWords(call, form), shortAddress(order.shippingAddress)),
    form.refundTo && returns.summaryAccount(form.refundTo.masked),
    returns.confirm,
  ]
    .filter(Boolean)
    .join('\n');
}
