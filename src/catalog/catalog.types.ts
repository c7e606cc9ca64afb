// What the public search knows of a product or producer: by which words it is found and by what lists are narrowed. What a page shows of it
// is read from the records themselves.
import type { Product } from '../products/products.types.ts';
import type { Producer } from '../producers/producers.types.ts';
import type { StarVerdict } from '../certificates/certificates.types.ts';
import type { PublicRecall } from '../recalls/recalls.types.ts';
import type { Site } from '../sites/sites.types.ts';
import type { Unit } from '../units/units.types.ts';

/** 'hidden': of a record that nobody may find; it only tells that this is known. */
export const entryKinds = ['product', 'producer', 'hidden'] as const;
export type EntryKind = (typeof entryKinds)[number];

export type CatalogEntry = {
  /** Of the product or producer. */
  id: string;
  kind: EntryKind;
  /** As everybody may read it. */
  name: string;
  /** Folded, for the order of lists. */
  sortName: string;
  /** Folded words, and with an equals sign in front the same with their marks. */
  words: string[];
  provinceCode: string;
  communeCode: string;
  ocopSet: number;
  /** Stars that the ruling certificate gives, 0 without one: which of them count is worked out when asked. */
  star: number;
  /** Versions of the records that it was made from. */
  productVersion: number;
  producerVersion: number;
  /** When another version of the record was first seen; when it was made, for one that never changed since. */
  changedAt?: Date;
};

/** A product as a list shows it, with what its stars are worth at the moment. */
export type FoundProduct = {
  product: Product;
  slug: string;
  producer: Producer;
  /** '' where a household did not agree to its name. */
  producerName: string;
  verdict: StarVerdict;
};

export type FoundProducer = { producer: Producer; name: string; slug: string };

export type SearchResult = {
  products: FoundProduct[];
  /** Whether there is another page. */
  hasMore: boolean;
  /** Nothing was found as typed: these are words one letter off. */
  isNear: boolean;
  producers: FoundProducer[];
  communes: Unit[];
};

/** What everybody may read of a producer at a moment. */
export type ProducerFacts = {
  producer: Producer;
  /** '' where a household did not agree to its name. */
  name: string;
  phone: string;
  slug: string;
  products: FoundProduct[];
  sites: Site[];
  /** Open recalls of its lots. */
  recalls: PublicRecall[];
  at: Date;
};
