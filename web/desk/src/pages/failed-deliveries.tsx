import { useCallback, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { FailedDeliveryWire } from '../../../../src/desk/wire';
import { call } from '../lib/api';
import { useDesk } from '../lib/desk';
import { countdown, fullTime, span, useNow } from '../lib/time';
import { plain, REQUEST_STATES, requestWords } from '../lib/words';
import { OrderActions } from '../order/order-actions';
import { Icon, type IconName } from '../ui/icons';
import { Empty, Fault } from '../ui/parts';

const REFRESH_MS = 2_000;

interface Answer {
  items: FailedDeliveryWire[];
  nextCursor: string | null;
}

const lineKey = ({ orderNumber, shipmentId }: FailedDeliveryWire) => `${orderNumber} ${shipmentId}`;

/** Parcels that were not handed over: what the customer says, and how long is left before they go back. */
export function FailedDeliveries() {
  const [pages, setPages] = useState(1);
  const [lines, setLines] = useState<FailedDeliveryWire[]>();
  const [more, setMore] = useState(false);
  const [fault, setFault] = useState<string>();
  const [open, setOpen] = useState<string>();

  const load = useCallback(async () => {
    try {
      const found: FailedDeliveryWire[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < pages; page += 1) {
        const after: string = cursor ? `?cursor=${encodeURIComponent(cursor)}` : '';
        const answer = await call<Answer>('GET', `/failed-deliveries${after}`);
        found.push(...answer.items);
        cursor = answer.nextCursor;
        if (!cursor) break;
      }
      setLines(found);
      setMore(cursor !== null);
      setFault(undefined);
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  }, [pages]);
  useEffect(() => {
    void load();
    const timer = window.setInterval(() => void load(), REFRESH_MS);
    return () => window.clearInterval(timer);
  }, [load]);

  const waiting = lines?.filter(({ answer }) => !answer) ?? [];
  const answered = lines?.filter(({ answer }) => answer) ?? [];
  const rows = (of: FailedDeliveryWire[]) => (
    <ul className="request-list">
      {of.map((line) => (
        <FailedRow
          key={lineKey(line)}
          line={line}
          isOpen={open === lineKey(line)}
          onToggle={() => setOpen((before) => (before === lineKey(line) ? undefined : lineKey(line)))}
          onDone={() => {
            setOpen(undefined);
            void load();
          }}
        />
      ))}
    </ul>
  );
  return (
    <main className="page" aria-label="Failed deliveries">
      <div className="page-head">
        <h1>Failed deliveries</h1>
        <p className="quiet">
          Parcels the courier could not hand over. Without an answer in time they go back to the shop.
        </p>
      </div>
      {fault ? <Fault onRetry={() => void load()}>{fault}</Fault> : null}
      {lines?.length === 0 ? (
        <Empty icon="parcel" title="No failed deliveries">
          A parcel comes here as soon as its carrier says that it could not be handed over.
        </Empty>
      ) : null}
      {waiting.length > 0 ? (
        <section className="list-part" aria-labelledby="failed-waiting">
          <h2 id="failed-waiting">
            Waiting for an answer <span className="quiet">{waiting.length}</span>
          </h2>
          {rows(waiting)}
        </section>
      ) : null}
      {answered.length > 0 ? (
        <section className="list-part" aria-labelledby="failed-answered">
          <h2 id="failed-answered">
            Answered <span className="quiet">{answered.length}</span>
          </h2>
          {rows(answered)}
        </section>
      ) : null}
      {more ? (
        <Button className="button" onPress={() => setPages(pages + 1)}>
          Load more
        </Button>
      ) : null}
    </main>
  );
}

interface RowProps {
  line: FailedDeliveryWire;
  isOpen: boolean;
  onToggle(): void;
  onDone(): void;
}

function FailedRow({ line, isOpen, onToggle, onDone }: RowProps) {
  const desk = useDesk();
  const now = useNow();
  const { orderNumber, conversation } = line;
  const parcel = line.order.parcels.length > 1 ? ` · parcel ${plain(line.shipmentId)}` : '';
  return (
    <li className="request-row" data-failed={orderNumber}>
      <div className="request-what">
        <p>
          <strong>{orderNumber}</strong> {line.reason ?? 'The carrier gave no reason'}
        </p>
        <p className="quiet">
          {line.customer} · {plain(line.carrier)} {line.trackingNumber ?? ''}
          {parcel} · attempt {line.attempt} of {line.attempts},{' '}
          <time title={fullTime(line.since)}>{sinceWords(now - Date.parse(line.since))}</time>
        </p>
        <p className="failed-said">
          <Icon name={line.answer ? 'check' : conversation ? 'note' : 'info'} />
          <span>{saidWords(line)}</span>
        </p>
      </div>
      <div className="request-when">
        <TimeLeft line={line} />
      </div>
      <div className="request-acts">
        {conversation ? (
          <Button
            className="button small"
            onPress={() => desk.openConversation(conversation.key)}
            aria-label={`Open the conversation about ${orderNumber}`}
          >
            <Icon name="inbox" /> Open
          </Button>
        ) : null}
        <Button
          className="button small"
          onPress={onToggle}
          aria-expanded={isOpen}
          aria-label={`Act on ${orderNumber}`}
        >
          <Icon name="calendar" /> Act
        </Button>
      </div>
      {isOpen ? (
        <div className="failed-acts">
          <OrderActions
            order={line.order}
            conversation={conversation?.key}
            only={['reschedule', 'address_change', 'cancel']}
            onDone={onDone}
          />
        </div>
      ) : null}
    </li>
  );
}

function sinceWords(ms: number): string {
  const words = span(ms);
  return words === 'now' ? 'just now' : `${words} ago`;
}

/** What the customer says, or why nobody could ask them. */
function saidWords({ answer, disputed, conversation }: FailedDeliveryWire): string {
  const dispute = disputed ? 'Says that nobody came' : undefined;
  if (answer) {
    const who = answer.by === 'customer' ? 'Customer asked' : 'Shop asked';
    const asked = `${who}: ${requestWords(answer)} (${REQUEST_STATES[answer.state].toLowerCase()})`;
    return dispute ? `${dispute}. ${asked}` : asked;
  }
  if (!conversation) return 'Has not written about this order, so nobody could ask';
  if (conversation.owner === 'agent') return dispute ?? 'A colleague has the conversation';
  if (conversation.owner === 'waiting')
    return dispute ? `${dispute}. Waits for a person` : 'Waits for a person';
  return dispute ?? 'Asked, no answer yet';
}

/** Time before it goes back: grey, amber when the customer is reminded, red when a person is needed. */
function TimeLeft({ line }: { line: FailedDeliveryWire }) {
  const now = useNow();
  const left = Date.parse(line.answerBy) - now;
  const urgent = now >= Date.parse(line.urgentAt);
  const [state, icon, words]: [string, IconName, string] = line.answer
    ? ['good', 'check', 'Answered']
    : left <= 0
      ? ['over', 'warning', 'May be going back']
      : line.attempt >= line.attempts
        ? ['over', 'warning', `Last attempt, ${countdown(left)} left`]
        : [
            urgent ? 'over' : now >= Date.parse(line.lateAt) ? 'soon' : 'fine',
            urgent ? 'warning' : 'clock',
            `${countdown(left)} left`,
          ];
  return (
    <span className={`chip due-${state}`} data-due={state} title={`Until ${fullTime(line.answerBy)}`}>
      <Icon name={icon} />
      {words}
    </span>
  );
}
