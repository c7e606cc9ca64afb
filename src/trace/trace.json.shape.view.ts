// The shape in which programs get the facts of a scan page. OpenAPI shows it.
import { z } from 'zod';
import { certificateTypes } from '../certificates/certificates.types.ts';
import { producerKinds } from '../producers/producers.types.ts';
import { netUnits } from '../products/products.types.ts';
import { recallClasses } from '../recalls/recalls.types.ts';
import { siteKinds } from '../sites/sites.types.ts';
import { evidenceGrades, stepKinds } from '../steps/steps.types.ts';

const text = z.string();
const day = z.string().nullable();

export const verdictShape = z.object({
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
    /** The producer's own words, unverified. */
    story: text,
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
  /** One step back: lots of the producer's own, and what else went in, named as the producer wrote it for buyers. */
  madeFrom: z.object({
    lots: z.array(z.object({ product: text, lotNumber: text })),
    inputs: z.array(z.object({ name: text, amount: z.number(), unit: text, lot: z.string().nullable() })),
  }),
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
