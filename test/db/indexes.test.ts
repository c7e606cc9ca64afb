import { expect } from 'chai';
import mongoose from 'mongoose';
import { ensureIndexes, isDuplicateKey, isStoreAway } from '../../src/db/indexes.ts';
import { freshDatabase, silentLog } from '../support/store.ts';

const fieldSchema = () => new mongoose.Schema<{ producer: string; lot: string }>({ producer: String, lot: String });

describe('indexes', () => {
  it('are all made at start under their own names, and again without harm', async () => {
    const db = await freshDatabase();
    const schema = fieldSchema()
      .index({ producer: 1, lot: 1 }, { name: 'lot_once', unique: true })
      .index({ lot: 1 }, { name: 'by_lot', partialFilterExpression: { lot: { $exists: true } } });
    db.model('Lot', schema, 'lots');

    await ensureIndexes(db, silentLog);
    await ensureIndexes(db, silentLog);

    const made = await db.collection('lots').indexes();
    expect(made.map(({ name }) => name)).to.have.members(['_id_', 'lot_once', 'by_lot']);
    expect(made.find(({ name }) => name === 'lot_once')).to.include({ unique: true });
  });

  it('without a name are refused', async () => {
    const db = await freshDatabase();
    db.model('Lot', fieldSchema().index({ lot: 1 }), 'lots');

    const error = await ensureIndexes(db, silentLog).catch((thrown: unknown) => thrown);

    expect(error)
      .to.be.instanceOf(Error)
      .with.property('message')
      .that.matches(/Lot has no name.*"lot":1/);
  });

  it('that exist with another definition stop the start and are named', async () => {
    const db = await freshDatabase();
    await db.collection('lots').createIndex({ producer: 1 }, { name: 'lot_once' });
    db.model('Lot', fieldSchema().index({ lot: 1 }, { name: 'lot_once', unique: true }), 'lots');

    const error = await ensureIndexes(db, silentLog).catch((thrown: unknown) => thrown);

    expect(error)
      .to.be.instanceOf(Error)
      .with.property('message')
      .that.matches(/Lot \(lot_once\) cannot be made/);
  });

  it('that refuse a second record are named with its values, and by a batch without', async () => {
    const db = await freshDatabase();
    const lots = db.model('Lot', fieldSchema().index({ lot: 1 }, { name: 'lot_once', unique: true }), 'lots');
    await ensureIndexes(db, silentLog);
    await lots.create({ lot: 'L1' });

    const errors = await Promise.all(
      [
        db.collection('lots').insertOne({ lot: 'L1' }),
        lots.create({ lot: 'L1' }),
        lots.updateOne({ lot: 'L9' }, { $set: { lot: 'L1' } }, { upsert: true }),
      ].map((work: Promise<unknown>) => work.catch((thrown: unknown) => thrown)),
    );

    for (const error of errors) {
      expect(isDuplicateKey(error)).to.deep.equal({ index: 'lot_once', keys: { lot: 'L1' } });
      expect(isStoreAway(error)).to.equal(false);
    }
    const batch = lots.insertMany([{ lot: 'L2' }, { lot: 'L1' }], { ordered: false });
    expect(isDuplicateKey(await batch.catch((thrown: unknown) => thrown))?.index).to.equal('lot_once');
  });

  it('have nothing to do with other errors', () => {
    for (const error of [new Error('11000'), null, undefined, 'E11000', { code: 'ENOENT' }]) {
      expect(isDuplicateKey(error)).to.equal(undefined);
      expect(isStoreAway(error)).to.equal(false);
    }
  });
});
