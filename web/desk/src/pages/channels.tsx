import { useEffect, useState } from 'react';
import type { ChannelWire } from '../../../../src/desk/wire';
import { call } from '../lib/api';
import { channelName } from '../lib/words';

/** A code is good for about a minute. */
const REFRESH_MS = 5000;

const STATES: Record<ChannelWire['state'], string> = {
  starting: 'starting',
  linking: 'not linked',
  ready: 'connected',
  down: 'not connected',
  blocked: 'blocked',
};

/** For admins: channels that keep a session open, and the code that links the shop's phone. Nothing where there are none. */
export function Channels() {
  const [channels, setChannels] = useState<ChannelWire[]>([]);
  const [shown, setShown] = useState(0);
  useEffect(() => {
    const load = () =>
      call<{ channels: ChannelWire[] }>('GET', '/channels').then(
        (answer) => {
          setChannels(answer.channels);
          setShown((before) => before + 1);
        },
        () => undefined,
      );
    void load();
    const timer = window.setInterval(() => void load(), REFRESH_MS);
    return () => window.clearInterval(timer);
  }, []);
  if (channels.length === 0) return null;
  return (
    <section className="card" aria-label="Channels">
      <h2>Channels</h2>
      {channels.map(({ id, state, note, hasCode }) => (
        <div key={id} className="stack">
          <p>
            <strong>{channelName(id)}</strong> {STATES[state]}
          </p>
          {note ? <p className="quiet">{note}</p> : null}
          {hasCode ? (
            <img
              src={`/desk/api/channels/${encodeURIComponent(id)}/code.svg?${shown}`}
              alt="Code to scan with the phone of the shop"
              width={280}
              height={280}
            />
          ) : null}
        </div>
      ))}
    </section>
  );
}
