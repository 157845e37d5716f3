import type { Figures } from '../../../../src/core/summary';
import { dayWords, duration } from '../lib/time';
import { handoffWords, SCORE_WORDS, wish } from '../lib/words';
import { many, percent, PLAIN, ranked, type Column, type Plot } from './plot';

/** Each day’s conversations, by whether a person was needed. */
export function conversations(
  { conversations: { total }, deflection }: Figures,
  days: string[],
  column: Column,
): Plot {
  const all = column((day) => day.conversations, 0);
  const person = column((day) => day.handed, 0);
  const bot = all.map((n, at) => n - (person[at] ?? 0));
  const most = all.indexOf(Math.max(...all));
  return {
    id: 'conversations',
    title: 'Conversations per day',
    note: 'A conversation counts on the day its customer first wrote.',
    words: `${many(total, 'conversation')}, ${percent(deflection ?? 0)} solved without a person; most on ${dayWords(days[most] ?? '')}: ${all[most] ?? 0}.`,
    axis: 'Conversations',
    data: {
      kind: 'days',
      days,
      draw: 'stacked',
      unit: 'count',
      series: [
        { name: 'Solved by the bot', fill: 'full', tone: 'accent', values: bot },
        { name: 'With a person', fill: 'hatched', tone: 'blue', values: person },
      ],
    },
    table: {
      head: ['Day', 'Conversations', 'Solved by the bot', 'With a person'],
      rows: days.map((day, at) => [day, all[at] ?? 0, bot[at] ?? 0, person[at] ?? 0]),
    },
    ...(total > 0 ? {} : { empty: 'As soon as customers write, each day’s conversations are drawn here.' }),
  };
}

/** What was asked of the bot; in words the share that asks where an order is. */
export function topics(figures: Figures): Plot {
  const plot = ranked(
    {
      id: 'topics',
      title: 'What customers want',
      note: 'What was asked of the bot; a conversation may ask for several things.',
      axis: 'Conversations',
    },
    figures.topics,
    wish,
    ['What for', 'Conversations'],
    'What customers ask the bot for is counted here.',
  );
  const { count, share } = figures.wismo;
  return share === null
    ? plot
    : { ...plot, words: `${many(count, 'conversation')} asked where an order is: ${percent(share)} of all.` };
}

/** Why conversations went to a person. */
export function reasons({ handover }: Figures): Plot {
  return ranked(
    {
      id: 'reasons',
      title: 'Why a person was needed',
      note: 'The last reason of each conversation that went to a person.',
      axis: 'Conversations',
    },
    handover.byReason,
    handoffWords,
    ['Reason', 'Conversations'],
    'Why conversations go to a person is counted here.',
  );
}

const TIMES = {
  firstResponse: {
    title: 'Waiting for a person',
    note: 'From the moment a person was needed to the first word of one; each day’s median.',
    axis: 'Waiting time',
    name: 'First answer of a person',
    half: (time: string) => `Half of them had a person’s answer within ${time}.`,
    empty: 'Once people have answered, how long customers waited is drawn here.',
  },
  resolution: {
    title: 'Until it was resolved',
    note: 'From the moment a person was needed until one resolved it or gave it back; each day’s median.',
    axis: 'Time to resolve',
    name: 'Resolved or given back',
    half: (time: string) => `Half of them were resolved or given back within ${time}.`,
    empty: 'Once people have resolved conversations, how long that took is drawn here.',
  },
} as const;

/** A time of each day: until a person’s first word, or until the person was done. */
export function waiting(figures: Figures, days: string[], column: Column, of: keyof typeof TIMES): Plot {
  const { title, note, axis, name, half, empty } = TIMES[of];
  const values = column((day) => day[of], null);
  const middle = figures[of];
  return {
    id: of,
    title,
    note,
    words: middle === null ? '' : half(duration(middle)),
    axis,
    data: {
      kind: 'days',
      days,
      draw: 'line',
      unit: 'seconds',
      series: [{ name, fill: 'full', tone: 'accent', values }],
    },
    table: { head: ['Day', `${name}, seconds`], rows: days.map((day, at) => [day, values[at] ?? null]) },
    ...(middle === null ? { empty } : {}),
  };
}

/** Answers to the question how the help was, the best first. */
export function satisfaction({ satisfaction: { byScore, answers, csat } }: Figures): Plot {
  const rows = ([5, 4, 3, 2, 1] as const).map((score) => ({
    name: `${SCORE_WORDS[score]}, ${score} of 5`,
    parts: [byScore[score] ?? 0],
  }));
  return {
    id: 'satisfaction',
    title: 'How customers found the help',
    note: 'Asked when a person resolves a conversation; the last answer of each.',
    words: csat === null ? '' : `${percent(csat)} of ${many(answers, 'answer')} are good or very good.`,
    axis: 'Answers',
    data: { kind: 'bars', rows, series: [PLAIN] },
    table: { head: ['Answer', 'Answers'], rows: rows.map((row) => [row.name, row.parts[0] ?? 0]) },
    ...(answers > 0
      ? {}
      : {
          empty:
            'After a person resolves a conversation the customer is asked how the help was; the answers come here.',
        }),
  };
}
