// The list of batches with its search and filters.
import { formatDay, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Product } from '../products/products.types.ts';
import { batchStates } from './batches.types.ts';
import type { Batch } from './batches.types.ts';

const word = (language: Language, key: string, values: Record<string, unknown> = {}): string =>
  t(language, `batches.list.${key}`, values);

/** What is most worth knowing of a batch in a list: recalled, held, closed, packed, or since when it is worked on. */
export function stateOf(language: Language, batch: Batch, isRecalled: boolean): { words: string; tone: string } {
  const state = (key: string, values: Record<string, unknown> = {}): string =>
    t(language, `batches.state.${key}`, values);
  if (isRecalled) return { words: state('recalled'), tone: 'gach' };
  if (batch.held) return { words: state('held'), tone: 'nghe' };
  if (batch.closed !== undefined)
    return { words: state('closed', { day: formatDay(language, batch.closed.on) }), tone: '' };
  if (batch.packedOn !== undefined) {
    const day = formatDay(language, batch.packedOn);
    return { words: state('packed', { day, units: formatNumber(language, batch.unitsMade) }), tone: '' };
  }
  return { words: state('started', { day: formatDay(language, batch.startedOn) }), tone: '' };
}

export const listFilters = ['q', 'state', 'productId', 'year', 'sort'] as const;
export type Asked = Partial<Record<(typeof listFilters)[number], string | undefined>>;

const sorts = ['newest', 'oldest', 'name', 'name-desc'] as const;
const shownYears = 8;

type Option = { value: string; label: string; selected: boolean };
type Filter = { name: string; label: string; empty: string; options: Option[] };

const filtersOf = (language: Language, asked: Asked, products: readonly Product[], year: number): Filter[] => {
  const options = (name: keyof Asked, values: readonly string[], label: (value: string) => string): Option[] =>
    values.map((value) => ({ value, label: label(value), selected: value === asked[name] }));
  const names = new Map(products.map(({ id, name }) => [id, name]));
  const years = Array.from({ length: shownYears }, (_, back) => String(year - back));
  const select = (name: keyof Asked, label: string, empty: string, listed: Option[]): Filter => ({
    name,
    label: word(language, label),
    empty: empty === '' ? '' : word(language, empty),
    options: listed,
  });
  return [
    select(
      'state',
      'state',
      'anyState',
      options('state', batchStates, (state) => word(language, `states.${state}`)),
    ),
    ...(products.length < 2
      ? []
      : [
          select(
            'productId',
            'product',
            'anyProduct',
            options('productId', [...names.keys()], (id) => names.get(id) ?? id),
          ),
        ]),
    select(
      'year',
      'year',
      'anyYear',
      options('year', years, (one) => one),
    ),
    select(
      'sort',
      'sort',
      '',
      options('sort', sorts, (sort) => word(language, `sorts.${sort}`)),
    ),
  ];
};

const noneOf = (language: Language, q: string, isNarrowed: boolean): string => {
  if (q !== '') return word(language, 'noneFor', { q });
  return isNarrowed ? word(language, 'noneFiltered') : t(language, 'batches.empty');
};

const headingOf = (language: Language, q: string, isNarrowed: boolean): string => {
  if (q !== '') return word(language, 'foundFor', { q });
  return isNarrowed ? word(language, 'filtered') : '';
};

export type BatchRow = { batch: Batch; product: Product | undefined; isRecalled: boolean };

/** Data of views/batches/list.hbs. `products` are those to filter by, `year` the present one. */
export function batchListPage(
  language: Language,
  asked: Asked,
  found: { rows: readonly BatchRow[]; next: string | null },
  choices: { products: readonly Product[]; year: number; mayMake: boolean },
) {
  const q = asked.q ?? '';
  const isNarrowed = [asked.state, asked.productId, asked.year].some((one) => one !== undefined);
  const kept = listFilters.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]]));
  const next = new URLSearchParams([...kept, ['after', found.next ?? '']] as [string, string][]);
  return {
    q,
    listHref: paths.appBatches,
    filters: filtersOf(language, asked, choices.products, choices.year),
    isFilterOpen: isNarrowed || (asked.sort ?? 'newest') !== 'newest',
    heading: headingOf(language, q, isNarrowed),
    none: noneOf(language, q, isNarrowed),
    allHref: q !== '' || isNarrowed ? paths.appBatches : '',
    batches: found.rows.map(({ batch, product, isRecalled }) => ({
      href: paths.appBatch(batch.id),
      title: product?.name ?? batch.lotNumber,
      lot: t(language, 'batches.lot', { lot: batch.lotNumber }),
      ...stateOf(language, batch, isRecalled),
    })),
    newHref: choices.mayMake ? paths.appNewBatch : '',
    nextHref: found.next === null ? '' : `${paths.appBatches}?${next.toString()}`,
  };
}
