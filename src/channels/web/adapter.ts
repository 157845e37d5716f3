import type { ChannelAdapter, ChannelCapabilities } from '../../core/channel';
import type { Content } from '../../core/content';
import { ChannelError } from '../../core/errors';

/** Name of the channel, and of our one account on it. */
export const CHANNEL = 'web';

/** Longest text a visitor may write and we may show; our own limit. */
export const TEXT_CHARACTERS = 4096;

const CAPABILITIES: ChannelCapabilities = {
  text: { max: TEXT_CHARACTERS, unit: 'characters' },
  options: 'controls',
  maxOptions: 10,
  templates: false,
  provesPhone: false,
  delivery: 'feed',
  cards: true,
};

/** The shop's own web chat. Visitors read from our live feed, so a committed message is already delivered to it. */
export class WebAdapter implements ChannelAdapter<Content> {
  readonly id = CHANNEL;
  readonly account = CHANNEL;
  readonly capabilities = CAPABILITIES;

  /** The widget draws contents itself. */
  render(content: Content): Content[] {
    return [content];
  }

  /** Refuses: nothing is ever pushed to a visitor. */
  send(): Promise<{ providerId: string }> {
    return Promise.reject(new ChannelError(CHANNEL, 'rejected', { kind: 'never' }));
  }
}
