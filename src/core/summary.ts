/** A span of time; an absent end is open. `from` inclusive, `to` exclusive. */
export interface SummaryRange {
  from?: Date;
  to?: Date;
}

/** Counts by a name, for example by channel. */
export type Counts = Record<string, number>;

/** What the shop sees at a glance. A share or time that cannot be known yet (nothing to divide by) is null. Times are seconds. */
export interface MetricsSummary {
  conversations: { total: number; byOwner: Counts; byChannel: Counts; byLocale: Counts };
  messages: { fromCustomers: number; fromBot: number; fromAgents: number; failed: number };
  /** Share of conversations that never needed a person. */
  deflection: number | null;
  handover: { count: number; rate: number | null; byReason: Counts };
  /** From the moment a person was needed to the first word of one. Seconds, median. */
  firstResponse: number | null;
  /** From the moment a person was needed until one resolved it or gave it back. Seconds, median. */
  resolution: number | null;
  requests: { total: number; byType: Counts; byState: Counts; carrierAcceptanceSeconds: number | null };
  returns: { total: number; byReason: Counts; byState: Counts };
  deliveries: {
    parcels: number;
    attemptFailed: number;
    rto: number;
    ndrRate: number | null;
    rtoRate: number | null;
  };
  /** `csat`: share of answers that are good or very good. `nps` is not asked: null. */
  satisfaction: { csat: number | null; nps: number | null; answers: number };
}

/** Reads the figures of section "What the shop sees". */
export interface SummarySource {
  summary(range: SummaryRange): Promise<MetricsSummary>;
}
