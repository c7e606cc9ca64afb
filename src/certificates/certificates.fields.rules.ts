// What a paper of each type must say before anybody can judge it. Entering one that lacks something is never refused: people copy what is there. Pure.
import { fieldError } from '../errors.ts';
import type { Certificate, CertificateType, NeededField } from './certificates.types.ts';

// OCOP: form of the certificate and Art. 4 of Decision 26/2026/QĐ-TTg; its number may be missing on older papers, its last day follows from the
// day of issue. For the others no legal text is at hand: what such papers commonly print, as a setting of the product.
const needed: Record<CertificateType, readonly NeededField[]> = {
  ocop: ['decisionNumber', 'issuerName', 'issuedOn', 'stars'],
  vietgap: ['number', 'issuerName', 'issuedOn', 'lastDayPrinted', 'scopeText'],
  organic: ['number', 'issuerName', 'issuedOn', 'lastDayPrinted', 'scopeText'],
  haccp: ['number', 'issuerName', 'issuedOn', 'lastDayPrinted', 'scopeText'],
  gi: ['number', 'issuerName', 'issuedOn'],
  'food-safety': ['number', 'issuerName', 'issuedOn', 'lastDayPrinted'],
  other: ['issuerName', 'issuedOn'],
};

/** The fields that a paper of this type must say and this one does not, in the order of the form. */
export function lacksOfPaper(certificate: Pick<Certificate, 'type' | NeededField>): NeededField[] {
  return needed[certificate.type].filter((field) => certificate[field] === undefined || certificate[field] === '');
}

/** A star belongs to one product; what vouches for a place or a firm may be entered for several products at once, each named once. */
export function requireSeveral(type: CertificateType, products: readonly { product: string; id: string }[]): void {
  if (type === 'ocop' && products.length > 1) throw fieldError('type', 'one-product-only');
  const isTwice = (['product', 'id'] as const).some(
    (name) => new Set(products.map((one) => one[name])).size < products.length,
  );
  if (isTwice) throw fieldError('products', 'named-twice');
}
