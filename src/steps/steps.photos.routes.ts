// Photos of a step over the API: whole or in pieces, how far one is, and erasing on request (docs/decisions/0004-resumable-photos.md).
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { recordId, sha256 } from '../fields.ts';
import { readContentRange } from '../files/content-range.ts';
import type { ContentRange } from '../files/content-range.ts';
import { addOperation } from '../http/api.ts';
import type { Answer, Api } from '../http/api.ts';
import { readSent } from '../http/upload.ts';
import { apiBase } from '../paths.ts';
import { newStepErasure } from './steps.input.ts';
import { addStepPhoto, addStepPhotoPiece, eraseFromStep, stepPhotoState } from './steps.service.ts';
import type { Attachment, StepPhotoState } from './steps.types.ts';
import {
  attachmentJson,
  attachmentShape,
  photoStateJson,
  photoStateShape,
  stepErasureJson,
  stepErasureShape,
} from './steps.view.ts';

const tag = 'steps';
const ofPhoto = z.object({ step: recordId, sha256 });
const photoLimitBytes = 25 * 1024 * 1024;
/** As in files/partial-uploads.ts: a shorter piece that is not the last is refused. */
const shortestPieceBytes = 4096;
const pieceShape = z.object({ receivedBytes: z.number(), totalBytes: z.number() });

/** The range that a request says it carries: undefined for a whole photo. Throws 'range-unreadable'. */
const rangeOf = (req: Request): ContentRange | undefined => {
  const header = req.get('content-range');
  if (header === undefined) return undefined;
  const range = readContentRange(header);
  if (range === undefined) throw new AppError('range-unreadable', { minimum: shortestPieceBytes });
  return range;
};

/** What has come of a body that broke off, as a piece; undefined when its place is not known or it is too short to keep. */
const brokenPiece = (req: Request, range: ContentRange | undefined, bytes: Buffer) => {
  const totalBytes = range?.totalBytes ?? Number(req.get('content-length') ?? 0);
  const isUseful = bytes.length >= shortestPieceBytes && totalBytes > bytes.length && totalBytes <= photoLimitBytes;
  return isUseful ? { from: range?.from ?? 0, totalBytes, bytes } : undefined;
};

// The names of draft-ietf-httpbis-resumable-upload, so that a client can ask with HEAD.
const setOffset = (
  res: Response,
  { receivedBytes, totalBytes }: Pick<StepPhotoState, 'receivedBytes' | 'totalBytes'>,
) => {
  res.set('Upload-Offset', String(receivedBytes));
  if (totalBytes !== undefined) res.set('Upload-Length', String(totalBytes));
};

const added = (res: Response, { attachment, isNew }: { attachment: Attachment; isNew: boolean }): Answer => {
  res.set('Upload-Complete', '?1');
  const location = `${apiBase}/steps/${attachment.stepId}`;
  return { status: isNew ? 201 : 200, json: attachmentJson(attachment), location };
};

const addSending = (api: Api, { db, clock }: Deps): void => {
  addOperation(
    api,
    {
      id: 'addStepPhoto',
      method: 'put',
      path: '/steps/:step/photos/:sha256',
      tag,
      summary: {
        vi: 'Gửi một ảnh của việc, cả ảnh hoặc từng phần (Content-Range: bytes đầu-cuối/tổng)',
        en: 'Send a photo of a step, whole or in pieces (Content-Range: bytes first-last/total)',
      },
      access: 'signed-in',
      params: ofPhoto,
      upload: { types: ['image/*'], limitBytes: photoLimitBytes, byHand: true },
      answers: { 200: attachmentShape, 201: attachmentShape, 202: pieceShape },
      errors: [
        'step-not-found',
        'not-signed-in',
        'not-allowed',
        'range-unreadable',
        'piece-out-of-place',
        'too-many-photos',
        'erased-before',
        'hash-differs',
        'not-an-image',
        'heic-picture',
        'unsupported-type',
        'too-large',
        'quota-exceeded',
        'files-busy',
      ],
    },
    async ({ params, actor, req, res }) => {
      // A body without a single byte has no type; its hash can't be right either.
      if (req.is('image/*') === false) throw new AppError('unsupported-type');
      const range = rangeOf(req);
      const photo = { stepId: params.step, sha256: params.sha256 };
      const { bytes, isWhole } = await readSent(req, photoLimitBytes);
      if (!isWhole) {
        const piece = brokenPiece(req, range, bytes);
        if (piece !== undefined) await addStepPhotoPiece(db, actor, photo, piece, clock());
        // Nobody is there any more to read an answer.
        return undefined;
      }
      if (range === undefined) return added(res, await addStepPhoto(db, actor, photo, bytes, clock()));
      const { from, to, totalBytes } = range;
      if (bytes.length !== to - from + 1) throw new AppError('range-unreadable', { minimum: shortestPieceBytes });
      const outcome = await addStepPhotoPiece(db, actor, photo, { from, totalBytes, bytes }, clock());
      if ('attachment' in outcome) return added(res, outcome);
      setOffset(res, outcome);
      res.set('Upload-Complete', '?0');
      return { status: 202, json: { receivedBytes: outcome.receivedBytes, totalBytes: outcome.totalBytes } };
    },
  );
};

const addAsking = (api: Api, { db }: Deps): void => {
  addOperation(
    api,
    {
      id: 'readStepPhoto',
      method: 'get',
      path: '/steps/:step/photos/:sha256',
      tag,
      summary: {
        vi: 'Ảnh của việc đã đến đâu (HEAD cho biết bằng Upload-Offset)',
        en: 'How far a photo of a step has come (HEAD tells it by Upload-Offset)',
      },
      access: 'signed-in',
      params: ofPhoto,
      answers: { 200: photoStateShape },
      errors: ['step-not-found', 'not-signed-in'],
    },
    async ({ params, actor, res }) => {
      const state = await stepPhotoState(db, actor, { stepId: params.step, sha256: params.sha256 });
      if (state.attachment === undefined) setOffset(res, state);
      res.set('Upload-Complete', state.attachment === undefined ? '?0' : '?1');
      return { status: 200, json: photoStateJson(state) };
    },
  );
};

const addErasing = (api: Api, { db, clock }: Deps): void => {
  addOperation(
    api,
    {
      id: 'eraseFromStep',
      method: 'post',
      path: '/steps/:step/erasures',
      tag,
      summary: {
        vi: 'Xoá theo yêu cầu một ảnh hoặc ghi chú của việc',
        en: 'Erase a photo or the note of a step on request',
      },
      access: 'signed-in',
      params: z.object({ step: recordId }),
      body: newStepErasure,
      answers: { 201: stepErasureShape },
      errors: ['step-not-found', 'file-not-found', 'not-signed-in', 'fields-wrong', 'id-with-other-content'],
    },
    async ({ params, body, actor }) => {
      const erasure = await eraseFromStep(db, actor, params.step, body, clock());
      return { status: 201, json: stepErasureJson(erasure), location: `${apiBase}/steps/${erasure.stepId}` };
    },
  );
};

/** PUT, GET and HEAD of a photo, and what is erased from a step. */
export function addStepPhotoOperations(api: Api, deps: Deps): void {
  addSending(api, deps);
  addAsking(api, deps);
  addErasing(api, deps);
}
