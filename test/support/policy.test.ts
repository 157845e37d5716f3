import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { AppError } from '../../src/core/errors';
import { nextDuty, onDuty, promiseText } from '../../src/support/hours';
import { defaultPolicy, parsePolicy } from '../../src/support/policy';
import { ist, rulesWith, ZONE } from './fixtures';

function faults(yaml: string): string[] {
  try {
    parsePolicy(yaml);
    return [];
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'settings') throw error;
    return (error.fields ?? [{ field: 'unreadable', message: '' }]).map((fault) => fault.field).sort();
  }
}

describe('the policy file', () => {
  test.each(['', '# nothing yet', '{}'])('an empty one (%j) means the built-in rules', (yaml) => {
    expect(parsePolicy(yaml)).toEqual(defaultPolicy);
  });

  test('docs/policy.md shows every built-in rule, and its example is a file that is taken', () => {
    const page = readFileSync(join(__dirname, '../../docs/policy.md'), 'utf8');
    const [example, builtIn] = [...page.matchAll(/```yaml.*\n([^]*?)```/g)].map(([, yaml = '']) => yaml);
    expect(parse(builtIn ?? '')).toEqual(JSON.parse(JSON.stringify(defaultPolicy)));
    expect(parsePolicy(example ?? '').answers).toHaveLength(1);
  });

  test('the built-in rules are those of the contract', () => {
    expect(defaultPolicy.reschedule).toMatchObject({
      minDaysAhead: 1,
      maxDaysAhead: 6,
      maxChanges: 2,
      holidays: [],
    });
    expect(defaultPolicy.reschedule.weekdays).toHaveLength(7);
    expect(Object.values(defaultPolicy.reschedule.slots)).toEqual([
      { fromHour: 9, toHour: 13 },
      { fromHour: 13, toHour: 17 },
      { fromHour: 17, toHour: 21 },
    ]);
    expect(defaultPolicy.returns.windowDays).toBe(7);
    expect(defaultPolicy.address.afterDispatch).toEqual(['phone', 'landmark']);
  });

  test('what it leaves out keeps its default, deep inside as well', () => {
    const policy = parsePolicy(`
shopName: Tulsi Lane
reschedule:
  cutOffHour: 20
  holidays: [2027-01-26, "2027-08-15"]
  slots:
    evening: { fromHour: 18, toHour: 22 }
returns: { windowDays: 14 }
`);
    expect(policy.shopName).toBe('Tulsi Lane');
    expect(policy.reschedule).toMatchObject({
      cutOffHour: 20,
      maxDaysAhead: 6,
      holidays: ['2027-01-26', '2027-08-15'],
      slots: { morning: { fromHour: 9, toHour: 13 }, evening: { fromHour: 18, toHour: 22 } },
    });
    expect(policy.returns).toEqual({ ...defaultPolicy.returns, windowDays: 14 });
  });

  test('hours on duty replace the whole week, so that an absent day is free', () => {
    const { hours } = parsePolicy('support: { hours: { 1: { fromHour: 10, toHour: 19 }, 2: null } }').support;
    expect(hours).toEqual({ 1: { fromHour: 10, toHour: 19 } });
  });

  test('an optional rule is taken away with null', () => {
    expect(parsePolicy('support: { complaintValueLimit: null }').support.complaintValueLimit).toBeUndefined();
  });

  test('reading one file leaves the built-in rules as they were', () => {
    const before = structuredClone(defaultPolicy);
    parsePolicy('returns: { windowDays: 1, photoReasons: [] }\nsupport: { hours: {} }');
    expect(defaultPolicy).toEqual(before);
  });

  test('every fault is named at once', () => {
    expect(
      faults(`
shopName: ""
orderNumberPattern: "("
reschedul: {}
reschedule:
  minDaysAhead: 5
  maxDaysAhead: 2
  weekdays: [7]
  holidays: [2027-02-29]
  slots: { morning: { fromHour: 13, toHour: 9 } }
address: { afterDispatch: [postcode] }
returns: { windowDays: a week, resolutions: [] }
failedDelivery: { attempts: 0, answerWithinHours: 12, personBeforeHours: 20, retries: 1 }
support: { hours: { 8: { fromHour: 9, toHour: 17 } }, complaintValueLimit: 5000 }
`),
    ).toEqual([
      'address.afterDispatch[0]',
      'failedDelivery.attempts',
      'failedDelivery.personBeforeHours',
      'failedDelivery.remindBeforeHours',
      'failedDelivery.retries',
      'orderNumberPattern',
      'reschedul',
      'reschedule.holidays[0]',
      'reschedule.maxDaysAhead',
      'reschedule.slots.morning',
      'reschedule.weekdays[0]',
      'returns.resolutions',
      'returns.windowDays',
      'shopName',
      'support.complaintValueLimit',
      'support.hours.8',
    ]);
  });

  test.each([
    ['a: [', ['unreadable']],
    ['- a list', ['']],
    ['just text', ['']],
    ['reschedule: null', ['reschedule']],
    ['orderNumberPattern: ".*"', ['orderNumberPattern']],
    ['failedDelivery: { answerWithinHours: 12 }', ['failedDelivery.remindBeforeHours']],
    ['failedDelivery: { personBeforeHours: 12 }', ['failedDelivery.personBeforeHours']],
    ['failedDelivery: { answerWithinHours: soon }', ['failedDelivery.answerWithinHours']],
  ])('%j is refused', (yaml, fields) => expect(faults(yaml)).toEqual(fields));
});

describe('people on duty', () => {
  const office = rulesWith({
    support: {
      hours: {
        1: { fromHour: 10, toHour: 19 },
        2: { fromHour: 10, toHour: 19 },
        5: { fromHour: 20, toHour: 2 },
      },
      answerWithinMinutes: 30,
    },
  }).policy;

  test.each([
    ['2026-11-23 09:59', false],
    ['2026-11-23 10:00', true],
    ['2026-11-23 18:59', true],
    ['2026-11-23 19:00', false],
    ['2026-11-25 12:00', false],
    ['2026-11-27 19:59', false],
    ['2026-11-27 20:00', true],
    ['2026-11-28 01:59', true],
    ['2026-11-28 02:00', false],
  ])('at %s: %s', (at, duty) => expect(onDuty(office, ZONE, ist(at))).toBe(duty));

  test.each([
    ['2026-11-23 08:00', '2026-11-23 10:00', 'today'],
    ['2026-11-22 12:00', '2026-11-23 10:00', 'tomorrow'],
    ['2026-11-23 19:00', '2026-11-24 10:00', 'tomorrow'],
    ['2026-11-24 19:00', '2026-11-27 20:00', 'later'],
    ['2026-11-28 02:00', '2026-11-30 10:00', 'later'],
  ])('after %s they come at %s (%s)', (at, next, when) => {
    expect(nextDuty(office, ZONE, ist(at))).toEqual(ist(next));
    expect(promiseText(office, ZONE, ist(at))).toMatchObject({
      onDuty: false,
      when,
      due: new Date(ist(next).getTime() + 30 * 60_000),
    });
  });

  test('on duty the promise counts from now', () => {
    const now = ist('2026-11-23 11:15');
    expect(promiseText(office, ZONE, now)).toMatchObject({
      onDuty: true,
      when: 'now',
      withinMinutes: 30,
      due: ist('2026-11-23 11:45'),
    });
  });

  test('by default somebody is there at any hour', () => {
    const hours = Array.from(
      { length: 24 * 7 },
      (_, h) => new Date(ist('2026-11-22 00:00').getTime() + h * 3_600_000),
    );
    expect(hours.every((at) => onDuty(defaultPolicy, ZONE, at))).toBe(true);
  });

  test('without any hours nothing is promised', () => {
    const nobody = rulesWith({ support: { hours: {} } }).policy;
    expect(nextDuty(nobody, ZONE, ist('2026-11-23 11:00'))).toBeUndefined();
    expect(promiseText(nobody, ZONE, ist('2026-11-23 11:00'))).toEqual({ onDuty: false, withinMinutes: 15 });
  });
});
