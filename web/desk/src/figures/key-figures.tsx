import type { Figures } from '../../../../src/core/summary';
import { duration } from '../lib/time';
import { Icon } from '../ui/icons';
import { percent } from './plot';

interface Key {
  word: string;
  read(figures: Figures): number | null;
  unit: 'count' | 'share' | 'seconds';
  /** Which way is better; absent where neither is. */
  better?: 'more' | 'less';
  /** Stays the whole shop's when a channel or language is chosen. */
  whole?: true;
}

const KEYS: Key[] = [
  { word: 'Conversations', unit: 'count', read: (of) => of.conversations.total },
  { word: 'Solved without a person', unit: 'share', better: 'more', read: (of) => of.deflection },
  { word: 'Handed to a person', unit: 'share', better: 'less', read: (of) => of.handover.rate },
  { word: 'Asked where an order is', unit: 'share', better: 'less', read: (of) => of.wismo.share },
  { word: 'First answer of a person', unit: 'seconds', better: 'less', read: (of) => of.firstResponse },
  { word: 'Time to resolve', unit: 'seconds', better: 'less', read: (of) => of.resolution },
  { word: 'Found the help good', unit: 'share', better: 'more', read: (of) => of.satisfaction.csat },
  {
    word: 'Carrier accepts after',
    unit: 'seconds',
    better: 'less',
    read: (of) => of.requests.carrierAcceptanceSeconds,
  },
  {
    word: 'Parcels with a failed attempt',
    unit: 'share',
    better: 'less',
    whole: true,
    read: (of) => of.deliveries.failedOnceRate,
  },
  {
    word: 'Parcels that went back',
    unit: 'share',
    better: 'less',
    whole: true,
    read: (of) => of.deliveries.rtoRate,
  },
];

function valueWords(value: number | null, unit: Key['unit']): string {
  if (value === null) return '–';
  if (unit === 'share') return percent(value);
  return unit === 'seconds' ? duration(value) : value.toLocaleString('en-IN');
}

/** How much more or less, in words; undefined where there is nothing to compare. */
function changeWords(now: number | null, before: number | null, unit: Key['unit']): string | undefined {
  if (now === null || before === null || (unit === 'count' && before === 0)) return undefined;
  const by = Math.abs(now - before);
  if (unit === 'seconds') return duration(by);
  if (unit === 'share') return `${(by * 100).toFixed(1).replace(/\.0$/, '')} points`;
  return percent(by / before);
}

function Change({ mine, now, before }: { mine: Key; now: number | null; before: number | null }) {
  const words = changeWords(now, before, mine.unit);
  if (words === undefined || now === null || before === null) return <>nothing to compare with</>;
  if (/^0 /.test(words)) return <>as before</>;
  const way = now > before ? 'more' : 'less';
  const tone = mine.better === undefined ? '' : way === mine.better ? 'is-better' : 'is-worse';
  return (
    <span className={tone}>
      <Icon name={way === 'more' ? 'up' : 'down'} />
      {words} {way}
      {tone === '' ? '' : tone === 'is-better' ? ', better' : ', worse'}
    </span>
  );
}

/** The figures that matter most, each with its change against the span before. */
export function KeyFigures({
  now,
  before,
  isCut,
}: {
  now: Figures | undefined;
  before: Figures | undefined;
  /** A channel or a language is chosen. */
  isCut: boolean;
}) {
  return (
    <dl className="figures key-figures">
      {KEYS.map((mine) => (
        <div key={mine.word} className="figure">
          <dt>
            {mine.word}
            {isCut && mine.whole ? ', whole shop' : ''}
          </dt>
          <dd>{now ? valueWords(mine.read(now), mine.unit) : '…'}</dd>
          <dd className="figure-change">
            {now && before ? <Change mine={mine} now={mine.read(now)} before={mine.read(before)} /> : '…'}
          </dd>
        </div>
      ))}
    </dl>
  );
}
