// Materials as stored: changed with a note in the history. Once a line of the stock book counts in its unit, the unit stays.
import mongoose from 'mongoose';
import { keepChangeNotes } from '../audit/changes.ts';
import type { WithUnnoted } from '../audit/changes.ts';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import { listing } from '../db/listing.ts';
import type { ListPage } from '../db/listing.ts';
import { searchWords } from '../fold.ts';
import type { Material, MaterialKind, MaterialUnit } from './materials.types.ts';

type Stored = Omit<Material, 'id'> & {
  _id: string;
  searchWords: string[];
  /** What it was made from, to tell a repeated request from another one. */
  content: string;
  /** A line of the stock book counts in this unit. */
  unitFixed?: boolean;
} & WithUnnoted;

const must = { type: String, required: true } as const;
const text = { type: String, default: '' } as const;

const schema = new mongoose.Schema<Stored>(
  {
    _id: must,
    producerId: must,
    name: must,
    foldedName: must,
    searchWords: { type: [String], required: true },
    kind: must,
    maker: text,
    activeIngredient: text,
    registrationNumber: text,
    waitDays: Number,
    unit: must,
    labelPictureFileId: String,
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    content: must,
    unitFixed: Boolean,
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
schema.index({ producerId: 1, _id: -1 }, { name: 'materials_producer' });
schema.index({ producerId: 1, foldedName: 1, _id: 1 }, { name: 'materials_producer_name' });
schema.index({ producerId: 1, searchWords: 1 }, { name: 'materials_producer_words' });
schema.index({ labelPictureFileId: 1 }, { name: 'materials_label_picture', sparse: true });
keepChangeNotes(schema, 'materials');

export function materialModel(db: Db): mongoose.Model<Stored> {
  return (
    (db.models['Material'] as mongoose.Model<Stored> | undefined) ?? db.model<Stored>('Material', schema, 'materials')
  );
}

const toMaterial = (stored: Stored): Material => {
  const { _id, searchWords: _s, content: _c, unitFixed: _f, unnoted: _u, ...rest } = stored;
  return { ...rest, id: _id, waitDays: rest.waitDays, labelPictureFileId: rest.labelPictureFileId };
};

/** By which words a list finds the material. */
export function wordsOf(material: Pick<Material, 'name' | 'maker' | 'activeIngredient' | 'registrationNumber'>) {
  const { name, maker, activeIngredient, registrationNumber } = material;
  return searchWords(name, maker, activeIngredient, registrationNumber);
}

/** Inserts it; when its id is taken, returns the stored one and what that was made from. */
export async function insertMaterial(
  db: Db,
  material: Material,
  content: string,
): Promise<{ material: Material; content: string }> {
  const { id, ...rest } = material;
  try {
    await materialModel(db).create({ _id: id, ...rest, searchWords: wordsOf(material), content });
    return { material, content };
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored = await materialModel(db).findById(id).lean<Stored>();
    if (stored === null) throw error;
    return { material: toMaterial(stored), content: stored.content };
  }
}

export async function findMaterial(db: Db, materialId: string): Promise<Material | undefined> {
  const found = await materialModel(db).findById(materialId).lean<Stored>();
  return found === null ? undefined : toMaterial(found);
}

/** Those of a producer among these ids. */
export async function findOwnMaterials(db: Db, producerId: string, ids: readonly string[]): Promise<Material[]> {
  if (ids.length === 0) return [];
  const found = await materialModel(db)
    .find({ _id: { $in: [...ids] }, producerId })
    .lean<Stored[]>();
  return found.map(toMaterial);
}

/** A page of a producer's materials, and one more if there is one. */
export async function findMaterials(
  db: Db,
  producerId: string,
  page: ListPage & { kind?: MaterialKind | undefined },
): Promise<Material[]> {
  const { conditions, order, limit } = listing('foldedName', page);
  const kind = page.kind === undefined ? [] : [{ kind: page.kind }];
  const found = await materialModel(db)
    .find({ $and: [{ producerId }, ...kind, ...conditions] })
    .sort(order)
    .limit(limit)
    .lean<Stored[]>();
  return found.map(toMaterial);
}

/** From now on its unit stays; false when it has another one by now. */
export async function fixUnit(db: Db, materialId: string, unit: MaterialUnit): Promise<boolean> {
  const found = await materialModel(db).updateOne({ _id: materialId, unit }, { $set: { unitFixed: true } });
  return found.matchedCount === 1;
}

export async function isUnitFixed(db: Db, materialId: string): Promise<boolean> {
  return (await materialModel(db).exists({ _id: materialId, unitFixed: true })) !== null;
}
