/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import type { Simulator } from '../live';
import { Customers } from './customers';
import { Parcel } from './parcel';
import { PhoneDrawing } from './phone';
import { Store } from './store';
import { Suggestions } from './suggestions';
import { WireLog } from './wire';
import { WorldSwitches } from './world';

/** Heading and ways to the other pages of the demo. */
export function TopBar({ here }: { here: 'simulator' | 'mail' }) {
  return (
    <header class="top">
      <h1>
        <a href="/simulator">Doorstep simulator</a>
      </h1>
      <p>A demo: made-up people and orders, the real product behind them.</p>
      <nav aria-label="Demo pages">
        <a href="/">Shop</a>
        <a href="/simulator" aria-current={here === 'simulator' ? 'page' : undefined}>
          Simulator
        </a>
        <a href="/simulator/mail" aria-current={here === 'mail' ? 'page' : undefined}>
          Mailbox
        </a>
        <a href="/desk/">Agents’ desk</a>
      </nav>
    </header>
  );
}

/** The whole simulator. */
export function SimulatorPage({ simulator }: { simulator: Simulator }) {
  const [live, setLive] = useState(simulator.state);
  useEffect(() => simulator.subscribe(() => setLive(simulator.state)), [simulator]);
  const { shop, customer } = live;
  return (
    <>
      <TopBar here="simulator" />
      <div class="notices" role="status">
        {live.problem && <p class="problem">{live.problem}</p>}
        {!live.connected && <p class="problem">The connection was lost. Trying again…</p>}
      </div>
      {shop && customer ? (
        <main>
          <div class="column">
            <Customers shop={shop} customer={customer} be={(id) => simulator.be(id)} />
            <PhoneDrawing
              key={customer.id}
              live={live}
              customer={customer}
              shop={shop}
              act={(act) => void simulator.act(act)}
            />
          </div>
          <div class="column">
            <Suggestions customer={customer} say={(text) => void simulator.act({ kind: 'text', text })} />
            <DeskLink simulator={simulator} />
            <WireLog live={live} />
          </div>
          <div class="column">
            <Store live={live} select={(number) => simulator.select(number)} />
            <Parcel
              live={live}
              move={(shipment, move) => void simulator.carrier(shipment, move)}
              decide={(request, status) => void simulator.decide(request, status)}
            />
            <WorldSwitches world={live.world} turn={(name, on) => void simulator.turn(name, on)} />
          </div>
        </main>
      ) : (
        <p class="loading">Getting the shop ready…</p>
      )}
    </>
  );
}

/** The way to the same conversation on the other side, and who can sign in there. */
function DeskLink({ simulator }: { simulator: Simulator }) {
  const { shop, customer } = simulator.state;
  return (
    <section class="box desk">
      <h2>The agents’ side</h2>
      <p>
        <a href={`/desk/c/${encodeURIComponent(customer?.conversation ?? '')}`} target="doorstep-desk">
          Open this conversation on the desk
        </a>{' '}
        in a second window, side by side. It is there once {customer?.name} has written.
      </p>
      <details>
        <summary>Who can sign in</summary>
        <table>
          <thead>
            <tr>
              <th>Name</th>
              <th>E-mail</th>
              <th>Password</th>
            </tr>
          </thead>
          <tbody>
            {shop?.agents.map((agent) => (
              <tr key={agent.email}>
                <td>
                  {agent.name}, {agent.role}
                </td>
                <td>
                  <code>{agent.email}</code>
                </td>
                <td>
                  <code>{agent.password}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
