// What one person recorded, for that person's own export, and its erasure: notes and photos go, the entries stay.
import { v7 as uuidv7 } from 'uuid';
import { raiseBatchVersion } from '../batches/batches.service.ts';
import type { Db } from '../db/connect.ts';
import { erase } from '../files/erasures.ts';
import type { ErasureReason } from '../files/files.types.ts';
import { findAttachments, findContents } from './steps.evidence.model.ts';
import { noteErasing } from './steps.erasing.service.ts';
import { findStepsBy } from './steps.model.ts';
import type { Step } from './steps.types.ts';

const atOnce = 200;

type Person = { userId: string; producerIds: readonly string[] };

async function* piecesOf(db: Db, person: Person): AsyncGenerator<Step[]> {
  for (let after = ''; ;) {
    const steps = await findStepsBy(db, { ...person, after, limit: atOnce });
    if (steps.length > 0) yield steps;
    const last = steps.at(-1);
    if (last === undefined || steps.length < atOnce) return;
    after = last.id;
  }
}

/** The steps that a person recorded for these producers, each with the text of its note where there still is one. */
export async function* stepsOfPerson(db: Db, person: Person): AsyncGenerator<Step & { note: string | null }> {
  for await (const steps of piecesOf(db, person)) {
    const notes = await findContents(
      db,
      steps.flatMap(({ noteHash }) => noteHash ?? []),
    );
    for (const step of steps) yield { ...step, note: notes.get(step.noteHash ?? '') ?? null };
  }
}

/** Erases the notes and photos of every step that a person recorded for these producers, each listed, so that none comes back. Safe to run again. */
export async function eraseContentsOf(
  db: Db,
  person: Person,
  { reason, byUserId }: { reason: ErasureReason; byUserId: string },
  now: Date,
): Promise<void> {
  for await (const steps of piecesOf(db, person)) {
    for (const producerId of new Set(steps.map((step) => step.producerId))) {
      const own = steps.filter((step) => step.producerId === producerId);
      const photos = await findAttachments(
        db,
        producerId,
        own.map(({ id }) => id),
      );
      const targets = [
        ...photos.map(({ stepId, receivedSha256 }) => ({ recordId: stepId, what: 'file', hash: receivedSha256 })),
        ...own.flatMap(({ id, noteHash }) =>
          noteHash === undefined ? [] : [{ recordId: id, what: noteErasing, hash: noteHash }],
        ),
      ];
      for (const target of targets) await erase(db, { id: uuidv7(), producerId, ...target, reason, byUserId, at: now });
    }
    for (const batchId of new Set(steps.map((step) => step.batchId))) await raiseBatchVersion(db, batchId);
  }
}
