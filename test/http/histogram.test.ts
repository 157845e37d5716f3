import { Histogram as LibraryHistogram, Registry } from 'prom-client';
import { Histogram } from '../../src/http/histogram';
import { random } from '../kit/random';

const SETTINGS = {
  name: 'doorstep_test_seconds',
  help: 'Times of a test, in seconds',
  labelNames: ['operation', 'outcome'],
  buckets: [0.001, 0.01, 0.1, 1, 10],
};

describe('what Prometheus reads of a histogram', () => {
  it("is word for word what the library's own histogram says of the same values", async () => {
    const [ours, theirs] = [new Registry(), new Registry()];
    const mine = new Histogram(SETTINGS, ours);
    const library = new LibraryHistogram({ ...SETTINGS, registers: [theirs] });
    const next = random(3);
    const edges = [0, 0.001, 10, 10.5, 1e9];
    for (let n = 0; n < 500; n += 1) {
      const value = edges[n] ?? 20 * next() ** 6;
      const [operation, outcome] = [['orders.get', 'inbox."new"'][n % 2]!, ['ok', 'failed'][n % 3 ? 0 : 1]!];
      mine.observe(value, operation, outcome);
      library.observe({ operation, outcome }, value);
    }
    const lines = async (registry: Registry) => (await registry.metrics()).split('\n').sort();
    expect(await lines(ours)).toEqual(await lines(theirs));
    mine.reset();
    expect(await ours.metrics()).not.toContain('_bucket');
  });
});
