// Who is asking: the person, and the roles with their scopes. What each role may do is in powers.ts.

/** A role with its scope (architecture.md, "Who it serves"). `producer` acts for the organisation, `recorder` keeps its diary. */
export type Role =
  | { kind: 'producer'; producerId: string }
  | { kind: 'recorder'; producerId: string }
  | { kind: 'digital-team'; communeCode: string }
  | { kind: 'commune-officer'; communeCode: string }
  | { kind: 'province-officer'; provinceCode: string }
  | { kind: 'ministry-officer' }
  | { kind: 'admin' };
export type RoleKind = Role['kind'];

export const roleKinds = [
  'producer',
  'recorder',
  'digital-team',
  'commune-officer',
  'province-officer',
  'ministry-officer',
  'admin',
] as const satisfies readonly RoleKind[];

/** The signed-in person: opaque id, shown name, roles. A digital team's person says in whose pages they work (`actingFor`); what they may do there, powers.ts says. */
export type Actor = { userId: string; name: string; roles: readonly Role[]; actingFor?: string };

/** What a record says of its place in the world: its producer, and the province and commune of that producer. */
export type Scope = { producerId: string; provinceCode: string; communeCode?: string };

/** Whether the person records for others, whom they choose. */
export function isDigitalTeam(actor: Actor): boolean {
  return actor.roles.some(({ kind }) => kind === 'digital-team');
}

/** Whether the person belongs to the organisation: acts for it or keeps its diary. */
export function isMember(actor: Actor, producerId: string): boolean {
  return producerIdsOf(actor).includes(producerId);
}

export function isAdmin(actor: Actor): boolean {
  return actor.roles.some(({ kind }) => kind === 'admin');
}

/** Officials verify and decide for the public: they sign in with a second factor, and administrators too. */
export function isOfficial(actor: Pick<Actor, 'roles'>): boolean {
  return actor.roles.some(({ kind }) => /-officer$/.test(kind) || kind === 'admin');
}

/** Ids of the organisations that the person belongs to. */
export function producerIdsOf(actor: Actor): string[] {
  return actor.roles.flatMap((role) => (role.kind === 'producer' || role.kind === 'recorder' ? [role.producerId] : []));
}

/** GSO codes of the provinces whose decisions the person records. */
export function provinceCodesOf(actor: Actor): string[] {
  return actor.roles.flatMap((role) => (role.kind === 'province-officer' ? [role.provinceCode] : []));
}

/** GSO codes of the communes that the person works for, as officer or digital team. */
export function communeCodesOf(actor: Actor): string[] {
  return actor.roles.flatMap((role) =>
    role.kind === 'commune-officer' || role.kind === 'digital-team' ? [role.communeCode] : [],
  );
}

export function isMinistry(actor: Actor): boolean {
  return actor.roles.some(({ kind }) => kind === 'ministry-officer');
}
