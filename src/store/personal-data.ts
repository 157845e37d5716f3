import type { Connection, mongo } from 'mongoose';
import { AppError } from '../core/errors';
import type { Order } from '../core/order';

interface Customer {
  _id: string;
  identities: { key: string; kind: string; value: string; conversation: string }[];
}

/** Everything the product keeps about one person. */
export interface PersonalData {
  customer: Customer;
  conversations: Record<string, unknown>[];
  messages: Record<string, unknown>[];
  orders: Record<string, unknown>[];
}

/** How much was taken away. */
export interface Erased {
  conversations: number;
  messages: number;
  /** Orders stay with the shop; what led from them to the conversation is gone. */
  ordersUnlinked: number;
}

/** Reads and erases what is kept about one person, for requests by law. */
export class PersonalDataStore {
  constructor(private readonly connection: Connection) {}

  private collection<T extends mongo.Document = mongo.Document>(name: string) {
    return this.connection.collection<T>(name);
  }

  /** By the customer's own id, or by anything that names one of their identities: phone, e-mail, conversation. Refuses what names several people. */
  private async find(name: string): Promise<Customer> {
    const value = name.replace(/^\+(?=\d+$)/, '');
    const found = await this.collection<Customer>('customers')
      .find({
        $or: [
          { _id: name },
          { 'identities.value': { $in: [name, value, `+${value}`] } },
          { 'identities.conversation': name },
        ],
      })
      .limit(2)
      .toArray();
    if (found.length === 2)
      throw new AppError('conflict', 'several customers go by this; use the customer id');
    if (!found[0]) throw new AppError('not_found', 'nobody is known by this');
    return found[0];
  }

  private async conversationsOf(customer: Customer): Promise<string[]> {
    const own = await this.collection<{ _id: string }>('conversations')
      .find({ customerId: customer._id }, { projection: { _id: 1 } })
      .toArray();
    return [
      ...new Set([...own.map(({ _id }) => _id), ...customer.identities.map((each) => each.conversation)]),
    ];
  }

  /** Everything kept about a person, as stored. Orders are those of the phone that was proved by writing from it. */
  async read(name: string): Promise<PersonalData> {
    const customer = await this.find(name);
    const keys = await this.conversationsOf(customer);
    const phones = customer.identities
      .filter(({ kind }) => kind === 'wa_phone' || kind === 'e164')
      .map(({ value }) => `+${value.replace(/^\+/, '')}`);
    const [conversations, messages, orders] = await Promise.all([
      this.collection<{ _id: string }>('conversations')
        .find({ _id: { $in: keys } })
        .toArray(),
      this.collection('messages')
        .find({ conversation: { $in: keys } })
        .sort({ conversation: 1, seq: 1 })
        .toArray(),
      this.collection('orders')
        .find({ phones: { $in: phones } })
        .toArray(),
    ]);
    return { customer, conversations, messages, orders };
  }

  /** Erases conversations, messages and identities. Doing it again after a crash takes away what was left. */
  async erase(name: string): Promise<Erased> {
    const customer = await this.find(name);
    const keys = await this.conversationsOf(customer);
    const messages = await this.collection('messages').deleteMany({ conversation: { $in: keys } });
    await this.collection('inbox').deleteMany({ conversation: { $in: keys } });
    const ordersUnlinked = await this.unlinkOrders(new Set(keys));
    const conversations = await this.collection<{ _id: string }>('conversations').deleteMany({
      _id: { $in: keys },
    });
    // Last, so that a second run still finds the person.
    await this.collection<Customer>('customers').deleteOne({ _id: customer._id });
    return { conversations: conversations.deletedCount, messages: messages.deletedCount, ordersUnlinked };
  }

  private async unlinkOrders(keys: Set<string>): Promise<number> {
    const orders = this.collection<Order & { _id: string }>('orders');
    const linked = await orders.find({ 'requests.conversation': { $in: [...keys] } }).toArray();
    for (const { _id, version, requests } of linked) {
      const free = requests.map((request) =>
        request.conversation && keys.has(request.conversation)
          ? { ...request, conversation: undefined }
          : request,
      );
      const { modifiedCount } = await orders.updateOne(
        { _id, version },
        { $set: { requests: free, version: version + 1 }, $unset: { untold: '' } },
      );
      if (modifiedCount === 0) throw new AppError('conflict', 'an order changed meanwhile: run this again');
    }
    return linked.length;
  }
}
