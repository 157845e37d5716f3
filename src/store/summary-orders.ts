import type { Connection } from 'mongoose';
import type { OrderItem, RequestState, RequestType, ShipmentStatus } from '../core/order';
import type { Counts, MetricsSummary, ReturnedItem, SummaryQuery } from '../core/summary';
import type { Day } from '../core/zone';
import {
  byDay,
  countsOf,
  dayOfField,
  keyOfChannel,
  middleSeconds,
  share,
  spokenIn,
  sumOf,
  within,
  type Row,
  type Stage,
} from './summary-rows';

/** Items listed, those sent back most first. */
const ITEMS = 50;
const NOT_COMING: RequestState[] = ['rejected', 'cancelled'];

/** What one group of requests has in common. */
interface Asked {
  day: Day;
  type: RequestType;
  state: RequestState;
  /** Of a return. */
  reason?: string;
  /** Only where the language counts. */
  conversation?: string;
}

/** What one group of parcels has in common. */
interface Parcel {
  day: Day;
  status: ShipmentStatus;
  failedOnce: boolean;
}

type Back = Row<{ sku: string; conversation?: string }> & { ordered: OrderItem[] };
type Settled = Row<Asked> & { times: (number | null)[] };

/** Figures of orders, and the same by day. */
export type OrderFigures = Pick<MetricsSummary, 'requests' | 'returns' | 'deliveries'>;
export type OrderDay = Pick<
  MetricsSummary['days'][number],
  'requests' | 'returns' | 'parcels' | 'failedOnce' | 'rto'
>;

const isReturn = ({ type }: Asked) => type === 'return';
const isRto = ({ status }: Parcel) => status === 'rto_initiated' || status === 'rto_delivered';

/** Reads what is told of orders: what was asked of them, what came back, how their parcels fared. */
export class OrderCounts {
  constructor(private readonly connection: Connection) {}

  async read(
    query: SummaryQuery,
  ): Promise<{ figures: OrderFigures; dayOf(day: Day): OrderDay; days: Day[] }> {
    const asked = await this.asked(query);
    const items = await this.items(query);
    const parcels = await this.parcels(query);
    const returns = asked.filter(({ _id }) => isReturn(_id));
    const all = sumOf(parcels);
    const attemptFailed = sumOf(parcels, ({ status }) => status === 'attempt_failed');
    const failedOnce = sumOf(parcels, (id) => id.failedOnce);
    const rto = sumOf(parcels, isRto);
    const [askedOn, parcelsOn] = [byDay(asked, ({ _id }) => _id.day), byDay(parcels, ({ _id }) => _id.day)];
    return {
      figures: {
        requests: {
          total: sumOf(asked),
          byType: countsOf(asked, ({ type }) => type),
          byState: countsOf(asked, ({ state }) => state),
          byTypeAndState: byTypeAndState(asked),
          carrierAcceptanceSeconds: middleSeconds(asked.flatMap(({ times }) => times)),
        },
        returns: {
          total: sumOf(returns),
          byReason: countsOf(returns, ({ reason }) => reason),
          byState: countsOf(returns, ({ state }) => state),
          items,
        },
        deliveries: {
          parcels: all,
          attemptFailed,
          failedOnce,
          rto,
          ndrRate: share(attemptFailed, all),
          failedOnceRate: share(failedOnce, all),
          rtoRate: share(rto, all),
        },
      },
      days: [...asked, ...parcels].map(({ _id }) => _id.day),
      dayOf: (day) => {
        const [requests, placed] = [askedOn(day), parcelsOn(day)];
        return {
          requests: sumOf(requests),
          returns: sumOf(requests, isReturn),
          parcels: sumOf(placed),
          failedOnce: sumOf(placed, (id) => id.failedOnce),
          rto: sumOf(placed, isRto),
        };
      },
    };
  }

  private aggregate<T extends object>(stages: Stage[]): Promise<T[]> {
    return this.connection.collection('orders').aggregate<T>(stages).toArray();
  }

  /** One document a request of the span; a request made by the shop itself belongs to no channel or language. */
  private requests(query: SummaryQuery, more: Stage = {}): Stage[] {
    const key = keyOfChannel(query);
    const wanted = { at: within(query), ...more, ...(key ? { conversation: key } : {}) };
    const each = Object.fromEntries(
      Object.entries(wanted).map(([name, value]) => [`requests.${name}`, value]),
    );
    return [
      // The element as a whole, or the index could serve only one end of the span.
      { $match: { requests: { $elemMatch: wanted } } },
      { $unwind: '$requests' },
      { $match: each },
    ];
  }

  private async asked(query: SummaryQuery): Promise<Settled[]> {
    const id = {
      day: dayOfField('requests.at', query),
      type: '$requests.type',
      state: '$requests.state',
      reason: '$requests.return.reason',
      ...(query.locale ? { conversation: '$requests.conversation' } : {}),
    };
    const time = { $subtract: ['$requests.settledAt', '$requests.at'] };
    const times = { $push: { $cond: [{ $eq: ['$requests.state', 'accepted'] }, time, null] } };
    const rows = await this.aggregate<Settled>([
      ...this.requests(query),
      { $group: { _id: id, n: { $sum: 1 }, times } },
    ]);
    return spokenIn(this.connection, query, rows, ({ _id }) => _id.conversation);
  }

  /** Pieces sent back of each item, beside those sold in the span. */
  private async items(query: SummaryQuery): Promise<ReturnedItem[]> {
    const id = {
      sku: '$requests.return.items.sku',
      ...(query.locale ? { conversation: '$requests.conversation' } : {}),
    };
    const pieces = { $sum: '$requests.return.items.quantity' };
    const groups = await this.aggregate<Back>([
      ...this.requests(query, { type: 'return', state: { $nin: NOT_COMING } }),
      { $unwind: '$requests.return.items' },
      { $group: { _id: id, n: pieces, ordered: { $first: '$items' } } },
    ]);
    const rows = await spokenIn(this.connection, query, groups, ({ _id }) => _id.conversation);
    const most = Object.entries(countsOf(rows, ({ sku }) => sku))
      .sort(([a, n], [b, m]) => m - n || a.localeCompare(b))
      .slice(0, ITEMS);
    const named = new Map(rows.flatMap(({ ordered }) => ordered.map(({ sku, name }) => [sku, name])));
    const sold =
      most.length > 0
        ? await this.sold(
            query,
            most.map(([sku]) => sku),
          )
        : {};
    return most.map(([sku, returned]) => ({
      sku,
      name: named.get(sku) ?? sku,
      returned,
      sold: sold[sku] ?? 0,
      rate: share(returned, sold[sku] ?? 0),
    }));
  }

  private async sold(query: SummaryQuery, skus: string[]): Promise<Counts> {
    const wanted = { 'items.sku': { $in: skus } };
    const rows = await this.aggregate<Row<string>>([
      { $match: { placedAt: within(query), ...wanted } },
      { $unwind: '$items' },
      { $match: wanted },
      { $group: { _id: '$items.sku', n: { $sum: '$items.quantity' } } },
    ]);
    return countsOf(rows, (sku) => sku);
  }

  private parcels(query: SummaryQuery): Promise<Row<Parcel>[]> {
    const id = {
      day: dayOfField('placedAt', query),
      status: '$shipments.status',
      failedOnce: { $gt: ['$shipments.attempts', 0] },
    };
    return this.aggregate([
      { $match: { placedAt: within(query) } },
      { $unwind: '$shipments' },
      { $group: { _id: id, n: { $sum: 1 } } },
    ]);
  }
}

function byTypeAndState(asked: Row<Asked>[]): MetricsSummary['requests']['byTypeAndState'] {
  const types = Object.keys(countsOf(asked, ({ type }) => type));
  const of = (type: string) => asked.filter(({ _id }) => _id.type === type);
  return Object.fromEntries(types.map((type) => [type, countsOf(of(type), ({ state }) => state)]));
}
