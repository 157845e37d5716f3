import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join, resolve } from 'node:path';
import { parse as parseDotEnv } from 'dotenv';
import { z } from 'zod';
import { faultsOf as whatsappWebFaults } from './channels/whatsapp-web/installed';
import { isLoopback, isOrigin, isTimeZone, origins, trustProxy } from './config-values';
import { AppError, type FieldError } from './core/errors';
import { LOCALES } from './core/locale';

export { resolveSecretKey } from './secret-key';

const text = z.string().optional();
const url = (protocols: RegExp) =>
  z
    .url({ protocol: protocols, error: 'must be an address such as https://shop.example' })
    .transform((value) => value.replace(/\/+$/, ''))
    .optional();
const httpUrl = url(/^https?$/);
const secret = z.string().min(32, 'must have 32 characters or more').optional();
const onOff = z.enum(['on', 'off'], 'must be on or off').default('off');
const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be between ${min} and ${max}`);

/** One line a setting; the table of settings in the README and `.env.example` say what each is for. */
const schema = z.object({
  PORT: integer(0, 65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: httpUrl,
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/./, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  DATA_DIR: z.string().default('./data'),
  DEMO: z.enum(['auto', 'on', 'off'], 'must be auto, on or off').default('auto'),
  SECRET_KEY: secret,
  API_KEY: text,
  ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  ADMIN_PASSWORD: text,
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, 'must be an IANA zone such as Asia/Kolkata')
    .default('Asia/Kolkata'),
  DEFAULT_COUNTRY: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a country code of two capitals such as IN')
    .default('IN'),
  DEFAULT_LOCALE: z.enum(LOCALES, `must be one of ${LOCALES.join(', ')}`).default('en'),
  POLICY_FILE: text,
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be a pino level such as info')
    .default('info'),
  TRUST_PROXY: text,
  WHATSAPP_PHONE_NUMBER_ID: text,
  WHATSAPP_BUSINESS_ACCOUNT_ID: text,
  WHATSAPP_ACCESS_TOKEN: text,
  WHATSAPP_APP_SECRET: text,
  WHATSAPP_VERIFY_TOKEN: text,
  WHATSAPP_CODE_TEMPLATE: text,
  WHATSAPP_NOTICE_TEMPLATE: text,
  WHATSAPP_SENDS_PER_SECOND: integer(0, 100_000).default(80),
  INSTAGRAM_ACCOUNT_ID: text,
  INSTAGRAM_ACCESS_TOKEN: text,
  INSTAGRAM_APP_SECRET: text,
  INSTAGRAM_VERIFY_TOKEN: text,
  GRAPH_API_URL: httpUrl,
  GRAPH_API_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, 'must look like v24.0')
    .default('v24.0'),
  WHATSAPP_WEB: onOff,
  CHROME_PATH: text,
  WEBCHAT_ALLOWED_ORIGINS: z
    .string()
    .transform(origins)
    .refine((all) => all.every(isOrigin), 'must be origins such as https://shop.example, with commas between')
    .optional(),
  WEBCHAT_IDENTITY_SECRET: secret,
  SHIPROCKET_WEBHOOK_TOKEN: text,
  DELHIVERY_WEBHOOK_TOKEN: text,
  AFTERSHIP_WEBHOOK_SECRET: text,
  SHOPIFY_WEBHOOK_SECRET: text,
  CARRIER_API_URL: httpUrl,
  CARRIER_API_TOKEN: text,
  SHIPROCKET_API_EMAIL: z.email('must be an e-mail address').optional(),
  SHIPROCKET_API_PASSWORD: text,
  SHIPROCKET_API_URL: httpUrl,
  DELHIVERY_API_TOKEN: text,
  DELHIVERY_API_URL: httpUrl,
  SMTP_URL: url(/^smtps?$/),
  MAIL_FROM: text,
  NLU_EMBEDDINGS: z.enum(['auto', 'on', 'off'], 'must be auto, on or off').default('auto'),
  NLU_MODEL: text,
  NLU_MODEL_DIR: text,
});

type Values = z.infer<typeof schema>;
type Name = keyof Values;

/** Names of all settings, in the order of the documentation. */
export const SETTINGS = Object.keys(schema.shape) as Name[];

/** Kept to the last character; other values lose the blanks around them. */
const SECRETS = /_(TOKEN|SECRET|KEY|PASSWORD)$/;

const WHATSAPP = [
  'WHATSAPP_PHONE_NUMBER_ID',
  'WHATSAPP_BUSINESS_ACCOUNT_ID',
  'WHATSAPP_ACCESS_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_VERIFY_TOKEN',
] as const;
const SHIPROCKET_API = ['SHIPROCKET_API_EMAIL', 'SHIPROCKET_API_PASSWORD'] as const;
const INSTAGRAM = [
  'INSTAGRAM_ACCOUNT_ID',
  'INSTAGRAM_ACCESS_TOKEN',
  'INSTAGRAM_APP_SECRET',
  'INSTAGRAM_VERIFY_TOKEN',
] as const;

/** Settings that mean the shop is live, which the demo must stay out of. */
function liveSettings(v: Values): Name[] {
  const channels = [...WHATSAPP, ...INSTAGRAM].filter((name) => v[name] !== undefined);
  return v.WHATSAPP_WEB === 'on' ? [...channels, 'WHATSAPP_WEB'] : channels;
}

function isDemo(v: Values): boolean {
  if (v.DEMO !== 'auto') return v.DEMO === 'on';
  const others = [v.API_KEY, v.WEBCHAT_ALLOWED_ORIGINS, v.WEBCHAT_IDENTITY_SECRET, v.MONGODB_URI];
  return isLoopback(v.HOST) && liveSettings(v).length === 0 && others.every((value) => value === undefined);
}

/** All settings of one group or none: answers the missing ones when only some are there. */
function half(v: Values, names: readonly Name[], channel: string): FieldError[] {
  const missing = names.filter((name) => v[name] === undefined);
  if (missing.length === 0 || missing.length === names.length) return [];
  return missing.map((field) => ({ field, message: `is missing: ${channel} is only half configured` }));
}

function contradictions(v: Values, library: string | null | undefined): FieldError[] {
  const faults = [
    ...half(v, WHATSAPP, 'WhatsApp'),
    ...half(v, INSTAGRAM, 'Instagram'),
    ...half(v, SHIPROCKET_API, "Shiprocket's API"),
  ];
  if (v.WHATSAPP_WEB === 'on') faults.push(...whatsappWebFaults(v.CHROME_PATH, library));
  const add = (field: Name, message: string) => faults.push({ field, message });
  const live = liveSettings(v);
  if (v.DEMO === 'on' && live.length > 0) {
    add('DEMO', `must not be on beside a configured channel (${live[0]}): take one of them away`);
  }
  if (v.MONGODB_URI !== undefined && v.SECRET_KEY === undefined) {
    add('SECRET_KEY', 'is required when MONGODB_URI is set, and must be equal in every process');
  }
  if (v.CARRIER_API_URL !== undefined && v.CARRIER_API_TOKEN === undefined) {
    add('CARRIER_API_TOKEN', 'is missing: instructions to CARRIER_API_URL carry it');
  }
  if (v.SMTP_URL !== undefined && v.MAIL_FROM === undefined) {
    add('MAIL_FROM', 'is missing: mail by SMTP_URL needs a sender');
  }
  return faults;
}

function arrange(v: Values) {
  const graph = { version: v.GRAPH_API_VERSION };
  const host = isIPv6(v.HOST) ? `[${v.HOST}]` : v.HOST;
  return {
    host: v.HOST,
    port: v.PORT,
    /** Without a slash at the end. With `PORT=0` and no `PUBLIC_URL` the real port is known only after listening. */
    publicUrl: v.PUBLIC_URL ?? `http://${host}:${v.PORT}`,
    /** Secure cookies, HSTS and upgrade-insecure-requests. */
    https: v.PUBLIC_URL?.startsWith('https:') ?? false,
    publicUrlIsSet: v.PUBLIC_URL !== undefined,
    /** Unset: the embedded store in `dataDir`. */
    mongodbUri: v.MONGODB_URI,
    /** Absolute. */
    dataDir: resolve(v.DATA_DIR),
    demo: isDemo(v),
    secretKey: v.SECRET_KEY,
    /** Unset: the REST API is off. */
    apiKey: v.API_KEY,
    admin: { email: v.ADMIN_EMAIL, password: v.ADMIN_PASSWORD },
    timeZone: v.TIME_ZONE,
    country: v.DEFAULT_COUNTRY,
    locale: v.DEFAULT_LOCALE,
    policyFile: v.POLICY_FILE,
    logLevel: v.LOG_LEVEL,
    trustProxy: trustProxy(v.TRUST_PROXY),
    whatsapp:
      v.WHATSAPP_PHONE_NUMBER_ID === undefined
        ? undefined
        : {
            ...graph,
            graphUrl: v.GRAPH_API_URL ?? 'https://graph.facebook.com',
            phoneNumberId: v.WHATSAPP_PHONE_NUMBER_ID,
            businessAccountId: v.WHATSAPP_BUSINESS_ACCOUNT_ID ?? '',
            accessToken: v.WHATSAPP_ACCESS_TOKEN ?? '',
            appSecret: v.WHATSAPP_APP_SECRET ?? '',
            verifyToken: v.WHATSAPP_VERIFY_TOKEN ?? '',
            codeTemplate: v.WHATSAPP_CODE_TEMPLATE,
            noticeTemplate: v.WHATSAPP_NOTICE_TEMPLATE,
            /** 0: no pacing at all. */
            sendsPerSecond: v.WHATSAPP_SENDS_PER_SECOND,
          },
    instagram:
      v.INSTAGRAM_ACCOUNT_ID === undefined
        ? undefined
        : {
            ...graph,
            graphUrl: v.GRAPH_API_URL ?? 'https://graph.instagram.com',
            accountId: v.INSTAGRAM_ACCOUNT_ID,
            accessToken: v.INSTAGRAM_ACCESS_TOKEN ?? '',
            appSecret: v.INSTAGRAM_APP_SECRET ?? '',
            verifyToken: v.INSTAGRAM_VERIFY_TOKEN ?? '',
          },
    whatsappWeb: v.WHATSAPP_WEB === 'on' ? { chromePath: v.CHROME_PATH ?? '' } : undefined,
    webchat: { allowedOrigins: v.WEBCHAT_ALLOWED_ORIGINS ?? [], identitySecret: v.WEBCHAT_IDENTITY_SECRET },
    /** Secrets of carriers and shops that post events to us; an unset one leaves its door closed. */
    events: {
      shiprocket: v.SHIPROCKET_WEBHOOK_TOKEN,
      delhivery: v.DELHIVERY_WEBHOOK_TOKEN,
      aftership: v.AFTERSHIP_WEBHOOK_SECRET,
      shopify: v.SHOPIFY_WEBHOOK_SECRET,
    },
    /** Where delivery instructions go. Without any they are recorded for the desk; the token alone lets answers in. */
    carrier: {
      url: v.CARRIER_API_URL,
      token: v.CARRIER_API_TOKEN,
      shiprocket:
        v.SHIPROCKET_API_EMAIL !== undefined && v.SHIPROCKET_API_PASSWORD !== undefined
          ? {
              url: v.SHIPROCKET_API_URL ?? 'https://apiv2.shiprocket.in/v1/external',
              email: v.SHIPROCKET_API_EMAIL,
              password: v.SHIPROCKET_API_PASSWORD,
            }
          : undefined,
      delhivery:
        v.DELHIVERY_API_TOKEN !== undefined
          ? { url: v.DELHIVERY_API_URL ?? 'https://track.delhivery.com', token: v.DELHIVERY_API_TOKEN }
          : undefined,
    },
    mail: { smtpUrl: v.SMTP_URL, from: v.MAIL_FROM },
    nlu: { embeddings: v.NLU_EMBEDDINGS, model: v.NLU_MODEL, modelDir: v.NLU_MODEL_DIR },
  };
}

/** Every setting, read once and frozen. */
export type Config = Readonly<ReturnType<typeof arrange>>;

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value))
    if (inner && typeof inner === 'object') deepFreeze(inner as object);
  return Object.freeze(value);
}

/**
 * Reads all settings from an environment. An empty value counts as unset. Throws one `AppError('settings')` that lists every
 * fault by the name of its setting, never with its value. `library` is for tests: where whatsapp-web.js was found.
 */
export function loadConfig(env: Record<string, string | undefined>, library?: string | null): Config {
  const given = Object.fromEntries(
    SETTINGS.map((name) => [name, SECRETS.test(name) ? env[name] : env[name]?.trim()] as const).filter(
      ([, value]) => value?.trim(),
    ),
  );
  const read = schema.safeParse(given);
  const faults = read.success
    ? contradictions(read.data, library)
    : [
        ...read.error.issues.map((issue) => ({ field: String(issue.path[0]), message: issue.message })),
        ...contradictions(
          { WHATSAPP_WEB: 'off', DEMO: 'auto', HOST: '', ...given } as unknown as Values,
          library,
        ),
      ];
  if (faults.length > 0 || !read.success) {
    const lines = faults.map((fault) => `  ${fault.field} ${fault.message}`);
    throw new AppError('settings', `These settings need attention:\n${lines.join('\n')}`, { fields: faults });
  }
  return deepFreeze(arrange(read.data));
}

/** The process environment over what a `.env` file in `folder` says (the environment wins). A missing file is fine. */
export function readEnvironment(folder = '.'): Record<string, string | undefined> {
  let file = '';
  try {
    file = readFileSync(join(folder, '.env'), 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new AppError('settings', 'the file .env cannot be read', { cause });
    }
  }
  return { ...parseDotEnv(file), ...process.env };
}
