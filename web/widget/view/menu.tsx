/** @jsxImportSource preact */
import { useState } from 'preact/hooks';
import type { Chat } from '../chat';
import type { Strings } from '../strings';
import type { Entry } from '../timeline';
import { Icon } from './icons';

function said({ text, files }: Entry, t: Strings): string {
  return [...(files ?? []).map(() => `[${t.photoSent}]`), text].filter(Boolean).join(' ');
}

/** The conversation as a plain text file, made in the browser. */
function download(chat: Chat, t: Strings): void {
  const names = { customer: t.you, bot: t.assistant, system: t.assistant, agent: t.agent };
  const lines = chat.state.entries.map(
    (entry) =>
      `[${new Date(entry.at).toLocaleString()}] ${entry.agent ?? names[entry.from]}: ${said(entry, t)}`,
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([lines.join('\n\n')], { type: 'text/plain' }));
  link.download = 'chat.txt';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** What one can do with the conversation besides writing. */
export function Menu({ chat, t, closed }: { chat: Chat; t: Strings; closed(): void }) {
  const [asking, setAsking] = useState(false);
  if (asking) {
    return (
      <div class="menu" role="group" aria-label={t.menu}>
        <p>{t.forgetSure}</p>
        <button
          type="button"
          onClick={() => {
            chat.signOut();
            closed();
          }}
        >
          {t.yes}
        </button>
        <button type="button" onClick={closed}>
          {t.no}
        </button>
      </div>
    );
  }
  return (
    <div class="menu" role="group" aria-label={t.menu}>
      <button
        type="button"
        disabled={chat.state.entries.length === 0}
        onClick={() => {
          download(chat, t);
          closed();
        }}
      >
        {t.save}
      </button>
      <button type="button" onClick={() => setAsking(true)}>
        {t.forget}
      </button>
    </div>
  );
}

/** Opens and closes the menu. */
export function MenuButton({ t, open, toggle }: { t: Strings; open: boolean; toggle(): void }) {
  return (
    <button type="button" class="plain" aria-label={t.menu} aria-expanded={open} onClick={toggle}>
      <Icon name="more" />
    </button>
  );
}
