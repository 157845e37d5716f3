import type { Activity, ResourceResponse } from 'botbuilder';
import { ActivityTypes, BotAdapter, type TurnContext } from 'botbuilder-core';
import type { Content } from '../core/content';
import { callOf } from '../../dialogs/kit/call';

/**
 * The framework's side of a turn: what dialogs say is collected, nothing is sent. Drops everything that is not a message (the
 * framework's traces carry memory) and refuses what a turn may not do.
 */
export class TurnAdapter extends BotAdapter {
  async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    for (const activity of activities) {
      if (activity.type === ActivityTypes.Message) callOf(context).say(activity.channelData as Content);
    }
    return activities.map(() => ({ id: '' }));
  }

  async updateActivity(): Promise<void> {
    throw new Error('a turn does not change messages');
  }

  async deleteActivity(): Promise<void> {
    throw new Error('a turn does not delete messages');
  }

  async continueConversation(): Promise<void> {
    throw new Error('a turn starts no conversations');
  }
}
