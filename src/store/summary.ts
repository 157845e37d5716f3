import type { Connection } from 'mongoose';
import type { PeopleTimes } from '../core/conversation';
import type { Counts, MetricsSummary, SummaryRange, SummarySource } from '../core/summary';

type Group = { _id: string | null; n: number };

const counts = (groups: Group[]): Counts =>
  Object.fromEntries(groups.filter(({ _id }) => _id).map(({ _id, n }) => [String(_id), n]));
const total = (all: Counts): number => Object.values(all).reduce((sum, n) => sum + n, 0);
const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
/** The median; null of nothing. */
function middle(values: number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** The shop's figures, counted by the store itself. Reads everything in the range: for pages and reports, not for the way of a message. */
export class MongoSummary implements SummarySource {
  constructor(private readonly connection: Connection) {}

  private async grouped(
    collection: string,
    match: Record<string, unknown>,
    key: string,
    unwind?: string,
  ): Promise<Counts> {
    const stages = [
      { $match: match },
      ...(unwind ? [{ $unwind: `$${unwind}` }, { $match: match }] : []),
      { $group: { _id: `$${key}`, n: { $sum: 1 } } },
    ];
    return counts(await this.connection.collection(collection).aggregate<Group>(stages).toArray());
  }

  async summary(range: SummaryRange): Promise<MetricsSummary> {
    const within = (field: string) => {
      const bounds = { ...(range.from ? { $gte: range.from } : {}), ...(range.to ? { $lt: range.to } : {}) };
      return { [field]: Object.keys(bounds).length > 0 ? bounds : { $exists: true } };
    };
    const opened = within('createdAt');
    const asked = within('requests.at');
    const [
      byOwner,
      byChannel,
      byLocale,
      byReason,
      authors,
      failed,
      byType,
      byState,
      returnReasons,
      returnStates,
      parcels,
    ] = await Promise.all([
      this.grouped('conversations', opened, 'owner'),
      this.grouped('conversations', opened, 'reference.channel'),
      this.grouped('conversations', opened, 'locale'),
      this.grouped('conversations', { ...opened, everHanded: true }, 'lastHandoffReason'),
      this.grouped('messages', { ...within('at'), visibility: 'public' }, 'from'),
      this.connection.collection('messages').countDocuments({ ...within('at'), rank: 2 }),
      this.grouped('orders', asked, 'requests.type', 'requests'),
      this.grouped('orders', asked, 'requests.state', 'requests'),
      this.grouped('orders', { ...asked, 'requests.type': 'return' }, 'requests.return.reason', 'requests'),
      this.grouped('orders', { ...asked, 'requests.type': 'return' }, 'requests.state', 'requests'),
      this.parcels(within('placedAt')),
    ]);
    const conversations = total(byOwner);
    const handed = total(byReason);
    return {
      conversations: { total: conversations, byOwner, byChannel, byLocale },
      messages: {
        fromCustomers: authors.customer ?? 0,
        fromBot: authors.bot ?? 0,
        fromAgents: authors.agent ?? 0,
        failed,
      },
      deflection: share(conversations - handed, conversations),
      handover: { count: handed, rate: share(handed, conversations), byReason },
      ...(await this.people(within('people.since'))),
      requests: {
        total: total(byType),
        byType,
        byState,
        carrierAcceptanceSeconds: await this.acceptance(asked),
      },
      returns: { total: total(returnStates), byReason: returnReasons, byState: returnStates },
      deliveries: parcels,
      satisfaction: await this.satisfaction(within('survey.answeredAt')),
    };
  }

  /** How long customers waited for a person, and until the person was done; of the last time each conversation needed one. */
  private async people(
    match: Record<string, unknown>,
  ): Promise<Pick<MetricsSummary, 'firstResponse' | 'resolution'>> {
    const found = await this.connection
      .collection('conversations')
      .find<{ people: PeopleTimes }>(match as never, { projection: { _id: 0, people: 1 } })
      .toArray();
    const median = (end: 'answeredAt' | 'endedAt') =>
      middle(
        found.flatMap(({ people }) => {
          const at = people[end];
          return at ? [(at.getTime() - people.since.getTime()) / 1000] : [];
        }),
      );
    return { firstResponse: median('answeredAt'), resolution: median('endedAt') };
  }

  /** Of the last time each conversation was asked; 4 and 5 of 5 count as satisfied. */
  private async satisfaction(match: Record<string, unknown>): Promise<MetricsSummary['satisfaction']> {
    const byScore = await this.grouped('conversations', match, 'survey.score');
    const answers = total(byScore);
    return { csat: share((byScore[4] ?? 0) + (byScore[5] ?? 0), answers), nps: null, answers };
  }

  private async acceptance(asked: Record<string, unknown>): Promise<number | null> {
    const accepted = { ...asked, 'requests.state': 'accepted' };
    const settled = await this.connection
      .collection('orders')
      .aggregate<{ at: Date; settledAt?: Date }>([
        { $match: accepted },
        { $unwind: '$requests' },
        { $match: accepted },
        { $project: { _id: 0, at: '$requests.at', settledAt: '$requests.settledAt' } },
      ])
      .toArray();
    return middle(
      settled.flatMap(({ at, settledAt }) =>
        settledAt ? [(settledAt.getTime() - at.getTime()) / 1000] : [],
      ),
    );
  }

  private async parcels(placed: Record<string, unknown>): Promise<MetricsSummary['deliveries']> {
    const byStatus = await this.grouped('orders', placed, 'shipments.status', 'shipments');
    const parcels = total(byStatus);
    const attemptFailed = byStatus.attempt_failed ?? 0;
    const rto = (byStatus.rto_initiated ?? 0) + (byStatus.rto_delivered ?? 0);
    return {
      parcels,
      attemptFailed,
      rto,
      ndrRate: share(attemptFailed, parcels),
      rtoRate: share(rto, parcels),
    };
  }
}
