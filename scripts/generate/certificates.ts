// Stars of a product, as owners enter them and officers decide: most valid, some unverified, a few over or revoked, and some products without.
import { numberKey } from '../../src/certificates/certificates.checks.ts';
import type { Certificate, CertificateDecision } from '../../src/certificates/certificates.types.ts';
import { addDays } from '../../src/days.ts';
import type { Day } from '../../src/days.ts';
import { stored } from './documents.ts';
import type { Generated } from './documents.ts';
import { officerOf } from './farms.ts';
import type { Farm, Line } from './farms.ts';
import { randomAt } from './random.ts';
import type { Random } from './random.ts';
import { momentOf } from './settings.ts';
import type { Settings } from './settings.ts';
import { province } from './words.ts';

type Fate = 'none' | 'declared' | 'valid' | 'expired' | 'revoked';

const fateOf = (random: Random): Fate => {
  const turn = random.below(100);
  if (turn < 30) return 'none';
  if (turn < 40) return 'declared';
  if (turn < 93) return 'valid';
  return turn < 98 ? 'expired' : 'revoked';
};

const issuedOnOf = (random: Random, fate: Fate, until: Day): Day =>
  addDays(until, -(fate === 'expired' ? random.between(1110, 1200) : random.between(40, 1000)));

const certificateOf = (random: Random, farm: Farm, line: Line, issuedOn: Day): Certificate => {
  const recordedAt = momentOf(addDays(issuedOn, random.between(2, 20)), random.between(480, 1260));
  const { communeCode } = farm.producer.address;
  return {
    id: random.uuid(recordedAt),
    producerId: farm.producer.id,
    productId: line.product.id,
    type: 'ocop',
    number: `${province.code}-${communeCode}-${random.between(1, 999)}-${issuedOn.slice(0, 4)} (mẫu)`,
    decisionNumber: `${random.between(100, 4999)}/QĐ-UBND (mẫu)`,
    issuerLevel: 'province',
    issuerName: 'Chủ tịch UBND tỉnh Thái Nguyên',
    issuedOn,
    lastDayPrinted: undefined,
    stars: random.chance(0.7) ? 3 : 4,
    scopeText: '',
    enteredByOfficer: false,
    documentFileId: undefined,
    issuedPart: '',
    listedAs: 'recognised',
    importKey: undefined,
    source: undefined,
    byUserId: farm.manager.id,
    recordedAt,
  };
};

const decisionOn = (
  random: Random,
  certificate: Certificate,
  decision: Pick<CertificateDecision, 'kind' | 'decidedOn' | 'decisionNumber' | 'effectiveOn' | 'reason' | 'byUserId'>,
): CertificateDecision => {
  const recordedAt = momentOf(decision.decidedOn, random.between(480, 1000));
  return { id: random.uuid(recordedAt), certificateId: certificate.id, ...decision, recordedAt };
};

const decisionsOn = (
  random: Random,
  certificate: Certificate,
  fate: Fate,
  settings: Settings,
): CertificateDecision[] => {
  if (fate === 'declared') return [];
  const { id: byUserId } = officerOf(settings);
  const verifiedOn = addDays(certificate.issuedOn ?? settings.until, 24);
  const nothing = { decisionNumber: '', effectiveOn: undefined, reason: '' };
  const verified = decisionOn(random, certificate, { ...nothing, kind: 'verified', decidedOn: verifiedOn, byUserId });
  if (fate !== 'revoked') return [verified];
  const decidedOn = addDays(verifiedOn, random.between(1, 12));
  const revoked = decisionOn(random, certificate, {
    kind: 'revoked',
    decidedOn,
    effectiveOn: decidedOn,
    decisionNumber: `${random.between(100, 4999)}/QĐ-UBND (mẫu)`,
    reason: 'Không còn đạt tiêu chí khi kiểm tra lại (mẫu).',
    byUserId,
  });
  return [verified, revoked];
};

/** The certificate of a product with the decisions on it; nothing for a product without. `place` counts all products. */
export function* certificateDocuments(settings: Settings, farm: Farm, line: Line, place: number): Generator<Generated> {
  const random = randomAt(settings.seed, 5, place);
  const fate = fateOf(random);
  if (fate === 'none') return;
  const certificate = certificateOf(random, farm, line, issuedOnOf(random, fate, settings.until));
  yield {
    collection: 'certificates',
    document: {
      ...stored(certificate),
      provinceCode: province.code,
      numberKey: numberKey(certificate.number),
      waiting: fate === 'declared',
    },
  };
  const decisions = decisionsOn(random, certificate, fate, settings);
  for (const [at, decision] of decisions.entries())
    yield { collection: 'certificateDecisions', document: { ...stored(decision), sequence: at + 1 } };
}
