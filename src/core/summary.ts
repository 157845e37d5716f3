import type { Locale } from './locale';
import type { Day } from './zone';

/** A span of time; an absent end is open. `from` inclusive, `to` exclusive. */
export interface SummaryRange {
  from?: Date;
  to?: Date;
}

/** Which figures: of a span, and where it applies of one channel or language alone. Days are days of `timeZone`. */
export interface SummaryQuery extends SummaryRange {
  timeZone: string;
  channel?: string;
  locale?: Locale;
}

/** Counts by a name, for example by channel. */
export type Counts = Record<string, number>;

/** One item of the shop: pieces customers sent back or asked to, beside pieces sold in the span. */
export interface ReturnedItem {
  sku: string;
  name: string;
  returned: number;
  sold: number;
  /** Null where nothing was sold in the span. */
  rate: number | null;
}

/** What happened on one day of the shop. Times are seconds, medians. */
export interface DayFigures {
  day: Day;
  /** Begun that day; of them those that ever needed a person, and those that asked where an order is. */
  conversations: number;
  handed: number;
  wismo: number;
  /** Of those who needed a person from that day on. */
  firstResponse: number | null;
  resolution: number | null;
  /** Answers to the question how the help was, and the good ones among them. */
  answers: number;
  satisfied: number;
  requests: number;
  returns: number;
  /** Of orders placed that day. */
  parcels: number;
  failedOnce: number;
  rto: number;
}

/** What the shop sees at a glance. A share or time that cannot be known yet (nothing to divide by) is null. Times are seconds. */
export interface MetricsSummary {
  conversations: { total: number; byOwner: Counts; byChannel: Counts; byLocale: Counts };
  messages: { fromCustomers: number; fromBot: number; fromAgents: number; failed: number };
  /** What conversations asked about; one may ask about several things. */
  topics: Counts;
  /** Conversations that asked where an order is. */
  wismo: { count: number; share: number | null };
  /** Share of conversations that never needed a person. */
  deflection: number | null;
  handover: { count: number; rate: number | null; byReason: Counts };
  /** From the moment a person was needed to the first word of one. Seconds, median. */
  firstResponse: number | null;
  /** From the moment a person was needed until one resolved it or gave it back. Seconds, median. */
  resolution: number | null;
  requests: {
    total: number;
    byType: Counts;
    byState: Counts;
    byTypeAndState: Record<string, Counts>;
    carrierAcceptanceSeconds: number | null;
  };
  /** `items`: those sent back most, without requests that were rejected or called off. */
  returns: { total: number; byReason: Counts; byState: Counts; items: ReturnedItem[] };
  /** Of the whole shop, whatever channel or language is asked for. `attemptFailed`: as parcels stand now; `failedOnce`: at any time. */
  deliveries: {
    parcels: number;
    attemptFailed: number;
    failedOnce: number;
    rto: number;
    ndrRate: number | null;
    failedOnceRate: number | null;
    rtoRate: number | null;
  };
  /** `csat`: share of answers that are good or very good. `nps` is not asked: null. */
  satisfaction: { csat: number | null; nps: number | null; answers: number; byScore: Counts };
  /** The days of which anything is known, in order. */
  days: DayFigures[];
}

/** All but the count of messages, which costs more than most and which only reports want. */
export type Figures = Omit<MetricsSummary, 'messages'>;

/** Reads the figures of section "What the shop sees". */
export interface SummarySource {
  summary(query: SummaryQuery): Promise<MetricsSummary>;
  figures(query: SummaryQuery): Promise<Figures>;
}
