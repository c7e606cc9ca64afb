// Pages of the journal: one batch, record a step, correct it, take it back.
import { createHash } from 'node:crypto';
import express from 'express';
import type { Request, Response, Router } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { dayOf } from '../days.ts';
import type { Deps } from '../deps.ts';
import { AppError, fieldError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { recordId } from '../fields.ts';
import { languageOf } from '../http/language.ts';
import { formState, requireActor, sendPage } from '../http/pages.ts';
import type { FormState } from '../http/pages.ts';
import { readInput } from '../http/read-input.ts';
import { submitForm } from '../http/submit-form.ts';
import { isPictureTooLarge, readPictures, sentPictures } from '../http/upload.ts';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { addErasingPages } from './steps.erasing.pages.ts';
import { stepBody, stepForm, stepFormFields } from './steps.form.ts';
import { correctionPage, emptyValues, newStepPage, valuesOf } from './steps.form.view.ts';
import { batchOverview } from './steps.overview.service.ts';
import type { BatchOverview } from './steps.overview.types.ts';
import { batchPage, savedWords } from './steps.overview.view.ts';
import { historyOf } from './steps.reading.service.ts';
import { addStepPhoto, recordStep } from './steps.service.ts';
import type { JournalEntry } from './steps.types.ts';

/** Photos that a form may send at once. */
const mostPhotos = 3;
const fieldWords = 'steps.fields';

const idIn = (req: Request, name: string, notFound: ErrorCode): string => {
  const read = readInput(recordId, req.params[name]);
  if (!read.ok) throw new AppError(notFound);
  return read.value;
};

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Refusals that concern the photo alone: no picture, too large, no room, no place, erased before, too many at once. */
const isPhotoRefused = ({ status }: AppError): boolean => [409, 413, 415, 503].includes(status);

/** A photo that can't be taken leaves its step standing: true when every photo has arrived. */
const addPhotos = async (deps: Deps, res: Response, stepId: string, photos: readonly Buffer[]): Promise<boolean> => {
  let areAllThere = true;
  for (const bytes of photos) {
    try {
      await addStepPhoto(deps.db, requireActor(res), { stepId, sha256: hashOf(bytes) }, bytes, deps.clock());
    } catch (error) {
      if (!(error instanceof AppError) || !isPhotoRefused(error)) throw error;
      areAllThere = false;
    }
  }
  return areAllThere;
};

const requirePhotosInLimits = (res: Response, photos: readonly Buffer[]): void => {
  if (isPictureTooLarge(res)) throw fieldError('photos', 'picture-too-large', { maximum: 25 });
  if (photos.length > mostPhotos) throw fieldError('photos', 'too-many', { maximum: mostPhotos });
};

/** Photos can't be kept in a form that comes back: it says so. */
const withPhotoHint = (req: Request, res: Response, form: FormState): FormState => {
  const isLost = sentPictures(req).length > 0 && form.errors['photos'] === '';
  if (!isLost) return form;
  return { ...form, errors: { ...form.errors, photos: t(languageOf(res), 'steps.form.photosAgain') } };
};

const overviewOf = (deps: Deps, req: Request, res: Response): Promise<BatchOverview> =>
  batchOverview(deps.db, requireActor(res), idIn(req, 'batch', 'batch-not-found'), deps.clock());

const addBatchPage = (router: Router, deps: Deps): void => {
  router.get(paths.appBatch(':batch'), async (req, res) => {
    const overview = await overviewOf(deps, req, res);
    const language = languageOf(res);
    const view = { ...batchPage(language, overview, dayOf(deps.clock())), saved: savedWords(req.query['saved']) };
    sendPage(req, res, 'steps/batch', view, { title: overview.product.name, sample: overview.batch.sample });
  });
};

const addRecording = (router: Router, deps: Deps): void => {
  const send = (req: Request, res: Response, overview: BatchOverview, form: FormState, status: number): void => {
    const language = languageOf(res);
    const facts = { ...overview, today: dayOf(deps.clock()) };
    const view = { form: withPhotoHint(req, res, form), ...newStepPage(language, facts, form.values, uuidv7()) };
    sendPage(req, res, 'steps/new', view, {
      title: t(language, 'steps.form.title'),
      sample: overview.batch.sample,
      status,
    });
  };

  router.get(paths.appNewStep(':batch'), async (req, res) => {
    const overview = await overviewOf(deps, req, res);
    if (!overview.isOwn) throw new AppError('not-allowed');
    if (overview.batch.closed !== undefined) throw new AppError('batch-closed');
    const values = emptyValues(overview.entries, { id: uuidv7(), today: dayOf(deps.clock()) });
    send(req, res, overview, formState(languageOf(res), stepFormFields, values), 200);
  });

  router.post(paths.appBatchSteps(':batch'), readPictures('photos', 10), async (req, res) => {
    const overview = await overviewOf(deps, req, res);
    const photos = sentPictures(req);
    const more = photos.length === 0 ? {} : { photoHashes: photos.map(hashOf) };
    await submitForm(req, res, {
      schema: stepForm,
      names: stepFormFields,
      fieldWords,
      body: stepBody(req.body, more),
      act: async (newStep) => {
        requirePhotosInLimits(res, photos);
        const step = await recordStep(deps.db, requireActor(res), overview.batch.id, newStep, deps.clock());
        const areAllThere = await addPhotos(deps, res, step.id, photos);
        return `${paths.appBatch(overview.batch.id)}?saved=${areAllThere ? 'step' : 'step-no-photo'}`;
      },
      again: (form, status) => send(req, res, overview, form, status),
    });
  });
};

const addCorrecting = (router: Router, deps: Deps): void => {
  /** The entry as it stands with its batch; an entry that was replaced meanwhile is refused. */
  const entryOf = async (req: Request, res: Response): Promise<{ entry: JournalEntry; overview: BatchOverview }> => {
    const actor = requireActor(res);
    const stepId = idIn(req, 'step', 'step-not-found');
    const { step, entry } = await historyOf(deps.db, actor, stepId);
    const overview = await batchOverview(deps.db, actor, step.batchId, deps.clock());
    if (!overview.isOwn) throw new AppError('not-allowed');
    if (entry === undefined || entry.step.id !== stepId) throw new AppError('step-already-corrected');
    return { entry, overview };
  };

  const send = (
    req: Request,
    res: Response,
    shown: { entry: JournalEntry; overview: BatchOverview; form: FormState; status: number },
  ): void => {
    const language = languageOf(res);
    const { entry, overview, form, status } = shown;
    const facts = { ...overview, entry, today: dayOf(deps.clock()) };
    const view = { form: withPhotoHint(req, res, form), ...correctionPage(language, facts, form.values, uuidv7()) };
    const title = t(language, 'steps.correction.title');
    sendPage(req, res, 'steps/correction', view, { title, sample: overview.batch.sample, status });
  };

  router.get(paths.appStepCorrection(':step'), async (req, res) => {
    const { entry, overview } = await entryOf(req, res);
    const today = dayOf(deps.clock());
    const siteIds = entry.step.siteIds.length === overview.sites.length ? [] : entry.step.siteIds;
    const values = { ...valuesOf(entry.step, { id: uuidv7(), today }), siteIds, note: entry.note ?? '' };
    send(req, res, { entry, overview, form: formState(languageOf(res), stepFormFields, values), status: 200 });
  });

  router.post(paths.appStepCorrection(':step'), readPictures('photos', 10), async (req, res) => {
    const { step, entry } = await historyOf(deps.db, requireActor(res), idIn(req, 'step', 'step-not-found'));
    const overview = await batchOverview(deps.db, requireActor(res), step.batchId, deps.clock());
    const photos = sentPictures(req);
    const photoHashes = [...new Set([...step.photoHashes, ...photos.map(hashOf)])];
    const more = { corrects: step.id, ...(photos.length === 0 ? {} : { photoHashes }) };
    await submitForm(req, res, {
      schema: stepForm,
      names: stepFormFields,
      fieldWords,
      body: stepBody(req.body, more),
      act: async (newStep) => {
        requirePhotosInLimits(res, photos);
        const corrected = await recordStep(deps.db, requireActor(res), step.batchId, newStep, deps.clock());
        const areAllThere = await addPhotos(deps, res, corrected.id, photos);
        return `${paths.appBatch(step.batchId)}?saved=${areAllThere ? 'correction' : 'step-no-photo'}`;
      },
      again: (form, status) => {
        if (entry === undefined) throw new AppError('step-already-corrected');
        send(req, res, { entry, overview, form, status });
      },
    });
  });

  router.post(paths.appStepWithdrawal(':step'), async (req, res) => {
    const actor = requireActor(res);
    const { step } = await historyOf(deps.db, actor, idIn(req, 'step', 'step-not-found'));
    const { kind, doneOn, batchId } = step;
    const id: unknown = (req.body as Record<string, unknown> | undefined)?.['id'];
    const withdrawal = readInput(stepForm, { id, kind, doneOn, withdraws: step.id });
    if (!withdrawal.ok) throw new AppError('unreadable-body');
    await recordStep(deps.db, actor, batchId, withdrawal.value, deps.clock());
    res.redirect(303, `${paths.appBatch(batchId)}?saved=withdrawal`);
  });
};

/** The batch with its journal, and the forms that write in it. */
export function stepsPages(deps: Deps): Router {
  const router = express.Router();
  addRecording(router, deps);
  addCorrecting(router, deps);
  addErasingPages(router, deps);
  addBatchPage(router, deps);
  return router;
}
