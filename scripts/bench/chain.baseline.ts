// The bare writes of one chain: documents of the same shapes, one after the other, journalled as the application writes them.
import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { addDays } from '../../src/days.ts';
import type { Db } from '../../src/db/connect.ts';
import { newBatchJson, newStepsJson } from './chain.documents.ts';
import type { Owner } from './owners.ts';

type NewBatchJson = ReturnType<typeof newBatchJson>;

const batchDocument = ({ ground }: Owner, { id, ...sent }: NewBatchJson, createdAt: Date) => ({
  _id: id,
  producerId: ground.producerId,
  provinceCode: '19',
  productId: ground.productId,
  ...sent,
  useBy: addDays(sent.packedOn, ground.shelfLifeDays),
  unitsLeft: sent.unitsMade,
  pending: [],
  held: false,
  holds: [],
  madeFrom: [],
  ancestors: [id],
  recallIds: [],
  closedRecallIds: [],
  sample: false,
  version: 1,
  createdAt,
  contentHash: createHash('sha256').update(id).digest('hex'),
  recentTakes: [],
  recentChanges: [],
});

type NewStepJson = ReturnType<typeof newStepsJson>[number];

const stepDocument = ({ userId, ground }: Owner, batchId: string, sent: NewStepJson, recordedAt: Date) => {
  const { id, kind, doneOn, note: _note, ...data } = sent;
  return {
    _id: id,
    producerId: ground.producerId,
    batchId,
    siteIds: ground.siteIds,
    kind,
    doneOn,
    recordedAt,
    byUserId: userId,
    onBehalf: false,
    data,
    photoHashes: [],
    queued: false,
    marks: [],
  };
};

const runDocument = ({ userId, ground }: Owner, batchId: string, runNumber: number, createdAt: Date) => ({
  _id: uuidv7(),
  runNumber,
  producerId: ground.producerId,
  batchId,
  kind: 'lot' as const,
  quantity: 65,
  layout: 'a4-65' as const,
  sample: false,
  baseUrl: 'https://truyxuat.example.vn',
  byUserId: userId,
  createdAt,
});

type Document = { _id: string; [field: string]: unknown };
type Counter = { _id: string; value: number };

/** Writes one batch, three steps, one raise of the counter and one run, each confirmed before the next. */
export async function writeSet(db: Db, owner: Owner): Promise<void> {
  const now = new Date();
  const batch = newBatchJson(owner.ground);
  const insert = (collection: string, document: Document) => db.collection<Document>(collection).insertOne(document);
  await insert('batches', batchDocument(owner, batch, now));
  for (const sent of newStepsJson()) await insert('steps', stepDocument(owner, batch.id, sent, now));
  const counter = await db
    .collection<Counter>('counters')
    .findOneAndUpdate({ _id: 'labelRun' }, { $inc: { value: 1 } }, { returnDocument: 'after' });
  if (counter === null) throw new Error('the run counter is not there');
  await insert('labelRuns', runDocument(owner, batch.id, counter.value, now));
}
