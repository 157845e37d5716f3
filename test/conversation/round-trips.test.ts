import type { Connection } from 'mongoose';
import { isQuery, watchCommands, type SentCommand } from '../kit/commands';
import { order } from '../kit/orders';
import { startShop, type Shop } from '../kit/product';

/** Cleaning up afterwards is not on the way of a message: handled events, copied lines, and the looks of sweep, worker and mail. */
function isCleaning({ name, command }: SentCommand): boolean {
  const text = JSON.stringify(command);
  if (name === 'update' && command.update === 'inbox') return true;
  if (
    name === 'update' &&
    command.update === 'conversations' &&
    text.includes('"$pull":{"tail"') &&
    !text.includes('"$pop"')
  )
    return true;
  if (name === 'find' && /"(outbox\.dueAt|dueAt|untold)"/.test(text)) return true;
  if (name === 'find' && command.find === 'inbox' && !text.includes('"conversation":"')) return true;
  return name === 'findAndModify' && command.findAndModify === 'mails';
}

function count(trips: SentCommand[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name, command } of trips)
    counts[`${name} ${String(command[name])}`] = (counts[`${name} ${String(command[name])}`] ?? 0) + 1;
  return counts;
}

describe('round trips to the store', () => {
  let shop: Shop;
  let sent: SentCommand[] = [];
  beforeAll(async () => {
    shop = await startShop({
      monitorCommands: true,
      onStore: (connection: Connection) => (sent = watchCommands(connection)),
    });
  });
  afterAll(() => shop.close());

  it('are at most eight a reply on average with fifty customers at once', async () => {
    const people = Array.from({ length: 50 }, (_, n) => `9198222000${String(n).padStart(2, '0')}`);
    await shop.api(
      'POST',
      '/api/v1/orders/import',
      people.map((phone, n) => order(`DS-5${String(n).padStart(3, '0')}`, `+${phone}`)),
    );
    const customers = people.map((phone) => shop.whatsapp(phone));
    await Promise.all(customers.map((customer) => customer.says('where is my order')));
    const before = shop.provider.taken.length;
    sent.length = 0;
    for (const line of ['where is my order', 'mera order kahan hai', 'track it please'])
      await Promise.all(customers.map((customer) => customer.says(line)));
    const replies = shop.provider.taken.length - before;
    const trips = sent.filter(isQuery).filter((command) => !isCleaning(command));
    if (process.env.SHOW_TRIPS) console.error(trips.length / replies, count(trips));
    expect(replies).toBe(150);
    expect(trips.length / replies).toBeLessThanOrEqual(8);
  });
});
