import type { ReactNode } from 'react';
import { Button, Tooltip, TooltipTrigger, type ButtonProps } from 'react-aria-components';
import type { QueueItemWire } from '../../../../src/desk/wire';
import { span, useNow } from '../lib/time';
import { initials, SCORE_WORDS } from '../lib/words';
import { ChannelIcon, Icon, type IconName } from './icons';

/** A button that is only an icon; its label is its tooltip too. */
export function IconButton({
  icon,
  label,
  keys,
  className = '',
  ...props
}: ButtonProps & { icon: IconName; label: string; keys?: string; className?: string }) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <Button {...props} aria-label={label} className={`icon-button ${className}`}>
        <Icon name={icon} />
      </Button>
      <Tooltip className="tooltip" offset={6}>
        {label}
        {keys ? <kbd>{keys}</kbd> : null}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** Initials of a person, with the channel they write on. */
export function Avatar({ name, channel }: { name: string; channel?: string }) {
  const tone = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5;
  return (
    <span className={`avatar tone-${tone}`} aria-hidden>
      {initials(name)}
      {channel ? (
        <span className="avatar-channel">
          <ChannelIcon channel={channel} />
        </span>
      ) : null}
    </span>
  );
}

/** Who has the conversation: icon, word and colour. */
export function OwnerBadge({ item, me }: { item: QueueItemWire; me: string }) {
  const mine = item.owner === 'agent' && item.assignee === me;
  const [icon, word]: [IconName, string] =
    item.owner === 'bot'
      ? ['bot', 'Bot']
      : item.owner === 'waiting'
        ? ['clock', 'Waiting']
        : item.owner === 'closed'
          ? ['check', 'Closed']
          : ['person', mine ? 'You' : (item.assigneeName ?? 'Agent')];
  return (
    <span className={`badge owner-${mine ? 'you' : item.owner}`} data-owner={item.owner}>
      <Icon name={icon} />
      <span>{word}</span>
    </span>
  );
}

/** What the customer answered when asked how the help was. */
export function SurveyChip({ survey }: { survey: QueueItemWire['survey'] }) {
  if (!survey?.score) return null;
  const { score } = survey;
  return (
    <span className={`chip score-${score < 3 ? 'low' : score > 3 ? 'high' : 'middle'}`}>
      <Icon name="star" />
      <span>
        {SCORE_WORDS[score]}, {score} of 5
      </span>
    </span>
  );
}

/** Minutes before the due time at which the chip turns amber. */
const SOON_MS = 5 * 60_000;

/** Time left until an answer is due: grey, amber when soon, red when over. */
export function DueChip({ dueAt }: { dueAt: string | undefined }) {
  const now = useNow();
  if (!dueAt) return null;
  const left = Date.parse(dueAt) - now;
  const state = left < 0 ? 'over' : left < SOON_MS ? 'soon' : 'fine';
  const words = span(left);
  return (
    <span className={`chip due-${state}`} data-due={state}>
      <Icon name={state === 'fine' ? 'clock' : 'warning'} />
      {state === 'over'
        ? words === 'now'
          ? 'Due now'
          : `${words} late`
        : words === 'now'
          ? 'Due now'
          : `Due in ${words}`}
    </span>
  );
}

/** What will be here, and how it gets here. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <Icon name={icon} />
      <p className="empty-title">{title}</p>
      {children ? <p>{children}</p> : null}
    </div>
  );
}

/** Something went wrong, and what to do. */
export function Fault({ children, onRetry }: { children: ReactNode; onRetry?: () => void }) {
  return (
    <div className="fault" role="alert">
      <Icon name="warning" />
      <span>{children}</span>
      {onRetry ? (
        <Button className="button small" onPress={onRetry}>
          Try again
        </Button>
      ) : null}
    </div>
  );
}
