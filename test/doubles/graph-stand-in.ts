import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startGraphStandIn, type GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import type { GraphStandInOptions, StandInAccount, StandInNumber } from '../../src/demo/graph-stand-in/wire';
import type { InstagramSettings } from '../../src/channels/instagram/adapter';
import type { WhatsAppSettings } from '../../src/channels/whatsapp-cloud/adapter';

/** The number and the account that tests speak for. */
export const NUMBER: StandInNumber & { accessToken: string } = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  displayPhone: '918041100000',
  appSecret: 'whatsapp-app-secret',
  accessToken: 'whatsapp-token',
};
export const ACCOUNT: StandInAccount & { accessToken: string } = {
  accountId: '17841400000000000',
  appSecret: 'instagram-app-secret',
  accessToken: 'instagram-token',
};
export const VERIFY_TOKEN = 'verify-me';

/** A stand-in with the tests' number and account; time stands still unless a clock is given. */
export function startTestGraph(options: Partial<GraphStandInOptions> = {}): Promise<GraphStandIn> {
  const clock = { now: () => new Date('2026-11-22T10:00:00Z') };
  return startGraphStandIn({ clock, whatsapp: NUMBER, instagram: ACCOUNT, ...options });
}

/** Settings of a WhatsApp adapter that sends to `url`; unpaced unless said otherwise. */
export function whatsappSettings(url: string, more: Partial<WhatsAppSettings> = {}): WhatsAppSettings {
  const { phoneNumberId, accessToken, appSecret } = NUMBER;
  const base = { graphUrl: url, version: 'v24.0', verifyToken: VERIFY_TOKEN, sendsPerSecond: 0 };
  return { ...base, phoneNumberId, accessToken, appSecret, ...more };
}

/** Settings of an Instagram adapter that sends to `url`. */
export function instagramSettings(url: string, more: Partial<InstagramSettings> = {}): InstagramSettings {
  const { accountId, accessToken, appSecret } = ACCOUNT;
  return {
    graphUrl: url,
    version: 'v24.0',
    verifyToken: VERIFY_TOKEN,
    accountId,
    accessToken,
    appSecret,
    ...more,
  };
}

/** A listener for webhooks that keeps what it gets and answers 200. */
export async function startWebhookSink(): Promise<{
  url: string;
  received: { path: string; raw: Buffer; signature: string }[];
  close(): Promise<void>;
}> {
  const received: { path: string; raw: Buffer; signature: string }[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const signature = String(request.headers['x-hub-signature-256'] ?? '');
      received.push({ path: request.url ?? '', raw: Buffer.concat(chunks), signature });
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, received, close };
}
