// From a code to everything that its page says, read through the services of the features that own it.
import { ownParents } from '../batches/batches.lineage.service.ts';
import { requireBatch } from '../batches/batches.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { openLabelBook } from '../labels/labels.book.service.ts';
import type { FoundLabel } from '../labels/labels.book.service.ts';
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
import type { LabelFacts, LotFacts, ProductFacts, TraceFacts } from './trace.types.ts';

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

/** What a lot's page says at this moment, whatever code it was opened by. */
export async function lotFacts(db: Db, batch: Batch, now: Date): Promise<LotFacts> {
  const [{ facts, verdictOn }, sites, journal, recalls, sources] = await Promise.all([
    requireProduct(db, batch.productId).then((product) => productFactsOf(db, product, now)),
    sitesByIds(db, batch.siteIds),
    journalOf(db, batch.id),
    openRecallsOf(db, batch),
    sourcesOf(db, batch),
  ]);
  const madeOn = batch.packedOn ?? batch.harvestedOn ?? batch.startedOn;
  return {
    ...facts,
    sample: batch.sample || facts.sample,
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
}

/** What a label adds to its lot. */
export function labelFacts({ run, voiding }: FoundLabel): LabelFacts {
  return { codeKind: run.kind, voidedOn: voiding === undefined ? undefined : dayOf(voiding.at), sample: run.sample };
}

/** The lot's page as the label `code` opens it. */
export async function traceOfLabel(db: Db, label: FoundLabel, code: string, now: Date): Promise<TraceFacts> {
  const lot = await lotFacts(db, await requireBatch(db, label.run.batchId), now);
  const own = labelFacts(label);
  return { ...lot, ...own, code, sample: lot.sample || own.sample };
}

/** What is known about a code (as readCode gives it) at this moment; undefined for a code that was never printed. */
export async function findTrace(db: Db, codeKey: CodeKey, code: string, now: Date): Promise<TraceFacts | undefined> {
  const label = await openLabelBook(db, codeKey, 0).find(code, now);
  return label === undefined ? undefined : traceOfLabel(db, label, code, now);
}

/** The same; throws 'code-unknown'. */
export async function tracePage(db: Db, codeKey: CodeKey, code: string, now: Date): Promise<TraceFacts> {
  const facts = await findTrace(db, codeKey, code, now);
  if (facts === undefined) throw new AppError('code-unknown', { code });
  return facts;
}
