import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { Histogram } from './histogram';

/** Counters for Prometheus. No label ever holds a person or a number. */
export interface Metrics {
  readonly registry: Registry;
  /** One answered HTTP request. `route` is the pattern, not the address. */
  request(method: string, route: string, status: number, seconds: number): void;
  /** Events of a webhook by outcome (`accepted`, `refused`, `malformed`, `failed`). */
  webhook(door: string, outcome: string, count?: number): void;
  /** A number that is read whenever somebody looks; NaN when it cannot be read. `name` without the prefix. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** The same with one label; a value that cannot be read is left out of the answer. */
  gauges(name: string, help: string, label: string, read: () => Promise<Record<string, number>>): void;
}

/** Longest a number is waited for, milliseconds: the others must be readable while the store is down. */
const READ_MS = 1_500;

async function inTime<T>(read: () => T | Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), READ_MS);
  });
  try {
    return await Promise.race([Promise.resolve().then(read), late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** A fresh registry with the process's own measures; one per product, so that tests never share counts. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'doorstep_' });
  const requests = new Histogram(
    {
      name: 'doorstep_http_request_seconds',
      help: 'Time from the request to the end of its answer, in seconds',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    },
    registry,
  );
  const webhooks = new Counter({
    name: 'doorstep_webhook_events_total',
    help: 'Events that arrived by webhook, by door and outcome',
    labelNames: ['door', 'outcome'],
    registers: [registry],
  });
  return {
    registry,
    request: (method, route, status, seconds) => requests.observe(seconds, method, route, String(status)),
    webhook: (door, outcome, count = 1) => webhooks.inc({ door, outcome }, count),
    gauge: (name, help, read) => {
      const gauge: Gauge = new Gauge({
        name: `doorstep_${name}`,
        help,
        registers: [registry],
        collect: async () => gauge.set((await inTime(read)) ?? NaN),
      });
    },
    gauges: (name, help, label, read) => {
      const gauge: Gauge = new Gauge({
        name: `doorstep_${name}`,
        help,
        labelNames: [label],
        registers: [registry],
        collect: async () => {
          const values = await inTime(read);
          if (!values) gauge.reset();
          else for (const [value, count] of Object.entries(values)) gauge.set({ [label]: value }, count);
        },
      });
    },
  };
}
