// The list of materials with its search and filters.
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { MaterialPage } from './materials.input.ts';
import { stockWords, waitWords } from './materials.page.view.ts';
import { materialKinds } from './materials.types.ts';
import type { Material, Stock } from './materials.types.ts';

const word = (language: Language, key: string, values: Record<string, unknown> = {}): string =>
  t(language, `materials.${key}`, values);

const card = (language: Language, material: Material, stock: Stock, isKept: boolean) => ({
  href: paths.appMaterial(material.id),
  name: material.name,
  kind: word(language, `kinds.${material.kind}`),
  wait: waitWords(language, material),
  waitTone: material.waitDays === undefined ? 'nghe' : '',
  ...stockWords(language, material, stock, isKept),
});

const sorts = ['newest', 'oldest', 'name', 'name-desc'] as const;
export const listFilters = ['q', 'kind', 'sort', 'producer'] as const;

type Asked = Partial<Pick<MaterialPage, 'q' | 'kind' | 'sort'>> & { producer?: string | undefined };

const filtersOf = (language: Language, asked: Asked) => [
  {
    name: 'kind',
    label: word(language, 'list.kind'),
    empty: word(language, 'list.anyKind'),
    options: materialKinds.map((kind) => ({
      value: kind,
      label: word(language, `kinds.${kind}`),
      selected: kind === asked.kind,
    })),
  },
  {
    name: 'sort',
    label: word(language, 'list.sort'),
    empty: '',
    options: sorts.map((sort) => ({
      value: sort,
      label: word(language, `list.sorts.${sort}`),
      selected: sort === (asked.sort ?? 'newest'),
    })),
  },
];

const noneOf = (language: Language, q: string, isNarrowed: boolean): string => {
  if (q !== '') return word(language, 'list.noneFor', { q });
  return word(language, isNarrowed ? 'list.noneFiltered' : 'list.none');
};

/** Data of views/materials/list.hbs. `stock` by material, of those that have a book. */
export function materialListPage(
  language: Language,
  asked: Asked,
  found: {
    items: readonly Material[];
    next: string | null;
    stock: ReadonlyMap<string, Stock>;
    kept: ReadonlySet<string>;
  },
) {
  const q = asked.q ?? '';
  const isNarrowed = asked.kind !== undefined;
  const kept = listFilters.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]]));
  const next = new URLSearchParams([...kept, ['after', found.next ?? '']] as [string, string][]);
  const nothing = { amount: 0, uncounted: 0, countedOn: undefined };
  const heading = isNarrowed ? word(language, 'list.filtered') : '';
  return {
    back: paths.appMe,
    q,
    producer: asked.producer ?? '',
    filters: filtersOf(language, asked),
    isFilterOpen: isNarrowed || (asked.sort ?? 'newest') !== 'newest',
    heading: q === '' ? heading : word(language, 'list.foundFor', { q }),
    none: noneOf(language, q, isNarrowed),
    allHref: q !== '' || isNarrowed ? paths.appMaterials : '',
    materials: found.items.map((one) =>
      card(language, one, found.stock.get(one.id) ?? nothing, found.kept.has(one.id)),
    ),
    nextHref: found.next === null ? '' : `${paths.appMaterials}?${next.toString()}`,
    newHref: paths.appNewMaterial,
    listHref: paths.appMaterials,
  };
}
