// Sites as stored.
import mongoose from 'mongoose';
import type { Db } from '../db/connect.ts';
import { isDuplicateKey } from '../db/indexes.ts';
import type { Site, SiteGeometry } from './sites.types.ts';

type Stored = Omit<Site, 'id'> & { _id: string };

const must = { type: String, required: true } as const;

const geometrySchema = new mongoose.Schema<SiteGeometry>(
  { type: must, coordinates: { type: mongoose.Schema.Types.Mixed, required: true } },
  { _id: false, strict: 'throw' },
);
const siteSchema = new mongoose.Schema<Stored>(
  {
    _id: must,
    producerId: must,
    name: must,
    kind: must,
    geometry: { type: geometrySchema, required: true },
    areaSquareMetres: { type: Number, required: true },
    plantingAreaCode: { type: String, default: '' },
    communeCode: must,
    communeName: must,
    publicPrecision: must,
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { strict: 'throw', versionKey: false, autoIndex: false },
);
siteSchema.index({ producerId: 1, _id: -1 }, { name: 'sites_producer' });

export function siteModel(db: Db): mongoose.Model<Stored> {
  const known = db.models['Site'] as mongoose.Model<Stored> | undefined;
  return known ?? db.model<Stored>('Site', siteSchema, 'sites');
}

const toSite = ({ _id, ...rest }: Stored): Site => ({ id: _id, ...rest });

/** Inserts the site under its id; when the id is taken, returns the stored one. */
export async function insertSite(db: Db, site: Site): Promise<{ site: Site; inserted: boolean }> {
  const { id, ...rest } = site;
  try {
    await siteModel(db).create({ _id: id, ...rest });
    return { site, inserted: true };
  } catch (error) {
    const stored = isDuplicateKey(error) === undefined ? undefined : await findSite(db, id);
    if (stored === undefined) throw error;
    return { site: stored, inserted: false };
  }
}

export async function findSite(db: Db, siteId: string): Promise<Site | undefined> {
  const found = await siteModel(db).findById(siteId).lean<Stored>();
  return found === null ? undefined : toSite(found);
}

export async function findSitesByIds(db: Db, siteIds: readonly string[]): Promise<Site[]> {
  const found = await siteModel(db)
    .find({ _id: { $in: [...siteIds] } })
    .lean<Stored[]>();
  return found.map(toSite);
}

/** A producer's sites, newest first, below the id `after`. */
export async function findSites(
  db: Db,
  producerId: string,
  page: { limit: number; after?: string | undefined },
): Promise<Site[]> {
  const found = await siteModel(db)
    .find({ producerId, ...(page.after === undefined ? {} : { _id: { $lt: page.after } }) })
    .sort({ _id: -1 })
    .limit(page.limit)
    .lean<Stored[]>();
  return found.map(toSite);
}
