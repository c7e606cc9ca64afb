// How a linkset is read as JSON-LD, and what this resolver says of itself.
import { paths } from '../paths.ts';
import { linkTypes } from './links.types.ts';

/** The GS1 Web vocabulary. */
export const vocabulary = 'https://gs1.org/voc/';

export function linksetContextUrl(baseUrl: string): string {
  return `${baseUrl}${paths.linksetContext}`;
}

/** JSON-LD context of our linksets: members of RFC 9264 as RDF terms. */
export const linksetContext = {
  '@context': {
    '@version': 1.1,
    '@vocab': 'http://www.iana.org/assignments/relation/',
    linkset: '@graph',
    anchor: '@id',
    href: '@id',
    itemDescription: 'http://www.w3.org/2000/01/rdf-schema#comment',
    title: 'http://purl.org/dc/terms/title',
    hreflang: { '@id': 'http://purl.org/dc/terms/language', '@container': '@set' },
    type: 'http://purl.org/dc/terms/format',
    gs1: vocabulary,
  },
};

/** `/.well-known/gs1resolver`. */
export function resolverDescription(baseUrl: string) {
  return {
    name: 'OCOP Trace',
    resolverRoot: baseUrl,
    supportedPrimaryKeys: ['01'],
    linkTypeDefaultCanBeLinkset: false,
    supportedContextValuesEnumerated: [],
    supportedVocabularies: [vocabulary],
    supportedLinkTypes: linkTypes.map((name) => `gs1:${name}`),
    jsonLdContext: linksetContextUrl(baseUrl),
  };
}
