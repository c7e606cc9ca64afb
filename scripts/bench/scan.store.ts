// What the benchmark of scans puts into the store: runs of unit labels, and batches up to a million, through the driver in bulk.
import { v7 as uuidv7 } from 'uuid';
import { batchModel } from '../../src/batches/batches.model.ts';
import type { Db } from '../../src/db/connect.ts';
import { labelRunModel, counterModel } from '../../src/labels/labels.model.ts';

/** Numbers of the generated runs of lot labels. */
export async function lotRunsOf(db: Db, most: number): Promise<number[]> {
  const found = await labelRunModel(db)
    .find({ kind: 'lot' }, { runNumber: 1 })
    .sort({ runNumber: 1 })
    .limit(most)
    .lean();
  return found.map(({ runNumber }) => runNumber);
}

const takeNumbers = async (db: Db, count: number): Promise<number> => {
  const counter = await counterModel(db)
    .findOneAndUpdate({ _id: 'labelRun' }, { $inc: { value: count } }, { upsert: true, returnDocument: 'after' })
    .lean<{ value: number }>();
  return counter.value - count + 1;
};

/** Adds runs of unit labels to as many batches; gives their numbers. */
export async function addUnitRuns(db: Db, count: number, quantity: number): Promise<number[]> {
  const [template, first] = await Promise.all([labelRunModel(db).findOne({}).lean(), takeNumbers(db, count)]);
  const batches = await batchModel(db).find({}, { producerId: 1 }).sort({ _id: 1 }).limit(count).lean();
  if (template === null) throw new Error('the store has no label run');
  const runs = batches.map(({ _id, producerId }, at) => ({
    ...template,
    _id: uuidv7(),
    runNumber: first + at,
    batchId: _id,
    producerId,
    kind: 'unit' as const,
    quantity,
  }));
  await labelRunModel(db).collection.insertMany(runs as never);
  return runs.map(({ runNumber }) => runNumber);
}

const atOnce = 5000;

/** Inserts batches like the generated ones, each of a producer and product of its own with one run, until there are so many. */
export async function growStore(db: Db, total: number, say: (line: string) => void): Promise<number> {
  const there = await batchModel(db).estimatedDocumentCount();
  const [batch, label] = await Promise.all([batchModel(db).findOne({}).lean(), labelRunModel(db).findOne({}).lean()]);
  if (batch === null || label === null) throw new Error('the store is empty');
  const first = await takeNumbers(db, total - there);
  for (let from = there; from < total; from += atOnce) {
    const count = Math.min(atOnce, total - from);
    const batches = Array.from({ length: count }, (_, at) => {
      const id = uuidv7();
      const lotNumber = `X-${from + at}`;
      const owned = { producerId: `p${Math.floor((from + at) / 50)}`, productId: `q${Math.floor((from + at) / 10)}` };
      return {
        ...batch,
        ...owned,
        _id: id,
        lotNumber,
        foldedLot: lotNumber.toLowerCase(),
        searchWords: [lotNumber],
        ancestors: [id],
      };
    });
    const runs = batches.map(({ _id, producerId }, at) => ({
      ...label,
      _id: uuidv7(),
      runNumber: first + (from - there) + at,
      batchId: _id,
      producerId,
    }));
    const quick = { ordered: false, writeConcern: { w: 1, journal: false } } as const;
    await Promise.all([
      batchModel(db).collection.insertMany(batches as never, quick),
      labelRunModel(db).collection.insertMany(runs as never, quick),
    ]);
    if (from % 100_000 < atOnce) say(`  ${from}`);
  }
  // Quick writes rest in memory: what is measured afterwards must not wait for them to reach the disk.
  await db.db?.admin().command({ fsync: 1 });
  return batchModel(db).estimatedDocumentCount();
}
