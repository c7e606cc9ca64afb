import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { readAccessToken, signAccessToken } from '../../src/accounts/accounts.tokens.ts';
import { uuidv7 } from '../support/factories.ts';

const key = randomBytes(32);
const claims = { userId: uuidv7(), sessionId: uuidv7() };
const at = (moment: string): Date => new Date(moment);

describe('the key of access tokens', () => {
  it('is another one every day of Viet Nam, named by the token', () => {
    const evening = signAccessToken(key, claims, at('2026-09-04T23:59:00+07:00'));
    const morning = signAccessToken(key, claims, at('2026-09-05T00:01:00+07:00'));

    const heads = [evening, morning].map((token) => jwt.decode(token, { complete: true })?.header);

    expect(heads.map((head) => head?.kid)).to.deep.equal(['2026-09-04', '2026-09-05']);
    expect(heads.map((head) => head?.typ)).to.deep.equal(['at+jwt', 'at+jwt']);
  });

  it('of yesterday counts over midnight until the token ends, and that of the day before does not', () => {
    const token = signAccessToken(key, claims, at('2026-09-04T23:55:00+07:00'));

    expect(readAccessToken(key, token, at('2026-09-05T00:09:00+07:00'))).to.deep.equal(claims);
    expect(readAccessToken(key, token, at('2026-09-05T00:10:01+07:00'))).to.equal(undefined);
    expect(readAccessToken(key, token, at('2026-09-06T00:05:00+07:00'))).to.equal(undefined);
  });

  it('of an instance whose clock is a little ahead counts', () => {
    const token = signAccessToken(key, claims, at('2026-09-05T00:00:02+07:00'));

    expect(readAccessToken(key, token, at('2026-09-04T23:59:58+07:00'))).to.deep.equal(claims);
  });

  it('made from another session key does not count', () => {
    const token = signAccessToken(randomBytes(32), claims, at('2026-09-04T09:00:00+07:00'));

    expect(readAccessToken(key, token, at('2026-09-04T09:00:00+07:00'))).to.equal(undefined);
  });
});
