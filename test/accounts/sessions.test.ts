import { createHmac, hkdfSync } from 'node:crypto';
import { expect } from 'chai';
import jwt from 'jsonwebtoken';
import { auditOf } from '../../src/audit/audit.ts';
import { dayOf } from '../../src/days.ts';
import { userModel } from '../../src/accounts/accounts.model.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { aProducerUser, anAdmin, uuidv7 } from '../support/factories.ts';
import { aBrowser, aPerson, aSignedInBrowser, passTime } from '../support/factories.accounts.ts';
import type { Person } from '../support/factories.accounts.ts';

const minutes = 60;
const days = 24 * 3600;

describe('a session', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await testApp();
  });

  afterEach(() => app.close());

  const signIn = async ({ login, password }: Person): Promise<Record<string, string>> =>
    (await app.as(undefined).post('/api/v1/sign-in', { login, password })).body as Record<string, string>;
  const refresh = (refreshToken: unknown): Promise<ApiAnswer> =>
    app.as(undefined).post('/api/v1/sign-in/refresh', { refreshToken });
  const meWith = (accessToken: unknown): Promise<ApiAnswer> =>
    app.as(undefined).get('/api/v1/me', { authorization: `Bearer ${String(accessToken)}` });

  describe('of a program', () => {
    it('has an access token of 15 minutes and goes on with the refresh token', async () => {
      const first = await signIn(await aPerson(app));

      passTime(app, 15 * minutes);
      const over = await meWith(first['accessToken']);
      const renewed = await refresh(first['refreshToken']);
      const again = await meWith(renewed.body['accessToken']);

      expect(over.status).to.equal(401);
      expect(over.body['type']).to.equal('/problems/session-ended');
      expect(renewed.status).to.equal(200);
      expect(renewed.body['refreshToken']).to.not.equal(first['refreshToken']);
      expect(again.status).to.equal(200);
    });

    it('forgives a predecessor while its successor is unused, however late: the answer may have been lost', async () => {
      const first = await signIn(await aPerson(app));
      await refresh(first['refreshToken']);

      passTime(app, 30 * minutes);
      const second = await refresh(first['refreshToken']);
      const third = await refresh(second.body['refreshToken']);

      expect(second.status).to.equal(200);
      expect(third.status).to.equal(200);
    });

    it('forgives a predecessor for 60 seconds after its first use', async () => {
      const first = await signIn(await aPerson(app));
      const second = await refresh(first['refreshToken']);
      await refresh(second.body['refreshToken']);

      passTime(app, 60);
      const late = await refresh(first['refreshToken']);
      const next = await refresh(late.body['refreshToken']);

      expect(late.status).to.equal(200);
      expect(next.status).to.equal(200);
    });

    it('ends whole when a predecessor comes after that, and the log says so', async () => {
      const person = await aPerson(app);
      const first = await signIn(person);
      const second = await refresh(first['refreshToken']);
      const third = await refresh(second.body['refreshToken']);

      passTime(app, 61);
      const reused = await refresh(first['refreshToken']);
      const ended = await refresh(third.body['refreshToken']);
      const access = await meWith(third.body['accessToken']);

      expect([reused.status, ended.status, access.status]).to.deep.equal([401, 401, 401]);
      const sessionId = String(first['refreshToken']).split('.')[0] ?? '';
      const notes = await auditOf(app.db, sessionId);
      expect(notes.map(({ what, actorId }) => ({ what, actorId }))).to.deep.equal([
        { what: 'session-ended-by-reuse', actorId: person.id },
      ]);
    });

    it('ends when two holders of one token both go on', async () => {
      const first = await signIn(await aPerson(app));
      const owner = await refresh(first['refreshToken']);
      const thief = await refresh(first['refreshToken']);

      const ownerNext = await refresh(owner.body['refreshToken']);
      const thiefNext = await refresh(thief.body['refreshToken']);
      const ownerAgain = await refresh(ownerNext.body['refreshToken']);

      expect(ownerNext.status).to.equal(200);
      expect(thiefNext.status).to.equal(401);
      expect(ownerAgain.status).to.equal(401);
    });

    it('answers many renewals at once, and the last answer goes on', async () => {
      const first = await signIn(await aPerson(app));

      const answers = await Promise.all(Array.from({ length: 12 }, () => refresh(first['refreshToken'])));
      const next = await refresh(answers.at(-1)?.body['refreshToken']);

      expect(answers.map(({ status }) => status)).to.deep.equal(Array(12).fill(200));
      expect(next.status).to.equal(200);
    });

    it('lasts 30 days without use and 180 days with it', async () => {
      const idle = await signIn(await aPerson(app));
      let busy = await signIn(await aPerson(app));

      for (let day = 20; day < 180; day += 20) {
        passTime(app, 20 * days);
        busy = (await refresh(busy['refreshToken'])).body as Record<string, string>;
        expect(busy['accessToken'], `day ${day}`).to.be.a('string');
      }
      passTime(app, 20 * days);

      expect((await refresh(busy['refreshToken'])).status).to.equal(401);
      expect((await refresh(idle['refreshToken'])).status).to.equal(401);
      expect(await app.db.collection('sessions').countDocuments()).to.equal(0);
    });

    it('refuses what is no refresh token', async () => {
      const { refreshToken = '' } = await signIn(await aPerson(app));
      const [id = '', secret = ''] = refreshToken.split('.');

      const unreadable = await Promise.all([{}, { $gt: '' }, null, 7, '', 'a'.repeat(201)].map(refresh));
      const unknown = await Promise.all(
        [`${uuidv7()}.${secret}`, id, secret, `${refreshToken}\u0000`, `${id}.`].map(refresh),
      );
      const still = await refresh(refreshToken);

      expect(unreadable.map(({ status }) => status)).to.deep.equal(Array(6).fill(422));
      expect(unknown.map(({ status }) => status)).to.deep.equal(Array(5).fill(401));
      expect(still.status).to.equal(200);
    });

    it('is over at once after sign-out, for its access token too', async () => {
      const { accessToken, refreshToken } = await signIn(await aPerson(app));
      const headers = { authorization: `Bearer ${accessToken}` };

      const out = await app.as(undefined).post('/api/v1/sign-out', {}, headers);

      expect(out.status).to.equal(204);
      expect((await meWith(accessToken)).status).to.equal(401);
      expect((await refresh(refreshToken)).status).to.equal(401);
    });

    it('has the roles of this moment, not those of its beginning', async () => {
      const person = await aPerson(app, { roles: [{ kind: 'admin' }] });
      const { accessToken } = await signIn(person);

      await userModel(app.db).updateOne(
        { _id: person.id },
        { $set: { roles: [{ kind: 'province-officer', provinceCode: '19' }] } },
      );
      const users = await app.as(undefined).get('/api/v1/users', { authorization: `Bearer ${accessToken}` });

      expect(users.status).to.equal(403);
    });
  });

  describe('of a forger', () => {
    it('is not believed: no algorithm, another key, algorithm, issuer or audience, altered or without expiry', async () => {
      const person = await aPerson(app);
      const { accessToken = '', refreshToken = '' } = await signIn(person);
      const sid = refreshToken.split('.')[0] ?? '';
      const today = dayOf(app.deps.clock());
      const keyOfDay = (day: string, root: Uint8Array = app.deps.keys.sessionKey) =>
        Buffer.from(hkdfSync('sha256', root, '', `ocop-trace access token ${day}`, 32));
      const key = keyOfDay(today);
      const head = { alg: 'HS256', typ: 'at+jwt', kid: today } as const;
      const sign = (given: object, changes: object = {}, by: Buffer = key) =>
        jwt.sign(given, by, { header: { ...head, ...changes } });
      const iat = Math.floor(app.deps.clock().getTime() / 1000);
      const endless = { sub: person.id, sid, iss: 'ocop-trace', aud: 'ocop-trace', iat };
      const claims = { ...endless, exp: iat + 600 };
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const [header = '', payload = '', signature = ''] = accessToken.split('.');
      const forged = [
        `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`,
        `${part({ alg: 'none', typ: 'JWT' })}.${payload}.${signature}`,
        `${part({ alg: 'None', typ: 'JWT' })}.${part(claims)}.`,
        sign(claims, {}, Buffer.alloc(32, 1)),
        sign(claims, {}, app.deps.keys.sessionKey),
        jwt.sign(claims, key, { header: { ...head, alg: 'HS512' } }),
        // The signature is right for HS256, the head says that it is to be checked with a public key.
        `${part({ ...head, alg: 'RS256' })}.${sign(claims).split('.').slice(1).join('.')}`,
        sign(claims, { typ: 'JWT' }),
        sign(claims, { kid: undefined }),
        sign(claims, { kid: '2026-01-01' }, keyOfDay('2026-01-01')),
        sign(claims, { kid: '../../etc/passwd' }),
        sign({ ...claims, aud: 'another' }),
        sign({ ...claims, iss: 'another' }),
        sign({ ...claims, sid: uuidv7() }),
        sign({ ...claims, sub: uuidv7() }),
        sign({ ...claims, sid: { $gt: '' } }),
        sign({ ...claims, exp: iat - 1 }),
        sign(endless),
        `${header}.${part({ ...claims, sub: uuidv7() })}.${signature}`,
        `${header}.${payload}.${createHmac('sha256', 'x').update('x').digest('base64url')}`,
        `${accessToken}x`,
        'x',
        '',
        refreshToken,
      ];

      const answers = await Promise.all(forged.map(meWith));
      const pages = await Promise.all(
        forged.map((token) => app.as(undefined).page('/admin', { cookie: `access=${encodeURIComponent(token)}` })),
      );

      expect((await meWith(accessToken)).status).to.equal(200);
      expect((await meWith(sign(claims))).status, 'the same claims, rightly signed').to.equal(200);
      expect(answers.map(({ status }) => status)).to.deep.equal(forged.map(() => 401));
      expect(pages.map(({ headers }) => headers.get('location'))).to.deep.equal(
        forged.map(() => '/sign-in?next=%2Fadmin'),
      );
    });
  });

  describe('of a browser', () => {
    it('goes on over the 15 minutes without being noticed', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app, { roles: [{ kind: 'admin' }] }));
      const before = new Map(browser.cookies);

      passTime(app, 20 * minutes);
      const page = await browser.get('/admin');

      expect(page.status).to.equal(200);
      expect(browser.cookies.get('access')).to.be.a('string').and.not.equal(before.get('access'));
      expect(browser.cookies.get('refresh')).to.be.a('string').and.not.equal(before.get('refresh'));
    });

    it('goes on in the middle of a form, also when the browser has dropped the access cookie', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app, { roles: [{ kind: 'admin' }] }));
      browser.cookies.delete('access');
      const form = { id: uuidv7(), name: 'Người mới', login: 'moi@vidu.vn', kind: 'admin' };

      passTime(app, 3 * days);
      const answer = await browser.post('/admin/users', form);

      expect(answer.status).to.equal(200);
      expect(answer.text).to.include('/sign-in/link/');
    });

    it('is not renewed by pictures, whose answers a cache may keep', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app));
      passTime(app, 20 * minutes);

      const answer = await browser.get('/files/none/360.webp', { accept: 'image/avif,image/webp,*/*;q=0.8' });

      expect(answer.headers.getSetCookie()).to.be.empty;
    });

    it('loses its cookies when the session is over, and is asked to sign in', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app));

      passTime(app, 31 * days);
      const answer = await browser.get('/admin');

      expect(answer.status).to.equal(303);
      expect(answer.location).to.equal('/sign-in?next=%2Fadmin&ended=1');
      expect(browser.cookies.size).to.equal(0);
    });

    it('is over at once after sign-out, with the cookies of before as well', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app, { roles: [{ kind: 'admin' }] }));
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

      const out = await browser.post('/sign-out');
      const replayed = await app.as(undefined).page('/admin', { cookie });

      expect(out.status).to.equal(303);
      expect(browser.cookies.size).to.equal(0);
      expect(replayed.status).to.equal(303);
    });

    it('ends when the same browser signs in as someone else', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app, { roles: [{ kind: 'admin' }] }));
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const other = await aPerson(app);

      await browser.post('/sign-in', { login: other.login, password: other.password });

      expect((await app.as(undefined).page('/admin', { cookie })).status).to.equal(303);
    });

    it('does not sign out by a form of another site, nor by a link', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app, { roles: [{ kind: 'admin' }] }));

      const foreign = await browser.post('/sign-out', {}, { origin: 'https://evil.example' });
      const link = await browser.get('/sign-out');

      expect(foreign.status).to.equal(403);
      expect(link.status).to.equal(404);
      expect((await browser.get('/admin')).status).to.equal(200);
    });

    it('signs out a stranger without complaint', async () => {
      const answer = await aBrowser(app).post('/sign-out');

      expect(answer.status).to.equal(303);
    });
  });

  it('is stored without anything that would let a reader of the store in', async () => {
    const { refreshToken = '', accessToken = '' } = await signIn(await aPerson(app));

    const stored = JSON.stringify(await app.db.collection('sessions').find().toArray());

    expect(stored).to.not.include(refreshToken.split('.')[1]).and.not.include(accessToken);
  });

  it('is needed for what is one’s own', async () => {
    const answers = await Promise.all([
      app.as(undefined).get('/api/v1/me'),
      app.as(undefined).post('/api/v1/sign-out', {}),
      app.as(undefined).get('/api/v1/users'),
    ]);

    expect(answers.map(({ status }) => status)).to.deep.equal([401, 401, 401]);
    expect((await app.as(aProducerUser(uuidv7())).get('/api/v1/me')).status).to.equal(200);
    expect((await app.as(anAdmin()).get('/api/v1/users')).status).to.equal(200);
  });
});
