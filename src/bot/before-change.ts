import type { OrderStore } from '../core/order-store';
import type { Turn } from '../core/turn';
import type { BotDeps } from '../../dialogs/kit/deps';

/** The ports of one turn: everything that changes something besides the conversation waits for the turn's leave first. */
export function withLeave(deps: BotDeps, turn: Turn): BotDeps {
  const { beforeChange } = turn;
  if (!beforeChange) return deps;
  const asking =
    <Args extends unknown[], Answer>(change: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      await beforeChange();
      return change(...args);
    };
  const { orders, codes, guesses } = deps;
  return {
    ...deps,
    orders: Object.assign(Object.create(orders) as OrderStore, {
      change: asking((...args: Parameters<OrderStore['change']>) => orders.change(...args)),
    }),
    codes: {
      ways: (order) => codes.ways(order),
      send: asking((input) => codes.send(input)),
      check: asking((input) => codes.check(input)),
    },
    guesses: {
      allowed: (keys, now) => guesses.allowed(keys, now),
      countWrong: asking((keys, turnId, now) => guesses.countWrong(keys, turnId, now)),
    },
  };
}
