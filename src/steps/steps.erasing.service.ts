// Erasing a photo or the note of a step on request: the step stays, with its hashes and the day on which they became empty.
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import { raiseBatchVersion, requireBatch } from '../batches/batches.service.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { erase } from '../files/erasures.ts';
import type { Erasure } from '../files/files.types.ts';
import { requireMay } from '../powers.ts';
import { placeOf } from '../producers/producers.service.ts';
import { eraseContent, findAttachments } from './steps.evidence.model.ts';
import type { NewStepErasure } from './steps.input.ts';
import { historyOf } from './steps.reading.service.ts';
import type { Step, StepErasure } from './steps.types.ts';

/** How notes are named in the list of erasures. */
export const noteErasing = 'step-note';

/** For the list's machinery: the note behind a hash goes. */
export async function eraseNote(db: Db, { producerId, hash, at }: Erasure): Promise<void> {
  await eraseContent(db, producerId, hash, at);
}

/** The photo of this hash hangs on one of the versions. */
const photoOf = async (
  db: Db,
  versions: readonly Step[],
  sha256: string,
): Promise<{ stepId: string; hash: string }[]> => {
  const ids = versions.map(({ id }) => id);
  const photos = await findAttachments(db, versions[0]?.producerId ?? '', ids);
  const found = photos.find(({ receivedSha256 }) => receivedSha256 === sha256);
  return found === undefined ? [] : [{ stepId: found.stepId, hash: sha256 }];
};

const notesOf = (step: Step, versions: readonly Step[]): { stepId: string; hash: string }[] =>
  [step, ...versions.filter(({ id }) => id !== step.id)].flatMap(({ id, noteHash }) =>
    noteHash === undefined ? [] : [{ stepId: id, hash: noteHash }],
  );

/**
 * Erases a photo of a step, or its note in every version of the work, for the organisation's people and the officers of its province. Errors:
 * 'step-not-found', 'not-allowed', 'file-not-found' (no such photo or note), 'id-with-other-content'. What was erased before stays as it was then.
 */
export async function eraseFromStep(
  db: Db,
  actor: Actor,
  stepId: string,
  asked: NewStepErasure,
  now: Date,
): Promise<StepErasure> {
  const { step, versions } = await historyOf(db, actor, stepId);
  const place = await placeOf(db, actor, await requireBatch(db, step.batchId));
  requireMay(actor, 'erase-on-request', place, 'step-not-found');
  const { producerId, batchId } = step;
  const steps = versions.map((version) => version.step);
  const targets = asked.what === 'photo' ? await photoOf(db, steps, asked.sha256) : notesOf(step, steps);
  const what = asked.what === 'photo' ? 'file' : noteErasing;
  const common = { producerId, what, reason: asked.reason, byUserId: actor.userId, at: now };
  const done: StepErasure[] = [];
  for (const { stepId: recordId, hash } of targets) {
    const id = done.length === 0 ? asked.id : uuidv7();
    const listed = await erase(db, { ...common, id, recordId, hash });
    const { what: _what, recordId: at, ...rest } = listed;
    done.push({ ...rest, stepId: at, what: asked.what });
  }
  await raiseBatchVersion(db, batchId);
  const [first] = done;
  if (first === undefined) throw new AppError('file-not-found');
  return first;
}
