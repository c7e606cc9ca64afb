// The stock book of materials: lines told by hand, uses told by steps, and what they add up to.
import type { Actor } from '../actor.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError, fieldError } from '../errors.ts';
import { storeDocument } from '../files/files.ts';
import { claimFile } from '../files/files.references.ts';
import type { StoredFile } from '../files/files.types.ts';
import type { NewMove } from './materials.input.ts';
import { fixUnit } from './materials.model.ts';
import { findMove, findMoves, findReplacedMoves, insertMove } from './materials.moves.model.ts';
import * as rules from './materials.rules.ts';
import { materialFor, ownMaterial, requireMaterial } from './materials.service.ts';
import type { Material, MaterialMove, MaterialUse, Stock, StockLine } from './materials.types.ts';

const moveOf = (sent: NewMove, material: Material, actor: Actor, now: Date): MaterialMove => ({
  ...sent,
  producerId: material.producerId,
  materialId: material.id,
  told: '',
  batchId: undefined,
  receiptFileId: sent.receiptFileId,
  replaces: sent.replaces,
  fromStep: false,
  byUserId: actor.userId,
  recordedAt: now,
});

const saidBy = ({ materialId, kind, amount, lot, supplier, on, receiptFileId, replaces }: MaterialMove): string =>
  JSON.stringify([materialId, kind, amount, lot, supplier, on, receiptFileId, replaces]);

/**
 * Writes a line in the stock book of one's own material. What is there may fall below nothing: what was done is a fact, and the book shows that
 * it lacks something. Errors: 'material-not-found', 'not-allowed', 'fields-wrong' (day, amount, receipt, line to replace),
 * 'move-already-corrected', 'id-with-other-content'. The same line again is the same line.
 */
export async function recordMove(
  db: Db,
  actor: Actor,
  materialId: string,
  newMove: NewMove,
  now: Date,
): Promise<MaterialMove> {
  const material = await ownMaterial(db, actor, materialId);
  const move = moveOf(newMove, material, actor, now);
  const earlier = await findMove(db, move.id);
  if (earlier !== undefined) return sameMove(earlier, move, newMove);
  rules.requireMove(newMove, dayOf(now));
  if (newMove.replaces !== undefined)
    rules.requireReplaceable(await findMoves(db, material.producerId, [materialId]), newMove.replaces);
  if (newMove.receiptFileId !== undefined) await requireReceipt(db, material.producerId, newMove.receiptFileId, now);
  await keepUnit(db, material);
  const outcome = await insertMove(db, move);
  if (outcome.state === 'replaced-before') throw new AppError('move-already-corrected');
  return sameMove(outcome.move, move, newMove);
}

const sameMove = (stored: MaterialMove, move: MaterialMove, sent: NewMove): MaterialMove => {
  if (saidBy(stored) === saidBy(move) && !stored.fromStep) return stored;
  const isOwn = stored.producerId === move.producerId;
  throw new AppError('id-with-other-content', isOwn ? { existing: stored, sent } : {});
};

const requireReceipt = async (db: Db, producerId: string, fileId: string, now: Date): Promise<void> => {
  if ((await claimFile(db, producerId, fileId, now)) === undefined)
    throw fieldError('receiptFileId', 'unknown-reference');
};

/** The material as it is once its unit can't change any more. */
const keepUnit = async (db: Db, material: Material): Promise<Material> => {
  if (await fixUnit(db, material.id, material.unit)) return material;
  return keepUnit(db, await requireMaterial(db, material.id));
};

/** Keeps a photo or PDF of a receipt, to be named by a line of the stock book within seven days. Throws what storing a paper throws. */
export async function storeReceipt(
  db: Db,
  actor: Actor,
  materialId: string,
  receipt: { bytes: Buffer; name?: string },
  now: Date,
): Promise<StoredFile> {
  const { producerId } = await ownMaterial(db, actor, materialId);
  const options = receipt.name === undefined ? {} : { name: receipt.name };
  return storeDocument(db, producerId, receipt.bytes, now, options);
}

/**
 * Books what a step used of a material, once for a step: its id is the line's. A step that takes another's place takes the place of its line
 * too, also when it names another material or none. Safe to run twice and in the order in which steps came.
 */
export async function bookUse(db: Db, use: MaterialUse): Promise<void> {
  const replaced = use.replaces === undefined ? undefined : await findMove(db, use.replaces);
  const materialId = use.materialId ?? replaced?.materialId;
  if (materialId === undefined) return;
  const material = await keepUnit(db, await requireMaterial(db, materialId));
  const isUsed = use.materialId !== undefined;
  const amount = isUsed ? rules.amountIn(material.unit, use.amount, use.unit) : 0;
  const told =
    isUsed && amount === undefined && use.amount !== undefined ? `${use.amount} ${use.unit ?? ''}`.trim() : '';
  await insertMove(db, {
    id: use.stepId,
    producerId: use.producerId,
    materialId,
    kind: 'out',
    amount,
    told,
    lot: '',
    supplier: '',
    on: use.on,
    batchId: use.batchId,
    receiptFileId: undefined,
    replaces: replaced?.id,
    fromStep: true,
    byUserId: use.byUserId,
    recordedAt: use.recordedAt,
  });
}

const standingOf = async (db: Db, producerId: string, materialIds: readonly string[]): Promise<MaterialMove[]> => {
  const moves = await findMoves(db, producerId, materialIds);
  const replaced = await findReplacedMoves(
    db,
    producerId,
    moves.map(({ id }) => id),
  );
  return rules.standingMoves(moves, replaced);
};

/** What the books of a producer's materials say is there, by material, and which materials have a book at all; unscoped. */
export async function stockOf(
  db: Db,
  producerId: string,
  materialIds: readonly string[],
): Promise<{ stock: Map<string, Stock>; kept: Set<string> }> {
  const standing = await standingOf(db, producerId, materialIds);
  const stock = new Map(
    materialIds.map((id) => [id, rules.stockOfMoves(standing.filter(({ materialId }) => materialId === id))]),
  );
  return { stock, kept: new Set(standing.map(({ materialId }) => materialId)) };
}

/** The book of a material as it stands, newest line first, for those who may see it. Lines that only take another back are left out. */
export async function stockBook(
  db: Db,
  actor: Actor,
  materialId: string,
): Promise<{ material: Material; stock: Stock; lines: StockLine[] }> {
  const material = await materialFor(db, actor, materialId);
  const standing = await standingOf(db, material.producerId, [materialId]);
  const lines = rules.stockLines(standing).filter(({ move }) => move.kind === 'count' || move.amount !== 0);
  return { material, stock: rules.stockOfMoves(standing), lines: lines.reverse() };
}

/** A standing line told by hand, to be mended. Throws 'material-not-found', 'not-allowed', 'page-not-found'. */
export async function moveToMend(db: Db, actor: Actor, materialId: string, moveId: string): Promise<MaterialMove> {
  const material = await ownMaterial(db, actor, materialId);
  const standing = await standingOf(db, material.producerId, [materialId]);
  const found = standing.find(({ id, fromStep }) => id === moveId && !fromStep);
  if (found === undefined) throw new AppError('page-not-found');
  return found;
}
