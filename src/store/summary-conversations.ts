import type { Connection } from 'mongoose';
import type { IntentName } from '../core/intents';
import type { MetricsSummary, SummaryQuery } from '../core/summary';
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

/** What one group of conversations has in common. */
interface Begun {
  day: Day;
  owner: string;
  channel: string;
  locale: string;
  /** Why it last went to a person; absent when it never did. */
  reason?: string;
  topics?: IntentName[];
}

interface Written {
  from: string;
  visibility: string;
  failed: boolean;
  conversation?: string;
}

type Waits = { _id: Day; first: (number | null)[]; whole: (number | null)[] };
type Scores = { day: Day; score: number };

/** Figures of conversations, and the same by day. */
export type ConversationFigures = Pick<
  MetricsSummary,
  | 'conversations'
  | 'topics'
  | 'wismo'
  | 'deflection'
  | 'handover'
  | 'firstResponse'
  | 'resolution'
  | 'satisfaction'
>;
export type ConversationDay = Pick<
  MetricsSummary['days'][number],
  'conversations' | 'handed' | 'wismo' | 'firstResponse' | 'resolution' | 'answers' | 'satisfied'
>;

/** Reads what is told of conversations: each collection's part of the span is gone through once for each question. */
export class ConversationCounts {
  constructor(private readonly connection: Connection) {}

  async read(
    query: SummaryQuery,
  ): Promise<{ figures: ConversationFigures; dayOf(day: Day): ConversationDay; days: Day[] }> {
    const begun = await this.begun(query);
    const waits = await this.waits(query);
    const scores = await this.scores(query);
    const conversations = sumOf(begun);
    const handed = sumOf(begun, isHanded);
    const asked = sumOf(begun, asksWhere);
    const answers = sumOf(scores);
    return {
      figures: {
        conversations: {
          total: conversations,
          byOwner: countsOf(begun, ({ owner }) => owner),
          byChannel: countsOf(begun, ({ channel }) => channel),
          byLocale: countsOf(begun, ({ locale }) => locale),
        },
        topics: topicsOf(begun),
        wismo: { count: asked, share: share(asked, conversations) },
        deflection: share(conversations - handed, conversations),
        handover: {
          count: handed,
          rate: share(handed, conversations),
          byReason: countsOf(begun, ({ reason }) => reason),
        },
        firstResponse: middleSeconds(waits.flatMap(({ first }) => first)),
        resolution: middleSeconds(waits.flatMap(({ whole }) => whole)),
        satisfaction: {
          csat: share(sumOf(scores, isGood), answers),
          nps: null,
          answers,
          byScore: countsOf(scores, ({ score }) => score),
        },
      },
      days: [
        ...begun.map(({ _id }) => _id.day),
        ...waits.map(({ _id }) => _id),
        ...scores.map(({ _id }) => _id.day),
      ],
      dayOf: onDays(begun, waits, scores),
    };
  }

  private aggregate<T extends object>(stages: Stage[]): Promise<T[]> {
    return this.connection.collection('conversations').aggregate<T>(stages).toArray();
  }

  private begun(query: SummaryQuery): Promise<Row<Begun>[]> {
    const id = {
      day: dayOfField('createdAt', query),
      owner: '$owner',
      channel: '$reference.channel',
      locale: '$locale',
      reason: { $cond: [{ $eq: ['$everHanded', true] }, '$lastHandoffReason', null] },
      topics: '$topics',
    };
    return this.aggregate([
      { $match: { createdAt: within(query), ...cut(query) } },
      { $group: { _id: id, n: { $sum: 1 } } },
    ]);
  }

  /** How long customers waited for a person, and until the person was done; of the last time each conversation needed one. */
  private waits(query: SummaryQuery): Promise<Waits[]> {
    const until = (end: string) => ({ $push: { $subtract: [`$people.${end}`, '$people.since'] } });
    return this.aggregate([
      { $match: { 'people.since': within(query), ...cut(query) } },
      {
        $group: {
          _id: dayOfField('people.since', query),
          first: until('answeredAt'),
          whole: until('endedAt'),
        },
      },
    ]);
  }

  /** Of the last time each conversation was asked; 4 and 5 of 5 count as satisfied. */
  private scores(query: SummaryQuery): Promise<Row<Scores>[]> {
    return this.aggregate([
      { $match: { 'survey.answeredAt': within(query), ...cut(query) } },
      {
        $group: {
          _id: { day: dayOfField('survey.answeredAt', query), score: '$survey.score' },
          n: { $sum: 1 },
        },
      },
    ]);
  }

  /** Messages of the span by author, and those that could not be delivered. */
  async messages(query: SummaryQuery): Promise<MetricsSummary['messages']> {
    const key = keyOfChannel(query);
    const id = {
      from: '$from',
      visibility: '$visibility',
      failed: { $eq: ['$rank', 2] },
      ...(query.locale ? { conversation: '$conversation' } : {}),
    };
    const groups = await this.connection
      .collection('messages')
      .aggregate<Row<Written>>([
        { $match: { at: within(query), ...(key ? { conversation: key } : {}) } },
        { $group: { _id: id, n: { $sum: 1 } } },
      ])
      .toArray();
    const rows = await spokenIn(this.connection, query, groups, ({ _id }) => _id.conversation);
    const from = (author: string) => sumOf(rows, (id) => id.from === author && id.visibility === 'public');
    return {
      fromCustomers: from('customer'),
      fromBot: from('bot'),
      fromAgents: from('agent'),
      failed: sumOf(rows, ({ failed }) => failed),
    };
  }
}

const isHanded = ({ reason }: Begun) => Boolean(reason);
const asksWhere = ({ topics }: Begun) => topics?.includes('order_status') ?? false;
const isGood = ({ score }: Scores) => score >= 4;

function cut({ channel, locale }: SummaryQuery): Stage {
  return { ...(channel ? { 'reference.channel': channel } : {}), ...(locale ? { locale } : {}) };
}

function topicsOf(begun: Row<Begun>[]): Record<string, number> {
  const each = begun.flatMap(({ _id, n }) => (_id.topics ?? []).map((topic) => ({ _id: topic, n })));
  return countsOf(each, (topic) => topic);
}

function onDays(begun: Row<Begun>[], waits: Waits[], scores: Row<Scores>[]): (day: Day) => ConversationDay {
  const begunOn = byDay(begun, ({ _id }) => _id.day);
  const waitedOn = byDay(waits, ({ _id }) => _id);
  const scoredOn = byDay(scores, ({ _id }) => _id.day);
  return (day) => {
    const [rows, waited, marks] = [begunOn(day), waitedOn(day), scoredOn(day)];
    return {
      conversations: sumOf(rows),
      handed: sumOf(rows, isHanded),
      wismo: sumOf(rows, asksWhere),
      firstResponse: middleSeconds(waited.flatMap(({ first }) => first)),
      resolution: middleSeconds(waited.flatMap(({ whole }) => whole)),
      answers: sumOf(marks),
      satisfied: sumOf(marks, isGood),
    };
  };
}
