import type { ParcelWire } from '../../../../src/desk/wire';
import { dayWords, fullTime, shortDate } from '../lib/time';
import { plain, STATUSES } from '../lib/words';
import { Icon } from '../ui/icons';

const SPOKEN = { done: 'done', current: 'now', todo: 'to come', problem: 'problem' } as const;

/** A parcel's way, drawn: steps with dates, today's place, lateness in amber with its reason. */
export function ParcelLine({ parcel, title }: { parcel: ParcelWire; title?: string }) {
  return (
    <div className="parcel">
      {title ? (
        <p className="parcel-title">
          <Icon name="parcel" />
          <span>
            {title}: {parcel.items.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}
          </span>
        </p>
      ) : null}
      <ol className="steps" aria-label={`Progress${title ? ` of ${title.toLowerCase()}` : ''}`}>
        {parcel.steps.map((step) => (
          <li
            key={step.label}
            className={`step step-${step.state}`}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <span className="step-dot" aria-hidden>
              {step.state === 'done' ? (
                <Icon name="check" />
              ) : step.state === 'problem' ? (
                <Icon name="warning" />
              ) : null}
            </span>
            <span className="step-label">
              {step.label}
              <span className="hidden">, {SPOKEN[step.state]}</span>
            </span>
            <span className="step-date">{step.at ? shortDate(step.at) : ''}</span>
          </li>
        ))}
      </ol>
      {parcel.late ? (
        <p className="late">
          <Icon name="clock" /> {parcel.late}
        </p>
      ) : null}
      <p className="parcel-foot">
        {parcel.estimatedDelivery && parcel.status !== 'delivered' && !parcel.late ? (
          <span>Expected {dayWords(parcel.estimatedDelivery)}</span>
        ) : null}
        {parcel.attempts > 0 && parcel.status !== 'delivered' ? (
          <span>
            {parcel.attempts} failed attempt{parcel.attempts === 1 ? '' : 's'}
          </span>
        ) : null}
        {parcel.carrier ? (
          <span className="selectable">
            {plain(parcel.carrier)} {parcel.trackingNumber}
          </span>
        ) : null}
        {parcel.trackingUrl ? (
          <a href={parcel.trackingUrl} target="_blank" rel="noreferrer">
            Track <Icon name="link" />
          </a>
        ) : null}
      </p>
      {parcel.events.length > 0 ? (
        <details className="scans">
          <summary>
            {parcel.events.length} scan{parcel.events.length === 1 ? '' : 's'}
          </summary>
          <ul>
            {parcel.events.map((event, i) => (
              <li key={i}>
                <time>{fullTime(event.at)}</time>
                <span>
                  {STATUSES[event.status]}
                  {event.location ? `, ${event.location}` : ''}
                  {event.note ? <em> {event.note}</em> : null}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
