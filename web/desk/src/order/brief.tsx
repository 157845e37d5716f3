import type { BriefWire, OrderWire, QueueItemWire } from '../../../../src/desk/wire';
import { clockTime } from '../lib/time';
import { REASONS, REQUEST_STATES, requestWords, saidWords, wish } from '../lib/words';
import { Icon } from '../ui/icons';

/** Scrolls the transcript to where a value was said. */
function showLine(seq: number): void {
  const line = document.querySelector<HTMLElement>(`.line[data-seq="${seq}"]`);
  if (!line) return;
  line.scrollIntoView({ block: 'center' });
  line.classList.add('is-shown');
  window.setTimeout(() => line.classList.remove('is-shown'), 1600);
}

/** Why it came to a person, what the bot did, what was promised. */
export function Brief({
  brief,
  item,
  orders,
}: {
  brief: BriefWire;
  item: QueueItemWire;
  orders: OrderWire[];
}) {
  const active = item.owner === 'waiting' || item.owner === 'agent';
  return (
    <section className={`card brief ${active ? '' : 'is-past'}`} aria-label="Why it came to a person">
      <h2>
        {REASONS[brief.reason]}
        {brief.priority === 'high' ? <span className="chip due-over">High priority</span> : null}
        <time>{clockTime(brief.at)}</time>
      </h2>
      <dl className="facts">
        {brief.wants ? (
          <div>
            <dt>Wants</dt>
            <dd>
              {wish(brief.wants)}
              {brief.orderNumber ? `, ${brief.orderNumber}` : ''}
            </dd>
          </div>
        ) : null}
        {brief.gathered.length > 0 ? (
          <div>
            <dt>Said</dt>
            <dd className="said">
              {brief.gathered.map(({ name, value, seq }, i) =>
                seq === undefined ? (
                  <span key={i} className="said-value">
                    {saidWords(name, value, orders)}
                  </span>
                ) : (
                  <button
                    key={i}
                    type="button"
                    className="said-value"
                    title="Show where it was said"
                    onClick={() => showLine(seq)}
                  >
                    {saidWords(name, value, orders)}
                  </button>
                ),
              )}
            </dd>
          </div>
        ) : null}
        <div>
          <dt>Done</dt>
          <dd>
            {brief.done.length === 0
              ? 'Nothing was changed'
              : brief.done.map(({ id, orderNumber, request }) => (
                  <span key={id} className="done-line">
                    {request
                      ? `${orderNumber ?? ''}: ${requestWords(request)} (${REQUEST_STATES[request.state].toLowerCase()})`
                      : `Request ${id}`}
                  </span>
                ))}
          </dd>
        </div>
        {brief.promised ? (
          <div>
            <dt>Promised</dt>
            <dd>{brief.promised}</dd>
          </div>
        ) : null}
        {brief.suggestion ? (
          <div className="suggestion">
            <dt>Next</dt>
            <dd>
              <Icon name="chevron" /> {brief.suggestion}
            </dd>
          </div>
        ) : null}
      </dl>
    </section>
  );
}
