// What makes a batch possible: its dates in order, its units within its quantity, its holds and its ancestors. Pure.
import { addDays } from '../days.ts';
import type { Day } from '../days.ts';
import { AppError, fieldError } from '../errors.ts';
import type { NetContent } from '../products/products.types.ts';
import type { BatchFactsGiven, NewBatch } from './batches.input.ts';
import type { Batch, BatchInput, BatchUnit } from './batches.types.ts';

export type PackingDays = {
  startedOn: Day;
  harvestedOn: Day | undefined;
  packedOn: Day | undefined;
  useBy: Day | undefined;
};

/** The day of production that the use-by day counts from. */
const producedOn = (days: PackingDays): Day => days.packedOn ?? days.harvestedOn ?? days.startedOn;

/** Started, harvested, packed: in this order and not after `today`; the use-by day lies after production. Throws 'fields-wrong' naming the field. */
export function requireDaysInOrder(days: PackingDays, today: Day): void {
  const { startedOn, harvestedOn, packedOn, useBy } = days;
  for (const field of ['startedOn', 'harvestedOn', 'packedOn'] as const) {
    const given = days[field];
    if (given !== undefined && given > today) throw fieldError(field, 'not-after-today');
  }
  if (harvestedOn !== undefined && harvestedOn < startedOn) throw fieldError('harvestedOn', 'before-start');
  if (packedOn !== undefined && packedOn < startedOn) throw fieldError('packedOn', 'before-start');
  if (packedOn !== undefined && harvestedOn !== undefined && packedOn < harvestedOn)
    throw fieldError('packedOn', 'before-harvest');
  if (useBy !== undefined && useBy <= producedOn(days)) throw fieldError('useBy', 'before-production');
}

/** The use-by day as given, else the packed day plus the shelf life; undefined when neither tells. */
export function useByOf(
  days: { packedOn: Day | undefined; useBy: Day | undefined },
  shelfLifeDays: number | undefined,
): Day | undefined {
  if (days.useBy !== undefined || days.packedOn === undefined || shelfLifeDays === undefined) return days.useBy;
  return addDays(days.packedOn, shelfLifeDays);
}

const inThousandths: Record<NetContent['unit'] | BatchUnit, { measure: 'mass' | 'volume' | 'count'; factor: number }> =
  {
    g: { measure: 'mass', factor: 1 },
    kg: { measure: 'mass', factor: 1000 },
    ml: { measure: 'volume', factor: 1 },
    l: { measure: 'volume', factor: 1000 },
    piece: { measure: 'count', factor: 1000 },
  };

/** How many sales units the quantity allows at most; undefined when both are measured differently (litres in jars by the gram), or the net content is not known. */
export function unitsPossible(quantity: Batch['quantity'], netContent: NetContent | undefined): number | undefined {
  if (netContent === undefined) return undefined;
  const made = inThousandths[quantity.unit];
  const net = inThousandths[netContent.unit];
  if (made.measure !== net.measure || netContent.amount <= 0) return undefined;
  // Amounts have at most three decimals, so in thousandths of a gram they are whole numbers.
  const total = Math.round(quantity.amount * made.factor * 1000);
  return Math.floor(total / Math.round(netContent.amount * net.factor * 1000));
}

/** Units x net content never exceed what the batch made. Throws 'fields-wrong' at unitsMade. */
export function requireUnitsWithinQuantity(
  unitsMade: number,
  quantity: Batch['quantity'],
  netContent: NetContent | undefined,
): void {
  const possible = unitsPossible(quantity, netContent);
  if (possible !== undefined && unitsMade > possible)
    throw fieldError('unitsMade', 'more-than-quantity', { maximum: possible });
}

/** Own id first, then every batch that one of the parents was made from, each once. */
export function ancestorsOf(id: string, parents: readonly Pick<Batch, 'ancestors'>[]): string[] {
  return [...new Set([id, ...parents.flatMap((parent) => parent.ancestors)])];
}

/** Whether a recall that reaches the batch is still open. */
export function isRecalled(batch: Pick<Batch, 'recallIds' | 'closedRecallIds'>): boolean {
  return batch.recallIds.some((id) => !batch.closedRecallIds.includes(id));
}

/** The input that a stored batch was made from, as far as it can't change; `packing` may have changed since. */
export function contentOf(batch: Batch): Omit<NewBatch, 'id'> {
  const { lotNumber, siteIds, startedOn, harvestedOn, packedOn, useBy, quantity, unitsMade, inputs, madeFrom } = batch;
  return { lotNumber, siteIds, startedOn, harvestedOn, packedOn, useBy, quantity, unitsMade, inputs, madeFrom };
}

/** What can be changed of a batch, under the names that the history uses. */
export type BatchFacts = Pick<Batch, (typeof factNames)[number]>;

export const factNames = [
  'siteIds',
  'startedOn',
  'harvestedOn',
  'packedOn',
  'useBy',
  'quantity',
  'unitsMade',
  'inputs',
  'madeFrom',
] as const satisfies readonly (keyof Batch)[];

const inputOf = ({ materialId, name, amount, unit, lot }: BatchInput): BatchInput => ({
  materialId,
  name,
  amount,
  unit,
  lot,
});

/** The changeable facts in one order throughout, so that equal ones compare as equal. */
export function factsOf(batch: BatchFacts): BatchFacts {
  const { siteIds, startedOn, harvestedOn, packedOn, useBy, quantity, unitsMade, inputs, madeFrom } = batch;
  const { amount, unit } = quantity;
  const days = { startedOn, harvestedOn, packedOn, useBy };
  return { siteIds, ...days, quantity: { amount, unit }, unitsMade, inputs: inputs.map(inputOf), madeFrom };
}

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));

/**
 * A batch as it shall be after a change. The order in which sites and batches are named says nothing. Throws 'fields-wrong' at `madeFrom`
 * where one is left out: a recall of it must go on reaching this batch.
 */
export function changedFacts(
  batch: Batch,
  given: BatchFactsGiven,
  settled: { inputs: BatchInput[]; shelfLifeDays: number | undefined },
): BatchFacts {
  const { siteIds, startedOn, harvestedOn, packedOn, quantity, unitsMade } = given;
  const added = [...new Set(given.madeFrom)].filter((id) => !batch.madeFrom.includes(id));
  if (!batch.madeFrom.every((id) => given.madeFrom.includes(id))) throw fieldError('madeFrom', 'lineage-stays');
  return factsOf({
    siteIds: isSameSet(batch.siteIds, siteIds) ? batch.siteIds : [...new Set(siteIds)],
    startedOn,
    harvestedOn,
    packedOn,
    useBy: useByOf({ packedOn, useBy: given.useBy }, settled.shelfLifeDays),
    quantity,
    unitsMade,
    inputs: settled.inputs,
    madeFrom: [...batch.madeFrom, ...added],
  });
}

/** Throws 'fields-wrong' at `madeFrom` for a parent that was itself made from this batch. */
export function requireNoCircle(batchId: string, parents: readonly Pick<Batch, 'ancestors'>[]): void {
  if (parents.some(({ ancestors }) => ancestors.includes(batchId))) throw fieldError('madeFrom', 'made-from-itself');
}

/** Throws 'batch-closed'. */
export function requireOpen({ closed }: Pick<Batch, 'closed'>): void {
  if (closed !== undefined) throw new AppError('batch-closed');
}

/** Why units could not be taken: 'batch-closed', 'batch-held', else 'not-enough-units' with the rest. */
export function refusalOfTake(batch: Pick<Batch, 'held' | 'unitsLeft' | 'closed'>, units: number): AppError {
  if (batch.closed !== undefined) return new AppError('batch-closed');
  if (batch.held) return new AppError('batch-held');
  return new AppError('not-enough-units', { unitsLeft: Math.max(0, batch.unitsLeft), units });
}
