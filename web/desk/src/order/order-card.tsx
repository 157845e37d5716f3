import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { OrderWire, ParcelWire, RequestWire } from '../../../../src/desk/wire';
import { dayWords, fullTime, shortDate } from '../lib/time';
import { money, plain, REQUEST_STATES, requestWords, STATUSES } from '../lib/words';
import { Icon } from '../ui/icons';
import { OrderActions } from './order-actions';
import { ParcelLine } from './parcel-line';

/** State of the order in a few words: that of its slowest parcel, or how many have arrived. */
function headline(parcels: ParcelWire[]): string {
  const open = parcels.filter(({ status }) => status !== 'delivered');
  const [first] = open;
  if (!first) return STATUSES.delivered;
  return parcels.length > 1 && open.length < parcels.length
    ? `${parcels.length - open.length} of ${parcels.length} parcels delivered`
    : STATUSES[first.status];
}

function due({ payment, currency, parcels }: OrderWire): string {
  const total = money(payment.total, currency);
  if (payment.method === 'prepaid')
    return `${total}, prepaid${payment.status === 'paid' ? '' : ` (${plain(payment.status).toLowerCase()})`}`;
  const delivered = parcels.every(({ status }) => status === 'delivered');
  return payment.status === 'pending' && !delivered
    ? `${total} to pay on delivery`
    : `${total}, cash on delivery (${plain(payment.status).toLowerCase()})`;
}

/** One order: progress first, the rest behind folds, the bot's actions as buttons. */
export function OrderCard({
  order,
  conversation,
  startOpen,
}: {
  order: OrderWire;
  conversation: string;
  startOpen: boolean;
}) {
  const [isOpen, setOpen] = useState(startOpen);
  const late = order.parcels.some((parcel) => parcel.late);
  const problem = order.parcels.some(({ steps }) => steps.some(({ state }) => state === 'problem'));
  const address = order.shippingAddress;
  return (
    <section className={`card order ${isOpen ? 'is-open' : ''}`} aria-label={`Order ${order.orderNumber}`}>
      <h2>
        <Button className="order-head" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          <Icon name="chevron" className="order-chevron" />
          <span className="order-number">{order.orderNumber}</span>
          <span className={`order-status ${problem ? 'is-problem' : late ? 'is-late' : ''}`}>
            {headline(order.parcels)}
          </span>
          <span className="order-date">{shortDate(order.placedAt)}</span>
        </Button>
      </h2>
      {isOpen ? (
        <div className="order-body">
          {order.parcels.map((parcel, i) => (
            <ParcelLine
              key={parcel.id}
              parcel={parcel}
              {...(order.parcels.length > 1 ? { title: `Parcel ${i + 1}` } : {})}
            />
          ))}
          <OrderActions order={order} conversation={conversation} />
          {order.requests.length > 0 ? (
            <div className="requests-short">
              <h3>Requests</h3>
              {order.requests.map((request) => (
                <RequestLine key={request.id} request={request} />
              ))}
            </div>
          ) : null}
          <dl className="facts">
            <div>
              <dt>Items</dt>
              <dd>
                {order.items.map((item) => (
                  <span key={item.sku} className="done-line">
                    {item.quantity} × {item.name}{' '}
                    <span className="quiet">{money(item.unitPrice, order.currency)}</span>
                  </span>
                ))}
              </dd>
            </div>
            <div>
              <dt>Payment</dt>
              <dd>{due(order)}</dd>
            </div>
            <div>
              <dt>Deliver to</dt>
              <dd className="selectable">
                {address.name}, {[address.line1, address.line2, address.landmark].filter(Boolean).join(', ')},{' '}
                {address.city} {address.postalCode}, {address.state} · {address.phone}
              </dd>
            </div>
          </dl>
          {order.history.length > 0 ? (
            <details className="scans">
              <summary>History</summary>
              <ul>
                {order.history.map((entry, i) => (
                  <li key={i}>
                    <time>{fullTime(entry.at)}</time>
                    <span>
                      {plain(entry.what)} <span className="quiet">by {entry.by}</span>
                    </span>
                  </li>
                ))}
              </ul>
            </details>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

/** One request with its state. */
export function RequestLine({ request }: { request: RequestWire }) {
  const back = request.return;
  return (
    <div className="request-line">
      <span className={`chip request-${request.state}`}>{REQUEST_STATES[request.state]}</span>
      <span>
        {requestWords(request)}
        {back ? (
          <span className="quiet">
            {' '}
            {back.rma}: {back.items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')},{' '}
            {plain(back.reason).toLowerCase()}, {plain(back.resolution).toLowerCase()}
            {back.refundTo ? ` to ${back.refundTo}` : ''}
            {back.pickup?.date ? `, pick-up ${dayWords(back.pickup.date)}` : ''}
          </span>
        ) : null}
        {request.reason ? <span className="quiet"> {request.reason}</span> : null}
      </span>
    </div>
  );
}
