// The facts of a scan page for programs: the same as on the page, and no more. No person, no place finer than the producer agreed to.
import type { z } from 'zod';
import type { StarVerdict } from '../certificates/certificates.types.ts';
import { formatCode } from '../codes/trace-code.ts';
import { dayOf, daysBetween } from '../days.ts';
import { paths } from '../paths.ts';
import type { Site } from '../sites/sites.types.ts';
import type { JournalEntry } from '../steps/steps.types.ts';
import type { traceShape, verdictShape } from './trace.json.shape.view.ts';
import type { CertificateFacts, TraceFacts } from './trace.types.ts';

const verdictJson = (verdict: StarVerdict): z.infer<typeof verdictShape> => {
  const none = { stars: null, until: null, since: null, reason: null };
  switch (verdict.state) {
    case 'valid':
      return { ...none, state: 'valid', stars: verdict.stars, until: verdict.lastDay };
    case 'extended':
      return { ...none, state: 'extended', stars: verdict.stars, until: verdict.extendedTo };
    case 'expired':
      return { ...none, state: 'expired', since: verdict.expiredSince };
    case 'revoked':
      return { ...none, state: 'revoked', since: verdict.revokedFrom, reason: verdict.reason };
    case 'declared':
    case 'none':
      return { ...none, state: verdict.state };
  }
};

const orNull = (value: string): string | null => (value === '' ? null : value);

const siteJson = (site: Site) => {
  const isPublic = site.publicPrecision === 'outline';
  return {
    kind: site.kind,
    commune: site.communeName,
    name: isPublic ? site.name : null,
    areaSquareMetres: isPublic ? site.areaSquareMetres : null,
    plantingAreaCode: isPublic ? orNull(site.plantingAreaCode) : null,
    outline: isPublic ? { ...site.geometry } : null,
  };
};

const entryJson = ({ step, note, grade, confirmedOn, photos, erasedPhotos, correctionCount, marks }: JournalEntry) => ({
  kind: step.kind,
  doneOn: step.doneOn,
  doneUntil: step.doneUntil ?? null,
  recordedOn: dayOf(step.recordedAt),
  amount: step.data.amount ?? null,
  unit: step.data.unit ?? null,
  material: step.data.material ?? null,
  waitDays: step.data.waitDays ?? null,
  unitsPacked: step.data.unitsPacked ?? null,
  note: note ?? null,
  grade,
  confirmedOn: confirmedOn ?? null,
  photos: photos.map(({ fileId }) => paths.picture(fileId, 720, 'webp')),
  photosExpected: Math.max(
    step.photoHashes.filter((hash) => !erasedPhotos.some(({ receivedSha256 }) => receivedSha256 === hash)).length,
    photos.length,
  ),
  corrections: correctionCount,
  marks: [...marks],
});

const certificateJson = ({ certificate, decisions, own }: CertificateFacts) => {
  const verified = decisions.filter(({ kind }) => kind === 'verified').map(({ decidedOn }) => decidedOn);
  const entered = certificate.enteredByOfficer ? [dayOf(certificate.recordedAt)] : [];
  return {
    type: certificate.type,
    number: certificate.number,
    decisionNumber: certificate.decisionNumber,
    issuer: certificate.issuerName,
    issuedOn: certificate.issuedOn ?? null,
    lastDayPrinted: certificate.lastDayPrinted ?? null,
    scope: certificate.scopeText,
    verifiedOn: [...verified, ...entered].sort()[0] ?? null,
    state: own.state,
  };
};

const productJson = ({ product }: TraceFacts) => ({
  name: product.name,
  gtin: orNull(product.gtin14),
  internalCode: orNull(product.internalCode),
  netContent: product.netContent ?? null,
  packaging: product.packaging,
  ingredients: product.ingredients,
  storage: product.storage,
  usage: product.usage,
  warnings: product.warnings,
  origin: product.origin,
  standards: product.standards,
  story: product.story,
  picture:
    product.picture === undefined
      ? null
      : { address: paths.picture(product.picture.fileId, 720, 'webp'), alt: product.picture.alt },
});

const producerJson = ({ producer, publicName, publicPhone }: TraceFacts) => {
  // A household that did not agree to its name is not told by its address or number either.
  const isNamed = publicName !== '';
  return {
    name: orNull(publicName),
    kind: producer.kind,
    commune: producer.address.communeName,
    province: producer.address.provinceName,
    street: isNamed ? orNull(producer.address.street) : null,
    formerAddress: isNamed ? orNull(producer.formerAddress) : null,
    registrationNumber: isNamed ? orNull(producer.registrationNumber) : null,
    phone: orNull(publicPhone),
  };
};

const lotJson = ({ batch, at }: TraceFacts) => ({
  number: batch.lotNumber,
  startedOn: batch.startedOn,
  harvestedOn: batch.harvestedOn ?? null,
  packedOn: batch.packedOn ?? null,
  useBy: batch.useBy ?? null,
  daysLeft: batch.useBy === undefined ? null : daysBetween(dayOf(at), batch.useBy),
});

/** The JSON of a code, in the shape that the API declares. */
export function traceJson(facts: TraceFacts): z.infer<typeof traceShape> {
  return {
    code: formatCode(facts.code),
    codeKind: facts.codeKind,
    voidedOn: facts.voidedOn ?? null,
    page: paths.scan(facts.code),
    sample: facts.sample,
    checkedAt: facts.at.toISOString(),
    product: productJson(facts),
    producer: producerJson(facts),
    lot: lotJson(facts),
    verdict: verdictJson(facts.verdict),
    whenMade: { day: facts.madeOn, verdict: verdictJson(facts.verdictWhenMade) },
    recalls: facts.recalls.map((recall) => ({
      openedOn: dayOf(recall.openedAt),
      class: recall.recallClass,
      reason: recall.reason,
      instructions: recall.instructions,
      issuer: recall.issuerName,
      orderNumber: recall.orderNumber,
      phone: recall.phone,
      ofThisLot: recall.batchId === facts.batch.id,
    })),
    madeFrom: {
      lots: facts.sources,
      inputs: facts.batch.inputs.map(({ name, amount, unit, lot }) => ({ name, amount, unit, lot: orNull(lot) })),
    },
    sites: facts.sites.map(siteJson),
    journal: facts.journal.map(entryJson),
    gaps: facts.gaps,
    certificates: facts.certificates.map(certificateJson),
  };
}
