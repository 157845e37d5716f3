import type { Request, Router } from 'express';
import { z } from 'zod';
import { LOCALES } from '../core/locale';
import { sparing } from '../core/sparing';
import { addDays, daysBetween, instantOf, type Day } from '../core/zone';
import { isDay } from '../support/fields';
import { CSV_TYPE, summaryCsv } from '../support/summary-csv';
import { requireRole } from './access';
import type { DeskDeps } from './deps';
import { read } from './problem';
import type { FiguresWire } from './wire';

/** The longest span the page shows. */
const DAYS_MAX = 366;
/** Different questions whose answers are kept for a moment. */
const KEPT = 50;
/** Spreadsheets take a table for UTF-8 only when it begins with this. */
const MARK = '\uFEFF';

const day = z.string().refine((text) => /^20\d{2}-\d{2}-\d{2}$/.test(text) && isDay(text), {
  message: 'must be a day, for example 2026-11-27',
  // Days that are none are not compared.
  abort: true,
});
const question = z
  .object({
    from: day,
    to: day,
    channel: z
      .string()
      .regex(/^[a-z][a-z-]{0,39}$/, 'must be a channel')
      .optional(),
    locale: z.enum(LOCALES, 'must be a language').optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before the first day' })
  .refine(({ from, to }) => daysBetween(from, to) < DAYS_MAX, {
    path: ['to'],
    message: `must be at most ${DAYS_MAX} days after the first`,
  });
type Question = z.output<typeof question>;

/** The shop's figures for its supervisors, as the page shows them and as a table. */
export function figuresRoutes(router: Router, deps: DeskDeps): void {
  const { summary, clock } = deps;
  const { timeZone } = deps.rules;
  const kept = new Map<string, () => Promise<FiguresWire>>();
  let last: Promise<unknown> = Promise.resolve();

  async function count({ from, to, ...cut }: Question): Promise<FiguresWire> {
    const at = (day: Day) => instantOf(day, 0, timeZone);
    const span = { from: at(from), to: at(addDays(to, 1)) };
    return {
      from,
      to,
      countedAt: clock.now().toISOString(),
      channels: (deps.channels ?? []).map(({ id }) => id),
      locales: [...LOCALES],
      figures: await summary.figures({ ...span, ...cut, timeZone }),
    };
  }

  /** Counting goes through much of the store: one question after another, and each again only after a while. */
  function figures(asked: Question): Promise<FiguresWire> {
    const key = JSON.stringify(asked);
    let answer = kept.get(key);
    if (!answer) {
      if (kept.size >= KEPT) kept.clear();
      answer = sparing(() => {
        const mine = last.then(() => count(asked));
        last = mine.catch(() => undefined);
        return mine;
      }, 0);
      kept.set(key, answer);
    }
    return answer();
  }
  const asked = (req: Request) => read(question, req.query);

  router.get('/figures', requireRole('supervisor'), async (req, res) => {
    res.json(await figures(asked(req)));
  });

  router.get('/figures.csv', requireRole('supervisor'), async (req, res) => {
    const { from, to, figures: found } = await figures(asked(req));
    res.attachment(`figures-${from}-${to}.csv`).type(CSV_TYPE);
    res.send(`${MARK}${summaryCsv(found)}`);
  });
}
