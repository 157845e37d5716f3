import { createHmac, randomUUID } from 'node:crypto';
import { createChannels } from '../../src/channels';
import { systemClock } from '../../src/core/clock';
import { createHttp, type HttpDoors, type HttpOptions } from '../../src/http/server';
import { quiet } from '../kit/stream';

export const APP_SECRET = 'app-secret';
export const ACCOUNT = '106540352242922';

/** The real WhatsApp adapter; nothing is ever sent by it here. */
export const whatsapp = createChannels({
  whatsapp: {
    graphUrl: 'http://127.0.0.1:9',
    version: 'v24.0',
    phoneNumberId: ACCOUNT,
    accessToken: 'token',
    appSecret: APP_SECRET,
    verifyToken: 'verify-me',
    sendsPerSecond: 0,
  },
});

/** Doors on a free port of loopback. */
export async function serve(
  options: Partial<HttpOptions>,
): Promise<{ doors: HttpDoors; url: string; stop(graceMs?: number): Promise<void> }> {
  const doors = createHttp({
    log: quiet,
    clock: systemClock,
    https: false,
    channels: whatsapp,
    inbox: { accept: () => Promise.resolve() },
    checks: [],
    mounts: [],
    ...options,
  });
  const port = await doors.listen({ host: '127.0.0.1', port: 0 });
  return { doors, url: `http://127.0.0.1:${port}`, stop: (graceMs) => doors.stop(graceMs) };
}

export function signature(body: string | Buffer, secret = APP_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** A webhook of WhatsApp with one text message. */
export function textWebhook(text: string, id = `wamid.${randomUUID()}`, from = '919811100001'): string {
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '1',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '919800000000', phone_number_id: ACCOUNT },
              contacts: [{ profile: { name: 'Asha' }, wa_id: from }],
              messages: [{ from, id, timestamp: '1763800000', type: 'text', text: { body: text } }],
            },
          },
        ],
      },
    ],
  });
}
