// Outlines of administrative units as stored.
import mongoose from 'mongoose';
import { keepChangeNotes } from '../audit/changes.ts';
import type { ReferenceFrame } from '../audit/reference.ts';
import type { Db } from '../db/connect.ts';
import type { Bbox, Outline, OutlineLevel, OutlineRecord } from './units.types.ts';

type Stored = OutlineRecord & ReferenceFrame;

const must = { type: String, required: true } as const;

const outlineSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    code: must,
    name: must,
    fullName: must,
    level: must,
    geometry: { type: mongoose.Schema.Types.Mixed, required: true },
    bbox: { type: [Number], required: true },
    sketch: { type: mongoose.Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
    importedAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
outlineSchema.index({ code: 1 }, { unique: true, name: 'outlines_code' });
outlineSchema.index({ level: 1, 'bbox.0': 1, 'bbox.2': 1 }, { name: 'outlines_level_west_east' });
keepChangeNotes(outlineSchema as never, 'outlines');

export function outlineModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['Outline'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('Outline', outlineSchema, 'outlines');
}

const toOutline = ({ code, name, fullName, level, geometry, bbox }: Stored): Outline => ({
  code,
  name,
  fullName,
  level,
  geometry,
  bbox,
});

const withoutGeometry = { geometry: 0 } as const;
const withoutSketch = { sketch: 0 } as const;

export async function findOutlines(db: Db, codes: readonly string[]): Promise<Outline[]> {
  const found = await outlineModel(db)
    .find({ code: { $in: [...codes] } }, withoutSketch)
    .lean<Stored[]>();
  return found.map(toOutline);
}

/** The same outlines as drawings show them: with the thinned geometry. */
export async function findSketches(db: Db, codes: readonly string[]): Promise<Outline[]> {
  const found = await outlineModel(db)
    .find({ code: { $in: [...codes] } }, withoutGeometry)
    .lean<Stored[]>();
  return found.map((outline) => toOutline({ ...outline, geometry: outline.sketch }));
}

const touching = (level: OutlineLevel, [west, south, east, north]: Bbox) =>
  ({
    level,
    'bbox.0': { $lte: east },
    'bbox.2': { $gte: west },
    'bbox.1': { $lte: north },
    'bbox.3': { $gte: south },
  }) as never;

/** Outlines of a level whose boxes touch the box, thinned for drawing. */
export async function findSketchesIn(db: Db, level: OutlineLevel, box: Bbox): Promise<Outline[]> {
  const found = await outlineModel(db).find(touching(level, box), withoutGeometry).sort({ code: 1 }).lean<Stored[]>();
  return found.map((outline) => toOutline({ ...outline, geometry: outline.sketch }));
}

/** Outlines of a level whose boxes touch the box. */
export async function findOutlinesIn(db: Db, level: OutlineLevel, box: Bbox): Promise<Outline[]> {
  const found = await outlineModel(db).find(touching(level, box), withoutSketch).sort({ code: 1 }).lean<Stored[]>();
  return found.map(toOutline);
}
