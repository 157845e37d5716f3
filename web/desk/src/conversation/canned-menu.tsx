import type { CannedReply } from '../../../../src/core/agents';

const MOST_SHOWN = 8;

/** Prepared replies for a text that starts with `/`; undefined when it does not. */
export function matching(all: readonly CannedReply[], text: string): CannedReply[] | undefined {
  const typed = /^\/([\p{L}\p{N}-]*)$/u.exec(text)?.[1]?.toLowerCase();
  if (typed === undefined) return undefined;
  return all
    .filter(({ shortcut, text: words }) => shortcut.startsWith(typed) || words.toLowerCase().includes(typed))
    .sort((a, b) => Number(b.shortcut.startsWith(typed)) - Number(a.shortcut.startsWith(typed)))
    .slice(0, MOST_SHOWN);
}

/** A prepared reply with its blanks filled. */
export function filled(text: string, values: Record<'name' | 'order' | 'agent', string>): string {
  return text.replace(/\{(name|order|agent)\}/g, (_, field: 'name' | 'order' | 'agent') => values[field]);
}

/** The prepared replies that fit what was typed after `/`; the keyboard stays in the text. */
export function CannedMenu({
  choices,
  picked,
  onPick,
  hasAny,
}: {
  choices: CannedReply[];
  picked: number;
  onPick: (index: number) => void;
  hasAny: boolean;
}) {
  if (choices.length === 0) {
    return (
      <div className="canned canned-none">
        {hasAny
          ? 'No prepared reply fits.'
          : 'There are no prepared replies yet. A supervisor can write some in Settings.'}
      </div>
    );
  }
  return (
    <ul id="canned" className="canned" role="listbox" aria-label="Prepared replies">
      {choices.map((reply, i) => (
        <li
          key={reply.id}
          id={`canned-${i}`}
          role="option"
          aria-selected={i === picked}
          className="canned-item"
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(i);
          }}
        >
          <kbd>/{reply.shortcut}</kbd>
          <span>{reply.text}</span>
        </li>
      ))}
    </ul>
  );
}
