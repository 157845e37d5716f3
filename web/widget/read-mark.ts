import type { Keep } from './saved';
import type { ChatState } from './state';
import { countUnread } from './timeline';

/** Moves the read mark while the customer looks, counts what is new while not. Answers the number to show. */
export function markRead(keep: Keep, { entries, open, unread }: ChatState): number {
  const last = entries.at(-1)?.seq ?? 0;
  const saved = keep.read();
  if (open && !document.hidden) {
    if (saved.read < last || saved.unread > 0) keep.write({ read: Math.max(saved.read, last), unread: 0 });
    return 0;
  }
  // While history is still coming in, the saved count is the better one.
  if (last < saved.read) return unread;
  const fresh = countUnread(entries, saved.read);
  if (saved.unread !== fresh) keep.write({ unread: fresh });
  return fresh;
}
