// Applications that were refused and never approved: found by how long the refusal has stood, and freed of who applied.
import type { Db } from '../db/connect.ts';
import { fold } from '../fold.ts';
import { producerModel } from './producers.model.ts';

export type RefusedApplication = { id: string; userId: string; kind: string; version: number };

type Found = { _id: string; kind: string; version: number; signUp: { userId: string } };

/** Those refused before a moment, whose people did not ask again, in the order of their ids. */
export async function findRefusedBefore(
  db: Db,
  before: Date,
  { after, limit }: { after: string; limit: number },
): Promise<RefusedApplication[]> {
  const found = await producerModel(db)
    .find(
      {
        _id: { $gt: after },
        'signUp.userId': { $exists: true },
        'signUp.erasedAt': { $exists: false },
        askedAgainAt: { $exists: false },
        // Whoever was approved once may have sold labels, and those must go on saying who answers for them.
        'approvals.0': { $exists: true },
        'approvals.outcome': { $ne: 'approved' },
        $expr: { $lt: [{ $arrayElemAt: ['$approvals.at', -1] }, before] },
      },
      { kind: 1, version: 1, 'signUp.userId': 1 },
    )
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Found[]>();
  return found.map(({ _id, kind, version, signUp }) => ({ id: _id, userId: signUp.userId, kind, version }));
}

// A household's facts are a person's.
const householdFacts = (words: string) => ({
  legalName: words,
  foldedName: fold(words),
  searchWords: [],
  registrationNumber: '',
  numberKey: '',
  'address.street': '',
  formerAddress: '',
  story: '',
  shops: [],
});

/** Puts `words` in the place of the names. False when the record has changed since it was read. */
export async function blankApplicant(
  db: Db,
  { id, kind, version }: RefusedApplication,
  words: string,
  erasedAt: Date,
): Promise<boolean> {
  const facts = kind === 'household' ? householdFacts(words) : {};
  const blanked = await producerModel(db).updateOne(
    { _id: id, version },
    {
      $set: { ...facts, hotline: '', 'signUp.representative': words, 'signUp.erasedAt': erasedAt },
      $unset: { unnoted: 1 },
      $inc: { version: 1 },
    },
  );
  return blanked.modifiedCount === 1;
}
