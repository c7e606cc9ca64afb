// Materials as the API shows them: days as YYYY-MM-DD, moments as RFC 3339, what is not known as null.
import { z } from 'zod';
import { materialKinds, materialUnits, moveKinds } from './materials.types.ts';
import type { Material, MaterialMove, Stock, StockLine } from './materials.types.ts';

const stockShape = z.object({
  /** By the book, in the material's unit; below nothing when more was used than written down as come. */
  amount: z.number(),
  /** Uses of an unknown amount since the last count. */
  uncounted: z.number(),
  countedOn: z.string().nullable(),
});

export const materialShape = z.object({
  id: z.string(),
  producerId: z.string(),
  name: z.string(),
  kind: z.enum(materialKinds),
  maker: z.string(),
  activeIngredient: z.string(),
  registrationNumber: z.string(),
  /** Days from the label; null: not known, which is not 0. */
  waitDays: z.number().nullable(),
  unit: z.enum(materialUnits),
  labelPictureFileId: z.string().nullable(),
  stock: stockShape,
  version: z.number(),
  createdAt: z.string(),
});

export const materialListShape = z.object({ items: z.array(materialShape), next: z.string().nullable() });

const lineParts = {
  id: z.string(),
  materialId: z.string(),
  kind: z.enum(moveKinds),
  /** null: used, nobody knows how much. */
  amount: z.number().nullable(),
  told: z.string(),
  lot: z.string(),
  supplier: z.string(),
  on: z.string(),
  batchId: z.string().nullable(),
  receiptFileId: z.string().nullable(),
  replaces: z.string().nullable(),
  fromStep: z.boolean(),
  byUserId: z.string(),
  recordedAt: z.string(),
};
export const moveShape = z.object(lineParts);
export const stockLineShape = z.object({
  ...lineParts,
  /** The stock after this line, and of a count by how much the book was wrong. */
  after: z.number(),
  difference: z.number().nullable(),
});

export const stockBookShape = z.object({
  stock: stockShape,
  items: z.array(stockLineShape),
  next: z.string().nullable(),
});

export const receiptShape = z.object({ fileId: z.string(), kind: z.enum(['picture', 'document']), bytes: z.number() });

const stockJson = ({ countedOn, ...stock }: Stock): z.output<typeof stockShape> => ({
  ...stock,
  countedOn: countedOn ?? null,
});

/** A material for programs. */
export function materialJson(material: Material, stock: Stock): z.output<typeof materialShape> {
  const { foldedName: _folded, ...shown } = material;
  return {
    ...shown,
    waitDays: material.waitDays ?? null,
    labelPictureFileId: material.labelPictureFileId ?? null,
    stock: stockJson(stock),
    createdAt: material.createdAt.toISOString(),
  };
}

/** A line of the stock book for programs. */
export function moveJson({ producerId: _producer, ...move }: MaterialMove): z.output<typeof moveShape> {
  return {
    ...move,
    amount: move.amount ?? null,
    batchId: move.batchId ?? null,
    receiptFileId: move.receiptFileId ?? null,
    replaces: move.replaces ?? null,
    recordedAt: move.recordedAt.toISOString(),
  };
}

/** One page of the book, newest line first: `after` is the id of the last line of the page before. */
export function stockBookJson(
  { stock, lines }: { stock: Stock; lines: readonly StockLine[] },
  page: { limit: number; after?: string | undefined },
): z.output<typeof stockBookShape> {
  const start = page.after === undefined ? 0 : lines.findIndex(({ move }) => move.id === page.after) + 1;
  const shown = lines.slice(start, start + page.limit);
  const hasMore = start + page.limit < lines.length;
  return {
    stock: stockJson(stock),
    items: shown.map(({ move, after, difference }) => ({ ...moveJson(move), after, difference: difference ?? null })),
    next: hasMore ? (shown.at(-1)?.move.id ?? null) : null,
  };
}
