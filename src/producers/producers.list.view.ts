// What the officers' list of producers shows: the search, the filters, the producers found.
import type { Day } from '../days.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { ProducerPage } from './producers.input.ts';
import { approvalStates, producerClaims, producerKinds } from './producers.types.ts';
import type { ApprovalState, Producer } from './producers.types.ts';
import { waitWords } from './producers.sign-up.view.ts';
import { kindWords, producerCard } from './producers.view.ts';
import type { Choice } from './producers.view.ts';

export const listFilters = ['q', 'commune', 'kind', 'approval', 'claim', 'sort'] as const;
const sorts = ['newest', 'oldest', 'name', 'name-desc'] as const;

type Asked = Partial<Pick<ProducerPage, (typeof listFilters)[number]>>;

const choices = (values: readonly string[], chosen: string | undefined, label: (value: string) => string): Choice[] =>
  values.map((value) => ({ value, label: label(value), selected: value === chosen }));

const filtersOf = (language: Language, asked: Asked, communes: readonly { code: string; name: string }[]) => {
  const word = (key: string): string => t(language, `producers.list.${key}`);
  const names = new Map(communes.map(({ code, name }) => [code, name]));
  const select = (name: string, empty: string, options: Choice[]) => ({ name, label: word(name), empty, options });
  return [
    select(
      'approval',
      word('anyApproval'),
      choices(approvalStates, asked.approval, (state) => t(language, `producers.approval.${state}`)),
    ),
    select(
      'claim',
      word('anyClaim'),
      choices(producerClaims, asked.claim, (claim) => t(language, `producers.claim.${claim}`)),
    ),
    select(
      'kind',
      word('anyKind'),
      choices(producerKinds, asked.kind, (kind) => kindWords(language, kind as Producer['kind'])),
    ),
    select(
      'commune',
      word('anyCommune'),
      choices([...names.keys()], asked.commune, (code) => names.get(code) ?? code),
    ),
    select(
      'sort',
      '',
      choices(sorts, asked.sort, (sort) => t(language, `producers.list.sorts.${sort}`)),
    ),
  ];
};

const headingOf = (language: Language, q: string, isNarrowed: boolean): string => {
  if (q !== '') return t(language, 'producers.list.foundFor', { q });
  return isNarrowed ? t(language, 'producers.list.filtered') : '';
};

const noneOf = (language: Language, q: string, isNarrowed: boolean): string => {
  if (q !== '') return t(language, 'producers.list.noneFor', { q });
  return t(language, isNarrowed ? 'producers.list.noneFiltered' : 'producers.list.none');
};

/** Data of views/producers/office-list.hbs. `approvalOf` gives the state of each; `communes` are those that have producers. */
export function listPage(
  language: Language,
  asked: Asked,
  found: { items: readonly Producer[]; next: string | null; approvalOf: (producer: Producer) => ApprovalState },
  communes: readonly { code: string; name: string }[],
  today: Day,
) {
  const q = asked.q ?? '';
  const isNarrowed = [asked.commune, asked.kind, asked.approval, asked.claim].some((one) => one !== undefined);
  const kept = listFilters.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]]));
  const nextQuery = new URLSearchParams([...kept, ['after', found.next ?? '']] as [string, string][]);
  return {
    q,
    filters: filtersOf(language, asked, communes),
    isFilterOpen: isNarrowed || (asked.sort ?? 'newest') !== 'newest',
    heading: headingOf(language, q, isNarrowed),
    none: noneOf(language, q, isNarrowed),
    allHref: q !== '' || isNarrowed ? paths.officeProducers : '',
    producers: found.items.map((producer) => {
      const approval = found.approvalOf(producer);
      const waits = waitWords(language, producer, approval === 'pending', today);
      return { ...producerCard(language, producer, approval), waits };
    }),
    nextHref: found.next === null ? '' : `${paths.officeProducers}?${nextQuery.toString()}`,
    newHref: paths.officeNewProducer,
    waitingHref: paths.officeWaiting,
    listHref: paths.officeProducers,
  };
}
