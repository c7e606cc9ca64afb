import { expect } from 'chai';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { connectStore, isReachable, type Db } from '../../src/db/connect.ts';
import { isStoreAway } from '../../src/db/indexes.ts';
import { openStore, type Store } from '../../src/db/store.ts';
import { isGoneWithin, killHard, otherOwner } from '../support/other-owner.ts';
import { silentLog } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const enginePid = (store: Store): number => {
  const pid = store.engine?.pid();
  if (pid === undefined) throw new Error('the engine does not run');
  return pid;
};

const killEngine = async (store: Store): Promise<void> => {
  const ended = new Promise<void>((resolve) => store.engine?.onExit(() => resolve()));
  process.kill(enginePid(store), 'SIGKILL');
  await ended;
};

describe('the store process', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  describe('over one connection', () => {
    let store: Store;
    let db: Db;

    beforeEach(async () => {
      store = await openStore({ mongodbUri: undefined, dataDir: folder, databaseName: 'test', log: silentLog });
      db = await connectStore(store, silentLog);
    });
    afterEach(async () => {
      await db.close();
      await store.close();
    });

    it('is started again after a kill, with everything that was acknowledged, and the same connection goes on', async () => {
      const acknowledged: number[] = [];
      const refused: unknown[] = [];
      let writing = true;
      const write = async (first: number): Promise<void> => {
        for (let number = first; writing; number += 4) {
          await db
            .collection<{ _id: number }>('numbers')
            .insertOne({ _id: number })
            .then(
              () => acknowledged.push(number),
              (error: unknown) => refused.push(error),
            );
        }
      };
      const writers = [0, 1, 2, 3].map(write);

      try {
        for (let kill = 0; kill < 3; kill += 1) {
          await wait(200);
          await killEngine(store);
          const before = acknowledged.length;
          while (acknowledged.length < before + 50) await wait(20);
        }
      } finally {
        writing = false;
      }
      await Promise.all(writers);
      const stored = new Set(await db.collection<{ _id: number }>('numbers').distinct('_id'));

      expect(acknowledged.filter((number) => !stored.has(number))).to.deep.equal([]);
      expect(refused.filter((error) => !isStoreAway(error))).to.deep.equal([]);
      expect(await isReachable(db)).to.equal(true);
    });

    it('does not end by the signals that a terminal or a service manager sends to the whole group', async () => {
      const pid = enginePid(store);

      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid, signal);
      await wait(200);
      await db.collection('things').insertOne({ after: 'signals' });

      expect(store.engine?.pid()).to.equal(pid);
    });
  });

  it('ends by itself when the program that started it is killed', async () => {
    const owner = await otherOwner(folder);

    await killHard(owner);

    expect(await isGoneWithin(owner.enginePid, 5_000)).to.equal(true);
  });

  it('is gone when the program has stopped in order', async () => {
    const owner = await otherOwner(folder);

    owner.process.kill('SIGTERM');
    const [code] = (await once(owner.process, 'exit')) as [number];

    expect(code).to.equal(0);
    expect(await isGoneWithin(owner.enginePid, 100)).to.equal(true);
  });
});
