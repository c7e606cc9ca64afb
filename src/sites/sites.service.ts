// What people do with sites: mark one, read them.
import type { Actor } from '../actor.ts';
import { requireOwner, requireSight } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { producerFor, requireProducer, scopeOf } from '../producers/producers.service.ts';
import { siteGeometry } from './sites.input.ts';
import type { NewSite, SitePage } from './sites.input.ts';
import { findSite, findSites, findSitesByIds, insertSite, siteModel } from './sites.model.ts';
import { isSameSite, isSwapped, makeSite } from './sites.rules.ts';
import type { Site } from './sites.types.ts';

const mostSites = 500;

/**
 * Marks a site of one's own producer. Throws 'fields-wrong' at `geometry` for a place that cannot be meant; the same id with the same content
 * gives the stored site, with other content 'id-with-other-content'.
 */
export async function createSite(db: Db, actor: Actor, producerId: string, newSite: NewSite, now: Date): Promise<Site> {
  const producer = await requireProducer(db, producerId);
  requireOwner(actor, scopeOf(producer), 'producer-not-found');
  const made = makeSite(newSite, producerId, now);
  const { site, inserted } = await insertSite(db, made);
  if (inserted || isSameSite(site, made)) return site;
  throw new AppError('id-with-other-content', site.producerId === producerId ? { existing: site, sent: newSite } : {});
}

/** All sites of a producer that the asker may see, newest first, at most 500. */
export async function listSites(db: Db, actor: Actor, producerId: string): Promise<Site[]> {
  await producerFor(db, actor, producerId);
  return findSites(db, producerId, { limit: mostSites });
}

/** The same, page by page. */
export async function pageSites(
  db: Db,
  actor: Actor,
  producerId: string,
  page: SitePage,
): Promise<{ items: Site[]; next: string | null }> {
  await producerFor(db, actor, producerId);
  const found = await findSites(db, producerId, { ...page, limit: page.limit + 1 });
  const items = found.slice(0, page.limit);
  return { items, next: found.length > page.limit ? (items.at(-1)?.id ?? null) : null };
}

/** The site, for its producer's people and the officers of the province; 'site-not-found' for anyone else. */
export async function siteFor(db: Db, actor: Actor, siteId: string): Promise<Site> {
  const site = await findSite(db, siteId);
  if (site === undefined) throw new AppError('site-not-found');
  requireSight(actor, scopeOf(await requireProducer(db, site.producerId)), 'site-not-found');
  return site;
}

/** Unscoped: these sites in the order of the ids; ids that are not there are left out. */
export async function sitesByIds(db: Db, siteIds: readonly string[]): Promise<Site[]> {
  const found = new Map((await findSitesByIds(db, siteIds)).map((site) => [site.id, site]));
  return siteIds.flatMap((id) => found.get(id) ?? []);
}

/** Whether a place reads as latitude and longitude exchanged, so that a form can offer to turn it round. */
export function mayBeSwapped(place: unknown): boolean {
  const read = siteGeometry.safeParse(place);
  return read.success && isSwapped(read.data);
}

/** Makes the collection known to the connection, so that its indexes are made at start. */
export function prepareSites(db: Db): void {
  siteModel(db);
}
