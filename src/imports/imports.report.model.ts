// What came with a run and what its report says of each row: the bytes in a bucket of their own, the rows in a collection. Both are written before
// the run that names them, so that a crash leaves strays and never a run without its file.
import { finished } from 'node:stream/promises';
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import type { ReportRow } from './imports.types.ts';

const { GridFSBucket, MongoNotConnectedError, ObjectId } = mongoose.mongo;

type StoredRow = ReportRow & { _id: string; contentId: string };

const text = { type: String, required: true } as const;
const maybeEmpty = { type: String, default: '' } as const;
const count = { type: Number, required: true } as const;

const rowSchema = new mongoose.Schema<StoredRow>(
  {
    _id: text,
    contentId: text,
    place: count,
    line: count,
    label: maybeEmpty,
    outcome: text,
    leftOut: maybeEmpty,
    faults: { type: [Object], default: [] },
    remarks: { type: [String], default: [] },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
rowSchema.index({ contentId: 1, place: 1 }, { name: 'importRows_place' });
rowSchema.index({ contentId: 1, outcome: 1, place: 1 }, { name: 'importRows_outcome' });

export function importRowModel(db: Db): mongoose.Model<StoredRow> {
  const known = db.models['ImportRow'] as mongoose.Model<StoredRow> | undefined;
  return known ?? db.model<StoredRow>('ImportRow', rowSchema, 'importRows');
}

const storeOf = (db: Db): mongoose.mongo.Db => {
  if (db.db === undefined) throw new MongoNotConnectedError('the store is away');
  return db.db;
};

const bucketOf = (db: Db): mongoose.mongo.GridFSBucket => new GridFSBucket(storeOf(db), { bucketName: 'imports' });

/** Keeps the bytes and returns the id under which they lie. */
export async function writeContent(db: Db, fileName: string, bytes: Buffer): Promise<string> {
  const upload = bucketOf(db).openUploadStream(fileName);
  upload.end(bytes);
  await finished(upload);
  return upload.id.toHexString();
}

/** All bytes of a content. Throws when they are gone. */
export async function readContent(db: Db, contentId: string): Promise<Buffer> {
  const stream = bucketOf(db).openDownloadStream(new ObjectId(contentId));
  return Buffer.concat((await stream.toArray()) as Buffer[]);
}

const rowsAtOnce = 1000;

/** Keeps the rows of a report under a content. */
export async function insertRows(db: Db, contentId: string, rows: readonly ReportRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const piece = rows.slice(at, at + rowsAtOnce);
    await importRowModel(db).insertMany(
      piece.map((row) => ({ ...row, _id: `${contentId}.${row.place}`, contentId })),
      { throwOnValidationError: true },
    );
  }
}

export type RowPage = { after: number; limit: number; outcome?: ReportRow['outcome'] | undefined };

/** Rows of a report in the order of the file, from after a place (0 for the first). */
export async function findRows(db: Db, contentId: string, { after, limit, outcome }: RowPage): Promise<ReportRow[]> {
  const found = await importRowModel(db)
    .find({ contentId, ...(outcome === undefined ? {} : { outcome }), place: { $gt: after } })
    .sort({ place: 1 })
    .limit(limit)
    .lean<StoredRow[]>();
  return found.map(({ _id, contentId: _content, ...row }) => row);
}

/** Removes bytes and rows; harmless for those that are gone. */
export async function dropReports(db: Db, contentIds: readonly string[]): Promise<void> {
  if (contentIds.length === 0) return;
  const ids = contentIds.map((id) => new ObjectId(id));
  await importRowModel(db).deleteMany({ contentId: { $in: contentIds } });
  await storeOf(db)
    .collection('imports.files')
    .deleteMany({ _id: { $in: ids } });
  await storeOf(db)
    .collection('imports.chunks')
    .deleteMany({ files_id: { $in: ids } });
}

/** Ids of contents that were begun before a moment, also half written ones; at most 1000. */
export async function contentsBefore(db: Db, before: Date): Promise<string[]> {
  const end = ObjectId.createFromTime(Math.floor(before.getTime() / 1000));
  const chunks = storeOf(db).collection<{ files_id: mongoose.mongo.ObjectId }>('imports.chunks');
  const found = await chunks
    .aggregate<{ _id: mongoose.mongo.ObjectId }>([
      { $match: { files_id: { $lt: end } } },
      { $group: { _id: '$files_id' } },
      { $limit: 1000 },
    ])
    .toArray();
  return found.map(({ _id }) => _id.toHexString());
}
