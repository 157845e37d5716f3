import type { Content } from '../../src/core/content';
import type { Call } from './call';

/** The short list of what we can do, as options under any sentence. */
export function menu(call: Call): Pick<Content, 'options' | 'optionsLabel'> {
  return {
    options: [
      call.go('order_status'),
      call.go('reschedule_delivery'),
      call.go('correct_address'),
      call.go('initiate_return'),
      call.go('talk_to_human'),
    ],
    optionsLabel: call.t.talk.optionsLabel,
  };
}
