import { expect } from 'chai';
import { migrate, schemaVersion } from '../../src/db/migrations.ts';
import type { Migration } from '../../src/db/migrations.list.ts';
import { StoreError } from '../../src/db/store-error.ts';
import { beginVersion, recordsVersion } from '../../src/db/store-state.ts';
import { publicKeyOf } from '../../src/products/products.rules.ts';
import { uuidv7 } from '../support/factories.ts';
import { freshDatabase, silentLog } from '../support/store.ts';

const counting = (): { list: Migration[]; runs: string[] } => {
  const runs: string[] = [];
  const one = (what: string): Migration => ({
    what,
    run: async (store) => {
      runs.push(what);
      await store.collection('things').updateMany({}, { $inc: { [what]: 1 } });
    },
  });
  return { list: [one('first'), one('second'), one('third')], runs };
};

describe('migrations', () => {
  it('begin an empty store at the version of the code, without running any', async () => {
    const db = await freshDatabase();
    const { list, runs } = counting();

    await migrate(db, silentLog, list);

    expect(await recordsVersion(db)).to.equal(3);
    expect(runs).to.deep.equal([]);
  });

  it('run in order, once, on a store of the time before them', async () => {
    const db = await freshDatabase();
    await db.collection('things').insertOne({ name: 'cũ' });
    const { list, runs } = counting();

    await migrate(db, silentLog, list);
    await migrate(db, silentLog, list);

    expect(runs).to.deep.equal(['first', 'second', 'third']);
    expect(await recordsVersion(db)).to.equal(3);
  });

  it('go on from the version that the store has', async () => {
    const db = await freshDatabase();
    await db.collection('things').insertOne({ name: 'cũ' });
    await beginVersion(db, 2);
    const { list, runs } = counting();

    await migrate(db, silentLog, list);

    expect(runs).to.deep.equal(['third']);
  });

  it('run once when several processes start at the same moment', async () => {
    const db = await freshDatabase();
    await db.collection('things').insertOne({ name: 'cũ' });
    const { list, runs } = counting();

    await Promise.all([1, 2, 3, 4].map(() => migrate(db, silentLog, list)));

    expect(runs).to.deep.equal(['first', 'second', 'third']);
    expect(await db.collection('things').findOne()).to.include({ first: 1, second: 1, third: 1 });
  });

  it('are begun again by the next start after one that failed', async () => {
    const db = await freshDatabase();
    await db.collection('things').insertOne({ name: 'cũ' });
    const { list, runs } = counting();
    const failing = [list[0]!, { what: 'fails', run: () => Promise.reject(new Error('the store is away')) }];

    const error = await migrate(db, silentLog, failing).catch((thrown: unknown) => thrown);
    await migrate(db, silentLog, list);

    expect(error).to.have.property('message', 'the store is away');
    expect(runs).to.deep.equal(['first', 'second', 'third']);
  });

  it('refuse a store that a newer version wrote, in both languages', async () => {
    const db = await freshDatabase();
    await beginVersion(db, schemaVersion + 1);

    const error = await migrate(db, silentLog).catch((thrown: unknown) => thrown);

    expect(error).to.be.instanceOf(StoreError).with.property('code', 'store-newer');
    expect((error as StoreError).messages.vi).to.include('phiên bản mới hơn');
    expect(await recordsVersion(db)).to.equal(schemaVersion + 1);
  });

  it('give products of the time before public pages the key of theirs', async () => {
    const db = await freshDatabase();
    const [old, own] = [uuidv7(), uuidv7()];
    const products = db.collection<{ _id: string; publicKey?: string }>('products');
    await products.insertMany([{ _id: old }, { _id: own, publicKey: 'kept' }]);

    await migrate(db, silentLog);

    expect(await products.findOne({ _id: old })).to.have.property('publicKey', publicKeyOf(old));
    expect(await products.findOne({ _id: own })).to.have.property('publicKey', 'kept');
  });
});
