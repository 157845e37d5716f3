import type { WindowWire } from '../../../../src/desk/wire';
import { countdown, useNow } from '../lib/time';
import { channelName } from '../lib/words';
import { Icon } from '../ui/icons';

const SHORT_MS = 3_600_000;

/** The window as it is now: one that was open when read may have closed since. */
export function windowNow({ state, until }: WindowWire, now: number): WindowWire['state'] {
  if (state === 'none' || state === 'closed' || !until) return state;
  return Date.parse(until) > now ? state : 'closed';
}

/** How long one may still write on this channel, in words. */
export function WindowNote({ window, channel }: { window: WindowWire; channel: string }) {
  const now = useNow();
  const state = windowNow(window, now);
  if (state === 'none') return null;
  if (state === 'closed') {
    return (
      <span className="chip due-over">
        <Icon name="clock" /> Reply window closed
      </span>
    );
  }
  const left = Date.parse(window.until ?? '') - now;
  return (
    <span
      className={`chip ${left < SHORT_MS ? 'due-soon' : 'due-fine'}`}
      title={`${channelName(channel)} lets us answer until then`}
    >
      <Icon name="clock" /> {state === 'agent-only' ? 'Only a person may reply, ' : ''}
      {countdown(left)} left
    </span>
  );
}
