import { useState } from 'react';
import { ConversationPane } from './conversation/conversation-pane';
import { useDesk } from './lib/desk';
import { useSignal } from './lib/signal';
import { DetailPane } from './order/detail-pane';
import { QueuePane } from './queue/queue-pane';
import { Empty, Fault } from './ui/parts';

/** Three columns: queue, transcript, order and customer. On narrow screens one at a time. */
export function Inbox() {
  const desk = useDesk();
  const key = useSignal(desk.open.key);
  const open = useSignal(desk.open.now);
  const fault = useSignal(desk.open.fault);
  const [details, setDetails] = useState(false);
  const shows = key === undefined ? 'shows-queue' : details ? 'shows-details' : 'shows-conversation';
  return (
    <main className={`inbox ${shows}`}>
      <h1 className="hidden">Inbox</h1>
      <QueuePane />
      <section className="conversation" aria-label="Conversation">
        {fault ? <Fault onRetry={() => void desk.open.load()}>{fault}</Fault> : null}
        {open ? (
          <ConversationPane key={open.detail.item.key} open={open} onDetails={() => setDetails(!details)} />
        ) : key === undefined ? (
          <Empty icon="inbox" title="Choose a conversation">
            Who waits for a person is on the left, the most urgent first. Press <kbd>j</kbd> to open the
            first, <kbd>?</kbd> for all keys.
          </Empty>
        ) : fault ? null : (
          <div className="loading" aria-busy="true" aria-label="Loading" />
        )}
      </section>
      <section className="details" aria-label="Order and customer">
        {open ? <DetailPane key={open.detail.item.key} open={open} onBack={() => setDetails(false)} /> : null}
      </section>
    </main>
  );
}
