// Loads the sample's other producers through the services, as their people and the officer would have done it.
import { readFile } from 'node:fs/promises';
import { createUser } from '../accounts/accounts.service.ts';
import type { Actor } from '../actor.ts';
import { createBatch } from '../batches/batches.service.ts';
import { decideOnCertificate, enterCertificate } from '../certificates/certificates.service.ts';
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import type { Deps } from '../deps.ts';
import { createProducer, decideApproval } from '../producers/producers.service.ts';
import { setProductPicture } from '../products/products.pictures.service.ts';
import { createProduct } from '../products/products.service.ts';
import { projectFolder } from '../project-root.ts';
import { openRecall } from '../recalls/recalls.service.ts';
import { createSite } from '../sites/sites.service.ts';
import { recordStep } from '../steps/steps.service.ts';
import { farmRunId, sampleFarms } from './sample.farms.ts';
import type { SampleFarm, SampleLot } from './sample.farms.ts';
import { people } from './sample.records.ts';

/** Five in the afternoon of a day in Viet Nam. */
const eveningOf = (day: Day): Date => new Date(`${day}T17:00:00+07:00`);

export type LoadRun = (owner: Actor, batchId: string, runId: string, quantity: number) => Promise<void>;

/** Every farm with its places, products, papers and lots; a lot under recall is labelled before it is recalled, as it would have been. */
export async function loadFarms(deps: Deps, now: Date, packedOn: Day, loadRun: LoadRun): Promise<void> {
  for (const [place, farm] of sampleFarms.entries()) {
    await loadFarm(deps, farm, now);
    for (const paper of farm.papers(dayOf(now))) await loadPaper(deps, farm, paper);
    for (const [lotPlace, lot] of farm.lots(packedOn).entries())
      await loadLot(deps, farm, lot, (batchId) => loadRun(farm.owner, batchId, farmRunId(place, lotPlace), 20));
  }
}

const loadFarm = async ({ db }: Deps, farm: SampleFarm, now: Date): Promise<void> => {
  const { owner, producer } = farm;
  const person = { id: owner.userId, name: owner.name, login: `${owner.userId}@mau.example`, roles: [...owner.roles] };
  await createUser(db, person, now);
  await createProducer(db, people.officer, producer, now, { sample: true });
  const approval = { id: farm.approvalId, outcome: 'approved' as const, reason: 'Hồ sơ mẫu đầy đủ.' };
  await decideApproval(db, people.officer, producer.id, approval, now);
  for (const site of farm.sites) await createSite(db, owner, producer.id, site, now);
  for (const { product, picture, alt } of farm.products) {
    await createProduct(db, owner, producer.id, product, now);
    const bytes = await readFile(projectFolder(`src/sample/pictures/${picture}`));
    await setProductPicture(db, owner, product.id, bytes, alt, now);
  }
};

const loadPaper = async (
  { db }: Deps,
  farm: SampleFarm,
  paper: ReturnType<SampleFarm['papers']>[number],
): Promise<void> => {
  const by = paper.byOfficer ? people.officer : farm.owner;
  await enterCertificate(db, by, paper.productId, paper.certificate, eveningOf(paper.enteredOn));
  for (const { decided, on } of paper.decisions)
    await decideOnCertificate(db, people.officer, paper.certificate.id, decided, eveningOf(on));
};

const loadLot = async (
  { db }: Deps,
  { owner }: SampleFarm,
  { productId, batch, steps, recall }: SampleLot,
  labelled: (batchId: string) => Promise<void>,
): Promise<void> => {
  const packedOn = batch.packedOn ?? batch.startedOn;
  await createBatch(db, owner, productId, batch, eveningOf(packedOn));
  for (const step of steps) await recordStep(db, owner, batch.id, step, eveningOf(step.doneOn));
  await labelled(batch.id);
  if (recall !== undefined) await openRecall(db, people.officer, batch.id, recall, eveningOf(packedOn));
};
