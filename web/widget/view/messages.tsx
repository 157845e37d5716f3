/** @jsxImportSource preact */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat';
import type { ChatState } from '../state';
import { clockTime, dayHeading } from '../dates';
import type { Strings, WidgetLocale } from '../strings';
import { liveChoices, takenChoice, type Choice, type Entry, type OwnerNote, type Pending } from '../timeline';
import type { Asked } from '../asked';
import { OrderCard } from './card';
import { Icon } from './icons';
import { IntroductionForm } from './introduction';
import { Linked } from './links';
import { Picture } from './picture';

interface Props {
  chat: Chat;
  state: ChatState;
  t: Strings;
  locale: WidgetLocale;
  greeting: string;
  ask: Asked[];
}

/** This near to the bottom counts as being there. */
const NEAR_PX = 60;

/** The whole conversation, newest at the bottom; stays at the bottom unless the reader has scrolled up. */
export function Messages({ chat, state, t, locale, greeting, ask }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const follow = useRef(true);
  const { entries, pending, notes, typing } = state;
  useLayoutEffect(() => {
    follow.current = true;
  }, [pending.length]);
  useScroll(box, follow, entries);
  const settled = useSettled(entries.length > 0);
  const live = liveChoices(entries, pending);
  const scrolled = () => {
    const el = box.current;
    if (el) follow.current = el.scrollHeight - el.scrollTop - el.clientHeight < NEAR_PX;
  };
  return (
    <div
      class="messages"
      ref={box}
      onScroll={scrolled}
      role="log"
      aria-live={settled ? 'polite' : 'off'}
      aria-label={t.conversation}
      tabIndex={0}
    >
      {entries.length === 0 && (
        <Opening
          chat={chat}
          t={t}
          greeting={greeting}
          asked={pending.length > 0}
          ask={state.introduces ? ask : undefined}
        />
      )}
      {entries.map((entry, index) => {
        const before = entries[index - 1];
        const newDay = !before || dayOf(before.at) !== dayOf(entry.at);
        return (
          <div key={entry.seq} class="line" data-seq={entry.seq}>
            {newDay && <p class="day">{dayHeading(entry.at, locale, t.today)}</p>}
            <Bubble
              chat={chat}
              entry={entry}
              first={newDay || before?.from !== entry.from}
              t={t}
              locale={locale}
            />
            {entry.choices && entry.choices.length > 0 && (
              <Choices
                choices={entry.choices}
                live={live === entry.seq}
                taken={takenChoice(entries, pending, entry.seq)}
                pick={(choice) => chat.say(choice.title, choice)}
                t={t}
              />
            )}
            <Notes notes={notes.filter((note) => note.after === entry.seq)} t={t} />
          </div>
        );
      })}
      {pending.map((message) => (
        <PendingBubble key={message.id} chat={chat} message={message} t={t} />
      ))}
      {typing && (
        <p class="typing">
          <span class="hidden">{t.typing}</span>
          <i />
          <i />
          <i />
        </p>
      )}
    </div>
  );
}

/** History comes in within this time, and is not read out: only what is said from then on. */
const HISTORY_MS = 1000;

function useSettled(hasHistory: boolean): boolean {
  const [settled, setSettled] = useState(!hasHistory);
  useEffect(() => {
    if (settled) return undefined;
    const timer = setTimeout(() => setSettled(true), HISTORY_MS);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}

/** History is shown from its end; only what was just said is shown from its beginning. */
const JUST_SAID_MS = 30_000;

/** Goes to the bottom, but never past the beginning of what just came: a long answer is read from its top. */
function useScroll(
  box: RefObject<HTMLDivElement | null>,
  follow: RefObject<boolean>,
  entries: Entry[],
): void {
  const shown = useRef(0);
  useLayoutEffect(() => {
    const el = box.current;
    const fresh = entries.find((entry) => entry.seq > shown.current && entry.from !== 'customer');
    shown.current = entries.at(-1)?.seq ?? 0;
    if (!el || !follow.current) return;
    const bottom = el.scrollHeight - el.clientHeight;
    const justSaid = fresh && Date.now() - Date.parse(fresh.at) < JUST_SAID_MS;
    const line = justSaid ? el.querySelector<HTMLElement>(`[data-seq="${fresh.seq}"]`) : null;
    const top = line ? Math.min(bottom, line.offsetTop - el.offsetTop - 8) : bottom;
    el.scrollTop = top;
    // The reader is at the beginning of a long answer: what comes next must not pull it away.
    if (bottom - top > NEAR_PX) follow.current = false;
  });
}

const dayOf = (at: string): string => new Date(at).toDateString();

/** What stands in an empty chat: the greeting and a few things to ask. */
function Opening(props: { chat: Chat; t: Strings; greeting: string; asked: boolean; ask?: Asked[] }) {
  const { chat, t, greeting, asked, ask } = props;
  return (
    <div class="line">
      <div class="bubble bot">
        <Linked text={greeting} />
      </div>
      {ask && <IntroductionForm ask={ask} t={t} done={(said) => chat.introduce(said)} />}
      {!asked && !ask && (
        <div class="choices starters" role="group" aria-label={t.startersLabel}>
          {t.starters.map((text) => (
            <button key={text} type="button" onClick={() => chat.say(text)}>
              {text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function nameOf(entry: Entry, t: Strings): string {
  if (entry.from === 'customer') return t.you;
  return entry.from === 'agent' ? (entry.agent ?? t.agent) : t.assistant;
}

function Bubble(props: { chat: Chat; entry: Entry; first: boolean; t: Strings; locale: WidgetLocale }) {
  const { chat, entry, first, t, locale } = props;
  return (
    <>
      {first && entry.from === 'agent' && <p class="name">{nameOf(entry, t)}</p>}
      <div class={`bubble ${entry.from === 'system' ? 'bot' : entry.from}`}>
        <span class="hidden">{nameOf(entry, t)}: </span>
        {entry.files?.map((file, n) => (
          <Picture key={n} picture={file.id ? chat.pictures.get(file.id) : undefined} t={t} />
        ))}
        <span>
          <Linked text={entry.text} />
        </span>
        <time class="at" dateTime={entry.at}>
          {clockTime(entry.at, locale)}
        </time>
      </div>
      {entry.card && <OrderCard card={entry.card} t={t} locale={locale} />}
    </>
  );
}

function PendingBubble({ chat, message, t }: { chat: Chat; message: Pending; t: Strings }) {
  const { id, text, state, photo } = message;
  return (
    <div class={`line ${state}`}>
      <div class="bubble customer">
        {photo === undefined ? <span>{text}</span> : <Picture picture={chat.pictures.get(id)} t={t} />}
        {photo !== undefined && state === 'pending' && (
          <progress value={photo} aria-label={t.part(Math.round(photo * 100))} />
        )}
        <span class="at">
          <Icon name={state === 'sent' ? 'check' : 'clock'} />
          <span class="hidden">{state === 'sent' ? t.sent : t.sending}</span>
        </span>
      </div>
      {state === 'refused' && <p class="refusal">{photo === undefined ? t.refused : t.photoRefused}</p>}
    </div>
  );
}

interface ChoicesProps {
  choices: Choice[];
  live: boolean;
  taken?: string;
  pick(choice: Choice): void;
  t: Strings;
}

/** Buttons that work once; afterwards they stay readable, and the one taken is marked. */
function Choices({ choices, live, taken, pick, t }: ChoicesProps) {
  const asList = choices.length > 3 || choices.some((choice) => choice.description);
  return (
    <div class={asList ? 'choices list' : 'choices'}>
      {choices.map((choice) => (
        <button
          key={choice.id}
          type="button"
          disabled={!live}
          class={choice.id === taken ? 'taken' : undefined}
          onClick={() => pick(choice)}
        >
          <span>{choice.title}</span>
          {choice.description && <small>{choice.description}</small>}
          {choice.id === taken && <span class="hidden"> ({t.chosen})</span>}
        </button>
      ))}
    </div>
  );
}

function Notes({ notes, t }: { notes: OwnerNote[]; t: Strings }) {
  return (
    <>
      {notes.map((note, index) => (
        <p key={index} class="note">
          {noteText(note, t)}
        </p>
      ))}
    </>
  );
}

/** What a change of who answers is called. */
function noteText(note: OwnerNote, t: Strings): string {
  if (note.owner === 'agent') return t.noteAgent(note.name ?? t.agent);
  return { bot: t.noteBot, waiting: t.noteWaiting, closed: t.noteClosed }[note.owner];
}
