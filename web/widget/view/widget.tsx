/** @jsxImportSource preact */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat';
import type { Settings } from '../settings';
import type { ChatState } from '../state';
import { stringsFor, type Strings } from '../strings';
import { Icon } from './icons';
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
      <Announcer state={state} t={t} />
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

/** While the window is closed, screen readers hear that something came; open, the conversation itself is a live log. */
function Announcer({ state, t }: { state: ChatState; t: Strings }) {
  const first = useRef(state.unread);
  const news = !state.open && state.unread > 0 && state.unread !== first.current;
  if (state.unread < first.current) first.current = state.unread;
  return (
    <p class="hidden" role="status">
      {news ? t.news(state.unread) : ''}
    </p>
  );
}
