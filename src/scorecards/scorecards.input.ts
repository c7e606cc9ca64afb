// The file of score cards, strictly, and what people ask of the cards.
import { z } from 'zod';
import { day, line, text } from '../fields.ts';
import type { Criterion } from './scorecards.types.ts';
import { answerKinds } from './scorecards.types.ts';

const words = (max = 4000) => text(max);
const points = z.number().int().min(0).max(100).nullable();
const printed = text(20).default('');
const note = words().default('');
const sum = z.number().int().nullable();
const stars = z.number().int().min(1).max(5);

const option = z.strictObject({
  text: text(4000, 1),
  points,
  printedPoints: printed,
  minimumForStars: stars.min(3).nullable(),
  case: words().default(''),
  note,
});

const hasOneForm = ({ answer, options, criteria }: Criterion): boolean =>
  answer === null
    ? criteria.length > 0 && options.length === 0
    : criteria.length === 0 && (answer === 'yesNo' ? options.length === 0 : options.length > 1);

// The file prints no number beyond a maximum: one that can't be right stands as null beside what is printed.
const isWithinMaximum = ({ maxPoints, options }: Criterion): boolean =>
  maxPoints === null || options.every((one) => one.points === null || one.points <= maxPoints);

const criterion: z.ZodType<Criterion> = z
  .strictObject({
    number: line(20),
    text: text(4000, 1),
    maxPoints: points,
    printedPoints: printed,
    note,
    guidance: z.array(words()).max(50).default([]),
    answer: z.enum(answerKinds).nullable().default(null),
    options: z.array(option).max(40).default([]),
    criteria: z
      .array(z.lazy(() => criterion))
      .max(60)
      .default([]),
  })
  .refine(hasOneForm, { error: 'criterion-form' })
  .refine(isWithinMaximum, { error: 'points-beyond-maximum' });

const marked = z.strictObject({ criterion: line(20), option: z.number().int().min(0).max(40) });

/** One card of the file. `check` is the transcriber's own sum and is not kept: sums are worked out anew. */
export const cardOfFile = z.strictObject({
  number: z.number().int().min(1).max(99),
  group: z.strictObject({ code: line(10), name: line(200) }),
  name: line(300),
  nameInIndex: line(300),
  subtitle: words(),
  leadAgency: words(),
  rejectedWhen: words().nullable(),
  starLegend: words().nullable(),
  parts: z
    .array(
      z.strictObject({
        code: line(5),
        name: line(300),
        maxPoints: points,
        pointsInHeading: points,
        sections: z.array(criterion).min(1).max(60),
      }),
    )
    .min(1)
    .max(10),
  declaredTotal: z.number().int().min(1).max(1000),
  minimums: z.record(z.string().regex(/^[345]$/), z.array(marked).max(300)),
  traceabilityOptions: z.array(z.strictObject({ ...marked.shape, points, minimumForStars: stars.nullable() })).max(50),
  check: z.strictObject({
    declaredParts: z.record(z.string(), sum),
    sumOfSections: z.record(z.string(), sum),
    sumOfLeafMaximums: sum,
    leafCriteria: z.number().int(),
    options: z.number().int(),
    nullPoints: z.number().int(),
    addsUp: z.boolean(),
    problems: z.array(words()),
  }),
  notes: z.array(words()).max(50),
});
export type CardOfFile = z.output<typeof cardOfFile>;

/** The file around its cards. `forms`, `productCode` and `readingRules` are read and not kept. */
export const cardFile = z.strictObject({
  title: words(),
  decision: z.strictObject({ number: line(60), date: day, issuer: line(200), annexes: z.array(words()).max(20) }),
  source: z.strictObject({ repository: words(), path: words(), commit: words(), nature: words(), licence: words() }),
  productCode: z.unknown(),
  grades: z
    .array(
      z.strictObject({
        stars,
        from: z.number().int().min(0).max(100),
        to: z.number().int().min(0).max(100),
        toInclusive: z.boolean(),
        level: words().nullable(),
      }),
    )
    .min(1)
    .max(10),
  readingRules: z.array(words()).max(50),
  groups: z
    .array(z.strictObject({ code: line(10), name: line(200), sets: z.array(z.number().int()).max(99) }))
    .min(1)
    .max(50),
  sets: z.array(z.unknown()).min(1).max(99),
  forms: z.unknown(),
});
export type CardFile = z.output<typeof cardFile>;

/** The number of a set in an address. */
export const setParams = z.object({ set: z.coerce.number().int().min(1).max(99) });
