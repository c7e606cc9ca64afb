// Typed links of a Digital Link address, as a linkset lists them (RFC 9264) and as `?linkType=` asks for them.
import type { ProductFacts } from '../trace/trace.types.ts';

/** What a link leads to. `code` is that of the lot, or of the unit where the link carries its serial; undefined for a link of the product alone. */
export type LinkTarget = {
  link: { gtin14: string; lot?: string; serial?: string };
  facts: ProductFacts;
  slug: string;
  code: string | undefined;
};

/** The part of a link that nobody has registered. */
export type UnknownPart = 'product' | 'lot' | 'serial';

export type FoundLink = { found: LinkTarget } | { unknown: UnknownPart };

export type TypedLink = {
  href: string;
  title: string;
  /** Languages of what the address returns. */
  hreflang?: string[];
  /** Media type of what the address returns. */
  type?: string;
};

/** Link types of the GS1 Web vocabulary that this register serves, by their names without prefix. */
export const linkTypes = [
  'defaultLink',
  'pip',
  'traceability',
  'recallStatus',
  'certificationInfo',
  'masterData',
  'hasRetailers',
  'verificationService',
] as const;
export type LinkType = (typeof linkTypes)[number];

export type TypedLinks = Partial<Record<LinkType, TypedLink[]>>;

/** What was asked for, as the page of an unknown product, lot or unit shows it again. */
export type AskedLink = { gtin: string; lot: string; serial: string };
