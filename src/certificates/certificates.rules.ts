// What the stars of a product are worth on a day, worked out from its certificates and the officer's decisions on them. Pure.
// Decision 26/2026/QĐ-TTg: Art. 4 (who recognises, 36 months), Art. 7.6 (renewal), Art. 8 (revocation), Art. 12 (older papers, extension).
import { addDays, addMonths, dayOf, daysBetween } from '../days.ts';
import type { Day } from '../days.ts';
import type { Certificate, CertificateDecision, StarVerdict } from './certificates.types.ts';

/** Art. 4.3: a certificate is worth 36 months from the day of its decision. */
const validMonths = 36;
/** Art. 7.6(a): the file for a new assessment comes in no sooner than 180 and no later than 120 days before the last day. */
const renewalDays = { from: 180, to: 120 } as const;
/** Art. 12.3: until the result is there, at most 180 days after the last day. */
const longestExtensionDays = 180;

/** A certificate with the days that its verdict hangs on. */
type Counted = { certificate: Certificate; stars: number; issuedOn: Day; verifiedOn: Day };

/** 36 months from the day of issue: the same day, or the last of a shorter month. */
export function computedLastDay(issuedOn: Day): Day {
  return addMonths(issuedOn, validMonths);
}

/** Last day of a certificate, inclusive: as printed (Art. 12.1 keeps the term of older decisions), else 36 months on; undefined without any date. */
export function lastDayOf(certificate: Certificate): Day | undefined {
  if (certificate.lastDayPrinted !== undefined) return certificate.lastDayPrinted;
  return certificate.issuedOn === undefined ? undefined : computedLastDay(certificate.issuedOn);
}

/** For the officer: the printed last day beside the one worked out, when both are known and differ. `days` is negative when less is printed. */
export function lastDayDifference(certificate: Certificate): { printed: Day; computed: Day; days: number } | undefined {
  const { issuedOn, lastDayPrinted: printed } = certificate;
  if (issuedOn === undefined || printed === undefined) return undefined;
  const computed = computedLastDay(issuedOn);
  return printed === computed ? undefined : { printed, computed, days: daysBetween(computed, printed) };
}

/** First and last day for handing in the file for a new assessment, both inclusive. */
export function renewalWindowOf(lastDay: Day): { from: Day; to: Day } {
  return { from: addDays(lastDay, -renewalDays.from), to: addDays(lastDay, -renewalDays.to) };
}

/** The latest day that an extension may reach. */
export function lastExtensionDay(lastDay: Day): Day {
  return addDays(lastDay, longestExtensionDays);
}

/** Art. 4.1: 3 and 4 stars are a province's to give, 5 the ministry's; 1 and 2 stars get no certificate. */
export function isWithinPower(issuerLevel: Certificate['issuerLevel'], stars: number | undefined): boolean {
  // 'other' is an issuer of earlier rules (districts, until they were abolished), whose term Art. 12.1 keeps.
  if (stars === 3 || stars === 4) return issuerLevel !== 'ministry';
  return stars === 5 && issuerLevel === 'ministry';
}

const firstVerifiedOn = (certificate: Certificate, decisions: readonly CertificateDecision[]): Day | undefined => {
  const days = decisions.filter((one) => one.kind === 'verified').map((one) => one.decidedOn);
  if (certificate.enteredByOfficer) days.push(dayOf(certificate.recordedAt));
  return days.sort()[0];
};

const decisionsOn = (certificate: Certificate, decisions: readonly CertificateDecision[]): CertificateDecision[] =>
  decisions.filter((one) => one.certificateId === certificate.id);

/** Whether its producer took it back. */
export function isWithdrawn(certificate: Certificate, decisions: readonly CertificateDecision[]): boolean {
  return decisions.some((one) => one.kind === 'withdrawn' && one.certificateId === certificate.id);
}

const asCounted = (certificate: Certificate, decisions: readonly CertificateDecision[]): Counted | undefined => {
  const { stars, issuedOn } = certificate;
  if (certificate.type !== 'ocop' || stars === undefined || issuedOn === undefined) return undefined;
  // A score, a place on a list of candidates or a removal is no recognition, whoever looked at it.
  if (certificate.listedAs !== 'recognised') return undefined;
  if (!isWithinPower(certificate.issuerLevel, stars)) return undefined;
  const verifiedOn = firstVerifiedOn(certificate, decisionsOn(certificate, decisions));
  return verifiedOn === undefined ? undefined : { certificate, stars, issuedOn, verifiedOn };
};

/** Whether the competent officer stands behind the certificate (entered or verified it), so that its stars count. */
export function isCounted(certificate: Certificate, decisions: readonly CertificateDecision[]): boolean {
  return asCounted(certificate, decisions) !== undefined;
}

const startOf = (revocation: CertificateDecision): Day => revocation.effectiveOn ?? revocation.decidedOn;

/** The revocation in force on a day. A star that is gone doesn't come back, so the earliest counts. */
const revocationOn = (own: readonly CertificateDecision[], day: Day): CertificateDecision | undefined =>
  own
    .filter((one) => one.kind === 'revoked' && startOf(one) <= day)
    .sort((left, right) => startOf(left).localeCompare(startOf(right)) || left.id.localeCompare(right.id))[0];

/** Last day of the extension that stands: the one recorded last, since a correction is a new record; never beyond 180 days. */
const extendedTo = (own: readonly CertificateDecision[], lastDay: Day): Day | undefined => {
  const latest = own
    .filter((one) => one.kind === 'extended')
    .sort((left, right) => left.recordedAt.getTime() - right.recordedAt.getTime() || left.id.localeCompare(right.id))
    .at(-1);
  if (latest === undefined) return undefined;
  const limit = lastExtensionDay(lastDay);
  const end = latest.effectiveOn ?? limit;
  return end <= lastDay ? undefined : end < limit ? end : limit;
};

const verdictOfCounted = (counted: Counted, own: readonly CertificateDecision[], day: Day): StarVerdict => {
  const { certificate, stars, issuedOn, verifiedOn } = counted;
  const revocation = revocationOn(own, day);
  if (revocation !== undefined) {
    const { reason, decisionNumber } = revocation;
    return { state: 'revoked', certificate, stars, revokedFrom: startOf(revocation), reason, decisionNumber };
  }
  const lastDay = lastDayOf(certificate) ?? computedLastDay(issuedOn);
  if (day <= lastDay) {
    const window = renewalWindowOf(lastDay);
    const renewalWindow = day >= window.from && day <= window.to ? window : undefined;
    return { state: 'valid', certificate, stars, lastDay, renewalWindow, verifiedOn };
  }
  const extension = extendedTo(own, lastDay);
  if (extension !== undefined && day <= extension)
    return { state: 'extended', certificate, stars, lastDay, extendedTo: extension, verifiedOn };
  return { state: 'expired', certificate, stars, lastDay, expiredSince: addDays(extension ?? lastDay, 1) };
};

/** Of two decisions of one day (one paper entered twice), the worse for the product rules, whoever was first to enter it. */
const byRule = (decisions: readonly CertificateDecision[], day: Day) => (left: Counted, right: Counted) => {
  const isRevoked = (one: Counted): number =>
    revocationOn(decisionsOn(one.certificate, decisions), day) === undefined ? 1 : 0;
  return (
    right.issuedOn.localeCompare(left.issuedOn) ||
    isRevoked(left) - isRevoked(right) ||
    left.stars - right.stars ||
    left.certificate.id.localeCompare(right.certificate.id)
  );
};

const byDeclaredDate = (left: Certificate, right: Certificate): number =>
  (right.issuedOn ?? '').localeCompare(left.issuedOn ?? '') || left.id.localeCompare(right.id);

/**
 * What the stars of one product are worth on a day, today or earlier: `certificates` are all of that product, `decisions` all on them.
 * Of several that count, the latest decision date rules; when that one ends or is revoked, no older one revives.
 * When a certificate was typed in or verified makes no difference to the day it is worth something on.
 */
export function starVerdict(
  certificates: readonly Certificate[],
  decisions: readonly CertificateDecision[],
  day: Day,
): StarVerdict {
  const issued = certificates.filter(
    (one) => one.type === 'ocop' && (one.issuedOn === undefined || one.issuedOn <= day) && !isWithdrawn(one, decisions),
  );
  const counted = issued.flatMap((one) => asCounted(one, decisions) ?? []).sort(byRule(decisions, day));
  const ruling = counted[0];
  if (ruling !== undefined) return verdictOfCounted(ruling, decisionsOn(ruling.certificate, decisions), day);
  const declared = [...issued].sort(byDeclaredDate)[0];
  return declared === undefined ? { state: 'none' } : { state: 'declared', certificate: declared };
}
