/** @jsxImportSource preact */
import type { Customer, Shop } from '../model';
import { inWords } from '../order-facts';

const CHANNELS = { whatsapp: 'WhatsApp', instagram: 'Instagram' };

/** Whom the visitor wants to be. */
export function Customers({ shop, customer, be }: { shop: Shop; customer: Customer; be(id: string): void }) {
  return (
    <fieldset class="box customers">
      <legend>You are</legend>
      {shop.customers.map((one) => (
        <label key={one.id} class={one.id === customer.id ? 'chosen' : undefined}>
          <input
            type="radio"
            name="customer"
            value={one.id}
            checked={one.id === customer.id}
            onChange={() => be(one.id)}
          />
          <span>
            <b>{one.name}</b> on {CHANNELS[one.channel]}
            <small>{one.about}</small>
          </span>
        </label>
      ))}
      <details>
        <summary>What {customer.name} knows</summary>
        <p>
          Phone {customer.phone}, PIN code {customer.postalCode}, e-mail {customer.email}
        </p>
        <ul>
          {customer.orders.map((order) => (
            <li key={order.orderNumber}>
              <b>{order.orderNumber}</b> {order.items.map((item) => item.name).join(', ')}:{' '}
              {order.shipments.map((parcel) => inWords(parcel.status)).join(' and ') || 'not packed yet'}
            </li>
          ))}
        </ul>
      </details>
    </fieldset>
  );
}
