// Access tokens: short-lived, signed, with the roles they were given for. One algorithm, issuer and audience; nothing else is believed.
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import type { Actor } from '../actor.ts';

const algorithm = 'HS256';
const issuer = 'ocop-trace';
const audience = 'ocop-trace';

/** How long an access token lives: 15 minutes. */
export const accessTokenSeconds = 15 * 60;

const claims = z.object({
  sub: z.string(),
  sid: z.string(),
  name: z.string(),
  roles: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('producer'), producerId: z.string() }),
      z.object({ kind: z.literal('province-officer'), provinceCode: z.string() }),
      z.object({ kind: z.literal('admin') }),
    ]),
  ),
});

/** Signs a token for a person in a session. `now` is the moment of issue. */
export function signAccessToken(sessionKey: Buffer, actor: Actor, sessionId: string, now: Date): string {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const payload = {
    sid: sessionId,
    name: actor.name,
    roles: actor.roles,
    iat: issuedAt,
    exp: issuedAt + accessTokenSeconds,
  };
  return jwt.sign(payload, sessionKey, { algorithm, issuer, audience, subject: actor.userId });
}

/** The person and session of a token, or undefined when it is not ours, altered or over. */
export function readAccessToken(
  sessionKey: Buffer,
  token: string,
  now: Date,
): { actor: Actor; sessionId: string } | undefined {
  try {
    const options = {
      algorithms: [algorithm] as jwt.Algorithm[],
      issuer,
      audience,
      clockTimestamp: Math.floor(now.getTime() / 1000),
    };
    const read = claims.parse(jwt.verify(token, sessionKey, options));
    return { actor: { userId: read.sub, name: read.name, roles: read.roles }, sessionId: read.sid };
  } catch {
    return undefined;
  }
}
