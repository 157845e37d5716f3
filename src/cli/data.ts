import { resolve } from 'node:path';
import { systemClock } from '../core/clock';
import { startEmbeddedMongo } from '../embedded-mongodb';
import { check as checkIndexes, hasStore } from '../embedded-mongodb/check';
import { copyDatabase, type CopyProgress } from '../embedded-mongodb/copy';
import { checkStore } from '../store/check';
import { PersonalDataStore } from '../store/personal-data';
import { databaseName, joinStorePlace } from '../store-at';
import { backupTo } from './backup';
import { optional, required, UsageError, type Command } from './command';
import { withStores } from './place';

function port(text: string | undefined): number {
  const value = Number(text ?? 0);
  if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  throw new UsageError('--port must be a whole number up to 65535');
}

const serve: Command = {
  name: 'data serve',
  usage: '[--data <dir>] [--port <n>]',
  summary: 'Run the embedded store alone, for mongosh, Compass or several processes',
  help: [
    '--data  the data folder; by default DATA_DIR',
    '--port  port on 127.0.0.1; by default any free one',
    '',
    'Prints one mongodb:// address and stays until Ctrl-C. Everybody with an account on this machine can read it.',
    'Refused while a product runs on the same folder.',
  ],
  options: { data: { type: 'string' }, port: { type: 'string' } },
  positionals: 0,
  async run(invocation) {
    const { io } = invocation;
    const tcpPort = port(optional(invocation, 'port'));
    const dataDir = optional(invocation, 'data') ?? invocation.config().dataDir;
    const ended = new AbortController();
    const embedded = await startEmbeddedMongo({
      dataDir,
      tcpPort,
      // The worker is the server built as one file, which is much faster; TypeScript, where tests run this, has none.
      inProcess: __filename.endsWith('.ts'),
      onFailure: (e) => ended.abort(e),
    });
    io.out(embedded.tcpUri ?? embedded.uri);
    io.err(
      'No password protects this address: every user of this machine can read and change the data. Ctrl-C ends it.',
    );
    const stop = AbortSignal.any([io.interrupted, ended.signal]);
    if (!stop.aborted)
      await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }));
    if (ended.signal.aborted) throw ended.signal.reason;
    await embedded.close();
    return 0;
  },
};

function progressLine({ collection, copied, total }: CopyProgress): string {
  return `${collection}: ${copied} of ${total}`;
}

const copy: Command = {
  name: 'data copy',
  usage: '--to <mongodb uri>',
  summary: 'Copy everything into an empty database of a MongoDB server',
  help: [
    '--to  where to, with the database in the address; without one it is named as here',
    '',
    'Stop the product first, then start it with MONGODB_URI set to the same address. A copy that was cut off goes on where it stopped when',
    'the command is given again. At the end every document is compared. A database that holds anything else is refused.',
  ],
  options: { to: { type: 'string' } },
  positionals: 0,
  async run(invocation) {
    const { io } = invocation;
    const uri = required(invocation, 'to');
    if (!/^mongodb(\+srv)?:\/\//.test(uri))
      throw new UsageError('--to must begin with mongodb:// or mongodb+srv://');
    const config = invocation.config();
    const named = /^[^:]+:\/\/[^/]+\/([^?]+)/.exec(uri)?.[1];
    const name = named ? decodeURIComponent(named) : databaseName(config);
    const place = await joinStorePlace(config);
    try {
      const { collections, documents } = await copyDatabase(
        { uri: place.uri, name: databaseName(config) },
        { uri, name },
        (p) => io.err(progressLine(p)),
      );
      io.out(
        `Copied ${documents} documents of ${collections} collections; both sides were compared and are equal.`,
      );
    } finally {
      await place.close();
    }
    return 0;
  },
};

const check: Command = {
  name: 'data check',
  usage: '',
  summary: 'Compare every document with every index, and the documents with each other',
  help: [
    'Indexes are compared in the embedded store only, beside a running product in a copy, which needs room in the temporary folder.',
    'Changes nothing. Exit code 1 when something is wrong. While messages come in, a count may be off by those just written.',
  ],
  positionals: 0,
  async run({ io, config }) {
    const settings = config();
    const embedded = !settings.mongodbUri && hasStore(settings.dataDir);
    const { problems } = embedded ? await checkIndexes(settings.dataDir) : { problems: [] };
    const { collections, faults: own } = await withStores(settings, (store) => checkStore(store.connection));
    const faults = [...problems, ...own];
    for (const { name, documents, indexes } of collections)
      io.out(`${name}: ${documents} documents, ${indexes} indexes`);
    for (const fault of faults) io.err(fault);
    io.out(faults.length === 0 ? 'Everything fits.' : `${faults.length} faults.`);
    return faults.length === 0 ? 0 : 1;
  },
};

const backup: Command = {
  name: 'data backup',
  usage: '--to <dir>',
  summary: 'Copy everything into a new data folder, also while the product runs',
  help: [
    '--to  a folder that is empty or not there yet',
    '',
    'To go back: stop the product and start it with DATA_DIR set to that folder. It holds the secret too: keep it safe.',
  ],
  options: { to: { type: 'string' } },
  positionals: 0,
  async run(invocation) {
    const to = resolve(required(invocation, 'to'));
    const total = await backupTo(invocation.config(), to, (p) => invocation.io.err(progressLine(p)));
    invocation.io.out(`Kept ${total} documents in ${to}.`);
    return 0;
  },
};

const CUSTOMER_HELP = ['--customer  customer id, phone, e-mail or conversation id'];

const exportCustomer: Command = {
  name: 'data export',
  usage: '--customer <id>',
  summary: 'Print everything kept about one customer, as JSON',
  help: CUSTOMER_HELP,
  options: { customer: { type: 'string' } },
  positionals: 0,
  async run(invocation) {
    const id = required(invocation, 'customer');
    const data = await withStores(invocation.config(), (store) =>
      new PersonalDataStore(store.connection).read(id),
    );
    invocation.io.out(JSON.stringify({ exportedAt: systemClock.now(), ...data }, null, 2));
    return 0;
  },
};

const erase: Command = {
  name: 'data erase',
  usage: '--customer <id>',
  summary: 'Erase what is kept about one customer; orders stay with the shop',
  help: [
    ...CUSTOMER_HELP,
    '',
    'Conversations on other channels that proved to be of the same buyer are erased as well. Orders keep goods, amounts, dates and state of',
    'delivery. There is no way back, but for the backups made before: let those run out.',
  ],
  options: { customer: { type: 'string' } },
  positionals: 0,
  async run(invocation) {
    const id = required(invocation, 'customer');
    const erased = await withStores(invocation.config(), (store) =>
      new PersonalDataStore(store.connection).erase(id),
    );
    const { conversations, messages, ordersUnlinked, shared } = erased;
    invocation.io.out(
      `Erased ${conversations} conversations and ${messages} messages; ${ordersUnlinked} orders stay without them.`,
    );
    if (shared.length === 0) return 0;
    invocation.io.err(
      'These conversations were shown their orders and concern other orders too; they were left:',
    );
    for (const key of shared) invocation.io.err(`  ${key}`);
    invocation.io.err('Erase such a one by its id as --customer, if it is theirs.');
    return 0;
  },
};

/** `data ...`: the store itself. */
export const dataCommands: Command[] = [serve, backup, check, copy, exportCustomer, erase];
