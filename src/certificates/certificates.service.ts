// What people do with certificates: enter one, verify, extend and revoke it, list them, and ask what the stars of a product are worth.
import type { Actor } from '../actor.ts';
import { isMember } from '../actor.ts';
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { referencesIn, registerReferences } from '../files/files.references.ts';
import { storeDocument } from '../files/files.ts';
import { requireProducer, scopeOf } from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { productFor, raiseProductVersion } from '../products/products.service.ts';
import type { Product } from '../products/products.types.ts';
import { numberKey } from './certificates.checks.ts';
import {
  isSameCertificate,
  isSameDecision,
  handsOf,
  requireDecidable,
  requireEnterable,
  standingOf,
} from './certificates.decision.rules.ts';
import type { NewCertificate, NewDecision } from './certificates.input.ts';
import {
  certificateDecisionModel,
  certificateModel,
  endWaiting,
  findCertificate,
  findCertificatesOfProducts,
  findDecisions,
  findProductPage,
  hasDecision,
  insertCertificate,
  insertDecision,
} from './certificates.model.ts';
import type { CertificateRecord } from './certificates.office.types.ts';
import { isWithdrawn, starVerdict } from './certificates.rules.ts';
import type { Certificate, CertificateDecision, StarVerdict } from './certificates.types.ts';
import type { Hand } from './certificates.decision.rules.ts';
import { requireMay } from '../powers.ts';

export type CertificatePage = { items: CertificateRecord[]; next: string | null };

/** For what a certificate is entered, and whether as a decision of the province or the ministry. */
export type Entering = { product: Product; producer: Producer; byOfficer: boolean; hands: readonly Hand[] };

/** For what the person may enter a certificate; 'product-not-found' or 'not-allowed' otherwise. */
export async function enteringFor(db: Db, actor: Actor, productId: string): Promise<Entering> {
  const product = await productFor(db, actor, productId);
  const producer = await requireProducer(db, product.producerId);
  const scope = scopeOf(producer);
  const hands = isMember(actor, scope.producerId) ? [] : handsOf(actor, scope);
  if (hands.length === 0) requireMay(actor, 'enter-certificate', scope, 'product-not-found');
  return { product, producer, hands, byOfficer: hands.length > 0 };
}

/**
 * Enters a certificate of a product. Its owner declares it, which gives no star; the officer of its province enters the province's own
 * decision, which does. `document` is the paper's picture or PDF, with its name. The same id with the same content gives the same record.
 */
export async function enterCertificate(
  db: Db,
  actor: Actor,
  productId: string,
  entered: NewCertificate,
  now: Date,
  document?: { bytes: Buffer; name: string },
): Promise<Certificate> {
  const entering = await enteringFor(db, actor, productId);
  requireEnterable(entered, entering.hands, dayOf(now));
  const stored =
    document === undefined ? undefined : await storeDocument(db, entering.producer.id, document.bytes, now, document);
  return insertEntered(db, actor, entering, entered, stored?.id, now);
}

/** The record of what may be entered; the same id with the same content gives the same record. For entering one and several. */
export async function insertEntered(
  db: Db,
  actor: Actor,
  entering: Entering,
  entered: NewCertificate,
  documentFileId: string | undefined,
  now: Date,
): Promise<Certificate> {
  const { product, producer, byOfficer: enteredByOfficer } = entering;
  const { provinceCode } = scopeOf(producer);
  const certificate: Certificate = {
    ...entered,
    issuedOn: entered.issuedOn,
    lastDayPrinted: entered.lastDayPrinted,
    stars: entered.stars,
    producerId: product.producerId,
    productId: product.id,
    enteredByOfficer,
    documentFileId,
    issuedPart: '',
    listedAs: 'recognised',
    importKey: undefined,
    source: undefined,
    byUserId: actor.userId,
    recordedAt: now,
  };
  const place = { provinceCode, numberKey: numberKey(entered.number), waiting: !enteredByOfficer };
  const inserted = await insertCertificate(db, certificate, place);
  await raiseProductVersion(db, product.id);
  return inserted.state === 'inserted' ? certificate : sameCertificateOrConflict(inserted.stored, certificate);
}

const sameCertificateOrConflict = (stored: Certificate, sent: Certificate): Certificate => {
  if (isSameCertificate(stored, sent)) return stored;
  // Another producer's paper is never shown: its id is simply taken.
  throw new AppError('id-with-other-content', stored.producerId === sent.producerId ? { existing: stored, sent } : {});
};

/** A certificate that the asker may see, with its decisions. */
export async function certificateFor(db: Db, actor: Actor, certificateId: string): Promise<CertificateRecord> {
  const certificate = await findCertificate(db, certificateId);
  if (certificate === undefined) throw new AppError('certificate-not-found');
  requireMay(actor, 'see-records', scopeOf(await requireProducer(db, certificate.producerId)), 'certificate-not-found');
  const decisions = await findDecisions(db, [certificateId]);
  return { certificate, decisions, standing: standingOf(certificate, decisions) };
}

/**
 * The officer's decision on a certificate of the province, or the minister's on 5 stars: verified, extended or revoked; appended, never changed. Of two at once
 * one wins, the other gets 'already-decided' with the winner's. The same id with the same content gives the same record.
 */
export async function decideOnCertificate(
  db: Db,
  actor: Actor,
  certificateId: string,
  decided: NewDecision,
  now: Date,
): Promise<CertificateDecision> {
  const { certificate, decisions } = await certificateFor(db, actor, certificateId);
  const hands = await requireDecider(db, actor, certificate);
  const decision = asDecision(certificate, decided, actor, now);
  const earlier = decisions.find((one) => one.id === decision.id);
  if (earlier === undefined) {
    requireDecidable(hands, certificate, decisions, decided, dayOf(now));
    const outcome = await insertDecision(db, decision, decisions.length + 1);
    if (outcome === 'taken') return lostDecision(db, certificate, decision);
  } else {
    requireSameDecision(earlier, decision);
  }
  await endWaiting(db, [certificateId]);
  await raiseProductVersion(db, certificate.productId);
  return earlier ?? decision;
}

const requireDecider = async (db: Db, actor: Actor, certificate: Certificate): Promise<Hand[]> => {
  const scope = scopeOf(await requireProducer(db, certificate.producerId));
  requireMay(actor, 'certify', scope, 'certificate-not-found');
  // Nobody vouches for the papers of their own organisation.
  if (isMember(actor, scope.producerId)) throw new AppError('not-allowed');
  return handsOf(actor, scope);
};

const asDecision = (certificate: Certificate, decided: NewDecision, actor: Actor, now: Date): CertificateDecision => ({
  id: decided.id,
  certificateId: certificate.id,
  kind: decided.kind,
  decisionNumber: decided.kind === 'verified' ? '' : decided.decisionNumber,
  decidedOn: decided.decidedOn,
  effectiveOn: decided.kind === 'verified' ? undefined : decided.effectiveOn,
  reason: decided.reason,
  byUserId: actor.userId,
  recordedAt: now,
});

const requireSameDecision = (stored: CertificateDecision, sent: CertificateDecision): void => {
  if (!isSameDecision(stored, sent)) throw new AppError('id-with-other-content', { existing: stored, sent });
};

/** Somebody was quicker: the same request sent twice, another officer, or a record elsewhere that has this id. */
const lostDecision = async (
  db: Db,
  certificate: Certificate,
  sent: CertificateDecision,
): Promise<CertificateDecision> => {
  const decisions = await findDecisions(db, [certificate.id]);
  const twin = decisions.find((one) => one.id === sent.id);
  if (twin !== undefined) {
    requireSameDecision(twin, sent);
    return twin;
  }
  const isElsewhere = await hasDecision(db, sent.id);
  if (isElsewhere) throw new AppError('id-with-other-content');
  throw new AppError('already-decided', { existing: decisions.at(-1) });
};

const withDecisions = async (db: Db, certificates: readonly Certificate[]): Promise<CertificateRecord[]> => {
  const decisions = await findDecisions(
    db,
    certificates.map((one) => one.id),
  );
  return certificates.map((certificate) => ({
    certificate,
    decisions: decisions.filter((one) => one.certificateId === certificate.id),
    standing: standingOf(certificate, decisions),
  }));
};

/** Certificates of a product that the asker may see, newest first. */
export async function listCertificates(
  db: Db,
  actor: Actor,
  productId: string,
  page: { limit: number; after?: string | undefined },
): Promise<CertificatePage> {
  const product = await productFor(db, actor, productId);
  const found = await findProductPage(db, product.id, page.after, page.limit + 1);
  const shown = found.slice(0, page.limit);
  const next = found.length > page.limit ? (shown.at(-1)?.id ?? null) : null;
  return { items: await withDecisions(db, shown), next };
}

/** Certificates and decisions of products, for those who show or print them; without what was withdrawn. Unscoped. */
export async function certificatesOfProducts(
  db: Db,
  productIds: readonly string[],
): Promise<{ certificates: Certificate[]; decisions: CertificateDecision[] }> {
  const certificates = await findCertificatesOfProducts(db, productIds);
  const decisions = await findDecisions(
    db,
    certificates.map((one) => one.id),
  );
  return { certificates: certificates.filter((one) => !isWithdrawn(one, decisions)), decisions };
}

/** What the stars of one product are worth on a day, today or earlier: see `starVerdict` in the rules. */
export function starVerdictOf(
  certificates: readonly Certificate[],
  decisions: readonly CertificateDecision[],
  today: Day,
): StarVerdict {
  return starVerdict(certificates, decisions, today);
}

/** Makes the collections known to the store, so that their indexes are made at start. */
export function prepareCertificates(db: Db): void {
  certificateModel(db);
  certificateDecisionModel(db);
  registerReferences(db, 'certificates', referencesIn('certificates', 'documentFileId'));
}
