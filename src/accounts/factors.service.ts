// The second factor: an authenticator app is taken in, shown at sign-in and again before decisions, and helped out by recovery codes.
import { noteAudit } from '../audit/audit.ts';
import type { Db } from '../db/connect.ts';
import type { Keys } from '../deps.ts';
import { AppError, fieldError } from '../errors.ts';
import { isPasswordFresh, requireSecondFactor } from '../proof.ts';
import type { SignedIn } from '../proof.ts';
import { findUser, markSecondFactor } from './accounts.model.ts';
import { findFactors, storeConfirmed, storePending, storeRecovery, useRecovery, useStep } from './factors.model.ts';
import { hashRecoveryCode, newRecoveryCodes, readRecoveryCode, readTotpCode } from './factors.rules.ts';
import { newTotpSecret, seal, stepOfCode, totpAddress, unseal } from './factors.totp.ts';
import type { Factors } from './factors.types.ts';
import { countAttempt } from './passwords.service.ts';
import { storeProof } from './sessions.model.ts';

/** What a person has of a second factor; never the secret. */
export type OwnFactors = { hasTotp: boolean; recoveryLeft: number };

export async function ownFactors(db: Db, userId: string): Promise<OwnFactors> {
  const { totp, recovery } = await findFactors(db, userId);
  return { hasTotp: totp !== undefined, recoveryLeft: recovery.length };
}

/** A secret to take into an app: as text and as the address of the QR. */
export type TotpOffer = { secret: string; address: string };

const labelOf = async (db: Db, userId: string): Promise<string> => {
  const user = await findUser(db, userId);
  if (user === undefined) throw new AppError('session-ended');
  return user.login;
};

// The first one may be taken in by whoever has signed in; a change asks for the present one. A phone that was joined by a code takes in
// none: whoever finds it could shut its owner out.
const requireMayEnrol = (signedIn: SignedIn, factors: Factors, now: Date): void => {
  if (signedIn.proof.by === 'device' && !isPasswordFresh(signedIn.proof, now)) throw new AppError('password-needed');
  if (factors.totp !== undefined) requireSecondFactor(signedIn, now);
};

/** Makes a secret to be scanned; the present one counts until it is confirmed. Throws 'second-factor-needed', 'password-needed'. */
export async function beginTotp(db: Db, keys: Keys, signedIn: SignedIn, now: Date): Promise<TotpOffer> {
  const { userId } = signedIn.actor;
  requireMayEnrol(signedIn, await findFactors(db, userId), now);
  const secret = newTotpSecret();
  await storePending(db, userId, seal(keys.sealKey, userId, secret), now);
  return { secret, address: totpAddress(secret, await labelOf(db, userId)) };
}

/** The secret that waits for its first code, to be shown again. Throws 'second-factor-not-begun'. */
export async function pendingTotp(db: Db, keys: Keys, { actor }: SignedIn): Promise<TotpOffer> {
  const { pending } = await findFactors(db, actor.userId);
  if (pending === undefined) throw new AppError('second-factor-not-begun');
  const secret = unseal(keys.sealKey, actor.userId, pending.sealed);
  return { secret, address: totpAddress(secret, await labelOf(db, actor.userId)) };
}

/**
 * Confirms the scanned secret by a code of the app; returns the recovery codes, which are shown this once. The session has proven the second
 * factor from then on. Throws 'second-factor-not-begun', a fault beside 'code', 'too-many-requests'.
 */
export async function confirmTotp(db: Db, keys: Keys, signedIn: SignedIn, typed: string, now: Date): Promise<string[]> {
  const { userId } = signedIn.actor;
  const giveBack = await countAttempt(db, keys.sessionKey, 'second factor', userId, now);
  const factors = await findFactors(db, userId);
  if (factors.pending === undefined) throw new AppError('second-factor-not-begun');
  requireMayEnrol(signedIn, factors, now);
  const { sealed } = factors.pending;
  const step = stepOfCode(unseal(keys.sealKey, userId, sealed), readTotpCode(typed) ?? '000000', -1, now);
  if (step === undefined || readTotpCode(typed) === undefined) throw fieldError('code', 'code-wrong');
  const codes = newRecoveryCodes();
  const totp = { sealed, lastStep: step, since: now };
  if (!(await storeConfirmed(db, userId, totp, codes.map(hashRecoveryCode))))
    throw new AppError('second-factor-not-begun');
  await giveBack();
  await markSecondFactor(db, userId, true);
  await storeProof(db, signedIn.sessionId, { secondFactorAt: now });
  const what = factors.totp === undefined ? 'second-factor-added' : 'second-factor-changed';
  await noteAudit(db, { actorId: userId, what, recordId: userId, at: now });
  return codes;
}

const isRightCode = async (db: Db, keys: Keys, factors: Factors, typed: string, now: Date): Promise<boolean> => {
  const { userId, totp } = factors;
  const code = readTotpCode(typed);
  if (code !== undefined && totp !== undefined) {
    const step = stepOfCode(unseal(keys.sealKey, userId, totp.sealed), code, totp.lastStep, now);
    return step !== undefined && (await useStep(db, userId, totp.sealed, step));
  }
  if (readRecoveryCode(typed) === undefined) return false;
  if (!(await useRecovery(db, userId, hashRecoveryCode(typed)))) return false;
  await noteAudit(db, { actorId: userId, what: 'recovery-code-used', recordId: userId, at: now });
  return true;
};

/** Shows the second factor in this session: a code of the app or a recovery code, each once. Throws a fault beside 'code', 'too-many-requests'. */
export async function proveSecondFactor(
  db: Db,
  keys: Keys,
  { actor, sessionId }: SignedIn,
  typed: string,
  now: Date,
): Promise<void> {
  const giveBack = await countAttempt(db, keys.sessionKey, 'second factor', actor.userId, now);
  const factors = await findFactors(db, actor.userId);
  if (!(await isRightCode(db, keys, factors, typed, now))) throw fieldError('code', 'code-wrong');
  await giveBack();
  await storeProof(db, sessionId, { secondFactorAt: now });
}

/** Ten new recovery codes, shown this once; the old ones are out. Throws 'second-factor-needed', 'second-factor-not-begun'. */
export async function renewRecoveryCodes(db: Db, signedIn: SignedIn, now: Date): Promise<string[]> {
  requireSecondFactor(signedIn, now);
  const { userId } = signedIn.actor;
  const codes = newRecoveryCodes();
  if (!(await storeRecovery(db, userId, codes.map(hashRecoveryCode)))) throw new AppError('second-factor-not-begun');
  await noteAudit(db, { actorId: userId, what: 'recovery-codes-renewed', recordId: userId, at: now });
  return codes;
}
