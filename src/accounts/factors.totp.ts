// Codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds) by otplib, and the sealing of what is shared with the app.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';

const issuer = 'OCOP';

// One step to either side: the clock of a phone may be wrong by half a minute.
const toleranceSeconds = 30;

/** 20 random bytes in base 32, as apps take them. */
export function newTotpSecret(): string {
  return generateSecret();
}

/** The address that an app scans; `label` says which account it is. */
export function totpAddress(secret: string, label: string): string {
  return generateURI({ issuer, label, secret });
}

/** The time step of a code that counts at this moment and is later than `lastStep`, or undefined. */
export function stepOfCode(secret: string, code: string, lastStep: number, now: Date): number | undefined {
  const read = verifySync({
    secret,
    token: code,
    epoch: Math.floor(now.getTime() / 1000),
    epochTolerance: toleranceSeconds,
    ...(lastStep < 0 ? {} : { afterTimeStep: lastStep }),
  });
  return read.valid && 'timeStep' in read ? read.timeStep : undefined;
}

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under the product's seal key, bound to the person: a sealed secret that is copied to another person opens nothing. */
export function seal(sealKey: Buffer, userId: string, secret: string): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', sealKey, nonce).setAAD(Buffer.from(userId));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
}

/** Opens what `seal` closed; throws when it was altered or sealed for someone else. */
export function unseal(sealKey: Buffer, userId: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', sealKey, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(userId))
    .setAuthTag(bytes.subarray(-tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]).toString('utf8');
}
