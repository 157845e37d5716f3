import type { Connection, mongo } from 'mongoose';
import type { Identity } from '../core/activity';
import { identityKey } from '../core/conversation';
import { AppError } from '../core/errors';
import { filesOf, type LineWithFiles } from './files';
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
  /** Photos, voice notes and files they sent, the bytes in base64. */
  files: Record<string, unknown>[];
  orders: Record<string, unknown>[];
}

/** How much was taken away. */
export interface Erased {
  conversations: number;
  messages: number;
  /** Orders stay with the shop: what was bought, when and for how much, without the person. */
  ordersUnlinked: number;
  /** Conversations that were shown these orders and concern somebody else's too: left alone, for a person to decide. */
  shared: string[];
}

/** What a conversation shows of whose orders. */
interface Showing {
  _id: string;
  customerId: string;
  identities: (Identity & { key?: string })[];
  proofs?: { orderNumber: string }[];
  watching?: { orderNumber: string }[];
}

/** Who is to be forgotten: the person, and the conversations elsewhere in which they proved to be the buyer. */
interface Everywhere {
  customer: Customer;
  customers: string[];
  keys: string[];
  identities: string[];
  shared: string[];
}

/** Reads and erases what is kept about one person, for requests by law. */
export class PersonalDataStore {
  constructor(private readonly connection: Connection) {}

  private collection<T extends mongo.Document = mongo.Document>(name: string) {
    return this.connection.collection<T>(name);
  }

  /** By the customer's own id, or by anything that names one of their identities: phone, e-mail, conversation. Refuses what names several people. */
  private async find(name: string): Promise<Customer> {
    const digits = /^\+?[\d ().-]+$/.test(name) ? name.replace(/\D/g, '') : name;
    const value = digits || name;
    const found = await this.collection<Customer>('customers')
      .find({
        $or: [
          { _id: name },
          { 'identities.value': { $in: [name, value, `+${value}`, name.toLowerCase()] } },
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
    const ownKeys = await this.conversationsOf(customer);
    const mine = (await this.ordersOf(customer, ownKeys)).filter(ownOrders(customer));
    const { keys } = await this.everywhere(customer, ownKeys, mine);
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
    const files = await this.filesOf(keys, messages as unknown as LineWithFiles[]);
    return {
      customer,
      conversations,
      messages,
      files,
      orders: orders as unknown as Record<string, unknown>[],
    };
  }

  /** By who sent them, and by the lines that speak of them: a person who changed their number sent some under the older one. */
  private ofPerson(keys: string[], lines: LineWithFiles[]) {
    return { $or: [{ conversation: { $in: keys } }, { _id: { $in: filesOf(lines) } }] };
  }

  private async filesOf(keys: string[], lines: LineWithFiles[]): Promise<Record<string, unknown>[]> {
    const found = await this.collection<{ _id: string; conversation: string; bytes?: mongo.Binary }>('files')
      .find(this.ofPerson(keys, lines))
      .toArray();
    return found.map(({ bytes, ...facts }) => ({
      ...facts,
      ...(bytes ? { bytes: Buffer.from(bytes.buffer).toString('base64') } : {}),
    }));
  }

  /**
   * The same person elsewhere: conversations that proved themselves for these orders, follow them or asked something of them, and concern
   * nobody else's.
   */
  private async everywhere(customer: Customer, keys: string[], own: StoredOrder[]): Promise<Everywhere> {
    const numbers = own.map(({ _id }) => _id);
    const askers = own.flatMap(({ requests = [] }) =>
      requests.flatMap(({ conversation }) => conversation ?? []),
    );
    const found = await this.collection<Showing>('conversations')
      .find(
        {
          $or: [
            { 'proofs.orderNumber': { $in: numbers } },
            { 'watching.orderNumber': { $in: numbers } },
            { _id: { $in: askers } },
          ],
        },
        { projection: { customerId: 1, identities: 1, proofs: 1, watching: 1 } },
      )
      .toArray();
    const all: Everywhere = {
      customer,
      customers: [customer._id],
      keys: [...keys],
      identities: customer.identities.map(({ key }) => key),
      shared: [],
    };
    for (const other of found.filter(({ _id }) => !keys.includes(_id))) {
      if (await this.isShared(other, numbers)) all.shared.push(other._id);
      else {
        all.keys.push(other._id);
        all.customers.push(other.customerId);
        all.identities.push(...other.identities.map(({ key, ...rest }) => key ?? identityKey(rest)));
      }
    }
    return all;
  }

  private async isShared(
    { _id, customerId, proofs = [], watching = [] }: Showing,
    numbers: string[],
  ): Promise<boolean> {
    const shown = [...proofs, ...watching].map(({ orderNumber }) => orderNumber);
    if (shown.some((each) => each !== '*' && !numbers.includes(each))) return true;
    const other = await this.collection<Customer>('customers').findOne({ _id: customerId });
    const orders = await this.ordersOf(other ?? { _id: customerId, identities: [] }, [_id]);
    return orders.some((order) => !numbers.includes(order._id));
  }

  /**
   * Erases conversations, messages, files, identities, mails and codes, and takes the person out of their orders. Doing it again after a crash takes
   * away what was left.
   */
  async erase(name: string): Promise<Erased> {
    const customer = await this.find(name);
    const ownKeys = await this.conversationsOf(customer);
    const own = ownOrders(customer);
    const mine = (await this.ordersOf(customer, ownKeys)).filter(own);
    const { keys, customers, identities, shared } = await this.everywhere(customer, ownKeys, mine);
    const orders = await this.ordersOf(customer, keys);
    const mails = [...emailsOf(customer), ...mine.flatMap((order) => order.emails ?? [])];
    await this.eraseMails(new Set(mails));
    await this.collection('codes').deleteMany({
      $or: [
        { orderNumber: { $in: mine.map(({ _id }) => _id) } },
        { identity: { $in: [...identities, ...keys] } },
      ],
    });
    await this.collection('audit').updateMany({ subject: { $in: keys } }, { $set: { subject: 'erased' } });
    const lines = await this.collection<LineWithFiles>('messages')
      .find(
        { conversation: { $in: keys }, 'attachments.0': { $exists: true } },
        { projection: { conversation: 1, attachments: 1 } },
      )
      .toArray();
    await this.collection<{ _id: string; conversation: string }>('files').deleteMany(
      this.ofPerson(keys, lines),
    );
    const messages = await this.collection('messages').deleteMany({ conversation: { $in: keys } });
    await this.collection('inbox').deleteMany({ conversation: { $in: keys } });
    const conversations = await this.collection<{ _id: string }>('conversations').deleteMany({
      _id: { $in: keys },
    });
    // Orders lead to the conversations, and people to the orders: in this order a second run still finds the rest.
    for (const order of orders) await this.anonymise(order, new Set(keys), own(order));
    await this.collection<Customer>('customers').deleteMany({ _id: { $in: customers } });
    return {
      conversations: conversations.deletedCount,
      messages: messages.deletedCount,
      ordersUnlinked: orders.length,
      shared,
    };
  }

  /** Addresses stand in mails as the shop wrote them, in capitals or not. */
  private async eraseMails(addresses: Set<string>): Promise<void> {
    if (addresses.size === 0) return;
    const all = await this.collection<{ _id: string; to: string }>('mails')
      .find({}, { projection: { to: 1 } })
      .toArray();
    const theirs = all.filter(({ to }) => addresses.has(to.toLowerCase())).map(({ _id }) => _id);
    await this.collection<{ _id: string }>('mails').deleteMany({ _id: { $in: theirs } });
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
