import type { QueueItemWire } from '../../../../src/desk/wire';
import { fullTime, span, useNow } from '../lib/time';
import { channelName, REASONS } from '../lib/words';
import { Avatar, DueChip, OwnerBadge, SurveyChip } from '../ui/parts';

const SAID_BY: Partial<Record<string, string>> = { bot: 'Bot: ', agent: 'You: ', system: '' };

/** The customer's name, or what there is instead. */
export function displayName(item: QueueItemWire): string {
  if (item.name) return item.name;
  if (item.channel.startsWith('whatsapp') && /^\d+$/.test(item.user)) return `+${item.user}`;
  if (item.channel === 'instagram' && /^\d+$/.test(item.user)) return `Instagram user ${item.user.slice(-4)}`;
  return item.channel === 'web' ? `Visitor ${item.user.slice(-5)}` : item.user;
}

const nothingSaid = ({ erased }: QueueItemWire) =>
  erased ? 'The customer deleted this chat' : 'No message yet';

/** One line of the queue. */
export function QueueRow({ item, me }: { item: QueueItemWire; me: string }) {
  const now = useNow();
  const name = displayName(item);
  const by =
    item.lastFrom === 'agent' && item.assignee !== me
      ? `${item.assigneeName ?? 'Agent'}: `
      : (SAID_BY[item.lastFrom ?? ''] ?? '');
  return (
    <div className={`row-body ${item.priority === 'high' ? 'is-high' : ''}`}>
      <Avatar name={name} channel={item.channel} />
      <div className="row-text">
        <div className="row-top">
          <span className="row-name">{name}</span>
          <span className="hidden"> on {channelName(item.channel)}, </span>
          <time className="row-time" dateTime={item.updatedAt} title={fullTime(item.updatedAt)}>
            {span(now - Date.parse(item.updatedAt))}
          </time>
        </div>
        <div className="row-last" dir="auto">
          {by}
          {item.lastText === '' ? 'A photo or a file' : (item.lastText ?? nothingSaid(item))}
        </div>
        <div className="row-chips">
          <OwnerBadge item={item} me={me} />
          <DueChip dueAt={item.dueAt} />
          <SurveyChip survey={item.survey} />
          {item.reason ? <span className="row-reason">{REASONS[item.reason]}</span> : null}
        </div>
      </div>
    </div>
  );
}
