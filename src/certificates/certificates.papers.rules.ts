// Which paper of a certificate is at hand, and whether everybody may see it. Pure.
import type { Certificate, CertificatePaper, CurrentDocument } from './certificates.types.ts';

/** The paper at hand, by what happened to it (oldest first): the one sent last, shown only when that was chosen for this very one. */
export function currentDocument(
  certificate: Pick<Certificate, 'id' | 'documentFileId' | 'recordedAt'>,
  papers: readonly CertificatePaper[],
): CurrentDocument | undefined {
  const { id, documentFileId, recordedAt } = certificate;
  const own = papers.filter((one) => one.certificateId === id);
  const sent = own.filter((one) => one.kind === 'document').at(-1);
  const fileId = sent?.fileId ?? documentFileId;
  if (fileId === undefined) return undefined;
  const since = sent === undefined ? own : own.slice(own.indexOf(sent) + 1);
  const shown = since.filter((one) => one.fileId === fileId).at(-1)?.kind === 'shown';
  return { fileId, shown, sentAt: sent?.recordedAt ?? recordedAt };
}
