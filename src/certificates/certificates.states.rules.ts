// What one certificate is on a day, of whatever kind it is. Pure.
import { standingOf } from './certificates.decision.rules.ts';
import type { PaperState } from './certificates.office.types.ts';
import { lastDayOf, starVerdict } from './certificates.rules.ts';
import type { Day } from '../days.ts';
import type { Certificate, CertificateDecision } from './certificates.types.ts';

/** `own`: all decisions on it. A paper that is no OCOP recognition runs to its printed last day, if it names one. */
export function paperStateOn(certificate: Certificate, own: readonly CertificateDecision[], day: Day): PaperState {
  const standing = standingOf(certificate, own);
  if (standing === 'withdrawn') return 'withdrawn';
  if (certificate.listedAs !== 'recognised') return 'not-recognised';
  if (standing === 'waiting') return 'waiting';
  if (certificate.type === 'ocop') {
    const { state } = starVerdict([certificate], own, day);
    return state === 'none' || state === 'declared' ? 'waiting' : state;
  }
  if (own.some((one) => one.kind === 'revoked' && (one.effectiveOn ?? one.decidedOn) <= day)) return 'revoked';
  const { lastDayPrinted } = certificate;
  return lastDayPrinted !== undefined && lastDayPrinted < day ? 'expired' : 'valid';
}

/** The last day that a list counts to; of a paper that is no OCOP certificate only when it is printed. */
export function runsTo(certificate: Certificate): Day | undefined {
  return certificate.type === 'ocop' ? lastDayOf(certificate) : certificate.lastDayPrinted;
}
