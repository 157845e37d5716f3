import { ActivityTypes, type TurnContext } from 'botbuilder-core';
import type { Content } from '../../src/core/content';

/** Says something through the framework: our content rides in `channelData`, which it passes on untouched. */
export async function sayContent(context: TurnContext, content: Content): Promise<void> {
  await context.sendActivity({ type: ActivityTypes.Message, text: content.text, channelData: content });
}
