// What makes a batch possible: its dates in order, its units within its quantity, its holds and its ancestors. Pure.
import { addDays } from '../days.ts';
import type { Day } from '../days.ts';
import { AppError, fieldError } from '../errors.ts';
import type { NetContent } from '../products/products.types.ts';
import type { NewBatch } from './batches.input.ts';
import type { Batch, BatchUnit } from './batches.types.ts';

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
  const { lotNumber, siteIds, startedOn, harvestedOn, packedOn, useBy, quantity, unitsMade, madeFrom } = batch;
  return { lotNumber, siteIds, startedOn, harvestedOn, packedOn, useBy, quantity, unitsMade, madeFrom };
}

/** Why units could not be taken: 'batch-held', else 'not-enough-units' with the rest. */
export function refusalOfTake(batch: Pick<Batch, 'held' | 'unitsLeft'>, units: number): AppError {
  if (batch.held) return new AppError('batch-held');
  return new AppError('not-enough-units', { unitsLeft: Math.max(0, batch.unitsLeft), units });
}
