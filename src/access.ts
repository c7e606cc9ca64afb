// The gate before the routes: whoever may do a deed nowhere is refused before anything is read, with the answer that the tables give. Whoever
// may do it somewhere goes on to the service, which asks again for the very record.
import type { RequestHandler } from 'express';
import type { Actor, Scope } from './actor.ts';
import type { Db } from './db/connect.ts';
import { AppError } from './errors.ts';
import type { ErrorCode } from './errors.ts';
import { actorOf, requireActor } from './http/pages.ts';
import { requireSignedIn } from './http/sign-in.ts';
import { may, mayAnywhere, powers } from './powers.ts';
import type { Deed } from './powers.ts';
import { requireRecentProof } from './proof.ts';
import { asksPassword, operationRules, pageRules } from './route-rules.ts';
import type { RouteRule } from './route-rules.ts';

type Params = Readonly<Record<string, string>>;

/** Where the record lies that a part of an address names. */
const collections: Readonly<Record<string, string>> = {
  product: 'products',
  site: 'sites',
  certificate: 'certificates',
  material: 'materials',
  batch: 'batches',
  step: 'steps',
  recall: 'recalls',
  run: 'labelRuns',
  report: 'reports',
  member: 'members',
};

/** Deeds of the system: they have no place, so that nobody else learns whether a record is there. */
const withoutPlace: readonly Deed[] = ['keep-accounts', 'import-lists'];

const deedsOf = (rule: RouteRule): readonly Deed[] =>
  typeof rule !== 'string' ? rule : rule in powers ? [rule as Deed] : [];

const readField = async <T>(db: Db, collection: string, id: string, field: string): Promise<T | undefined> => {
  const found = await db.collection(collection).findOne({ _id: id as never }, { projection: { [field]: 1 } });
  return (found?.[field] ?? undefined) as T | undefined;
};

/** The place of the record that the address names first; undefined when it is not there, or names none. */
const placeIn = async (db: Db, params: Params): Promise<Scope | undefined> => {
  const name = Object.keys(params).find((one) => one === 'producer' || collections[one] !== undefined) ?? '';
  const id = params[name] ?? '';
  const producerId = name === 'producer' ? id : await readField<string>(db, collections[name] ?? '', id, 'producerId');
  if (producerId === undefined) return undefined;
  const address = await readField<{ provinceCode: string; communeCode: string }>(
    db,
    'producers',
    producerId,
    'address',
  );
  return address === undefined
    ? undefined
    : { producerId, provinceCode: address.provinceCode, communeCode: address.communeCode };
};

/** Whether the address names a record of a producer. */
export function namesRecord(names: readonly string[]): boolean {
  return names.some((name) => name === 'producer' || collections[name] !== undefined);
}

/** One's own account is asked for by its routes: a half-finished sign-in counts there. Throws 'not-signed-in', 'not-allowed', or `notFound` for who may not even see the record. */
async function requireEntry(
  db: Db,
  actor: Actor | undefined,
  rule: RouteRule,
  params: Params,
  notFound: ErrorCode,
): Promise<void> {
  if (rule === 'public' || rule === 'own-account') return;
  if (actor === undefined) throw new AppError('not-signed-in');
  const deeds = deedsOf(rule);
  if (deeds.length === 0 || deeds.some((deed) => mayAnywhere(actor, deed))) return;
  if (!namesRecord(Object.keys(params)) || deeds.some((deed) => withoutPlace.includes(deed)))
    throw new AppError('not-allowed');
  const place = await placeIn(db, params);
  throw new AppError(place !== undefined && may(actor, 'see-records', place) ? 'not-allowed' : notFound);
}

/** The gate of the API, asked by every operation once its address is read. */
export function operationGate(db: Db) {
  return (operationId: string, actor: Actor | undefined, params: Params, notFound: ErrorCode): Promise<void> =>
    requireEntry(db, actor, operationRules[operationId] ?? 'public', params, notFound);
}

type Pattern = { method: string; form: RegExp; names: string[]; rule: RouteRule };

// As Express reads a path: capitals and a last slash make no difference, a parameter ends at a slash.
const patternOf = ([name, rule]: [string, RouteRule]): Pattern => {
  const [method = '', path = ''] = name.split(' ');
  const names = [...path.matchAll(/:(\w+)/g)].map(([, one = '']) => one);
  const form = path.replace(/[.]/g, '\\.').replace(/:\w+/g, '([^/]+)');
  return { method, form: new RegExp(`^${form}/?$`, 'i'), names, rule };
};

/** The gate of the pages for signed-in people. Fixed paths go before those with parameters, as they are registered. */
export function pageGate(db: Db): RequestHandler {
  const ofPeople = Object.entries(pageRules).filter(([name, rule]) => rule !== 'public' && name.includes(' /'));
  const patterns = ofPeople.map(patternOf).sort((one, other) => one.names.length - other.names.length);
  return async (req, res, next) => {
    const method = req.method === 'HEAD' ? 'GET' : req.method;
    const found = patterns.find((pattern) => pattern.method === method && pattern.form.test(req.path));
    if (found !== undefined) {
      const values = found.form.exec(req.path)?.slice(1) ?? [];
      const params = Object.fromEntries(found.names.map((name, place) => [name, values[place] ?? '']));
      // An official with a password alone is led to the second factor, and not back to the sign-in.
      const actor = found.rule === 'own-account' ? actorOf(res) : requireActor(res);
      await requireEntry(db, actor, found.rule, params, 'page-not-found');
    }
    next();
  };
}

/** Asks for the password of the last 12 hours before an organisation's decisions. Behind the reading of bodies: what was sent is carried along. */
export function passwordGate(clock: () => Date): RequestHandler {
  const patterns = [...asksPassword].map((name) => patternOf([name, 'public']));
  return (req, res, next) => {
    const asks = patterns.some(({ method, form }) => method === req.method && form.test(req.path));
    if (asks) requireRecentProof(requireSignedIn(res), clock());
    next();
  };
}
