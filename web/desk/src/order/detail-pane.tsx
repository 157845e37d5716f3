import type { ConversationWire } from '../../../../src/desk/wire';
import type { OpenConversation } from '../lib/open-state';
import { clockTime } from '../lib/time';
import { channelName, PROOF_LEVELS } from '../lib/words';
import { displayName } from '../queue/queue-row';
import { Icon } from '../ui/icons';
import { Empty, IconButton } from '../ui/parts';
import { Brief } from './brief';
import { OrderCard } from './order-card';

const KINDS: Record<string, string> = {
  wa_phone: 'WhatsApp',
  wa_bsuid: 'WhatsApp id',
  wa_lid: 'WhatsApp id',
  ig_igsid: 'Instagram id',
  web_visitor: 'Web visitor',
  web_customer: 'Shop account',
  email: 'E-mail',
  e164: 'Phone',
};

/** What a visitor said of themselves: to call them by, never to trust. */
function Introduced({ said }: { said: NonNullable<ConversationWire['introduced']> }) {
  const facts = { Name: said.name, 'E-mail': said.email, Phone: said.phone };
  return (
    <section className="card introduced" aria-label="Said by the customer">
      <h2>Said by the customer, not checked</h2>
      <dl className="facts">
        {Object.entries(facts).map(([what, value]) =>
          value ? (
            <div key={what}>
              <dt>{what}</dt>
              <dd className="selectable">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  );
}

/** The right column: who the customer is and what they proved, why it came, and their orders. */
export function DetailPane({ open, onBack }: { open: OpenConversation; onBack: () => void }) {
  const { item, proof, brief, orders, identities, introduced } = open.detail;
  return (
    <div className="details-scroll">
      <div className="details-back">
        <IconButton icon="back" label="Back to the conversation" onPress={onBack} />
        <span>{displayName(item)}</span>
      </div>
      <section className="card proof" aria-label="Identity">
        <span className={`level level-${proof.level}`}>
          <Icon name="shield" />
          {PROOF_LEVELS[proof.level]}
        </span>
        <span className="proof-how">
          Level {proof.level}: {proof.how}
          {proof.until ? `, until ${clockTime(proof.until)}` : ''}
        </span>
      </section>
      {introduced ? <Introduced said={introduced} /> : null}
      {brief ? <Brief brief={brief} item={item} orders={open.detail.orders} /> : null}
      {orders.length === 0 ? (
        <Empty icon="parcel" title="No orders found">
          Orders show here once the customer writes from the phone of an order, or proves which one is theirs.
        </Empty>
      ) : (
        orders.map((order, i) => (
          <OrderCard key={order.orderNumber} order={order} conversation={item.key} startOpen={i === 0} />
        ))
      )}
      <details className="card fold">
        <summary>Contact</summary>
        <dl className="facts">
          <div>
            <dt>Channel</dt>
            <dd>{channelName(item.channel)}</dd>
          </div>
          {identities.map(({ kind, value, channel }) => (
            <div key={`${channel}${kind}${value}`}>
              <dt>{KINDS[kind] ?? kind}</dt>
              <dd className="selectable">
                {kind === 'wa_phone' && !value.startsWith('+') ? `+${value}` : value}
              </dd>
            </div>
          ))}
          <div>
            <dt>Language</dt>
            <dd>{{ en: 'English', hi: 'Hindi', 'hi-Latn': 'Hinglish' }[item.locale] ?? item.locale}</dd>
          </div>
        </dl>
      </details>
    </div>
  );
}
