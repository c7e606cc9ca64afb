// Everything that the scan page of one code, or the page of one product, needs, as plain data gathered at one moment.
import type { Batch } from '../batches/batches.types.ts';
import type { Certificate, CertificateDecision, StarVerdict } from '../certificates/certificates.types.ts';
import type { Day } from '../days.ts';
import type { Producer } from '../producers/producers.types.ts';
import type { Product } from '../products/products.types.ts';
import type { Recall } from '../recalls/recalls.types.ts';
import type { Site } from '../sites/sites.types.ts';
import type { JournalEntry, JournalGap } from '../steps/steps.types.ts';
import type { CommuneArea } from '../units/units.types.ts';

/** A certificate with its own decisions, and what its stars alone would be worth on the day ('none' and 'declared' for other types). */
export type CertificateFacts = {
  certificate: Certificate;
  decisions: CertificateDecision[];
  own: StarVerdict;
  /** The paper itself, once its producer or an officer shows it to everybody. */
  document?: { fileId: string; kind: 'picture' | 'document'; bytes: number } | undefined;
};

/** Another product of the same producer and what its stars are worth. */
export type SiblingFacts = { name: string; verdict: StarVerdict };

/** What the public may read of a product whatever lot it comes from, at one moment. */
export type ProductFacts = {
  sample: boolean;
  /** The moment of the look-up. */
  at: Date;
  product: Product;
  /** Last part of the address of its page. */
  productSlug: string;
  /** As anybody may read it (publicProducer): the rest is ''. */
  producer: Producer;
  /** What anybody may read of the producer: '' where a household did not agree. */
  publicName: string;
  publicPhone: string;
  /** A household that did not agree to show photos of its work, or where it works more finely than the commune. */
  hidesPhotos: boolean;
  hidesPlaces: boolean;
  verdict: StarVerdict;
  certificates: CertificateFacts[];
  siblings: SiblingFacts[];
};

/** What differs between the labels of one lot, but for the code itself. */
export type LabelFacts = {
  codeKind: 'lot' | 'unit';
  /** Day on which the producer took this label out of use; undefined for one that counts. */
  voidedOn: Day | undefined;
  /** Made while nobody outside could open its address: stays a sample for ever. */
  sample: boolean;
};

/** What a lot's page says whatever code it was opened by. */
export type LotFacts = ProductFacts & {
  batch: Batch;
  /** Lots that it was made from directly, with the names of their products. */
  sources: { product: string; lotNumber: string }[];
  sites: Site[];
  /** The commune of the lot's first site (else of the producer) among its neighbours; left out where its outline was not imported. */
  area?: CommuneArea | undefined;
  /** The day this lot was made (packed, else harvested, else begun), and what the stars were worth on it. */
  madeOn: Day;
  verdictWhenMade: StarVerdict;
  /** Newest first; corrected and withdrawn steps are left out. */
  journal: JournalEntry[];
  gaps: JournalGap[];
  /** Open recalls that reach the lot, newest first. */
  recalls: Recall[];
};

export type TraceFacts = LotFacts &
  LabelFacts & {
    /** Canonical, 12 symbols without hyphens; in a page for many, the mark of the slot that it goes into (slots.ts). */
    code: string;
  };
