import type { Connection } from 'mongoose';
import type { Figures, MetricsSummary, SummaryQuery, SummarySource } from '../core/summary';
import { ConversationCounts } from './summary-conversations';
import { OrderCounts } from './summary-orders';

/**
 * The shop's figures, counted by the store itself. Reads everything in the range, one question after another so that messages pass between them: for
 * pages and reports, not for the way of a message.
 */
export class MongoSummary implements SummarySource {
  private readonly conversations: ConversationCounts;
  private readonly orders: OrderCounts;

  constructor(connection: Connection) {
    this.conversations = new ConversationCounts(connection);
    this.orders = new OrderCounts(connection);
  }

  async summary(query: SummaryQuery): Promise<MetricsSummary> {
    const messages = await this.conversations.messages(query);
    return { messages, ...(await this.figures(query)) };
  }

  async figures(query: SummaryQuery): Promise<Figures> {
    const talk = await this.conversations.read(query);
    const trade = await this.orders.read(query);
    const days = [...new Set([...talk.days, ...trade.days])].sort();
    return {
      ...talk.figures,
      ...trade.figures,
      days: days.map((day) => ({ day, ...talk.dayOf(day), ...trade.dayOf(day) })),
    };
  }
}
