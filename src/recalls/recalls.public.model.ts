// Recalls as the public list reads them: newest first, each with its end.
import type { Db } from '../db/connect.ts';
import { findClosings, recallModel } from './recalls.model.ts';
import type { Recall, RecallClosing } from './recalls.types.ts';

export type RecallFilter = {
  state?: 'open' | 'closed' | undefined;
  province?: string | undefined;
  producerId?: string | undefined;
  /** Id of the last recall of the page before. */
  after?: string | undefined;
  limit: number;
};

type Stored = Omit<Recall, 'id'> & { _id: string };

const beyond = async (db: Db, after: string | undefined): Promise<Record<string, unknown>[]> => {
  if (after === undefined) return [];
  const last = await recallModel(db).findById(after).lean<Stored>();
  if (last === null) return [];
  const { openedAt } = last;
  return [{ $or: [{ openedAt: { $lt: openedAt } }, { openedAt, _id: { $lt: after } }] }];
};

const inState = (state: 'open' | 'closed') => [
  { $lookup: { from: 'recallClosings', localField: '_id', foreignField: 'recallId', as: 'ends' } },
  { $match: { ends: state === 'open' ? { $size: 0 } : { $ne: [] } } },
];

/** One page of recalls and one more where there is one. */
export async function findRecallPage(
  db: Db,
  filter: RecallFilter,
): Promise<{ recall: Recall; closing: RecallClosing | undefined }[]> {
  const { state, province, producerId, after, limit } = filter;
  const conditions = [
    ...(province === undefined ? [] : [{ provinceCode: province }]),
    ...(producerId === undefined ? [] : [{ producerId }]),
    ...(await beyond(db, after)),
  ];
  const found = await recallModel(db).aggregate<Stored>([
    ...(conditions.length === 0 ? [] : [{ $match: { $and: conditions } }]),
    { $sort: { openedAt: -1, _id: -1 } },
    ...(state === undefined ? [] : inState(state)),
    { $limit: limit + 1 },
    { $project: { ends: 0 } },
  ]);
  const recalls = found.map(({ _id, ...rest }): Recall => ({ ...rest, id: _id }));
  const closings = await findClosings(
    db,
    recalls.map(({ id }) => id),
  );
  const closingOf = new Map(closings.map((closing) => [closing.recallId, closing]));
  return recalls.map((recall) => ({ recall, closing: closingOf.get(recall.id) }));
}
