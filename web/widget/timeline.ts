/** A button or list row the customer may pick. */
export interface Choice {
  id: string;
  title: string;
  description?: string;
}

/** One step of a parcel's way. */
export interface Step {
  label: string;
  state: 'done' | 'current' | 'todo' | 'problem';
  at?: string;
}

/** An order as the server asks to have it drawn. */
export interface Card {
  orderNumber: string;
  title: string;
  status: string;
  late?: string;
  items: { name: string; quantity: number }[];
  parcels: { title?: string; steps: Step[]; link?: string; expected?: string }[];
}

/** A line of the conversation as the feed brings it. */
export interface Entry {
  seq: number;
  /** The browser's own id for a message it sent, where the server returns it. */
  id?: string;
  from: 'customer' | 'bot' | 'agent' | 'system';
  agent?: string;
  text: string;
  choices?: Choice[];
  card?: Card;
  /** What came with a line of the customer's; `id` is ours of a photo sent from here. */
  files?: { kind: string; id?: string }[];
  at: string;
}

/** A message of ours that the feed has not brought back yet. */
export interface Pending {
  id: string;
  text: string;
  at: string;
  state: 'pending' | 'sent' | 'refused';
  /** It is a photo: how much of it has left, 0 to 1. */
  photo?: number;
}

/** A change of who answers, told between two lines. */
export interface OwnerNote {
  /** Stands after the entry with this number. */
  after: number;
  owner: Owner;
  name?: string;
}

export type Owner = 'bot' | 'waiting' | 'agent' | 'closed';

/** Adds an entry in order of its number; one that is there already changes nothing. */
export function withEntry(entries: Entry[], entry: Entry): Entry[] {
  const last = entries.at(-1);
  if (!last || last.seq < entry.seq) return [...entries, entry];
  if (entries.some((one) => one.seq === entry.seq)) return entries;
  return [...entries, entry].sort((a, b) => a.seq - b.seq);
}

/**
 * Removes the pending message that this entry turned out to be: by id where the server says it, else the first with the same words,
 * else the oldest that has left.
 */
export function settle(pending: Pending[], entry: Entry): Pending[] {
  if (entry.from !== 'customer') return pending;
  const own = entry.id ?? entry.files?.find((file) => file.id)?.id;
  const mine =
    pending.find((one) => one.id === own) ??
    pending.find((one) => one.photo === undefined && one.text.trim() === entry.text.trim()) ??
    pending.find((one) => one.photo === undefined && one.state === 'sent');
  return mine ? pending.filter((one) => one !== mine) : pending;
}

/** Lines of the shop's side after the read mark. */
export function countUnread(entries: Entry[], read: number): number {
  return entries.filter((entry) => entry.seq > read && entry.from !== 'customer').length;
}

/** Choices are live only on the last line that has some, and only until the customer says anything after it. */
export function liveChoices(entries: Entry[], pending: Pending[]): number | undefined {
  if (pending.length > 0) return undefined;
  for (let i = entries.length - 1; i >= 0; i -= 1) {
    const entry = entries[i];
    if (!entry || entry.from === 'customer') return undefined;
    if (entry.choices?.length) return entry.seq;
  }
  return undefined;
}

/** The choice the customer took of an earlier line, if the next line of theirs says so. */
export function takenChoice(entries: Entry[], pending: Pending[], seq: number): string | undefined {
  const offered = entries.find((entry) => entry.seq === seq)?.choices;
  const answer = entries.find((entry) => entry.seq > seq && entry.from === 'customer') ?? pending[0];
  return offered?.find((choice) => choice.title === answer?.text)?.id;
}

const SCORE = /\brate:\d$/;

/** The answers to the last question how people's help was, while it has none; on the server any later time is good for one. */
export function openSurvey(entries: Entry[], pending: Pending[]): Choice[] | undefined {
  const asked = entries.findLast(({ choices }) => choices?.some(({ id }) => SCORE.test(id)));
  if (!asked?.choices) return undefined;
  const titles = new Set(asked.choices.map(({ title }) => title));
  const answers = [...entries.filter(({ seq, from }) => seq > asked.seq && from === 'customer'), ...pending];
  return answers.some(({ text }) => titles.has(text)) ? undefined : asked.choices;
}
