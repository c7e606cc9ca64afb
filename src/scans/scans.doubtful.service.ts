// Codes under doubt, for those who look after them: a producer's own, and for an officer those of the province.
import { producerIdsOf, provinceCodesOf } from '../actor.ts';
import type { Actor } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { findCandidates } from './scans.model.ts';
import { doubtNumbers, doubtOf } from './scans.rules.ts';
import type { DoubtfulCode } from './scans.types.ts';

const mostShown = 100;

/** The doubtful codes in the asker's sight, the most scanned first, at most a hundred; none for who has neither producer nor province. */
export async function doubtfulCodes(db: Db, actor: Actor): Promise<DoubtfulCode[]> {
  const narrowed = { leastCount: doubtNumbers.manyScans, most: 2 * mostShown };
  const [own, ofProvinces] = await Promise.all([
    findCandidates(db, { producerIds: producerIdsOf(actor) }, narrowed),
    findCandidates(db, { provinceCodes: provinceCodesOf(actor) }, narrowed),
  ]);
  const all = new Map([...own, ...ofProvinces].map((one) => [one.code, one]));
  return [...all.values()]
    .flatMap((one) => {
      const doubt = doubtOf(one.history);
      return doubt === undefined ? [] : [{ ...one, doubt }];
    })
    .sort((left, right) => right.history.count - left.history.count)
    .slice(0, mostShown);
}
