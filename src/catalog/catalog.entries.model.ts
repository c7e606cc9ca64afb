// Entries of the public search and the words in them. Both follow from other records and may be made anew at any time.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { CatalogEntry } from './catalog.types.ts';

type Stored = Omit<CatalogEntry, 'id'> & { _id: string };
type StoredTerm = { _id: string; near: string[] };

const must = { type: String, required: true } as const;
const maybeEmpty = { type: String, default: '' } as const;
const number = { type: Number, required: true } as const;
const options = { strict: 'throw', versionKey: false, autoIndex: false } as const;

const entrySchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    kind: must,
    name: must,
    sortName: must,
    words: { type: [String], required: true },
    provinceCode: must,
    communeCode: maybeEmpty,
    ocopSet: number,
    star: number,
    productVersion: number,
    producerVersion: number,
    // Entries made by an earlier release have none.
    changedAt: Date,
  },
  options,
);
entrySchema.index({ words: 1, kind: 1, provinceCode: 1, star: 1, ocopSet: 1 }, { name: 'catalogEntries_words' });
entrySchema.index({ kind: 1, sortName: 1, _id: 1 }, { name: 'catalogEntries_name' });
entrySchema.index({ kind: 1, provinceCode: 1, sortName: 1, _id: 1 }, { name: 'catalogEntries_province_name' });
entrySchema.index({ kind: 1, star: 1, sortName: 1, _id: 1 }, { name: 'catalogEntries_star_name' });
entrySchema.index({ kind: 1, ocopSet: 1, sortName: 1, _id: 1 }, { name: 'catalogEntries_set_name' });
entrySchema.index({ kind: 1, communeCode: 1, sortName: 1, _id: 1 }, { name: 'catalogEntries_commune_name' });
entrySchema.index({ kind: 1, provinceCode: 1, communeCode: 1, ocopSet: 1 }, { name: 'catalogEntries_places' });
entrySchema.index({ _id: 1, productVersion: 1, producerVersion: 1 }, { name: 'catalogEntries_versions' });

const termSchema = new mongoose.Schema<StoredTerm>({ _id: must, near: { type: [String], required: true } }, options);
termSchema.index({ near: 1 }, { name: 'catalogTerms_near' });

export function entryModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['CatalogEntry'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('CatalogEntry', entrySchema, 'catalogEntries');
}

export function termModel(db: Db): mongoose.Model<StoredTerm> {
  const known = db.models['CatalogTerm'] as mongoose.Model<StoredTerm> | undefined;
  return known ?? db.model<StoredTerm>('CatalogTerm', termSchema, 'catalogTerms');
}

/** Puts entries in the place of what was there. */
export async function putEntries(db: Db, entries: readonly CatalogEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await entryModel(db).bulkWrite(
    entries.map(({ id, ...rest }) => ({
      replaceOne: { filter: { _id: id }, replacement: { _id: id, ...rest }, upsert: true },
    })) as never,
    { ordered: false },
  );
}

export async function removeEntries(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await entryModel(db).deleteMany({ _id: { $in: [...ids] } });
}

/** Adds words that are not known yet; `nearOf` gives the keys by which a word is guessed at. */
export async function addTerms(db: Db, words: readonly string[], nearOf: (word: string) => string[]): Promise<void> {
  if (words.length === 0) return;
  const known = await termModel(db)
    .find({ _id: { $in: [...words] } }, { _id: 1 })
    .lean<{ _id: string }[]>();
  const there = new Set(known.map(({ _id }) => _id));
  const fresh = words.filter((word) => !there.has(word)).map((word) => ({ _id: word, near: nearOf(word) }));
  try {
    if (fresh.length > 0) await termModel(db).insertMany(fresh, { ordered: false });
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
  }
}

/** Known words that share a key with one of these. */
export async function findTermsNear(db: Db, keys: readonly string[], most: number): Promise<string[]> {
  const found = await termModel(db)
    .find({ near: { $in: [...keys] } }, { _id: 1 })
    .limit(most)
    .lean<{ _id: string }[]>();
  return found.map(({ _id }) => _id);
}

export type EntryVersions = Pick<CatalogEntry, 'id' | 'productVersion' | 'producerVersion'>;

/** Versions of the entries from one id (without it) to another (with it), both open where undefined. */
export async function findVersions(
  db: Db,
  after: string | undefined,
  upTo: string | undefined,
): Promise<EntryVersions[]> {
  const range = { ...(after === undefined ? {} : { $gt: after }), ...(upTo === undefined ? {} : { $lte: upTo }) };
  const found = await entryModel(db)
    .find((Object.keys(range).length === 0 ? {} : { _id: range }) as never, { productVersion: 1, producerVersion: 1 })
    .hint('catalogEntries_versions')
    .lean<Pick<Stored, '_id' | 'productVersion' | 'producerVersion'>[]>();
  return found.map(({ _id, ...rest }) => ({ id: _id, ...rest }));
}
