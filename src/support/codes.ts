import { createHash, createHmac, randomInt } from 'node:crypto';
import type { CodeRecord, CodeStore, CodeWay, OneTimeCodes } from '../core/codes';
import type { Content } from '../core/content';
import { isLocale, type Locale } from '../core/locale';
import type { MailPort } from '../core/mail';
import type { Order } from '../core/order';
import { sameSecret } from '../core/secrets';
import type { ConversationActions } from '../core/stream';
import { dayOf } from '../core/zone';
import { codeWords, type CodeWords } from './code-words';
import { samePhone } from './phone';
import { createSeal, createUnseal } from './seal';

export { createGuessLimits, type GuessLimitsOptions } from './guesses';

/** Minutes a code works. */
export const CODE_MINUTES = 10;
/** Wrong tries with one code. */
export const CODE_TRIES = 3;
/** Codes sent for one order on one day, over all identities. */
export const CODES_A_DAY = 3;

/** What one-time codes need. */
export interface OneTimeCodesOptions {
  store: CodeStore;
  mail: MailPort;
  sendSystem: ConversationActions['sendSystem'];
  /** Keys the stored hashes, and seals a code until it has been queued. */
  secret: string;
  shopName: string;
  /** Our WhatsApp account and its approved authentication template; absent: no codes by WhatsApp. */
  whatsapp?: { account: string; template: string; channel?: string; language?: (locale: Locale) => string };
  /** Zone in which a day is counted. */
  timeZone?: string;
  words?: CodeWords;
}

/** Authentication templates exist per language; Hinglish readers get the English one. */
function templateLanguage(locale: Locale): string {
  return locale === 'hi' ? 'hi' : 'en';
}

/** Identity keys are `channel:account:kind:value`; a code to the very number that asks would prove nothing. */
function asksFrom(identity: string, phone: string): boolean {
  const [, , kind, ...value] = identity.split(':');
  return kind === 'wa_phone' && samePhone(`+${value.join(':').replace(/\D/g, '')}`, phone);
}

function ways(options: OneTimeCodesOptions, order: Order): CodeWay[] {
  const found: CodeWay[] = [];
  if (options.whatsapp && order.customer.phone) found.push('whatsapp');
  if (options.mail.available && order.customer.email) found.push('email');
  return found;
}

/** The language an order was placed in wins for e-mail, because its owner reads it and not the one who asks. */
function readersLocale(order: Order, asked: Locale): Locale {
  return isLocale(order.customer.locale) ? order.customer.locale : asked;
}

async function deliver(
  options: OneTimeCodesOptions,
  input: Parameters<OneTimeCodes['send']>[0],
  id: string,
  code: string,
): Promise<void> {
  const { order, way, now } = input;
  const locale = readersLocale(order, input.locale);
  const { whatsapp, shopName } = options;
  const sendId = `code-${createHash('sha256').update(id).update(input.turnId).digest('hex').slice(0, 24)}`;
  if (way === 'whatsapp' && whatsapp) {
    const language = (whatsapp.language ?? templateLanguage)(locale);
    const content: Content = {
      text: '••••••',
      template: { name: whatsapp.template, language, values: [code], codeButton: true },
    };
    const user = order.customer.phone.replace(/\D/g, '');
    const reference = { channel: whatsapp.channel ?? 'whatsapp', account: whatsapp.account, user };
    return options.sendSystem(reference, sendId, content, '••••••');
  }
  const facts = { code, orderNumber: order.orderNumber, shopName, minutes: CODE_MINUTES };
  const mail = (options.words ?? codeWords)(locale, facts);
  return options.mail.queue({ id: sendId, to: order.customer.email ?? '', ...mail }, now);
}

/** Makes the part that sends and checks one-time codes. */
export function createOneTimeCodes(options: OneTimeCodesOptions): OneTimeCodes {
  const { store, secret } = options;
  const seal = createSeal(secret);
  const unseal = createUnseal(secret);
  const hashOf = (orderNumber: string, identity: string, code: string) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['code', orderNumber, identity, code]))
      .digest('base64url');

  /** The place this turn has in the order's day: an earlier one of its own, a free one, or none. */
  const reserve = async (input: Parameters<OneTimeCodes['send']>[0]): Promise<CodeRecord | undefined> => {
    const { order, way, identity, turnId, now } = input;
    const { orderNumber } = order;
    const day = dayOf(now, options.timeZone ?? 'UTC');
    const ids = Array.from({ length: CODES_A_DAY }, (_, n) => `${orderNumber}|${day}|${n + 1}`);
    const taken = await store.list(ids);
    const own = taken.find((record) => record.turnId === turnId && record.identity === identity);
    if (own) return own;
    const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
    for (const id of ids.filter((one) => !taken.some((record) => record.id === one))) {
      const record: CodeRecord = {
        id,
        orderNumber,
        identity,
        turnId,
        way,
        hash: hashOf(orderNumber, identity, code),
        sealed: seal(code),
        sentAt: now,
        until: new Date(now.getTime() + CODE_MINUTES * 60_000),
        checks: [],
      };
      if (await store.add(record)) return record;
    }
    return undefined;
  };

  return {
    ways: (order) => ways(options, order),
    async send(input) {
      const { order, way, identity } = input;
      if (!ways(options, order).includes(way)) return 'unavailable';
      if (way === 'whatsapp' && asksFrom(identity, order.customer.phone)) return 'unavailable';
      const record = await reserve(input);
      if (!record) return 'limit';
      if (record.sealed !== undefined) {
        await deliver(options, { ...input, way: record.way }, record.id, unseal(record.sealed));
        await store.queued(record.id);
      }
      return 'sent';
    },
    async check({ orderNumber, identity, code, turnId, now }) {
      for (;;) {
        const record = await store.newest(orderNumber, identity);
        if (!record) return 'expired';
        const before = record.checks.findIndex((check) => check.turnId === turnId);
        if (before >= 0) return answerOf(record.checks[before]?.right === true, before);
        if (record.checks.length >= CODE_TRIES && !record.usedAt) return 'used_up';
        if (record.usedAt || record.until <= now) return 'expired';
        const right = sameSecret(hashOf(orderNumber, identity, code.replace(/\s/g, '')), record.hash);
        const tries = record.checks.length;
        if (await store.addCheck(record.id, tries, { turnId, right }, right ? now : undefined)) {
          return answerOf(right, tries);
        }
        // Another turn tried meanwhile: each pass ends with one more try on record, so this ends after three.
      }
    },
  };
}

function answerOf(right: boolean, index: number): 'right' | 'wrong' | 'used_up' {
  if (right) return 'right';
  return index + 1 >= CODE_TRIES ? 'used_up' : 'wrong';
}
