import type { ConversationReference } from '../../core/activity';
import type {
  ApprovedTemplate,
  ChannelAdapter,
  ChannelCapabilities,
  WebhookInbound,
} from '../../core/channel';
import { GraphClient } from '../meta/graph-client';
import { answerHandshake } from '../meta/handshake';
import { Pace, PairLimit, Pauses, type Ticks } from '../meta/pace';
import { isSigned } from '../meta/signature';
import * as limit from './limits';
import { fetchMedia } from './media';
import { parse } from './parse';
import { CHANNEL } from './people';
import { render, type WhatsAppPayload } from './render';
import { Sender } from './send';
import { TemplateList } from './templates';

/** One phone number on the WhatsApp Cloud API. */
export interface WhatsAppSettings {
  /** Graph base address without version. */
  graphUrl: string;
  version: string;
  phoneNumberId: string;
  /** Owner of the number and of its message templates; without it none are listed. */
  businessAccountId?: string;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
  /** Pace of sends; 0: no pacing at all, per number or person. */
  sendsPerSecond: number;
  /** For tests: milliseconds that only run forward. */
  ticks?: Ticks;
  /** For tests: how long an answer is waited for. */
  timeoutMs?: number;
}

const CAPABILITIES: ChannelCapabilities = {
  text: { max: limit.TEXT_CHARACTERS, unit: 'characters' },
  options: 'controls',
  maxOptions: limit.LIST_ROWS,
  windowHours: limit.WINDOW_HOURS,
  agentWindowHours: limit.WINDOW_HOURS,
  templates: true,
  provesPhone: true,
  delivery: 'push',
  cards: false,
};

/** WhatsApp through Meta's Cloud API, for one of the shop's numbers. */
export class WhatsAppCloudAdapter implements ChannelAdapter<WhatsAppPayload> {
  readonly id = CHANNEL;
  readonly account: string;
  readonly capabilities = CAPABILITIES;
  readonly inbound: WebhookInbound;
  readonly render = render;
  readonly send: ChannelAdapter<WhatsAppPayload>['send'];
  private readonly client: GraphClient;
  private readonly templates: TemplateList | undefined;

  constructor(private readonly settings: WhatsAppSettings) {
    const { phoneNumberId: account, graphUrl: url, version, accessToken, timeoutMs, ticks } = settings;
    this.account = account;
    this.inbound = {
      challenge: (query) => answerHandshake(settings.verifyToken, query),
      authenticate: (rawBody, headers) => isSigned(settings.appSecret, rawBody, headers),
      parse: (body, receivedAt) => parse(account, body, receivedAt),
    };
    this.client = new GraphClient({ channel: CHANNEL, url, version, accessToken, timeoutMs });
    const { businessAccountId } = settings;
    this.templates = businessAccountId ? new TemplateList(this.client, businessAccountId) : undefined;
    const isPaced = settings.sendsPerSecond > 0;
    const sender = new Sender(
      this.client,
      account,
      new Pace(settings.sendsPerSecond, ticks),
      isPaced ? new PairLimit(limit.PAIR_BURST_MESSAGES, limit.PAIR_REFILL_MS, ticks) : undefined,
      new Pauses(ticks),
    );
    this.send = (target, payload) => sender.send(target, payload);
  }

  approvedTemplates(): Promise<ApprovedTemplate[]> {
    return this.templates?.approved() ?? Promise.resolve([]);
  }

  fetchFile(ref: string, maxBytes: number): Promise<Buffer> {
    return fetchMedia(this.client, this.settings, ref, maxBytes);
  }

  /** Marks the customer's message as read and shows "typing" for at most 25 s. */
  async showTyping(_target: ConversationReference, lastMessageId: string): Promise<void> {
    await this.client
      .post(`${this.account}/messages`, {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: lastMessageId,
        typing_indicator: { type: 'text' },
      })
      .catch(() => undefined);
  }
}
