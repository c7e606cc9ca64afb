// Files as stored: one record a file, its bytes in GridFS (grid.ts).
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { PdfLook, StoredFile, StoredPart } from './files.types.ts';

type Stored = Omit<StoredFile, 'id'> & { _id: string };

const must = { type: String, required: true } as const;

const partSchema = new mongoose.Schema<StoredPart>(
  { name: must, mediaType: must, sha256: must, bytes: { type: Number, required: true }, contentId: must },
  { _id: false, strict: 'throw' },
);
const pdfSchema = new mongoose.Schema<PdfLook>(
  { state: must, pageCount: { type: Number, required: true }, active: { type: [String], required: true } },
  { _id: false, strict: 'throw' },
);
const fileSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    producerId: must,
    kind: must,
    isPublic: { type: Boolean, required: true },
    name: { type: String, default: '' },
    receivedSha256: must,
    storedSha256: must,
    widthPx: { type: Number, required: true },
    heightPx: { type: Number, required: true },
    bytes: { type: Number, required: true },
    roomBytes: { type: Number, required: true },
    parts: { type: [partSchema], required: true },
    createdAt: { type: Date, required: true },
    touchedAt: { type: Date, required: true },
    erasedAt: Date,
    pdf: pdfSchema,
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
fileSchema.index({ producerId: 1, receivedSha256: 1 }, { unique: true, name: 'fileRecords_content' });
fileSchema.index({ 'parts.contentId': 1 }, { name: 'fileRecords_parts' });

export function fileModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['FileRecord'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('FileRecord', fileSchema, 'fileRecords');
}

const toFile = ({ _id, ...rest }: Stored): StoredFile => ({ id: _id, ...rest });

/** Inserts the record; false when the producer has a file of the same content. */
export async function insertFile(db: Db, file: StoredFile): Promise<boolean> {
  const { id, ...rest } = file;
  try {
    await fileModel(db).create({ _id: id, ...rest });
    return true;
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    return false;
  }
}

export async function findFile(db: Db, fileId: string): Promise<StoredFile | undefined> {
  const found = await fileModel(db).findById(fileId).lean<Stored>();
  return found === null ? undefined : toFile(found);
}

/** Which of these were erased, and when. */
export async function findErased(db: Db, fileIds: readonly string[]): Promise<Map<string, Date>> {
  if (fileIds.length === 0) return new Map();
  const found = await fileModel(db)
    .find({ _id: { $in: [...fileIds] }, erasedAt: { $exists: true } }, { erasedAt: 1 })
    .lean<{ _id: string; erasedAt: Date }[]>();
  return new Map(found.map(({ _id, erasedAt }) => [_id, erasedAt]));
}

/**
 * The file of this content, marked as in use at a moment and opened to everybody where that is asked: whoever gets it has seven days to
 * refer to it. Undefined when there is none (any more).
 */
export async function touchByContent(
  db: Db,
  content: { producerId: string; receivedSha256: string; isPublic: boolean },
  now: Date,
): Promise<StoredFile | undefined> {
  const { producerId, receivedSha256, isPublic } = content;
  const found = await fileModel(db)
    .findOneAndUpdate(
      { producerId, receivedSha256 },
      { $max: { touchedAt: now }, ...(isPublic ? { $set: { isPublic: true } } : {}) },
      { returnDocument: 'after' },
    )
    .lean<Stored>();
  return found === null ? undefined : toFile(found);
}

/** The same for a file that is asked for by its id, of one producer. */
export async function touchFile(
  db: Db,
  producerId: string,
  fileId: string,
  now: Date,
): Promise<StoredFile | undefined> {
  const found = await fileModel(db)
    .findOneAndUpdate({ _id: fileId, producerId }, { $max: { touchedAt: now } }, { returnDocument: 'after' })
    .lean<Stored>();
  return found === null ? undefined : toFile(found);
}

/** Files that nobody has asked to use since a moment, in the order of their ids after `after`. Erased ones are left out: their hashes stay. */
export async function findUntouched(
  db: Db,
  { since, after, limit }: { since: Date; after: string; limit: number },
): Promise<StoredFile[]> {
  const found = await fileModel(db)
    .find({ _id: { $gt: after }, touchedAt: { $lt: since }, erasedAt: { $exists: false } })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<Stored[]>();
  return found.map(toFile);
}

/** Deletes the record unless somebody has asked for the file since it was read. Its bytes are the caller's to drop. */
export async function deleteUntouched(db: Db, file: StoredFile): Promise<boolean> {
  const { id, touchedAt } = file;
  const deleted = await fileModel(db).deleteOne({ _id: id, touchedAt, erasedAt: { $exists: false } });
  return deleted.deletedCount === 1;
}

/** Takes name and parts off the record; the file as it was before, or undefined when it is not there or was erased before. */
export async function blankFile(db: Db, fileId: string, now: Date): Promise<StoredFile | undefined> {
  const before = await fileModel(db)
    .findOneAndUpdate(
      { _id: fileId, erasedAt: { $exists: false } },
      { $set: { erasedAt: now, name: '', parts: [], bytes: 0, roomBytes: 0 }, $unset: { pdf: 1 } },
      { returnDocument: 'before' },
    )
    .lean<Stored>();
  return before === null ? undefined : toFile(before);
}

/** Adds a part that was made later (a page as a picture); false when it is there already or the file is gone. */
export async function addPart(db: Db, fileId: string, part: StoredPart): Promise<boolean> {
  const added = await fileModel(db).updateOne(
    { _id: fileId, 'parts.name': { $ne: part.name }, erasedAt: { $exists: false } },
    { $push: { parts: part } },
  );
  return added.modifiedCount === 1;
}

export async function setPdfLook(db: Db, fileId: string, pdf: PdfLook): Promise<void> {
  await fileModel(db).updateOne({ _id: fileId, erasedAt: { $exists: false } }, { $set: { pdf } });
}

/** Of these contents, those that some record names. */
export async function findNamedContents(db: Db, contentIds: readonly string[]): Promise<Set<string>> {
  const found = await fileModel(db)
    .find({ 'parts.contentId': { $in: [...contentIds] } }, { 'parts.contentId': 1 })
    .lean<{ parts: { contentId: string }[] }[]>();
  return new Set(found.flatMap(({ parts }) => parts.map(({ contentId }) => contentId)));
}
