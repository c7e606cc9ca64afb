// What is put before an officer who judges certificates: none of it is stored.
import type { Day } from '../days.ts';
import type { Producer } from '../producers/producers.types.ts';
import type { Product } from '../products/products.types.ts';
import type {
  Certificate,
  CertificateDecision,
  CurrentDocument,
  DecidedKind,
  NeededField,
  StarVerdict,
} from './certificates.types.ts';

/** Where a certificate stands: nobody has looked yet, an officer stands behind it, it is revoked (from whatever day), its producer took it back. */
export const standings = ['waiting', 'verified', 'revoked', 'withdrawn'] as const;
export type Standing = (typeof standings)[number];

/** A certificate with the decisions on it, oldest first. */
export type CertificateRecord = { certificate: Certificate; decisions: CertificateDecision[]; standing: Standing };

/** Which pattern a product's OCOP code follows: five parts (with a district) until 2025, four parts by the rules of 2026. */
export const codePatterns = ['five-part', 'four-part', 'other', 'none'] as const;

/** The parts of a code that follows a known pattern. */
export type CodePattern =
  | { pattern: 'five-part'; province: string; district: string; commune: string; serial: string; year: string }
  | { pattern: 'four-part'; province: string; commune: string; serial: string; year: string }
  | { pattern: 'other' }
  | { pattern: 'none' };

/** `fine`: nothing to see; `look`: the officer should look; `unknown`: the data for it are not there. */
export type CheckOutcome = 'fine' | 'look' | 'unknown';

export type MachineChecks = {
  /** What a paper of its type must say and this one does not. */
  fields: { outcome: CheckOutcome; lacks: NeededField[] };
  /** Without a pattern where the paper is no OCOP certificate. */
  code: { outcome: CheckOutcome; pattern: CodePattern['pattern'] | undefined };
  power: { outcome: CheckOutcome };
  /** `days`: printed minus computed. */
  lastDay: { outcome: CheckOutcome; printed: Day | undefined; computed: Day | undefined; days: number };
  duplicates: { outcome: CheckOutcome; count: number };
};

/** A certificate in the officer's list. `verdict` is what this paper alone is worth today. */
export type OfficeItem = CertificateRecord & {
  verdict: StarVerdict;
  product: Product;
  producer: Producer;
  /** Whole days since it was entered. */
  waitingDays: number;
};

/** What a certificate is today by itself. 'not-recognised': its source lists it as something else than a recognition. */
export const paperStates = [
  'waiting',
  'valid',
  'extended',
  'expired',
  'revoked',
  'withdrawn',
  'not-recognised',
] as const;
export type PaperState = (typeof paperStates)[number];

/** A certificate in a list with how long it still runs. */
export type CertificateRow = OfficeItem & {
  state: PaperState;
  lastDay: Day | undefined;
  /** From today to the last day; negative once it is over. */
  daysLeft: number | undefined;
  /** When the file for a new assessment is due, of an OCOP certificate that an officer stands behind. */
  renewal: { from: Day; to: Day } | undefined;
  document: CurrentDocument | undefined;
};

export type CertificateRowPage = { items: CertificateRow[]; next: string | null };

export type OfficePage = { items: OfficeItem[]; next: string | null };

/** Everything to judge one certificate by. */
export type Dossier = OfficeItem & {
  checks: MachineChecks;
  /** The paper as the producer sent it. */
  document: { fileId: string; isPicture: boolean; bytes: number } | undefined;
  /** What the stars of the product are worth today, with all its certificates; and what they would be once this one is verified. */
  productVerdict: StarVerdict;
  verdictIfVerified: StarVerdict;
  lastDay: Day | undefined;
  lastExtensionDay: Day | undefined;
  /** The decisions that are open; none for the people of the producer itself. */
  openKinds: DecidedKind[];
  /** Names of those who entered and decided, by user id. */
  names: Map<string, string>;
};
