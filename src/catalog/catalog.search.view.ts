// The search page: what was asked stays in the form, what was found says what its stars are worth now.
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { OcopSet } from '../products/sets.types.ts';
import { provinces } from '../units/provinces.types.ts';
import { placeName } from '../i18n/place-names.ts';
import type { SearchQuery } from './catalog.input.ts';
import { producerItem, productItem } from './catalog.items.view.ts';
import type { SearchResult } from './catalog.types.ts';

const addressOf = (query: SearchQuery, changed: Partial<SearchQuery>): string => {
  const { q, province, commune, set, stars, page } = { ...query, ...changed };
  const pairs: [string, string | number | undefined][] = [
    ['q', q === '' ? undefined : q],
    ['province', province],
    ['commune', commune],
    ['set', set],
    ['stars', stars],
    ['page', page > 1 ? page : undefined],
  ];
  const given = pairs.flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  const search = new URLSearchParams(given).toString();
  return search === '' ? paths.search : `${paths.search}?${search}`;
};

const summary = (language: Language, result: SearchResult, query: SearchQuery): string => {
  if (result.isNear) return t(language, 'catalog.search.near', { q: query.q });
  if (query.q === '') return t(language, 'catalog.search.all');
  return t(language, 'catalog.search.found', { q: query.q });
};

/** Everything that views/catalog/search.hbs prints. */
export function searchView(
  language: Language,
  result: SearchResult,
  query: SearchQuery,
  known: { sets: readonly OcopSet[]; now: Date },
) {
  const choice = (value: number, name: string, chosen: number | undefined) => ({
    value,
    name,
    isChosen: value === chosen,
  });
  return {
    q: query.q,
    commune: query.commune ?? '',
    provinces: provinces.map(({ code, name }) => ({ code, name, isChosen: code === query.province })),
    sets: known.sets.map(({ set, name }) => choice(set, name, query.set)),
    starChoices: [5, 4, 3].map((stars) => choice(stars, t(language, 'catalog.stars.choice', { stars }), query.stars)),
    summary: summary(language, result, query),
    checked: t(language, 'catalog.search.checked', { moment: formatMoment(language, known.now) }),
    producers: result.producers.map((found) => producerItem(language, found)),
    communes: result.communes.map(({ code, fullName, parentCode }) => ({
      href: `${paths.search}?province=${parentCode}&commune=${code}`,
      name: placeName(language, fullName),
    })),
    products: result.products.map((found) => productItem(language, found, { withProducer: true })),
    isNothing: result.products.length + result.producers.length + result.communes.length === 0,
    next: result.hasMore && query.page < 10 ? addressOf(query, { page: query.page + 1 }) : '',
    previous: query.page > 1 ? addressOf(query, { page: query.page - 1 }) : '',
    isLast: result.hasMore && query.page >= 10,
  };
}
