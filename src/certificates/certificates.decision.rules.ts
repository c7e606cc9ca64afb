// Which certificates may be entered and what may be decided on them, by whom and when. Pure.
import type { Day } from '../days.ts';
import { isMinistry } from '../actor.ts';
import type { Actor, Scope } from '../actor.ts';
import { AppError, fieldError } from '../errors.ts';
import { may } from '../powers.ts';
import type { ErrorCode } from '../errors.ts';
import type { NewCertificate, NewDecision } from './certificates.input.ts';
import type { Standing } from './certificates.office.types.ts';
import { isWithdrawn, isWithinPower, lastDayOf, lastExtensionDay } from './certificates.rules.ts';
import { decidedKinds } from './certificates.types.ts';
import type { Certificate, CertificateDecision, DecidedKind, IssuerLevel } from './certificates.types.ts';

/** Where a certificate stands, by the decisions on it. */
export function standingOf(certificate: Certificate, decisions: readonly CertificateDecision[]): Standing {
  const own = decisions.filter((one) => one.certificateId === certificate.id);
  if (isWithdrawn(certificate, own)) return 'withdrawn';
  if (own.some((one) => one.kind === 'revoked')) return 'revoked';
  return certificate.enteredByOfficer || own.some((one) => one.kind === 'verified') ? 'verified' : 'waiting';
}

/** What may be decided in which standing; otherwise the code of the refusal. */
const decidable: Record<DecidedKind, Record<Standing, ErrorCode | undefined>> = {
  verified: {
    waiting: undefined,
    verified: 'already-decided',
    revoked: 'certificate-revoked',
    withdrawn: 'certificate-withdrawn',
  },
  extended: {
    waiting: 'certificate-not-verified',
    verified: undefined,
    revoked: 'certificate-revoked',
    withdrawn: 'certificate-withdrawn',
  },
  revoked: {
    waiting: 'certificate-not-verified',
    verified: undefined,
    revoked: 'already-decided',
    withdrawn: 'certificate-withdrawn',
  },
};

/** The kinds of decision that are open in a standing, in the order of the table. */
export function openKinds(certificate: Certificate, standing: Standing): DecidedKind[] {
  return decidedKinds.filter(
    (kind) =>
      certificate.listedAs === 'recognised' &&
      decidable[kind][standing] === undefined &&
      (kind !== 'extended' || certificate.type === 'ocop'),
  );
}

/** What stars hang on: without them a paper gives none. */
const requireStarFacts = (certificate: Pick<Certificate, 'stars' | 'issuedOn'>): void => {
  if (certificate.stars === undefined || certificate.issuedOn === undefined)
    throw new AppError('certificate-incomplete');
};

/** Whose decisions a person records: the chair's of a province, or the minister's. */
export type Hand = 'province' | 'ministry';

/** In whose name the person decides on papers of a producer; none for whoever may not. */
export function handsOf(actor: Actor, scope: Scope): Hand[] {
  if (!may(actor, 'certify', scope)) return [];
  const isProvince = actor.roles.some(
    (one) => one.kind === 'province-officer' && one.provinceCode === scope.provinceCode,
  );
  return [...(isProvince ? ['province' as const] : []), ...(isMinistry(actor) ? ['ministry' as const] : [])];
}

/** Decision 26/2026/QĐ-TTg, Art. 4.1 and 8.2: a province decides on 3 and 4 stars, the ministry on 5. */
const requireStarPower = (hands: readonly Hand[], issuerLevel: IssuerLevel, stars: number | undefined): void => {
  const needed: Hand = stars === 5 ? 'ministry' : 'province';
  if (!hands.includes(needed) || !isWithinPower(issuerLevel, stars)) throw new AppError('stars-beyond-power');
};

/** Whether anything about this paper is decided in one of these names. */
export function mayDecideOn(hands: readonly Hand[], { type, stars }: Pick<Certificate, 'type' | 'stars'>): boolean {
  return type === 'ocop' ? hands.includes(stars === 5 ? 'ministry' : 'province') : hands.length > 0;
}

/** Throws for a paper that makes no sense, and for one that an officer may not enter as a decision in the name of `hands` (none for an owner). */
export function requireEnterable(entered: NewCertificate, hands: readonly Hand[], today: Day): void {
  const { type, issuedOn, lastDayPrinted, stars } = entered;
  if (type !== 'ocop' && stars !== undefined) throw fieldError('stars', 'only-ocop');
  if (issuedOn !== undefined && issuedOn > today) throw fieldError('issuedOn', 'not-after-today');
  if (issuedOn !== undefined && lastDayPrinted !== undefined && lastDayPrinted < issuedOn)
    throw fieldError('lastDayPrinted', 'before-issued');
  if (type !== 'ocop' || hands.length === 0) return;
  if (issuedOn === undefined) throw fieldError('issuedOn', 'required');
  if (stars === undefined) throw fieldError('stars', 'required');
  requireStarPower(hands, entered.issuerLevel, stars);
}

const requireDays = (certificate: Certificate, decision: NewDecision, today: Day): void => {
  if (decision.decidedOn > today) throw fieldError('decidedOn', 'not-after-today');
  if (certificate.issuedOn === undefined) return;
  if (decision.decidedOn < certificate.issuedOn) throw fieldError('decidedOn', 'before-issued');
  if (decision.kind === 'revoked' && decision.effectiveOn < certificate.issuedOn)
    throw fieldError('effectiveOn', 'before-issued');
};

/** Art. 12.3: from the day after the last day to at most 180 days after it. */
const requireExtensionTerm = (certificate: Certificate, effectiveOn: Day): void => {
  const lastDay = lastDayOf(certificate);
  if (lastDay === undefined) throw new AppError('certificate-incomplete');
  if (effectiveOn <= lastDay) throw fieldError('effectiveOn', 'after-last-day');
  const lastPossible = lastExtensionDay(lastDay);
  if (effectiveOn > lastPossible) throw new AppError('extension-too-long', { lastPossible });
};

/** Throws unless this decision may be made on this certificate as it stands, in the name of one of `hands`. */
export function requireDecidable(
  hands: readonly Hand[],
  certificate: Certificate,
  decisions: readonly CertificateDecision[],
  decision: NewDecision,
  today: Day,
): void {
  const existing = decisions.at(-1);
  const hasUnseen = decision.seen !== undefined && decision.seen < decisions.length;
  if (hasUnseen) throw new AppError('already-decided', existing === undefined ? {} : { existing });
  if (certificate.listedAs !== 'recognised') throw new AppError('not-a-recognition');
  const refusal = decidable[decision.kind][standingOf(certificate, decisions)];
  if (refusal !== undefined) throw new AppError(refusal, existing === undefined ? {} : { existing });
  if (decision.kind === 'extended' && certificate.type !== 'ocop') throw fieldError('kind', 'only-ocop');
  if (certificate.type === 'ocop') {
    requireStarFacts(certificate);
    requireStarPower(hands, certificate.issuerLevel, certificate.stars);
  }
  requireDays(certificate, decision, today);
  if (decision.kind === 'extended') requireExtensionTerm(certificate, decision.effectiveOn);
}

const sameFields = (left: object, right: object, names: readonly string[]): boolean =>
  names.every((name) => (left as Record<string, unknown>)[name] === (right as Record<string, unknown>)[name]);

/** Whether a stored certificate is what was sent: the same paper for the same product. */
export function isSameCertificate(stored: Certificate, sent: Certificate): boolean {
  const { id: _id, byUserId: _by, recordedAt: _at, ...content } = sent;
  return sameFields(stored, sent, Object.keys(content));
}

/** Whether a stored decision is what was sent. */
export function isSameDecision(stored: CertificateDecision, sent: CertificateDecision): boolean {
  return sameFields(stored, sent, ['certificateId', 'kind', 'decisionNumber', 'decidedOn', 'effectiveOn', 'reason']);
}
