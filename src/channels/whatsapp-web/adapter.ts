import { join } from 'node:path';
import type { ConversationReference } from '../../core/activity';
import type { ChannelAdapter, ChannelCapabilities } from '../../core/channel';
import type { Clock } from '../../core/clock';
import type { Log } from '../../core/log';
import { Pace } from '../meta/pace';
import { LIBRARY, libraryPath } from './installed';
import * as limit from './limits';
import { ACCOUNT, CHANNEL, chatOf } from './people';
import type { ChildTimes } from './protocol';
import { render, type WebPayload } from './render';
import { Sender } from './send';
import { Session } from './session';

/** A phone of the shop, linked like a computer with WhatsApp Web. */
export interface WhatsAppWebSettings {
  /** Chrome or Chromium. */
  chromePath: string;
  /** The session is kept in `whatsapp-web` below it. */
  dataDir: string;
  clock: Clock;
  log: Log;
  /** For tests: another library, the child's built file, other times. */
  library?: string;
  childFile?: string;
  times?: Partial<ChildTimes>;
  restartMs?: readonly number[];
  silenceMs?: number;
  sendsPerSecond?: number;
}

const CAPABILITIES: ChannelCapabilities = {
  text: { max: limit.TEXT_CHARACTERS, unit: 'characters' },
  options: 'numbers',
  maxOptions: 0,
  templates: false,
  provesPhone: true,
  delivery: 'push',
  cards: false,
};

const TIMES: ChildTimes = {
  openMs: 180_000,
  readyMs: 120_000,
  lookMs: 30_000,
  answerMs: 10_000,
  sendMs: 7_000,
};

/** WhatsApp through whatsapp-web.js: unofficial, for one linked phone, in one process. */
export class WhatsAppWebAdapter implements ChannelAdapter<WebPayload> {
  readonly id = CHANNEL;
  readonly account = ACCOUNT;
  readonly capabilities = CAPABILITIES;
  readonly render = render;
  readonly session: Session;
  readonly send: ChannelAdapter<WebPayload>['send'];

  constructor(settings: WhatsAppWebSettings) {
    this.session = new Session({
      childFile: settings.childFile ?? join(__dirname, 'child/main.js'),
      child: {
        library: settings.library ?? libraryPath() ?? LIBRARY,
        chromePath: settings.chromePath,
        folder: join(settings.dataDir, CHANNEL),
        times: { ...TIMES, ...settings.times },
      },
      restartMs: settings.restartMs ?? limit.RESTART_MS,
      silenceMs: settings.silenceMs ?? limit.SILENCE_MS,
      clock: settings.clock,
      log: settings.log,
    });
    const sender = new Sender(this.session, new Pace(settings.sendsPerSecond ?? limit.SENDS_PER_SECOND));
    this.send = (target, payload) => sender.send(target, payload);
  }

  /** Shows "typing" until the next message. */
  showTyping(target: ConversationReference): Promise<void> {
    const to = chatOf(target, []);
    if (to) this.session.typing(to);
    return Promise.resolve();
  }
}
