import type { ConversationReference } from '../../core/activity';
import type { ChannelAdapter, ChannelCapabilities, WebhookInbound } from '../../core/channel';
import { download } from '../meta/download';
import { GraphClient } from '../meta/graph-client';
import { answerHandshake } from '../meta/handshake';
import { Pauses, type Ticks } from '../meta/pace';
import { isSigned } from '../meta/signature';
import * as limit from './limits';
import { CHANNEL, parse } from './parse';
import { render, type InstagramPayload } from './render';
import { Sender } from './send';

/** One professional account with Instagram messaging. */
export interface InstagramSettings {
  /** Graph base address without version. */
  graphUrl: string;
  version: string;
  accountId: string;
  accessToken: string;
  appSecret: string;
  verifyToken: string;
  /** For tests: milliseconds that only run forward. */
  ticks?: Ticks;
  /** For tests: how long an answer is waited for. */
  timeoutMs?: number;
}

const CAPABILITIES: ChannelCapabilities = {
  text: { max: limit.TEXT_BYTES, unit: 'bytes' },
  options: 'controls',
  maxOptions: limit.QUICK_REPLIES,
  windowHours: limit.WINDOW_HOURS,
  agentWindowHours: limit.AGENT_WINDOW_HOURS,
  templates: false,
  provesPhone: false,
  delivery: 'push',
  cards: false,
};

/** Instagram messaging for one of the shop's accounts. */
export class InstagramAdapter implements ChannelAdapter<InstagramPayload> {
  readonly id = CHANNEL;
  readonly account: string;
  readonly capabilities = CAPABILITIES;
  readonly inbound: WebhookInbound;
  readonly render = render;
  readonly send: ChannelAdapter<InstagramPayload>['send'];
  private readonly client: GraphClient;

  constructor(private readonly settings: InstagramSettings) {
    const { accountId: account, graphUrl: url, version, accessToken, timeoutMs } = settings;
    this.account = account;
    this.inbound = {
      challenge: (query) => answerHandshake(settings.verifyToken, query),
      authenticate: (rawBody, headers) => isSigned(settings.appSecret, rawBody, headers),
      parse: (body, receivedAt) => parse(account, body, receivedAt),
    };
    this.client = new GraphClient({ channel: CHANNEL, url, version, accessToken, timeoutMs });
    const sender = new Sender(this.client, account, new Pauses(settings.ticks));
    this.send = (target, payload) => sender.send(target, payload);
  }

  /** References are addresses that need no token and expire. */
  fetchFile(ref: string, maxBytes: number): Promise<Buffer> {
    return download({ channel: CHANNEL, url: ref, graphUrl: this.settings.graphUrl, maxBytes });
  }

  /** Shows "typing" until the next message. */
  async showTyping(target: ConversationReference): Promise<void> {
    await this.client
      .post(`${this.account}/messages`, { recipient: { id: target.user }, sender_action: 'typing_on' })
      .catch(() => undefined);
  }
}
