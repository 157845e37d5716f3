import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { QueueItemWire, TeamWire } from '../../../../src/desk/wire';
import { call } from '../lib/api';
import { useDesk } from '../lib/desk';
import { linesOf } from '../lib/queue-state';
import { useSignal } from '../lib/signal';
import { span, useNow } from '../lib/time';
import { TransferDialog } from '../conversation/transfer-dialog';
import { displayName } from '../queue/queue-row';
import { Icon } from '../ui/icons';
import { DueChip, Empty, Fault } from '../ui/parts';

const REFRESH_MS = 5000;

/** The supervisor's view: how much waits, how long, who holds what; reassigning from here. */
export function Team() {
  const desk = useDesk();
  const now = useNow();
  const items = useSignal(desk.queue.items);
  const [team, setTeam] = useState<TeamWire>();
  const [fault, setFault] = useState<string>();
  const [moving, setMoving] = useState<QueueItemWire>();
  useEffect(() => {
    const load = () =>
      call<TeamWire>('GET', '/team').then(
        (answer) => {
          setTeam(answer);
          setFault(undefined);
        },
        (error: unknown) => setFault(error instanceof Error ? error.message : String(error)),
      );
    void load();
    const timer = window.setInterval(() => void load(), REFRESH_MS);
    return () => window.clearInterval(timer);
  }, []);
  const held = [...linesOf(items, 'waiting', ''), ...linesOf(items, 'team', '')];
  const most = Math.max(1, ...(team?.agents.map(({ holding }) => holding) ?? []));
  return (
    <main className="page" aria-label="Team">
      <div className="page-head">
        <h1>Team</h1>
      </div>
      {fault ? <Fault>{fault}</Fault> : null}
      {team ? (
        <>
          <dl className="figures">
            <Figure word="Waiting" value={String(team.counts.waiting)} urgent={team.counts.waiting > 0} />
            <Figure
              word="Longest wait"
              value={team.longestWaitSince ? span(now - Date.parse(team.longestWaitSince)) : 'none'}
              urgent={false}
            />
            <Figure word="With people" value={String(team.counts.agent)} urgent={false} />
            <Figure word="With the bot" value={String(team.counts.bot)} urgent={false} />
            <Figure word="Closed" value={String(team.counts.closed)} urgent={false} />
          </dl>
          <section className="card" aria-label="Load per agent">
            <h2>Conversations held</h2>
            <table className="load">
              <thead className="hidden">
                <tr>
                  <th scope="col">Agent</th>
                  <th scope="col">Presence</th>
                  <th scope="col">Conversations held</th>
                </tr>
              </thead>
              <tbody>
                {team.agents.map((agent) => (
                  <tr key={agent.id}>
                    <th scope="row">{agent.name}</th>
                    <td>
                      <span className={`presence ${agent.online ? 'is-online' : ''}`}>
                        {agent.online ? 'at the desk' : 'away'}
                      </span>
                    </td>
                    <td>
                      <meter
                        className="load-bar"
                        min={0}
                        max={most}
                        value={agent.holding}
                        aria-label={`${agent.name} holds`}
                      />
                      <span>{agent.holding}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      ) : null}
      <section className="card" aria-label="Conversations that need a person">
        <h2>Conversations that need a person</h2>
        {held.length === 0 ? (
          <Empty icon="inbox" title="None at the moment">
            Waiting and taken conversations are listed here, to be reassigned.
          </Empty>
        ) : (
          <ul className="request-list">
            {held.slice(0, 100).map((item) => (
              <li key={item.key} className="request-row">
                <div className="request-what">
                  <p>
                    <strong>{displayName(item)}</strong>{' '}
                    {item.owner === 'waiting' ? 'waits' : `with ${item.assigneeName ?? 'an agent'}`}
                  </p>
                  <p className="quiet one-line">{item.lastText}</p>
                </div>
                <div className="request-when">
                  <DueChip dueAt={item.dueAt} />
                </div>
                <div className="request-acts">
                  <Button
                    className="button small"
                    onPress={() => desk.openConversation(item.key)}
                    aria-label={`Open ${displayName(item)}`}
                  >
                    <Icon name="inbox" /> Open
                  </Button>
                  <Button
                    className="button small"
                    onPress={() => setMoving(item)}
                    aria-label={`Reassign ${displayName(item)}`}
                  >
                    <Icon name="transfer" /> Reassign
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
      </section>
      {moving ? <TransferDialog item={moving} isOpen onClose={() => setMoving(undefined)} /> : null}
    </main>
  );
}

function Figure({ word, value, urgent }: { word: string; value: string; urgent: boolean }) {
  return (
    <div className={`figure ${urgent ? 'is-urgent' : ''}`}>
      <dt>{word}</dt>
      <dd>{value}</dd>
    </div>
  );
}
