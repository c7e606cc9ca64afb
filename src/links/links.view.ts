// Digital Links for programs and people: the linkset, and the page that says what of a link is wrong or not registered.
import type { DigitalLinkFault } from '../codes/digital-link.ts';
import { linksetContextUrl, vocabulary } from './links.context.view.ts';
import { languages, t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { apiBase, paths } from '../paths.ts';
import type { LinkTarget, UnknownPart, AskedLink, LinkType, TypedLink, TypedLinks } from './links.types.ts';

export { linksetContextUrl };

/** `https://host/01/…/10/…/21/…`, percent-encoded: the address that the facts of the linkset are about. */
export function anchorOf(baseUrl: string, { gtin14, lot, serial }: LinkTarget['link']): string {
  const encode = (value: string): string =>
    encodeURIComponent(value).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const part = (identifier: string, value: string | undefined): string =>
    value === undefined ? '' : `/${identifier}/${encode(value)}`;
  return `${baseUrl}/01/${gtin14}${part('10', lot)}${part('21', serial)}`;
}

/** One link for each language of a page. */
const inEachLanguage = (address: string, key: string, values: Record<string, unknown>): TypedLink[] =>
  languages.map((language) => ({
    href: `${address}?lang=${language}`,
    title: t(language, key, values),
    hreflang: [language],
    type: 'text/html',
  }));

/** Every link of the address, those of the product also for its lots and units. Addresses are absolute. */
export function typedLinks(baseUrl: string, target: LinkTarget): TypedLinks {
  const { facts, code, link } = target;
  const values = { product: facts.product.name, lot: link.lot ?? '' };
  const productPage = `${baseUrl}${paths.product(target.slug)}`;
  const productData = `${baseUrl}${apiBase}/public/products/${target.slug}`;
  const codePage = code === undefined ? undefined : `${baseUrl}${paths.scan(code)}`;
  const certificates =
    facts.certificates.length === 0
      ? {}
      : {
          certificationInfo: inEachLanguage(productPage, 'links.certificationInfo', values),
        };
  const shops =
    facts.producer.shops.length === 0
      ? {}
      : { hasRetailers: inEachLanguage(productPage, 'links.hasRetailers', values) };
  const data = (href: string, key: string): TypedLink => ({
    href,
    title: t('vi', key, values),
    type: 'application/json',
  });
  return {
    defaultLink: [
      {
        href: codePage ?? productPage,
        title: t('vi', codePage === undefined ? 'links.pip' : 'links.traceability', values),
      },
    ],
    pip: inEachLanguage(productPage, 'links.pip', values),
    ...(codePage === undefined
      ? {}
      : {
          traceability: [
            ...inEachLanguage(codePage, 'links.traceability', values),
            data(`${baseUrl}${apiBase}/codes/${code ?? ''}`, 'links.traceabilityData'),
          ],
          recallStatus: inEachLanguage(codePage, 'links.recallStatus', values),
        }),
    ...(codePage === undefined
      ? { recallStatus: inEachLanguage(`${baseUrl}${paths.recalls}`, 'links.recallList', values) }
      : {}),
    ...certificates,
    ...shops,
    masterData: [data(productData, 'links.masterData')],
    verificationService: inEachLanguage(`${baseUrl}${paths.check}`, 'links.verificationService', values),
  };
}

/** The linkset of RFC 9264 as GS1 conforming resolvers give it: one context, the address asked for. */
export function linksetJson(baseUrl: string, target: LinkTarget): { linkset: Record<string, unknown>[] } {
  const links = Object.entries(typedLinks(baseUrl, target)).map(([type, list]) => [`${vocabulary}${type}`, list]);
  return {
    linkset: [
      {
        anchor: anchorOf(baseUrl, target.link),
        itemDescription: target.facts.product.name,
        ...(Object.fromEntries(links) as Record<string, TypedLink[]>),
      },
    ],
  };
}

/** The address of the asked type in the reader's language, or undefined where there is none. */
export function linkOfType(links: TypedLinks, asked: string, language: Language): string | undefined {
  const type = asked.replace(/^gs1:|^https:\/\/(www\.)?gs1\.org\/voc\//, '') as LinkType;
  const list = Object.hasOwn(links, type) ? (links[type] ?? []) : [];
  return (list.find(({ hreflang }) => hreflang?.includes(language)) ?? list[0])?.href;
}

const faultWords = (language: Language, fault: DigitalLinkFault): string => {
  if (fault.reason !== 'gtin') return t(language, `links.fault.${fault.reason}`);
  const { gtin } = fault;
  if (gtin.reason !== 'check') return t(language, `links.fault.gtin-${gtin.reason}`);
  return t(language, 'links.fault.gtin-check', { position: gtin.position, expected: gtin.expected });
};

const rows = (language: Language, asked: AskedLink) =>
  (['gtin', 'lot', 'serial'] as const)
    .filter((name) => asked[name] !== '')
    .map((name) => ({ label: t(language, `links.asked.${name}`), value: asked[name] }));

/** The page for a link that can't be read (400). `typed` is the path as it came, cleaned. */
export function malformedView(language: Language, typed: string, fault: DigitalLinkFault) {
  return {
    title: t(language, 'links.malformedTitle'),
    why: faultWords(language, fault),
    asked: [{ label: t(language, 'links.asked.address'), value: typed }],
    whatNow: t(language, 'links.malformedNow'),
  };
}

/** The page for a product, lot or unit that nobody registered (404). */
export function unknownView(language: Language, part: UnknownPart, asked: AskedLink) {
  const isCase = part === 'product' && /^[1-8]/.test(asked.gtin);
  return {
    title: t(language, `links.unknown.${part}`),
    why: t(language, isCase ? 'links.unknownCase' : `links.unknownWhy.${part}`),
    asked: rows(language, asked),
    whatNow: t(language, 'links.unknownNow'),
  };
}
