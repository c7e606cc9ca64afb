// The forms of materials: their fields, and what stands in them.
import type { Material, MaterialMove } from './materials.types.ts';

/** All fields of a material's form; `version` of a change, `id` of a new one. */
export const materialFields = [
  'id',
  'version',
  'producer',
  'name',
  'kind',
  'unit',
  'waitDays',
  'activeIngredient',
  'registrationNumber',
  'maker',
] as const;

/** All fields of a line of the stock book. */
export const moveFields = [
  'id',
  'kind',
  'amount',
  'on',
  'supplier',
  'lot',
  'replaces',
  'receiptFileId',
  'receipt',
] as const;

/** What stands in the fields for a stored material. */
export function materialValues(material: Material): Record<string, string> {
  const { name, kind, unit, waitDays, activeIngredient, registrationNumber, maker, version } = material;
  const days = waitDays === undefined ? '' : String(waitDays);
  return { version: String(version), name, kind, unit, waitDays: days, activeIngredient, registrationNumber, maker };
}

/** What stands in the fields to mend a line: a new line under `id` that takes its place. */
export function mendingValues(move: MaterialMove, id: string): Record<string, string> {
  const { kind, amount, on, supplier, lot, receiptFileId } = move;
  const written = amount === undefined ? '' : String(amount).replace('.', ',');
  return { id, kind, amount: written, on, supplier, lot, replaces: move.id, receiptFileId: receiptFileId ?? '' };
}

/** A form's body as texts of the operation's schema: without what only the page needs. */
export function withoutProducer(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const { producer: _producer, ...rest } = body as Record<string, unknown>;
  return rest;
}
