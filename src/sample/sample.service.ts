// Loads the sample through the services, as its people would have done it, day by day. Safe to run again after a crash: every id is fixed.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createUser } from '../accounts/accounts.service.ts';
import { createBatch } from '../batches/batches.service.ts';
import { decideOnCertificate, enterCertificate } from '../certificates/certificates.service.ts';
import { isLocalAddress } from '../config.ts';
import type { Actor } from '../actor.ts';
import { addDays, dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { checkRun } from '../labels/labels.check.service.ts';
import { labelRun, makeLabelRun } from '../labels/labels.service.ts';
import type { LabelRun } from '../labels/labels.types.ts';
import { addMember } from '../members/members.service.ts';
import {
  createProducer,
  decideApproval,
  isStoreWithoutProducers,
  requireProducer,
} from '../producers/producers.service.ts';
import { setProductPicture } from '../products/products.pictures.service.ts';
import { createProduct } from '../products/products.service.ts';
import { projectFolder } from '../project-root.ts';
import { createSite } from '../sites/sites.service.ts';
import { addStepPhoto, confirmStep, recordStep } from '../steps/steps.service.ts';
import { loadFarms } from './sample.farms.service.ts';
import { sampleId, sampleIds } from './sample.ids.ts';
import { cooperative, fruit, people, phoneRecorder, sites, star, vietGap, wine, wineInputs } from './sample.records.ts';
import { fruitSteps, seasonStart, wineSteps } from './sample.season.ts';
import type { SampleStep } from './sample.season.ts';

// Confirmations take the number of their step, further on.
const confirmationOffset = 1000;

const picture = (name: string): Promise<Buffer> => readFile(projectFolder(`src/sample/pictures/${name}`));
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Five in the afternoon of a day in Viet Nam: when the sample's people write things down. */
const eveningOf = (day: Day): Date => new Date(`${day}T17:00:00+07:00`);

/** The run to show and print, once the sample is loaded; undefined on a store without the whole sample. */
export async function sampleRun(deps: Deps): Promise<LabelRun | undefined> {
  try {
    return await labelRun(deps.db, people.manager, sampleIds.fruitRun);
  } catch (error) {
    if (error instanceof AppError && error.code === 'label-run-not-found') return undefined;
    throw error;
  }
}

/** When the sample was begun: the day that all its days count from. */
const startedAt = async (deps: Deps): Promise<Date | undefined> => {
  try {
    return (await requireProducer(deps.db, sampleIds.producer)).createdAt;
  } catch (error) {
    if (error instanceof AppError && error.code === 'producer-not-found') return undefined;
    throw error;
  }
};

/** Loads the sample into an empty store, or goes on where a crash stopped it. Does nothing on a store with other producers. */
export async function loadSample(deps: Deps): Promise<void> {
  const begun = await startedAt(deps);
  if (begun === undefined && !(await isStoreWithoutProducers(deps.db))) return;
  if (begun !== undefined && (await sampleRun(deps)) !== undefined) return;
  const now = begun ?? deps.clock();
  const packedOn = addDays(dayOf(now), -1);
  await loadPeople(deps, now);
  await loadProducer(deps, now, packedOn);
  await loadFruit(deps, packedOn);
  await loadWine(deps, packedOn);
  // The run of the fruit comes last: where it stands, everything stands.
  const run = (owner: Actor, batchId: string, runId: string, quantity: number): Promise<void> =>
    loadRun(deps, owner, { batchId, runId, quantity }, now);
  await loadFarms(deps, now, packedOn, run);
  await run(people.manager, sampleIds.wineBatch, sampleIds.wineRun, 65);
  await run(people.manager, sampleIds.fruitBatch, sampleIds.fruitRun, 130);
}

const loadPeople = async ({ db }: Deps, now: Date): Promise<void> => {
  for (const [name, person] of Object.entries(people)) {
    await createUser(
      db,
      { id: person.userId, name: person.name, login: `${name}@mau.example`, roles: [...person.roles] },
      now,
    );
  }
};

const loadProducer = async ({ db }: Deps, now: Date, packedOn: Day): Promise<void> => {
  await createProducer(db, people.officer, cooperative, now, { sample: true });
  const approval = { id: sampleIds.approval, outcome: 'approved' as const, reason: 'Hồ sơ mẫu đầy đủ.' };
  await decideApproval(db, people.officer, cooperative.id, approval, now);
  await addMember(db, people.manager, cooperative.id, phoneRecorder, now);
  for (const site of sites) await createSite(db, people.manager, cooperative.id, site, now);
  for (const [product, file, alt] of [
    [fruit, 'na-dai.webp', 'Ba quả na dai xanh, mắt to, còn cuống, bên hai chiếc lá'],
    [wine, 'ruou-na.webp', 'Chai rượu na bên hai quả na dai, tranh vẽ'],
  ] as const) {
    await createProduct(db, people.manager, cooperative.id, product, now);
    await setProductPicture(db, people.manager, product.id, await picture(file), alt, now);
  }
  const issuedOn = addDays(packedOn, -50);
  await enterCertificate(db, people.manager, fruit.id, star(issuedOn), eveningOf(addDays(issuedOn, 3)));
  await enterCertificate(
    db,
    people.manager,
    fruit.id,
    vietGap(addDays(packedOn, -180)),
    eveningOf(addDays(packedOn, -40)),
  );
  const verified = {
    id: sampleIds.starVerified,
    kind: 'verified' as const,
    decidedOn: addDays(issuedOn, 9),
    reason: '',
  };
  await decideOnCertificate(db, people.officer, sampleIds.star, verified, eveningOf(addDays(issuedOn, 9)));
};

const lotNumber = (prefix: string, day: Day): string => `${prefix}-${day.slice(2).replaceAll('-', '')}-03`;

const loadFruit = async (deps: Deps, packedOn: Day): Promise<void> => {
  const startedOn = addDays(packedOn, seasonStart.fruit);
  const batch = {
    id: sampleIds.fruitBatch,
    lotNumber: lotNumber('NA', packedOn),
    siteIds: [sampleIds.hillside, sampleIds.homeGarden],
    startedOn,
    harvestedOn: packedOn,
    packedOn,
    quantity: { amount: 420, unit: 'kg' as const },
    unitsMade: 804,
    inputs: [],
    madeFrom: [],
  };
  await createBatch(deps.db, people.manager, fruit.id, batch, eveningOf(packedOn));
  await loadSteps(deps, sampleIds.fruitBatch, fruitSteps(packedOn));
};

const loadWine = async (deps: Deps, packedOn: Day): Promise<void> => {
  const bottledOn = addDays(packedOn, -5);
  const batch = {
    id: sampleIds.wineBatch,
    lotNumber: lotNumber('RN', bottledOn),
    siteIds: [sampleIds.homeGarden],
    startedOn: addDays(bottledOn, seasonStart.wine),
    packedOn: bottledOn,
    quantity: { amount: 60, unit: 'l' as const },
    unitsMade: 120,
    inputs: wineInputs,
    madeFrom: [],
  };
  await createBatch(deps.db, people.manager, wine.id, batch, eveningOf(bottledOn));
  await loadSteps(deps, sampleIds.wineBatch, wineSteps(bottledOn));
};

const loadSteps = async ({ db }: Deps, batchId: string, steps: SampleStep[]): Promise<void> => {
  for (const told of steps) {
    const recordedAt = eveningOf(told.step.doneUntil ?? told.step.doneOn);
    const bytes = told.picture === undefined ? undefined : await picture(told.picture);
    const step = bytes === undefined ? told.step : { ...told.step, photoHashes: [sha256(bytes)] };
    await recordStep(db, people[told.by], batchId, step, recordedAt);
    if (bytes !== undefined)
      await addStepPhoto(db, people[told.by], { stepId: step.id, sha256: sha256(bytes) }, bytes, recordedAt);
    if (told.confirmedBy === undefined) continue;
    const confirmation = { id: sampleId(confirmationOffset + Number.parseInt(step.id.slice(-4), 16)) };
    await confirmStep(
      db,
      people[told.confirmedBy],
      step.id,
      confirmation,
      eveningOf(addDays(told.step.doneUntil ?? told.step.doneOn, 1)),
    );
  }
};

const loadRun = async (
  deps: Deps,
  owner: Actor,
  { batchId, runId, quantity }: { batchId: string; runId: string; quantity: number },
  now: Date,
): Promise<void> => {
  const made = { baseUrl: deps.baseUrl, isLocal: isLocalAddress(deps.baseUrl), codeKey: deps.keys.codeKey, now };
  const run = { id: runId, kind: 'lot', quantity, layout: 'a4-65', link: 'trace', approve: true } as const;
  await makeLabelRun(deps.db, owner, batchId, run, made);
  await checkRun({ db: deps.db, codeKey: deps.keys.codeKey, clock: deps.clock }, runId);
};
