// Access tokens: short-lived and signed; they name a person and a session and nothing else, so that a role that was taken away ends at once.
// One algorithm, issuer and audience; nothing else is believed.
import { createSecretKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';

const algorithm = 'HS256';
const issuer = 'ocop-trace';
const audience = 'ocop-trace';

/** How long an access token lives: 15 minutes. */
export const accessTokenSeconds = 15 * 60;

// Given plain bytes, jsonwebtoken first tries at every call to read them as a public key; hence createSecretKey.

export type AccessClaims = { userId: string; sessionId: string };

// jsonwebtoken lets a token without expiry pass; the schema does not.
const claims = z.object({ sub: z.string(), sid: z.string(), exp: z.number() });

/** Signs a token for a person in a session. `now` is the moment of issue. */
export function signAccessToken(sessionKey: Buffer, { userId, sessionId }: AccessClaims, now: Date): string {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const payload = { sid: sessionId, iat: issuedAt, exp: issuedAt + accessTokenSeconds };
  return jwt.sign(payload, createSecretKey(sessionKey), { algorithm, issuer, audience, subject: userId });
}

/** The person and session of a token, or undefined when it is not ours, altered or over. */
export function readAccessToken(sessionKey: Buffer, token: string, now: Date): AccessClaims | undefined {
  try {
    const options = {
      algorithms: [algorithm] as jwt.Algorithm[],
      issuer,
      audience,
      clockTimestamp: Math.floor(now.getTime() / 1000),
    };
    const read = claims.parse(jwt.verify(token, createSecretKey(sessionKey), options));
    return { userId: read.sub, sessionId: read.sid };
  } catch {
    return undefined;
  }
}
