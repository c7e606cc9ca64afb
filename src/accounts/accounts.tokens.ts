// Access tokens: short-lived and signed; they name a person and a session and nothing else, so that a role that was taken away ends at once.
// One algorithm, issuer, audience and type; nothing else is believed. The key that signs is another one every day, made from the session key and
// named by its day (`kid`), so that every instance changes at the same moment without a word between them.
import { createSecretKey, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { addDays, dayOf } from '../days.ts';
import type { Day } from '../days.ts';

const algorithm = 'HS256';
const issuer = 'ocop-trace';
const audience = 'ocop-trace';
// RFC 9068, 2.1: a token of another kind under the same key is no access token.
const typ = 'at+jwt';

/** How long an access token lives: 15 minutes. */
export const accessTokenSeconds = 15 * 60;

const keyBytes = 32;
const kept = new WeakMap<Buffer, Map<Day, KeyObject>>();

// HKDF (RFC 5869). Given plain bytes, jsonwebtoken first tries at every call to read them as a public key; hence createSecretKey.
const makeKey = (sessionKey: Buffer, day: Day): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', sessionKey, '', `ocop-trace access token ${day}`, keyBytes)));

/** The key of a day; those of yesterday, today and tomorrow are kept. */
const keyOf = (sessionKey: Buffer, day: Day): KeyObject => {
  const keys = kept.get(sessionKey) ?? new Map<Day, KeyObject>();
  kept.set(sessionKey, keys);
  const known = keys.get(day);
  if (known !== undefined) return known;
  if (keys.size >= 3) keys.clear();
  const made = makeKey(sessionKey, day);
  keys.set(day, made);
  return made;
};

export type AccessClaims = { userId: string; sessionId: string };

// jsonwebtoken lets a token without expiry pass; the schema does not.
const claims = z.object({ sub: z.string(), sid: z.string(), exp: z.number() });

/** Signs a token for a person in a session. `now` is the moment of issue. */
export function signAccessToken(sessionKey: Buffer, { userId, sessionId }: AccessClaims, now: Date): string {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const payload = { sid: sessionId, iat: issuedAt, exp: issuedAt + accessTokenSeconds };
  const day = dayOf(now);
  const header = { alg: algorithm, typ, kid: day };
  return jwt.sign(payload, keyOf(sessionKey, day), { algorithm, issuer, audience, subject: userId, header });
}

const head = z.object({ typ: z.literal(typ), kid: z.string() });

/** The key that a token names: of today, of yesterday for what was signed before midnight, of tomorrow for an instance whose clock is ahead. */
const keyNamed = (sessionKey: Buffer, token: string, now: Date): KeyObject => {
  const { kid } = head.parse(jwt.decode(token, { complete: true })?.header);
  const today = dayOf(now);
  const day = [today, addDays(today, -1), addDays(today, 1)].find((one) => one === kid);
  if (day === undefined) throw new Error('a key that is not in use');
  return keyOf(sessionKey, day);
};

/** The person and session of a token, or undefined when it is not ours, altered or over. */
export function readAccessToken(sessionKey: Buffer, token: string, now: Date): AccessClaims | undefined {
  try {
    const options = {
      algorithms: [algorithm] as jwt.Algorithm[],
      issuer,
      audience,
      clockTimestamp: Math.floor(now.getTime() / 1000),
    };
    const read = claims.parse(jwt.verify(token, keyNamed(sessionKey, token, now), options));
    return { userId: read.sub, sessionId: read.sid };
  } catch {
    return undefined;
  }
}
