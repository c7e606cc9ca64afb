// Sites as stored: changed with a note in the history.
import mongoose from 'mongoose';
import { keepChangeNotes } from '../audit/changes.ts';
import type { WithUnnoted } from '../audit/changes.ts';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import { listing } from '../db/listing.ts';
import type { ListPage } from '../db/listing.ts';
import { fold, searchWords } from '../fold.ts';
import type { Site, SiteGeometry, SiteKind, SiteState } from './sites.types.ts';

/** A site as a document. */
export type StoredSite = Omit<Site, 'id'> & {
  _id: string;
  foldedName: string;
  searchWords: string[];
  /** What it was made from, to tell a repeated request from another one. */
  content?: string;
} & WithUnnoted;

const must = { type: String, required: true } as const;

const geometrySchema = new mongoose.Schema<SiteGeometry>(
  { type: must, coordinates: { type: mongoose.Schema.Types.Mixed, required: true } },
  { _id: false, strict: 'throw' },
);
const siteSchema = new mongoose.Schema<StoredSite>(
  {
    _id: must,
    producerId: must,
    name: must,
    foldedName: must,
    searchWords: { type: [String], required: true },
    kind: must,
    geometry: { type: geometrySchema, required: true },
    areaSquareMetres: { type: Number, required: true },
    plantingAreaCode: { type: String, default: '' },
    communeCode: must,
    communeName: must,
    publicPrecision: must,
    closedOn: String,
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    content: String,
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
siteSchema.index({ producerId: 1, _id: -1 }, { name: 'sites_producer' });
siteSchema.index({ producerId: 1, foldedName: 1, _id: 1 }, { name: 'sites_producer_name' });
siteSchema.index({ producerId: 1, searchWords: 1 }, { name: 'sites_producer_words' });
keepChangeNotes(siteSchema as never, 'sites');

export function siteModel(db: Db): mongoose.Model<StoredSite> {
  const known = db.models['Site'] as mongoose.Model<StoredSite> | undefined;
  return known ?? db.model<StoredSite>('Site', siteSchema, 'sites');
}

const toSite = ({ _id, foldedName: _f, searchWords: _s, content: _c, unnoted: _u, ...rest }: StoredSite): Site => ({
  ...rest,
  id: _id,
  closedOn: rest.closedOn,
});

type Named = Pick<Site, 'name' | 'communeName' | 'plantingAreaCode'>;

/** By what a list sorts and finds the site. */
export function listWords({ name, communeName, plantingAreaCode }: Named) {
  return { foldedName: fold(name), searchWords: searchWords(name, communeName, plantingAreaCode) };
}

/** The document of a site. `content` is what it was made from. */
export function siteDocument({ id, ...rest }: Site, content: string): StoredSite {
  return { _id: id, ...rest, ...listWords(rest), content };
}

/** Inserts the site under its id; when the id is taken, returns the stored one and what that was made from. */
export async function insertSite(
  db: Db,
  site: Site,
  content: string,
): Promise<{ site: Site; content: string | undefined; inserted: boolean }> {
  try {
    await siteModel(db).create(siteDocument(site, content));
    return { site, content, inserted: true };
  } catch (error) {
    if (isDuplicateKey(error) === undefined) throw error;
    const stored = await siteModel(db).findById(site.id).lean<StoredSite>();
    if (stored === null) throw error;
    return { site: toSite(stored), content: stored.content, inserted: false };
  }
}

export async function findSite(db: Db, siteId: string): Promise<Site | undefined> {
  const found = await siteModel(db).findById(siteId).lean<StoredSite>();
  return found === null ? undefined : toSite(found);
}

export async function findSitesByIds(db: Db, siteIds: readonly string[]): Promise<Site[]> {
  const found = await siteModel(db)
    .find({ _id: { $in: [...siteIds] } })
    .lean<StoredSite[]>();
  return found.map(toSite);
}

/** Ids and versions of sites. */
export async function findSiteVersions(db: Db, siteIds: readonly string[]): Promise<{ id: string; version: number }[]> {
  if (siteIds.length === 0) return [];
  const found = await siteModel(db)
    .find({ _id: { $in: [...siteIds] } }, { version: 1 })
    .sort({ _id: 1 })
    .lean<{ _id: string; version: number }[]>();
  return found.map(({ _id, version }) => ({ id: _id, version }));
}

export type SiteFilter = {
  kind?: SiteKind | undefined;
  commune?: string | undefined;
  state?: SiteState | undefined;
};

/** A page of a producer's sites, and one more if there is one. */
export async function findSites(db: Db, producerId: string, page: ListPage & SiteFilter): Promise<Site[]> {
  const { conditions, order, limit } = listing('foldedName', page);
  const { kind, commune, state } = page;
  const filters = [
    ...(kind === undefined ? [] : [{ kind }]),
    ...(commune === undefined ? [] : [{ communeCode: commune }]),
    ...(state === undefined ? [] : [{ closedOn: { $exists: state === 'closed' } }]),
  ];
  const found = await siteModel(db)
    .find({ $and: [{ producerId }, ...filters, ...conditions] } as never)
    .sort(order)
    .limit(limit)
    .lean<StoredSite[]>();
  return found.map(toSite);
}

/** The communes of a producer's sites, each code with its latest name. */
export async function findSiteCommunes(db: Db, producerId: string): Promise<{ code: string; name: string }[]> {
  const found = await siteModel(db)
    .find({ producerId }, { communeCode: 1, communeName: 1 })
    .sort({ _id: 1 })
    .limit(2000)
    .lean<Pick<StoredSite, 'communeCode' | 'communeName'>[]>();
  const names = new Map(found.map(({ communeCode, communeName }) => [communeCode, communeName]));
  return [...names].map(([code, name]) => ({ code, name }));
}
