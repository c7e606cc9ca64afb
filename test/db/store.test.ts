import { expect } from 'chai';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { connectStore } from '../../src/db/connect.ts';
import { StoreError, type StoreErrorCode } from '../../src/db/store-error.ts';
import { openStore, type Store } from '../../src/db/store.ts';
import { isGoneWithin, killHard, otherOwner } from '../support/other-owner.ts';
import { silentLog } from '../support/store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const open = (dataDir: string): Promise<Store> =>
  openStore({ mongodbUri: undefined, dataDir, databaseName: 'test', log: silentLog });

const refusal = async (dataDir: string): Promise<StoreError> => {
  try {
    const store = await open(dataDir);
    await store.close();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('the store was opened');
};

const expectRefusal = async (dataDir: string, code: StoreErrorCode, words: string[]): Promise<void> => {
  const error = await refusal(dataDir);

  expect(error.code).to.equal(code);
  for (const text of [error.messages.vi, error.messages.en]) {
    for (const word of words) expect(text).to.contain(word);
  }
};

describe('a store over DATA_DIR', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('keeps its data from one start to the next, in a folder that only its owner may enter', async () => {
    const dataDir = path.join(folder, 'data');
    const first = await open(dataDir);
    const db = await connectStore(first, silentLog);
    await db.collection('things').insertOne({ name: 'na Võ Nhai' });
    await db.close();
    await first.close();

    const second = await open(dataDir);
    const again = await connectStore(second, silentLog);
    const found = await again.collection('things').findOne({ name: 'na Võ Nhai' });
    await again.close();
    await second.close();

    expect(found).to.include({ name: 'na Võ Nhai' });
    expect(first.kind).to.equal(second.kind);
    expect((await stat(dataDir)).mode & 0o777).to.equal(0o700);
    expect(await readdir(dataDir)).to.have.members(['db', 'store.json']);
  });

  it('opens in a folder whose path is longer than a socket address may be', async () => {
    const dataDir = path.join(folder, ...Array.from({ length: 8 }, () => 'a-folder-with-a-long-name'));

    const store = await open(dataDir);
    const db = await connectStore(store, silentLog);
    await db.collection('things').insertOne({ deep: true });
    await db.close();
    await store.close();

    expect(store.uri).not.to.contain('a-folder-with-a-long-name');
  });

  it('refuses a folder that the same program has open, and leaves the first one working', async () => {
    const store = await open(folder);

    await expectRefusal(folder, 'data-dir-taken', [folder, String(process.pid)]);

    const db = await connectStore(store, silentLog);
    await db.collection('things').insertOne({ still: 'here' });
    await db.close();
    await store.close();
  });

  it('refuses a folder that another program has open and names it, then takes it over when that one was killed', async () => {
    const owner = await otherOwner(folder);

    await expectRefusal(folder, 'data-dir-taken', [folder, String(owner.pid)]);
    await killHard(owner);
    const store = await open(folder);
    await store.close();

    expect(await isGoneWithin(owner.enginePid, 5_000)).to.equal(true);
    expect(await readdir(folder)).to.have.members(['db', 'store.json']);
  });

  it('is not stopped by a note whose process number belongs to another program by now, or that is unreadable', async () => {
    for (const note of [`{"pid":${process.pid},"host":"elsewhere","startedAt":"1"}`, '{"pid":1,', '']) {
      await writeFile(path.join(folder, 'owner.json'), note);

      const store = await open(folder);
      await store.close();
    }
  });

  it('refuses a folder that another kind of store wrote', async () => {
    for (const note of ['{"kind":"mongod"}', '{"kind":"of tomorrow"}', 'torn']) {
      await writeFile(path.join(folder, 'store.json'), note);

      await expectRefusal(folder, 'data-dir-other-kind', [folder, 'npm run backup', 'npm run restore']);
    }
  });

  it('refuses database files of unknown origin', async () => {
    await mkdir(path.join(folder, 'db'));
    await writeFile(path.join(folder, 'db', 'WiredTiger'), 'WiredTiger 4.4');

    await expectRefusal(folder, 'data-dir-other-kind', [folder]);
  });

  it('says plainly what is wrong with a folder that cannot be used', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');

    await expectRefusal(file, 'data-dir-unusable', [file]);
    await expectRefusal(path.join(file, 'below'), 'data-dir-unusable', [file]);
    expect((await refusal(file)).messages.en).to.contain('not a folder');
  });
});

describe('a store that MONGODB_URI names', () => {
  const log = silentLog;

  it('uses the database of the address, else the one that is set', async () => {
    const options = { dataDir: '/nowhere', databaseName: 'set', log };

    const named = await openStore({ ...options, mongodbUri: 'mongodb://a:b@h1,h2/inside?replicaSet=r' });
    const unnamed = await openStore({ ...options, mongodbUri: 'mongodb+srv://a:b@h1/?appName=x/y' });

    expect(named).to.include({ kind: 'mongodb', databaseName: 'inside' });
    expect(unnamed).to.include({ kind: 'mongodb', databaseName: 'set' });
  });
});
