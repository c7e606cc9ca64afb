// The file of protocols, strictly, and how one is named in an address.
import { z } from 'zod';
import { line, text } from '../fields.ts';
import { stepKinds } from './protocols.types.ts';

const words = text(2000);
const mostly = (max: number) => text(max).nullable();
const sourceKey = z.string().regex(/^[a-z0-9-]{1,80}$/, { error: 'format' });

const source = z.strictObject({
  title: line(300),
  url: z
    .string()
    .regex(/^https?:\/\/\S{1,500}$/, { error: 'format' })
    .nullable(),
  kind: line(200),
});

const step = z
  .strictObject({
    key: sourceKey,
    name: line(200),
    kind: z.enum(stepKinds),
    months: z.array(z.number().int().min(1).max(12)).max(12).nullable(),
    lunarMonths: words.default(''),
    duration: mostly(200),
    inputs: z
      .array(
        z.strictObject({
          name: line(200),
          amount: z.number().min(0).nullable(),
          unit: mostly(60),
          per: mostly(60),
        }),
      )
      .max(50),
    parameters: z.record(z.string().min(1).max(200), z.union([z.string().max(500), z.number()]).nullable()),
    source: sourceKey.nullable(),
    sourced: z.boolean(),
    note: words.default(''),
  })
  .refine(({ source: named, sourced }) => !sourced || named !== null, {
    error: 'sourced-without-source',
    path: ['sourced'],
  });
export type StepOfFile = z.output<typeof step>;

export const protocolOfFile = z.strictObject({
  product: line(200),
  place: line(300),
  criteriaSet: z.number().int().min(1).max(99).nullable(),
  criteriaSetCandidates: z.array(z.number().int().min(1).max(99)).max(20).default([]),
  cycle: line(100),
  steps: z.array(step).min(1).max(100),
  crossCheck: words.default(''),
  warning: words.default(''),
  note: words.default(''),
});
export type ProtocolOfFile = z.output<typeof protocolOfFile>;

const column = z.strictObject({ label: line(200), type: line(40) });
const table = z.strictObject({
  table: line(200),
  multiRow: z.boolean().default(true),
  columns: z.array(column).min(1).max(100),
});

const diary = z.strictObject({
  source: sourceKey,
  licence: words,
  crop: z.array(table).max(50),
  mushroomExtra: z.array(table).max(50),
  otherBooks: z.strictObject({ source: sourceKey, books: z.array(line(300)).max(100) }),
});

const waitDays = z.number().int().min(0).max(1000).nullable();
const pesticides = z.strictObject({
  found: z.boolean(),
  note: words,
  registerSize: z.strictObject({
    asOf: line(200),
    source: line(500),
    fungicides: line(200),
    herbicides: line(200),
    banned: line(300),
  }),
  rules: z
    .array(z.strictObject({ rule: text(1000, 1), source: sourceKey, maxPhiDaysChemical: waitDays.default(null) }))
    .max(50),
  testOnly: z.array(z.strictObject({ label: line(200), phiDays: waitDays, sourced: z.literal(false) })).max(50),
});

/** The file around its protocols. */
export const protocolFile = z.strictObject({
  title: words,
  reading: words,
  sources: z.record(sourceKey, source),
  protocols: z.array(z.unknown()).min(1).max(200),
  diaryForms: diary,
  pesticides,
});
export type ProtocolFile = z.output<typeof protocolFile>;

/** The key of a protocol in an address. */
export const protocolParams = z.object({ key: sourceKey });
