// Who needs a second factor, how recovery codes look, and how what people type is read. Pure.
import { createHash, randomBytes } from 'node:crypto';
import type { Role, RoleKind } from '../actor.ts';

// Whoever is not named here decides about others: a kind of role that is added later needs a second factor until it is named.
const withoutSecondFactor: ReadonlySet<RoleKind> = new Set<RoleKind>(['producer', 'recorder', 'digital-team']);

/** Officials and administrators do nothing without a second factor; producers' people may have one. */
export function needsSecondFactor(roles: readonly Role[]): boolean {
  return roles.some(({ kind }) => !withoutSecondFactor.has(kind));
}

export const recoveryCodeCount = 10;

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 24 symbols of 5 bits: 120 bits, which no one guesses back from a plain SHA-256 (ASVS 5.0, 6.5.2 asks for 112). */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const code = [...randomBytes(24)].map((byte) => symbols[byte % 32] ?? '').join('');
    return code.replace(/(.{4})(?=.)/g, '$1-');
  });
}

/** A recovery code as typed: spaces, hyphens, small letters and I, L, O for 1 and 0 do not matter; undefined for what is none. */
export function readRecoveryCode(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  return /^[0-9A-HJKMNP-TV-Z]{24}$/.test(plain) ? plain : undefined;
}

/** The six digits of an authenticator app as typed, or undefined. */
export function readTotpCode(typed: string): string | undefined {
  const plain = typed.normalize('NFKC').replace(/\s/g, '');
  return /^\d{6}$/.test(plain) ? plain : undefined;
}

/** What is stored of a recovery code. */
export function hashRecoveryCode(code: string): string {
  return createHash('sha256')
    .update(readRecoveryCode(code) ?? '')
    .digest('base64url');
}
