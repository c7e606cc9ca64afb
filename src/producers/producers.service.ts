// What people do with producers: register one, decide on it, read it.
import { v7 as uuidv7 } from 'uuid';
import type { Actor, Scope } from '../actor.ts';
import { communeCodesOf, isMinistry, producerIdsOf, provinceCodesOf } from '../actor.ts';
import type { ProducerItem } from '../consents.types.ts';
import type { Db } from '../db/connect.ts';
import { cutPage } from '../db/listing.ts';
import { AppError } from '../errors.ts';
import { fold } from '../fold.ts';
import { may, mayAnywhere, requireMay, requirePower } from '../powers.ts';
import { provinces } from '../units/provinces.types.ts';
import { unitByCode } from '../units/units.service.ts';
import { producerPage } from './producers.input.ts';
import type { GivenFacts, NewApproval, NewProducer, ProducerPage } from './producers.input.ts';
import {
  findCommunes,
  findIdsInCommunes,
  findIdsInProvinces,
  findProducer,
  findProducers,
  findProducersByIds,
  findVersion,
  hasProducers,
  insertProducer,
  producerModel,
  pushApproval,
} from './producers.model.ts';
import * as rules from './producers.rules.ts';
import type { ApprovalState, Producer } from './producers.types.ts';

/**
 * Registers a producer of the officer's own province. `origin.sample` marks a made-up one; no input can set it. The same id with the same
 * content gives the stored producer, with other content 'id-with-other-content'.
 */
export async function createProducer(
  db: Db,
  actor: Actor,
  newProducer: NewProducer,
  now: Date,
  origin: { sample: boolean } = { sample: false },
): Promise<Producer> {
  rules.requireRegistrar(actor, newProducer.address);
  const { id, consents, ...given } = newProducer;
  const made: Producer = {
    id,
    ...rules.settleFacts(await withKnownCommune(db, given)),
    consents: rules.consentsAtStart(consents, { newId: uuidv7, byUserId: actor.userId, now }),
    sample: origin.sample,
    claim: 'claimed',
    importKey: undefined,
    source: '',
    claimId: undefined,
    approvals: [],
    askedAgainAt: undefined,
    version: 1,
    createdAt: now,
  };
  const { producer, inserted } = await insertProducer(db, made);
  if (inserted || rules.isSameProducer(producer, made)) return producer;
  const isInSight = may(actor, 'see-records', rules.scopeOf(producer));
  throw new AppError('id-with-other-content', isInSight ? { existing: producer, sent: newProducer } : {});
}

/**
 * Approves or refuses; only an officer of the producer's province. A decision that changes nothing is 'already-decided'. Throws
 * 'producer-unclaimed', 'producer-incomplete', 'changed-meanwhile' and 'registration-taken' (another one is approved under its number) too.
 */
export async function decideApproval(
  db: Db,
  actor: Actor,
  producerId: string,
  newApproval: NewApproval,
  now: Date,
): Promise<Producer> {
  const producer = await requireProducer(db, producerId);
  requireMay(actor, 'approve-producer', rules.scopeOf(producer), 'producer-not-found');
  if (rules.earlierApproval(producer, newApproval) !== undefined) return producer;
  rules.requireDecidable(producer, newApproval);
  const { version, ...decision } = newApproval;
  const approval = { ...decision, byUserId: actor.userId, at: now };
  const pushed = await pushApproval(db, producer, approval, { count: producer.approvals.length, version });
  if (pushed === 'number-taken') throw new AppError('registration-taken');
  const decided = await requireProducer(db, producerId);
  if (pushed === 'appended' || rules.earlierApproval(decided, newApproval) !== undefined) return decided;
  const theirs = decided.approvals.at(-1);
  if (decided.approvals.length === producer.approvals.length)
    throw new AppError('changed-meanwhile', { existing: decided, sent: newApproval });
  throw new AppError('already-decided', { outcome: theirs?.outcome, reason: theirs?.reason });
}

/** What was given, its commune checked against the register of units and named as there. Throws 'fields-wrong'. */
export async function withKnownCommune<G extends GivenFacts>(db: Db, given: G): Promise<G> {
  return { ...given, address: rules.settleCommune(given.address, await unitByCode(db, given.address.communeCode)) };
}

/** Unscoped: for other services and public pages. Throws 'producer-not-found'. */
export async function requireProducer(db: Db, producerId: string): Promise<Producer> {
  const producer = await findProducer(db, producerId);
  if (producer === undefined) throw new AppError('producer-not-found');
  return producer;
}

/** The producer, for its own people and the officers of its province; 'producer-not-found' for anyone else. */
export async function producerFor(db: Db, actor: Actor, producerId: string): Promise<Producer> {
  const producer = await requireProducer(db, producerId);
  requireMay(actor, 'see-records', rules.scopeOf(producer), 'producer-not-found');
  return producer;
}

/** The producer, for who keeps its diary; 'not-allowed' for officers in whose scope it is, 'producer-not-found' for anyone else. */
export async function diaryProducer(db: Db, actor: Actor, producerId: string): Promise<Producer> {
  const producer = await requireProducer(db, producerId);
  requireMay(actor, 'work-in-app', rules.scopeOf(producer), 'producer-not-found');
  return producer;
}

/** The producer, for who acts for it; 'not-allowed' for officers of its province, 'producer-not-found' for anyone else. */
export async function ownProducer(db: Db, actor: Actor, producerId: string): Promise<Producer> {
  const producer = await requireProducer(db, producerId);
  requireMay(actor, 'change-producer', rules.scopeOf(producer), 'producer-not-found');
  return producer;
}

/** The person's own organisations, in the order of the roles, and the one that a digital team's person has chosen to record for. */
export async function producersOf(db: Db, actor: Actor): Promise<Producer[]> {
  const ids = producerIdsOf(actor);
  const chosen = actor.actingFor === undefined ? undefined : await findProducer(db, actor.actingFor);
  if (chosen !== undefined && may(actor, 'work-in-app', rules.scopeOf(chosen))) ids.unshift(chosen.id);
  const found = new Map((await findProducersByIds(db, ids)).map((producer) => [producer.id, producer]));
  return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
}

/**
 * The organisation in whose name a person works: the one that a form names, else the first of the own ones. Throws 'not-allowed' for a person
 * without an organisation and 'producer-not-found' for the name of another's.
 */
export async function workingProducer(db: Db, actor: Actor, named?: string): Promise<Producer> {
  const own = await producersOf(db, actor);
  const chosen = named === undefined ? own[0] : own.find(({ id }) => id === named);
  if (chosen !== undefined) return chosen;
  // A form of a digital team still says for whom it is when the choice was forgotten meanwhile.
  if (named !== undefined && mayAnywhere(actor, 'record-for-others')) return diaryProducer(db, actor, named);
  throw new AppError(own.length === 0 ? 'not-allowed' : 'producer-not-found');
}

/** Where a person sees records: producers by their ids, and whole provinces. Of a commune the producers are looked up. */
export async function sightOf(db: Db, actor: Actor): Promise<{ producerIds: string[]; provinceCodes: string[] }> {
  const communes = communeCodesOf(actor);
  const inCommunes = communes.length === 0 ? [] : await findIdsInCommunes(db, communes);
  return {
    producerIds: [...new Set([...producerIdsOf(actor), ...inCommunes])],
    provinceCodes: isMinistry(actor) ? provinces.map(({ code }) => code) : provinceCodesOf(actor),
  };
}

/** The place of a record that knows producer and province, with the commune of its producer where a role of the asker hangs on that. */
export async function placeOf(
  db: Db,
  actor: Actor,
  record: Pick<Scope, 'producerId' | 'provinceCode'>,
): Promise<Scope> {
  const { producerId, provinceCode } = record;
  if (communeCodesOf(actor).length === 0) return { producerId, provinceCode };
  const producer = await findProducer(db, producerId);
  return { producerId, provinceCode, communeCode: producer?.address.communeCode ?? '' };
}

/** Ids of every producer that the person may see: the own ones, and for officers those of their provinces. */
export async function producerIdsInSight(db: Db, actor: Actor): Promise<string[]> {
  const { producerIds, provinceCodes } = await sightOf(db, actor);
  return [...new Set([...producerIds, ...(await findIdsInProvinces(db, provinceCodes))])];
}

/** Unscoped: these producers by their ids. */
export async function producersByIds(db: Db, producerIds: readonly string[]): Promise<Map<string, Producer>> {
  return new Map((await findProducersByIds(db, producerIds)).map((producer) => [producer.id, producer]));
}

/** One page of the producers that the person may see, searched, filtered and sorted. */
export async function listProducers(
  db: Db,
  actor: Actor,
  page: ProducerPage,
): Promise<{ items: Producer[]; next: string | null }> {
  const within = await sightOf(db, actor);
  const found = await findProducers(db, within, page);
  return cutPage(found, page, ({ legalName }) => fold(legalName));
}

/** Producers that a digital team's person may record for, by name. Throws 'not-allowed' for anybody else. */
export async function producersToActFor(
  db: Db,
  actor: Actor,
  asked: { q: string; after: string },
): Promise<{ items: Producer[]; next: string | null }> {
  requirePower(actor, 'record-for-others');
  const given = Object.fromEntries(Object.entries({ ...asked, sort: 'name' }).filter(([, value]) => value !== ''));
  const page = producerPage.safeParse(given);
  return listProducers(db, actor, page.data ?? producerPage.parse({}));
}

/** The communes of the officer's provinces that have producers, by name. */
export async function communesOfProducers(db: Db, actor: Actor): Promise<{ code: string; name: string }[]> {
  const { provinceCodes } = await sightOf(db, actor);
  const found = await findCommunes(db, provinceCodes);
  const { compare } = new Intl.Collator('vi');
  return found.sort((one, other) => compare(one.name, other.name));
}

/** The latest decision stands. */
export function approvalOf(producer: Producer): ApprovalState {
  return rules.approvalState(producer);
}

export function scopeOf(producer: Producer): Scope {
  return rules.scopeOf(producer);
}

/** The name that anybody may read, or '' where a household did not agree. */
export function publicProducerName(producer: Producer): string {
  return rules.publicProducerName(producer);
}

/** The telephone number that anybody may read, or ''. */
export function publicProducerPhone(producer: Producer): string {
  return rules.publicProducerPhone(producer);
}

/** The producer as anybody may read it: what its people did not agree to is left out. */
export function publicProducer(producer: Producer): Producer {
  return rules.publicProducer(producer);
}

/** Whether what the item names may be shown. */
export function mayShowOf(producer: Producer, item: ProducerItem): boolean {
  return rules.mayShowOf(producer, item);
}

/** Makes the collection known to the connection, so that its indexes are made at start. */
export function prepareProducers(db: Db): void {
  producerModel(db);
}

/** True while nobody has registered any producer: only then may sample data be loaded. */
export async function isStoreWithoutProducers(db: Db): Promise<boolean> {
  return !(await hasProducers(db));
}

/** Unscoped: raises with the name, the consents and the approvals. */
export async function producerVersion(db: Db, producerId: string): Promise<number | undefined> {
  return findVersion(db, producerId);
}

export { addMissingNumbers as finishProducerNumbers } from './producers.model.ts';
