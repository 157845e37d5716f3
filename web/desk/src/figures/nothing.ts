import type { Figures } from '../../../../src/core/summary';

/** Figures before any are there: the page has its shape at once, and nothing jumps when they come. */
export const NOTHING: Figures = {
  conversations: { total: 0, byOwner: {}, byChannel: {}, byLocale: {} },
  topics: {},
  wismo: { count: 0, share: null },
  deflection: null,
  handover: { count: 0, rate: null, byReason: {} },
  firstResponse: null,
  resolution: null,
  requests: { total: 0, byType: {}, byState: {}, byTypeAndState: {}, carrierAcceptanceSeconds: null },
  returns: { total: 0, byReason: {}, byState: {}, items: [] },
  deliveries: {
    parcels: 0,
    attemptFailed: 0,
    failedOnce: 0,
    rto: 0,
    ndrRate: null,
    failedOnceRate: null,
    rtoRate: null,
  },
  satisfaction: { csat: null, nps: null, answers: 0, byScore: {} },
  days: [],
};
