import { scaleBand, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { dayAndMonth, dayWords, duration } from '../lib/time';
import { inked, Patterns } from './fills';
import type { DayData, Plot } from './plot';
import { useWidth } from './width';

const HEIGHT = 220;
const EDGE = { top: 26, right: 8, bottom: 38, left: 44 };
/** Labels of days are no closer than this. */
const LABEL_PX = 64;
/** Points are drawn while there is so much room for each. */
const POINT_PX = 10;
const UNITS = [
  { seconds: 86_400, word: 'd' },
  { seconds: 3_600, word: 'h' },
  { seconds: 60, word: 'min' },
  { seconds: 1, word: 's' },
] as const;

/** Ticks of an axis: whole numbers of a unit that fits, from nothing up to the most. */
function axisOf(most: number, unit: DayData['unit']) {
  const { seconds, word } =
    unit === 'seconds'
      ? (UNITS.find((each) => most >= each.seconds * 2) ?? UNITS[3])
      : { seconds: 1, word: '' };
  const scale = scaleLinear()
    .domain([0, Math.max(most / seconds, 1)])
    .nice(4);
  const ticks = scale.ticks(4).filter(Number.isInteger);
  const top = scale.domain()[1] ?? 1;
  return {
    top: top * seconds,
    ticks: ticks.map((tick) => ({
      value: tick * seconds,
      words: word ? `${tick} ${word}` : tick.toLocaleString('en-IN'),
    })),
  };
}

function valueWords(value: number | null, unit: DayData['unit']): string {
  if (value === null) return 'not known';
  return unit === 'seconds' ? duration(value) : value.toLocaleString('en-IN');
}

/** One day in words. */
function reading({ days, series, unit }: DayData, at: number): string {
  const said = series.map(
    ({ name, values }) => `${name.toLowerCase()} ${valueWords(values[at] ?? null, unit)}`,
  );
  return `${dayWords(days[at] ?? '')}: ${said.join(', ')}`;
}

/** Values by day: bars upon each other, or lines. The pointer and the arrow keys go through the days and read each out. */
export function DayPlot({ plot, data }: { plot: Plot; data: DayData }) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number>();
  const { days, series, draw, unit } = data;
  const sums = days.map((_, day) => series.reduce((sum, { values }) => sum + (values[day] ?? 0), 0));
  const most = Math.max(
    ...(draw === 'stacked' ? sums : series.flatMap(({ values }) => values.map((v) => v ?? 0))),
    0,
  );
  const { top, ticks } = axisOf(most, unit);
  const x = scaleBand(days, [EDGE.left, Math.max(width - EDGE.right, EDGE.left + 1)]).paddingInner(
    days.length > 60 ? 0.1 : 0.25,
  );
  const y = scaleLinear([0, top], [HEIGHT - EDGE.bottom, EDGE.top]);
  const middle = (day: string) => (x(day) ?? 0) + x.bandwidth() / 2;
  const every = Math.max(1, Math.ceil(LABEL_PX / Math.max(x.step(), 0.1)));
  const move = (to: number) => setAt(Math.min(Math.max(to, 0), days.length - 1));
  const last = days.length - 1;
  const press = (event: KeyboardEvent) => {
    const to = { ArrowRight: (at ?? -1) + 1, ArrowLeft: (at ?? last + 1) - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  };
  const point = (event: PointerEvent) => {
    const left = event.currentTarget.getBoundingClientRect().left;
    move(Math.floor((event.clientX - left - EDGE.left) / x.step()));
  };
  return (
    <>
      <div className="plot" ref={ref}>
        <svg
          className="plot-picture"
          width={width}
          height={HEIGHT}
          role="img"
          aria-labelledby={`${plot.id}-title ${plot.id}-words`}
        >
          <Patterns id={plot.id} series={series} />
          <text className="axis-title" x={0} y={12}>
            {plot.axis}
          </text>
          {ticks.map((tick) => (
            <g key={tick.value}>
              <line
                className="grid-line"
                x1={EDGE.left}
                x2={width - EDGE.right}
                y1={y(tick.value)}
                y2={y(tick.value)}
              />
              <text className="axis-word" x={EDGE.left - 6} y={y(tick.value) + 4} textAnchor="end">
                {tick.words}
              </text>
            </g>
          ))}
          {days.map((day, index) =>
            (last - index) % every === 0 && middle(day) > EDGE.left ? (
              <text
                key={day}
                className="axis-word"
                x={Math.min(middle(day), width - 22)}
                y={HEIGHT - EDGE.bottom + 16}
                textAnchor="middle"
              >
                {dayAndMonth(day)}
              </text>
            ) : null,
          )}
          <text className="axis-title" x={width - EDGE.right} y={HEIGHT - 4} textAnchor="end">
            Day
          </text>
          {at === undefined ? null : (
            <rect
              className="plot-cursor"
              x={(x(days[at] ?? '') ?? 0) - 1}
              y={EDGE.top}
              width={x.bandwidth() + 2}
              height={HEIGHT - EDGE.top - EDGE.bottom}
            />
          )}
          {draw === 'line' ? (
            <Lines data={data} middle={middle} y={y} room={width / POINT_PX} />
          ) : (
            <Bars plot={plot} data={data} x={x} y={y} />
          )}
        </svg>
        <div
          className="plot-hand"
          role="slider"
          tabIndex={0}
          aria-label={`${plot.title}, day by day`}
          aria-valuemin={1}
          aria-valuemax={days.length}
          aria-valuenow={(at ?? last) + 1}
          aria-valuetext={reading(data, at ?? last)}
          onKeyDown={press}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setAt(undefined)}
          onFocus={() => setAt(at ?? last)}
          onBlur={() => setAt(undefined)}
        />
      </div>
      <p className="plot-reading quiet" aria-hidden>
        {at === undefined ? 'Point at a day, or go through the days with the arrow keys.' : reading(data, at)}
      </p>
    </>
  );
}

type Across = ReturnType<typeof scaleBand<string>>;
type Up = ReturnType<typeof scaleLinear<number, number>>;

function Bars({ plot, data, x, y }: { plot: Plot; data: DayData; x: Across; y: Up }) {
  const { days, series, draw } = data;
  const width = draw === 'beside' ? x.bandwidth() / series.length : x.bandwidth();
  return days.map((day, at) => {
    let below = 0;
    return series.map((each, order) => {
      const value = each.values[at] ?? 0;
      const from = below;
      if (draw === 'stacked') below += value;
      return value === 0 ? null : (
        <rect
          key={`${day}${each.name}`}
          x={(x(day) ?? 0) + (draw === 'beside' ? order * width : 0)}
          y={y(from + value)}
          width={width}
          height={y(from) - y(from + value)}
          {...inked(plot.id, each)}
        />
      );
    });
  });
}

interface LinesProps {
  data: DayData;
  middle: (day: string) => number;
  y: Up;
  /** So many points fit beside each other. */
  room: number;
}

function Lines({ data, middle, y, room }: LinesProps) {
  return data.series.map((each) => {
    const known = data.days.flatMap((day, at) => {
      const value = each.values[at] ?? null;
      return value === null ? [] : [{ day, value }];
    });
    const path = line<{ day: string; value: number }>(
      ({ day }) => middle(day),
      ({ value }) => y(value),
    )(known);
    return (
      <g key={each.name}>
        <path d={path ?? ''} className={`plot-line ink-${each.tone}`} />
        {known.length < room
          ? known.map(({ day, value }) => (
              <circle
                key={day}
                cx={middle(day)}
                cy={y(value)}
                r={3}
                className={`ink-full ink-${each.tone}`}
              />
            ))
          : null}
      </g>
    );
  });
}
