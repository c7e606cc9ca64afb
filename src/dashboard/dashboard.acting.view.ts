// What the choice of a household shows.
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Producer } from '../producers/producers.types.ts';

/** Data of views/dashboard/households.hbs. */
export function householdsPage(
  language: Language,
  { items, next }: { items: readonly Producer[]; next: string | null },
  { q, chosen }: { q: string; chosen: string | undefined },
) {
  const more = new URLSearchParams({ q, after: next ?? '' });
  return {
    back: chosen === undefined ? '' : paths.app,
    action: paths.appHouseholds,
    q,
    households: items.map((producer) => ({
      id: producer.id,
      name: producer.legalName,
      place: [producer.address.street, producer.address.communeName].filter((part) => part !== '').join(', '),
      isChosen: producer.id === chosen,
      chooseFor: t(language, 'app.households.chooseFor', { name: producer.legalName }),
    })),
    moreHref: next === null ? '' : `${paths.appHouseholds}?${more.toString()}`,
    signOut: paths.signOut,
  };
}
