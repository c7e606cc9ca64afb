// Who may do what, where: the one table of roles, deeds and scopes (architecture.md, "Who it serves"). Services ask it by the name of the deed; the list
// of routes names the same deeds, and a test walks every route as every kind of person. Pure.
import type { Actor, Role, RoleKind, Scope } from './actor.ts';
import { AppError } from './errors.ts';
import type { ErrorCode } from './errors.ts';

const own = ['producer', 'recorder'] as const;
const diary = [...own, 'digital-team'] as const;
const officers = ['commune-officer', 'province-officer', 'ministry-officer'] as const;

/**
 * Deed by deed, the roles that may do it within their scope: their organisation, their commune, their province, the whole country. An administrator has
 * no power over producers' approval, certificates or records.
 */
export const powers = {
  /** Read what is recorded of a producer: its data, sites, products, batches, steps, certificates, runs, reports. */
  'see-records': [...diary, ...officers],
  /** When the dossier for the next rating is due. */
  'see-renewal': [...own, ...officers],
  /** Steps of the diary with their photos, and what goes in and out of the stock. A digital team does it on behalf of a household, and the entry says so. */
  'record-step': [...diary],
  'record-for-others': ['digital-team'],
  'keep-materials': [...diary],
  /** The pages under /app are for who keeps the diary. */
  'work-in-app': [...diary],
  /** A batch: begin it, change it, close it. */
  'keep-batches': [...diary],
  /** What the organisation says of itself and answers for. */
  'change-producer': ['producer'],
  /** Agree to an item and take it back; officers enter what they have on paper. */
  'say-consents': ['producer', 'commune-officer', 'province-officer'],
  'keep-members': ['producer'],
  'keep-sites': ['producer'],
  'keep-products': ['producer'],
  'enter-certificate': ['producer'],
  'print-labels': ['producer'],
  /** Another person's step is confirmed by the organisation, or verified by an officer. */
  'confirm-step': ['producer', ...officers],
  'settle-marks': ['producer', 'province-officer'],
  'erase-on-request': ['producer', 'province-officer'],
  /** Own lots are recalled by their producer, those of the province by its officer. */
  recall: ['producer', 'province-officer'],
  'recall-as-authority': ['province-officer'],
  /** Register, complete and correct producers; approve or refuse them. */
  'register-producer': ['commune-officer', 'province-officer'],
  'approve-producer': ['commune-officer', 'province-officer'],
  /** Record the decisions of the province's chair or of the minister; which stars are whose is a rule of certificates. A commune never certifies. */
  certify: ['province-officer', 'ministry-officer'],
  /** Answered by the producer and by its officers; only officers see how the sender is reached, and erase. */
  'answer-report': ['producer', 'commune-officer', 'province-officer'],
  'erase-report': ['commune-officer', 'province-officer'],
  /** See lists and dossiers of the office. */
  'work-in-office': [...officers],
  /** Say that a colleague's lost second factor is to be renewed; for whom, is a rule of renewals. */
  'renew-second-factor': [...officers, 'admin'],
  /** Of the system, without a scope. */
  'keep-accounts': ['admin'],
  'import-lists': ['admin'],
} as const satisfies Record<string, readonly RoleKind[]>;

export type Deed = keyof typeof powers;

/** Whether what a record says of its place lies within a role's scope. */
const covers = (role: Role, scope: Scope): boolean => {
  switch (role.kind) {
    case 'producer':
    case 'recorder':
      return role.producerId === scope.producerId;
    case 'digital-team':
    case 'commune-officer':
      return role.communeCode === scope.communeCode && scope.communeCode !== undefined && scope.communeCode !== '';
    case 'province-officer':
      return role.provinceCode === scope.provinceCode;
    case 'ministry-officer':
      return true;
    case 'admin':
      return false;
  }
};

const holds = (role: Role, deed: Deed): boolean => (powers[deed] as readonly RoleKind[]).includes(role.kind);

/** Whether the person may do it to a record of this place. */
export function may(actor: Actor, deed: Deed, scope: Scope): boolean {
  return actor.roles.some((role) => holds(role, deed) && covers(role, scope));
}

/** Whether the person may do it anywhere at all: for menus, lists, and deeds without a place. */
export function mayAnywhere(actor: Actor, deed: Deed): boolean {
  return actor.roles.some((role) => holds(role, deed));
}

/** Passes who may do it. Throws 'not-allowed' (403) for who may only see the record, and `notFound` (404) for anyone else, as if it were not there. */
export function requireMay(actor: Actor, deed: Deed, scope: Scope, notFound: ErrorCode): void {
  if (may(actor, deed, scope)) return;
  throw new AppError(may(actor, 'see-records', scope) ? 'not-allowed' : notFound);
}

/** The same for a deed that goes by several names: an owner's and an officer's. */
export function requireAny(actor: Actor, deeds: readonly Deed[], scope: Scope, notFound: ErrorCode): void {
  if (!deeds.some((deed) => may(actor, deed, scope))) requireMay(actor, deeds[0] ?? 'see-records', scope, notFound);
}

/** For deeds without a place. Throws 'not-allowed'. */
export function requirePower(actor: Actor, deed: Deed): void {
  if (!mayAnywhere(actor, deed)) throw new AppError('not-allowed');
}
