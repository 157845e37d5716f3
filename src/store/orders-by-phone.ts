import type { Connection } from 'mongoose';
import type { Order } from '../core/order';
import { Batch } from './batch';
import { toOrder, type OrderDocument } from './order-document';

interface Question {
  phone: string;
  limit: number;
}

/** Phones asked for in one query; with the most orders each, an answer stays small. */
const AT_ONCE = 25;

/** Orders of a phone, newest first. Customers who ask at the same moment share one round trip. */
export class OrdersByPhone {
  private readonly batch = new Batch<Question, Order[]>((questions) => this.answer(questions), AT_ONCE, 2);

  constructor(private readonly connection: Connection) {}

  find(phone: string, limit: number): Promise<Order[]> {
    return this.batch.add({ phone, limit });
  }

  private async answer(questions: Question[]): Promise<Order[][]> {
    const phones = [...new Set(questions.map(({ phone }) => phone))];
    const most = Math.max(...questions.map(({ limit }) => limit)) * phones.length;
    const orders = await this.newest({ phones: phones.length === 1 ? phones[0] : { $in: phones } }, most);
    // One phone with very many orders may have crowded out the others: each is asked for by itself then.
    const crowded = orders.length === most && phones.length > 1;
    return Promise.all(
      questions.map(async ({ phone, limit }) => {
        const own = crowded
          ? await this.newest({ phones: phone }, limit)
          : orders.filter((order) => order.phones.includes(phone)).slice(0, limit);
        return own.map(toOrder);
      }),
    );
  }

  private newest(filter: object, limit: number): Promise<OrderDocument[]> {
    return this.connection
      .collection<OrderDocument>('orders')
      .find(filter as never)
      .sort({ placedAt: -1 })
      .limit(limit)
      .toArray();
  }
}
