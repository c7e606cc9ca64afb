// What hangs on a step: photos that arrived, confirmations, and the words of its note, which lie apart so that they can be erased.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { Attachment, Confirmation } from './steps.types.ts';

/** The text behind a hash; the hash is its key, so writing one before its step can't disturb another. */
export type Content = { hash: string; stepId: string; producerId: string; salt: string; text: string };

type StoredAttachment = Omit<Attachment, 'id'> & {
  _id: string;
  /** Of a photo that the step had not announced: which of its free places it takes. One index gives each once. */
  place?: number;
};
type StoredConfirmation = Omit<Confirmation, 'id'> & { _id: string };
type StoredContent = Omit<Content, 'hash'> & { _id: string; erasedAt?: Date };

const text = { type: String, required: true } as const;
const moment = { type: Date, required: true } as const;
const options = { strict: 'throw', versionKey: false, autoIndex: false } as const;

const attachmentSchema = new mongoose.Schema<StoredAttachment>(
  { _id: text, stepId: text, producerId: text, receivedSha256: text, fileId: text, arrivedAt: moment, place: Number },
  options,
);
attachmentSchema.index({ producerId: 1, stepId: 1, receivedSha256: 1 }, { unique: true, name: 'attachments_once' });
attachmentSchema.index({ fileId: 1 }, { name: 'attachments_file' });

attachmentSchema.index(
  { producerId: 1, stepId: 1, place: 1 },
  { unique: true, partialFilterExpression: { place: { $type: 'number' } }, name: 'attachments_place' },
);

const confirmationSchema = new mongoose.Schema<StoredConfirmation>(
  { _id: text, stepId: text, producerId: text, level: text, byUserId: text, at: moment },
  options,
);
confirmationSchema.index({ producerId: 1, stepId: 1, byUserId: 1 }, { unique: true, name: 'confirmations_once' });

const contentSchema = new mongoose.Schema<StoredContent>(
  // Salt and text are empty once they were erased.
  { _id: text, stepId: text, producerId: text, salt: String, text: String, erasedAt: Date },
  options,
);
contentSchema.index({ producerId: 1, stepId: 1 }, { name: 'contents_step' });

export function attachmentModel(db: Db): mongoose.Model<StoredAttachment> {
  const known = db.models['Attachment'] as mongoose.Model<StoredAttachment> | undefined;
  return known ?? db.model<StoredAttachment>('Attachment', attachmentSchema, 'attachments');
}

export function confirmationModel(db: Db): mongoose.Model<StoredConfirmation> {
  const known = db.models['Confirmation'] as mongoose.Model<StoredConfirmation> | undefined;
  return known ?? db.model<StoredConfirmation>('Confirmation', confirmationSchema, 'confirmations');
}

export function contentModel(db: Db): mongoose.Model<StoredContent> {
  const known = db.models['Content'] as mongoose.Model<StoredContent> | undefined;
  return known ?? db.model<StoredContent>('Content', contentSchema, 'contents');
}

const withId = <T extends { _id: string }>({ _id, ...rest }: T) => ({ ...rest, id: _id });

const toAttachment = ({ _id, place: _place, ...rest }: StoredAttachment): Attachment => ({ ...rest, id: _id });

export async function findAttachment(
  db: Db,
  key: Pick<Attachment, 'producerId' | 'stepId' | 'receivedSha256'>,
): Promise<Attachment | undefined> {
  const { producerId, stepId, receivedSha256 } = key;
  const found = await attachmentModel(db).findOne({ producerId, stepId, receivedSha256 }).lean<StoredAttachment>();
  return found === null ? undefined : toAttachment(found);
}

/** Outcome of an insert: it is in, it was there before, or another photo took its place. */
export type InsertedAttachment =
  { state: 'inserted'; attachment: Attachment } | { state: 'there'; attachment: Attachment } | { state: 'place-taken' };

/** Inserts the photo, at a place where it needs one. */
export async function insertAttachment(db: Db, attachment: Attachment, place?: number): Promise<InsertedAttachment> {
  const { id, ...rest } = attachment;
  try {
    await attachmentModel(db).create({ _id: id, ...rest, ...(place === undefined ? {} : { place }) });
    return { state: 'inserted', attachment };
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored = await findAttachment(db, attachment);
    if (stored !== undefined) return { state: 'there', attachment: stored };
    if (place === undefined) throw error;
    return { state: 'place-taken' };
  }
}

/** How many photos of a step came unannounced. */
export async function countUnannounced(db: Db, producerId: string, stepId: string): Promise<number> {
  return attachmentModel(db).countDocuments({ producerId, stepId, place: { $gte: 0 } });
}

/** Of these files, those that are photos of some step. */
export async function findPhotoFiles(db: Db, fileIds: readonly string[]): Promise<string[]> {
  return attachmentModel(db).distinct('fileId', { fileId: { $in: [...fileIds] } });
}

/** In the order of arrival. */
export async function findAttachments(db: Db, producerId: string, stepIds: readonly string[]): Promise<Attachment[]> {
  const found = await attachmentModel(db)
    .find({ producerId, stepId: { $in: [...stepIds] } })
    .sort({ _id: 1 })
    .lean<StoredAttachment[]>();
  return found.map(toAttachment);
}

/** Inserts the confirmation; when its id is taken or the person has confirmed this step before, gives the stored one. */
export async function insertConfirmation(db: Db, confirmation: Confirmation): Promise<Confirmation> {
  const { id, ...rest } = confirmation;
  const { producerId, stepId, byUserId } = confirmation;
  try {
    await confirmationModel(db).create({ _id: id, ...rest });
    return confirmation;
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored =
      (await confirmationModel(db).findById(id).lean<StoredConfirmation>()) ??
      (await confirmationModel(db).findOne({ producerId, stepId, byUserId }).lean<StoredConfirmation>());
    if (stored === null) throw error;
    return withId(stored);
  }
}

export async function findConfirmations(
  db: Db,
  producerId: string,
  stepIds: readonly string[],
): Promise<Confirmation[]> {
  const found = await confirmationModel(db)
    .find({ producerId, stepId: { $in: [...stepIds] } })
    .lean<StoredConfirmation[]>();
  return found.map(withId);
}

export async function insertContent(db: Db, content: Content): Promise<void> {
  const { hash, ...rest } = content;
  await contentModel(db).create({ _id: hash, ...rest });
}

/** Removes a text whose step was never made. */
export async function deleteContent(db: Db, hash: string): Promise<void> {
  await contentModel(db).deleteOne({ _id: hash });
}

/** Texts by their hash; an erased one is missing. */
export async function findContents(db: Db, hashes: readonly string[]): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map();
  const found = await contentModel(db)
    .find({ _id: { $in: [...hashes] }, erasedAt: { $exists: false } })
    .lean<StoredContent[]>();
  return new Map(found.map((content) => [content._id, content.text]));
}

/** Which of these texts were erased on request, and when. */
export async function findErasedContents(db: Db, hashes: readonly string[]): Promise<Map<string, Date>> {
  if (hashes.length === 0) return new Map();
  const found = await contentModel(db)
    .find({ _id: { $in: [...hashes] }, erasedAt: { $exists: true } }, { erasedAt: 1 })
    .lean<{ _id: string; erasedAt: Date }[]>();
  return new Map(found.map(({ _id, erasedAt }) => [_id, erasedAt]));
}

/** Takes text and salt away and notes when; a second time changes nothing. */
export async function eraseContent(db: Db, producerId: string, hash: string, at: Date): Promise<void> {
  await contentModel(db).updateOne(
    { _id: hash, producerId, erasedAt: { $exists: false } },
    { $set: { text: '', salt: '', erasedAt: at } },
  );
}
