/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat';
import type { ChatState } from '../state';
import type { Settings } from '../settings';
import type { Strings } from '../strings';
import { Composer } from './composer';
import { Icon } from './icons';
import { Menu, MenuButton } from './menu';
import { Messages } from './messages';
import { useFullScreen } from './full-screen';
import { filesIn } from '../photo';

function whoAnswers(state: ChatState, t: Strings): string {
  if (state.owner === 'agent') return t.withAgent(state.agentName ?? t.agent);
  // Nothing was said yet (or all of it was deleted): there is nothing to open again.
  if (state.owner === 'closed' && state.entries.length === 0) return t.withBot;
  return { bot: t.withBot, waiting: t.waiting, closed: t.closedState }[state.owner];
}

function deletionNotice(state: ChatState, t: Strings): string | undefined {
  const words = { running: t.deleting, done: t.deleted, offline: t.deleteOffline, failed: t.deleteFailed };
  return state.deletion && words[state.deletion];
}

function linkNotice(state: ChatState, t: Strings): string | undefined {
  if (state.offline) return state.deletion === 'offline' ? undefined : t.waitingForNetwork;
  if (state.link !== 'lost') return undefined;
  return state.entries.length > 0 ? t.reconnecting : t.unavailable;
}

/** The open chat window. */
export function Panel(props: {
  chat: Chat;
  state: ChatState;
  settings: Settings;
  t: Strings;
  close(): void;
}) {
  const { chat, state, settings, t, close } = props;
  const panel = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const [menu, setMenu] = useState(false);
  const [dropping, setDropping] = useState(false);
  const full = useFullScreen(panel);
  useEffect(() => input.current?.focus(), [state.introduces]);
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (menu) closeMenu();
      else close();
    }
    if (event.key === 'Tab' && full) keepInside(event, panel.current);
  };
  const notice = linkNotice(state, t);
  const deletion = deletionNotice(state, t);
  const closeMenu = () => {
    setMenu(false);
    // The button that was pressed is gone, and the keyboard with it.
    panel.current?.querySelector<HTMLElement>('[aria-expanded]')?.focus();
  };
  const title = settings.title ?? t.title;
  return (
    <div
      class="panel"
      ref={panel}
      role="dialog"
      aria-label={title}
      aria-modal={full}
      onKeyDown={key}
      onDragOver={(event) => {
        if (state.introduces || !event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!panel.current?.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setDropping(false);
        if (!state.introduces) void chat.sendPhotos(filesIn(event.dataTransfer));
      }}
    >
      <header>
        <div>
          <h2>{title}</h2>
          <p class={`owner ${state.owner}`}>{whoAnswers(state, t)}</p>
        </div>
        <MenuButton t={t} open={menu} toggle={() => setMenu(!menu)} />
        <button type="button" class="plain" aria-label={t.close} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {menu && <Menu chat={chat} state={state} t={t} closed={closeMenu} />}
      <Messages
        chat={chat}
        state={state}
        t={t}
        locale={settings.locale}
        greeting={settings.greeting ?? t.greeting}
        ask={settings.ask}
      />
      {deletion && (
        <p class={`notice ${state.deletion}`} role="status">
          {deletion}
        </p>
      )}
      {notice && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
      {state.photoFault && (
        <p class="notice" role="alert">
          {state.photoFault === 'size' ? t.photoSize : t.photoKind}
        </p>
      )}
      {!state.introduces && (
        <Composer
          t={t}
          input={input}
          send={(text) => chat.say(text)}
          sendPhotos={(files) => void chat.sendPhotos(files)}
        />
      )}
      {dropping && <p class="drop">{t.drop}</p>}
    </div>
  );
}

/** Full screen, Tab goes round inside the window: what is behind cannot be seen. */
function keepInside(event: KeyboardEvent, panel: HTMLElement | null): void {
  const all = panel?.querySelectorAll<HTMLElement>(
    'button:not(:disabled), input:not([hidden]), textarea, a[href], [tabindex="0"]',
  );
  if (!all || all.length === 0) return;
  const first = all[0];
  const last = all[all.length - 1];
  const now = event.target;
  if (event.shiftKey && now === first) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && now === last) {
    event.preventDefault();
    first?.focus();
  }
}
