import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../src/embedded-mongodb/check';
import { startTestServer } from './server';

/** A disk of three megabytes; undefined where this user may not mount one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'dsf-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder]);
  if (status === 0) return folder;
  rmSync(folder, { recursive: true, force: true });
  return undefined;
}

const disk = process.platform === 'linux' ? smallDisk() : undefined;
afterAll(() => {
  if (!disk) return;
  spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

(disk ? test : test.skip)(
  'a full disk is an error to the writer, loses nothing, and is over when there is space again',
  async () => {
    const ballast = join(disk as string, 'ballast');
    writeFileSync(ballast, Buffer.alloc(600 * 1024));
    // LMDB's binding reports each failed commit on the error output, too.
    const t = await startTestServer({ dataDir: join(disk as string, 'data') });
    const c = t.db.collection<{ _id: number; k: string; pad: string }>('rows');
    await c.createIndex({ k: 1 }, { unique: true });
    const acknowledged = new Set<number>();
    const codes = new Set<unknown>();
    let next = 0;
    const writer = async (): Promise<void> => {
      for (let failed = 0; failed < 3;) {
        const _id = next++;
        try {
          await c.insertOne({ _id, k: `k${_id}`, pad: 'x'.repeat(3000) });
          acknowledged.add(_id);
        } catch (e) {
          codes.add((e as { code?: unknown }).code);
          failed++;
        }
      }
    };
    await Promise.all(Array.from({ length: 10 }, writer));
    expect([...codes]).toEqual([14031]);
    expect(acknowledged.size).toBeGreaterThan(50);
    expect(await c.countDocuments()).toBe(acknowledged.size);
    rmSync(ballast);
    await c.insertOne({ _id: -1, k: 'again', pad: '' });
    acknowledged.add(-1);
    const stored = await c.find().toArray();
    expect(new Set(stored.map((d) => d._id))).toEqual(acknowledged);
    expect((await check(join(disk as string, 'data'))).problems).toEqual([]);
    await t.stop();
  },
);
