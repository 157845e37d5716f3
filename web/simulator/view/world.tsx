/** @jsxImportSource preact */
import type { World } from '../model';

const SWITCHES: [keyof World, string, string][] = [
  ['slow', 'Slow provider', 'Sends take three seconds'],
  ['duplicate', 'Duplicate webhook', 'Every customer message is delivered twice'],
  ['down', 'Provider down', 'Sends fail; Doorstep tries again when it is back'],
  ['windowClosed', 'Closed reply window', 'The provider refuses free text; only approved messages pass'],
];

/** How the world around the product behaves. */
export function WorldSwitches({ world, turn }: { world: World; turn(name: keyof World, on: boolean): void }) {
  return (
    <section class="box world">
      <h2>The world</h2>
      {SWITCHES.map(([name, label, words]) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={world[name]}
            onChange={(event) => turn(name, event.currentTarget.checked)}
          />
          <span>
            <b>{label}</b>
            <small>{words}</small>
          </span>
        </label>
      ))}
    </section>
  );
}
