import type { Connection, mongo } from 'mongoose';
import { AppError } from '../core/errors';
import {
  emailsOf,
  ownOrders,
  phonesOf,
  withoutPerson,
  type Customer,
  type StoredOrder,
} from './without-person';

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
  /** Orders stay with the shop: what was bought, when and for how much, without the person. */
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
    if (found[0]) return found[0];
    return this.buyer(name, value);
  }

  /** Somebody who bought and never wrote is known by the phone or e-mail of an order. */
  private async buyer(name: string, value: string): Promise<Customer> {
    const identities = [
      { key: '', kind: 'e164', value: `+${value}`, conversation: '' },
      { key: '', kind: 'email', value: name.toLowerCase(), conversation: '' },
    ];
    const customer = { _id: '', identities };
    if ((await this.ordersOf(customer, [])).length === 0)
      throw new AppError('not_found', 'nobody is known by this');
    return customer;
  }

  private async conversationsOf(customer: Customer): Promise<string[]> {
    if (!customer._id) return [];
    const own = await this.collection<{ _id: string }>('conversations')
      .find({ customerId: customer._id }, { projection: { _id: 1 } })
      .toArray();
    return [
      ...new Set([...own.map(({ _id }) => _id), ...customer.identities.map((each) => each.conversation)]),
    ];
  }

  /** Everything kept about a person, as stored, with the orders of their phones and e-mails and those they asked something of. */
  async read(name: string): Promise<PersonalData> {
    const customer = await this.find(name);
    const keys = await this.conversationsOf(customer);
    const [conversations, messages, orders] = await Promise.all([
      this.collection<{ _id: string }>('conversations')
        .find({ _id: { $in: keys } })
        .toArray(),
      this.collection('messages')
        .find({ conversation: { $in: keys } })
        .sort({ conversation: 1, seq: 1 })
        .toArray(),
      this.ordersOf(customer, keys),
    ]);
    return { customer, conversations, messages, orders: orders as unknown as Record<string, unknown>[] };
  }

  /**
   * Erases conversations, messages, identities, mails and codes, and takes the person out of their orders. Doing it again after a crash takes
   * away what was left.
   */
  async erase(name: string): Promise<Erased> {
    const customer = await this.find(name);
    const keys = await this.conversationsOf(customer);
    const orders = await this.ordersOf(customer, keys);
    const own = ownOrders(customer);
    for (const order of orders) await this.anonymise(order, new Set(keys), own(order));
    const numbers = orders.filter(own).map((order) => order._id);
    const mails = [...emailsOf(customer), ...orders.filter(own).flatMap((order) => order.emails ?? [])];
    await this.collection('mails').deleteMany({ to: { $in: mails } });
    await this.collection('codes').deleteMany({
      $or: [
        { orderNumber: { $in: numbers } },
        { identity: { $in: [...customer.identities.map(({ key }) => key), ...keys] } },
      ],
    });
    await this.collection('audit').updateMany({ subject: { $in: keys } }, { $set: { subject: 'erased' } });
    const messages = await this.collection('messages').deleteMany({ conversation: { $in: keys } });
    await this.collection('inbox').deleteMany({ conversation: { $in: keys } });
    const conversations = await this.collection<{ _id: string }>('conversations').deleteMany({
      _id: { $in: keys },
    });
    // Last, so that a second run still finds the person.
    await this.collection<Customer>('customers').deleteOne({ _id: customer._id });
    return {
      conversations: conversations.deletedCount,
      messages: messages.deletedCount,
      ordersUnlinked: orders.length,
    };
  }

  /** Orders of their phones and e-mails, and those they asked something of. */
  private async ordersOf(customer: Customer, keys: string[]): Promise<StoredOrder[]> {
    const found = await this.collection<StoredOrder>('orders')
      .find({
        $or: [
          { phones: { $in: phonesOf(customer) } },
          { emails: { $in: emailsOf(customer) } },
          { 'requests.conversation': { $in: keys } },
        ],
      })
      .toArray();
    return found;
  }

  private async anonymise(order: StoredOrder, keys: ReadonlySet<string>, isOwn: boolean): Promise<void> {
    const { set, unset } = withoutPerson(order, keys, isOwn);
    const { matchedCount } = await this.collection<StoredOrder>('orders').updateOne(
      { _id: order._id, version: order.version },
      { $set: { ...set, version: order.version + 1 }, $unset: unset },
    );
    if (matchedCount === 0) throw new AppError('conflict', 'an order changed meanwhile: run this again');
  }
}
