// The journal of a lot: steps as they were recorded, with notes, photos, confirmations and a few corrections.
import { createHash } from 'node:crypto';
import type { StoredBatch } from '../../src/batches/batches.model.ts';
import { addDays } from '../../src/days.ts';
import type { Step } from '../../src/steps/steps.types.ts';
import { stored } from './documents.ts';
import type { Generated } from './documents.ts';
import { officerOf } from './farms.ts';
import type { Farm } from './farms.ts';
import type { Random } from './random.ts';
import type { DatedWork } from './seasons.ts';
import { momentOf } from './settings.ts';
import type { Settings } from './settings.ts';

export type Writing = { random: Random; settings: Settings; farm: Farm; batch: StoredBatch };

const dayMs = 86_400_000;
const shares = { note: 0.75, photo: 0.3, queued: 0.06, corrected: 0.02, cooperative: 0.25, official: 0.03 };

const dataOf = ({ random, batch }: Writing, work: DatedWork): Step['data'] => {
  const { amount, unit } = batch.quantity;
  const nothing = {
    amount: undefined,
    unit: undefined,
    material: undefined,
    waitDays: undefined,
    unitsPacked: undefined,
  };
  if (work.kind === 'harvest') return { ...nothing, amount, unit: unit === 'piece' ? 'quả' : unit };
  if (work.kind === 'pack') return { ...nothing, unitsPacked: batch.unitsMade };
  const used = work.amount;
  return {
    ...nothing,
    amount:
      used === undefined
        ? undefined
        : Math.round((used.least + ((used.most - used.least) * random.below(21)) / 20) * 10) / 10,
    unit: used?.unit,
    material: work.material,
    waitDays: work.waitDays,
  };
};

const stepOf = (writing: Writing, work: DatedWork): Step => {
  const { random, settings, farm, batch } = writing;
  const lastDay = work.doneUntil ?? work.doneOn;
  const madeAt = momentOf(lastDay, random.between(1020, 1230));
  const isQueued = lastDay < settings.until && random.chance(shares.queued);
  const recordedAt = isQueued ? momentOf(addDays(lastDay, 1), random.between(360, 720)) : madeAt;
  return {
    id: random.uuid(madeAt),
    producerId: batch.producerId,
    batchId: batch._id,
    siteIds: batch.siteIds,
    kind: work.kind,
    doneOn: work.doneOn,
    doneUntil: work.doneUntil,
    recordedAt,
    byUserId: random.chance(0.8) ? farm.recorder.id : farm.manager.id,
    onBehalf: false,
    data: dataOf(writing, work),
    noteHash: undefined,
    photoHashes: [],
    corrects: undefined,
    withdraws: undefined,
    queued: isQueued,
    madeAt: isQueued ? madeAt : undefined,
    marks: [],
  };
};

const contentOf = (random: Random, step: Step, text: string) => {
  const salt = random.hex(16);
  const hash = createHash('sha256').update(salt).update(text).digest('hex');
  return { _id: hash, stepId: step.id, producerId: step.producerId, salt, text };
};

function* photoOf({ random, farm }: Writing, step: Step): Generator<Generated> {
  const files = farm.files.filter(({ key }) => key.startsWith('work-'));
  if (files.length === 0 || !random.chance(shares.photo)) return;
  const { receivedSha256, fileId } = random.pick(files);
  step.photoHashes = [receivedSha256];
  const arrivedAt = new Date(step.recordedAt.getTime() + random.between(5, 600) * 1000);
  const photo = {
    id: random.uuid(arrivedAt),
    stepId: step.id,
    producerId: step.producerId,
    receivedSha256,
    fileId,
    arrivedAt,
  };
  yield { collection: 'attachments', document: stored(photo) };
}

function* confirmationsOf({ random, settings, farm }: Writing, step: Step): Generator<Generated> {
  const other = step.byUserId === farm.manager.id ? farm.recorder : farm.manager;
  const people = [
    { level: 'cooperative', byUserId: other.id, isGiven: random.chance(shares.cooperative) },
    { level: 'official', byUserId: officerOf(settings).id, isGiven: random.chance(shares.official) },
  ] as const;
  for (const { level, byUserId, isGiven } of people) {
    if (!isGiven) continue;
    const at = new Date(step.recordedAt.getTime() + dayMs);
    const confirmation = { id: random.uuid(at), stepId: step.id, producerId: step.producerId, level, byUserId, at };
    yield { collection: 'confirmations', document: stored(confirmation) };
  }
}

const correctionOf = (random: Random, step: Step): Step => {
  const recordedAt = new Date(step.recordedAt.getTime() + random.between(5, 300) * 60_000);
  const amount = step.data.amount === undefined ? undefined : Math.round(step.data.amount * 9) / 10;
  return {
    ...step,
    id: random.uuid(recordedAt),
    recordedAt,
    data: { ...step.data, amount },
    corrects: step.id,
    queued: false,
    madeAt: undefined,
  };
};

/** The records of a lot's work, in the order in which they came in. */
export function* journalDocuments(writing: Writing, works: readonly DatedWork[]): Generator<Generated> {
  const { random } = writing;
  for (const work of works) {
    const step = stepOf(writing, work);
    const notes = work.notes ?? [];
    if (notes.length > 0 && random.chance(shares.note)) {
      const content = contentOf(random, step, random.pick(notes));
      step.noteHash = content._id;
      yield { collection: 'contents', document: content };
    }
    yield* photoOf(writing, step);
    yield { collection: 'steps', document: stored(step) };
    if (random.chance(shares.corrected)) {
      // The note of a correction is its own: a correction says its work anew.
      const correction = { ...correctionOf(random, step), noteHash: undefined };
      yield { collection: 'steps', document: { ...stored(correction), replaces: step.id } };
    } else yield* confirmationsOf(writing, step);
  }
}
