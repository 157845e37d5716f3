import { Pace, PairLimit, Pauses } from '../../src/channels/meta/pace';

function ticking() {
  const time = { now: 1_000_000, ticks: () => time.now };
  return time;
}

describe('the pace of a number', () => {
  test('sends are spaced evenly, after a tenth of a second that may be used at once', () => {
    const { ticks } = ticking();
    const pace = new Pace(10, ticks);
    expect([1, 2, 3, 4].map(() => pace.reserve())).toEqual([0, 0, 100, 200]);
  });

  test('a send that would stand in the queue for more than a second is handed back', () => {
    const time = ticking();
    const pace = new Pace(1, time.ticks);
    expect([1, 2, 3].map(() => pace.reserve())).toEqual([0, 900, undefined]);
    time.now += 1000;
    expect(pace.reserve()).toBe(900);
  });

  test('0 means no pacing at all', () => {
    const pace = new Pace(0, ticking().ticks);
    expect(Array.from({ length: 500 }, () => pace.reserve()).every((wait) => wait === 0)).toBe(true);
  });
});

describe('the limit towards one person', () => {
  test('45 at once, then one every six seconds; other people are not held up', () => {
    const time = ticking();
    const pairs = new PairLimit(45, 6000, time.ticks);
    expect(Array.from({ length: 45 }, () => pairs.take('a')).every((wait) => wait === 0)).toBe(true);
    expect(pairs.take('a')).toBe(6000);
    expect(pairs.take('b')).toBe(0);
    time.now += 6000;
    expect(pairs.take('a')).toBe(0);
    expect(pairs.take('a')).toBe(6000);
  });
});

describe('pauses after "too fast"', () => {
  test('they grow 1, 4, 16, 64 s and begin anew after a success', () => {
    const time = ticking();
    const pauses = new Pauses(time.ticks);
    const begun = [1, 2, 3, 4, 5].map(() => {
      const ms = pauses.begin('a');
      time.now += ms;
      return ms;
    });
    expect(begun).toEqual([1000, 4000, 16000, 64000, 64000]);
    pauses.end('a');
    expect(pauses.begin('a')).toBe(1000);
  });

  test('refusals of sends that were already on their way do not lengthen a running pause', () => {
    const time = ticking();
    const pauses = new Pauses(time.ticks);
    pauses.begin('a');
    time.now += 300;
    expect(pauses.begin('a')).toBe(700);
    expect(pauses.left('a')).toBe(700);
    expect(pauses.left('b')).toBe(0);
  });

  test('what the provider asks for is the least', () => {
    expect(new Pauses(ticking().ticks).begin('a', 30_000)).toBe(30_000);
  });
});
