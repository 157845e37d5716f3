import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { AppError } from '../core/errors';
import { optional, type Command, type Io } from './command';
import { eventsOf } from './event-stream';

const entryForm = z.object({
  seq: z.number(),
  from: z.enum(['customer', 'bot', 'agent']),
  agent: z.string().optional(),
  text: z.string(),
  choices: z.array(z.object({ id: z.string(), title: z.string() })).optional(),
});
type Entry = z.infer<typeof entryForm>;

/** How long an answer is waited for when lines come from a file, milliseconds. */
const ANSWER_MS = 10_000;
/** An answer may have several parts; the next line waits this long for them, milliseconds. */
const PARTS_MS = 400;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Chat {
  url: string;
  token: string;
  /** What was offered last; a number picks one. */
  choices: { id: string; title: string }[];
  /** What we said has no answer yet. */
  open: boolean;
}

async function call(url: string, token: string | undefined, body: unknown): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  } catch (cause) {
    const place = new URL(url).origin;
    throw new AppError(
      'channel',
      `No Doorstep answers at ${place}. Start it with npm start, or name it with --url.`,
      { cause },
    );
  }
  if (response.ok) return response.json();
  throw new AppError('channel', `The product refused this (HTTP ${response.status}).`);
}

function show(entry: Entry, io: Io): void {
  const who = entry.from === 'agent' ? (entry.agent ?? 'agent') : entry.from;
  const [first = '', ...more] = entry.text.split('\n');
  io.out(`${who}> ${first}`);
  for (const line of more) io.out(`${' '.repeat(who.length + 2)}${line}`);
  entry.choices?.forEach((choice, index) => io.out(`    ${index + 1}. ${choice.title}`));
}

/** Follows the feed, and again from where it broke off, until told to stop. */
async function listen(chat: Chat, io: Io, stop: AbortSignal): Promise<void> {
  let after = 0;
  while (!stop.aborted) {
    try {
      const response = await fetch(`${chat.url}/webchat/events?after=${after}`, {
        headers: { Authorization: `Bearer ${chat.token}` },
        signal: stop,
      });
      for await (const event of eventsOf(response)) {
        if (event.name === 'owner') {
          const owner = (JSON.parse(event.data) as { owner?: unknown }).owner;
          if (owner !== 'bot') io.out(`    (${String(owner)})`);
        }
        const entry = event.name === 'message' ? entryForm.safeParse(JSON.parse(event.data)).data : undefined;
        if (!entry) continue;
        after = entry.seq;
        if (entry.from === 'customer') continue;
        chat.open = false;
        if (entry.choices) chat.choices = entry.choices;
        show(entry, io);
      }
    } catch {
      if (stop.aborted) return;
    }
    await pause(500);
  }
}

async function say(chat: Chat, line: string): Promise<void> {
  const picked = /^\d{1,2}$/.test(line) ? chat.choices[Number(line) - 1] : undefined;
  const body = picked ? { choice: picked.id } : { text: line };
  chat.choices = [];
  chat.open = true;
  await call(`${chat.url}/webchat/messages`, chat.token, { id: randomUUID(), ...body });
}

async function answered(chat: Chat, interrupted: AbortSignal): Promise<void> {
  for (let waited = 0; chat.open && waited < ANSWER_MS && !interrupted.aborted; waited += 50) await pause(50);
  await pause(PARTS_MS);
}

/** `chat`: a talk with the bot, through the same door as the widget. */
export const chatCommand: Command = {
  name: 'chat',
  usage: '[--url <address>] [--locale <locale>]',
  summary: 'Talk to the bot of the running product',
  help: [
    '--url     where the product listens; by default HOST and PORT of the settings',
    '--locale  en, hi or hi-Latn',
    '',
    'Type as a customer would; a number picks what was offered. An empty line or Ctrl-C ends it.',
  ],
  options: { url: { type: 'string' }, locale: { type: 'string' } },
  positionals: 0,
  async run(invocation) {
    const { io } = invocation;
    const { host, port } = invocation.config();
    const url = (
      optional(invocation, 'url') ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`
    ).replace(/\/+$/, '');
    const opened = await call(`${url}/webchat/sessions`, undefined, {
      locale: optional(invocation, 'locale'),
    });
    const { token } = z.object({ token: z.string() }).parse(opened);
    const chat: Chat = { url, token, choices: [], open: false };
    const ended = new AbortController();
    const listening = listen(chat, io, AbortSignal.any([ended.signal, io.interrupted]));
    io.err(`Connected to ${url}. An empty line ends the chat.`);
    const lines = createInterface({ input: io.stdin });
    io.interrupted.addEventListener('abort', () => lines.close());
    const isTyped = (io.stdin as { isTTY?: boolean }).isTTY === true;
    for await (const line of lines) {
      if (line.trim() === '') break;
      await say(chat, line.trim());
      // A script's lines answer what was said before, as a person's do.
      if (!isTyped) await answered(chat, io.interrupted);
    }
    ended.abort();
    await listening;
    return 0;
  },
};
