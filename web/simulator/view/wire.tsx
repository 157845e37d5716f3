/** @jsxImportSource preact */
import type { Live } from '../live';
import type { Customer, WireEvent } from '../model';
import { lineOf } from '../wire-words';

/** Every webhook and every send, newest first; each opens to its whole JSON. */
export function WireLog({ live }: { live: Live }) {
  const events = [...live.wire].reverse();
  return (
    <section class="box wire">
      <h2>On the wire</h2>
      <p class="legend">
        <b>→</b> posted to Doorstep, <b>←</b> posted by Doorstep, newest first. Open a line for the whole
        JSON.
      </p>
      {events.length === 0 && <p class="empty">Write something on the phone and watch it pass here.</p>}
      <ol>
        {events.map((event) => (
          <Line key={event.seq} event={event} live={live} />
        ))}
      </ol>
    </section>
  );
}

function nameOf(event: WireEvent, live: Live): string {
  const is = (one: Customer) => one.user === event.user || one.phone === `+${event.user}`;
  return live.shop?.customers.find(is)?.name.split(' ')[0] ?? '';
}

function Line({ event, live }: { event: WireEvent; live: Live }) {
  const line = lineOf(event);
  const time = new Date(event.at).toLocaleTimeString('en-GB');
  return (
    <li class={`${line.way} ${line.ok ? 'ok' : 'failed'} ${event.channel}`}>
      <details>
        <summary>
          <span class="way" aria-label={line.way === 'in' ? 'to Doorstep' : 'from Doorstep'}>
            {line.way === 'in' ? '→' : '←'}
          </span>
          <time>{time}</time>
          <span class="what">
            <b>{line.what}</b> {nameOf(event, live)} <q>{line.says}</q>
          </span>
          <span class="answered">{event.answered === 0 ? 'no answer' : event.answered}</span>
        </summary>
        <pre tabIndex={0}>{JSON.stringify(event.body, null, 2)}</pre>
        {event.answer !== undefined && (
          <>
            <p>Answer</p>
            <pre tabIndex={0}>{JSON.stringify(event.answer, null, 2)}</pre>
          </>
        )}
      </details>
    </li>
  );
}
