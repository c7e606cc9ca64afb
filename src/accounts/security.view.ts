// A person's own sessions as JSON and as the page shows them.
import { z } from 'zod';
import { isOfficial } from '../actor.ts';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Security, Session } from './accounts.types.ts';

export const ownSessionAnswer = z.object({
  id: z.string(),
  by: z.enum(['password', 'passkey', 'link', 'device', 'demo']),
  device: z.string(),
  isThisOne: z.boolean(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});

/** One of the person's own sessions; nothing in it lets anyone in. */
export function ownSessionJson(session: Session, thisId: string): z.input<typeof ownSessionAnswer> {
  const { id, by, device, createdAt, lastUsedAt, expiresAt } = session;
  return {
    id,
    by,
    device,
    isThisOne: id === thisId,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

const sessionRow = (language: Language, session: Session, thisId: string) => ({
  device: session.device === '' ? t(language, 'security.unknownDevice') : session.device,
  isThisOne: session.id === thisId,
  by: t(language, `security.by.${session.by}`),
  since: t(language, 'security.since', { moment: formatMoment(language, session.createdAt) }),
  used: t(language, 'security.used', { moment: formatMoment(language, session.lastUsedAt) }),
  endUrl: paths.securitySessionEnding(session.id),
});

/** What a person is told of the last renewal of their second factor; '' when there was none. */
export function renewalWords(language: Language, renewal: Security['renewal']): string {
  if (renewal === undefined) return '';
  const facts = { by: renewal.by.join(', '), moment: formatMoment(language, renewal.at) };
  return t(language, 'security.renewal.told', facts);
}

/** Data of views/accounts/security.hbs, but for the form. */
export function securityPage(
  language: Language,
  { user, sessions, factors, reset, renewal }: Security,
  thisId: string,
) {
  const { hasTotp, recoveryLeft } = factors;
  return {
    factorWords: t(language, hasTotp ? 'security.factor.there' : 'security.factor.missing', { left: recoveryLeft }),
    resetWords:
      reset === undefined
        ? ''
        : t(language, 'security.reset.told', { by: reset.by, moment: formatMoment(language, reset.at) }),
    renewalWords: renewalWords(language, renewal),
    renewalsHref: isOfficial(user) ? paths.officeRenewals : '',
    hasTotp,
    factorAction: paths.secondFactorTotp,
    recoveryAction: paths.secondFactorRecovery,
    hasPassword: user.passwordHash !== undefined,
    passwordAction: paths.securityPassword,
    sessions: sessions.map((session) => sessionRow(language, session, thisId)),
    signOut: paths.signOut,
    signOutEverywhere: paths.signOutEverywhere,
  };
}
