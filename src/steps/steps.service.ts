// What people do with the journal: record a step, correct it, take it back, and read what stands.
import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '../actor.ts';
import { batchFor, isBatchRecalled, requireBatch } from '../batches/batches.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { registerEraser } from '../files/erasures.ts';
import { registerReferences } from '../files/files.references.ts';
import { registerPhotosOfPeople } from '../files/files.shown.ts';
import type { Material } from '../materials/materials.types.ts';
import { sitesByIds } from '../sites/sites.service.ts';
import { eraseNote, noteErasing } from './steps.erasing.service.ts';
import {
  attachmentModel,
  confirmationModel,
  contentModel,
  deleteContent,
  findContents,
  findPhotoFiles,
  insertContent,
} from './steps.evidence.model.ts';
import { findWaitingBreaches, followUp } from './steps.guards.service.ts';
import { dayBreach, recallBreach, refusal, worstBreach } from './steps.guards.rules.ts';
import type { Breach } from './steps.guards.rules.ts';
import type { NewStep } from './steps.input.ts';
import { dataOf } from './steps.materials.rules.ts';
import { materialOfStep } from './steps.materials.service.ts';
import { findStep, findStepsOfBatch, insertStep, stepModel } from './steps.model.ts';
import { journalOfBatch } from './steps.reading.service.ts';
import * as rules from './steps.rules.ts';
import type { JournalEntry, JournalGap, Step } from './steps.types.ts';
import { requireMay } from '../powers.ts';
import { placeOf } from '../producers/producers.service.ts';
import { isMember } from '../actor.ts';

// Reading, photos and confirmations have files of their own; whoever deals with the journal finds everything here.
export { eraseFromStep } from './steps.erasing.service.ts';
export { confirmStep } from './steps.evidence.service.ts';
export { addStepPhoto, addStepPhotoPiece, stepPhotoState } from './steps.photos.service.ts';
export { historyOf, journalOfBatch, stepFor } from './steps.reading.service.ts';

/** Makes the collections known, so that their indexes are made at start. */
export function prepareSteps(db: Db): void {
  for (const prepare of [stepModel, attachmentModel, confirmationModel, contentModel]) prepare(db);
  registerReferences(db, 'steps', findPhotoFiles);
  registerPhotosOfPeople(db, 'steps', findPhotoFiles);
  registerEraser(db, noteErasing, eraseNote);
}

type Told = { sent: NewStep; replaced: Step | undefined; material: Material | undefined };

/** A withdrawal takes kind, days and sites of what it takes back; a correction keeps what it does not say anew. */
const stepOf = ({ sent, replaced, material }: Told, batch: Batch, actor: Actor, now: Date): Step => {
  const withdrawn = sent.withdraws === undefined ? undefined : replaced;
  return {
    id: sent.id,
    producerId: batch.producerId,
    batchId: batch.id,
    siteIds: withdrawn?.siteIds ?? sent.siteIds ?? replaced?.siteIds ?? batch.siteIds,
    kind: sent.kind,
    doneOn: sent.doneOn,
    doneUntil: withdrawn === undefined ? sent.doneUntil : withdrawn.doneUntil,
    recordedAt: now,
    byUserId: actor.userId,
    onBehalf: !isMember(actor, batch.producerId),
    data: dataOf(sent, material, replaced),
    noteHash: undefined,
    photoHashes: sent.photoHashes ?? replaced?.photoHashes ?? [],
    corrects: sent.corrects,
    withdraws: sent.withdraws,
    queued: sent.queued,
    madeAt: sent.madeAt === undefined ? undefined : new Date(sent.madeAt),
    marks: [],
  };
};

const breachesOf = async (db: Db, batch: Batch, step: Step, now: Date): Promise<Breach[]> => {
  if (step.withdraws !== undefined) return [];
  const [waiting, ...others] = [
    worstBreach((await findWaitingBreaches(db, step)).map(({ breach }) => breach)),
    dayBreach(step, batch.startedOn, dayOf(now)),
    recallBreach(step, isBatchRecalled(batch)),
  ];
  // The order in which a person is told: a day that can't be, then the recall, then the waiting time.
  return [...others, waiting].filter((breach) => breach !== undefined);
};

/** What was sprayed is a fact, however late it is told: it is kept and holds the batch. Work told online that breaks a guard is refused. */
const isKept = (step: Step, breach: Breach, isLate: boolean): boolean =>
  isLate || (step.kind === 'spray' && (breach.mark === 'harvest-too-soon' || breach.mark === 'waiting-time-unknown'));

const salted = (step: Step, note: string) => {
  const salt = randomBytes(16).toString('hex');
  const hash = createHash('sha256').update(salt).update(note).digest('hex');
  return { hash, stepId: step.id, producerId: step.producerId, salt, text: note };
};

/**
 * Records a step of a batch of one's own. Errors: 'batch-not-found', 'not-allowed', 'fields-wrong' (sites, material, corrects, withdraws),
 * 'batch-closed', 'step-in-future', 'step-before-planting', 'batch-recalled', 'harvest-too-soon' (facts.allowedFrom, sites), 'waiting-time-unknown',
 * 'step-already-corrected', 'id-with-other-content'. The same request again gives the same step, whatever a guard would say by now.
 */
export async function recordStep(db: Db, actor: Actor, batchId: string, newStep: NewStep, now: Date): Promise<Step> {
  const batch = await batchFor(db, actor, batchId);
  const place = await placeOf(db, actor, batch);
  requireMay(actor, 'record-step', place, 'batch-not-found');
  const steps = rules.replacedIdOf(newStep) === undefined ? [] : await findStepsOfBatch(db, batch.producerId, batch.id);
  const replaced = rules.replacedStep(newStep, steps);
  const material = await materialOfStep(db, batch.producerId, newStep);
  const step = stepOf({ sent: newStep, replaced, material }, batch, actor, now);
  rules.requireSitesOfBatch(step.siteIds, batch.siteIds);
  const breaches = await breachesOf(db, batch, step, now);
  const isLate = rules.isLateOffline(newStep, now);
  if (rules.isBarredByClosing(batch, newStep, isLate)) return storedOrClosed(db, batch, { step, newStep }, now);
  const refused = breaches.find((breach) => !isKept(step, breach, isLate));
  if (refused !== undefined) {
    const stored = await findStep(db, step.id);
    if (stored !== undefined) return repeated(db, batch, stored, { step, newStep }, now);
    throw refusal(refused, await siteNames(db, refused.siteIds ?? []));
  }
  return store(db, batch, { step: { ...step, marks: breaches.map(({ mark }) => mark) }, newStep }, now);
}

type Sent = { step: Step; newStep: NewStep };

const storedOrClosed = async (db: Db, batch: Batch, sent: Sent, now: Date): Promise<Step> => {
  const stored = await findStep(db, sent.step.id);
  if (stored === undefined) throw new AppError('batch-closed');
  return repeated(db, batch, stored, sent, now);
};

const store = async (db: Db, batch: Batch, { step, newStep }: Sent, now: Date): Promise<Step> => {
  const content = newStep.note === '' ? undefined : salted(step, newStep.note);
  const whole: Step = { ...step, noteHash: content?.hash };
  // The text goes first: a step whose note is missing would look like one that was erased.
  if (content !== undefined) await insertContent(db, content);
  const outcome = await insertStep(db, whole);
  if (outcome.state === 'inserted') {
    await followUp(db, batch, whole, now);
    return whole;
  }
  if (content !== undefined) await deleteContent(db, content.hash);
  if (outcome.state === 'replaced-before') throw new AppError('step-already-corrected');
  return repeated(db, batch, outcome.step, { step, newStep }, now);
};

/** The stored step when it says the same; what follows from it runs again, in case a crash left it undone. */
const repeated = async (db: Db, batch: Batch, stored: Step, { step, newStep }: Sent, now: Date): Promise<Step> => {
  if (stored.producerId !== batch.producerId) throw new AppError('id-with-other-content');
  const texts = await findContents(db, stored.noteHash === undefined ? [] : [stored.noteHash]);
  const note = stored.noteHash === undefined ? '' : (texts.get(stored.noteHash) ?? newStep.note);
  if (!rules.isSameStep(stored, step) || note !== newStep.note) {
    const { kind, doneOn, doneUntil, siteIds, data, photoHashes, corrects, withdraws } = stored;
    const existing = { kind, doneOn, doneUntil, siteIds, ...data, note, photoHashes, corrects, withdraws };
    throw new AppError('id-with-other-content', { existing, sent: newStep });
  }
  await followUp(db, batch, stored, now);
  return stored;
};

const siteNames = async (db: Db, siteIds: readonly string[]): Promise<string[]> =>
  siteIds.length === 0 ? [] : (await sitesByIds(db, [...siteIds])).map(({ name }) => name);

/** Silences in a journal, oldest first; see the rule for what counts. */
export function gapsOf(
  entries: readonly JournalEntry[],
  options: { thresholdDays?: number; seasonEnd?: string | undefined } = {},
): JournalGap[] {
  return rules.gapsOf(entries, options);
}

/** The journal of a batch, whoever asks, newest work first; corrected and withdrawn steps are left out. Throws 'batch-not-found'. */
export async function journalOf(db: Db, batchId: string): Promise<JournalEntry[]> {
  return journalOfBatch(db, await requireBatch(db, batchId));
}
