import type { ChannelAdapter } from '../core/channel';
import { InstagramAdapter, type InstagramSettings } from './instagram/adapter';
import { WebAdapter } from './web/adapter';
import { WhatsAppCloudAdapter, type WhatsAppSettings } from './whatsapp-cloud/adapter';
import { WhatsAppWebAdapter, type WhatsAppWebSettings } from './whatsapp-web/adapter';

/** Settings of every channel; an absent one is off. Web chat needs none and is always there. */
export interface ChannelSettings {
  whatsapp?: WhatsAppSettings;
  instagram?: InstagramSettings;
  whatsappWeb?: WhatsAppWebSettings;
}

/** The one list of channels: adding a channel adds a line here. */
export function createChannels(settings: ChannelSettings): ChannelAdapter[] {
  return [
    ...(settings.whatsapp ? [new WhatsAppCloudAdapter(settings.whatsapp)] : []),
    ...(settings.instagram ? [new InstagramAdapter(settings.instagram)] : []),
    ...(settings.whatsappWeb ? [new WhatsAppWebAdapter(settings.whatsappWeb)] : []),
    new WebAdapter(),
  ];
}
