// The list of sites with its search and filters, for the producer and for the office.
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { SitePage } from './sites.input.ts';
import { siteKinds, siteStates } from './sites.types.ts';
import type { Site } from './sites.types.ts';
import { siteCard } from './sites.view.ts';

const word = (language: Language, key: string, values: Record<string, unknown> = {}): string =>
  t(language, `sites.${key}`, values);

export const listFilters = ['q', 'kind', 'commune', 'state', 'sort'] as const;
const sorts = ['newest', 'oldest', 'name', 'name-desc'] as const;

type Asked = Partial<Pick<SitePage, (typeof listFilters)[number]>>;
type Choice = { value: string; label: string };

const filtersOf = (language: Language, asked: Asked, communes: readonly { code: string; name: string }[]) => {
  const select = (name: 'kind' | 'commune' | 'state' | 'sort', empty: string, choices: readonly Choice[]) => ({
    name,
    label: word(language, `list.${name}`),
    empty: empty === '' ? '' : word(language, `list.${empty}`),
    options: choices.map((choice) => ({ ...choice, selected: choice.value === asked[name] })),
  });
  const named = (key: string, values: readonly string[]): Choice[] =>
    values.map((value) => ({ value, label: word(language, `${key}.${value}`) }));
  return [
    select('kind', 'anyKind', named('kinds', siteKinds)),
    select(
      'commune',
      'anyCommune',
      communes.map(({ code, name }) => ({ value: code, label: name })),
    ),
    select('state', 'anyState', named('states', siteStates)),
    select('sort', '', named('list.sorts', sorts)),
  ];
};

type Found = {
  items: readonly Site[];
  next: string | null;
  communes: readonly { code: string; name: string }[];
};

/** Whose list it is; `named` is the organisation that the address names, or ''. */
type Place = { isOffice: boolean; producerId: string; named: string };

const noneOf = (language: Language, q: string, isNarrowed: boolean, isOffice: boolean): string => {
  if (q !== '') return word(language, 'list.noneFor', { q });
  if (isNarrowed) return word(language, 'list.noneFiltered');
  return word(language, isOffice ? 'list.noneOffice' : 'list.none');
};

const headingOf = (language: Language, q: string, isNarrowed: boolean): string => {
  if (q !== '') return word(language, 'list.foundFor', { q });
  return isNarrowed ? word(language, 'list.filtered') : '';
};

/** Data of views/sites/list.hbs. */
export function siteListPage(language: Language, asked: Asked, found: Found, place: Place) {
  const q = asked.q ?? '';
  const isNarrowed = [asked.kind, asked.commune, asked.state].some((one) => one !== undefined);
  const own = place.named === '' ? '' : `?producerId=${place.named}`;
  const listHref = place.isOffice ? paths.officeProducerSites(place.producerId) : paths.appSites;
  const kept = listFilters.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]]));
  const whose = own === '' ? [] : [['producerId', place.named]];
  const next = new URLSearchParams([...whose, ...kept, ['after', found.next ?? '']] as [string, string][]);
  const isSearchable = found.items.length > 0 || q !== '' || isNarrowed;
  return {
    back: place.isOffice ? paths.officeProducer(place.producerId) : paths.appMe,
    q,
    named: place.named,
    isSearchable,
    filters: filtersOf(language, asked, found.communes),
    isFilterOpen: isNarrowed || (asked.sort ?? 'newest') !== 'newest',
    heading: headingOf(language, q, isNarrowed),
    none: noneOf(language, q, isNarrowed, place.isOffice),
    allHref: q !== '' || isNarrowed ? `${listHref}${own}` : '',
    sites: found.items.map((site) =>
      siteCard(language, site, place.isOffice ? paths.officeSite(site.id) : paths.appSite(site.id)),
    ),
    nextHref: found.next === null ? '' : `${listHref}?${next.toString()}`,
    newHref: place.isOffice ? '' : `${paths.appNewSite}${own}`,
    exportHref: found.items.length === 0 ? '' : paths.sitesMap(place.producerId),
    listHref,
  };
}
