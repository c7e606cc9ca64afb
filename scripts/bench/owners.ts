// Owners to measure with: people of generated producers that may print, each signed in for real through a one-time link.
import { v7 as uuidv7 } from 'uuid';
import { createUser, makeSignInLink } from '../../src/accounts/accounts.service.ts';
import type { Db } from '../../src/db/connect.ts';
import { apiBase } from '../../src/paths.ts';
import { productModel } from '../../src/products/products.model.ts';
import type { Product } from '../../src/products/products.types.ts';
import { producerModel } from '../../src/producers/producers.model.ts';
import { siteModel } from '../../src/sites/sites.model.ts';
import { requireStatus } from './http.ts';
import type { Http } from './http.ts';

/** A product that may be printed, and the sites of one of its lots. */
export type Ground = {
  producerId: string;
  productId: string;
  netContent: NonNullable<Product['netContent']>;
  shelfLifeDays: number;
  siteIds: string[];
};

export type Owner = { userId: string; authorization: string; ground: Ground };

/** Grounds of approved producers with complete products, at most `count`. */
const findGrounds = async (db: Db, count: number): Promise<Ground[]> => {
  const producers = await producerModel(db)
    .find({ 'approvals.0': { $exists: true } }, { _id: 1 })
    .limit(count)
    .lean<{ _id: string }[]>();
  const grounds: Ground[] = [];
  for (const { _id: producerId } of producers) {
    const product = await productModel(db)
      .findOne({ producerId, 'pictures.0': { $exists: true } })
      .lean();
    const sites = await siteModel(db).find({ producerId }, { _id: 1 }).limit(2).lean<{ _id: string }[]>();
    if (product === null || sites.length === 0) continue;
    const { _id: productId, netContent, shelfLifeDays = 30 } = product;
    if (netContent === undefined) continue;
    grounds.push({ producerId, productId, netContent, shelfLifeDays, siteIds: sites.map(({ _id }) => _id) });
  }
  return grounds;
};

const signIn = async (db: Db, http: Http, ground: Ground): Promise<Owner> => {
  const id = uuidv7();
  const roles = [{ kind: 'producer' as const, producerId: ground.producerId }];
  await createUser(db, { id, name: 'Người đo (mẫu)', login: `${id}@mau.example`, roles }, new Date());
  const token = await makeSignInLink(db, id, 'demo', new Date(), 10);
  const answer = await http.send({ method: 'POST', path: `${apiBase}/sign-in/link`, json: { token } });
  const session = JSON.parse(requireStatus(answer, 200, 'sign-in').body.toString('utf8')) as { accessToken: string };
  return { userId: id, authorization: `Bearer ${session.accessToken}`, ground };
};

/** One signed-in owner for each client; clients share producers where there are fewer. */
export async function signInOwners(db: Db, http: Http, clients: number): Promise<Owner[]> {
  const grounds = await findGrounds(db, clients);
  if (grounds.length === 0) throw new Error('no generated producer may print: raise --batches');
  const owners: Owner[] = [];
  for (let client = 0; client < clients; client += 1) {
    const ground = grounds[client % grounds.length];
    if (ground !== undefined) owners.push(await signIn(db, http, ground));
  }
  return owners;
}
