import type { Order, OrderRequest, RequestState, ShipmentEvent, ShopOrder } from './order';

/** A page of a list. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** What an atomic write to an order may change; anything absent stays. */
export interface OrderChange {
  set?: Partial<Pick<Order, 'shippingAddress' | 'shipments' | 'payment' | 'customer'>>;
  addRequest?: OrderRequest;
  /** Replaces the request of the same id. */
  putRequest?: OrderRequest;
  history?: Order['history'];
}

/** Orders in the store. Every write is one atomic write of one document. */
export interface OrderStore {
  findByNumber(orderNumber: string): Promise<Order | undefined>;
  /** Newest first; at most `limit` (default 20). `phone` is E.164 and must equal the order's customer phone or its address phone. */
  findByPhone(phone: string, limit?: number): Promise<Order[]>;
  findByEmail(email: string, limit?: number): Promise<Order[]>;
  findByTracking(trackingNumber: string): Promise<Order | undefined>;
  findByRequest(requestId: string): Promise<Order | undefined>;
  findByRma(rma: string): Promise<Order | undefined>;
  /** Applies a change if the order is still at `version`; `conflict` otherwise (read again and decide again). */
  change(
    orderNumber: string,
    version: number,
    change: OrderChange,
    now: Date,
  ): Promise<'stored' | 'conflict'>;
  /** Creates or replaces the shop's part (idempotent); keeps requests, history, corrected addresses and newer scans. */
  put(order: ShopOrder, now: Date): Promise<{ created: boolean; order: Order }>;
  /** Many at once, for imports; answers in the order given. Never throws for one bad item. */
  putMany(
    orders: ShopOrder[],
    now: Date,
  ): Promise<{ orderNumber: string; created: boolean; error?: string }[]>;
  /**
   * Adds a scan to the parcel with this tracking number; idempotent. `unknown` when no order has it: the scan is kept and added when one
   * comes within 14 days.
   */
  recordScan(
    trackingNumber: string,
    event: ShipmentEvent,
    now: Date,
  ): Promise<'applied' | 'kept' | 'repeated' | 'unknown'>;
  /** Requests in the given states, oldest first, with their order. */
  listRequests(filter: {
    states?: RequestState[];
    type?: OrderRequest['type'];
    orderNumber?: string;
    limit?: number;
    cursor?: string;
  }): Promise<Page<{ order: Order; request: OrderRequest }>>;
  /** Orders having instructions whose `dueAt` has come. */
  dueInstructions(now: Date, limit: number): Promise<{ order: Order; request: OrderRequest }[]>;
  /** Orders having settled requests whose customer has not been told. */
  untold(limit: number): Promise<{ order: Order; request: OrderRequest }[]>;
  /** Orders with a parcel that waits after a failed attempt, the longest wait first. */
  listFailed(filter: { limit?: number; cursor?: string }): Promise<Page<Order>>;
  /** Orders whose failed deliveries are to be looked after now. */
  dueFailed(now: Date, limit: number): Promise<Order[]>;
  /**
   * Moves the moment at which a failed delivery is looked after (absent: never), if it is still the one that was read. False when it has
   * moved: somebody else has it, or the parcel has changed.
   */
  setFailedDue(orderNumber: string, from: Date, to: Date | undefined): Promise<boolean>;
  /** Orders whose parcels have changed since anybody looked for those who asked about them. */
  news(now: Date, limit: number): Promise<{ orderNumber: string; newsAt: Date }[]>;
  /** They were looked after; with `again` it is done once more then. A change that came meanwhile stays to be looked at. */
  settleNews(settled: { orderNumber: string; newsAt: Date; again?: Date }[]): Promise<void>;
}
