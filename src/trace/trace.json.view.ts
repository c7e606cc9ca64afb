// The facts of a scan page for programs: the same as on the page, and no more. No person, no place finer than the producer agreed to.
import { z } from 'zod';
import { certificateTypes } from '../certificates/certificates.types.ts';
import type { StarVerdict } from '../certificates/certificates.types.ts';
import { formatCode } from '../codes/trace-code.ts';
import { dayOf, daysBetween } from '../days.ts';
import { paths } from '../paths.ts';
import { producerKinds } from '../producers/producers.types.ts';
import { netUnits } from '../products/products.types.ts';
import { recallClasses } from '../recalls/recalls.types.ts';
import { siteKinds } from '../sites/sites.types.ts';
import type { Site } from '../sites/sites.types.ts';
import { evidenceGrades, stepKinds } from '../steps/steps.types.ts';
import type { JournalEntry } from '../steps/steps.types.ts';
import type { CertificateFacts, TraceFacts } from './trace.types.ts';

const text = z.string();
const day = z.string().nullable();

const verdictShape = z.object({
  state: z.enum(['valid', 'extended', 'expired', 'revoked', 'declared', 'none']),
  /** Only while they count. */
  stars: z.number().nullable(),
  /** Last day on which they count. */
  until: day,
  /** First day on which they no longer count. */
  since: day,
  reason: z.string().nullable(),
});

export const traceShape = z.object({
  code: text,
  codeKind: z.enum(['lot', 'unit']),
  /** Day on which the producer took this label out of use. */
  voidedOn: day,
  page: text,
  sample: z.boolean(),
  checkedAt: text,
  product: z.object({
    name: text,
    gtin: z.string().nullable(),
    internalCode: z.string().nullable(),
    netContent: z.object({ amount: z.number(), unit: z.enum(netUnits) }).nullable(),
    packaging: text,
    ingredients: text,
    storage: text,
    usage: text,
    warnings: text,
    origin: text,
    standards: z.array(text),
    picture: z.object({ address: text, alt: text }).nullable(),
  }),
  producer: z.object({
    name: z.string().nullable(),
    kind: z.enum(producerKinds),
    commune: text,
    province: text,
    street: z.string().nullable(),
    formerAddress: z.string().nullable(),
    registrationNumber: z.string().nullable(),
    phone: z.string().nullable(),
  }),
  lot: z.object({
    number: text,
    startedOn: text,
    harvestedOn: day,
    packedOn: day,
    useBy: day,
    daysLeft: z.number().nullable(),
  }),
  verdict: verdictShape,
  whenMade: z.object({ day: text, verdict: verdictShape }),
  recalls: z.array(
    z.object({
      openedOn: text,
      class: z.enum(recallClasses),
      reason: text,
      instructions: text,
      issuer: text,
      orderNumber: text,
      phone: text,
      ofThisLot: z.boolean(),
    }),
  ),
  sites: z.array(
    z.object({
      kind: z.enum(siteKinds),
      commune: text,
      name: z.string().nullable(),
      areaSquareMetres: z.number().nullable(),
      plantingAreaCode: z.string().nullable(),
      outline: z.looseObject({ type: text }).nullable(),
    }),
  ),
  journal: z.array(
    z.object({
      kind: z.enum(stepKinds),
      doneOn: text,
      doneUntil: day,
      recordedOn: text,
      amount: z.number().nullable(),
      unit: z.string().nullable(),
      material: z.string().nullable(),
      waitDays: z.number().nullable(),
      unitsPacked: z.number().nullable(),
      note: z.string().nullable(),
      grade: z.enum(evidenceGrades),
      confirmedOn: day,
      photos: z.array(text),
      photosExpected: z.number(),
      corrections: z.number(),
      marks: z.array(text),
    }),
  ),
  gaps: z.array(z.object({ fromDay: text, toDay: text, days: z.number() })),
  certificates: z.array(
    z.object({
      type: z.enum(certificateTypes),
      number: text,
      decisionNumber: text,
      issuer: text,
      issuedOn: day,
      lastDayPrinted: day,
      scope: text,
      verifiedOn: day,
      state: text,
    }),
  ),
});

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
    sites: facts.sites.map(siteJson),
    journal: facts.journal.map(entryJson),
    gaps: facts.gaps,
    certificates: facts.certificates.map(certificateJson),
  };
}
