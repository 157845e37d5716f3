/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Bubble, Tap } from '../phone-model';

const LINK = /https?:\/\/[^\s<>"'`]*[^\s<>"'`).,;:!?\]।]/gi;

/** Text with its web addresses clickable; everything is set as text. */
function Linked({ text }: { text: string }) {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    parts.push(
      text.slice(from, match.index),
      <a href={match[0]} target="_blank" rel="noopener noreferrer">
        {match[0]}
      </a>,
    );
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}

const TICKS = { sent: '✓', delivered: '✓✓', read: '✓✓' };

function Foot({ bubble }: { bubble: Bubble }) {
  const time = new Date(bubble.at).toLocaleTimeString('en-IN', { hour: 'numeric', minute: '2-digit' });
  return (
    <span class="foot">
      {time}
      {bubble.tick && (
        <span class={`tick ${bubble.tick}`} role="img" aria-label={bubble.tick}>
          {TICKS[bubble.tick]}
        </span>
      )}
      {bubble.tick && <span class="tickword">{bubble.tick}</span>}
    </span>
  );
}

const MEDIA = { photo: 'Photo', voice: 'Voice note' };

/** One bubble with what can be tapped on it. Lists open in place; lists and quick replies are spent after an answer. */
export function BubbleDrawing({
  bubble,
  spent,
  tap,
}: {
  bubble: Bubble;
  spent: boolean;
  tap(tap: Tap): void;
}) {
  const [open, setOpen] = useState(false);
  const { list, link } = bubble;
  const choose = (row: Tap) => {
    setOpen(false);
    tap(row);
  };
  const quick = bubble.taps.some((one) => one.control === 'quick-reply');
  return (
    <div class={`message ${bubble.from}`}>
      <div class={`bubble ${bubble.from}`}>
        {bubble.template && <small class="template">Approved message “{bubble.template}”</small>}
        <span>
          {bubble.media === 'photo' ? (
            <img class="photo" src="/simulator/api/sample-photo" width="220" height="165" alt={MEDIA.photo} />
          ) : bubble.media ? (
            <em class={bubble.media}>{MEDIA[bubble.media]}</em>
          ) : (
            <Linked text={bubble.text} />
          )}
        </span>
        <Foot bubble={bubble} />
      </div>
      {link && (
        <a class="tap" href={link.url} target="_blank" rel="noopener noreferrer">
          {link.title}
        </a>
      )}
      {list && (
        <>
          <button type="button" class="tap" aria-expanded={open} onClick={() => setOpen(!open)}>
            {list.label === '☰' ? '☰ Open the list' : `☰ ${list.label}`}
          </button>
          {open && <Rows rows={list.rows} choose={choose} />}
        </>
      )}
      {(!quick || !spent) && (
        <div class={quick ? 'taps quick' : 'taps'}>
          {bubble.taps.map((one) => (
            <button key={one.id} type="button" class="tap" onClick={() => tap(one)}>
              {one.title}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Rows({ rows, choose }: { rows: Tap[]; choose(row: Tap): void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <div class="rows" ref={box}>
      {rows.map((row) => (
        <button key={row.id} type="button" onClick={() => choose(row)}>
          <b>{row.title}</b>
          {row.description && <small>{row.description}</small>}
        </button>
      ))}
    </div>
  );
}
