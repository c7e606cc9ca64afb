// What people do with sites: mark one, change it, close it, read them; and what other services ask of them.
import { userNames } from '../accounts/accounts.service.ts';
import type { Actor } from '../actor.ts';
import { auditOf } from '../audit/audit.ts';
import type { AuditNote } from '../audit/audit.ts';
import { changedFields, changeRecord } from '../audit/changes.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { cutPage } from '../db/listing.ts';
import { AppError } from '../errors.ts';
import { fold } from '../fold.ts';
import { producerFor, requireProducer, scopeOf } from '../producers/producers.service.ts';
import type { Producer } from '../producers/producers.types.ts';
import { unitByCode } from '../units/units.service.ts';
import type { ChangedSite, NewSite, SitePage } from './sites.input.ts';
import {
  findSite,
  findSiteCommunes,
  findSites,
  findSitesByIds,
  findSiteVersions,
  insertSite,
  listWords,
  siteModel,
} from './sites.model.ts';
import * as rules from './sites.rules.ts';
import type { Site } from './sites.types.ts';
import { may, requireMay } from '../powers.ts';

const mostSites = 500;

/**
 * Marks a site of one's own producer. Throws 'fields-wrong' at `geometry` for a place that cannot be meant and at `communeName` for a name of
 * another code; the same id with the same content gives the stored site as it is by now, with other content 'id-with-other-content'.
 */
export async function createSite(db: Db, actor: Actor, producerId: string, newSite: NewSite, now: Date): Promise<Site> {
  const producer = await requireProducer(db, producerId);
  requireMay(actor, 'keep-sites', scopeOf(producer), 'producer-not-found');
  const known = rules.settleCommune(newSite, await unitByCode(db, newSite.communeCode));
  const made = rules.makeSite(known, producerId, now);
  const content = rules.contentOf(made);
  const stored = await insertSite(db, made, content);
  const isOwn = stored.site.producerId === producerId;
  if (isOwn && (stored.content ?? rules.contentOf(stored.site)) === content) return stored.site;
  throw new AppError('id-with-other-content', isOwn ? { existing: stored.site, sent: newSite } : {});
}

/** All sites of a producer that the asker may see, newest first, at most 500; closed ones among them. */
export async function listSites(db: Db, actor: Actor, producerId: string): Promise<Site[]> {
  await producerFor(db, actor, producerId);
  return (await findSites(db, producerId, { limit: mostSites })).slice(0, mostSites);
}

/** Unscoped: the sites of a producer that are in use, newest first, at most 500. New batches choose among these. */
export async function openSites(db: Db, producerId: string): Promise<Site[]> {
  return (await findSites(db, producerId, { limit: mostSites, state: 'open' })).slice(0, mostSites);
}

/** One page of a producer's sites, searched, filtered and sorted, for those who may see the producer. */
export async function pageSites(
  db: Db,
  actor: Actor,
  producerId: string,
  page: SitePage,
): Promise<{ items: Site[]; next: string | null }> {
  await producerFor(db, actor, producerId);
  return cutPage(await findSites(db, producerId, page), page, ({ name }) => fold(name));
}

/** Every site of a producer, page by page, oldest first; the scope is asked at the first. */
export async function* everySite(db: Db, actor: Actor, producerId: string): AsyncGenerator<Site[]> {
  let after: string | undefined;
  do {
    const page = { limit: 100, sort: 'oldest' as const, ...(after === undefined ? {} : { after }) };
    const { items, next } = await pageSites(db, actor, producerId, page);
    yield items;
    after = next ?? undefined;
  } while (after !== undefined);
}

/** The communes that a producer's sites name, in the order of their names. */
export async function communesOfSites(db: Db, producerId: string): Promise<{ code: string; name: string }[]> {
  const { compare } = new Intl.Collator('vi');
  return (await findSiteCommunes(db, producerId)).sort((one, other) => compare(one.name, other.name));
}

/** The site and whose it is, for its producer's people and the officers of the province; 'site-not-found' for anyone else. */
export async function siteAndProducer(
  db: Db,
  actor: Actor,
  siteId: string,
): Promise<{ site: Site; producer: Producer }> {
  const site = await findSite(db, siteId);
  if (site === undefined) throw new AppError('site-not-found');
  const producer = await requireProducer(db, site.producerId);
  requireMay(actor, 'see-records', scopeOf(producer), 'site-not-found');
  return { site, producer };
}

/** The site alone, under the same rule. */
export async function siteFor(db: Db, actor: Actor, siteId: string): Promise<Site> {
  return (await siteAndProducer(db, actor, siteId)).site;
}

/** The site as who keeps the diary there sees it, and whether they may change it; 'not-allowed' for officers in whose scope it is. */
export async function diarySite(
  db: Db,
  actor: Actor,
  siteId: string,
): Promise<{ site: Site; producer: Producer; mayChange: boolean }> {
  const found = await siteAndProducer(db, actor, siteId);
  const scope = scopeOf(found.producer);
  requireMay(actor, 'work-in-app', scope, 'site-not-found');
  return { ...found, mayChange: may(actor, 'keep-sites', scope) };
}

/** The site and whose it is, for its producer's own people; 'not-allowed' for officers of the province. */
export async function ownSite(db: Db, actor: Actor, siteId: string): Promise<{ site: Site; producer: Producer }> {
  const found = await siteAndProducer(db, actor, siteId);
  requireMay(actor, 'keep-sites', scopeOf(found.producer), 'site-not-found');
  return found;
}

/** Unscoped: these sites in the order of the ids; ids that are not there are left out. */
export async function sitesByIds(db: Db, siteIds: readonly string[]): Promise<Site[]> {
  const found = new Map((await findSitesByIds(db, siteIds)).map((site) => [site.id, site]));
  return siteIds.flatMap((id) => found.get(id) ?? []);
}

type Facts = ReturnType<typeof rules.factsOf>;

const write = (db: Db, actor: Actor, site: Site, to: Facts, note: ChangeOf, now: Date): Promise<boolean> => {
  const { closedOn, ...rest } = to;
  return changeRecord(db, siteModel(db), {
    recordId: site.id,
    seenVersion: site.version,
    set: { ...rest, ...listWords(rest), ...(closedOn === undefined ? {} : { closedOn }) },
    unset: closedOn === undefined ? ['closedOn'] : [],
    note: { actorId: actor.userId, what: 'site-changed', ...note, at: now },
  });
};

type ChangeOf = { before: Record<string, unknown>; after: Record<string, unknown> };

// A commune that stays is taken as it is, so that nothing else of an old record waits for it.
const withKnownCommune = async (db: Db, site: Site, given: ChangedSite): Promise<ChangedSite> =>
  given.communeCode === site.communeCode && given.communeName === site.communeName
    ? given
    : rules.settleCommune(given, await unitByCode(db, given.communeCode));

/**
 * Makes the site what was sent; `closedOn` closes it, without that it is in use. Nothing differs: the stored one, unchanged. Somebody else was
 * quicker: 'changed-meanwhile' with `existing` and `sent`. Throws 'fields-wrong' as a new one would, and for a closing ahead of time.
 */
export async function changeSite(db: Db, actor: Actor, siteId: string, changed: ChangedSite, now: Date): Promise<Site> {
  const { site, producer } = await ownSite(db, actor, siteId);
  const to = rules.settleFacts(await withKnownCommune(db, site, changed), dayOf(now));
  const hidden = rules.hiddenFacts(producer.kind === 'household');
  const note = changedFields(rules.factsOf(site), to, rules.factNames, hidden);
  if (note === undefined) return site;
  const isWritten = changed.version === site.version && (await write(db, actor, site, to, note, now));
  const { site: stored } = await ownSite(db, actor, siteId);
  if (isWritten || changedFields(rules.factsOf(stored), to, rules.factNames) === undefined) return stored;
  throw new AppError('changed-meanwhile', { existing: stored, sent: changed });
}

/** What was changed, oldest first, with the shown names of those who did it by their ids; for those who may see the site. */
export async function siteHistory(
  db: Db,
  actor: Actor,
  siteId: string,
): Promise<{ notes: AuditNote[]; names: Map<string, string> }> {
  await siteFor(db, actor, siteId);
  const notes = await auditOf(db, siteId);
  return { notes, names: await userNames(db, [...new Set(notes.map(({ actorId }) => actorId))]) };
}

/** Makes the collection known to the connection, so that its indexes are made at start. */
export function prepareSites(db: Db): void {
  siteModel(db);
}

/** Unscoped: versions of sites. */
export async function siteVersions(db: Db, siteIds: readonly string[]): Promise<{ id: string; version: number }[]> {
  return findSiteVersions(db, siteIds);
}
