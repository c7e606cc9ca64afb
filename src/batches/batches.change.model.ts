// Changes of a stored batch: its own facts with the balance that follows from them, closing and reopening. Each is one update with its condition
// inside, which carries its note for the history along.
import type { AuditNote } from '../audit/audit.ts';
import { noteAudit } from '../audit/audit.ts';
import type { Db } from '../db/connect.ts';
import { remembered } from './batches.balance.model.ts';
import { batchModel, toBatch } from './batches.model.ts';
import type { AppliedChange, StoredBatch } from './batches.model.ts';
import type { Batch, BatchClosing, Hold } from './batches.types.ts';

/** What one change sets: the packing always, the rest where it is given. */
export type SetFacts = Pick<Batch, 'harvestedOn' | 'packedOn' | 'useBy' | 'quantity' | 'unitsMade'> &
  Partial<Pick<Batch, 'siteIds' | 'startedOn' | 'inputs' | 'madeFrom'>>;

export type FactsChange = {
  set: SetFacts;
  /** The version at which the facts were last changed, as read with them: nothing is written on others. */
  factsVersion: number | undefined;
  /** Makes a change that is sent again harmless where its sender names it. */
  applied?: AppliedChange;
  holdIfNegative: Hold;
  /** Ancestors of batches that are added to `madeFrom`. */
  addedAncestors?: readonly string[];
  note: AuditNote & { id: string };
};

/** A batch with the version at which its facts last changed; undefined there for one that never has. */
export async function findWithFactsVersion(
  db: Db,
  batchId: string,
): Promise<{ batch: Batch; factsVersion: number | undefined } | undefined> {
  const found = await batchModel(db).findById(batchId).lean<StoredBatch>();
  return found === null ? undefined : { batch: toBatch(found), factsVersion: found.factsVersion };
}

const withoutUndefined = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutUndefined(inner)]));
};

const literal = (value: unknown) => (value === undefined ? '$$REMOVE' : { $literal: withoutUndefined(value) });
const appended = (name: string, value: unknown) => ({
  $concatArrays: [{ $ifNull: [`$${name}`, []] }, [literal(value)]],
});

const fieldsOf = ({ set, applied, addedAncestors, note }: FactsChange): Record<string, unknown> => {
  const { unitsMade, ...plain } = set;
  const lineage = addedAncestors === undefined || addedAncestors.length === 0 ? undefined : addedAncestors;
  return {
    ...Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, literal(value)])),
    unitsLeft: { $add: ['$unitsLeft', { $subtract: [unitsMade, '$unitsMade'] }] },
    unitsMade: literal(unitsMade),
    version: { $add: ['$version', 1] },
    factsVersion: { $add: ['$version', 1] },
    unnoted: appended('unnoted', note),
    ...(applied === undefined ? {} : { recentChanges: { $slice: [appended('recentChanges', applied), -remembered] } }),
    ...(lineage === undefined
      ? {}
      : { ancestors: { $setUnion: ['$ancestors', literal(lineage)] }, lineagePending: literal(true) }),
  };
};

/**
 * Sets the facts and moves the rest by what the units changed, in one update that also holds the batch when labels were already taken for more
 * than is now made. undefined when its facts have changed since, this change was applied before, or the batch is closed.
 */
export async function applyFacts(db: Db, batchId: string, change: FactsChange): Promise<Batch | undefined> {
  const isNegative = { $lt: ['$unitsLeft', 0] };
  const { factsVersion, applied, holdIfNegative } = change;
  const found = await batchModel(db)
    .findOneAndUpdate(
      {
        _id: batchId,
        closed: { $exists: false },
        factsVersion: factsVersion ?? { $exists: false },
        ...(applied === undefined ? {} : { 'recentChanges.id': { $ne: applied.id } }),
      },
      [
        { $set: fieldsOf(change) },
        {
          $set: {
            held: { $or: ['$held', isNegative] },
            holds: { $cond: [isNegative, appended('holds', holdIfNegative), '$holds'] },
          },
        },
      ],
      { updatePipeline: true, returnDocument: 'after' },
    )
    .lean<StoredBatch>();
  if (found === null) return undefined;
  await moveNote(db, batchId, change.note);
  return toBatch(found);
}

const moveNote = async (db: Db, batchId: string, note: AuditNote & { id: string }): Promise<void> => {
  await noteAudit(db, note);
  await batchModel(db).updateOne({ _id: batchId }, { $pull: { unnoted: { id: note.id } } });
};

/** Closes an open batch or reopens a closed one (`closing` undefined), once for a change; false when it was so before, or by this change. */
export async function setClosing(
  db: Db,
  batchId: string,
  closing: BatchClosing | undefined,
  applied: AppliedChange,
  note: AuditNote & { id: string },
): Promise<boolean> {
  const set = closing === undefined ? { $unset: { closed: 1 } } : { $set: { closed: closing } };
  const updated = await batchModel(db).updateOne(
    { _id: batchId, closed: { $exists: closing === undefined }, 'recentChanges.id': { $ne: applied.id } },
    {
      ...set,
      $inc: { version: 1 },
      $push: { unnoted: note, recentChanges: { $each: [applied], $slice: -remembered } },
    },
  );
  if (updated.modifiedCount === 0) return false;
  await moveNote(db, batchId, note);
  return true;
}
