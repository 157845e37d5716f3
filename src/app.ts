import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { failedQuestion } from './bot/failed-delivery';
import { apology, createRunTurn } from './bot/run-turn';
import { surveyQuestion } from './bot/survey';
import { carrierFor } from './carriers/port';
import { createChannels } from './channels';
import { resolveSecretKey, type Config } from './config';
import { createStream } from './conversation/stream';
import type { ChannelAdapter } from './core/channel';
import { systemClock, type Clock } from './core/clock';
import { AppError } from './core/errors';
import type { Log } from './core/log';
import type { Meter } from './core/meter';
import type { ShopRules } from './core/policy';
import type { Inbox } from './core/stream';
import { demoPolicy } from './demo/policy';
import { seedDemo } from './demo/seed';
import { startDemo, type Demo } from './demo/start';
import { ensureFirstAdmin } from './desk/first-admin';
import { addStarterReplies } from './desk/starter-replies';
import { createDoors } from './doors';
import { createMetrics } from './http/metrics';
import { storeMeter, streamMeter } from './http/stream-metrics';
import { createFailedDeliveryWorker } from './lifecycle/failed-deliveries';
import { createFileWorker } from './lifecycle/files';
import { createInstructionWorker } from './lifecycle/instructions';
import { createNoticeWorker } from './lifecycle/notices';
import { createMailer } from './mail/mailer';
import { createUnderstand } from './nlu/understand';
import { migrateStore } from './store/migrate';
import { openStores } from './stores';
import { openStorePlace } from './store-at';
import { requestSettling } from './order-wiring';
import { createOneTimeCodes, createGuessLimits } from './support/codes';
import { onDuty } from './support/hours';
import { defaultPolicy, parsePolicy } from './support/policy';
import { createSeal } from './support/seal';
import { settledText } from './replies/settled';

/** A running product. */
export interface Product {
  /** Address it listens on, without a slash at the end. */
  url: string;
  demo: boolean;
  /** The first sign-in, when it was made at this start. */
  firstAdmin?: { email: string; password?: string };
  /** Finishes turns and sends, closes everything; at most about ten seconds. */
  stop(): Promise<void>;
}

/** What tests and the benchmark may change about a start. */
export interface StartOptions {
  clock?: Clock;
  log: Log;
  /** The embedded store in this thread instead of a worker (tests without a build). */
  inProcessStore?: boolean;
  monitorCommands?: boolean;
  /** Another database than the usual one. */
  dbName?: string;
  onStore?(connection: import('mongoose').Connection): void;
  /** Called with all doors before they listen; a test walks them. */
  onDoors?(app: import('express').Express): void;
  /** Told of each code that the shop's phone has to scan to link a channel. */
  onCode?(channel: string, code: string): void;
  /** Called with the number of each step of the way of a message; crash tests stop the process there. */
  probe?(step: number): void | Promise<void>;
}

/** Longest a stop waits for turns and for sends, milliseconds each. */
const STOP_MS = 3_000;

function readPolicy(config: Config): ShopRules {
  const place = { timeZone: config.timeZone, country: config.country };
  if (!config.policyFile) return { policy: config.demo ? demoPolicy : defaultPolicy, ...place };
  try {
    return { policy: parsePolicy(readFileSync(config.policyFile, 'utf8')), ...place };
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('settings', 'POLICY_FILE cannot be read', { cause });
  }
}

/** Opens the sessions of channels that have one; the metrics show which are open. */
function startSessions(
  channels: ChannelAdapter[],
  inbox: Inbox,
  meter: Meter,
  onCode: StartOptions['onCode'],
): void {
  for (const { id, session } of channels) {
    if (!session) continue;
    meter.channelUp(id, false);
    session.start({
      accept: (activities) => inbox.accept(activities),
      onState: ({ name, qr }) => {
        meter.channelUp(id, name === 'ready');
        if (qr) onCode?.(id, qr);
      },
    });
  }
}

/** Starts the whole product. The one place where parts are made and joined. */
export async function startProduct(config: Config, options: StartOptions): Promise<Product> {
  const { log } = options;
  const clock = options.clock ?? systemClock;
  const rules = readPolicy(config);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const secretKey = resolveSecretKey(config);
  const closing: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closing.reverse())
      await close().catch((error: unknown) => log.error({ err: error }, 'a part did not stop cleanly'));
    closing.length = 0;
  };
  const metrics = createMetrics();
  try {
    const place = await openStorePlace(config, { inProcess: options.inProcessStore });
    closing.push(() => place.close());
    const stores = await openStores(place.uri, config, clock, {
      monitorCommands: options.monitorCommands,
      dbName: options.dbName,
      onOperation: storeMeter(metrics.registry),
    });
    closing.push(() => stores.close());
    options.onStore?.(stores.connection);
    await migrateStore(stores.connection, { clock, log });

    const demo: Demo | undefined = config.demo ? await startDemo({ clock }) : undefined;
    if (demo) closing.push(() => demo.close());
    const whatsapp = config.whatsapp ?? demo?.settings.whatsapp;
    const instagram = config.instagram ?? demo?.settings.instagram;
    const { dataDir } = config;
    const whatsappWeb = config.whatsappWeb && { ...config.whatsappWeb, dataDir, clock, log };
    const channels = createChannels({ whatsapp, instagram, whatsappWeb });
    const meter = streamMeter(
      metrics.registry,
      channels.map((channel) => channel.id),
    );

    const understand = await createUnderstand({
      ...config.nlu,
      dataDir: config.dataDir,
      timeZone: config.timeZone,
      orderNumberPattern: rules.policy.orderNumberPattern,
      log,
    });
    closing.push(() => understand.close());
    const mailer = createMailer({ store: stores.mail, ...config.mail, show: config.demo, clock, log });
    const codes = createOneTimeCodes({
      store: stores.codes,
      mail: mailer,
      secret: secretKey,
      shopName: rules.policy.shopName,
      timeZone: rules.timeZone,
      ...(whatsapp?.codeTemplate
        ? { whatsapp: { account: whatsapp.phoneNumberId, template: whatsapp.codeTemplate } }
        : {}),
      sendSystem: (reference, id, content, transcript) =>
        stream.actions.sendSystem(reference, id, content, transcript),
    });
    const seal = createSeal(secretKey);
    const runTurn = createRunTurn({
      orders: stores.orders,
      rules,
      understand,
      codes,
      guesses: createGuessLimits(stores.codes),
      seal,
    });
    const stream = createStream({
      stores,
      channels,
      runTurn,
      apology,
      survey: rules.policy.support.askSatisfaction
        ? ({ locale }, id) => surveyQuestion(locale, rules.policy.shopName, id)
        : undefined,
      peopleOnDuty: (now) => onDuty(rules.policy, rules.timeZone, now),
      clock,
      log,
      meter,
      defaultLocale: config.locale,
      sole: place.kind === 'embedded',
      ...(options.probe ? { probe: options.probe } : {}),
    });
    const settle = requestSettling(stores.orders);
    const worker = createInstructionWorker({
      orders: stores.orders,
      carrier: carrierFor(config.carrier, clock),
      settle: (id, answer, now) => settle({ requestId: id, answer, by: 'carrier', now }),
      conversations: stream.conversations,
      notify: stream.actions.notify,
      settledText,
      clock,
      log,
    });
    const telling = {
      orders: stores.orders,
      conversations: stream.conversations,
      notify: stream.actions.notify,
      rules,
      question: failedQuestion(rules),
      template: config.whatsapp?.noticeTemplate,
      silentChannels: new Set(
        channels.flatMap(({ id, capabilities }) => (capabilities.delivery === 'feed' ? [id] : [])),
      ),
      clock,
      log,
    };
    const notices = createNoticeWorker(telling);
    const failures = createFailedDeliveryWorker(telling);
    const files = createFileWorker({ files: stores.files, channels, clock, log });
    const stopping = new AbortController();
    const http = createDoors({
      config,
      rules,
      log,
      clock,
      stores,
      stream,
      settle,
      worker,
      files,
      notices,
      demo,
      channels,
      secretKey,
      metrics,
      stopping: stopping.signal,
    });
    options.onDoors?.(http.app);
    const firstAdmin = await ensureFirstAdmin(stores.agents, config.admin);
    if (firstAdmin) await addStarterReplies(stores.cannedReplies);
    if (demo)
      await seedDemo({ orders: stores.orders, agents: stores.agents, clock, timeZone: config.timeZone });
    stream.start();
    worker.start();
    notices.start();
    failures.start();
    files.start();
    mailer.start();
    startSessions(channels, stream.inbox, meter, options.onCode);
    closing.push(
      // After the sends have ended.
      () => Promise.all(channels.map(({ session }) => session?.stop())),
      () => mailer.stop(),
      () => stream.stop(STOP_MS),
      () => worker.stop(),
      () => notices.stop(),
      () => failures.stop(),
      () => files.stop(),
    );
    const port = await http.listen(config);
    closing.push(async () => {
      stopping.abort();
      await http.stop(STOP_MS);
    });
    const url = config.port === 0 ? `http://${config.host}:${port}` : `http://${config.host}:${config.port}`;
    demo?.listening(url);
    return { url, demo: config.demo, ...(firstAdmin ? { firstAdmin } : {}), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
