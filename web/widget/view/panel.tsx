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
  return { bot: t.withBot, waiting: t.waiting, closed: t.closedState }[state.owner];
}

function linkNotice(state: ChatState, t: Strings): string | undefined {
  if (state.offline) return t.waitingForNetwork;
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
  useEffect(() => input.current?.focus(), []);
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (menu) setMenu(false);
      else close();
    }
    if (event.key === 'Tab' && full) keepInside(event, panel.current);
  };
  const notice = linkNotice(state, t);
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
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!panel.current?.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setDropping(false);
        void chat.sendPhotos(filesIn(event.dataTransfer));
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
      {menu && <Menu chat={chat} t={t} closed={() => setMenu(false)} />}
      <Messages
        chat={chat}
        state={state}
        t={t}
        locale={settings.locale}
        greeting={settings.greeting ?? t.greeting}
      />
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
      <Composer
        t={t}
        input={input}
        send={(text) => chat.say(text)}
        sendPhotos={(files) => void chat.sendPhotos(files)}
      />
      {dropping && <p class="drop">{t.drop}</p>}
    </div>
  );
}

/** Full screen, Tab goes round inside the window: what is behind cannot be seen. */
function keepInside(event: KeyboardEvent, panel: HTMLElement | null): void {
  const all = panel?.querySelectorAll<HTMLElement>(
    'button:not(:disabled), textarea, a[href], [tabindex="0"]',
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
