// A product as a marketplace takes it over: one shape for the JSON, the columns of the CSV and the schema that is served.
import { z } from 'zod';
import { t } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { netUnits } from '../products/products.types.ts';
import { shopLinks } from '../producers/shops.types.ts';
import { producerSlug } from './catalog.producer.rules.ts';
import type { FoundProduct } from './catalog.types.ts';

const states = ['valid', 'extended', 'expired', 'revoked', 'declared', 'none'] as const;

export const feedItem = z.object({
  id: z.string().describe('Stays the same for ever, whatever the product is called or numbered.'),
  gtin: z.string().describe('14 digits, or empty.'),
  internalCode: z.string().describe('The producer’s own code; two producers may use the same.'),
  title: z.string().describe('Begins with DỮ LIỆU MẪU where the record is made up.'),
  brand: z.string(),
  producer: z.string(),
  producerLink: z.string().describe('Empty where a household did not agree to its name.'),
  description: z.string().describe('The producer’s own words.'),
  netAmount: z.number().nullable(),
  netUnit: z.enum([...netUnits, '']),
  packaging: z.string(),
  ingredients: z.string(),
  allergens: z.string(),
  storage: z.string(),
  warnings: z.string(),
  usage: z.string(),
  shelfLifeDays: z.number().int().nullable(),
  origin: z.string(),
  images: z.array(z.string()).describe('WebP, 720 px wide, the first one first.'),
  link: z.string().describe('The page that says what the stars are worth at the moment.'),
  ocopState: z.enum(states),
  ocopStars: z.number().int().nullable().describe('Only while they count at checkedAt.'),
  starsValidUntil: z.iso.date().nullable().describe('Last day, Viet Nam. After it the stars may not be shown.'),
  certificateNumber: z.string().describe('Only while the stars count.'),
  checkedAt: z.iso.datetime(),
  provinceCode: z.string(),
  province: z.string(),
  communeCode: z.string(),
  commune: z.string(),
  shops: z.array(z.string()),
  sample: z.boolean().describe('A made-up record: never offer it.'),
});
export type FeedItem = z.output<typeof feedItem>;

const feedDocument = z.object({
  schema: z.string(),
  source: z.string(),
  checkedAt: z.iso.datetime(),
  products: z.array(feedItem),
});

/** JSON Schema of the JSON feed. */
export function feedSchema(baseUrl: string): object {
  return { ...z.toJSONSchema(feedDocument), $id: baseUrl + paths.feedSchema, title: 'OCOP products' };
}

type Stars = Pick<FeedItem, 'ocopState' | 'ocopStars' | 'starsValidUntil' | 'certificateNumber'>;

const starsOf = ({ verdict }: FoundProduct): Stars => {
  const none = { ocopState: verdict.state, ocopStars: null, starsValidUntil: null, certificateNumber: '' };
  if (verdict.state !== 'valid' && verdict.state !== 'extended') return none;
  return {
    ocopState: verdict.state,
    ocopStars: verdict.stars,
    starsValidUntil: verdict.state === 'valid' ? verdict.lastDay : verdict.extendedTo,
    certificateNumber: verdict.certificate.number,
  };
};

/** One product with absolute addresses. Texts are Vietnamese: they are the producer's own. */
export function feedItemOf(found: FoundProduct, baseUrl: string, now: Date): FeedItem {
  const { product, producer, producerName, slug } = found;
  const { netContent, shelfLifeDays, gtin14, name } = product;
  const { brand, internalCode, packaging, ingredients, allergens, storage, warnings, usage, origin, story } = product;
  return {
    id: product.publicKey,
    gtin: gtin14,
    internalCode,
    title: producer.sample ? `${t('vi', 'common.sample')}: ${name}` : name,
    brand,
    producer: producerName === '' ? t('vi', 'trace.unnamed') : producerName,
    producerLink: producerName === '' ? '' : baseUrl + paths.producer(producerSlug(producer, producerName)),
    description: story,
    netAmount: netContent?.amount ?? null,
    netUnit: netContent?.unit ?? '',
    ...{ packaging, ingredients, allergens, storage, warnings, usage },
    shelfLifeDays: shelfLifeDays ?? null,
    origin,
    images: product.pictures.map(({ fileId }) => baseUrl + paths.picture(fileId, 720, 'webp')),
    link: baseUrl + paths.product(slug),
    ...starsOf(found),
    checkedAt: now.toISOString(),
    provinceCode: producer.address.provinceCode,
    province: producer.address.provinceName,
    communeCode: producer.address.communeCode,
    commune: producer.address.communeName,
    shops: shopLinks(producer.shops).map(({ href }) => href),
    sample: producer.sample,
  };
}

/** Headings of the CSV, in the order of its columns. */
export const feedColumns = Object.keys(feedItem.shape) as (keyof FeedItem)[];

const cellOf = (value: FeedItem[keyof FeedItem]): string => {
  if (Array.isArray(value)) return value.join(' ');
  return value === null ? '' : String(value);
};

/** A product as a row of the CSV; several addresses stand in one cell with a space between them. */
export function feedRow(item: FeedItem): string[] {
  return feedColumns.map((column) => cellOf(item[column]));
}
