// Certificates and decisions: valid records for the rules, and valid JSON for the API.
import type { Certificate, CertificateDecision } from '../../src/certificates/certificates.types.ts';
import { uuidv7 } from './factories.ts';

/** A 4-star certificate of the province of 15/07/2026, typed in by its owner. */
export function aCertificate(parts: Partial<Certificate> = {}): Certificate {
  return {
    id: uuidv7(),
    producerId: uuidv7(),
    productId: uuidv7(),
    type: 'ocop',
    number: '19-05740-7-2026',
    decisionNumber: '000/QĐ-UBND (mẫu)',
    issuerLevel: 'province',
    issuerName: 'UBND tỉnh Thái Nguyên (mẫu)',
    issuedOn: '2026-07-15',
    lastDayPrinted: undefined,
    stars: 4,
    scopeText: '',
    enteredByOfficer: false,
    documentFileId: undefined,
    issuedPart: '',
    listedAs: 'recognised',
    importKey: undefined,
    source: undefined,
    byUserId: uuidv7(),
    recordedAt: new Date('2026-07-17T09:00:00+07:00'),
    ...parts,
  };
}

/** The same, entered by the competent officer, so that it counts. */
export function aCountedCertificate(parts: Partial<Certificate> = {}): Certificate {
  return aCertificate({ enteredByOfficer: true, ...parts });
}

/** A verification, unless said otherwise. */
export function aDecision(certificate: Certificate, parts: Partial<CertificateDecision> = {}): CertificateDecision {
  return {
    id: uuidv7(),
    certificateId: certificate.id,
    kind: 'verified',
    decisionNumber: '',
    decidedOn: '2026-07-18',
    effectiveOn: undefined,
    reason: '',
    byUserId: uuidv7(),
    recordedAt: new Date('2026-07-18T10:00:00+07:00'),
    ...parts,
  };
}

/** What the API is sent to enter a certificate. */
export function newCertificateJson(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: uuidv7(),
    type: 'ocop',
    number: '19-05740-7-2026',
    decisionNumber: '000/QĐ-UBND (mẫu)',
    issuerLevel: 'province',
    issuerName: 'UBND tỉnh Thái Nguyên (mẫu)',
    issuedOn: '2026-07-15',
    stars: 4,
    ...parts,
  };
}

/** What the API is sent to verify a certificate. */
export function newDecisionJson(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: uuidv7(), kind: 'verified', decidedOn: '2026-09-04', ...parts };
}
