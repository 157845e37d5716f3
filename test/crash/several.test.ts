import { Watcher, WebWriter, WhatsAppWriter, type Writer } from '../kit/crowd';
import { Fleet, type Taken } from '../kit/fleet';
import { eventually } from '../kit/stream';

/**
 * Three processes over one store, one of them killed every few seconds: part of `npm run test:crash`, not of `npm test`.
 * The store is the embedded one, served alone, or the server that `SEVERAL_MONGODB_URI` names.
 */
const SECONDS = Number(process.env.SEVERAL_SECONDS ?? 120);
const PEOPLE = Number(process.env.SEVERAL_PEOPLE ?? 200);
const PAUSE_MS = Number(process.env.SEVERAL_PAUSE_MS ?? 6000);
const KILL_EVERY_MS = 5000;
const PROCESSES = 3;
/** Longest from the provider's receipt to our note of it on a busy machine; a second copy needs a kill in this time. */
const SETTLING_MS = 3000;
const WAIT_MS = 120_000;

interface Line {
  seq: number;
  id: string;
  from: string;
  text: string;
  visibility: string;
  state?: string;
}

async function transcript(fleet: Fleet, key: string): Promise<Line[]> {
  const lines: Line[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: { items: Line[]; nextCursor: string | null } = await fleet.get(
      `/api/v1/conversations/${encodeURIComponent(key)}/messages?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    lines.push(...page.items);
    cursor = page.nextCursor;
  }
  return lines.sort((a, b) => a.seq - b.seq);
}

/** The transcript once everything in it is answered and has left. */
function settled(fleet: Fleet, person: Writer): Promise<Line[]> {
  return eventually(
    `everything of person ${person.number} is answered`,
    async () => {
      const lines = await transcript(fleet, person.key);
      const heard = lines.filter((line) => line.from === 'customer').length;
      const open = lines.at(-1)?.from === 'customer' || lines.some((line) => line.state === 'queued');
      return heard === person.said.length && !open && lines;
    },
    WAIT_MS,
  );
}

function firstCopies(sends: Taken[]): Taken[] {
  const seen = new Set<string | undefined>();
  return sends.filter(({ callbackId }) => !seen.has(callbackId) && seen.add(callbackId));
}

describe(`${PROCESSES} processes over one store, one killed every ${KILL_EVERY_MS / 1000} s`, () => {
  const fleet = new Fleet();
  const onWhatsApp: WhatsAppWriter[] = [];
  const onWeb: WebWriter[] = [];
  let watcher: Watcher;

  beforeAll(
    async () => {
      await fleet.start(PROCESSES, process.env.SEVERAL_MONGODB_URI);
      for (let n = 0; n < PEOPLE; n += 1) {
        if (n % 2 === 0) onWhatsApp.push(new WhatsAppWriter(fleet, n, PAUSE_MS));
        else onWeb.push(new WebWriter(fleet, n, PAUSE_MS));
      }
      for (const visitor of onWeb) await visitor.open();
      for (const person of [...onWhatsApp, ...onWeb]) person.begin();
      await eventually('the first conversation is there', () =>
        fleet.get(`/api/v1/conversations/${encodeURIComponent(onWhatsApp[0]!.key)}`).catch(() => undefined),
      );
      watcher = new Watcher(fleet, onWhatsApp[0]!.key);
      await watcher.open();
      const until = performance.now() + SECONDS * 1000;
      for (let turn = 0; performance.now() < until; turn += 1) {
        const next = performance.now() + KILL_EVERY_MS;
        await fleet.kill(turn % PROCESSES);
        await fleet.startOne(turn % PROCESSES);
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, next - performance.now())));
      }
      await Promise.all([...onWhatsApp, ...onWeb].map((person) => person.end()));
    },
    SECONDS * 1000 + 120_000,
  );

  afterAll(async () => {
    await watcher?.close();
    await Promise.all(onWeb.map((visitor) => visitor.close()));
    await fleet.close();
  }, 60_000);

  it('loses nothing, answers every message once and keeps the order of each conversation', async () => {
    for (const person of [...onWhatsApp, ...onWeb]) {
      const lines = await settled(fleet, person);
      expect(lines.filter(({ from }) => from === 'customer').map(({ text }) => text)).toEqual(person.said);
      expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
      const turns = new Set(lines.filter(({ from }) => from === 'bot').map(({ id }) => id.split('.')[0]));
      expect(turns.size).toBeLessThanOrEqual(person.said.length);
    }
  }, 600_000);

  it('sends every answer in order, and twice only where a kill fell between the receipt and our note of it', () => {
    const sends = fleet.taken();
    return Promise.all(
      onWhatsApp.map(async (person) => {
        const lines = await transcript(fleet, person.key);
        const theirs = sends.filter((send) => send.to === person.user);
        const answers = lines.filter(({ from }) => from === 'bot').map(({ id }) => id);
        expect(firstCopies(theirs).map(({ callbackId }) => callbackId)).toEqual(answers);
        for (const first of firstCopies(theirs)) {
          const copies = theirs.filter(({ callbackId }) => callbackId === first.callbackId);
          for (const [index, copy] of copies.slice(0, -1).entries()) {
            const between = fleet.kills.some(
              ({ slot, at }) =>
                slot === copy.slot && at >= copy.receivedAt - 50 && at <= copy.receivedAt + SETTLING_MS,
            );
            expect({ copy: index + 1, of: copies.length, killed: between }).toMatchObject({ killed: true });
          }
        }
      }),
    );
  }, 120_000);

  it('shows every visitor and the desk each line once, in order, whichever process they were connected to', async () => {
    for (const visitor of onWeb) {
      const lines = (await transcript(fleet, visitor.key)).filter(
        ({ visibility }) => visibility === 'public',
      );
      await eventually(
        `visitor ${visitor.number} has seen it all`,
        () => visitor.seen.length >= lines.length,
        20_000,
      );
      expect(visitor.seen.map(({ seq, text }) => ({ seq, text }))).toEqual(
        lines.map(({ seq, text }) => ({ seq, text })),
      );
    }
    const lines = await transcript(fleet, onWhatsApp[0]!.key);
    await eventually('the desk has seen it all', () => watcher.seen.length >= lines.length, 20_000);
    expect(watcher.seen.map(({ id }) => id)).toEqual(lines.map(({ id }) => id));
    for (const person of [...onWhatsApp, ...onWeb]) expect(watcher.queue).toContain(person.key);
  }, 120_000);
});
