// Lists of batches: what is in sight, narrowed by words, state, year and product; and the batch of a lot number.
import type { Db } from '../db/connect.ts';
import { listing } from '../db/listing.ts';
import type { ListPage } from '../db/listing.ts';
import { batchModel, toBatch } from './batches.model.ts';
import type { StoredBatch } from './batches.model.ts';
import type { Batch, BatchState } from './batches.types.ts';

export type BatchFilter = {
  producerIds: string[];
  provinceCodes: string[];
  producerId: string | undefined;
  productId: string | undefined;
  state: BatchState | undefined;
  /** Of the first day of work. */
  year: string | undefined;
  /** Each word that was typed, with products whose name has it by now. */
  words: readonly { word: string; productIds: readonly string[] }[];
};

const isMarked = { $expr: { $not: { $setIsSubset: ['$recallIds', '$closedRecallIds'] } } };
const inState: Record<BatchState, Record<string, unknown>[]> = {
  open: [{ closed: { $exists: false } }],
  closed: [{ closed: { $exists: true } }],
  held: [{ held: true }],
  recalled: [{ 'recallIds.0': { $exists: true } }, isMarked],
};

const filtered = ({ producerId, productId, state, year, words }: BatchFilter): Record<string, unknown>[] => [
  ...(producerId === undefined ? [] : [{ producerId }]),
  ...(productId === undefined ? [] : [{ productId }]),
  ...(state === undefined ? [] : inState[state]),
  ...(year === undefined ? [] : [{ startedOn: { $gte: `${year}-01-01`, $lte: `${year}-12-31` } }]),
  // Words are letters and digits only.
  ...words.map(({ word, productIds }) => ({
    $or: [{ searchWords: { $regex: `^${word}` } }, { productId: { $in: [...productIds] } }],
  })),
];

/** The batches that a page of the list shows, and one more if there is one. */
export async function findBatchPage(db: Db, filter: BatchFilter, page: ListPage): Promise<Batch[]> {
  const { conditions, order, limit } = listing('foldedLot', { ...page, q: undefined });
  const inSight = {
    $or: [{ producerId: { $in: filter.producerIds } }, { provinceCode: { $in: filter.provinceCodes } }],
  };
  const found = await batchModel(db)
    .find({ $and: [inSight, ...filtered(filter), ...conditions] })
    .sort(order)
    .limit(limit)
    .lean<StoredBatch[]>();
  return found.map(toBatch);
}

/** The batch of a product with this lot number. */
export async function findLot(
  db: Db,
  place: { producerId: string; productId: string; lotNumber: string },
): Promise<Batch | undefined> {
  const found = await batchModel(db).findOne(place).lean<StoredBatch>();
  return found === null ? undefined : toBatch(found);
}
