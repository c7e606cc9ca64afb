// Requests for a new second factor as JSON and in words.
import { z } from 'zod';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Renewal, RenewalFacts } from './renewals.types.ts';

export const renewalAnswer = z.object({ id: z.string(), askedAt: z.iso.datetime(), expiresAt: z.iso.datetime() });

export const renewalsAnswer = z.object({
  items: z.array(
    renewalAnswer.extend({
      userId: z.string(),
      name: z.string(),
      roles: z.array(z.string()),
      askedBy: z.string().nullable(),
      confirmedBy: z.array(z.string()),
      isConfirmedByMe: z.boolean(),
    }),
  ),
});

export const confirmationAnswer = z.object({ isDone: z.boolean() });

export function renewalJson({ id, at, expiresAt }: Renewal): z.input<typeof renewalAnswer> {
  return { id, askedAt: at.toISOString(), expiresAt: expiresAt.toISOString() };
}

export function renewalsJson(items: readonly RenewalFacts[]): z.input<typeof renewalsAnswer> {
  return {
    items: items.map(({ renewal, name, roles, askedBy, confirmedBy, isConfirmedByMe }) => ({
      ...renewalJson(renewal),
      userId: renewal.userId,
      name,
      roles: roles.map(({ kind }) => kind),
      askedBy: askedBy === '' ? null : askedBy,
      confirmedBy: [...confirmedBy],
      isConfirmedByMe,
    })),
  };
}

const card = (language: Language, facts: RenewalFacts) => {
  const moment = formatMoment(language, facts.renewal.at);
  const { confirmedBy, askedBy } = facts;
  return {
    name: facts.name,
    roles: facts.roles.map(({ kind }) => t(language, `accounts.role.${kind}`)).join(', '),
    asked:
      askedBy === ''
        ? t(language, 'security.renewal.asked', { moment })
        : t(language, 'security.renewal.askedBy', { moment, by: askedBy }),
    until: t(language, 'security.renewal.until', { moment: formatMoment(language, facts.renewal.expiresAt) }),
    confirmed:
      confirmedBy.length === 0
        ? t(language, 'security.renewal.confirmedNone')
        : t(language, 'security.renewal.confirmed', { by: confirmedBy.join(', ') }),
    isConfirmedByMe: facts.isConfirmedByMe,
    action: paths.officeRenewalConfirmations(facts.renewal.id),
  };
};

/** Data of views/renewals/list.hbs beside its form. */
export function renewalsPage(language: Language, items: readonly RenewalFacts[]) {
  return { renewals: items.map((facts) => card(language, facts)), action: paths.officeRenewals };
}
