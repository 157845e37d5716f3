/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat';
import type { Settings } from '../settings';
import { stringsFor } from '../strings';
import { Icon } from './icons';
import { noteText } from './messages';
import { Panel } from './panel';

/** Launcher and window. Focus goes into the window when it opens and back to the launcher when it closes. */
export function Widget({ chat, settings }: { chat: Chat; settings: Settings }) {
  const [state, setState] = useState(chat.state);
  useEffect(() => chat.subscribe(() => setState(chat.state)), [chat]);
  const t = stringsFor(settings.locale);
  const launcher = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !state.open) launcher.current?.focus();
    wasOpen.current = state.open;
  }, [state.open]);
  return (
    <div class={`widget ${settings.position} ${settings.theme}`} lang={settings.locale}>
      <Announcer chat={chat} settings={settings} />
      {state.open && <Panel chat={chat} state={state} settings={settings} t={t} close={() => chat.close()} />}
      <button
        ref={launcher}
        type="button"
        class="launcher"
        aria-expanded={state.open}
        aria-label={state.unread > 0 ? t.launcherUnread(state.unread) : t.launcher}
        onClick={() => (state.open ? chat.close() : chat.open())}
      >
        <Icon name={state.open ? 'close' : 'chat'} />
        {state.unread > 0 && <span class="badge">{state.unread > 99 ? '99+' : state.unread}</span>}
      </button>
    </div>
  );
}

/** A reader's history is not read out again: only lines that come in after this many milliseconds of a connection. */
const HISTORY_MS = 1500;

/** Says new lines of the shop's side to screen readers, once each. */
function Announcer({ chat, settings }: { chat: Chat; settings: Settings }) {
  const [words, setWords] = useState('');
  const seen = useRef({ seq: 0, notes: 0, since: 0 });
  const t = stringsFor(settings.locale);
  useEffect(
    () =>
      chat.subscribe(() => {
        const { entries, notes, link } = chat.state;
        const was = seen.current;
        if (link !== 'live') was.since = 0;
        else if (was.since === 0) was.since = performance.now();
        const fresh = entries.filter((entry) => entry.seq > was.seq && entry.from !== 'customer');
        const newNotes = notes.slice(was.notes);
        const history = was.seq === 0 && entries.length > 0 && performance.now() - was.since < HISTORY_MS;
        was.seq = entries.at(-1)?.seq ?? 0;
        was.notes = notes.length;
        if (history) return;
        const said = [...newNotes.map((note) => noteText(note, t)), ...fresh.map((entry) => entry.text)];
        if (said.length > 0) setWords(said.join(' '));
      }),
    [chat],
  );
  return (
    <p class="hidden" aria-live="polite" role="status">
      {words}
    </p>
  );
}
