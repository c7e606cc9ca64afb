// Scan counts as stored: one record per code that was scanned, changed only by operations that give the same in any order.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { Place, PlaceCount, ScanHistory, ScannedLabel } from './scans.types.ts';

type StoredPlace = { n: number; first: Date; last: Date };
type Stored = Omit<ScannedLabel, 'code'> & {
  _id: string;
  count: number;
  first: { at: Date; place: Place };
  last: Date;
  /** By place; '-' is the unknown one, since a field needs a name. */
  places: Record<string, StoredPlace>;
  days: Record<string, Record<string, number>>;
  /** The known places, for finding codes that were seen in several. */
  seenIn: Place[];
};

const text = { type: String, required: true } as const;

const schema = new mongoose.Schema<Stored>(
  {
    _id: text,
    producerId: text,
    provinceCode: text,
    batchId: text,
    count: { type: Number, required: true },
    first: { type: mongoose.Schema.Types.Mixed, required: true },
    last: { type: Date, required: true },
    places: { type: mongoose.Schema.Types.Mixed, required: true },
    days: { type: mongoose.Schema.Types.Mixed, required: true },
    seenIn: { type: [String], required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false, minimize: false },
);
schema.index({ producerId: 1, count: -1 }, { name: 'unitScans_producer' });
schema.index({ provinceCode: 1, count: -1 }, { name: 'unitScans_province' });
const inSeveral = { partialFilterExpression: { 'seenIn.1': { $exists: true } } };
schema.index({ producerId: 1, last: -1 }, { name: 'unitScans_producer_places', ...inSeveral });
schema.index({ provinceCode: 1, last: -1 }, { name: 'unitScans_province_places', ...inSeveral });

export function unitScanModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['UnitScan'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('UnitScan', schema, 'unitScans');
}

/** Counts that came together before they are written: of one code. */
export type Tally = { label: ScannedLabel; history: ScanHistory };

const fieldOf = (place: Place): string => (place === '' ? '-' : place);
const placeOf = (field: string): Place => (field === '-' ? '' : field);

const toHistory = ({ count, first, last, places, days }: Stored): ScanHistory => ({
  count,
  first,
  last,
  places: Object.fromEntries(
    Object.entries(places).map(([field, { n, first: from, last: to }]): [string, PlaceCount] => [
      placeOf(field),
      { count: n, first: from, last: to },
    ]),
  ),
  days: Object.fromEntries(
    Object.entries(days).map(([day, byPlace]) => [
      day,
      Object.fromEntries(Object.entries(byPlace).map(([field, n]) => [placeOf(field), n])),
    ]),
  ),
});

const toLabel = ({ _id, producerId, provinceCode, batchId }: Stored): ScannedLabel => ({
  code: _id,
  producerId,
  provinceCode,
  batchId,
});

/** Histories by code, of those that were ever scanned: one read for all. */
export async function findHistories(db: Db, codes: readonly string[]): Promise<Map<string, ScanHistory>> {
  const found = await unitScanModel(db)
    .collection.find({ _id: codes.length === 1 ? codes[0] : { $in: [...codes] } } as never)
    .toArray();
  return new Map((found as unknown as Stored[]).map((stored) => [stored._id, toHistory(stored)]));
}

const updateOf = ({ label, history }: Tally, daysToDrop: readonly string[]) => {
  const inc: Record<string, number> = { count: history.count };
  const min: Record<string, unknown> = { first: history.first };
  const max: Record<string, unknown> = { last: history.last };
  for (const [place, { count, first, last }] of Object.entries(history.places)) {
    const field = `places.${fieldOf(place)}`;
    inc[`${field}.n`] = count;
    min[`${field}.first`] = first;
    max[`${field}.last`] = last;
  }
  for (const [day, byPlace] of Object.entries(history.days))
    for (const [place, count] of Object.entries(byPlace)) inc[`days.${day}.${fieldOf(place)}`] = count;
  const { code: _code, ...owned } = label;
  const known = Object.keys(history.places).filter((place) => place !== '');
  return {
    $inc: inc,
    $min: min,
    $max: max,
    $setOnInsert: owned,
    $addToSet: { seenIn: { $each: known } },
    ...(daysToDrop.length === 0 ? {} : { $unset: Object.fromEntries(daysToDrop.map((day) => [`days.${day}`, ''])) }),
  };
};

/** A tally and the days that need no longer be told apart. */
export type Writing = { tally: Tally; daysToDrop: readonly string[] };

type BulkFault = { writeErrors?: readonly { index: number; code?: number }[] };

/**
 * Adds tallies to what is stored, in one go. Gives back those that were not added because another process made the record at the same time;
 * added later, they count.
 */
export async function addTallies(db: Db, writings: readonly Writing[]): Promise<Tally[]> {
  const operations = writings.map(({ tally, daysToDrop }) => ({
    updateOne: { filter: { _id: tally.label.code }, update: updateOf(tally, daysToDrop), upsert: true },
  }));
  try {
    await unitScanModel(db).collection.bulkWrite(operations as never, { ordered: false });
    return [];
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const faults = (error as BulkFault).writeErrors ?? [];
    if (faults.length === 0 || faults.some(({ code }) => code !== 11_000)) throw error;
    return faults.flatMap(({ index }) => writings[index]?.tally ?? []);
  }
}

/** Codes of a producer or a province that might be doubtful: scanned at least so often, or in more than one province. The most scanned first. */
export async function findCandidates(
  db: Db,
  within: { producerIds: readonly string[] } | { provinceCodes: readonly string[] },
  { leastCount, most }: { leastCount: number; most: number },
): Promise<(ScannedLabel & { history: ScanHistory })[]> {
  const scope =
    'producerIds' in within
      ? { producerId: { $in: [...within.producerIds] } }
      : { provinceCode: { $in: [...within.provinceCodes] } };
  const [often, inSeveralPlaces] = await Promise.all([
    unitScanModel(db)
      .find({ ...scope, count: { $gte: leastCount } })
      .sort({ count: -1 })
      .limit(most)
      .lean<Stored[]>(),
    unitScanModel(db)
      .find({ ...scope, 'seenIn.1': { $exists: true } } as never)
      .sort({ last: -1 })
      .limit(most)
      .lean<Stored[]>(),
  ]);
  const all = new Map([...often, ...inSeveralPlaces].map((stored) => [stored._id, stored]));
  return [...all.values()]
    .sort((left, right) => right.count - left.count)
    .map((stored) => ({ ...toLabel(stored), history: toHistory(stored) }));
}
