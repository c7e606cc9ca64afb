// Certificates: OCOP recognitions and others, and the officer's decisions on them. Both append-only.

export const certificateTypes = ['ocop', 'vietgap', 'organic', 'haccp', 'gi', 'food-safety', 'other'] as const;
export type CertificateType = (typeof certificateTypes)[number];

/** Who decided: the chair of a province's People's Committee (3-4 stars) or the minister (5 stars). Decision 26/2026/QĐ-TTg, Art. 4.1. */
export const issuerLevels = ['province', 'ministry', 'other'] as const;
export type IssuerLevel = (typeof issuerLevels)[number];

/** As what the source of a record calls the product: only a recognition can ever give stars. */
export const listings = ['recognised', 'scored', 'removed', 'potential', 'in-scoring'] as const;
export type Listing = (typeof listings)[number];

/** Where an imported record comes from: the list's own key, how good its evidence is, its note. */
export type CertificateSource = { key: string; evidence: string; note: string };

export type Certificate = {
  id: string;
  producerId: string;
  /** A star belongs to one product, never to its siblings. */
  productId: string;
  type: CertificateType;
  /** As printed, also old five-part codes. */
  number: string;
  decisionNumber: string;
  issuerLevel: IssuerLevel;
  issuerName: string;
  issuedOn: string | undefined;
  /** `2020-11` or `2020` where the source does not tell the day; '' otherwise. */
  issuedPart: string;
  /** As printed; undefined when the paper names none. */
  lastDayPrinted: string | undefined;
  stars: number | undefined;
  /** Free words: area, crop, scope. */
  scopeText: string;
  /** True when the competent officer entered it: then it counts without a further verification. */
  enteredByOfficer: boolean;
  documentFileId: string | undefined;
  listedAs: Listing;
  /** Key of the imported list's facts; undefined unless imported. */
  importKey: string | undefined;
  source: CertificateSource | undefined;
  byUserId: string;
  recordedAt: Date;
};

/** What a paper of some type must say before anybody can judge it. */
export const neededFields = [
  'number',
  'decisionNumber',
  'issuerName',
  'issuedOn',
  'lastDayPrinted',
  'stars',
  'scopeText',
] as const;
export type NeededField = (typeof neededFields)[number];

/** A decision as a list of recognitions has it; nobody competent has verified it. */
export type ImportedCertificate = {
  importKey: string;
  producerId: string;
  productId: string;
  provinceCode: string;
  /** Code of the product as in the source, or ''. */
  number: string;
  decisionNumber: string;
  issuerLevel: IssuerLevel;
  issuerName: string;
  issuedOn?: string;
  issuedPart: string;
  lastDayPrinted?: string;
  stars?: number;
  listedAs: Listing;
  source: CertificateSource;
};

/** What an officer may decide. */
export const decidedKinds = ['verified', 'extended', 'revoked'] as const;
export type DecidedKind = (typeof decidedKinds)[number];

export type CertificateDecision = {
  id: string;
  certificateId: string;
  /** 'withdrawn': the producer took back its own wrong entry, before anybody had decided on it. */
  kind: DecidedKind | 'withdrawn';
  decisionNumber: string;
  /** Day of the decision (or of the file, for an extension). */
  decidedOn: string;
  /** Revoked: first day without the star. Extended: last day of the extension (day of the result, at most 180 days after the last day). */
  effectiveOn: string | undefined;
  reason: string;
  byUserId: string;
  recordedAt: Date;
};

/**
 * What happened to the paper itself, append-only: one was sent (naming the one before it), or the one at hand was shown to everybody or hidden
 * again. The paper that came with the entry is the certificate's own `documentFileId`.
 */
export type CertificatePaper = {
  id: string;
  certificateId: string;
  kind: 'document' | 'shown' | 'hidden';
  fileId: string;
  /** The file that this one takes the place of; undefined for the first, and for showing and hiding. */
  before: string | undefined;
  byUserId: string;
  recordedAt: Date;
};

/** The paper at hand. Nobody but the producer and its officers sees it until one of them shows it. */
export type CurrentDocument = { fileId: string; shown: boolean; sentAt: Date };

/** What the stars of a product are worth on one day. Days as YYYY-MM-DD. */
export type StarVerdict =
  | {
      state: 'valid';
      certificate: Certificate;
      stars: number;
      lastDay: string;
      renewalWindow: { from: string; to: string } | undefined;
      verifiedOn: string;
    }
  | {
      state: 'extended';
      certificate: Certificate;
      stars: number;
      lastDay: string;
      extendedTo: string;
      verifiedOn: string;
    }
  | { state: 'expired'; certificate: Certificate; stars: number; lastDay: string; expiredSince: string }
  | {
      state: 'revoked';
      certificate: Certificate;
      stars: number;
      revokedFrom: string;
      reason: string;
      decisionNumber: string;
    }
  | { state: 'declared'; certificate: Certificate }
  | { state: 'none' };

/** Whose certificates an officer's list has: whole provinces, and single producers (of a commune). */
export type OfficeScope = { provinceCodes: readonly string[]; producerIds: readonly string[] };
