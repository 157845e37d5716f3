import { Router } from 'express';
import { z } from 'zod';
import { AppError } from '../../core/errors';
import type { SummarySource } from '../../core/summary';
import { parseInstant } from '../../core/zone';
import { CSV_TYPE, summaryCsv } from '../../support/summary-csv';
import { readWith } from './read';
import { summaryCut } from './summary-forms';

/** `/metrics/summary`: the shop's figures as JSON, or as a table where the caller prefers `text/csv`. */
export function summaryRoutes(options: { summary: SummarySource; timeZone: string }): Router {
  const { summary, timeZone } = options;
  const moment = z
    .string()
    .transform((text) => parseInstant(text, timeZone))
    .refine((at) => at !== undefined, 'must be a day or an ISO time')
    .optional();
  const query = z.object({ from: moment, to: moment, ...summaryCut });
  const router = Router();
  router.get('/summary', async (req, res) => {
    const form = req.accepts(['application/json', 'text/csv']);
    if (!form) throw new AppError('not_acceptable', 'accept application/json or text/csv');
    const figures = await summary.summary({ ...readWith(query, req.query), timeZone });
    res.vary('Accept');
    if (form === 'text/csv') res.type(CSV_TYPE).send(summaryCsv(figures));
    else res.json(figures);
  });
  return router;
}
