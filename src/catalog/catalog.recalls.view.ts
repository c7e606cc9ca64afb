// The public list of recalls: as a page, as Atom (RFC 4287) and as JSON Feed 1.1. The same facts in each.
import { dayOf } from '../days.ts';
import { formatDay, formatMoment, formatPhone } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { PublicRecall } from '../recalls/recalls.types.ts';
import { provinces } from '../units/provinces.types.ts';
import { element, xmlDocument } from './catalog.xml.view.ts';
import type { RecallQuery } from './catalog.input.ts';

const lotWords = (language: Language, { lots, moreLots }: PublicRecall): string => {
  const [own, ...made] = lots.map(({ lotNumber }) => lotNumber);
  if (own === undefined) return '';
  if (made.length === 0) return t(language, 'catalog.recalls.lot', { lot: own });
  const names = moreLots > 0 ? [...made, t(language, 'catalog.recalls.moreLots')] : made;
  return t(language, 'catalog.recalls.lots', { lot: own, made: names.join(', ') });
};

const productNames = ({ lots }: PublicRecall): string[] => [
  ...new Set(lots.flatMap(({ product }) => (product === undefined ? [] : [product.name]))),
];

const orderWords = (language: Language, { recall }: PublicRecall): string =>
  [
    recall.issuerName,
    recall.orderNumber === '' ? '' : t(language, 'catalog.recalls.order', { number: recall.orderNumber }),
    formatDay(language, dayOf(recall.openedAt)),
  ]
    .filter((part) => part !== '')
    .join(', ');

const stateWords = (language: Language, { closing }: PublicRecall): string =>
  closing === undefined
    ? t(language, 'catalog.recalls.open')
    : t(language, 'catalog.recalls.closed', { day: formatDay(language, dayOf(closing.closedAt)) });

/** What whoever has the goods does, line by line; nothing once it is over. */
const whatToDo = (language: Language, { recall, closing }: PublicRecall): string[] => {
  if (closing !== undefined) return [];
  const said = recall.instructions === '' ? [] : [recall.instructions];
  const doctor = recall.recallClass === 'serious' ? [t(language, 'trace.recall.doctor')] : [];
  return [t(language, 'trace.recall.stop'), t(language, 'trace.recall.giveBack'), ...doctor, ...said];
};

const itemOf = (language: Language, item: PublicRecall) => {
  const { recall, closing, lots, producerName } = item;
  const seen = new Set<string>();
  const products = lots.flatMap(({ product }) => {
    if (product === undefined || seen.has(product.slug)) return [];
    seen.add(product.slug);
    return [{ name: product.name, href: paths.product(product.slug) }];
  });
  return {
    anchor: `l-${recall.id}`,
    name: productNames(item).join(', ') || t(language, 'catalog.recalls.unnamedProduct'),
    products,
    state: stateWords(language, item),
    isOpen: closing === undefined,
    isSample: item.sample,
    lots: lotWords(language, item),
    producer: producerName === '' ? t(language, 'trace.unnamed') : producerName,
    reason: recall.reason,
    whatToDo: whatToDo(language, item),
    order: orderWords(language, item),
    outcome: closing === undefined ? '' : t(language, 'catalog.recalls.outcome', { outcome: closing.outcome }),
    call:
      recall.phone === ''
        ? undefined
        : {
            href: `tel:${recall.phone.replace(/[^\d+]/g, '')}`,
            text: t(language, 'trace.recall.call', { phone: formatPhone(recall.phone.replace(/\D/g, '')) }),
          },
  };
};

const withQuery = (query: Record<string, string | undefined>): string => {
  const search = new URLSearchParams(
    Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString();
  return search === '' ? paths.recalls : `${paths.recalls}?${search}`;
};

/** Everything that views/catalog/recalls.hbs prints. */
export function recallsView(
  language: Language,
  list: { items: PublicRecall[]; next: string | undefined },
  query: RecallQuery,
  now: Date,
) {
  const states = [undefined, 'open', 'closed'] as const;
  return {
    items: list.items.map((item) => itemOf(language, item)),
    states: states.map((state) => ({
      name: t(language, `catalog.recalls.filter.${state ?? 'all'}`),
      href: withQuery({ state, province: query.province }),
      isChosen: query.state === state,
    })),
    state: query.state ?? '',
    provinces: provinces.map(({ code, name }) => ({ code, name, isChosen: code === query.province })),
    next: list.next === undefined ? '' : withQuery({ state: query.state, province: query.province, after: list.next }),
    checked: t(language, 'catalog.recalls.checked', { moment: formatMoment(language, now) }),
    atom: paths.recallsAtom,
    json: paths.recallsJson,
  };
}

const changedAt = ({ recall, closing }: PublicRecall): Date => closing?.closedAt ?? recall.openedAt;

const titleOf = (language: Language, item: PublicRecall): string => {
  const name = productNames(item).join(', ') || t(language, 'catalog.recalls.unnamedProduct');
  const title = `${stateWords(language, item)}: ${name}`;
  return item.sample ? `${t(language, 'common.sample')}: ${title}` : title;
};

const textOf = (language: Language, item: PublicRecall): string => {
  const { reason, lots, order, outcome, producer } = itemOf(language, item);
  return [lots, producer, reason, ...whatToDo(language, item), order, outcome].filter((part) => part !== '').join('\n');
};

/** A tag URI would need a domain at a date; the record's own id is enough (RFC 4122). */
const feedId = ({ recall }: PublicRecall): string => `urn:uuid:${recall.id}`;

/** The newest recalls as Atom. `updated` is the newest change in it, so that nothing changes while no recall does. */
export function recallsAtom(language: Language, baseUrl: string, items: readonly PublicRecall[]): string {
  const updated = items.map(changedAt).sort((left, right) => right.getTime() - left.getTime())[0] ?? new Date(0);
  const page = `${baseUrl}${paths.recalls}`;
  return xmlDocument(
    element('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language }, [
      element('title', {}, t(language, 'catalog.recalls.title')),
      element('id', {}, page),
      element('updated', {}, updated.toISOString()),
      element('link', { rel: 'self', type: 'application/atom+xml', href: `${baseUrl}${paths.recallsAtom}` }, ''),
      element('link', { rel: 'alternate', type: 'text/html', href: page }, ''),
      element('author', {}, [element('name', {}, t(language, 'common.brand'))]),
      ...items.map((item) =>
        element('entry', {}, [
          element('title', {}, titleOf(language, item)),
          element('id', {}, feedId(item)),
          element('published', {}, item.recall.openedAt.toISOString()),
          element('updated', {}, changedAt(item).toISOString()),
          element('link', { rel: 'alternate', type: 'text/html', href: `${page}#l-${item.recall.id}` }, ''),
          element('category', { term: item.closing === undefined ? 'open' : 'closed' }, ''),
          element('content', { type: 'text' }, textOf(language, item)),
        ]),
      ),
    ]),
  );
}

/** The newest recalls as JSON Feed; `_recall` holds the facts for programs. */
export function recallsJson(language: Language, baseUrl: string, items: readonly PublicRecall[]) {
  const page = `${baseUrl}${paths.recalls}`;
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: t(language, 'catalog.recalls.title'),
    home_page_url: page,
    feed_url: `${baseUrl}${paths.recallsJson}`,
    language,
    items: items.map((item) => ({
      id: feedId(item),
      url: `${page}#l-${item.recall.id}`,
      title: titleOf(language, item),
      content_text: textOf(language, item),
      date_published: item.recall.openedAt.toISOString(),
      date_modified: changedAt(item).toISOString(),
      tags: [item.closing === undefined ? 'open' : 'closed', item.recall.recallClass],
      _recall: {
        state: item.closing === undefined ? 'open' : 'closed',
        class: item.recall.recallClass,
        sample: item.sample,
        producer: item.producerName === '' ? null : item.producerName,
        reason: item.recall.reason,
        issuer: item.recall.issuerName,
        order: item.recall.orderNumber,
        openedAt: item.recall.openedAt.toISOString(),
        closedAt: item.closing?.closedAt.toISOString() ?? null,
        lots: item.lots.map(({ lotNumber, product }) => ({
          lot: lotNumber,
          product: product?.name ?? '',
          gtin: product === undefined || product.gtin14 === '' ? null : product.gtin14,
          page: product === undefined ? null : `${baseUrl}${paths.product(product.slug)}`,
        })),
        moreLots: item.moreLots,
      },
    })),
  };
}
