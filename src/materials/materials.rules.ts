// What a material's record and its stock book may say, and what the book adds up to. Pure; days are days in Viet Nam.
import type { Day } from '../days.ts';
import { AppError, fieldError } from '../errors.ts';
import { fold } from '../fold.ts';
import type { MaterialFacts, NewMaterial, NewMove } from './materials.input.ts';
import type { Material, MaterialKind, MaterialMove, MaterialUnit, Stock, StockLine } from './materials.types.ts';

export function makeMaterial(sent: NewMaterial, producerId: string, now: Date): Material {
  return {
    ...sent,
    producerId,
    foldedName: fold(sent.name),
    waitDays: sent.waitDays,
    labelPictureFileId: undefined,
    version: 1,
    createdAt: now,
  };
}

export const factNames = [
  'name',
  'kind',
  'maker',
  'activeIngredient',
  'registrationNumber',
  'waitDays',
  'unit',
] as const satisfies readonly (keyof MaterialFacts)[];

/** What can be changed of a material, always in the same order; what is not known stays undefined. */
export function factsOf(one: MaterialFacts | Material): MaterialFacts {
  const { name, kind, maker, activeIngredient, registrationNumber, waitDays, unit } = one;
  return { name, kind, maker, activeIngredient, registrationNumber, waitDays, unit };
}

/** The content as one text, to tell a repeated request from another one whatever has changed since. */
export function contentOf(sent: MaterialFacts): string {
  const facts = factsOf(sent);
  return JSON.stringify(factNames.map((name) => facts[name] ?? null));
}

// Seeds, feed, ingredients and packaging are neither sprayed nor spread; a pesticide is always recorded as sprayed, for its waiting time counts.
const fits: Record<'spray' | 'fertilise', readonly MaterialKind[]> = {
  spray: ['pesticide', 'fertiliser', 'other'],
  fertilise: ['fertiliser', 'other'],
};

export function fitsWork(work: 'spray' | 'fertilise', kind: MaterialKind): boolean {
  return fits[work].includes(kind);
}

/** A thousandth of a millilitre is the finest that a litre is told in: sums don't show the faults of binary fractions. */
const rounded = (amount: number): number => Math.round(amount * 1_000_000) / 1_000_000;

/** What a line must be by itself. Throws 'fields-wrong'. */
export function requireMove(sent: NewMove, today: Day): void {
  if (sent.on > today) throw fieldError('on', 'not-after-today');
  if (sent.amount === 0 && sent.kind !== 'count' && sent.replaces === undefined)
    throw fieldError('amount', 'above-zero');
}

/**
 * The line that another one takes the place of must be of the same material, told by hand and still standing. Throws 'fields-wrong' or
 * 'move-already-corrected'.
 */
export function requireReplaceable(moves: readonly MaterialMove[], replaced: string): void {
  const found = moves.find(({ id }) => id === replaced);
  if (found === undefined) throw fieldError('replaces', 'unknown-reference');
  if (found.fromStep) throw fieldError('replaces', 'told-by-step');
  if (moves.some(({ replaces }) => replaces === replaced)) throw new AppError('move-already-corrected');
}

/** The lines that stand, oldest first: by day, and within a day as they were written. */
export function standingMoves(moves: readonly MaterialMove[], replaced: ReadonlySet<string>): MaterialMove[] {
  return moves
    .filter(({ id }) => !replaced.has(id))
    .sort(
      (one, other) =>
        one.on.localeCompare(other.on) ||
        one.recordedAt.getTime() - other.recordedAt.getTime() ||
        one.id.localeCompare(other.id),
    );
}

/** Each standing line with the stock after it. What was counted rules over what was written before. */
export function stockLines(standing: readonly MaterialMove[]): StockLine[] {
  let stock = 0;
  return standing.map((move, place) => {
    const before = stock;
    const amount = move.amount ?? 0;
    if (move.kind === 'count') stock = amount;
    else stock = rounded(move.kind === 'in' ? before + amount : before - amount);
    const isCompared = move.kind === 'count' && place > 0;
    return { move, after: stock, difference: isCompared ? rounded(stock - before) : undefined };
  });
}

export function stockOfMoves(standing: readonly MaterialMove[]): Stock {
  const counted = standing.findLastIndex(({ kind }) => kind === 'count');
  return {
    amount: stockLines(standing).at(-1)?.after ?? 0,
    uncounted: standing.slice(counted + 1).filter(({ amount }) => amount === undefined).length,
    countedOn: standing[counted]?.on,
  };
}

type Measure = { of: 'mass' | 'volume' | 'piece' | 'bag'; factor: number };

// How people write units in the journal. A bottle, a tin or "kg a tree" is no measure: how much that was, nobody can tell from here.
const measures: Record<string, Measure> = {
  kg: { of: 'mass', factor: 1000 },
  g: { of: 'mass', factor: 1 },
  gam: { of: 'mass', factor: 1 },
  l: { of: 'volume', factor: 1000 },
  lit: { of: 'volume', factor: 1000 },
  ml: { of: 'volume', factor: 1 },
  piece: { of: 'piece', factor: 1 },
  cai: { of: 'piece', factor: 1 },
  qua: { of: 'piece', factor: 1 },
  bag: { of: 'bag', factor: 1 },
  bao: { of: 'bag', factor: 1 },
};

/** An amount as told in the material's unit; undefined when the two don't measure the same. */
export function amountIn(
  unit: MaterialUnit,
  amount: number | undefined,
  toldUnit: string | undefined,
): number | undefined {
  if (amount === undefined || toldUnit === undefined) return undefined;
  const told = measures[fold(toldUnit)];
  const own = measures[unit];
  if (told === undefined || own === undefined || told.of !== own.of) return undefined;
  return rounded((amount * told.factor) / own.factor);
}
