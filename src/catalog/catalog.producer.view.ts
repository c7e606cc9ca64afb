// The public page of a producer and its JSON. No stars of its own: they belong to products, each with what it is worth today.
import { z } from 'zod';
import { dayOf } from '../days.ts';
import { formatArea, formatDay, formatMoment, formatPhone } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { placeInWords, placeName } from '../i18n/place-names.ts';
import { paths } from '../paths.ts';
import { producerKinds } from '../producers/producers.types.ts';
import { shopLinks } from '../producers/shops.types.ts';
import type { Site } from '../sites/sites.types.ts';
import { productItem } from './catalog.items.view.ts';
import type { ProducerFacts } from './catalog.types.ts';

/** Places that are told by commune only lose their name and size too: they may tell more than the commune. */
const siteWords = (language: Language, site: Site): string => {
  const kind = t(language, `trace.who.kind.${site.kind}`);
  const commune = placeName(language, site.communeName);
  if (site.publicPrecision === 'commune') return `${kind}, ${commune}`;
  const area = site.areaSquareMetres > 0 ? formatArea(language, site.areaSquareMetres) : '';
  return [`${kind}: ${site.name}`, area, commune].filter((part) => part !== '').join(', ');
};

const shownName = (language: Language, { name }: ProducerFacts): string =>
  name === '' ? t(language, 'trace.unnamed') : name;

const recallWords = (language: Language, facts: ProducerFacts) =>
  facts.recalls.map(({ recall, lots }) => ({
    href: `${paths.recalls}#l-${recall.id}`,
    words: t(language, 'catalog.producer.recall', {
      product: lots[0]?.product?.name ?? '',
      lot: lots[0]?.lotNumber ?? '',
      day: formatDay(language, dayOf(recall.openedAt)),
    }),
  }));

/** Everything that views/catalog/producer.hbs prints. */
export function producerView(language: Language, facts: ProducerFacts, url: string) {
  const { producer, name, phone } = facts;
  const { address } = producer;
  const isNamed = name !== '';
  const street = isNamed ? address.street : '';
  return {
    name: shownName(language, facts),
    kind: t(language, `producers.kinds.${producer.kind}`),
    address: [street, placeInWords(language, address)].filter((part) => part !== '').join(', '),
    former:
      isNamed && producer.formerAddress !== ''
        ? t(language, 'trace.who.former', { address: producer.formerAddress })
        : '',
    registration:
      isNamed && producer.registrationNumber !== ''
        ? t(language, 'trace.who.registration', { number: producer.registrationNumber })
        : '',
    unclaimed: producer.claim === 'unclaimed' ? t(language, 'trace.product.unclaimed') : '',
    source: producer.source === '' ? '' : t(language, 'trace.product.source', { source: producer.source }),
    phone: phone === '' ? undefined : { href: `tel:${phone}`, text: formatPhone(phone) },
    recalls: recallWords(language, facts),
    products: facts.products.map((found) => productItem(language, found, { withProducer: false })),
    checked: t(language, 'catalog.search.checked', { moment: formatMoment(language, facts.at) }),
    shops: shopLinks(producer.shops),
    sites: facts.sites.map((site) => siteWords(language, site)),
    story: isNamed ? producer.story.split(/\n+/).filter((part) => part.trim() !== '') : [],
    feeds: { csv: paths.producerFeed(facts.slug, 'csv'), json: paths.producerFeed(facts.slug, 'json') },
    printed: t(language, 'trace.product.printed', { url, moment: formatMoment(language, facts.at) }),
  };
}

export function producerTitle(language: Language, facts: ProducerFacts): string {
  return facts.producer.sample
    ? `${shownName(language, facts)} | ${t(language, 'common.sample')}`
    : shownName(language, facts);
}

export function producerDescription(language: Language, facts: ProducerFacts): string {
  const place = placeInWords(language, facts.producer.address);
  return t(language, 'catalog.producer.description', { name: shownName(language, facts), place });
}

const text = z.string();

export const producerAnswer = z.object({
  name: text.nullable(),
  kind: z.enum(producerKinds),
  commune: text,
  province: text,
  claimed: z.boolean(),
  page: text,
  phone: text.nullable(),
  shops: z.array(z.object({ url: text, marketplace: text })),
  products: z.array(z.object({ name: text, page: text, state: text, stars: z.number().nullable() })),
  openRecalls: z.array(z.object({ id: text, product: text, lot: text, openedAt: text })),
  sample: z.boolean(),
  checkedAt: z.iso.datetime(),
});

/** The same facts as data. */
export function producerJson(facts: ProducerFacts, baseUrl: string): z.output<typeof producerAnswer> {
  const { producer, name, phone, slug, products, recalls, at } = facts;
  return {
    name: name === '' ? null : name,
    kind: producer.kind,
    commune: producer.address.communeName,
    province: producer.address.provinceName,
    claimed: producer.claim === 'claimed',
    page: `${baseUrl}${paths.producer(slug)}`,
    phone: phone === '' ? null : phone,
    shops: shopLinks(producer.shops).map(({ href, marketplace }) => ({ url: href, marketplace })),
    products: products.map(({ product, slug: own, verdict }) => ({
      name: product.name,
      page: `${baseUrl}${paths.product(own)}`,
      state: verdict.state,
      stars: verdict.state === 'valid' || verdict.state === 'extended' ? verdict.stars : null,
    })),
    openRecalls: recalls.map(({ recall, lots }) => ({
      id: recall.id,
      product: lots[0]?.product?.name ?? '',
      lot: lots[0]?.lotNumber ?? '',
      openedAt: recall.openedAt.toISOString(),
    })),
    sample: producer.sample,
    checkedAt: at.toISOString(),
  };
}
