import type { ViewerWire } from './wire';

/** An agent says again that they are typing before this runs out. */
const TYPING_MS = 6000;

interface Viewer {
  agentId: string;
  name: string;
  key?: string;
  typingUntil: number;
  /** Tells this feed who else looks at its conversation. */
  show(viewers: ViewerWire[]): void;
}

/** Who has the desk open and looks at what. Kept in memory: it ends with the connections it describes. */
export class Presence {
  private readonly feeds = new Set<Viewer>();

  constructor(private readonly now: () => Date) {}

  /** Enters with a feed; answers the function that leaves. */
  join(viewer: Omit<Viewer, 'typingUntil'>): () => void {
    const feed = { ...viewer, typingUntil: 0 };
    this.feeds.add(feed);
    this.tell(feed.key);
    return () => {
      this.feeds.delete(feed);
      this.tell(feed.key);
    };
  }

  /** Others who look at a conversation, each once. */
  viewers(key: string, exceptAgentId: string): ViewerWire[] {
    const now = this.now().getTime();
    const others = new Map<string, ViewerWire>();
    for (const { key: theirs, agentId, name, typingUntil } of this.feeds) {
      if (theirs !== key || agentId === exceptAgentId) continue;
      const typing = typingUntil > now || (others.get(agentId)?.typing ?? false);
      others.set(agentId, { id: agentId, name, typing });
    }
    return [...others.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Says that an agent is writing in a conversation, or has stopped. */
  typing(key: string, agentId: string, on: boolean): void {
    const until = on ? this.now().getTime() + TYPING_MS : 0;
    for (const feed of this.feeds) if (feed.key === key && feed.agentId === agentId) feed.typingUntil = until;
    this.tell(key);
    if (on) setTimeout(() => this.tell(key), TYPING_MS + 50).unref();
  }

  /** Agents with the desk open anywhere. */
  online(): Set<string> {
    return new Set([...this.feeds].map(({ agentId }) => agentId));
  }

  private tell(key: string | undefined): void {
    if (key === undefined) return;
    for (const feed of this.feeds) if (feed.key === key) feed.show(this.viewers(key, feed.agentId));
  }
}
