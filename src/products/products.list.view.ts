// What a list of products shows: the search, the filters, the products found.
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import type { SightPage } from './products.input.ts';
import type { productCard } from './products.view.ts';

export const listFilters = ['q', 'producer', 'hasSet', 'complete', 'sort'] as const;
const sorts = ['newest', 'oldest', 'name', 'name-desc'] as const;

export type Asked = Partial<Pick<SightPage, (typeof listFilters)[number]>>;

type Card = ReturnType<typeof productCard> & { producerName: string };

const filtersOf = (language: Language, asked: Asked) => {
  const word = (key: string): string => t(language, `products.list.${key}`);
  const select = (name: 'hasSet' | 'complete' | 'sort', values: readonly string[], empty: string) => ({
    name,
    label: word(name),
    empty,
    options: values.map((value) => ({ value, label: word(`${name}s.${value}`), selected: value === asked[name] })),
  });
  return [
    select('complete', ['yes', 'no'], word('any')),
    select('hasSet', ['yes', 'no'], word('any')),
    select('sort', sorts, ''),
  ];
};

const headingOf = (language: Language, q: string, isNarrowed: boolean): string => {
  if (q !== '') return t(language, 'products.list.found', { q });
  return isNarrowed ? t(language, 'products.list.filtered') : '';
};

const noneOf = (language: Language, q: string, isNarrowed: boolean): string => {
  if (q !== '') return t(language, 'products.list.notFound', { q });
  return t(language, isNarrowed ? 'products.list.noneFiltered' : 'products.none');
};

/** Data of views/products/list.hbs. `listHref` is the list's own address; `ofProducer` names the one producer that it is of, or ''. */
export function listPage(
  language: Language,
  asked: Asked,
  found: { cards: readonly Card[]; next: string | null; listHref: string; newHref: string; ofProducer: string },
) {
  const { listHref, next } = found;
  const q = asked.q ?? '';
  const isFiltered = asked.hasSet !== undefined || asked.complete !== undefined;
  const kept = listFilters.flatMap((name): [string, string][] => {
    const value = asked[name];
    return value === undefined || value === '' ? [] : [[name, value]];
  });
  const all = asked.producer === undefined ? listHref : `${listHref}?producer=${asked.producer}`;
  return {
    q,
    listHref,
    newHref: found.newHref,
    producer: asked.producer ?? '',
    ofProducer: found.ofProducer,
    everyHref: found.ofProducer === '' ? '' : listHref,
    filters: filtersOf(language, asked),
    isFilterOpen: isFiltered || (asked.sort ?? 'newest') !== 'newest',
    heading: headingOf(language, q, isFiltered),
    none: noneOf(language, q, isFiltered),
    allHref: q !== '' || isFiltered ? all : '',
    products: found.cards,
    nextHref: next === null ? '' : `${listHref}?${new URLSearchParams([...kept, ['after', next]]).toString()}`,
  };
}
