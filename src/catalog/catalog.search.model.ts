// Finding entries by words and filters, along an index in every case.
import type { Db } from '../db/connect.ts';
import { entryModel } from './catalog.entries.model.ts';
import type { CatalogEntry, EntryKind } from './catalog.types.ts';

export type EntryFilter = {
  kind: EntryKind;
  province?: string | undefined;
  commune?: string | undefined;
  set?: number | undefined;
  /** Stars that the ruling certificate gives, whether they count today or not. */
  star?: number | undefined;
};

/** A stored word, or how it begins. */
export type WordCondition = string | { $regex: string } | { $in: string[] };

const conditions = ({ kind, province, commune, set, star }: EntryFilter): Record<string, unknown> => ({
  kind,
  ...(province === undefined ? {} : { provinceCode: province }),
  ...(commune === undefined ? {} : { communeCode: commune }),
  ...(set === undefined ? {} : { ocopSet: set }),
  ...(star === undefined ? {} : { star }),
});

type Stored = Omit<CatalogEntry, 'id'> & { _id: string };
const toEntry = ({ _id, ...rest }: Stored): CatalogEntry => ({ ...rest, id: _id });

/** How many entries have the word, counted no further than `most`. */
export async function countWord(db: Db, word: WordCondition, filter: EntryFilter, most: number): Promise<number> {
  return entryModel(db)
    .countDocuments({ words: word, ...conditions(filter) } as never)
    .limit(most)
    .hint('catalogEntries_words');
}

/** Entries that have every word; the first word leads along the index, so it should be the rarest. */
export async function findByWords(
  db: Db,
  words: readonly WordCondition[],
  filter: EntryFilter,
  most: number,
): Promise<CatalogEntry[]> {
  const found = await entryModel(db)
    .find({ ...conditions(filter), $and: words.map((word) => ({ words: word })) } as never)
    .hint('catalogEntries_words')
    .limit(most)
    .lean<Stored[]>();
  return found.map(toEntry);
}

/** Entries in the order of their names. */
export async function findByName(db: Db, filter: EntryFilter, skip: number, most: number): Promise<CatalogEntry[]> {
  const found = await entryModel(db)
    .find(conditions(filter) as never)
    .sort({ sortName: 1, _id: 1 })
    .skip(skip)
    .limit(most)
    .lean<Stored[]>();
  return found.map(toEntry);
}
