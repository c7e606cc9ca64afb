// Who may confirm that a colleague needs a new second factor, and when two have. Pure.
import type { Role } from '../actor.ts';
import type { Confirmation, Renewal, RenewalState } from './renewals.types.ts';

export const confirmationsNeeded = 2;
export const renewalHours = 24;

/** Requests for one person in a day: more are a nuisance, not a need. */
export const renewalLimit = { most: 10, windowSeconds: 86_400 } as const;

type Person = { id: string; roles: readonly Role[] };

/** Province of a commune, or undefined for a code that no list has. */
export type ProvinceOf = (communeCode: string) => string | undefined;

type DecidingRole = Extract<Role, { kind: 'commune-officer' | 'province-officer' | 'ministry-officer' | 'admin' }>;

/** The roles that need a second factor; what else a person is does not matter here. */
export function decidingRoles(roles: readonly Role[]): DecidingRole[] {
  return roles.filter(
    (role): role is DecidingRole =>
      role.kind === 'commune-officer' ||
      role.kind === 'province-officer' ||
      role.kind === 'ministry-officer' ||
      role.kind === 'admin',
  );
}

const isOver = (own: Role, theirs: DecidingRole, provinceOf: ProvinceOf): boolean => {
  if (own.kind === 'admin' || theirs.kind === 'admin') return own.kind === theirs.kind;
  if (own.kind === 'ministry-officer') return true;
  if (own.kind === 'province-officer') {
    const province = theirs.kind === 'commune-officer' ? provinceOf(theirs.communeCode) : undefined;
    return own.provinceCode === (theirs.kind === 'province-officer' ? theirs.provinceCode : province);
  }
  return own.kind === 'commune-officer' && theirs.kind === 'commune-officer' && own.communeCode === theirs.communeCode;
};

/** Whether one person stands beside or above another in everything that other decides: same commune, its province, the ministry; administrators among themselves. */
export function standsOver(own: Person, theirs: Person, provinceOf: ProvinceOf): boolean {
  const roles = decidingRoles(theirs.roles);
  if (own.id === theirs.id || roles.length === 0) return false;
  return roles.every((role) => own.roles.some((one) => isOver(one, role, provinceOf)));
}

/**
 * Whether a person may confirm a colleague's request. `able` are those who could: officials with a second factor of their own. An administrator
 * stands in only where fewer than two of them stand over the colleague, so that a commune with one officer is not shut out for good.
 */
export function mayConfirm(own: Person, theirs: Person, able: readonly Person[], provinceOf: ProvinceOf): boolean {
  if (own.id === theirs.id || decidingRoles(theirs.roles).length === 0) return false;
  if (standsOver(own, theirs, provinceOf)) return true;
  if (!own.roles.some(({ kind }) => kind === 'admin')) return false;
  return able.filter((one) => standsOver(one, theirs, provinceOf)).length < confirmationsNeeded;
}

/** The state of a request, by those of its confirmations that count. */
export function stateOf(renewal: Renewal, counted: readonly Confirmation[], now: Date): RenewalState {
  if (new Set(counted.map(({ byId }) => byId)).size >= confirmationsNeeded) return 'done';
  return renewal.expiresAt <= now ? 'over' : 'open';
}
