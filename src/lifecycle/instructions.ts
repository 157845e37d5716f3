import type { CarrierPort } from '../core/carrier';
import type { Order, OrderRequest } from '../core/order';
import { createLoop } from './loop';
import { submitInstruction, type Settle, type SubmitOptions } from './submit';
import { tellSettled, tellUnreached, type TellOptions } from './tell';

/** How often the store is asked for due work that nobody announced, milliseconds. */
const POLL_MS = 400;
/** Next look while a turn is running whose words come first, milliseconds. */
const SOON_MS = 60;
/** Orders looked at together. */
const LIMIT = 50;
/** A request that could not be told rests this long, milliseconds, so that it never crowds out others. */
const REST_MS = 5_000;

/** What the worker needs. Without a carrier nothing is handed over, but what people settle is told all the same. */
export type InstructionWorkerOptions = Omit<SubmitOptions, 'carrier' | 'settle' | 'onUnreached'> &
  TellOptions & { carrier?: CarrierPort; settle: Settle };

/** The worker behind requests. `kick` shortens the wait after something was asked for or settled. */
export interface InstructionWorker {
  start(): void;
  /** Lets running work end. */
  stop(): Promise<void>;
  kick(): void;
}

type Found = { order: Order; request: OrderRequest };

function byOrder(found: Found[]): Found[][] {
  const groups = new Map<string, Found[]>();
  for (const each of found) {
    const group = groups.get(each.order.orderNumber) ?? [];
    groups.set(each.order.orderNumber, [...group, each]);
  }
  return [...groups.values()];
}

/** Makes the worker; it does nothing before `start`. Handing over and telling never wait for each other. */
export function createInstructionWorker(options: InstructionWorkerOptions): InstructionWorker {
  const { orders, carrier, clock, log } = options;
  const leaving = new Map<string, Promise<void>>();
  const resting = new Map<string, number>();

  const handOver = async (carrierPort: CarrierPort, group: Found[]) => {
    // Requests of one order write the same document: one after the other.
    for (const found of group) {
      const onUnreached = (order: Order, request: OrderRequest) => tellUnreached(options, { order, request });
      await submitInstruction({ ...options, carrier: carrierPort, onUnreached }, found).catch(
        (error: unknown) =>
          log.error({ err: error, request: found.request.id }, 'an instruction could not be looked after'),
      );
    }
  };

  const handingOver = createLoop(async () => {
    if (!carrier) return 60_000;
    try {
      for (const group of byOrder(await orders.dueInstructions(clock.now(), LIMIT))) {
        const number = group[0]?.order.orderNumber ?? '';
        if (leaving.has(number) || leaving.size >= LIMIT) continue;
        const done = handOver(carrier, group).finally(() => {
          leaving.delete(number);
          telling.kick();
        });
        leaving.set(number, done);
      }
    } catch (error) {
      log.error({ err: error }, 'due instructions could not be read');
    }
    return POLL_MS;
  });

  const tellOne = async (found: Found): Promise<'told' | 'later'> => {
    const { id } = found.request;
    if ((resting.get(id) ?? 0) > clock.now().getTime()) return 'told';
    try {
      const outcome = await tellSettled(options, found);
      resting.delete(id);
      return outcome;
    } catch (error) {
      resting.set(id, clock.now().getTime() + REST_MS);
      log.warn(
        { err: error, request: id, orderNumber: found.order.orderNumber },
        'a customer could not be told',
      );
      return 'told';
    }
  };

  const telling = createLoop(async () => {
    let waitMs = POLL_MS;
    try {
      for (const found of await orders.untold(LIMIT)) {
        if ((await tellOne(found)) === 'later') waitMs = SOON_MS;
      }
    } catch (error) {
      log.error({ err: error }, 'settled requests could not be read');
    }
    return waitMs;
  });

  return {
    start() {
      handingOver.start();
      telling.start();
    },
    async stop() {
      await handingOver.stop();
      await Promise.all(leaving.values());
      await telling.stop();
    },
    kick() {
      handingOver.kick();
      telling.kick();
    },
  };
}
