/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { Live } from '../live';
import { inWords } from '../order-facts';

const MOVES: [string, string][] = [
  ['packed', 'Packed'],
  ['on_the_way', 'On the way'],
  ['out_for_delivery', 'Out for delivery'],
  ['attempt_failed', 'Failed attempt'],
  ['wrong_address', 'Failed: address'],
  ['refused', 'Failed: refused'],
  ['delivered', 'Delivered'],
  ['late_repeat', 'A late repeat'],
  ['out_of_order', 'Out of order'],
];

interface Props {
  live: Live;
  move(shipmentId: string, move: string): void;
  decide(requestId: string, status: 'accepted' | 'rejected'): void;
}

/** Buttons that make the carrier post an event for a parcel of the order shown. */
export function Parcel({ live, move, decide }: Props) {
  const order = live.orders.find((one) => one.orderNumber === live.selected);
  const parcels = order?.shipments ?? [];
  const [wanted, setWanted] = useState('');
  const parcel = parcels.find((one) => one.id === wanted) ?? parcels[0];
  return (
    <section class="box parcel">
      <h2>The parcel</h2>
      {parcels.length > 1 && (
        <label class="field">
          <span>Parcel</span>
          <select value={parcel?.id} onChange={(event) => setWanted(event.currentTarget.value)}>
            {parcels.map((one, index) => (
              <option key={one.id} value={one.id}>
                Parcel {index + 1}: {inWords(one.status)}
              </option>
            ))}
          </select>
        </label>
      )}
      <p>
        {parcel
          ? `The carrier says about ${order?.orderNumber}:`
          : `${order?.orderNumber ?? 'This order'} has no parcel yet, so the carrier has nothing to say.`}
      </p>
      <div class="buttons">
        {MOVES.map(([id, label]) => (
          <button key={id} type="button" disabled={!parcel} onClick={() => parcel && move(parcel.id, id)}>
            {label}
          </button>
        ))}
      </div>
      {order?.requests.map((request, index) =>
        request.state === 'requested' || request.state === 'sent' ? (
          <div key={request.id}>
            <p>
              Request {index + 1}, {inWords(request.type)}, waits for the carrier:
            </p>
            <div class="buttons">
              <button type="button" onClick={() => decide(request.id, 'accepted')}>
                Carrier accepts
              </button>
              <button type="button" onClick={() => decide(request.id, 'rejected')}>
                Carrier refuses
              </button>
            </div>
          </div>
        ) : null,
      )}
      <p role="status" class="said">
        {live.carrierSaid}
      </p>
    </section>
  );
}
