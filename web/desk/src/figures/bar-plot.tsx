import { scaleLinear } from 'd3-scale';
import { inked, Patterns } from './fills';
import type { BarData, Plot } from './plot';
import { useWidth } from './width';

const ROW = 34;
const BAR = 10;
const EDGE = { top: 4, right: 10, bottom: 34 };
/** Room for a letter; longer names are cut, and whole in the table. */
const LETTER_PX = 6.6;

function cut(text: string, room: number): string {
  const letters = Math.max(8, Math.floor(room / LETTER_PX));
  return text.length > letters ? `${text.slice(0, letters - 1).trimEnd()}…` : text;
}

/** Values by name: a bar for each, its number beside the name. */
export function BarPlot({ plot, data }: { plot: Plot; data: BarData }) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const { rows, series } = data;
  const sums = rows.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0));
  const height = EDGE.top + rows.length * ROW + EDGE.bottom;
  const x = scaleLinear([0, Math.max(...sums, 1)], [1, Math.max(width - EDGE.right, 2)]).nice(4);
  const ticks = x.ticks(Math.min(4, Math.max(...sums, 1))).filter(Number.isInteger);
  const foot = EDGE.top + rows.length * ROW;
  return (
    <div className="plot" ref={ref}>
      <svg
        className="plot-picture"
        width={width}
        height={height}
        role="img"
        aria-labelledby={`${plot.id}-title ${plot.id}-words`}
      >
        <Patterns id={plot.id} series={series} />
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="grid-line" x1={x(tick)} x2={x(tick)} y1={EDGE.top} y2={foot} />
            <text
              className="axis-word"
              x={x(tick)}
              y={foot + 14}
              textAnchor={tick === 0 ? 'start' : x(tick) > width - 30 ? 'end' : 'middle'}
            >
              {tick.toLocaleString('en-IN')}
            </text>
          </g>
        ))}
        <text className="axis-title" x={width - EDGE.right} y={height - 4} textAnchor="end">
          {plot.axis}
        </text>
        {rows.map(({ name, parts, words }, at) => {
          const y = EDGE.top + at * ROW;
          const value = words ?? (sums[at] ?? 0).toLocaleString('en-IN');
          let from = 0;
          return (
            <g key={name}>
              <text className="bar-name" x={1} y={y + 13}>
                {cut(name, width - value.length * LETTER_PX - 24)}
              </text>
              <text className="bar-value" x={width - EDGE.right - 4} y={y + 13} textAnchor="end">
                {value}
              </text>
              <rect
                className="bar-ground"
                x={1}
                y={y + 18}
                width={Math.max(width - EDGE.right - 1, 0)}
                height={BAR}
              />
              {series.map((each, part) => {
                const start = from;
                const n = parts[part] ?? 0;
                from += n;
                return n === 0 ? null : (
                  <rect
                    key={each.name}
                    x={x(start)}
                    y={y + 18}
                    width={x(from) - x(start)}
                    height={BAR}
                    {...inked(plot.id, each)}
                  />
                );
              })}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
