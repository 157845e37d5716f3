import type { ShopOrder } from '../../core/order';
import type { OrderStore } from '../../core/order-store';
import type { FilePlace } from './records';

/** Batches on their way while further orders are read: enough that the store always has one to write while another reaches the disk. */
const IN_FLIGHT = 8;

/** Orders written together, and what was refused among them. */
export interface Batch {
  orders: ShopOrder[];
  refused: number;
  /** Place behind its last order. */
  end: FilePlace;
}

type Results = Awaited<ReturnType<OrderStore['putMany']>>;

/**
 * Stores batches beside each other and tells of them in the order they were sent, so that what is counted and the place in the file belong
 * together. The same order in two batches is put in that order, too. After a failure nothing more is taken or told.
 */
export class Storing {
  private waiting: { numbers: Set<string>; done: Promise<void> }[] = [];
  private failure: { error: unknown } | undefined;

  constructor(
    private readonly put: (orders: ShopOrder[]) => Promise<Results>,
    private readonly onStored: (batch: Batch, results: Results) => Promise<void>,
  ) {}

  /** Takes a batch once there is room for it; throws what an earlier one failed with. */
  async send(batch: Batch): Promise<void> {
    const numbers = new Set(batch.orders.map((order) => order.orderNumber));
    const isRepeated = () =>
      this.waiting.some((other) => [...numbers].some((number) => other.numbers.has(number)));
    while (this.waiting.length >= IN_FLIGHT || isRepeated()) await this.waiting[0]?.done;
    this.check();
    const before = this.waiting.at(-1)?.done;
    const done = this.store(batch, before)
      .catch((error: unknown) => {
        this.failure ??= { error };
      })
      .finally(() => {
        this.waiting = this.waiting.filter((each) => each.done !== done);
      });
    this.waiting.push({ numbers, done });
  }

  /** Waits for everything sent; throws what failed. */
  async end(): Promise<void> {
    await Promise.all(this.waiting.map(({ done }) => done));
    this.check();
  }

  private async store(batch: Batch, before: Promise<void> | undefined): Promise<void> {
    const results = batch.orders.length > 0 ? await this.put(batch.orders) : [];
    await before;
    if (!this.failure) await this.onStored(batch, results);
  }

  private check(): void {
    if (this.failure) throw this.failure.error;
  }
}
