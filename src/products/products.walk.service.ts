// All products in the order of their ids, for what follows from them. Unscoped.
import type { Db } from '../db/connect.ts';
import { findVersionsAfter } from './products.model.ts';

/** Ids and versions behind an id, at most `most`, or of these ids only; read from an index alone. */
export async function productVersions(
  db: Db,
  after: string | undefined,
  most: number,
  ids?: readonly string[],
): Promise<{ id: string; version: number; producerId: string }[]> {
  return findVersionsAfter(db, after, most, ids);
}
