// The documents as they are stored, by collection.
import type { User } from '../../src/accounts/accounts.types.ts';
import type { StoredBatch } from '../../src/batches/batches.model.ts';
import type { CertificatePlace } from '../../src/certificates/certificates.model.ts';
import type { Certificate, CertificateDecision } from '../../src/certificates/certificates.types.ts';
import type { StoredFile } from '../../src/files/files.types.ts';
import type { LabelRun } from '../../src/labels/labels.types.ts';
import type { StoredProducer } from '../../src/producers/producers.model.ts';
import type { StoredProduct } from '../../src/products/products.model.ts';
import type { StoredSite } from '../../src/sites/sites.model.ts';
import type { Content } from '../../src/steps/steps.evidence.model.ts';
import type { Attachment, Confirmation, Step } from '../../src/steps/steps.types.ts';
import type { ContentDocument, ContentPart } from './pictures.ts';

type Stored<T extends { id: string }> = Omit<T, 'id'> & { _id: string };

export type Documents = {
  users: Stored<User>;
  'files.files': ContentDocument;
  'files.chunks': ContentPart;
  fileRecords: Stored<StoredFile>;
  producers: StoredProducer;
  sites: StoredSite;
  products: StoredProduct;
  certificates: Stored<Certificate> & CertificatePlace;
  certificateDecisions: Stored<CertificateDecision> & { sequence: number };
  batches: StoredBatch;
  steps: Stored<Step> & { replaces?: string };
  attachments: Stored<Attachment>;
  confirmations: Stored<Confirmation>;
  contents: Omit<Content, 'hash'> & { _id: string };
  labelRuns: Stored<LabelRun>;
};

export type CollectionName = keyof Documents;

export type Generated = {
  [Name in CollectionName]: { collection: Name; document: Documents[Name] };
}[CollectionName];

export function stored<T extends { id: string }>({ id, ...rest }: T): Stored<T> {
  return { _id: id, ...rest };
}
