/** Kinds of reasons why a parcel was not handed over; each asks the customer something else. */
export type FailureCategory =
  | 'disputed'
  | 'refused'
  | 'payment'
  | 'address'
  | 'later'
  | 'nobody'
  | 'unreachable'
  | 'outside'
  | 'courier'
  | 'unknown';

/** Ways in which carriers and shops say it, and our own sentence for it, with which scans are stored. */
const REASONS: [Exclude<FailureCategory, 'unknown'>, string, RegExp][] = [
  ['disputed', 'Attempt disputed', /fake|false attempt|not attempted/i],
  ['refused', 'Refused at the door', /refus|reject|not accept/i],
  ['payment', 'Payment was not ready', /\bcod\b|cash|amount|payment/i],
  ['address', 'Address incomplete or not found', /address|landmark|pin ?code|incomplete|wrong add/i],
  ['later', 'Customer asked for another day', /resched|defer|later|future|customer (asked|request)/i],
  [
    'nobody',
    'Nobody was there',
    /unavailable|not available|absent|door ?lock|premises closed|office closed|shut|(nobody|no ?one|not) (at )?home/i,
  ],
  [
    'unreachable',
    'Customer could not be reached',
    /not (reachable|contactable|answer|pick)|unreachable|switched off|no response/i,
  ],
  ['outside', 'Outside the delivery area', /out of delivery area|oda|non.?serviceable/i],
  ['courier', 'The courier could not come', /weather|strike|vehicle|traffic|restrict|holiday|natural/i],
];

function entryOf(text: string | undefined) {
  if (!text) return undefined;
  return (
    REASONS.find(([, sentence]) => sentence === text) ?? REASONS.find(([, , pattern]) => pattern.test(text))
  );
}

/** Why an attempt failed, from anybody's free text: one of our own sentences, never the text itself. */
export function failureReason(text: string | undefined): string | undefined {
  return entryOf(text)?.[1];
}

/** What kind of failure a text, or one of our sentences, speaks of. */
export function failureCategory(text: string | undefined): FailureCategory {
  return entryOf(text)?.[0] ?? 'unknown';
}
