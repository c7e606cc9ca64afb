// The public page of a product and its JSON: the verdict of today first, then who makes it, its papers, and what a label says of it.
import { z } from 'zod';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { shopLinks } from '../producers/shops.types.ts';
import { certificateItems, siblingWords } from './trace.certificates.view.ts';
import type { ProductFacts } from './trace.types.ts';
import { verdictCard, verdictTitle } from './trace.verdict.view.ts';
import { pictureOf, sampleWords, useSection } from './trace.parts.view.ts';
import { callLink, placeWords, producerName } from './trace.words.view.ts';

const longName = 36;

/** The title of the document: what the tab and a shared link say. */
export function productTitle(language: Language, facts: ProductFacts): string {
  const product = facts.product.name;
  const title = t(language, 'trace.product.title', { product, verdict: verdictTitle(language, facts.verdict) });
  return facts.sample ? `${title} | ${t(language, 'common.sample')}` : title;
}

/** Everything that views/trace/product.hbs prints. */
export function productPageView(language: Language, facts: ProductFacts, options: { url: string; saveData: boolean }) {
  const { product, producer } = facts;
  const items = certificateItems(language, facts);
  const phone = callLink(facts.publicPhone);
  return {
    isSample: facts.sample,
    sampleWords: sampleWords(language, facts),
    themeColor: facts.sample ? '#F2B33D' : '#F1F4F0',
    name: product.name,
    nameLook: product.name.length > longName ? 'dai' : '',
    picture: pictureOf(product.picture, options.saveData),
    producer: {
      name: producerName(language, facts),
      madeAt: t(language, 'trace.madeAt', { place: placeWords(language, producer.address) }),
      place: placeWords(language, producer.address),
      former:
        // As on a scan page: a household that did not agree to its name is not told by its address either.
        producer.formerAddress === '' || facts.publicName === ''
          ? ''
          : t(language, 'trace.who.former', { address: producer.formerAddress }),
      unclaimed: producer.claim === 'unclaimed' ? t(language, 'trace.product.unclaimed') : '',
      source: product.source === '' ? '' : t(language, 'trace.product.source', { source: product.source }),
    },
    phone,
    verdict: verdictCard(language, facts),
    certificates: items,
    siblings: siblingWords(language, facts),
    use: useSection(language, facts),
    story: product.story.split(/\n+/).filter((part) => part.trim() !== ''),
    shops: shopLinks(producer.shops),
    producerHref: facts.publicName === '' ? '' : paths.producer(producer.id),
    checkHref: paths.check,
    printed: t(language, 'trace.product.printed', { url: options.url, moment: formatMoment(language, facts.at) }),
    icons: {
      phone: phone !== undefined,
      seal: items.some(({ vouched }) => vouched !== ''),
      clock: items.some(({ pending }) => pending !== ''),
    },
  };
}

const verdictStates = ['valid', 'extended', 'expired', 'revoked', 'declared', 'none'] as const;

export const productPageAnswer = z.object({
  name: z.string(),
  brand: z.string(),
  producer: z.string(),
  place: z.string(),
  url: z.string(),
  verdict: z.object({
    state: z.enum(verdictStates),
    /** Only of a recognition that counts today. */
    stars: z.number().optional(),
    words: z.string(),
    why: z.string(),
  }),
  certificates: z.array(
    z.object({
      title: z.string(),
      number: z.string(),
      detail: z.string(),
      vouched: z.string(),
      pending: z.string(),
      paper: z.string(),
    }),
  ),
  /** Other products of the producer, each with what its own stars are worth. */
  siblings: z.array(z.object({ name: z.string(), state: z.enum(verdictStates) })),
  /** What a label says, in words: warnings, ingredients, storage, net content. */
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  source: z.string(),
  sample: z.boolean(),
  checkedAt: z.iso.datetime(),
});

/** The same facts as data. */
export function productPageJson(
  language: Language,
  facts: ProductFacts,
  url: string,
): z.output<typeof productPageAnswer> {
  const card = verdictCard(language, facts);
  const { verdict } = facts;
  const counts = verdict.state === 'valid' || verdict.state === 'extended';
  return {
    name: facts.product.name,
    brand: facts.product.brand,
    producer: producerName(language, facts),
    place: placeWords(language, facts.producer.address),
    url,
    verdict: {
      state: verdict.state,
      ...(counts ? { stars: verdict.stars } : {}),
      words: [card.title, card.line].filter((part) => part !== '').join('. '),
      why: card.more,
    },
    certificates: certificateItems(language, facts).map(({ title, number, detail, vouched, pending, paper }) => {
      return { title, number, detail, vouched, pending, paper: paper?.href ?? '' };
    }),
    siblings: facts.siblings.map(({ name, verdict: own }) => ({ name, state: own.state })),
    facts: useSection(language, facts).map(({ label, value }) => ({ label, value })),
    source: facts.product.source,
    sample: facts.sample,
    checkedAt: facts.at.toISOString(),
  };
}
