import type { Series } from './plot';

const PATTERNS = {
  hatched: 'M-1 1l2-2M0 6l6-6M5 7l2-2',
  crossed: 'M0 0l6 6M0 6l6-6',
} as const;

/** Patterns of one picture; names are its own, or pictures would take each other's. */
export function Patterns({ id, series }: { id: string; series: readonly Series[] }) {
  return (
    <defs>
      {series.map(({ fill, tone, name }) =>
        fill === 'hatched' || fill === 'crossed' ? (
          <pattern key={name} id={`${id}-${fill}-${tone}`} width="6" height="6" patternUnits="userSpaceOnUse">
            <rect width="6" height="6" className={`ink-soft ink-${tone}`} />
            <path d={PATTERNS[fill]} className={`ink-line ink-${tone}`} />
          </pattern>
        ) : null,
      )}
    </defs>
  );
}

/** Attributes of a mark: its colour by class, its pattern by name. */
export function inked(id: string, { fill, tone }: Series): { className: string; fill?: string } {
  if (fill === 'full') return { className: `ink-full ink-${tone}` };
  if (fill === 'hollow') return { className: `ink-hollow ink-${tone}` };
  return { className: `ink-edge ink-${tone}`, fill: `url(#${id}-${fill}-${tone})` };
}

/** What each mark stands for; nothing where there is only one. */
export function Legend({ id, series }: { id: string; series: readonly Series[] }) {
  if (series.length < 2) return null;
  return (
    <ul className="legend" aria-hidden>
      {series.map((each) => (
        <li key={each.name}>
          <svg className="legend-mark" viewBox="0 0 16 12">
            <Patterns id={`${id}-legend`} series={[each]} />
            <rect x="1" y="1" width="14" height="10" {...inked(`${id}-legend`, each)} />
          </svg>
          {each.name}
        </li>
      ))}
    </ul>
  );
}
