import { randomBytes } from 'node:crypto';
import type { Router } from 'express';
import { Router as createRouter } from 'express';
import type { Clock } from '../core/clock';
import type { OrderStore } from '../core/order-store';
import { simulatorApi, type DemoMail } from './api';
import { startGraphStandIn, type GraphStandIn } from './graph-stand-in/stand-in';
import type { StandInTemplate } from './graph-stand-in/wire';
import { demoPages } from './pages';
import { StandInProvider } from './stand-in-provider';
import { Wire } from './wire';
import { keepGraphEvents } from './wire-from-graph';

/** Name of the template for one-time codes that the stand-in knows. */
const CODE_TEMPLATE = 'delivery_code';
const GRAPH_VERSION = 'v24.0';
/** Our accounts have the same ids at every start, so that conversations of yesterday are still there. */
const WHATSAPP_NUMBER = '106540352242922';
const WHATSAPP_BUSINESS = '102290129340398';
const DISPLAY_PHONE = '918045670000';
const INSTAGRAM_ACCOUNT = '17841400000000001';

const secret = (): string => randomBytes(24).toString('hex');

function makeSettings(graphUrl: string) {
  const graph = { version: GRAPH_VERSION, graphUrl };
  return {
    whatsapp: {
      ...graph,
      phoneNumberId: WHATSAPP_NUMBER,
      businessAccountId: WHATSAPP_BUSINESS,
      accessToken: secret(),
      appSecret: secret(),
      verifyToken: secret(),
      codeTemplate: CODE_TEMPLATE,
      sendsPerSecond: 80,
    },
    instagram: {
      ...graph,
      accountId: INSTAGRAM_ACCOUNT,
      accessToken: secret(),
      appSecret: secret(),
      verifyToken: secret(),
    },
    /** For the carrier's door at `/webhooks/carrier/a`. */
    shiprocketToken: secret(),
    /** For the carrier's answers at `/webhooks/carrier/instructions`. */
    instructionToken: secret(),
    /** For the demo shop's signed-in customers. */
    identitySecret: secret(),
  };
}

/** Settings of a product in demo mode, of the same shape as its own: put them where the configured ones are missing. */
export type DemoSettings = ReturnType<typeof makeSettings>;

/** What the pages need of the product once it stands. */
export interface DemoParts {
  orders: OrderStore;
  /** Folder of everything built for browsers. */
  webRoot: string;
  /** Mails the demo kept, newest first. */
  mails(): Promise<DemoMail[]>;
}

/** The demo around a product: start it before the channels are made, give it the product's address once that listens. */
export interface Demo {
  readonly settings: DemoSettings;
  /** `/`, `/orders`, `/simulator`, `/simulator/mail`, `/simulator/api`: mount at `/`. */
  router(parts: DemoParts): Router;
  /** Tells the simulator where the product listens; before that, customers cannot write. */
  listening(productUrl: string): void;
  close(): Promise<void>;
}

function templates(): StandInTemplate[] {
  const codes = ['en', 'hi'].map((language) => ({
    name: CODE_TEMPLATE,
    language,
    parameters: 1,
    codeButton: true,
  }));
  const followUp = { name: 'order_follow_up', parameters: 2 };
  return [
    ...codes,
    {
      ...followUp,
      language: 'en',
      body: 'Hello {{1}}, we have news about your order {{2}}. Reply here to read it.',
    },
    {
      ...followUp,
      language: 'hi',
      body: 'नमस्ते {{1}}, आपके ऑर्डर {{2}} के बारे में एक ख़बर है। पढ़ने के लिए यहीं जवाब दीजिए।',
    },
  ];
}

/** Starts the Graph stand-in on a free loopback port, with fresh secrets. */
export async function startDemo({ clock }: { clock: Clock }): Promise<Demo> {
  const settings = makeSettings('');
  const { whatsapp, instagram } = settings;
  const graph: GraphStandIn = await startGraphStandIn({
    clock,
    whatsapp: { ...whatsapp, displayPhone: DISPLAY_PHONE },
    instagram,
    templates: templates(),
    keep: 200,
  });
  whatsapp.graphUrl = graph.url;
  instagram.graphUrl = graph.url;
  const wire = new Wire();
  graph.subscribe(keepGraphEvents(wire));
  const provider = new StandInProvider(graph, DISPLAY_PHONE);
  let address = '';
  return {
    settings,
    router: ({ orders, webRoot, mails }) => {
      const router = createRouter();
      const accounts = { whatsapp: WHATSAPP_NUMBER, instagram: INSTAGRAM_ACCOUNT };
      const { shiprocketToken: carrierToken, instructionToken, identitySecret } = settings;
      const productUrl = () => address;
      router.use(
        '/simulator/api',
        simulatorApi({
          orders,
          clock,
          provider,
          wire,
          accounts,
          carrierToken,
          instructionToken,
          identitySecret,
          productUrl,
          mails,
        }),
      );
      router.use(demoPages(webRoot));
      return router;
    },
    listening: (productUrl) => {
      address = productUrl.replace(/\/$/, '');
      graph.webhookBase = address;
    },
    close: () => graph.close(),
  };
}
