import { expect } from 'chai';
import mongoose from 'mongoose';
import { auditOf } from '../../src/audit/audit.ts';
import { changedFields, changeRecord, finishChangeNotes, keepChangeNotes } from '../../src/audit/changes.ts';
import type { Db } from '../../src/db/connect.ts';
import { ensureIndexes } from '../../src/db/indexes.ts';
import { freshDatabase } from '../support/store.ts';

type Stored = { _id: string; name: string; version: number };

describe('changes of a mutable record', () => {
  let db: Db;
  let model: mongoose.Model<Stored>;
  const at = new Date('2026-09-04T02:00:00Z');
  const note = { actorId: 'lan', what: 'thing-renamed', before: { name: 'A' }, after: { name: 'B' }, at };
  const rename = (seenVersion: number) =>
    changeRecord(db, model, { recordId: 't1', seenVersion, set: { name: 'B' }, note });

  beforeEach(async () => {
    db = await freshDatabase();
    const schema = new mongoose.Schema<Stored>(
      { _id: String, name: String, version: Number },
      { strict: 'throw', versionKey: false, autoIndex: false },
    );
    keepChangeNotes(schema as never, 'things');
    model = db.model<Stored>('Thing', schema, 'things');
    await ensureIndexes(db, { info: () => undefined } as never);
    await model.create({ _id: 't1', name: 'A', version: 1 });
  });

  it('raise the version and leave a note with before and after in the log, none on the record', async () => {
    expect(await rename(1)).to.equal(true);

    expect(await model.findById('t1').lean()).to.deep.equal({ _id: 't1', name: 'B', version: 2, unnoted: [] });
    const [logged] = await auditOf(db, 't1');
    expect(logged).to.deep.include(note);
  });

  it('of two that saw the same version, write and log exactly one', async () => {
    const both = await Promise.all([rename(1), rename(1)]);

    expect(both.sort()).to.deep.equal([false, true]);
    expect(await auditOf(db, 't1')).to.have.length(1);
  });

  it('reach the log after a crash between the record and the log, once, however often it is finished', async () => {
    const left = { ...note, id: 'n1', recordId: 't1' };
    await db.collection<{ _id: string }>('things').updateOne({ _id: 't1' }, { $set: { unnoted: [left] } });

    await finishChangeNotes(db);
    await finishChangeNotes(db);

    expect(await auditOf(db, 't1')).to.deep.equal([left]);
  });

  it('name only the fields that differ, and of hidden ones only that they changed', () => {
    const before = { name: 'A', phone: '0912345678', story: 'x', gone: 'y' as string | undefined };
    const after = { name: 'B', phone: '0987654321', story: 'x', gone: undefined };

    const changed = changedFields(before, after, ['name', 'phone', 'story', 'gone'], ['phone']);

    expect(changed).to.deep.equal({
      before: { name: 'A', phone: { kept: false }, gone: 'y' },
      after: { name: 'B', phone: { kept: false }, gone: null },
    });
    expect(changedFields(before, before, ['name', 'phone', 'story'])).to.equal(undefined);
  });
});
