import { join } from 'node:path';
import { carrierDoors } from './carriers/doors';
import type { Config } from './config';
import type { Stream } from './conversation/stream';
import type { ChannelAdapter } from './core/channel';
import type { Clock } from './core/clock';
import type { Log } from './core/log';
import type { ShopRules } from './core/policy';
import { sparing } from './core/sparing';
import { plainHome, widgetRouter } from './demo/pages';
import type { Demo } from './demo/start';
import { createDeskRouter } from './desk/router';
import { carrierWebhooks } from './http/carrier-webhooks';
import type { Metrics } from './http/metrics';
import { restRouter } from './http/rest/router';
import { createHttp, type HttpDoors, type Mount } from './http/server';
import { createWebchatRouter } from './http/webchat';
import type { FileWorker } from './lifecycle/files';
import type { InstructionWorker } from './lifecycle/instructions';
import type { Loop } from './lifecycle/loop';
import { deskOrderActions, orderWire, type requestSettling } from './order-wiring';
import { takeShopNews } from './shop-wiring';
import { readBacklog } from './store/backlog';
import type { openStores } from './stores';

/** Everything that stands behind a door. */
export interface DoorParts {
  config: Config;
  rules: ShopRules;
  log: Log;
  clock: Clock;
  stores: Awaited<ReturnType<typeof openStores>>;
  stream: Stream;
  settle: ReturnType<typeof requestSettling>;
  worker: InstructionWorker;
  files: FileWorker;
  /** Kicked when a parcel may have changed. */
  notices: Pick<Loop, 'kick'>;
  demo: Demo | undefined;
  channels: ChannelAdapter[];
  secretKey: string;
  metrics: Metrics;
  /** Fires when the product stops: live feeds end first. */
  stopping: AbortSignal;
}

/** Puts the parts behind their HTTP doors: webhooks, API, web chat, desk, pages. Nothing listens yet. */
export function createDoors(parts: DoorParts): HttpDoors {
  const { config, rules, log, clock, stores, stream, settle, worker, demo, channels, secretKey, metrics } =
    parts;
  const webRoot = join(__dirname, '..', 'web');
  const shiprocket = config.events.shiprocket ?? demo?.settings.shiprocketToken;
  const identitySecret = config.webchat.identitySecret ?? demo?.settings.identitySecret;
  const { conversations, actions, feeds } = stream;
  const inbox = parts.files.noting(stream.inbox);
  addGauges(metrics, stores, stream, clock);
  const mounts: Mount[] = [
    ...(config.apiKey
      ? [
          {
            path: '/api/v1',
            router: restRouter({
              apiKey: config.apiKey,
              publicUrl: config.publicUrl,
              timeZone: config.timeZone,
              clock,
              orders: stores.orders,
              orderWire: orderWire(config),
              conversations,
              actions,
              summary: stores.summary,
            }),
          },
        ]
      : []),
    {
      path: '/webchat',
      router: createWebchatRouter({
        inbox,
        actions,
        conversations,
        feeds,
        files: stores.files,
        clock,
        secretKey,
        identitySecret,
        allowedOrigins: config.webchat.allowedOrigins,
        publicUrl: config.publicUrl,
      }),
    },
    {
      path: '/desk',
      router: createDeskRouter({
        agents: stores.agents,
        sessions: stores.sessions,
        audit: stores.audit,
        cannedReplies: stores.cannedReplies,
        conversations,
        actions,
        feeds,
        orders: stores.orders,
        settle: async ({ requestId, status, reference, reason, by, now }) => {
          await settle({ requestId, answer: { status, reference, reason }, by, now });
          worker.kick();
        },
        orderActions: deskOrderActions(stores.orders, rules, () => worker.kick()),
        rules,
        summary: stores.summary,
        files: parts.files,
        templates: async (id) =>
          (await channels.find((channel) => channel.id === id)?.approvedTemplates?.()) ?? [],
        clock,
        secureCookies: config.https,
        publicOrigin: new URL(config.publicUrl).origin,
        channels,
        webRoot: join(webRoot, 'desk'),
        stopping: parts.stopping,
        onFault: (error) => log.error({ err: error }, 'the desk met a fault'),
      }),
    },
    { path: '/', router: widgetRouter(webRoot) },
    {
      path: '/',
      router: demo
        ? demo.router({
            orders: stores.orders,
            webRoot,
            mails: async () =>
              (await stores.mail.list()).map(({ to, subject, text, queuedAt }) => ({
                to,
                subject,
                text,
                at: queuedAt,
              })),
          })
        : plainHome(),
    },
  ];
  return createHttp({
    log,
    clock,
    https: config.https,
    trustProxy: config.trustProxy,
    apiKey: config.apiKey,
    channels,
    inbox,
    metrics,
    checks: [
      {
        name: 'store',
        check: () =>
          stores.ping().then(
            () => undefined,
            () => 'does not answer',
          ),
      },
    ],
    webhooks: [
      carrierWebhooks({
        doors: carrierDoors({ ...config.events, shiprocket }, config),
        record: async (scan, now) => {
          const outcome = await stores.orders.recordScan(scan.trackingNumber, scan.event, now);
          if (outcome === 'applied' || outcome === 'kept') parts.notices.kick();
          return outcome;
        },
        takeShop: async (news, now) => {
          const outcome = await takeShopNews({ orders: stores.orders, settle }, news, now);
          if (outcome === 'applied') parts.notices.kick();
          if (outcome === 'applied') worker.kick();
          return outcome;
        },
        deliveries: stores.carrierEvents,
        carrierToken: config.carrier.token ?? demo?.settings.instructionToken,
        settle: async (id, answer) => {
          const known = await settle({ requestId: id, answer, by: 'carrier', now: clock.now() });
          worker.kick();
          return known;
        },
        clock,
        log,
        metrics,
      }),
    ],
    mounts,
  });
}

/** What waits and how much of it: of this process, and of the store whoever asks. */
function addGauges(metrics: Metrics, stores: DoorParts['stores'], stream: Stream, clock: Clock): void {
  const backlog = sparing(() => readBacklog(stores.connection, clock.now()));
  const ready = () =>
    stores.ping().then(
      () => 1,
      () => 0,
    );
  metrics.gauge('ready', '1 while messages can be taken', ready);
  metrics.gauge(
    'turns_waiting',
    'Conversations waiting for a turn in this process, or in one',
    () => stream.load().turns,
  );
  metrics.gauge(
    'sends_waiting',
    'Conversations with a send of this process on its way',
    () => stream.load().sends,
  );
  metrics.gauge(
    'inbox_waiting',
    'Accepted events without a turn yet, in the store',
    async () => (await backlog()).inbox,
  );
  metrics.gauge(
    'inbox_oldest_seconds',
    'Age of the oldest of them',
    async () => (await backlog()).inboxOldest,
  );
  metrics.gauge(
    'outbox_waiting',
    'Conversations with messages not sent yet, in the store',
    async () => (await backlog()).outbox,
  );
  metrics.gauge(
    'outbox_late_seconds',
    'How long the most overdue of them is due',
    async () => (await backlog()).outboxLate,
  );
  const owners = sparing(() => stream.conversations.counts(), 5_000);
  metrics.gauges('conversations', 'Conversations by owner', 'owner', owners);
}
