// What the page of a lot and the page of a product both show: picture, what the label says, the producer's words, the sample strip.
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { ProductPicture } from '../products/products.types.ts';
import type { ProductFacts } from './trace.types.ts';
import { netWords, producerWord } from './trace.words.view.ts';

/** The rest of a longer story is on the page of the product. */
const longStory = 600;

/** A picture in the widths that the page asks for; the small one alone for who saves data. */
export const pictureOf = (picture: ProductPicture | undefined, saveData: boolean) => {
  if (picture === undefined) return undefined;
  const sizes = saveData ? [360] : [360, 720];
  const list = (format: 'avif' | 'webp') =>
    sizes.map((width) => `${paths.picture(picture.fileId, width, format)} ${width}w`).join(', ');
  const src = paths.picture(picture.fileId, sizes.at(-1) ?? 360, 'webp');
  return { avif: list('avif'), webp: list('webp'), src, alt: picture.alt };
};

/** What a label says of the product, in rows. */
export const useSection = (language: Language, { product }: ProductFacts) => {
  const { netContent, packaging, origin, standards } = product;
  const net = netWords(language, netContent);
  const each = packaging === '' || net === '' ? net : t(language, 'trace.use.each', { net, packaging });
  const row = (key: string, value: string, isAsked: boolean, look = '') =>
    value === '' && !isAsked
      ? []
      : [
          {
            label: t(language, `trace.use.${key}`),
            value: value === '' ? t(language, 'trace.use.missing') : value,
            look: value === '' ? 'ko' : look,
          },
        ];
  return [
    ...row('warnings', product.warnings, false, 'cb'),
    ...row('allergens', product.allergens, false, 'cb'),
    ...row('brand', product.brand, false),
    ...row('ingredients', product.ingredients, true),
    ...row('usage', product.usage, false),
    ...row('storage', product.storage, true),
    ...row('net', [each, origin].filter((part) => part !== '').join(', '), true),
    ...row('standards', standards.join('; '), true),
  ];
};

/** A real producer's trial label is sample data too, but its producer is not made up. */
export const sampleWords = (language: Language, facts: ProductFacts): string =>
  t(language, facts.producer.sample ? 'common.sampleProducer' : 'common.sample');

/** The producer's own words, marked as such: nobody has checked them. */
export const storySection = (language: Language, facts: ProductFacts) => {
  const paragraphs = facts.product.story.split(/\n+/).filter((part) => part.trim() !== '');
  const [first, ...rest] = paragraphs;
  if (first === undefined) return undefined;
  const isLong = paragraphs.join('').length > longStory;
  const shown = first.length > longStory ? `${first.slice(0, longStory).trimEnd()}…` : first;
  return {
    title: t(language, 'trace.story.title'),
    mark: t(language, 'trace.story.mark', { who: producerWord(language, facts.producer) }),
    paragraphs: isLong ? [shown] : [first, ...rest],
    moreHref: isLong ? paths.product(facts.productSlug) : '',
    more: t(language, 'trace.story.more'),
  };
};
