import type { Act, Customer, Order, Shop, WireEvent, World } from './model';
import { changedFacts } from './order-facts';

/** Everything the simulator's page draws. Replaced as a whole at each change. */
export interface Live {
  shop?: Shop;
  customer?: Customer;
  wire: WireEvent[];
  /** What the customer has just done and the wire has not shown yet. */
  sending: { user: string; act: Act; at: string }[];
  orders: Order[];
  /** Number of the order shown in "The store" and moved by "The parcel". */
  selected?: string;
  /** Labels that the last change of an order touched, by order number. */
  marks: Record<string, string[]>;
  world: World;
  connected: boolean;
  /** What went wrong last, in words. */
  problem?: string;
  /** How the carrier's door took the last event. */
  carrierSaid?: string;
}

const KEPT = 500;
/** Changes that come without anything on the wire (desk, API) show within this time. */
const LOOK_AGAIN_MS = 3000;
const SETTLE_MS = 250;

async function call<T>(path: string, init?: RequestInit): Promise<T> {
  const answer = await fetch(`/simulator/api${path}`, init);
  if (answer.ok) return (await answer.json()) as T;
  const problem = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string };
  throw new Error(problem.detail ?? problem.title ?? `The server answered ${answer.status}.`);
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The page's state and what it can do. */
export class Simulator {
  state: Live = {
    wire: [],
    sending: [],
    orders: [],
    marks: {},
    world: { slow: false, duplicate: false, down: false, windowClosed: false },
    connected: true,
  };
  private listeners = new Set<() => void>();
  private looking?: ReturnType<typeof setTimeout>;

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private set(change: Partial<Live>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await work();
      if (this.state.problem) this.set({ problem: undefined });
      return result;
    } catch (error) {
      const words =
        error instanceof TypeError ? 'The product does not answer. Is it running?' : String(error);
      this.set({ problem: words.replace(/^Error: /, '') });
      return undefined;
    }
  }

  /** Loads the shop and begins to follow the wire. `wanted` is the customer asked for in the address. */
  async start(wanted: string | null): Promise<void> {
    const shop = await this.attempt(() => call<Shop>('/shop'));
    if (!shop) {
      setTimeout(() => void this.start(wanted), LOOK_AGAIN_MS);
      return;
    }
    this.set({ shop, world: shop.world });
    this.be(shop.customers.find((one) => one.id === wanted)?.id ?? shop.customers[0]?.id ?? '');
    const feed = new EventSource('/simulator/api/wire');
    feed.onmessage = (event) => this.arrived(JSON.parse(String(event.data)) as WireEvent);
    feed.onopen = () => this.set({ connected: true });
    feed.onerror = () => this.set({ connected: false });
    setInterval(() => !document.hidden && void this.look(), LOOK_AGAIN_MS);
  }

  private arrived(event: WireEvent): void {
    const last = this.state.wire.at(-1)?.seq ?? 0;
    // A lower number means that the product has started again: its wire is empty.
    const before = event.seq <= last ? [] : this.state.wire;
    const shown =
      event.kind === 'message' ? this.state.sending.find((one) => one.user === event.user) : undefined;
    const sending = this.state.sending.filter((one) => one !== shown);
    this.set({ wire: [...before, event].slice(-KEPT), sending });
    clearTimeout(this.looking);
    this.looking = setTimeout(() => void this.look(), SETTLE_MS);
  }

  /** Becomes another customer. */
  be(id: string): void {
    const customer = this.state.shop?.customers.find((one) => one.id === id);
    if (!customer) return;
    this.set({ customer, orders: customer.orders, marks: {}, selected: customer.orders[0]?.orderNumber });
    history.replaceState(null, '', `?customer=${id}`);
    void this.look();
  }

  select(orderNumber: string): void {
    this.set({ selected: orderNumber });
  }

  private async look(): Promise<void> {
    const customer = this.state.customer;
    if (!customer) return;
    const read = await this.attempt(() => call<{ orders: Order[] }>(`/orders?customer=${customer.id}`));
    if (!read || this.state.customer !== customer) return;
    const marks = { ...this.state.marks };
    let selected = this.state.selected;
    for (const order of read.orders) {
      const before = this.state.orders.find((one) => one.orderNumber === order.orderNumber);
      const changed = before ? changedFacts(before, order) : [];
      if (changed.length === 0) continue;
      marks[order.orderNumber] = changed;
      selected = order.orderNumber;
    }
    this.set({ orders: read.orders, marks, selected });
  }

  /** Says or taps something as the present customer. */
  async act(act: Act): Promise<void> {
    const customer = this.state.customer;
    if (!customer) return;
    const waiting = { user: customer.user, act, at: new Date().toISOString() };
    this.set({ sending: [...this.state.sending, waiting] });
    const taken = await this.attempt(() => call('/messages', json('POST', { customer: customer.id, act })));
    if (!taken) this.set({ sending: this.state.sending.filter((one) => one !== waiting) });
  }

  /** Makes the carrier say something about a parcel of the selected order. */
  async carrier(shipmentId: string, move: string): Promise<void> {
    const orderNumber = this.state.selected;
    const said = await this.attempt(() =>
      call<{ answered: number }>('/carrier', json('POST', { orderNumber, shipmentId, move })),
    );
    if (said) this.set({ carrierSaid: `The carrier’s door answered ${said.answered}.` });
    void this.look();
  }

  /** Lets the carrier decide about a request of the selected order. */
  async decide(requestId: string, status: 'accepted' | 'rejected'): Promise<void> {
    const orderNumber = this.state.selected;
    const said = await this.attempt(() =>
      call<{ answered: number }>('/carrier/answer', json('POST', { orderNumber, requestId, status })),
    );
    if (said) this.set({ carrierSaid: `The door for the carrier’s answers said ${said.answered}.` });
    void this.look();
  }

  /** Turns one switch of the world; it shows at once, and goes back when the product does not take it. */
  async turn(name: keyof World, on: boolean): Promise<void> {
    const before = this.state.world;
    const wanted = { ...before, [name]: on };
    this.set({ world: wanted });
    const world = await this.attempt(() => call<World>('/world', json('PUT', wanted)));
    this.set({ world: world ?? before });
  }
}

/** A mail the demo kept instead of sending it. */
export interface KeptMail {
  to: string;
  subject: string;
  text: string;
  at: string;
}

/** Mails, newest first. */
export async function keptMails(): Promise<KeptMail[]> {
  return (await call<{ mails: KeptMail[] }>('/mail')).mails;
}
