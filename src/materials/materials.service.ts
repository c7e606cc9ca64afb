// What people do with materials: describe one, change it, show its label, look through the list; and what other services ask of them.
import { userNames } from '../accounts/accounts.service.ts';
import type { Actor } from '../actor.ts';
import { auditOf } from '../audit/audit.ts';
import type { AuditNote } from '../audit/audit.ts';
import { changedFields, changeRecord } from '../audit/changes.ts';
import type { Db } from '../db/connect.ts';
import { cutPage } from '../db/listing.ts';
import { AppError, fieldError } from '../errors.ts';
import { prepareFiles, storePicture } from '../files/files.ts';
import { referencesIn, registerReferences } from '../files/files.references.ts';
import { fold } from '../fold.ts';
import { producerFor, requireProducer, scopeOf } from '../producers/producers.service.ts';
import type { ChangedMaterial, MaterialFacts, MaterialPage, NewMaterial } from './materials.input.ts';
import {
  findMaterial,
  findMaterials,
  findOwnMaterials,
  insertMaterial,
  isUnitFixed,
  materialModel,
  wordsOf,
} from './materials.model.ts';
import { moveModel } from './materials.moves.model.ts';
import * as rules from './materials.rules.ts';
import type { Material, MaterialKind } from './materials.types.ts';
import { requireMay } from '../powers.ts';

const mostMaterials = 1000;
const mostTries = 5;

/** Makes the collections known, so that their indexes are made at start, and their pictures and receipts are kept. */
export function prepareMaterials(db: Db): void {
  materialModel(db);
  moveModel(db);
  prepareFiles(db);
  registerReferences(db, 'materials', referencesIn('materials', 'labelPictureFileId'));
  registerReferences(db, 'materialMoves', referencesIn('materialMoves', 'receiptFileId'));
}

/**
 * Describes a material of one's own producer. Errors: 'producer-not-found', 'not-allowed', 'id-with-other-content'. The same request again
 * gives the stored material as it is by now.
 */
export async function createMaterial(
  db: Db,
  actor: Actor,
  producerId: string,
  newMaterial: NewMaterial,
  now: Date,
): Promise<Material> {
  const producer = await requireProducer(db, producerId);
  requireMay(actor, 'keep-materials', scopeOf(producer), 'producer-not-found');
  const content = rules.contentOf(newMaterial);
  const stored = await insertMaterial(db, rules.makeMaterial(newMaterial, producerId, now), content);
  const isOwn = stored.material.producerId === producerId;
  if (isOwn && stored.content === content) return stored.material;
  throw new AppError('id-with-other-content', isOwn ? { existing: stored.material, sent: newMaterial } : {});
}

/** Unscoped: for other services. Throws 'material-not-found'. */
export async function requireMaterial(db: Db, materialId: string): Promise<Material> {
  const material = await findMaterial(db, materialId);
  if (material === undefined) throw new AppError('material-not-found');
  return material;
}

/** The material, for its producer's people and the officers of the province; 'material-not-found' for anyone else. */
export async function materialFor(db: Db, actor: Actor, materialId: string): Promise<Material> {
  const material = await requireMaterial(db, materialId);
  requireMay(actor, 'see-records', scopeOf(await requireProducer(db, material.producerId)), 'material-not-found');
  return material;
}

/** The material, for its producer's own people; 'not-allowed' for officers of the province. */
export async function ownMaterial(db: Db, actor: Actor, materialId: string): Promise<Material> {
  const material = await materialFor(db, actor, materialId);
  const place = scopeOf(await requireProducer(db, material.producerId));
  requireMay(actor, 'keep-materials', place, 'material-not-found');
  return material;
}

/** One page of a producer's materials, searched, filtered and sorted, for those who may see the producer. */
export async function pageMaterials(
  db: Db,
  actor: Actor,
  producerId: string,
  page: MaterialPage,
): Promise<{ items: Material[]; next: string | null }> {
  await producerFor(db, actor, producerId);
  return cutPage(await findMaterials(db, producerId, page), page, ({ foldedName }) => foldedName);
}

/** All materials of a producer that the asker may see, by name, at most 1000. */
export async function materialsOf(db: Db, actor: Actor, producerId: string): Promise<Material[]> {
  await producerFor(db, actor, producerId);
  return (await findMaterials(db, producerId, { sort: 'name', limit: mostMaterials })).slice(0, mostMaterials);
}

/** Unscoped: those of a producer among these ids, in their order; ids of others' materials are left out. */
export async function materialsByIds(db: Db, producerId: string, ids: readonly string[]): Promise<Material[]> {
  const found = new Map((await findOwnMaterials(db, producerId, [...new Set(ids)])).map((one) => [one.id, one]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** Whether a material of this kind is used up by such work. */
export function fitsWork(work: 'spray' | 'fertilise', kind: MaterialKind): boolean {
  return rules.fitsWork(work, kind);
}

const differenceOf = (material: Material, given: MaterialFacts) =>
  changedFields(rules.factsOf(material), rules.factsOf(given), rules.factNames);

/**
 * Makes the material what was sent. Nothing differs: the stored one, unchanged. Somebody else was quicker: 'changed-meanwhile' with `existing`
 * and `sent`. Once its stock is kept, its unit stays ('fields-wrong'). Steps keep the waiting time that they were recorded with.
 */
export async function changeMaterial(
  db: Db,
  actor: Actor,
  materialId: string,
  changed: ChangedMaterial,
  now: Date,
): Promise<Material> {
  const material = await ownMaterial(db, actor, materialId);
  const { version, ...given } = changed;
  const difference = differenceOf(material, given);
  if (difference === undefined) return material;
  const isUnitChanged = 'unit' in difference.after;
  if (isUnitChanged && (await isUnitFixed(db, materialId))) throw fieldError('unit', 'unit-in-use');
  const { waitDays, ...rest } = rules.factsOf(given);
  const isWritten =
    version === material.version &&
    (await changeRecord(db, materialModel(db), {
      recordId: materialId,
      seenVersion: version,
      ...(isUnitChanged ? { where: { unitFixed: { $ne: true } } } : {}),
      set: {
        ...rest,
        ...(waitDays === undefined ? {} : { waitDays }),
        foldedName: fold(given.name),
        searchWords: wordsOf(given),
      },
      unset: waitDays === undefined ? ['waitDays'] : [],
      note: { actorId: actor.userId, what: 'material-changed', ...difference, at: now },
    }));
  const stored = await requireMaterial(db, materialId);
  if (isWritten || differenceOf(stored, given) === undefined) return stored;
  if (isUnitChanged && (await isUnitFixed(db, materialId))) throw fieldError('unit', 'unit-in-use');
  throw new AppError('changed-meanwhile', { existing: stored, sent: changed });
}

/**
 * Keeps a photo of the label, which only the producer's people and officers see. Throws what storing a picture throws. The same picture
 * again changes nothing.
 */
export async function setLabelPicture(
  db: Db,
  actor: Actor,
  materialId: string,
  picture: { bytes: Buffer; name?: string },
  now: Date,
): Promise<Material> {
  const { producerId } = await ownMaterial(db, actor, materialId);
  const name = picture.name === undefined ? {} : { name: picture.name };
  const { id: fileId } = await storePicture(db, producerId, picture.bytes, now, { ...name, isPublic: false });
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { version, labelPictureFileId: before } = await requireMaterial(db, materialId);
    if (before === fileId) break;
    const kept = { before: { labelPictureFileId: before ?? null }, after: { labelPictureFileId: fileId } };
    const note = { actorId: actor.userId, what: 'material-label-picture', ...kept, at: now };
    const change = { recordId: materialId, seenVersion: version, set: { labelPictureFileId: fileId }, note };
    if (await changeRecord(db, materialModel(db), change)) break;
  }
  return requireMaterial(db, materialId);
}

/** What was changed, oldest first, with the shown names of those who did it by their ids; for those who may see the material. */
export async function materialHistory(
  db: Db,
  actor: Actor,
  materialId: string,
): Promise<{ notes: AuditNote[]; names: Map<string, string> }> {
  await materialFor(db, actor, materialId);
  const notes = await auditOf(db, materialId);
  return { notes, names: await userNames(db, [...new Set(notes.map(({ actorId }) => actorId))]) };
}
