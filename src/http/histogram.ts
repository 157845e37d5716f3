import type { Metric, Registry } from 'prom-client';

/** How a histogram is named and divided. */
export interface HistogramSettings {
  name: string;
  help: string;
  labelNames: string[];
  /** Upper bounds of the buckets, rising. */
  buckets: number[];
}

interface Series {
  labels: Record<string, string>;
  /** Observations by bucket, the last one above every bound. */
  counts: Float64Array;
  sum: number;
}

interface Value {
  metricName: string;
  labels: Record<string, string | number>;
  value: number;
}

/**
 * A Prometheus histogram that is read like any other of the registry. The library's own works its labels out anew for each
 * observation, and one message brings a dozen of them; here a series is found by its label values.
 */
export class Histogram {
  readonly type = 'histogram';
  readonly aggregator = 'sum';
  readonly name: string;
  readonly help: string;
  private readonly series = new Map<string, Series>();

  constructor(
    private readonly settings: HistogramSettings,
    registry: Registry,
  ) {
    this.name = settings.name;
    this.help = settings.help;
    registry.registerMetric(this as unknown as Metric);
  }

  /** Counts one value, under label values in the order of `labelNames`. */
  observe(value: number, ...labels: string[]): void {
    const key = labels.length === 1 ? (labels[0] ?? '') : labels.join('\n');
    const found = this.series.get(key) ?? this.begin(key, labels);
    const { buckets } = this.settings;
    let i = 0;
    while (i < buckets.length && value > (buckets[i] ?? 0)) i += 1;
    found.counts[i] = (found.counts[i] ?? 0) + 1;
    found.sum += value;
  }

  /** What the registry asks for: every series, its buckets summed up from below. */
  async get() {
    const { name, help, type, aggregator } = this;
    return { name, help, type, aggregator, values: [...this.series.values()].flatMap((one) => this.of(one)) };
  }

  /** Forgets everything counted. */
  reset(): void {
    this.series.clear();
  }

  private begin(key: string, values: string[]): Series {
    const labels = Object.fromEntries(this.settings.labelNames.map((label, i) => [label, values[i] ?? '']));
    const made = { labels, counts: new Float64Array(this.settings.buckets.length + 1), sum: 0 };
    this.series.set(key, made);
    return made;
  }

  private of({ labels, counts, sum }: Series): Value[] {
    let below = 0;
    const values: Value[] = [...this.settings.buckets, '+Inf'].map((le, i) => {
      below += counts[i] ?? 0;
      return { metricName: `${this.name}_bucket`, labels: { le, ...labels }, value: below };
    });
    values.push({ metricName: `${this.name}_sum`, labels, value: sum });
    values.push({ metricName: `${this.name}_count`, labels, value: below });
    return values;
  }
}
