// An official who lost phone and recovery codes: a request, and two other officials who say that it is really theirs.
import type { Actor, Role } from '../actor.ts';
import {
  ableOfficials,
  countRenewal,
  peopleById,
  personById,
  personByLogin,
  takeFactorAway,
} from '../accounts/renewing.service.ts';
import type { User } from '../accounts/accounts.types.ts';
import { noteAudit } from '../audit/audit.ts';
import type { Db } from '../db/connect.ts';
import { AppError, fieldError } from '../errors.ts';
import { requirePower } from '../powers.ts';
import { unitByCode } from '../units/units.service.ts';
import type { ColleagueRenewal } from './renewals.input.ts';
import {
  confirmationModel,
  findConfirmations,
  findCurrent,
  findRenewal,
  insertConfirmation,
  insertRenewal,
  renewalModel,
} from './renewals.model.ts';
import { decidingRoles, mayConfirm, renewalHours, renewalLimit, stateOf } from './renewals.rules.ts';
import type { ProvinceOf } from './renewals.rules.ts';
import type { Confirmation, Renewal, RenewalFacts } from './renewals.types.ts';

/** Lets the start make the indexes. */
export function prepareRenewals(db: Db): void {
  renewalModel(db);
  confirmationModel(db);
}

// What the rule needs to judge one colleague: the provinces of their communes, and who else could confirm.
type Setting = { provinceOf: ProvinceOf; able: User[] };

const settingOf = async (db: Db, person: User): Promise<Setting> => {
  const own = decidingRoles(person.roles);
  const provinces = new Map<string, string>();
  for (const role of own) {
    if (role.kind !== 'commune-officer') continue;
    const unit = await unitByCode(db, role.communeCode);
    if (unit !== undefined && unit.parentCode !== '') provinces.set(role.communeCode, unit.parentCode);
  }
  const above = [...provinces.values()].map((provinceCode): Role => ({ kind: 'province-officer', provinceCode }));
  const able = await ableOfficials(db, [...own, ...above, { kind: 'ministry-officer' }]);
  return { provinceOf: (code) => provinces.get(code), able };
};

const may = ({ userId, roles }: Actor, person: User, { able, provinceOf }: Setting): boolean =>
  mayConfirm({ id: userId, roles }, person, able, provinceOf);

const newRenewal = (id: string, userId: string, askedById: string, now: Date): Renewal => ({
  id,
  userId,
  askedById,
  at: now,
  expiresAt: new Date(now.getTime() + renewalHours * 3_600_000),
});

const store = async (db: Db, sessionKey: Buffer, person: User, renewal: Renewal): Promise<Renewal> => {
  if (person.hasSecondFactor !== true || decidingRoles(person.roles).length === 0)
    throw new AppError('nothing-to-renew');
  const before = await findRenewal(db, renewal.id);
  if (before === undefined) await countRenewal(db, sessionKey, person.id, renewalLimit, renewal.at);
  if (before === undefined && (await insertRenewal(db, renewal))) {
    const note = { actorId: renewal.askedById, what: 'second-factor-renewal-asked', recordId: person.id };
    await noteAudit(db, { id: `${renewal.id}:asked`, ...note, at: renewal.at });
    return renewal;
  }
  const stored = before ?? (await findRenewal(db, renewal.id));
  if (stored?.userId !== person.id || stored.askedById !== renewal.askedById)
    throw new AppError('id-with-other-content');
  return stored;
};

/** An official who has shown the password alone asks for themselves. Throws 'nothing-to-renew', 'too-many-requests', 'id-with-other-content'. */
export async function askForOwn(db: Db, sessionKey: Buffer, userId: string, id: string, now: Date): Promise<Renewal> {
  const person = await personById(db, userId);
  if (person === undefined) throw new AppError('session-ended');
  return store(db, sessionKey, person, newRenewal(id, userId, userId, now));
}

/** A colleague asks for an official who can't sign in. Throws a fault beside 'login' for nobody, or nobody in sight, and what `askForOwn` throws. */
export async function askForColleague(
  db: Db,
  sessionKey: Buffer,
  actor: Actor,
  { id, login }: ColleagueRenewal,
  now: Date,
): Promise<Renewal> {
  requirePower(actor, 'renew-second-factor');
  const person = await personByLogin(db, login);
  if (person === undefined || !may(actor, person, await settingOf(db, person)))
    throw fieldError('login', 'no-such-colleague');
  return store(db, sessionKey, person, newRenewal(id, person.id, actor.userId, now));
}

// A confirmation counts while whoever gave it may still give it: two words from people who were removed since let nobody in.
const countedOf = async (
  db: Db,
  renewal: Renewal,
  person: User,
  setting: Setting,
  given: readonly Confirmation[],
): Promise<Confirmation[]> => {
  const people = new Map(
    (
      await peopleById(
        db,
        given.map(({ byId }) => byId),
      )
    ).map((one) => [one.id, one]),
  );
  return given.filter(({ byId, at }) => {
    const by = people.get(byId);
    return by !== undefined && at < renewal.expiresAt && mayConfirm(by, person, setting.able, setting.provinceOf);
  });
};

const factsOf = async (db: Db, actor: Actor, renewal: Renewal, now: Date): Promise<RenewalFacts | undefined> => {
  const person = await personById(db, renewal.userId);
  if (person === undefined || person.erasedAt !== undefined) return undefined;
  const setting = await settingOf(db, person);
  if (!may(actor, person, setting)) return undefined;
  const counted = await countedOf(db, renewal, person, setting, await findConfirmations(db, [renewal.id]));
  if (stateOf(renewal, counted, now) !== 'open') return undefined;
  const ids = [renewal.askedById, ...counted.map(({ byId }) => byId)];
  const names = new Map((await peopleById(db, ids)).map((one) => [one.id, one.name]));
  const nameOf = (id: string): string => names.get(id) ?? '';
  return {
    renewal,
    name: person.name,
    roles: decidingRoles(person.roles),
    askedBy: renewal.askedById === renewal.userId ? '' : nameOf(renewal.askedById),
    confirmedBy: counted.map(({ byId }) => nameOf(byId)),
    isConfirmedByMe: counted.some(({ byId }) => byId === actor.userId),
  };
};

/** The open requests that this person may confirm, the one that ends first before the others. Throws 'not-allowed'. */
export async function listRenewals(db: Db, actor: Actor, now: Date): Promise<RenewalFacts[]> {
  requirePower(actor, 'renew-second-factor');
  const seen: RenewalFacts[] = [];
  for (const renewal of await findCurrent(db, now)) {
    const facts = await factsOf(db, actor, renewal, now);
    if (facts !== undefined) seen.push(facts);
  }
  return seen;
}

/**
 * One official's word for a colleague; with the second the factor is gone. Saying it again changes nothing, and finishes what a crash left. Throws
 * 'not-allowed', 'renewal-not-found' (also outside the scope, and for one's own), 'renewal-over' after a day.
 */
export async function confirmRenewal(db: Db, actor: Actor, renewalId: string, now: Date): Promise<{ isDone: boolean }> {
  requirePower(actor, 'renew-second-factor');
  const renewal = await findRenewal(db, renewalId);
  const person = renewal === undefined ? undefined : await personById(db, renewal.userId);
  if (renewal === undefined || person === undefined) throw new AppError('renewal-not-found');
  const setting = await settingOf(db, person);
  if (!may(actor, person, setting)) throw new AppError('renewal-not-found');
  if (renewal.expiresAt <= now) throw new AppError('renewal-over');
  await insertConfirmation(db, { renewalId, byId: actor.userId, at: now });
  const note = { actorId: actor.userId, what: 'second-factor-renewal-confirmed', recordId: person.id, at: now };
  await noteAudit(db, { id: `${renewalId}:${actor.userId}:confirmed`, ...note });
  // Read after the insert: of two at once at least the later one sees both.
  const counted = await countedOf(db, renewal, person, setting, await findConfirmations(db, [renewalId]));
  if (stateOf(renewal, counted, now) !== 'done') return { isDone: false };
  const byIds = counted.slice(0, 2).map(({ byId }) => byId);
  await takeFactorAway(db, { renewalId, userId: person.id, askedAt: renewal.at, byIds }, now);
  return { isDone: true };
}
