// The papers of certificates: send one, show it to everybody or hide it again, and find it.
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../actor.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { referencesIn, registerReferences } from '../files/files.references.ts';
import { registerShownFiles } from '../files/files.shown.ts';
import { fileRecord, storeDocument } from '../files/files.ts';
import type { StoredFile } from '../files/files.types.ts';
import { requireProducer, scopeOf } from '../producers/producers.service.ts';
import { raiseProductVersion } from '../products/products.service.ts';
import { findCertificate, findDecisions } from './certificates.model.ts';
import {
  certificatePaperModel,
  findCertificateIdsOfFiles,
  findPapers,
  insertPaper,
} from './certificates.papers.model.ts';
import { currentDocument } from './certificates.papers.rules.ts';
import { isWithdrawn } from './certificates.rules.ts';
import { certificateFor } from './certificates.service.ts';
import type { Certificate, CertificatePaper, CurrentDocument } from './certificates.types.ts';
import { may, requireMay } from '../powers.ts';

/** A paper as people are told of it. */
export type DocumentRecord = CurrentDocument & { file: StoredFile };

type Fact = Pick<CertificatePaper, 'kind' | 'fileId' | 'before'>;

const mostTries = 5;

/** Writes the next fact that `next` asks for, or none when all is as it should be; tries again when somebody was quicker. */
const record = async (
  db: Db,
  actor: Actor,
  certificate: Certificate,
  next: (current: CurrentDocument | undefined) => Fact | undefined,
  now: Date,
): Promise<CurrentDocument | undefined> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const papers = await findPapers(db, [certificate.id]);
    const fact = next(currentDocument(certificate, papers));
    if (fact === undefined) return currentDocument(certificate, papers);
    const paper = { ...fact, id: uuidv7(), certificateId: certificate.id, byUserId: actor.userId, recordedAt: now };
    if ((await insertPaper(db, paper, papers.length + 1)) === 'taken') continue;
    await raiseProductVersion(db, certificate.productId);
    return currentDocument(certificate, [...papers, paper]);
  }
  throw new AppError('changed-meanwhile');
};

/** The certificate, for its producer's people and the officers of its province. */
const certificateOfKeepers = async (db: Db, actor: Actor, certificateId: string): Promise<Certificate> => {
  const { certificate, standing } = await certificateFor(db, actor, certificateId);
  const scope = scopeOf(await requireProducer(db, certificate.producerId));
  if (!may(actor, 'certify', scope)) requireMay(actor, 'enter-certificate', scope, 'certificate-not-found');
  if (standing === 'withdrawn') throw new AppError('certificate-withdrawn');
  return certificate;
};

const withFile = async (db: Db, document: CurrentDocument | undefined): Promise<DocumentRecord> => {
  const file = document === undefined ? undefined : await fileRecord(db, document.fileId);
  if (document === undefined || file === undefined) throw new AppError('document-not-found');
  return { ...document, file };
};

/**
 * Sends the picture or PDF of a certificate. A later one takes the place of the one before, which stays on record; nobody else sees it until
 * it is shown. The same bytes again change nothing. Throws what `storeDocument` throws.
 */
export async function sendDocument(
  db: Db,
  actor: Actor,
  certificateId: string,
  sent: { bytes: Buffer; name: string },
  now: Date,
): Promise<DocumentRecord> {
  const certificate = await certificateOfKeepers(db, actor, certificateId);
  const file = await storeDocument(db, certificate.producerId, sent.bytes, now, { name: sent.name });
  const next = (current: CurrentDocument | undefined): Fact | undefined =>
    current?.fileId === file.id ? undefined : { kind: 'document', fileId: file.id, before: current?.fileId };
  return withFile(db, await record(db, actor, certificate, next, now));
}

/** Shows the paper at hand to everybody, or hides it again. Throws 'document-not-found' where there is none. */
export async function showDocument(
  db: Db,
  actor: Actor,
  certificateId: string,
  shown: boolean,
  now: Date,
): Promise<DocumentRecord> {
  const certificate = await certificateOfKeepers(db, actor, certificateId);
  const next = (current: CurrentDocument | undefined): Fact | undefined => {
    if (current === undefined) throw new AppError('document-not-found');
    const kind = shown ? 'shown' : 'hidden';
    return current.shown === shown ? undefined : { kind, fileId: current.fileId, before: undefined };
  };
  return withFile(db, await record(db, actor, certificate, next, now));
}

/** The paper of a certificate: for anybody once it is shown, else for those who may see the certificate. */
export async function documentFor(db: Db, actor: Actor | undefined, certificateId: string): Promise<DocumentRecord> {
  const certificate = await findCertificate(db, certificateId);
  if (certificate === undefined) throw new AppError('certificate-not-found');
  const [papers, decisions] = await Promise.all([findPapers(db, [certificateId]), findDecisions(db, [certificateId])]);
  const document = currentDocument(certificate, papers);
  if (document?.shown !== true || isWithdrawn(certificate, decisions)) {
    if (actor === undefined) throw new AppError('certificate-not-found');
    await certificateFor(db, actor, certificateId);
  }
  return withFile(db, document);
}

/** The papers at hand of certificates that have one, by certificate id. Unscoped. */
export async function documentsOf(db: Db, certificates: readonly Certificate[]): Promise<Map<string, CurrentDocument>> {
  const papers = await findPapers(
    db,
    certificates.map(({ id }) => id),
  );
  return new Map(
    certificates.flatMap((certificate) => {
      const document = currentDocument(certificate, papers);
      return document === undefined ? [] : [[certificate.id, document] as const];
    }),
  );
}

/** A paper that everybody may see. */
export type ShownDocument = { fileId: string; kind: StoredFile['kind']; bytes: number };

/** The papers of certificates that are shown to everybody, by certificate id. Unscoped. */
export async function shownDocumentsOf(
  db: Db,
  certificates: readonly Certificate[],
): Promise<Map<string, ShownDocument>> {
  const shown = new Map<string, ShownDocument>();
  for (const [certificateId, document] of await documentsOf(db, certificates)) {
    const file = document.shown ? await fileRecord(db, document.fileId) : undefined;
    if (file === undefined || file.erasedAt !== undefined) continue;
    shown.set(certificateId, { fileId: file.id, kind: file.kind, bytes: file.bytes });
  }
  return shown;
}

const findShown = async (db: Db, fileIds: readonly string[]): Promise<string[]> => {
  const certificateIds = await findCertificateIdsOfFiles(db, fileIds);
  const [found, decisions] = await Promise.all([
    Promise.all(certificateIds.map((id) => findCertificate(db, id))),
    findDecisions(db, certificateIds),
  ]);
  const certificates = found.flatMap((one) => (one === undefined || isWithdrawn(one, decisions) ? [] : [one]));
  const documents = await documentsOf(db, certificates);
  return [...documents.values()].filter(({ shown }) => shown).map(({ fileId }) => fileId);
};

/** Makes the collection known to the store, and its files to the sweep and to those who fetch them. */
export function preparePapers(db: Db): void {
  certificatePaperModel(db);
  registerReferences(db, 'certificatePapers', referencesIn('certificatePapers', 'fileId'));
  registerShownFiles(db, 'certificatePapers', findShown);
}
