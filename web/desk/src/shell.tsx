import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Inbox } from './inbox';
import { call } from './lib/api';
import { useDesk } from './lib/desk';
import { addressOf, go, route, type Page } from './lib/route';
import { soundOn, theme, type Theme } from './lib/saved';
import { useSignal } from './lib/signal';
import { FailedDeliveries } from './pages/failed-deliveries';
import { Requests } from './pages/requests';
import { Settings } from './pages/settings';
import { Team } from './pages/team';
import { Shortcuts, useShortcuts } from './shortcuts';
import { Icon, type IconName } from './ui/icons';
import { Avatar, IconButton } from './ui/parts';

const PAGES: { page: Page; icon: IconName; label: string; supervisor?: boolean }[] = [
  { page: 'inbox', icon: 'inbox', label: 'Inbox' },
  { page: 'requests', icon: 'requests', label: 'Requests' },
  { page: 'failed', icon: 'parcel', label: 'Failed' },
  { page: 'figures', icon: 'figures', label: 'Figures', supervisor: true },
  { page: 'team', icon: 'team', label: 'Team', supervisor: true },
  { page: 'settings', icon: 'settings', label: 'Settings' },
];
/** Fetched only by those who look at plots. */
const Figures = lazy(() => import('./figures/figures').then(({ Figures: page }) => ({ default: page })));

const NEXT_THEME: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

/** The frame of the signed-in desk: the rail, the banner, the page, passing words. */
export function Shell({ onSignedOut }: { onSignedOut: () => void }) {
  const { page } = useSignal(route);
  const [sheet, setSheet] = useState(false);
  useShortcuts({ '?': () => setSheet(true), m: () => soundOn.toggle() });
  return (
    <div className="shell">
      <Rail onSignedOut={onSignedOut} onShortcuts={() => setSheet(true)} />
      <div className="shell-main">
        <ConnectionBanner />
        {page === 'inbox' ? <Inbox /> : null}
        {page === 'requests' ? <Requests /> : null}
        {page === 'failed' ? <FailedDeliveries /> : null}
        {page === 'figures' ? (
          <Suspense fallback={<main className="page" aria-label="Figures" aria-busy="true" />}>
            <Figures />
          </Suspense>
        ) : null}
        {page === 'team' ? <Team /> : null}
        {page === 'settings' ? <Settings /> : null}
      </div>
      <Toasts />
      <Announcer />
      <Shortcuts isOpen={sheet} onClose={() => setSheet(false)} />
    </div>
  );
}

function Rail({ onSignedOut, onShortcuts }: { onSignedOut: () => void; onShortcuts: () => void }) {
  const desk = useDesk();
  const { page } = useSignal(route);
  const { waiting } = useSignal(desk.queue.counts);
  const sound = useSignal(soundOn);
  const look = useSignal(theme);
  const { agent } = desk.session;
  const signOut = () =>
    void desk
      .attempt(() => call('DELETE', '/session'))
      .then((done) => {
        if (done) onSignedOut();
      });
  return (
    <header className="rail">
      <nav aria-label="Pages">
        {PAGES.filter(({ supervisor }) => !supervisor || agent.role !== 'agent').map(
          ({ page: to, icon, label }) => (
            <a
              key={to}
              href={addressOf({ page: to })}
              className="rail-link"
              aria-current={page === to ? 'page' : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                go({ page: to });
              }}
            >
              <Icon name={icon} />
              <span>{label}</span>
              {to === 'inbox' && waiting > 0 ? (
                <span className="count" aria-label={`${waiting} waiting`}>
                  {waiting > 99 ? '99+' : waiting}
                </span>
              ) : null}
            </a>
          ),
        )}
      </nav>
      <div className="rail-foot">
        <IconButton
          icon={sound ? 'sound' : 'mute'}
          label={sound ? 'Mute the sound' : 'Turn the sound on'}
          keys="m"
          onPress={() => soundOn.toggle()}
        />
        <IconButton
          className="rail-theme"
          icon={look === 'dark' ? 'moon' : 'sun'}
          label={`Look: ${look}`}
          onPress={() => theme.set(NEXT_THEME[look])}
        />
        <IconButton
          className="rail-keys"
          icon="keyboard"
          label="Keyboard shortcuts"
          keys="?"
          onPress={onShortcuts}
        />
        <MenuTrigger>
          <Button className="rail-me">
            <span className="hidden">Account of {agent.name}</span>
            <Avatar name={agent.name} />
          </Button>
          <Popover className="popover" placement="right bottom">
            <div className="menu-head">
              <strong>{agent.name}</strong>
              <span className="quiet">
                {agent.email} · {agent.role}
              </span>
            </div>
            <Menu className="menu" aria-label="Account">
              <MenuItem className="menu-item" onAction={() => go({ page: 'settings' })}>
                <Icon name="settings" /> Settings
              </MenuItem>
              <MenuItem className="menu-item" onAction={signOut}>
                <Icon name="signout" /> Sign out
              </MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
    </header>
  );
}

/** Says that the line is broken, and for a moment that it is back. */
function ConnectionBanner() {
  const desk = useDesk();
  const state = useSignal(desk.connection);
  const [back, setBack] = useState(false);
  const before = useRef(state);
  useEffect(() => {
    const wasLost = before.current === 'lost';
    before.current = state;
    if (state !== 'live' || !wasLost) return undefined;
    setBack(true);
    const timer = window.setTimeout(() => setBack(false), 2500);
    return () => window.clearTimeout(timer);
  }, [state]);
  return (
    <div role="status">
      {state === 'lost' ? (
        <div className="banner bad">
          <Icon name="warning" /> Connection lost. Trying again; what you write is kept.
        </div>
      ) : back ? (
        <div className="banner good">
          <Icon name="check" /> Connected again. Everything you missed is here.
        </div>
      ) : null}
    </div>
  );
}

function Toasts() {
  const desk = useDesk();
  const toasts = useSignal(desk.toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, text, tone }) => (
        <div key={id} className={`toast ${tone}`}>
          <Icon name={tone === 'bad' ? 'warning' : 'check'} />
          <span>{text}</span>
          <IconButton icon="close" label="Dismiss" onPress={() => desk.dismiss(id)} />
        </div>
      ))}
    </div>
  );
}

function Announcer() {
  const text = useSignal(useDesk().announcement);
  return (
    <div className="hidden" aria-live="polite">
      {text}
    </div>
  );
}
