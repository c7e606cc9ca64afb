// What a session has shown of who holds it, and what a deed may ask of that. Pure: the moment is an argument.
import type { Actor } from './actor.ts';
import { AppError } from './errors.ts';

/** How a session began. 'device': a recorder's phone, joined by a code; 'demo': a link to a person of the sample. */
export type SessionStart = 'password' | 'passkey' | 'link' | 'device' | 'demo';

/** How a session began, and when its holder last proved the password and the second factor in it. */
export type Proof = { by: SessionStart; passwordAt?: Date; secondFactorAt?: Date };

/** Who is signed in, in which session, with what shown. */
export type SignedIn = {
  actor: Actor;
  sessionId: string;
  proof: Proof;
  /** The second factor is still to be shown before anything else may be done. */
  mustProve: boolean;
};

/** How long a password or a second factor answers for the deeds that ask for it. */
export const proofHours = 12;

// Links of 'demo' are made for persons of the sample alone, who have neither password nor second factor.
const isFresh = (proof: Proof, provenAt: Date | undefined, now: Date): boolean =>
  proof.by === 'demo' || (provenAt !== undefined && now.getTime() - provenAt.getTime() < proofHours * 3_600_000);

/** Whether the password (or a passkey, which stands for it) was proven in this session in the last 12 hours. */
export function isPasswordFresh(proof: Proof, now: Date): boolean {
  return isFresh(proof, proof.passwordAt, now);
}

/** Whether the second factor was proven in this session in the last 12 hours. */
export function isSecondFactorFresh(proof: Proof, now: Date): boolean {
  return isFresh(proof, proof.secondFactorAt, now);
}

/** Before an owner's deed: the password of the last 12 hours, so that a phone found in a field does not decide. Throws 'password-needed'. */
export function requireRecentProof({ proof }: Pick<SignedIn, 'proof'>, now: Date): void {
  if (!isPasswordFresh(proof, now)) throw new AppError('password-needed');
}

/** Whether a session may do nothing before the second factor was shown in it once. */
export function mustProve(proof: Proof, hasOrNeedsSecondFactor: boolean): boolean {
  return hasOrNeedsSecondFactor && proof.by !== 'demo' && proof.secondFactorAt === undefined;
}

/** Before an official's decision: the second factor of the last 12 hours. Throws 'second-factor-needed'. */
export function requireSecondFactor({ proof }: Pick<SignedIn, 'proof'>, now: Date): void {
  if (!isSecondFactorFresh(proof, now)) throw new AppError('second-factor-needed');
}
