// One-time secrets that people carry: made at random, stored as a hash.
import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 32 random bytes in base64url, 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret. One round is enough: 256 random bits can't be guessed back from it. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** A name for something personal (a login, an address) that tells nobody what it was; another one every day. */
export function blindName(key: Buffer, day: string, ...parts: readonly string[]): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(['blind name', day, ...parts]))
    .digest('base64url');
}
