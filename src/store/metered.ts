import { monotonicMs } from '../core/clock';

/** Hears of a finished operation of the store: `<part>.<what>`, whether it went well, and how long it took. */
export type OnOperation = (operation: string, ok: boolean, ms: number) => void;

type Method = (...values: unknown[]) => unknown;

/**
 * The same part of the store, with every asynchronous operation reported. Cheaper by far than the driver's own command events, which cost a
 * seventh of a call.
 */
export function metered<T extends object>(name: string, part: T, onOperation: OnOperation): T {
  const methods = new Map<string | symbol, unknown>();
  const wrapped = (key: string | symbol, method: Method): Method => {
    const operation = `${name}.${String(key)}`;
    return (...values) => {
      const started = monotonicMs();
      const outcome = method.apply(part, values);
      if (outcome instanceof Promise)
        outcome.then(
          () => onOperation(operation, true, monotonicMs() - started),
          () => onOperation(operation, false, monotonicMs() - started),
        );
      return outcome;
    };
  };
  return new Proxy(part, {
    get(target, key) {
      if (methods.has(key)) return methods.get(key);
      const value: unknown = Reflect.get(target, key);
      const method = typeof value === 'function' ? wrapped(key, value as Method) : value;
      if (typeof value === 'function') methods.set(key, method);
      return method;
    },
  });
}
