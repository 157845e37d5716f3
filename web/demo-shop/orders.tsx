/** @jsxImportSource preact */
import type { Person, ShopOrder } from './account';
import { rupees } from './goods';

const STEPS = ['Ordered', 'Packed', 'On the way', 'Out for delivery', 'Delivered'];
const REACHED: Record<string, number> = {
  pending: 0,
  packed: 1,
  shipped: 2,
  in_transit: 2,
  out_for_delivery: 3,
  attempt_failed: 3,
  delivered: 4,
};
const SPECIAL: Record<string, string> = {
  attempt_failed: 'The courier came but could not deliver',
  exception: 'Held up by the carrier',
  rto_initiated: 'Going back to us',
  rto_delivered: 'Came back to us',
  cancelled: 'Cancelled',
  lost: 'Lost by the carrier',
};

/** Days are those of the shop, which is in India. */
function day(text: string): string {
  const timeZone = /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'UTC' : 'Asia/Kolkata';
  return new Date(text).toLocaleDateString('en-IN', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone,
  });
}

/** A customer's orders, or the way to sign in. */
export function Orders({
  person,
  everybody,
  signIn,
}: {
  person?: Person;
  everybody: Person[];
  signIn(id: string): void;
}) {
  if (!person) {
    return (
      <section class="orders">
        <h1>Your orders</h1>
        <p>Sign in to see them. This is a demo, so you can be any of these customers:</p>
        <p class="who">
          {everybody.map((one) => (
            <button key={one.id} type="button" class="primary" onClick={() => signIn(one.id)}>
              Sign in as {one.name}
            </button>
          ))}
        </p>
      </section>
    );
  }
  const newest = [...person.orders].sort((a, b) => b.placedAt.localeCompare(a.placedAt));
  return (
    <section class="orders">
      <h1>{person.name.split(' ')[0]}’s orders</h1>
      {newest.map((order) => (
        <OrderBox key={order.orderNumber} order={order} />
      ))}
    </section>
  );
}

function OrderBox({ order }: { order: ShopOrder }) {
  const parcels = order.shipments.length > 0 ? order.shipments : [{ id: '', carrier: '', status: 'pending' }];
  return (
    <article class="order">
      <header>
        <h2>{order.orderNumber}</h2>
        <p>
          {day(order.placedAt)} · {rupees(order.payment.total)}{' '}
          {order.payment.method === 'cod' ? 'cash on delivery' : 'paid'}
        </p>
      </header>
      <ul>
        {order.items.map((item) => (
          <li key={item.sku}>
            {item.quantity} × {item.name}
          </li>
        ))}
      </ul>
      {parcels.map((parcel, index) => (
        <Parcel
          key={parcel.id}
          parcel={parcel}
          title={parcels.length > 1 ? `Parcel ${index + 1}` : undefined}
        />
      ))}
      <button type="button" onClick={() => window.Doorstep?.open()}>
        Ask about {order.orderNumber}
      </button>
    </article>
  );
}

function Parcel({ parcel, title }: { parcel: ShopOrder['shipments'][number]; title?: string }) {
  const special = SPECIAL[parcel.status];
  const reached = REACHED[parcel.status];
  const { estimatedDelivery, promisedBy, statusAt, status } = parcel;
  const late = status !== 'delivered' && promisedBy && estimatedDelivery && promisedBy < estimatedDelivery;
  return (
    <div class="parcel">
      {title && <h3>{title}</h3>}
      {reached !== undefined && (
        <ol class="steps">
          {STEPS.map((step, index) => (
            <li key={step} class={index < reached ? 'done' : index === reached ? 'now' : undefined}>
              {step}
            </li>
          ))}
        </ol>
      )}
      {special && <p class="special">{special}</p>}
      {status === 'delivered' && statusAt && <p>Delivered {day(statusAt)}</p>}
      {status !== 'delivered' && reached !== undefined && estimatedDelivery && (
        <p class={late ? 'special' : undefined}>
          Expected {day(estimatedDelivery)}
          {late ? `, later than the ${day(promisedBy)} we promised` : ''}
        </p>
      )}
    </div>
  );
}
