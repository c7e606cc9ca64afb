// From a code to everything that its page says, read through the services of the features that own it.
import { ownParents } from '../batches/batches.lineage.service.ts';
import { requireBatch } from '../batches/batches.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import { placeOfCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { runByNumber, voidingOfLabel } from '../labels/labels.service.ts';
import type { LabelRun } from '../labels/labels.types.ts';
import type { Producer } from '../producers/producers.types.ts';
import { requireProduct } from '../products/products.service.ts';
import { openRecallsOf } from '../recalls/recalls.service.ts';
import { sitesByIds } from '../sites/sites.service.ts';
import type { Site } from '../sites/sites.types.ts';
import { gapsOf, journalOf } from '../steps/steps.service.ts';
import type { JournalEntry } from '../steps/steps.types.ts';
import { communeArea } from '../units/units.service.ts';
import type { CommuneArea } from '../units/units.types.ts';
import { productFactsOf } from './trace.product.service.ts';
import type { ProductFacts, TraceFacts } from './trace.types.ts';

/** A code counts only when its run exists and its unit is one of the run; a lot run has unit 0 only. */
const labelOfCode = async (
  db: Db,
  codeKey: CodeKey,
  code: string,
): Promise<{ run: LabelRun; unit: number } | undefined> => {
  const place = placeOfCode(codeKey, code);
  if (place === undefined) return undefined;
  const run = await runByNumber(db, place.run);
  if (run === undefined) return undefined;
  const units = run.kind === 'lot' ? 1 : run.quantity;
  return place.unit < units ? { run, unit: place.unit } : undefined;
};

/** The commune that the page's map shows: that of the first site, else the producer's. */
const areaOf = (db: Db, sites: readonly Site[], { address }: Producer): Promise<CommuneArea | undefined> =>
  communeArea(db, sites[0]?.communeCode ?? address.communeCode, address.provinceCode);

/** Sites as finely as the people on them agreed. */
const publicSites = (sites: readonly Site[], { hidesPlaces }: ProductFacts): Site[] =>
  hidesPlaces ? sites.map((site) => ({ ...site, publicPrecision: 'commune' })) : [...sites];

/** The journal without the photos that a household did not agree to show; how many there are is still told. */
const publicJournal = (journal: readonly JournalEntry[], { hidesPhotos }: ProductFacts): JournalEntry[] =>
  hidesPhotos ? journal.map((entry) => ({ ...entry, photos: [] })) : [...journal];
/** One step back: the lots that it was made from. */
const sourcesOf = async (db: Db, batch: Batch): Promise<TraceFacts['sources']> => {
  if (batch.madeFrom.length === 0) return [];
  const parents = await ownParents(db, batch.producerId, batch.madeFrom);
  return Promise.all(
    parents.map(async ({ productId, lotNumber }) => {
      const { name } = await requireProduct(db, productId);
      return { product: name, lotNumber };
    }),
  );
};

const factsOf = async (db: Db, { run, unit }: { run: LabelRun; unit: number }, batch: Batch, now: Date) => {
  const [{ facts, verdictOn }, sites, journal, recalls, sources, voiding] = await Promise.all([
    requireProduct(db, batch.productId).then((product) => productFactsOf(db, product, now)),
    sitesByIds(db, batch.siteIds),
    journalOf(db, batch.id),
    openRecallsOf(db, batch),
    sourcesOf(db, batch),
    voidingOfLabel(db, run, unit),
  ]);
  const madeOn = batch.packedOn ?? batch.harvestedOn ?? batch.startedOn;
  return {
    ...facts,
    codeKind: run.kind,
    voidedOn: voiding === undefined ? undefined : dayOf(voiding.at),
    sample: run.sample || batch.sample || facts.sample,
    batch,
    sources,
    sites: publicSites(sites, facts),
    area: await areaOf(db, sites, facts.producer),
    madeOn,
    verdictWhenMade: verdictOn(madeOn),
    journal: publicJournal(journal, facts),
    gaps: gapsOf(journal, { seasonEnd: batch.harvestedOn ?? batch.packedOn }),
    recalls,
  };
};

/** What is known about a code (as readCode gives it) at this moment; undefined for a code that was never printed. */
export async function findTrace(db: Db, codeKey: CodeKey, code: string, now: Date): Promise<TraceFacts | undefined> {
  const label = await labelOfCode(db, codeKey, code);
  if (label === undefined) return undefined;
  return { code, ...(await factsOf(db, label, await requireBatch(db, label.run.batchId), now)) };
}

/** The same; throws 'code-unknown'. */
export async function tracePage(db: Db, codeKey: CodeKey, code: string, now: Date): Promise<TraceFacts> {
  const facts = await findTrace(db, codeKey, code, now);
  if (facts === undefined) throw new AppError('code-unknown', { code });
  return facts;
}
