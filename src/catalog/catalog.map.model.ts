// What the public map counts, read along indexes alone.
import type { Db } from '../db/connect.ts';
import { entryModel } from './catalog.entries.model.ts';
import type { PlaceCount, StarCandidate } from './catalog.map.types.ts';

/** How many products or producers each commune has in each set; a producer has set 0. */
export async function countByPlace(db: Db, kind: 'product' | 'producer'): Promise<PlaceCount[]> {
  const place = { provinceCode: '$provinceCode', communeCode: '$communeCode', ocopSet: '$ocopSet' };
  const found = await entryModel(db)
    .aggregate<{ _id: Omit<PlaceCount, 'count'>; count: number }>([
      { $match: { kind } },
      { $group: { _id: place, count: { $sum: 1 } } },
    ])
    .hint('catalogEntries_places');
  return found.map(({ _id, count }) => ({ ..._id, count }));
}

/** Products to which some certificate gives stars, whether they count today or not. */
export async function findStarCandidates(db: Db): Promise<StarCandidate[]> {
  const found = await entryModel(db)
    .find({ kind: 'product', star: { $gt: 0 } } as never, { provinceCode: 1, communeCode: 1, ocopSet: 1 })
    .hint('catalogEntries_star_name')
    .lean<(Omit<StarCandidate, 'id'> & { _id: string })[]>();
  return found.map(({ _id, ...place }) => ({ id: _id, ...place }));
}

/** One product of each of these communes of a province. */
export async function oneProductOfEach(db: Db, provinceCode: string, communes: readonly string[]): Promise<string[]> {
  if (communes.length === 0) return [];
  const found = await entryModel(db).aggregate<{ id: string }>([
    { $match: { kind: 'product', provinceCode, communeCode: { $in: [...communes] } } },
    { $group: { _id: '$communeCode', id: { $first: '$_id' } } },
  ]);
  return found.map(({ id }) => id);
}
