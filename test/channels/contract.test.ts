import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChannels } from '../../src/channels';
import type { InstagramPayload } from '../../src/channels/instagram/render';
import type { WhatsAppPayload } from '../../src/channels/whatsapp-cloud/render';
import type { WebPayload } from '../../src/channels/whatsapp-web/render';
import type { ChannelAdapter } from '../../src/core/channel';
import { systemClock } from '../../src/core/clock';
import type { Content } from '../../src/core/content';
import {
  instagramEcho,
  instagramEvents,
  instagramSays,
} from '../../src/demo/graph-stand-in/instagram-customer';
import { checkInstagram } from '../../src/demo/graph-stand-in/instagram-rules';
import { readSend } from '../../src/demo/graph-stand-in/read-send';
import type { GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import {
  whatsappEcho,
  whatsappMessages,
  whatsappSays,
} from '../../src/demo/graph-stand-in/whatsapp-customer';
import { checkWhatsApp } from '../../src/demo/graph-stand-in/whatsapp-rules';
import { channelContract } from '../contracts/channel';
import {
  ACCOUNT,
  instagramSettings,
  NUMBER,
  startTestGraph,
  VERIFY_TOKEN,
  whatsappSettings,
} from '../doubles/graph-stand-in';
import { WhatsAppWorld } from '../doubles/whatsapp-web/world';
import { eventually, quiet } from '../kit/stream';

const at = new Date('2026-11-22T09:59:00Z');
const PHONE = '919811100001';
const PERSON = '200000000000001';
let graph: GraphStandIn;
let world: WhatsAppWorld;
let dataDir: string;
let channels: ChannelAdapter[];
beforeAll(async () => {
  graph = await startTestGraph();
  world = await WhatsAppWorld.start();
  dataDir = mkdtempSync(join(tmpdir(), 'doorstep-contract-'));
  const { library, childFile, chromePath } = world;
  channels = createChannels({
    whatsapp: whatsappSettings(graph.url),
    instagram: instagramSettings(graph.url),
    whatsappWeb: { library, childFile, chromePath, dataDir, clock: systemClock, log: quiet },
  });
  const { session } = find('whatsapp-web');
  session?.start({ accept: () => Promise.resolve(), onState: () => undefined });
  await eventually('a code', () => session?.state().name === 'linking');
  world.scan();
  await eventually('the session', () => session?.state().name === 'ready');
});
afterAll(async () => {
  await find('whatsapp-web').session?.stop();
  world.close();
  rmSync(dataDir, { recursive: true, force: true });
  await graph.close();
});
beforeEach(() => {
  graph.behaviour.fault = undefined;
  world.sends = 'answer';
});

const find = (id: string) => channels.find((channel) => channel.id === id)!;
const fail = () => (graph.behaviour.fault = () => ({ kind: 'refuse', error: { code: 100 } }));
const { appSecret } = NUMBER;

const whatsappBody = (payload: unknown) => ({
  messaging_product: 'whatsapp',
  to: `+${PHONE}`,
  ...(payload as WhatsAppPayload).message,
});
channelContract(
  () => ({
    name: 'whatsapp',
    adapter: find('whatsapp'),
    refuses: (payload) => checkWhatsApp(whatsappBody(payload), []),
    shows: (payload) => readSend('whatsapp', whatsappBody(payload), at),
    user: PHONE,
    fail,
    webhook: {
      appSecret,
      verifyToken: VERIFY_TOKEN,
      messages: [
        whatsappMessages(
          NUMBER,
          { phone: PHONE, name: 'Asha' },
          [whatsappSays.text('a'), whatsappSays.image('b')],
          at,
        ),
        whatsappMessages(
          NUMBER,
          { userId: 'IN.123' },
          [whatsappSays.button('x', 'X'), whatsappSays.voice()],
          at,
        ),
        whatsappMessages(
          NUMBER,
          { phone: PHONE },
          [whatsappSays.contact('R', '919811100002'), whatsappSays.location(1, 2)],
          at,
        ),
      ],
      echoes: [whatsappEcho(NUMBER, { phone: PHONE }, whatsappSays.text('from the phone'), at)],
    },
  }),
  'WhatsApp Cloud',
  { webhook: true },
);

const instagramBody = (payload: unknown) => ({
  recipient: { id: PERSON },
  message: payload as InstagramPayload,
});
channelContract(
  () => ({
    name: 'instagram',
    adapter: find('instagram'),
    refuses: (payload) => checkInstagram(instagramBody(payload)),
    shows: (payload) => readSend('instagram', instagramBody(payload), at),
    user: PERSON,
    fail,
    webhook: {
      appSecret: ACCOUNT.appSecret,
      verifyToken: VERIFY_TOKEN,
      messages: [
        instagramEvents(ACCOUNT, PERSON, [instagramSays.text('a'), instagramSays.quickReply('x', 'X')], at),
        [instagramEvents(ACCOUNT, PERSON, [instagramSays.image(), instagramSays.postback('p', 'P')], at)],
      ],
      echoes: [instagramEcho(ACCOUNT, PERSON, { text: 'from the app' }, at)],
    },
  }),
  'Instagram',
  { webhook: true },
);

channelContract(
  () => ({
    name: 'whatsapp-web',
    adapter: find('whatsapp-web'),
    refuses: (payload) => {
      const { text } = payload as WebPayload;
      return text.trim() === '' || text.length > 4096 ? 'empty or too long' : undefined;
    },
    shows: (payload) => ({ text: (payload as WebPayload).text, options: [] }),
    user: PHONE,
    fail: () => (world.sends = 'no_lid'),
  }),
  'WhatsApp Web',
  { webhook: false },
);

channelContract(
  () => ({
    name: 'web',
    adapter: find('web'),
    refuses: () => undefined,
    shows: (payload) => ({ text: (payload as Content).text, options: (payload as Content).options ?? [] }),
    user: 'v_abc',
  }),
  'Web chat',
  { webhook: false },
);

test('a channel without settings is not in the list; web chat always is', () => {
  expect(createChannels({}).map((channel) => channel.id)).toEqual(['web']);
  expect(channels.map((channel) => channel.id)).toEqual(['whatsapp', 'instagram', 'whatsapp-web', 'web']);
});
