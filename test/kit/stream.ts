import { createChannels } from '../../src/channels';
import { systemClock, type Clock } from '../../src/core/clock';
import type { InboundActivity } from '../../src/core/activity';
import type { Log } from '../../src/core/log';
import type { RunTurn, TurnResult } from '../../src/core/turn';
import { createStream, type Stream } from '../../src/conversation/stream';
import { startGraphStandIn, type GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import { MongoConversationStore } from '../../src/store/conversations';
import { MongoCustomerStore } from '../../src/store/customers';
import { MongoErasureStore } from '../../src/store/erasure';
import { MongoInboxStore } from '../../src/store/inbox';
import { MongoMessageStore } from '../../src/store/messages';
import { MongoOutboxStore } from '../../src/store/outbox';
import type { Store } from '../../src/store/connect';

/** A log that says nothing, or everything when `DEBUG_LOG` is set. */
export const quiet: Log = (() => {
  const write = (...all: unknown[]) => {
    if (process.env.DEBUG_LOG) console.error(...all);
  };
  return { debug: write, info: write, warn: write, error: write };
})();

/** A turn that repeats what it heard: enough to see what the stream does with it. */
export const repeatTurn: RunTurn = async (turn) => ({
  say:
    turn.conversation.owner === 'bot'
      ? [
          {
            text: `heard: ${turn.messages.map(({ body }) => (body.kind === 'text' ? body.text : body.kind)).join(' | ')}`,
          },
        ]
      : [],
  ...unchanged(turn.conversation),
});

export function unchanged(conversation: Parameters<RunTurn>[0]['conversation']): Omit<TurnResult, 'say'> {
  return {
    dialogs: conversation.dialogs,
    locale: conversation.locale,
    localeKnown: conversation.localeKnown,
    proofs: conversation.proofs,
    misses: 0,
    disclosed: true,
  };
}

export interface StreamKit {
  stream: Stream;
  provider: GraphStandIn;
  stores: ReturnType<typeof storesOf>;
  /** A WhatsApp customer says something, as the webhook door would hand it in. */
  says(user: string, text: string, id?: string): Promise<void>;
  close(): Promise<void>;
}

export function storesOf(store: Store, clock: Clock = systemClock) {
  const customers = new MongoCustomerStore(store.connection);
  return {
    inbox: new MongoInboxStore(store.connection, clock),
    conversations: new MongoConversationStore(store.connection),
    outbox: new MongoOutboxStore(store.connection),
    messages: new MongoMessageStore(store.connection),
    customers,
    erasure: new MongoErasureStore(store.connection, customers),
  };
}

const ACCOUNT = '106540352242922';

/** The shop's WhatsApp number on the Graph stand-in. */
export const NUMBER = {
  phoneNumberId: ACCOUNT,
  businessAccountId: '1',
  displayPhone: '919800000000',
  accessToken: 'token',
  appSecret: 'app-secret',
};
let counter = 0;

export function textActivity(
  user: string,
  text: string,
  id = `wamid.${(counter += 1)}.${user}`,
  at = new Date(),
): InboundActivity {
  return {
    type: 'message',
    id,
    reference: { channel: 'whatsapp', account: ACCOUNT, user },
    identities: [{ channel: 'whatsapp', account: ACCOUNT, kind: 'wa_phone', value: user }],
    at,
    body: { kind: 'text', text },
  };
}

/** How WhatsApp names a customer by number. */
export const ACCOUNT_IDENTITY = (user: string) => ({
  channel: 'whatsapp',
  account: ACCOUNT,
  kind: 'wa_phone' as const,
  value: user,
});

export const keyOf = (user: string) => `whatsapp:${ACCOUNT}:${user}`;

/** The stream alone, with the real store, the real WhatsApp adapter and a Graph API on loopback. */
export async function startStream(
  store: Store,
  options: {
    runTurn?: RunTurn;
    probe?: (step: number) => void | Promise<void>;
    provider?: GraphStandIn;
    clock?: Clock;
    /** As with the embedded store: no other process works on it. */
    sole?: boolean;
    survey?: Parameters<typeof createStream>[0]['survey'];
  } = {},
): Promise<StreamKit> {
  const clock = options.clock ?? systemClock;
  const provider =
    options.provider ??
    (await startGraphStandIn({
      clock,
      whatsapp: NUMBER,
    }));
  const stores = storesOf(store, clock);
  const stream = createStream({
    stores,
    channels: createChannels({
      whatsapp: {
        graphUrl: provider.url,
        version: 'v24.0',
        phoneNumberId: ACCOUNT,
        accessToken: 'token',
        appSecret: 'app-secret',
        verifyToken: 'verify',
        sendsPerSecond: 0,
      },
    }),
    runTurn: options.runTurn ?? repeatTurn,
    apology: (_locale, person) => ({
      text: person ? 'sorry, a person comes' : 'sorry, please say that again',
    }),
    peopleOnDuty: () => true,
    clock,
    log: quiet,
    defaultLocale: 'en',
    sole: options.sole ?? false,
    ...(options.probe ? { probe: options.probe } : {}),
    survey: options.survey,
  });
  stream.start();
  return {
    stream,
    provider,
    stores,
    says: (user, text, id) => stream.inbox.accept([textActivity(user, text, id)]),
    close: async () => {
      await stream.stop(3000);
      if (!options.provider) await provider.close();
    },
  };
}

/** Waits until `check` answers something true; the question is named in the failure. */
export async function eventually<T>(
  question: string,
  check: () => Promise<T | undefined | false> | T | undefined | false,
  ms = 30_000,
): Promise<T> {
  const until = Date.now() + ms;
  for (;;) {
    const answer = await check();
    if (answer) return answer;
    if (Date.now() > until) throw new Error(`still not: ${question}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
