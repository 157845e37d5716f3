import type { Order } from '../../src/core/order';
import type { OrderChange, OrderStore } from '../../src/core/order-store';

/** Orders in memory, for dialogs only and only until the embedded store runs inside a test. */
export class FakeOrderStore implements Pick<
  OrderStore,
  'findByNumber' | 'findByPhone' | 'findByEmail' | 'change' | 'findByRequest'
> {
  private readonly orders = new Map<string, Order>();
  constructor(orders: Order[]) {
    for (const order of orders) this.orders.set(order.orderNumber, structuredClone(order));
  }
  async findByNumber(orderNumber: string): Promise<Order | undefined> {
    return structuredClone(this.orders.get(orderNumber));
  }
  async findByPhone(phone: string): Promise<Order[]> {
    return this.where((order) => order.customer.phone === phone || order.shippingAddress.phone === phone);
  }
  async findByEmail(email: string): Promise<Order[]> {
    return this.where((order) => order.customer.email === email);
  }
  async findByRequest(id: string): Promise<Order | undefined> {
    return this.where((order) => order.requests.some((r) => r.id === id))[0];
  }
  async change(
    orderNumber: string,
    version: number,
    change: OrderChange,
    now: Date,
  ): Promise<'stored' | 'conflict'> {
    const order = this.orders.get(orderNumber);
    if (!order || order.version !== version) return 'conflict';
    Object.assign(order, change.set);
    if (change.addRequest) order.requests.push(structuredClone(change.addRequest));
    if (change.putRequest) {
      const at = order.requests.findIndex((r) => r.id === change.putRequest?.id);
      order.requests[at] = structuredClone(change.putRequest);
    }
    order.history.push(...(change.history ?? []));
    order.version += 1;
    order.updatedAt = now;
    return 'stored';
  }
  private where(fits: (order: Order) => boolean): Order[] {
    return [...this.orders.values()]
      .filter(fits)
      .sort((a, b) => b.placedAt.getTime() - a.placedAt.getTime())
      .map((order) => structuredClone(order));
  }
}
