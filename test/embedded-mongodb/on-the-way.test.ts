import { checkFolder } from '../../src/embedded-mongodb/check';
import { Doc } from '../../src/embedded-mongodb/bson/values';
import { ensureCollection } from '../../src/embedded-mongodb/commands/write';
import { MongoServer } from '../../src/embedded-mongodb/server';
import { freshFolder } from './server';

/** Two transactions on their way at once: the second runs while the first is flushed. */
let folder: string;
let server: MongoServer;
beforeEach(() => {
  folder = freshFolder();
  server = new MongoServer(folder);
});
afterEach(() => server.close());

const insert = (id: number) => () => {
  const { parts } = server;
  parts.records.insert(ensureCollection(parts, 'shop', 'orders'), Doc.of({ _id: id }));
  return id;
};
const stored = () => server.parts.catalog.get('shop', 'orders')?.count ?? 0;

/** So many that they do not wait for what is being flushed; answers when all of them are answered. */
const crowd = (job: (n: number) => unknown) =>
  Promise.all(Array.from({ length: 10 }, (_, n) => server.parts.store.write(() => job(n))));

function gate(): { wait: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const wait = new Promise<void>((resolve) => (open = resolve));
  return { wait, open };
}

/** Lets the first commit end as `first` says, and all others as they will. */
function firstCommit(first: (run: () => void, real: (run: () => void) => Promise<void>) => Promise<void>) {
  const { store } = server.parts;
  const real = store.commit;
  store.commit = (run) => {
    store.commit = real;
    return first(run, real);
  };
}

test('the second runs before the first is answered, and is answered after it', async () => {
  const { wait, open } = gate();
  firstCommit(async (run, real) => {
    await real(run);
    await wait;
  });
  const answered: string[] = [];
  const firstRan = gate();
  const secondRan = gate();
  const first = server.parts.store.write(() => firstRan.open()).then(() => answered.push('first'));
  await firstRan.wait;
  const second = crowd(() => secondRan.open()).then(() => answered.push('second'));
  await secondRan.wait;
  expect(answered).toEqual([]);
  open();
  await Promise.all([first, second]);
  expect(answered).toEqual(['first', 'second']);
});

test('when the first comes to nothing, the second runs again on what is left', async () => {
  const { wait, open } = gate();
  firstCommit(async (run, real) => {
    const gone = real(() => {
      run();
      throw new Error('No space left on device');
    });
    await gone.catch(() => undefined);
    await wait;
    return gone;
  });
  const first = server.parts.store.write(insert(1));
  const refused = expect(first).rejects.toMatchObject({ code: 14031 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  let runs = 0;
  const second = crowd((n) => {
    runs += 1;
    return insert(2 + n)();
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(runs).toBe(0);
  open();
  await refused;
  await second;
  expect([runs, stored()]).toEqual([10, 10]);
  await server.close();
  const report = await checkFolder(folder);
  expect(report.problems).toEqual([]);
});

test('when the flush of the first fails, the second is refused too, whatever its own flush said', async () => {
  const { wait, open } = gate();
  firstCommit(async (run, real) => {
    await real(run);
    await wait;
    throw new Error('Input/output error');
  });
  const refusals = [expect(server.parts.store.write(insert(1))).rejects.toMatchObject({ code: 1 })];
  await new Promise((resolve) => setTimeout(resolve, 20));
  refusals.push(expect(crowd((n) => insert(2 + n)())).rejects.toMatchObject({ code: 1 }));
  await new Promise((resolve) => setTimeout(resolve, 20));
  open();
  await Promise.all(refusals);
  await expect(server.parts.store.write(insert(3))).rejects.toMatchObject({ code: 1 });
});

test('a job that breaks ends its own transaction only', async () => {
  const broken = server.parts.store.write(() => {
    insert(1)();
    throw new Error('a fault of ours');
  });
  const refused = expect(broken).rejects.toMatchObject({ code: 1 });
  await refused;
  expect(stored()).toBe(0);
  expect([await server.parts.store.write(insert(1)), stored()]).toEqual([1, 1]);
});
