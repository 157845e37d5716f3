import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { carrierDoors } from '../../src/carriers/doors';
import { samplesOf } from '../kit/samples';

const { folder, files } = samplesOf('carriers');
const NOW = new Date('2026-11-22T06:00:00Z');

/** What the present state of each published sample is; absent: it says nothing about a parcel. */
const EXPECTED: Record<string, string> = {
  'aftership-tracking-update.json': 'in_transit',
  'delhivery-scan-push-manifested.json': 'packed',
  'delhivery-scan-push-offset.json': 'packed',
  'shiprocket-webhook-in-transit.json': 'in_transit',
  'shiprocket-webhook-rto-na-DERIVED.json': 'rto_initiated',
  'shiprocket-webhook-undelivered-DERIVED.json': 'attempt_failed',
};

const replay = files.length > 0 ? describe : describe.skip;

replay('published samples (the folder is named by DOORSTEP_FIXTURES)', () => {
  test.each(files.length > 0 ? files : ['none'])('%s', (name) => {
    const body: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const doors = carrierDoors(
      { shiprocket: 's', delhivery: 's', aftership: 's', shopify: 's' },
      { timeZone: 'Asia/Kolkata', country: 'IN' },
    );
    const door = doors.find((each) => name.startsWith(each.name));
    const last = door?.parse(body, NOW).at(-1)?.event;
    expect(last?.status ?? '').toBe(EXPECTED[name] ?? '');
    if (last) expect(JSON.stringify(last)).not.toMatch(/\d{10}/);
  });
});
