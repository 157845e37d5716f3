import type { Conversation, PeopleTimes } from '../core/conversation';

type Held = Pick<Conversation, 'owner' | 'people'>;

/** A person is needed from now on; since earlier when one was needed already. */
export function needed({ owner, people }: Held, now: Date): { people: PeopleTimes } {
  return { people: people && (owner === 'waiting' || owner === 'agent') ? people : { since: now } };
}

/** A person said something to the customer. */
export function answered({ people }: Held, at: Date): { people?: PeopleTimes } {
  return people && !people.answeredAt ? { people: { ...people, answeredAt: at } } : {};
}

/** A person resolved it or gave it back. */
export function ended({ people }: Held, now: Date): { people?: PeopleTimes } {
  return people && !people.endedAt ? { people: { ...people, endedAt: now } } : {};
}
