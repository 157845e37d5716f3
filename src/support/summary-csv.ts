import type { Figures, MetricsSummary } from '../core/summary';

/** Content type of our tables. */
export const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

const HEADER = ['figure', 'of', 'name', 'day', 'value', 'unit'];

/** Objects whose names are what was counted, not the names of figures. */
const COUNTS = /(^|\.)(topics|by[A-Z]\w*)$/;
const SHARES = /(share|rate|deflection|csat)$/i;
const TIMES = /(firstResponse|resolution|Seconds)$/;

interface Line {
  figure: string;
  of?: string;
  name?: string;
  day?: string;
  value: number | null;
}

/**
 * The figures as a table (RFC 4180), one a line under the name it has in the JSON, so that a sheet can filter and pivot it. Holds counts, shares and times, and of the
 * shop's goods number and name: nothing of a person.
 */
export function summaryCsv({ days, ...figures }: MetricsSummary | Figures): string {
  const { items, ...returns } = figures.returns;
  const lines = [
    ...flat({ ...figures, returns }),
    ...items.flatMap(({ sku, name, ...rest }) =>
      flat(rest, 'returns.items').map((line) => ({ ...line, of: sku, name })),
    ),
    ...days.flatMap(({ day, ...rest }) => flat(rest, 'days').map((line) => ({ ...line, day }))),
  ];
  return csv([
    HEADER,
    ...lines.map(({ figure, of, name, day, value }) => [figure, of, name, day, value, unitOf(figure)]),
  ]);
}

function flat(value: unknown, figure = '', of = ''): Line[] {
  if (value === null || typeof value === 'number') return [{ figure, of, value }];
  return Object.entries(value as object).flatMap(([name, inner]) =>
    COUNTS.test(figure)
      ? flat(inner, figure, of ? `${of} ${name}` : name)
      : flat(inner, figure ? `${figure}.${name}` : name, of),
  );
}

function unitOf(figure: string): string {
  return SHARES.test(figure) ? 'share' : TIMES.test(figure) ? 'seconds' : 'count';
}

/** Lines of cells as RFC 4180 wants them. A text that a sheet would take for a formula is marked as text. */
export function csv(lines: (string | number | null | undefined)[][]): string {
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null | undefined): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
