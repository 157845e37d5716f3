import type { PhotoFault } from './photo';
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
}
