import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { MessageWire, QueueItemWire } from '../../../../src/desk/wire';
import { call, conversationPath } from '../lib/api';
import { useDesk } from '../lib/desk';
import type { PendingMessage } from '../lib/open-state';
import { clockTime, fullTime } from '../lib/time';
import { failureWords } from '../lib/words';
import { displayName } from '../queue/queue-row';
import { Icon, type IconName } from '../ui/icons';
import { Attachment } from './attachment';

const STATES: Record<NonNullable<MessageWire['state']>, [IconName, string]> = {
  queued: ['clock', 'Waiting to leave'],
  sent: ['check', 'Sent'],
  delivered: ['checks', 'Delivered'],
  read: ['checks', 'Read'],
  failed: ['warning', 'Not delivered'],
};

function author(message: MessageWire, item: QueueItemWire): string {
  if (message.visibility === 'note') return `${message.agent ?? 'Desk'} · private note`;
  switch (message.from) {
    case 'customer':
      return displayName(item);
    case 'bot':
      return 'Bot';
    case 'agent':
      return message.agent ?? 'Agent';
    case 'system':
      return 'Automatic message';
  }
}

/** One message. A failed one is red, says why, and can be tried again. */
export function MessageLine({
  message,
  grouped,
  item,
}: {
  message: MessageWire;
  grouped: boolean;
  item: QueueItemWire;
}) {
  const note = message.visibility === 'note';
  const state = message.from === 'customer' || note ? undefined : message.state;
  const failed = state === 'failed';
  const [icon, words] = state ? STATES[state] : [];
  return (
    <article
      className={`line from-${message.from} ${note ? 'is-note' : ''} ${failed ? 'is-failed' : ''} ${grouped ? 'is-grouped' : ''}`}
      data-seq={message.seq}
      data-from={message.from}
    >
      {grouped ? (
        <span className="hidden">{author(message, item)}</span>
      ) : (
        <div className="line-author">{author(message, item)}</div>
      )}
      <div className="bubble">
        {note ? <Icon name="note" label="Private note" className="bubble-note" /> : null}
        {message.attachments?.map((file, i) => (
          <Attachment key={i} conversation={item.key} seq={message.seq} n={i} file={file} />
        ))}
        {message.text ? (
          <p className="bubble-text" dir="auto">
            {message.text}
          </p>
        ) : null}
        {message.card ? (
          <p className="bubble-card">
            <Icon name="parcel" /> {message.card.title}: {message.card.status}
          </p>
        ) : null}
        {message.options?.length ? (
          <ul className="bubble-options" aria-label="Offered choices">
            {message.options.map((option) => (
              <li key={option}>{option}</li>
            ))}
          </ul>
        ) : null}
        <span className="bubble-foot">
          <time dateTime={message.at} title={fullTime(message.at)}>
            {clockTime(message.at)}
          </time>
          {icon && words && !failed ? (
            <Icon name={icon} label={words} className={`state-${state ?? ''}`} />
          ) : null}
        </span>
      </div>
      {failed ? <Failed message={message} item={item} /> : null}
    </article>
  );
}

function Failed({ message, item }: { message: MessageWire; item: QueueItemWire }) {
  const desk = useDesk();
  const [busy, setBusy] = useState(false);
  const retry = async () => {
    setBusy(true);
    const path = `${conversationPath(item.key)}/messages/${encodeURIComponent(message.id)}/retry`;
    if (await desk.attempt(() => call('POST', path, {}))) await desk.open.refresh();
    setBusy(false);
  };
  return (
    <div className="line-fault">
      <Icon name="warning" />
      <span>Not delivered: {failureWords(message.error)}.</span>
      <Button className="button small" isDisabled={busy} onPress={() => void retry()}>
        <Icon name="retry" /> Retry
      </Button>
    </div>
  );
}

/** A message that the server has not confirmed yet. */
export function PendingLine({ message }: { message: PendingMessage }) {
  const desk = useDesk();
  const note = message.visibility === 'note';
  return (
    <article
      className={`line from-agent is-pending ${note ? 'is-note' : ''} ${message.error ? 'is-failed' : ''}`}
    >
      <div className="bubble">
        <p className="bubble-text" dir="auto">
          {message.text}
        </p>
        <span className="bubble-foot">{message.error ? null : <Icon name="clock" label="Sending" />}</span>
      </div>
      {message.error ? (
        <div className="line-fault">
          <Icon name="warning" />
          <span>Not sent: {message.error}</span>
          {message.final ? null : (
            <Button className="button small" onPress={() => void desk.open.resend(message.id)}>
              <Icon name="retry" /> Retry
            </Button>
          )}
          <Button className="button small" onPress={() => desk.open.discard(message.id)}>
            Discard
          </Button>
        </div>
      ) : null}
    </article>
  );
}
