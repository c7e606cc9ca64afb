// The entries of the public search in the order of their ids, for the lists that search engines read.
import type { Db } from '../db/connect.ts';
import { entryModel } from './catalog.entries.model.ts';
import type { EntryKind } from './catalog.types.ts';

export type ListedEntry = { id: string; kind: EntryKind; changedAt: Date | undefined };

export async function countEntries(db: Db): Promise<number> {
  return entryModel(db).estimatedDocumentCount();
}

/** The id at a place in the order of ids. */
export async function entryIdAt(db: Db, place: number): Promise<string | undefined> {
  const [found] = await entryModel(db).find({}, { _id: 1 }).sort({ _id: 1 }).skip(place).limit(1).lean();
  return found?._id;
}

/** At most `most` entries from an id on, itself among them. */
export async function entriesFrom(db: Db, from: string, most: number): Promise<ListedEntry[]> {
  const found = await entryModel(db)
    .find({ _id: { $gte: from } }, { kind: 1, changedAt: 1 })
    .sort({ _id: 1 })
    .limit(most)
    .lean<{ _id: string; kind: EntryKind; changedAt?: Date }[]>();
  return found.map(({ _id, kind, changedAt }) => ({ id: _id, kind, changedAt }));
}
