import { useCallback, useEffect, useMemo, useState } from 'react';
import type { FiguresWire } from '../../../../src/desk/wire';
import { call } from '../lib/api';
import { useDesk } from '../lib/desk';
import { addDays, clockTime, dayWords } from '../lib/time';
import { Empty, Fault, IconButton } from '../ui/parts';
import { Icon } from '../ui/icons';
import { Controls } from './controls';
import { KeyFigures } from './key-figures';
import { NOTHING } from './nothing';
import { PlotCard } from './plot-card';
import { everyDay, many } from './plot';
import { plotsOf } from './plots';
import { addressOf, daysOf, queryOf, readQuestion, type Question } from './question';

/** Figures and those of as many days before, which come a moment later. */
interface Counted {
  query: string;
  now: FiguresWire;
  before?: FiguresWire;
}

/** The shop's figures: the most important ones with their change, and plots, each also as a table and a file. */
export function Figures() {
  const { role } = useDesk().session.agent;
  return role === 'agent' ? (
    <main className="page" aria-label="Figures">
      <h1>Figures</h1>
      <Empty icon="figures" title="For supervisors">
        The shop’s figures are shown to supervisors and admins.
      </Empty>
    </main>
  ) : (
    <FiguresPage />
  );
}

function FiguresPage() {
  const [question, setQuestion] = useState<Question>(() => readQuestion(window.location.search));
  const query = queryOf(question);
  const { counted, fault, load } = useCounted(query);
  const isWaiting = counted === undefined;
  const isOld = counted !== undefined && counted.query !== query;
  const isCounting = (isWaiting || isOld) && fault === undefined;
  const ask = (next: Question) => {
    setQuestion(next);
    window.history.replaceState(null, '', addressOf(next));
  };
  const { from, to } = counted?.now ?? daysOf(question.range);
  const plots = useMemo(
    () => plotsOf({ figures: counted?.now.figures ?? NOTHING, from, to }),
    [counted?.now, from, to],
  );
  return (
    <main className="page figures-page" aria-label="Figures">
      <div className="page-head figures-head">
        <h1>Figures</h1>
        <p className="quiet" role="status">
          {isCounting ? 'Counting…' : counted && !isOld ? spanWords(counted.now) : ''}
        </p>
        <IconButton icon="retry" label="Count again" onPress={() => void load()} isDisabled={isCounting} />
        <a className="button small" href={`/desk/api/figures.csv?${query ?? ''}`} download>
          <Icon name="download" /> All as CSV
        </a>
      </div>
      <Controls
        question={question}
        channels={counted?.now.channels ?? []}
        locales={counted?.now.locales ?? []}
        onChange={ask}
      />
      {fault === undefined ? null : <Fault onRetry={() => void load()}>{fault}</Fault>}
      {fault !== undefined && (isWaiting || isOld) ? null : (
        <div className={`figures-body ${isOld ? 'is-old' : ''}`} aria-busy={isCounting}>
          <KeyFigures
            now={counted?.now.figures}
            before={counted?.before?.figures}
            isCut={Boolean(question.channel || question.locale)}
          />
          <div className="plots">
            {plots.map((plot) => (
              <PlotCard key={plot.id} plot={plot} file={`${from}-${to}`} isWaiting={isWaiting} />
            ))}
          </div>
        </div>
      )}
    </main>
  );
}

function spanWords({ from, to, countedAt }: FiguresWire): string {
  const length = everyDay(from, to).length;
  const before = `${many(length, 'day')} before`;
  return `${dayWords(from)} to ${dayWords(to)}, compared with the ${before}. Counted at ${clockTime(countedAt)}.`;
}

/** The same question for as many days before. */
function earlier(query: string): string {
  const asked = new URLSearchParams(query);
  const [from = '', to = ''] = [asked.get('from') ?? '', asked.get('to') ?? ''];
  const length = everyDay(from, to).length;
  asked.set('from', addDays(from, -length));
  asked.set('to', addDays(from, -1));
  return asked.toString();
}

/** Asks for the figures of a question, then for those of the span before; the last question asked counts. */
function useCounted(query: string | undefined) {
  const [counted, setCounted] = useState<Counted>();
  const [fault, setFault] = useState<string>();
  const [round, setRound] = useState(0);
  useEffect(() => {
    if (query === undefined) return undefined;
    let isLast = true;
    setFault(undefined);
    const ask = (text: string) => call<FiguresWire>('GET', `/figures?${text}`);
    const run = async () => {
      const now = await ask(query);
      if (!isLast) return;
      setCounted((last) => ({
        query,
        now,
        ...(last?.query === query && last.before ? { before: last.before } : {}),
      }));
      const before = await ask(earlier(query));
      if (isLast) setCounted({ query, now, before });
    };
    run().catch((error: unknown) => {
      if (isLast) setFault(error instanceof Error ? error.message : String(error));
    });
    return () => {
      isLast = false;
    };
  }, [query, round]);
  const load = useCallback(() => setRound((n) => n + 1), []);
  return { counted, fault, load };
}
