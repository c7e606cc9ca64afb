// Everything that the scan page of one code needs, as plain data gathered at one moment.
import type { Batch } from '../batches/batches.types.ts';
import type { Certificate, CertificateDecision, StarVerdict } from '../certificates/certificates.types.ts';
import type { Day } from '../days.ts';
import type { Producer } from '../producers/producers.types.ts';
import type { Product } from '../products/products.types.ts';
import type { Recall } from '../recalls/recalls.types.ts';
import type { Site } from '../sites/sites.types.ts';
import type { JournalEntry, JournalGap } from '../steps/steps.types.ts';

/** A certificate with its own decisions, and what its stars alone would be worth on the day ('none' and 'declared' for other types). */
export type CertificateFacts = { certificate: Certificate; decisions: CertificateDecision[]; own: StarVerdict };

/** Another product of the same producer and what its stars are worth. */
export type SiblingFacts = { name: string; verdict: StarVerdict };

export type TraceFacts = {
  /** Canonical, 12 symbols without hyphens. */
  code: string;
  codeKind: 'lot' | 'unit';
  sample: boolean;
  /** The moment of the look-up. */
  at: Date;
  batch: Batch;
  product: Product;
  producer: Producer;
  /** What anybody may read of the producer: '' where a household did not agree. */
  publicName: string;
  publicPhone: string;
  sites: Site[];
  verdict: StarVerdict;
  /** The day this lot was made (packed, else harvested, else begun), and what the stars were worth on it. */
  madeOn: Day;
  verdictWhenMade: StarVerdict;
  certificates: CertificateFacts[];
  siblings: SiblingFacts[];
  /** Newest first; corrected and withdrawn steps are left out. */
  journal: JournalEntry[];
  gaps: JournalGap[];
  /** Open recalls that reach the lot, newest first. */
  recalls: Recall[];
};
