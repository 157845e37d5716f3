import type { AgentStore, AuditStore, CannedReplyStore, DeskSessionStore } from '../core/agents';
import type { ChannelAdapter } from '../core/channel';
import type { Clock } from '../core/clock';
import type { FileName, KeptFile } from '../core/files';
import type { OrderStore } from '../core/order-store';
import type { ShopRules } from '../core/policy';
import type { ConversationActions, Conversations, LiveFeeds } from '../core/stream';
import type { SummarySource } from '../core/summary';
import type { OrderActions } from './order-actions';
import type { TemplateWire } from './wire';

/** How a request ended, as an agent read it on the carrier's side. */
export interface Settlement {
  requestId: string;
  status: 'sent' | 'accepted' | 'rejected';
  reference?: string;
  reason?: string;
  /** Agent id. */
  by: string;
  now: Date;
}

/** What the desk needs from the rest of the product; handed over by `app.ts`. */
export interface DeskDeps {
  agents: AgentStore;
  sessions: DeskSessionStore;
  audit: AuditStore;
  cannedReplies: CannedReplyStore;
  conversations: Conversations;
  actions: ConversationActions;
  feeds: LiveFeeds;
  orders: OrderStore;
  /** Records what the carrier decided and tells the customer; refuses a request that is settled already. */
  settle(settlement: Settlement): Promise<void>;
  /** The bot's actions, for people. Absent: the buttons are not shown. */
  orderActions?: OrderActions;
  rules: ShopRules;
  /** The shop's figures, for supervisors. */
  summary: SummarySource;
  /** Approved templates of a channel, for closed reply windows. */
  templates?(channel: string): Promise<TemplateWire[]>;
  /** Shown to admins where they keep a session open. */
  channels?: Pick<ChannelAdapter, 'id' | 'session'>[];
  /** Customers' files; one still at its provider is fetched now. Absent: none are kept. */
  files?: { open(file: FileName): Promise<KeptFile | undefined> };
  clock: Clock;
  /** True when the public address is https. */
  secureCookies: boolean;
  /** Origin of the public address, for example `https://help.shop.example`. */
  publicOrigin: string;
  /** Folder of the built page (`dist/web/desk`). */
  webRoot: string;
  /** Fires when the product stops: feeds end first. */
  stopping?: AbortSignal;
  /** Told of faults that are ours; never of refused input. */
  onFault?(error: unknown): void;
}
