// Whom a buyer may call when the register can't answer: from the settings alone, so that it is there when the store is not.
import type { Deps } from '../deps.ts';
import { formatPhone } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';

export type AuthorityCall = { href: string; words: string };

/** A link that calls the authority; undefined where the operator names none. */
export function authorityCall(language: Language, authority: Deps['authority']): AuthorityCall | undefined {
  if (authority === undefined || authority.phone === '') return undefined;
  const name = authority.name === '' ? t(language, 'common.authority') : authority.name;
  const words = t(language, 'common.callAuthority', { name, phone: formatPhone(authority.phone) });
  return { href: `tel:${authority.phone}`, words };
}
