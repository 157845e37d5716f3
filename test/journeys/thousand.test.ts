import { systemClock } from '../../src/core/clock';
import { startGraphStandIn, type GraphStandIn } from '../../src/demo/graph-stand-in/stand-in';
import { whatsappSays } from '../../src/demo/graph-stand-in/whatsapp-customer';
import { KilledProduct } from '../kit/killed-product';
import { order } from '../kit/orders';
import { API_KEY } from '../kit/product';
import { random } from '../kit/random';
import { eventually, keyOf, NUMBER } from '../kit/stream';

const PEOPLE = 1000;
/** Webhooks on their way at once, as a provider would have them. */
const AT_ONCE = 48;
/** About 20 s on two quiet cores; this only ends a run that would never end. */
const PATIENCE_MS = 600_000;

interface Person {
  phone: string;
  order: string;
  lines: string[];
}

const people: Person[] = Array.from({ length: PEOPLE }, (_, n) => {
  const number = `TC-${4000 + n}`;
  const lines = [
    'where is my order',
    n % 3 === 0 ? 'what are your delivery hours' : `status of ${number}`,
    `track ${number} please`,
  ];
  return {
    phone: `9197${String(10_000_000 + n * 7)}`,
    order: number,
    lines: lines.slice(0, n % 8 === 0 ? 3 : 1 + (n % 2)),
  };
});

/** Everybody's lines in one random order that keeps each person's own. */
function interleaved(seed: number): { person: Person; line: number }[] {
  const next = random(seed);
  const deck = people.flatMap((person) => person.lines.map(() => person));
  for (let at = deck.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [deck[at], deck[other]] = [deck[other]!, deck[at]!];
  }
  const said = new Map<Person, number>();
  return deck.map((person) => {
    const line = said.get(person) ?? 0;
    said.set(person, line + 1);
    return { person, line };
  });
}

interface Line {
  id: string;
  seq: number;
  from: string;
  text: string;
  state?: string;
}

/** A thousand customers of one shop at the same time, through the door of the running product and back out of the Graph API. */
describe(`${PEOPLE} customers who write at once`, () => {
  let provider: GraphStandIn;
  let product: KilledProduct;
  beforeAll(async () => {
    provider = await startGraphStandIn({ clock: systemClock, whatsapp: NUMBER, keep: 1_000_000 });
    product = new KilledProduct(provider);
    await product.start();
    const answer = await fetch(`${product.running!.url}/api/v1/orders/import`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/x-ndjson' },
      body: people.map((one) => JSON.stringify(order(one.order, `+${one.phone}`))).join('\n'),
    });
    expect(await answer.json()).toMatchObject({ accepted: PEOPLE, rejected: 0 });
  });
  afterAll(async () => {
    await product.close();
    await provider.close();
  });

  /** Nothing before the first turn of a conversation. */
  const transcript = async ({ phone }: Person): Promise<Line[]> => {
    const path = `/api/v1/conversations/${encodeURIComponent(keyOf(phone))}/messages?limit=50`;
    const { items } = await product.get<{ items: Line[] }>(path).catch(() => ({ items: [] }));
    return items.sort((one, other) => one.seq - other.seq);
  };

  it(
    'each read of their own order alone, in the order in which they asked',
    async () => {
      // A person's next line is posted once the one before was taken, as a provider does; nobody waits for answers.
      const before = new Map<Person, Promise<unknown>>();
      const deck = interleaved(20261123);
      const post = async ({ person, line }: (typeof deck)[number]) => {
        await before.get(person);
        const text = { ...whatsappSays.text(person.lines[line]!), id: `wamid.${person.phone}.${line}` };
        const { status } = await provider.fromWhatsApp({ phone: person.phone }, text);
        expect(status).toBe(200);
      };
      const worker = async () => {
        for (let next = deck.shift(); next; next = deck.shift()) {
          const posted = post(next);
          before.set(next.person, posted);
          await posted;
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));

      const transcripts = new Map<Person, Line[]>();
      for (const person of people) {
        const said = await eventually(
          `${person.order} is answered`,
          async () => {
            const lines = await transcript(person);
            const heard = lines.filter((line) => line.from === 'customer').length;
            return heard === person.lines.length && lines.at(-1)?.state === 'sent' && lines;
          },
          PATIENCE_MS,
        );
        expect(said.map(({ seq }) => seq)).toEqual(said.map((_, index) => index + 1));
        expect(said.filter(({ from }) => from === 'customer').map(({ text }) => text)).toEqual(person.lines);
        expect(said.at(-1)?.from).toBe('bot');
        transcripts.set(person, said);
      }
      const sends = new Map<string, typeof provider.taken>();
      for (const send of provider.taken) sends.set(send.to, [...(sends.get(send.to) ?? []), send]);
      expect(sends.size).toBe(PEOPLE);
      for (const person of people) {
        const heard = sends.get(person.phone) ?? [];
        // What left is what the transcript says, in its order, each once.
        expect(heard.map(({ callbackId }) => callbackId)).toEqual(
          transcripts
            .get(person)
            ?.filter(({ from }) => from === 'bot')
            .map(({ id }) => id),
        );
        const named = new Set(JSON.stringify(heard.map(({ body }) => body)).match(/TC-\d{4}/g));
        expect([person.order, [...named]]).toEqual([person.order, [person.order]]);
      }
    },
    PATIENCE_MS,
  );
});
