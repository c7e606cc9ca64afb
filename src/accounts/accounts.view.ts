// People and sessions as JSON and as pages show them, and the page that each role begins on.
import { z } from 'zod';
import { roleKinds } from '../actor.ts';
import type { Actor, Role } from '../actor.ts';
import { dayOf } from '../days.ts';
import { formatDay, formatMoment, formatPhone } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { HandOver, OpenedSession, User } from './accounts.types.ts';

const roleAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('producer'), producerId: z.string() }),
  z.object({ kind: z.literal('recorder'), producerId: z.string() }),
  z.object({ kind: z.literal('digital-team'), communeCode: z.string() }),
  z.object({ kind: z.literal('commune-officer'), communeCode: z.string() }),
  z.object({ kind: z.literal('province-officer'), provinceCode: z.string() }),
  z.object({ kind: z.literal('ministry-officer') }),
  z.object({ kind: z.literal('admin') }),
]);

export const sessionAnswer = z.object({
  accessToken: z.string(),
  expiresInSeconds: z.number().int(),
  refreshToken: z.string(),
});

export const meAnswer = z.object({ id: z.string(), name: z.string(), roles: z.array(roleAnswer) });

export const userAnswer = meAnswer.extend({ login: z.string(), createdAt: z.iso.datetime() });

export const linkAnswer = z.object({ link: z.url(), expiresAt: z.iso.datetime() });

/** `expiresInSeconds` is the life of the access token. */
export function sessionJson(session: OpenedSession): z.input<typeof sessionAnswer> {
  return {
    accessToken: session.accessToken,
    expiresInSeconds: session.accessSeconds,
    refreshToken: session.refreshToken,
  };
}

export function meJson({ userId, name, roles }: Actor): z.input<typeof meAnswer> {
  return { id: userId, name, roles: [...roles] };
}

/** A person for administrators; never with a hash. */
export function userJson({ id, name, login, roles, createdAt }: User): z.input<typeof userAnswer> {
  return { id, name, roles: [...roles], login, createdAt: createdAt.toISOString() };
}

const homes: Record<Role['kind'], string> = {
  producer: paths.app,
  recorder: paths.app,
  'digital-team': paths.app,
  'commune-officer': paths.office,
  'province-officer': paths.office,
  'ministry-officer': paths.office,
  admin: paths.admin,
};

/** The page that a person begins on: that of the first role. */
export function homeOf(actor: Actor): string {
  return homes[actor.roles[0]?.kind ?? 'producer'];
}

// A recorder who joined by a code has no login.
const loginText = (login: string): string =>
  login.startsWith('device:') ? '' : login.includes('@') ? login : formatPhone(login);

const roleText = (language: Language, role: Role): string => {
  switch (role.kind) {
    case 'producer':
      return t(language, 'accounts.role.producerOf', { producer: role.producerId });
    case 'recorder':
      return t(language, 'accounts.role.recorderOf', { producer: role.producerId });
    case 'digital-team':
      return t(language, 'accounts.role.teamOf', { commune: role.communeCode });
    case 'commune-officer':
      return t(language, 'accounts.role.communeOfficerOf', { commune: role.communeCode });
    case 'province-officer':
      return t(language, 'accounts.role.officerOf', { province: role.provinceCode });
    case 'ministry-officer':
    case 'admin':
      return t(language, `accounts.role.${role.kind}`);
  }
};

/** One row of the administrators' list. */
export function userRow(language: Language, user: User) {
  return {
    name: user.name,
    login: loginText(user.login),
    roles: user.roles.map((role) => roleText(language, role)),
    since: t(language, 'accounts.since', { day: formatDay(language, dayOf(user.createdAt)) }),
    newLinkFor: t(language, 'accounts.newLinkFor', { name: user.name }),
    linkUrl: paths.adminUserLink(user.id),
    resetUrl: paths.adminUserReset(user.id),
  };
}

/** The choices of the form that makes a person; `chosen` is the role that was chosen before. */
export function roleChoices(language: Language, chosen: string) {
  return roleKinds.map((kind) => ({
    value: kind,
    label: t(language, `accounts.role.${kind}`),
    detail: t(language, `accounts.roleDetail.${kind}`),
    selected: kind === chosen,
  }));
}

/** What an administrator hands over: the whole address, and until when it is good. */
export function handOverCard(language: Language, baseUrl: string, handOver: HandOver) {
  return {
    name: handOver.user.name,
    login: loginText(handOver.user.login),
    link: `${baseUrl}${paths.signInLink(handOver.token)}`,
    until: formatMoment(language, handOver.expiresAt),
    adminUrl: paths.admin,
  };
}

/** The same for a link that sets the password anew. */
export function resetCard(language: Language, baseUrl: string, handOver: HandOver) {
  return { ...handOverCard(language, baseUrl, handOver), link: `${baseUrl}${paths.passwordReset(handOver.token)}` };
}
