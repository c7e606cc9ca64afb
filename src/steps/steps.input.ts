// What a person gives to record a step, to send its photo and to stand up for it. Shapes only.
import { z } from 'zod';
import { amount, day, line, moment, newId, recordId, sha256, text } from '../fields.ts';
import { erasureReasons, stepKinds } from './steps.types.ts';
import type { StepKind } from './steps.types.ts';

/** Fields that only some kinds have; a spray without its material names nothing that anybody could look up. */
const onlyFor: Record<'waitDays' | 'unitsPacked' | 'materialId', readonly StepKind[]> = {
  waitDays: ['spray'],
  unitsPacked: ['pack'],
  materialId: ['spray', 'fertilise'],
};

const stepFields = z.strictObject({
  id: newId,
  kind: z.enum(stepKinds),
  doneOn: day,
  /** Last day, when the work took several. */
  doneUntil: day.optional(),
  /** The batch's sites unless said otherwise. */
  siteIds: z.array(recordId).min(1).max(20).optional(),
  note: text(500).default(''),
  amount: amount.optional(),
  unit: line(30).optional(),
  material: line(200).optional(),
  /** A material of the producer, in place of a name. */
  materialId: recordId.optional(),
  /** Pre-harvest interval in days from the product's label. Left out means that of the material, else not known, never 0. */
  waitDays: z.number().int().min(0).max(365).optional(),
  unitsPacked: z.number().int().min(1).max(10_000_000).optional(),
  photoHashes: z.array(sha256).max(10).optional(),
  /** The step that this one replaces. */
  corrects: recordId.optional(),
  /** The step that this one takes back; kind and day must be those of that step. */
  withdraws: recordId.optional(),
  /** Made offline at `madeAt` and sent later. */
  queued: z.boolean().default(false),
  madeAt: moment.optional(),
});

export const newStep = stepFields.superRefine((step, context) => {
  const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
  if (step.doneUntil !== undefined && step.doneUntil < step.doneOn) fault('doneUntil', 'before-start');
  if (step.corrects !== undefined && step.withdraws !== undefined) fault('withdraws', 'one-of-two');
  if (step.amount !== undefined && step.unit === undefined) fault('unit', 'required');
  if (step.unit !== undefined && step.amount === undefined) fault('amount', 'required');
  if (step.material !== undefined && step.materialId !== undefined) fault('material', 'chosen-or-typed');
  for (const field of ['waitDays', 'unitsPacked', 'materialId'] as const)
    if (step[field] !== undefined && !onlyFor[field].includes(step.kind)) fault(field, 'not-for-kind');
  const isNamed = step.material !== undefined || step.materialId !== undefined;
  if (step.kind === 'spray' && !isNamed && step.withdraws === undefined) fault('material', 'required');
});
export type NewStep = z.output<typeof newStep>;

/** Whose voice it is follows from who speaks: the organisation's, or the officer's. */
export const newConfirmation = z.strictObject({ id: newId });
export type NewConfirmation = z.output<typeof newConfirmation>;

/** What is to go from a step, on request: one of its photos (by the hash of its bytes as sent), or its note. */
export const newStepErasure = z.discriminatedUnion('what', [
  z.strictObject({ id: newId, what: z.literal('photo'), sha256, reason: z.enum(erasureReasons) }),
  z.strictObject({ id: newId, what: z.literal('note'), reason: z.enum(erasureReasons) }),
]);
export type NewStepErasure = z.output<typeof newStepErasure>;
