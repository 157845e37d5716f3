import type { Deletion } from './deletion';
import type { PhotoFault } from './photo';
import { subOf } from './identity';
import type { Saved } from './saved';
import type { Settings } from './settings';
import type { Entry, Owner, OwnerNote, Pending } from './timeline';

/** Everything that is drawn. Replaced as a whole at each change. */
export interface ChatState {
  open: boolean;
  entries: Entry[];
  pending: Pending[];
  notes: OwnerNote[];
  owner: Owner;
  agentName?: string;
  typing?: 'bot' | 'agent';
  unread: number;
  link: 'idle' | 'live' | 'lost';
  offline: boolean;
  /** Why a file the customer chose cannot be sent. */
  photoFault?: PhotoFault;
  signedIn: boolean;
  /** The visitor is asked who they are before the first message. */
  introduces: boolean;
  deletion?: Deletion;
}

/** An empty conversation, with what this browser keeps for whoever is there now. */
export function freshState(saved: Saved, identity: string | undefined, settings: Settings): ChatState {
  const mine = !saved.sub || saved.sub === (identity && subOf(identity));
  const stranger = !identity && !saved.sub && !saved.token && !saved.introduction;
  return {
    open: false,
    entries: [],
    pending: mine ? saved.queue.map(({ id, text, at }) => ({ id, text, at, state: 'pending' })) : [],
    notes: [],
    owner: 'bot',
    unread: mine ? saved.unread : 0,
    link: 'idle',
    offline: !navigator.onLine,
    signedIn: identity !== undefined,
    introduces: stranger && settings.ask.length > 0,
  };
}
