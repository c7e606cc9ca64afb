// What product and scan pages say of themselves to search engines and to whoever shares them: schema.org data and a picture. A star is told as a
// certification and only while it counts; never as a rating, which would be buyers' opinion.
import { dayOf } from '../days.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { shareSize } from './trace.share.types.ts';
import type { ProductFacts, TraceFacts } from './trace.types.ts';
import { verdictTitle } from './trace.verdict.view.ts';
import { placeWords, producerName } from './trace.words.view.ts';

type JsonLd = Record<string, unknown>;

/** The certification in schema.org's terms, or undefined for stars that do not count at the moment. */
const certification = (language: Language, { verdict }: ProductFacts): JsonLd | undefined => {
  if (verdict.state !== 'valid' && verdict.state !== 'extended') return undefined;
  const { certificate, stars } = verdict;
  return {
    '@type': 'Certification',
    name: t(language, 'trace.verdict.stars', { stars }),
    certificationStatus: 'https://schema.org/CertificationActive',
    ...(certificate.number === '' ? {} : { certificationIdentification: certificate.number }),
    ...(certificate.issuerName === '' ? {} : { issuedBy: { '@type': 'Organization', name: certificate.issuerName } }),
    ...(certificate.issuedOn === undefined
      ? {}
      : { datePublished: certificate.issuedOn, validFrom: certificate.issuedOn }),
    expires: verdict.state === 'valid' ? verdict.lastDay : verdict.extendedTo,
    certificationRating: { '@type': 'Rating', ratingValue: stars, bestRating: 5, worstRating: 1 },
  };
};

/** The product as schema.org data. `baseUrl` without a slash at the end. */
export function productJsonLd(language: Language, facts: ProductFacts, baseUrl: string): JsonLd {
  const { product, producer, productSlug } = facts;
  const holds = certification(language, facts);
  const maker: JsonLd = {
    '@type': 'Organization',
    name: producerName(language, facts),
    address: {
      '@type': 'PostalAddress',
      addressCountry: 'VN',
      addressRegion: producer.address.provinceName,
      ...(producer.address.communeName === '' ? {} : { addressLocality: producer.address.communeName }),
    },
  };
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    '@id': `${baseUrl}${paths.product(productSlug)}`,
    name: product.name,
    url: `${baseUrl}${paths.product(productSlug)}`,
    manufacturer: maker,
    countryOfOrigin: { '@type': 'Country', name: 'VN' },
    ...(product.brand === '' ? {} : { brand: { '@type': 'Brand', name: product.brand } }),
    ...(product.gtin14 === '' ? {} : { gtin14: product.gtin14 }),
    ...(product.picture === undefined
      ? {}
      : { image: `${baseUrl}${paths.picture(product.picture.fileId, 720, 'webp')}` }),
    ...(holds === undefined ? {} : { hasCertification: holds }),
  };
}

/** The lot on a scan page: the product with its lot number, the days of the lot, and whether it is recalled. */
export function lotJsonLd(language: Language, facts: TraceFacts, baseUrl: string): JsonLd {
  const { batch } = facts;
  return {
    ...productJsonLd(language, facts, baseUrl),
    '@type': 'IndividualProduct',
    '@id': `${baseUrl}${paths.product(facts.productSlug)}#lot-${encodeURIComponent(batch.lotNumber)}`,
    isVariantOf: { '@type': 'ProductGroup', '@id': `${baseUrl}${paths.product(facts.productSlug)}` },
    ...(batch.packedOn === undefined ? {} : { productionDate: batch.packedOn }),
    additionalProperty: [
      { '@type': 'PropertyValue', propertyID: 'lot', value: batch.lotNumber },
      ...(batch.useBy === undefined ? [] : [{ '@type': 'PropertyValue', propertyID: 'useBy', value: batch.useBy }]),
      { '@type': 'PropertyValue', propertyID: 'recalled', value: facts.recalls.length > 0 },
    ],
  };
}

/** Versions of what the picture shows: another name is another picture. */
export function shareVersion({ product, producer }: Pick<ProductFacts, 'product' | 'producer'>): string {
  return `${product.version}-${producer.version}`;
}

const imageOf = (language: Language, facts: ProductFacts, baseUrl: string) => ({
  url: `${baseUrl}${paths.shareImage(facts.product.publicKey, shareVersion(facts))}`,
  ...shareSize,
  alt: t(language, 'trace.share.alt', { product: facts.product.name, producer: producerName(language, facts) }),
});

const description = (language: Language, facts: ProductFacts): string =>
  t(language, 'trace.share.description', {
    producer: producerName(language, facts),
    place: placeWords(language, facts.producer.address),
    verdict: verdictTitle(language, facts.verdict),
    day: dayOf(facts.at).split('-').reverse().join('/'),
  });

/** Head of a product's page. */
export function productMeta(language: Language, facts: ProductFacts, baseUrl: string) {
  return {
    url: `${baseUrl}${paths.product(facts.productSlug)}`,
    hasLanguages: true,
    description: description(language, facts),
    image: imageOf(language, facts, baseUrl),
    jsonLd: productJsonLd(language, facts, baseUrl),
  };
}

/** Head of a scan page. Nothing in it is of one code: the page is one for all codes of a lot, and search engines are led to the product. */
export function scanMeta(language: Language, facts: TraceFacts, baseUrl: string) {
  return {
    url: `${baseUrl}${paths.product(facts.productSlug)}`,
    hasLanguages: true,
    description: description(language, facts),
    image: imageOf(language, facts, baseUrl),
    jsonLd: lotJsonLd(language, facts, baseUrl),
  };
}
