// Photos of a step as they arrive: whole, or in pieces that go on where the last one ended.
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import { raiseBatchVersion } from '../batches/batches.service.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { erasedFiles } from '../files/erasures.ts';
import { storePicture } from '../files/files.ts';
import { sha256Of } from '../files/grid.ts';
import { addPiece, endUpload, openUploads, uploadState } from '../files/partial-uploads.ts';
import type { Piece, UploadKey, UploadState } from '../files/partial-uploads.ts';
import { countUnannounced, findAttachment, insertAttachment } from './steps.evidence.model.ts';
import { stepFor } from './steps.reading.service.ts';
import { mostStepPhotos } from './steps.rules.ts';
import type { Attachment, Step, StepPhotoState } from './steps.types.ts';
import { requireMay } from '../powers.ts';
import { placeOf as placeOfRecord } from '../producers/producers.service.ts';

export type { UploadState } from '../files/partial-uploads.ts';

/** Where a photo belongs: a step and the hash of its bytes as sent. */
export type PhotoAddress = { stepId: string; sha256: string };
type AddedPhoto = { attachment: Attachment; isNew: boolean };

const placeOf = (step: Step): string => `step/${step.id}`;

const uploadKey = (step: Step, sha256: string): UploadKey => ({
  producerId: step.producerId,
  key: placeOf(step),
  sha256,
});

const ownStep = async (db: Db, actor: Actor, stepId: string): Promise<Step> => {
  const { step, batch } = await stepFor(db, actor, stepId);
  requireMay(actor, 'record-step', await placeOfRecord(db, actor, batch), 'step-not-found');
  return step;
};

const attachmentOf = (db: Db, step: Step, sha256: string): Promise<Attachment | undefined> =>
  findAttachment(db, { producerId: step.producerId, stepId: step.id, receivedSha256: sha256 });

/**
 * Adds a photo to a step of one's own; `sha256` is the hash of the bytes as sent, so a part of them or another photo is refused. A photo that
 * was not announced is welcome while the step has fewer than 12; one that is there already is not stored again. Errors: 'step-not-found',
 * 'not-allowed', 'hash-differs', 'too-many-photos', and those of storePicture.
 */
export async function addStepPhoto(
  db: Db,
  actor: Actor,
  { stepId, sha256 }: PhotoAddress,
  bytes: Buffer,
  now: Date,
): Promise<AddedPhoto> {
  const step = await ownStep(db, actor, stepId);
  if (sha256Of(bytes) !== sha256) throw new AppError('hash-differs');
  const earlier = await attachmentOf(db, step, sha256);
  if (earlier !== undefined) return { attachment: earlier, isNew: false };
  await requirePlace(db, step, sha256);
  return store(db, step, sha256, bytes, now);
}

/**
 * Adds a piece of a photo: how far it is, or the photo once it is whole. A piece may come twice, also after the photo is there. Errors: those
 * of addStepPhoto, 'piece-out-of-place', 'range-unreadable'.
 */
export async function addStepPhotoPiece(
  db: Db,
  actor: Actor,
  { stepId, sha256 }: PhotoAddress,
  piece: Piece,
  now: Date,
): Promise<AddedPhoto | UploadState> {
  const step = await ownStep(db, actor, stepId);
  const earlier = await attachmentOf(db, step, sha256);
  if (earlier !== undefined) return { attachment: earlier, isNew: false };
  if (piece.from === 0) await requirePlace(db, step, sha256);
  try {
    const added = await addPiece(db, uploadKey(step, sha256), piece, now);
    return 'whole' in added ? await store(db, step, sha256, added.whole, now) : added;
  } catch (error) {
    // The same piece sent twice at once: the other one was the last, and cleared the pieces away.
    const there = error instanceof AppError ? await attachmentOf(db, step, sha256) : undefined;
    if (there === undefined) throw error;
    return { attachment: there, isNew: false };
  }
}

/** How far a photo has come, for those who may see the step. Throws 'step-not-found'. */
export async function stepPhotoState(db: Db, actor: Actor, { stepId, sha256 }: PhotoAddress): Promise<StepPhotoState> {
  const { step } = await stepFor(db, actor, stepId);
  const attachment = await attachmentOf(db, step, sha256);
  if (attachment === undefined) {
    const upload = await uploadState(db, uploadKey(step, sha256));
    const receivedBytes = upload?.receivedBytes ?? 0;
    const state = upload === undefined ? 'missing' : 'partial';
    return { state, receivedBytes, totalBytes: upload?.totalBytes, attachment, erasedOn: undefined };
  }
  const erasedAt = (await erasedFiles(db, [attachment.fileId])).get(attachment.fileId);
  const erasedOn = erasedAt === undefined ? undefined : dayOf(erasedAt);
  const state = erasedOn === undefined ? 'arrived' : 'erased';
  return { state, receivedBytes: 0, totalBytes: undefined, attachment, erasedOn };
}

/** The picture first, then the record that names it; pieces of it are no longer needed, also when it can't be a picture at all. */
const store = async (db: Db, step: Step, sha256: string, bytes: Buffer, now: Date): Promise<AddedPhoto> => {
  try {
    const file = await storePicture(db, step.producerId, bytes, now);
    const { id: stepId, producerId } = step;
    const photo = { id: uuidv7(), stepId, producerId, receivedSha256: sha256, fileId: file.id, arrivedAt: now };
    const added = await attach(db, step, photo);
    await raiseBatchVersion(db, step.batchId);
    await endUpload(db, uploadKey(step, sha256));
    return added;
  } catch (error) {
    if (error instanceof AppError && !mayPass.has(error.code)) await endUpload(db, uploadKey(step, sha256));
    throw error;
  }
};

/** Refusals after which the same pieces may be taken later. */
const mayPass: ReadonlySet<AppError['code']> = new Set(['quota-exceeded', 'files-busy']);

const tooMany = (): AppError => new AppError('too-many-photos', { maximum: mostStepPhotos });

/** An announced photo has its place; of the others each takes the next one that is free. */
const attach = async (db: Db, step: Step, photo: Attachment): Promise<AddedPhoto> => {
  for (;;) {
    const place = await nextPlace(db, step, photo.receivedSha256);
    if (place !== undefined && place >= mostStepPhotos) throw tooMany();
    const inserted = await insertAttachment(db, photo, place);
    if (inserted.state !== 'place-taken')
      return { attachment: inserted.attachment, isNew: inserted.state === 'inserted' };
  }
};

const nextPlace = async (db: Db, step: Step, sha256: string): Promise<number | undefined> =>
  step.photoHashes.includes(sha256)
    ? undefined
    : step.photoHashes.length + (await countUnannounced(db, step.producerId, step.id));

/** Before any byte is kept: unfinished uploads count as well, so that they can't be without number. */
const requirePlace = async (db: Db, step: Step, sha256: string): Promise<void> => {
  const place = await nextPlace(db, step, sha256);
  if (place === undefined) return;
  const isOpen = (await uploadState(db, uploadKey(step, sha256))) !== undefined;
  const open = await openUploads(db, step.producerId, placeOf(step));
  if (place >= mostStepPhotos || (!isOpen && open >= mostStepPhotos)) throw tooMany();
};
