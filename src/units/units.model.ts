// Administrative units as stored: those that were imported.
import mongoose from 'mongoose';
import { keepChangeNotes } from '../audit/changes.ts';
import type { ReferenceFrame } from '../audit/reference.ts';
import type { Db } from '../db/connect.ts';
import { typedWords } from '../fold.ts';
import type { Unit, UnitRecord } from './units.types.ts';

type Stored = UnitRecord & ReferenceFrame;

const must = { type: String, required: true } as const;

const unitSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    code: must,
    name: must,
    fullName: must,
    kind: must,
    parentCode: { type: String, default: '' },
    foldedName: must,
    searchWords: { type: [String], required: true },
    version: { type: Number, required: true },
    importedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
unitSchema.index({ code: 1 }, { unique: true, name: 'units_code' });
unitSchema.index({ parentCode: 1, foldedName: 1, code: 1 }, { name: 'units_parent_name' });
unitSchema.index({ parentCode: 1, searchWords: 1 }, { name: 'units_parent_words' });
keepChangeNotes(unitSchema as never, 'units');

export function unitModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['Unit'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('Unit', unitSchema, 'units');
}

const toUnit = ({ code, name, fullName, kind, parentCode }: Stored): Unit => ({
  code,
  name,
  fullName,
  kind,
  parentCode,
});

export async function findUnits(db: Db, codes: readonly string[]): Promise<Unit[]> {
  const found = await unitModel(db)
    .find({ code: { $in: [...codes] } })
    .lean<Stored[]>();
  return found.map(toUnit);
}

/** Imported communes in the order of their names: of one province or of all, whose words begin as typed, beyond a place in the list. */
export async function findCommunes(
  db: Db,
  asked: { provinceCode?: string | undefined; q?: string | undefined; after?: NamePlace | undefined; limit?: number },
): Promise<Unit[]> {
  const words = typedWords(asked.q ?? '').map((word) => ({ searchWords: { $regex: `^${word}` } }));
  const { after } = asked;
  const beyond =
    after === undefined
      ? []
      : [{ $or: [{ foldedName: { $gt: after.name } }, { foldedName: after.name, code: { $gt: after.code } }] }];
  const parentCode = asked.provinceCode ?? { $ne: '' };
  const query = unitModel(db)
    .find({ $and: [{ parentCode }, ...words, ...beyond] } as never)
    .sort({ foldedName: 1, code: 1 });
  const found = await (asked.limit === undefined ? query : query.limit(asked.limit)).lean<Stored[]>();
  return found.map(toUnit);
}

/** A place in a list by name: the folded name and code of the last one shown. */
export type NamePlace = { name: string; code: string };
