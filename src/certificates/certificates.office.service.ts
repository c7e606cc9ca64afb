// What the officer of a province sees of certificates: the queue of those that wait, the list of all, and one with everything to judge it by.
import { userNames } from '../accounts/accounts.service.ts';
import type { Actor } from '../actor.ts';
import { isMember } from '../actor.ts';
import { dayOf, daysBetween } from '../days.ts';
import type { Day } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError, fieldError } from '../errors.ts';
import { fileRecord } from '../files/files.ts';
import { sightOf, requireProducer, scopeOf } from '../producers/producers.service.ts';
import { requireProduct } from '../products/products.service.ts';
import { machineChecks, numberKey } from './certificates.checks.ts';
import { openKinds, standingOf } from './certificates.decision.rules.ts';
import type { OfficeList } from './certificates.input.ts';
import { findOfficePage } from './certificates.lists.model.ts';
import type { OfficePlace } from './certificates.lists.model.ts';
import type { OfficeScope } from './certificates.types.ts';
import { requireMay, requirePower } from '../powers.ts';
import { handsOf, mayDecideOn } from './certificates.decision.rules.ts';
import { countSameNumber, countWaiting, endWaiting, findDecisions } from './certificates.model.ts';
import type { Dossier, OfficeItem, OfficePage } from './certificates.office.types.ts';
import { findPapers } from './certificates.papers.model.ts';
import { currentDocument } from './certificates.papers.rules.ts';
import { lastDayOf, lastExtensionDay, starVerdict } from './certificates.rules.ts';
import { certificateFor, certificatesOfProducts } from './certificates.service.ts';
import type { Certificate, CertificateDecision } from './certificates.types.ts';

/** Where an officer sees certificates. Throws 'not-allowed' for who is none. */
export const officeScopeOf = async (db: Db, actor: Actor): Promise<OfficeScope> => {
  requirePower(actor, 'work-in-office');
  return sightOf(db, actor);
};

const readPlace = (after: string | undefined): OfficePlace | undefined => {
  if (after === undefined) return undefined;
  const [, milliseconds, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(after) ?? [];
  if (milliseconds === undefined || id === undefined) throw fieldError('after', 'format');
  return { recordedAt: new Date(Number(milliseconds)), id };
};

const placeAfter = (certificate: Certificate): string => `${certificate.recordedAt.getTime()}.${certificate.id}`;

const byId = async <T extends { id: string }>(
  ids: readonly string[],
  find: (id: string) => Promise<T>,
): Promise<Map<string, T>> => {
  const found = await Promise.all([...new Set(ids)].map(find));
  return new Map(found.map((one) => [one.id, one]));
};

/** Certificates with all that a list shows of them. Unscoped. */
export const asItems = async (db: Db, certificates: readonly Certificate[], now: Date): Promise<OfficeItem[]> => {
  const [decisions, products, producers] = await Promise.all([
    findDecisions(
      db,
      certificates.map((one) => one.id),
    ),
    byId(
      certificates.map((one) => one.productId),
      (id) => requireProduct(db, id),
    ),
    byId(
      certificates.map((one) => one.producerId),
      (id) => requireProducer(db, id),
    ),
  ]);
  return certificates.flatMap((certificate) => {
    const product = products.get(certificate.productId);
    const producer = producers.get(certificate.producerId);
    if (product === undefined || producer === undefined) return [];
    const own = decisions.filter((one) => one.certificateId === certificate.id);
    return [
      {
        certificate,
        decisions: own,
        standing: standingOf(certificate, own),
        verdict: starVerdict([certificate], own, dayOf(now)),
        product,
        producer,
        waitingDays: daysBetween(dayOf(certificate.recordedAt), dayOf(now)),
      },
    ];
  });
};

/** Certificates of the officer's provinces: those that wait, the longest waiting first; or all, newest first. */
export async function listOfficeCertificates(db: Db, actor: Actor, list: OfficeList, now: Date): Promise<OfficePage> {
  const scope = await officeScopeOf(db, actor);
  const found = await findOfficePage(db, scope, list.state, readPlace(list.after), list.limit + 1);
  const page = found.slice(0, list.limit);
  const last = page.at(-1);
  const next = found.length > list.limit && last !== undefined ? placeAfter(last) : null;
  const items = await asItems(db, page, now);
  if (list.state === 'all') return { items, next };
  const left = items.filter((one) => one.standing !== 'waiting');
  // A crash between a decision and its projection leaves a certificate in the queue: it is taken out here.
  if (left.length > 0)
    await endWaiting(
      db,
      left.map((one) => one.certificate.id),
    );
  return { items: items.filter((one) => one.standing === 'waiting'), next };
}

/** How many certificates wait in the officer's provinces. */
export async function countWaitingCertificates(db: Db, actor: Actor): Promise<number> {
  return countWaiting(db, await officeScopeOf(db, actor));
}

const documentOf = async (db: Db, certificate: Certificate) => {
  const document = currentDocument(certificate, await findPapers(db, [certificate.id]));
  return document === undefined ? undefined : fileRecord(db, document.fileId);
};

const ifVerified = (certificate: Certificate, today: Day): CertificateDecision => ({
  id: '',
  certificateId: certificate.id,
  kind: 'verified',
  decisionNumber: '',
  decidedOn: today,
  effectiveOn: undefined,
  reason: '',
  byUserId: '',
  recordedAt: certificate.recordedAt,
});

/** One certificate of the officer's province with everything to judge it by. */
export async function dossierFor(db: Db, actor: Actor, certificateId: string, now: Date): Promise<Dossier> {
  const { certificate, decisions } = await certificateFor(db, actor, certificateId);
  const scope = scopeOf(await requireProducer(db, certificate.producerId));
  requireMay(actor, 'work-in-office', scope, 'certificate-not-found');
  const key = numberKey(certificate.number);
  const [items, ofProduct, sameNumber, names, file] = await Promise.all([
    asItems(db, [certificate], now),
    certificatesOfProducts(db, [certificate.productId]),
    key === '' ? 0 : countSameNumber(db, certificate, key),
    userNames(db, [...new Set([certificate.byUserId, ...decisions.map((one) => one.byUserId)])]),
    documentOf(db, certificate),
  ]);
  const [item] = items;
  if (item === undefined) throw new AppError('certificate-not-found');
  const today = dayOf(now);
  const { certificates, decisions: all } = ofProduct;
  const lastDay = lastDayOf(certificate);
  return {
    ...item,
    checks: machineChecks(certificate, sameNumber),
    document:
      file === undefined ? undefined : { fileId: file.id, isPicture: file.kind === 'picture', bytes: file.bytes },
    productVerdict: starVerdict(certificates, all, today),
    verdictIfVerified: starVerdict(certificates, [...all, ifVerified(certificate, today)], today),
    lastDay,
    lastExtensionDay: lastDay === undefined ? undefined : lastExtensionDay(lastDay),
    openKinds: isMember(actor, scope.producerId)
      ? []
      : openKinds(certificate, item.standing).filter(() => mayDecideOn(handsOf(actor, scope), certificate)),
    names,
  };
}
