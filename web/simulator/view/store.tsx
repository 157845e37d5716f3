/** @jsxImportSource preact */
import type { Live } from '../live';
import { factsOf } from '../order-facts';

/** The selected order as it stands in the store; what the last change touched is marked by word and colour. */
export function Store({ live, select }: { live: Live; select(orderNumber: string): void }) {
  const order = live.orders.find((one) => one.orderNumber === live.selected);
  const changed = new Set(order ? live.marks[order.orderNumber] : []);
  return (
    <section class="box store">
      <h2>The store</h2>
      <label class="field">
        <span>Order</span>
        <select value={live.selected} onChange={(event) => select(event.currentTarget.value)}>
          {live.orders.map((one) => (
            <option key={one.orderNumber} value={one.orderNumber}>
              {one.orderNumber} · {one.items[0]?.name}
              {one.items.length > 1 ? ` and ${one.items.length - 1} more` : ''}
            </option>
          ))}
        </select>
      </label>
      {order && (
        <dl aria-live="polite">
          {factsOf(order).map((fact) => (
            <div key={fact.label} class={changed.has(fact.label) ? 'changed' : undefined}>
              <dt>{fact.label}</dt>
              <dd>
                {fact.value}
                {changed.has(fact.label) && <mark>changed</mark>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
