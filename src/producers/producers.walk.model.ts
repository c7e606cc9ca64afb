// All producers by their ids and versions, read from an index alone.
import type { Db } from '../db/connect.ts';
import { producerModel } from './producers.model.ts';

/** Ids and versions of the producers behind an id, in the order of ids; of these ids only where they are given. */
export async function findVersionsAfter(
  db: Db,
  after: string | undefined,
  most: number,
  ids?: readonly string[],
): Promise<{ id: string; version: number }[]> {
  const range = ids === undefined ? (after === undefined ? {} : { _id: { $gt: after } }) : { _id: { $in: [...ids] } };
  const found = await producerModel(db)
    .find(range, { version: 1 })
    .sort({ _id: 1 })
    .limit(most)
    .hint('producers_versions')
    .lean<{ _id: string; version: number }[]>();
  return found.map(({ _id, version }) => ({ id: _id, version }));
}
