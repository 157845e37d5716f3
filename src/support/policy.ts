import { parse } from 'yaml';
import { z } from 'zod';
import { AppError, type FieldError } from '../core/errors';
import { LOCALES } from '../core/locale';
import type { Policy, ShopAnswer } from '../core/policy';
import { RESOLUTIONS, RETURN_REASONS } from '../core/understanding';
import { isDay } from './fields';

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const ADDRESS_FIELDS = [
  'phone',
  'landmark',
  'line1',
  'line2',
  'city',
  'state',
  'postalCode',
  'name',
] as const;

/** The rules of a shop that has written none of its own. People are on duty at all hours. */
export const defaultPolicy: Policy = {
  shopName: 'the shop',
  orderNumberPattern: '[A-Z]{1,4}-?\\d{3,8}',
  reschedule: {
    minDaysAhead: 1,
    maxDaysAhead: 6,
    maxChanges: 2,
    weekdays: EVERY_DAY,
    holidays: [],
    slots: {
      morning: { fromHour: 9, toHour: 13 },
      afternoon: { fromHour: 13, toHour: 17 },
      evening: { fromHour: 17, toHour: 21 },
    },
  },
  address: {
    maxChanges: 1,
    beforeDispatch: [...ADDRESS_FIELDS],
    afterDispatch: ['phone', 'landmark'],
    afterFailedAttempt: [...ADDRESS_FIELDS],
  },
  failedDelivery: { attempts: 3, answerWithinHours: 24, remindBeforeHours: 12, personBeforeHours: 4 },
  returns: {
    windowDays: 7,
    resolutions: ['refund', 'store_credit', 'replacement', 'exchange'],
    photoReasons: ['damaged', 'wrong_item'],
    nonReturnableCategories: [],
  },
  support: {
    hours: Object.fromEntries(EVERY_DAY.map((day) => [day, { fromHour: 0, toHour: 24 }])),
    answerWithinMinutes: 15,
    complaintValueLimit: '5000',
    askSatisfaction: true,
  },
  answers: [],
};

const hour = z.number().int().min(0).max(24);
const span = z
  .strictObject({ fromHour: hour, toHour: hour })
  .refine((s) => s.fromHour !== s.toHour, { message: 'fromHour and toHour must differ' });
const slot = span.refine((s) => s.fromHour < s.toHour, { message: 'fromHour must come before toHour' });
const day = z.preprocess(
  // YAML reads an unquoted 2026-01-26 as text here, but a quoted or dated one may come as a Date.
  (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value),
  z.string().refine(isDay, { message: 'must be a calendar day, YYYY-MM-DD' }),
);
const weekday = z.number().int().min(0).max(6);
const addressFields = z.array(z.enum(ADDRESS_FIELDS));

/** Fits into one message of every channel; Instagram's are the shortest. */
const ownSentence = z.string().trim().min(1).max(900);

const policySchema = z.strictObject({
  shopName: z.string().trim().min(1).max(60),
  orderNumberPattern: z
    .string()
    .min(1)
    .max(200)
    .refine(isPattern, { message: 'must be a regular expression that does not match empty text' }),
  reschedule: z
    .strictObject({
      minDaysAhead: z.number().int().min(0).max(60),
      maxDaysAhead: z.number().int().min(0).max(60),
      cutOffHour: hour.optional(),
      maxChanges: z.number().int().min(0),
      weekdays: z.array(weekday).min(1),
      holidays: z.array(day),
      slots: z.strictObject({ morning: slot, afternoon: slot, evening: slot }),
    })
    .refine((r) => r.minDaysAhead <= r.maxDaysAhead, {
      path: ['maxDaysAhead'],
      message: 'must not be smaller than minDaysAhead',
    }),
  address: z.strictObject({
    maxChanges: z.number().int().min(0),
    beforeDispatch: addressFields,
    afterDispatch: addressFields,
    afterFailedAttempt: addressFields,
  }),
  failedDelivery: z
    .strictObject({
      attempts: z.number().int().min(1).max(20),
      answerWithinHours: z.number().min(1).max(720),
      remindBeforeHours: z.number().min(0.5).max(720),
      personBeforeHours: z.number().min(0.25).max(720),
    })
    .refine((f) => f.remindBeforeHours < f.answerWithinHours, {
      path: ['remindBeforeHours'],
      message: 'must be smaller than answerWithinHours',
    })
    .refine((f) => f.personBeforeHours < f.remindBeforeHours, {
      path: ['personBeforeHours'],
      message: 'must be smaller than remindBeforeHours',
    }),
  returns: z.strictObject({
    windowDays: z.number().int().min(0).max(3650),
    resolutions: z.array(z.enum(RESOLUTIONS)).min(1),
    photoReasons: z.array(z.enum(RETURN_REASONS)),
    nonReturnableCategories: z.array(z.string()),
  }),
  support: z.strictObject({
    hours: z.record(
      z.string().regex(/^[0-6]$/, { message: 'weekdays are 0 (Sunday) to 6' }),
      span.nullable(),
    ),
    answerWithinMinutes: z.number().int().min(1),
    complaintValueLimit: z
      .string()
      .regex(/^\d+(\.\d+)?$/, { message: 'must be a decimal in quotes, such as "5000.00"' })
      .optional(),
    askSatisfaction: z.boolean(),
  }),
  quietHours: span.optional(),
  answers: z.array(
    z.strictObject({
      words: z.array(z.string().trim().min(2).max(100)).min(1),
      answer: z.union([
        ownSentence.transform((text): ShopAnswer['answer'] => ({ en: text })),
        z
          .partialRecord(z.enum(LOCALES), ownSentence)
          .refine((each) => Object.keys(each).length > 0, { message: 'must have a sentence' }),
      ]),
    }),
  ),
});

function isPattern(source: string): boolean {
  try {
    return !new RegExp(`^(?:${source})$`, 'iu').test('');
  } catch {
    return false;
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** Maps are merged key by key; lists, texts and numbers replace. A key set to null takes an optional rule away. */
function over(base: unknown, own: unknown): unknown {
  if (!isMap(base) || !isMap(own)) return own;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(own)) merged[key] = over(merged[key], value ?? undefined);
  return merged;
}

function fieldName(path: PropertyKey[]): string {
  return path.reduce<string>(
    (name, part) =>
      typeof part === 'number' ? `${name}[${part}]` : name ? `${name}.${String(part)}` : String(part),
    '',
  );
}

/**
 * Reads a policy file over the built-in policy: what the file leaves out keeps its default. Throws one `settings` error that
 * lists every fault by its field. `support.hours` replaces the whole week, since an absent weekday means nobody.
 */
export function parsePolicy(yamlText: string): Policy {
  let own: unknown;
  try {
    own = parse(yamlText) ?? {};
  } catch (cause) {
    throw new AppError('settings', 'the policy file is not valid YAML', { cause });
  }
  if (!isMap(own)) {
    throw new AppError('settings', 'the policy file must be a map of rules', {
      fields: [{ field: '', message: 'must be a map' }],
    });
  }
  const merged = over(defaultPolicy, own) as Record<string, unknown>;
  const hours = isMap(own.support) ? own.support.hours : undefined;
  if (isMap(hours) && isMap(merged.support)) merged.support.hours = withoutNulls(hours);
  const read = policySchema.safeParse(merged);
  if (read.success) return read.data as Policy;
  const fields: FieldError[] = read.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          field: fieldName([...issue.path, key]),
          message: 'there is no such rule',
        }))
      : [{ field: fieldName(issue.path), message: issue.message }],
  );
  throw new AppError('settings', `the policy file has ${fields.length} fault(s)`, { fields });
}

function withoutNulls(map: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== null));
}
