// Who is asking, and the few questions about power that every feature puts.
import { AppError } from './errors.ts';
import type { ErrorCode } from './errors.ts';

/** A role with its scope. Producer: one organisation. Province officer: records the decisions of the province's chair (3-4 stars). */
export type Role =
  { kind: 'producer'; producerId: string } | { kind: 'province-officer'; provinceCode: string } | { kind: 'admin' };

/** The signed-in person: opaque id, shown name, roles. */
export type Actor = { userId: string; name: string; roles: readonly Role[] };

/** What a record says of its place in the world: its producer and the province of that producer. */
export type Scope = { producerId: string; provinceCode: string };

export function isOwner(actor: Actor, producerId: string): boolean {
  return actor.roles.some((role) => role.kind === 'producer' && role.producerId === producerId);
}

export function isOfficerOf(actor: Actor, provinceCode: string): boolean {
  return actor.roles.some((role) => role.kind === 'province-officer' && role.provinceCode === provinceCode);
}

export function isAdmin(actor: Actor): boolean {
  return actor.roles.some((role) => role.kind === 'admin');
}

/** True for the organisation's own people and for the officers of its province. */
export function maySee(actor: Actor, scope: Scope): boolean {
  return isOwner(actor, scope.producerId) || isOfficerOf(actor, scope.provinceCode);
}

/** Own people pass; an officer who may see it gets 403; anyone else 404, as if it were not there. */
export function requireOwner(actor: Actor, scope: Scope, notFound: ErrorCode): void {
  if (isOwner(actor, scope.producerId)) return;
  throw new AppError(maySee(actor, scope) ? 'not-allowed' : notFound);
}

/** Officers of the province pass; own people get 403; anyone else 404. */
export function requireOfficer(actor: Actor, scope: Scope, notFound: ErrorCode): void {
  if (isOfficerOf(actor, scope.provinceCode)) return;
  throw new AppError(maySee(actor, scope) ? 'not-allowed' : notFound);
}

/** Anyone who may see the record passes; the rest get 404. */
export function requireSight(actor: Actor, scope: Scope, notFound: ErrorCode): void {
  if (!maySee(actor, scope)) throw new AppError(notFound);
}

/** Ids of the organisations that the person belongs to. */
export function producerIdsOf(actor: Actor): string[] {
  return actor.roles.flatMap((role) => (role.kind === 'producer' ? [role.producerId] : []));
}

/** GSO codes of the provinces whose decisions the person records. */
export function provinceCodesOf(actor: Actor): string[] {
  return actor.roles.flatMap((role) => (role.kind === 'province-officer' ? [role.provinceCode] : []));
}
