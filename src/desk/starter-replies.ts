import type { CannedReplyStore } from '../core/agents';

const STARTERS = [
  { shortcut: 'hello', text: 'Hello {name}, this is {agent}. I am looking at your order now.' },
  {
    shortcut: 'late',
    text: 'I am sorry that {order} is late, {name}. I am asking the courier and will write here.',
  },
  { shortcut: 'namaste', text: 'नमस्ते {name}, मैं {agent} हूँ। आपका ऑर्डर अभी देख रहे हैं, एक मिनट।' },
  { shortcut: 'thanks', text: 'Thank you, {name}. Is there anything else I can do?' },
];

/** Gives a new desk a few prepared replies to start from. Call it once, when the first admin is made: what a shop removes stays removed. */
export async function addStarterReplies(replies: CannedReplyStore): Promise<void> {
  for (const reply of STARTERS) await replies.put(reply);
}
