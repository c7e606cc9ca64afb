// A producer takes back its own wrong entry: a record beside it, on the same track as the officer's decisions, so that only one of both can be first.
import type { Actor } from '../actor.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import { AppError } from '../errors.ts';
import { requireProducer, scopeOf } from '../producers/producers.service.ts';
import { raiseProductVersion } from '../products/products.service.ts';
import { isSameDecision } from './certificates.decision.rules.ts';
import type { Withdrawal } from './certificates.input.ts';
import { endWaiting, findDecisions, hasDecision, insertDecision } from './certificates.model.ts';
import { certificateFor } from './certificates.service.ts';
import type { CertificateDecision } from './certificates.types.ts';
import { requireMay } from '../powers.ts';

const requireSame = (stored: CertificateDecision, sent: CertificateDecision): CertificateDecision => {
  // A repeated request may come on a later day.
  if (isSameDecision(stored, { ...sent, decidedOn: stored.decidedOn })) return stored;
  throw new AppError('id-with-other-content', { existing: stored, sent });
};

/**
 * Withdraws a certificate that the producer's people entered and nobody has decided on: from then on it is shown to nobody but its producer
 * and its officers, and gives nothing. Throws 'not-withdrawable', 'already-decided' and 'certificate-withdrawn'. The same id with the same
 * content gives the same record.
 */
export async function withdrawCertificate(
  db: Db,
  actor: Actor,
  certificateId: string,
  withdrawal: Withdrawal,
  now: Date,
): Promise<CertificateDecision> {
  const { certificate } = await certificateFor(db, actor, certificateId);
  requireMay(
    actor,
    'enter-certificate',
    scopeOf(await requireProducer(db, certificate.producerId)),
    'certificate-not-found',
  );
  const sent: CertificateDecision = {
    id: withdrawal.id,
    certificateId,
    kind: 'withdrawn',
    decisionNumber: '',
    decidedOn: dayOf(now),
    effectiveOn: undefined,
    reason: withdrawal.reason,
    byUserId: actor.userId,
    recordedAt: now,
  };
  if (certificate.enteredByOfficer || certificate.importKey !== undefined) throw new AppError('not-withdrawable');
  // The first place on the track: taken when an officer, or the same request before, was there.
  const outcome = await insertDecision(db, sent, 1);
  const stored = outcome === 'inserted' ? sent : await firstOf(db, sent);
  await endWaiting(db, [certificateId]);
  await raiseProductVersion(db, certificate.productId);
  return stored;
}

const firstOf = async (db: Db, sent: CertificateDecision): Promise<CertificateDecision> => {
  const decisions = await findDecisions(db, [sent.certificateId]);
  const twin = decisions.find((one) => one.id === sent.id);
  if (twin !== undefined) return requireSame(twin, sent);
  if (decisions.length === 0 || (await hasDecision(db, sent.id))) throw new AppError('id-with-other-content');
  if (decisions.some((one) => one.kind === 'withdrawn')) throw new AppError('certificate-withdrawn');
  throw new AppError('already-decided', { existing: decisions.at(-1) });
};
