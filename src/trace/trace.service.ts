// From a code to everything that its page says, read through the services of the features that own it.
import { requireBatch } from '../batches/batches.service.ts';
import type { Batch } from '../batches/batches.types.ts';
import { certificatesOfProducts, starVerdictOf } from '../certificates/certificates.service.ts';
import type { Certificate, CertificateDecision } from '../certificates/certificates.types.ts';
import { placeOfCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { runByNumber } from '../labels/labels.service.ts';
import type { LabelRun } from '../labels/labels.types.ts';
import { publicProducerName, publicProducerPhone, requireProducer } from '../producers/producers.service.ts';
import type { Product } from '../products/products.types.ts';
import { productsOfProducer, requireProduct } from '../products/products.service.ts';
import { openRecallsOf } from '../recalls/recalls.service.ts';
import { sitesByIds } from '../sites/sites.service.ts';
import { gapsOf, journalOf } from '../steps/steps.service.ts';
import type { CertificateFacts, SiblingFacts, TraceFacts } from './trace.types.ts';

/** A code counts only when its run exists and its unit is one of the run; a lot run has unit 0 only. */
const runOfCode = async (db: Db, codeKey: CodeKey, code: string): Promise<LabelRun | undefined> => {
  const place = placeOfCode(codeKey, code);
  if (place === undefined) return undefined;
  const run = await runByNumber(db, place.run);
  if (run === undefined) return undefined;
  const units = run.kind === 'lot' ? 1 : run.quantity;
  return place.unit < units ? run : undefined;
};

type Papers = { certificates: Certificate[]; decisions: CertificateDecision[] };

const papersOf = ({ certificates, decisions }: Papers, productId: string): Papers => {
  const own = certificates.filter((certificate) => certificate.productId === productId);
  const ids = new Set(own.map(({ id }) => id));
  return { certificates: own, decisions: decisions.filter(({ certificateId }) => ids.has(certificateId)) };
};

const certificateFacts = ({ certificates, decisions }: Papers, today: Day): CertificateFacts[] =>
  certificates.map((certificate) => {
    const own = decisions.filter(({ certificateId }) => certificateId === certificate.id);
    return { certificate, decisions: own, own: starVerdictOf([certificate], own, today) };
  });

const siblingFacts = (siblings: readonly Product[], papers: Papers, today: Day): SiblingFacts[] =>
  siblings.map(({ id, name }) => {
    const { certificates, decisions } = papersOf(papers, id);
    return { name, verdict: starVerdictOf(certificates, decisions, today) };
  });

const factsOf = async (db: Db, run: LabelRun, batch: Batch, now: Date) => {
  const [product, producer, siblings, sites, journal, recalls] = await Promise.all([
    requireProduct(db, batch.productId),
    requireProducer(db, batch.producerId),
    productsOfProducer(db, batch.producerId),
    sitesByIds(db, batch.siteIds),
    journalOf(db, batch.id),
    openRecallsOf(db, batch),
  ]);
  const papers = await certificatesOfProducts(db, [...new Set([product.id, ...siblings.map(({ id }) => id)])]);
  const own = papersOf(papers, product.id);
  const today = dayOf(now);
  const madeOn = batch.packedOn ?? batch.harvestedOn ?? batch.startedOn;
  return {
    codeKind: run.kind,
    sample: run.sample || batch.sample || producer.sample,
    at: now,
    batch,
    product,
    producer,
    publicName: publicProducerName(producer),
    publicPhone: publicProducerPhone(producer),
    sites,
    verdict: starVerdictOf(own.certificates, own.decisions, today),
    madeOn,
    verdictWhenMade: starVerdictOf(own.certificates, own.decisions, madeOn),
    certificates: certificateFacts(own, today),
    siblings: siblingFacts(
      siblings.filter(({ id }) => id !== product.id),
      papers,
      today,
    ),
    journal,
    gaps: gapsOf(journal, { seasonEnd: batch.harvestedOn ?? batch.packedOn }),
    recalls,
  };
};

/** What is known about a code (as readCode gives it) at this moment; undefined for a code that was never printed. */
export async function findTrace(db: Db, codeKey: CodeKey, code: string, now: Date): Promise<TraceFacts | undefined> {
  const run = await runOfCode(db, codeKey, code);
  if (run === undefined) return undefined;
  return { code, ...(await factsOf(db, run, await requireBatch(db, run.batchId), now)) };
}

/** The same; throws 'code-unknown'. */
export async function tracePage(db: Db, codeKey: CodeKey, code: string, now: Date): Promise<TraceFacts> {
  const facts = await findTrace(db, codeKey, code, now);
  if (facts === undefined) throw new AppError('code-unknown', { code });
  return facts;
}
