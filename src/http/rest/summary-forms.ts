import { z } from 'zod';
import { LOCALES } from '../../core/locale';

/** What narrows the figures, besides the span. */
export const summaryCut = {
  channel: z
    .string()
    .regex(/^[a-z][a-z-]{0,39}$/, 'must be a channel, for example whatsapp')
    .optional()
    .describe(
      'only conversations of this channel, and what was asked in them; deliveries stay those of the whole shop',
    ),
  locale: z
    .enum(LOCALES, `must be one of ${LOCALES.join(', ')}`)
    .optional()
    .describe('the same by the language of the conversation'),
};

/** How the figures look as a table. */
export const SUMMARY_TABLE =
  'a line for each figure: its name in the JSON, what it is of, the name of an item, the day, the value (empty where it cannot be known) and its unit (count, share, seconds)';

const counts = z.record(z.string(), z.number());
const share = z.number().nullable();
const seconds = z.number().nullable();

const day = z.object({
  day: z.string().describe("YYYY-MM-DD in the shop's zone"),
  conversations: z.number().describe('begun that day'),
  handed: z.number().describe('of them those that ever needed a person'),
  wismo: z.number().describe('of them those that asked where an order is'),
  firstResponse: seconds,
  resolution: seconds,
  answers: z.number(),
  satisfied: z.number(),
  requests: z.number(),
  returns: z.number(),
  parcels: z.number().describe('of orders placed that day'),
  failedOnce: z.number(),
  rto: z.number(),
});

/** The figures as JSON. */
export const summaryForm = z.object({
  conversations: z.object({ total: z.number(), byOwner: counts, byChannel: counts, byLocale: counts }),
  messages: z.object({
    fromCustomers: z.number(),
    fromBot: z.number(),
    fromAgents: z.number(),
    failed: z.number(),
  }),
  topics: counts.describe('what conversations asked about, by the names of intents'),
  wismo: z
    .object({ count: z.number(), share })
    .describe('conversations that asked where an order is; counted from the version on that notes it'),
  deflection: share,
  handover: z.object({ count: z.number(), rate: share, byReason: counts }),
  firstResponse: seconds.describe(
    'from the moment a person was needed to the first word of one; seconds, median, of the last time each conversation needed one',
  ),
  resolution: seconds.describe(
    'from that moment until a person resolved it or gave it back; seconds, median',
  ),
  requests: z.object({
    total: z.number(),
    byType: counts,
    byState: counts,
    byTypeAndState: z.record(z.string(), counts),
    carrierAcceptanceSeconds: seconds.describe('from asking to the word that it is accepted; median'),
  }),
  returns: z.object({
    total: z.number(),
    byReason: counts,
    byState: counts,
    items: z
      .array(
        z.object({ sku: z.string(), name: z.string(), returned: z.number(), sold: z.number(), rate: share }),
      )
      .describe(
        'the fifty sent back most: pieces asked back, without requests rejected or cancelled, beside pieces sold in the span',
      ),
  }),
  deliveries: z.object({
    parcels: z.number(),
    attemptFailed: z.number().describe('parcels whose last word is a failed attempt'),
    failedOnce: z.number().describe('parcels with a failed attempt at any time'),
    rto: z.number(),
    ndrRate: share,
    failedOnceRate: share,
    rtoRate: share,
  }),
  satisfaction: z
    .object({ csat: share, nps: share, answers: z.number(), byScore: counts })
    .describe('csat: share of answers of 4 or 5 of 5, null while there is none; nps is not asked'),
  days: z.array(day).describe('the days of which anything is known, in order'),
});
