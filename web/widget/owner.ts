import type { ChatState } from './state';
import type { Owner } from './timeline';

/** After connecting, a word about the owner within this time is the state of things, not news. */
const OWNER_FIRST_MS = 1500;

/** Who answers, and which changes of that are news to be told between the lines. */
export class OwnerWatch {
  private timer?: ReturnType<typeof setTimeout>;
  private heard = false;
  private known = false;

  constructor(
    private readonly state: () => ChatState,
    private readonly set: (change: Partial<ChatState>) => void,
  ) {}

  /** The feed says first who answers, unless it is the bot: no word by then means the bot. */
  linked(on: boolean): void {
    clearTimeout(this.timer);
    if (!on) return;
    this.heard = false;
    this.timer = setTimeout(() => {
      if (!this.heard) this.moved({ owner: 'bot' });
      this.known = true;
    }, OWNER_FIRST_MS);
  }

  /** Nothing can have happened in a conversation that begins now: every change is news. */
  begins(): void {
    this.known = true;
  }

  forget(): void {
    this.known = false;
  }

  moved({ owner, assigneeName }: { owner: Owner; assigneeName?: string }): void {
    const { notes, entries, owner: before, agentName } = this.state();
    const isNews = this.known && (owner !== before || assigneeName !== agentName);
    const after = entries.at(-1)?.seq ?? 0;
    this.heard = true;
    this.known = true;
    this.set({
      owner,
      agentName: assigneeName,
      notes: isNews ? [...notes, { after, owner, name: assigneeName }] : notes,
    });
  }
}
