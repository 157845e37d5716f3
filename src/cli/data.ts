import { resolve } from 'node:path';
import { systemClock } from '../core/clock';
import { startEmbeddedMongo } from '../embedded-mongodb';
import { checkStore } from '../store/check';
import { connectStore } from '../store/connect';
import { copyStore } from '../store/copy';
import { PersonalDataStore } from '../store/personal-data';
import { databaseName } from '../store-at';
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
    // This process does nothing else, so the store needs no thread of its own.
    const embedded = await startEmbeddedMongo({ dataDir, inProcess: true, tcpPort });
    io.out(embedded.tcpUri ?? embedded.uri);
    io.err(
      'No password protects this address: every user of this machine can read and change the data. Ctrl-C ends it.',
    );
    if (!io.interrupted.aborted) {
      await new Promise((resolve) => io.interrupted.addEventListener('abort', resolve, { once: true }));
    }
    await embedded.close();
    return 0;
  },
};

const copy: Command = {
  name: 'data copy',
  usage: '--to <mongodb uri>',
  summary: 'Copy everything into an empty database of a MongoDB server',
  help: [
    '--to  where to, with the database in the address; without one it is named as here',
    '',
    'Stop the product first, then start it with MONGODB_URI set to the same address.',
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
    const target = await connectStore({
      uri,
      dbName: named ? decodeURIComponent(named) : databaseName(config),
    });
    try {
      const total = await withStores(config, (store) =>
        copyStore(store.connection, target.connection, (name, documents) => io.err(`${name}: ${documents}`)),
      );
      io.out(`Copied ${total} documents.`);
    } finally {
      await target.close();
    }
    return 0;
  },
};

const check: Command = {
  name: 'data check',
  usage: '',
  summary: 'Read everything, through every index, and say what does not fit',
  help: [
    'Changes nothing. Exit code 1 when something is wrong. While messages come in, a count may be off by those just written.',
  ],
  positionals: 0,
  async run({ io, config }) {
    const { collections, faults } = await withStores(config(), (store) => checkStore(store.connection));
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
    const total = await backupTo(invocation.config(), to, (name, documents) =>
      invocation.io.err(`${name}: ${documents}`),
    );
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
  help: CUSTOMER_HELP,
  options: { customer: { type: 'string' } },
  positionals: 0,
  async run(invocation) {
    const id = required(invocation, 'customer');
    const erased = await withStores(invocation.config(), (store) =>
      new PersonalDataStore(store.connection).erase(id),
    );
    const { conversations, messages, ordersUnlinked } = erased;
    invocation.io.out(
      `Erased ${conversations} conversations and ${messages} messages; ${ordersUnlinked} orders stay without them.`,
    );
    return 0;
  },
};

/** `data ...`: the store itself. */
export const dataCommands: Command[] = [serve, backup, check, copy, exportCustomer, erase];
