import { expect } from 'chai';
import { auditOf } from '../../src/audit/audit.ts';
import { makeSignInLink } from '../../src/accounts/accounts.service.ts';
import { openSession } from '../../src/accounts/sessions.service.ts';
import { findUser } from '../../src/accounts/accounts.model.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { formOf, wordsOf } from '../support/forms.ts';
import { uuidv7 } from '../support/factories.ts';
import { aBrowser, aPerson, aSignedInBrowser, passTime } from '../support/factories.accounts.ts';
import type { Person } from '../support/factories.accounts.ts';

const better = 'nương chè sau cơn mưa';
const android = { 'user-agent': 'Mozilla/5.0 (Linux; Android 10; K) Chrome/139.0.0.0 Mobile Safari/537.36' };

describe('one’s own security', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });

  after(() => app.close());

  const signIn = async ({ login, password }: Person, headers: Record<string, string> = {}): Promise<string> => {
    const answer = await app.as(undefined).post('/api/v1/sign-in', { login, password }, headers);
    return String(answer.body['accessToken']);
  };
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const sessionsOf = async (token: string): Promise<Record<string, unknown>[]> =>
    (await app.as(undefined).get('/api/v1/me/sessions', bearer(token))).body['items'] as Record<string, unknown>[];
  const changeWith = (token: string, json: unknown): Promise<ApiAnswer> =>
    app.as(undefined).put('/api/v1/me/password', Buffer.from(JSON.stringify(json)), 'application/json', bearer(token));
  const isSignedIn = async (token: string): Promise<boolean> =>
    (await app.as(undefined).get('/api/v1/me', bearer(token))).status === 200;
  const aDevice = async (person: Person): Promise<string> => {
    const user = await findUser(app.db, person.id);
    if (user === undefined) throw new Error('no such person');
    const begin = { by: 'device', userAgent: android['user-agent'] } as const;
    return (await openSession(app.db, app.deps.keys.sessionKey, user, begin, app.deps.clock())).accessToken;
  };

  describe('the list of sessions', () => {
    it('names device, beginning and last use, and says which one this is', async () => {
      const lan = await aPerson(app);
      const phone = await signIn(lan, android);
      passTime(app, 60);
      const desk = await signIn(lan, { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' });

      const seen = await sessionsOf(desk);

      expect(seen.map(({ device, by, isThisOne }) => [device, by, isThisOne])).to.deep.equal([
        ['Linux, Firefox', 'password', true],
        ['Android, Chrome', 'password', false],
      ]);
      expect(seen[0]?.['lastUsedAt']).to.equal(app.deps.clock().toISOString());
      expect(JSON.stringify(seen)).to.not.include(phone);
    });

    it('ends one at once, and never someone else’s', async () => {
      const [lan, hoa] = [await aPerson(app), await aPerson(app)];
      const [lost, kept, other] = [await signIn(lan), await signIn(lan), await signIn(hoa)];
      const lostId = String((await sessionsOf(lost)).find(({ isThisOne }) => isThisOne === true)?.['id']);
      const otherId = String((await sessionsOf(other))[0]?.['id']);
      const end = (id: string) => app.as(undefined).post(`/api/v1/me/sessions/${id}/ending`, {}, bearer(kept));

      const answers = [await end(lostId), await end(lostId), await end(otherId), await end(uuidv7()), await end('x')];

      expect(answers.map(({ status }) => status)).to.deep.equal([204, 404, 404, 404, 404]);
      expect(await Promise.all([lost, kept, other].map(isSignedIn))).to.deep.equal([false, true, true]);
    });

    it('ends all of them everywhere, and no one else’s', async () => {
      const [lan, hoa] = [await aPerson(app), await aPerson(app)];
      const tokens = [await signIn(lan), await signIn(lan), await signIn(hoa)];

      const answer = await app.as(undefined).post('/api/v1/me/sign-out-everywhere', {}, bearer(tokens[0] ?? ''));

      expect(answer.status).to.equal(204);
      expect(await Promise.all(tokens.map(isSignedIn))).to.deep.equal([false, false, true]);
    });
  });

  describe('a new password', () => {
    it('asks for the present one, ends all other sessions and is noted without the password', async () => {
      const lan = await aPerson(app);
      const [here, there] = [await signIn(lan), await signIn(lan)];

      const answer = await changeWith(here, { present: lan.password, password: better });

      expect(answer.status).to.equal(204);
      expect(await Promise.all([here, there].map(isSignedIn))).to.deep.equal([true, false]);
      expect((await app.as(undefined).post('/api/v1/sign-in', lan)).status).to.not.equal(200);
      expect(await isSignedIn(await signIn({ ...lan, password: better }))).to.equal(true);
      const notes = await auditOf(app.db, lan.id);
      expect(notes.map(({ what }) => what)).to.include('password-changed');
      expect(JSON.stringify(notes)).to.not.include(better);
    });

    it('is refused with a wrong present one, a missing one, or when it is weak; nothing changes', async () => {
      const lan = await aPerson(app);
      const [here, there] = [await signIn(lan), await signIn(lan)];
      const sent = [
        { present: 'sai mật khẩu rồi', password: better },
        { password: better },
        { present: lan.password, password: 'ngắn' },
        { present: lan.password, password: 'password1234' },
        { present: lan.password, password: `${lan.login}ab` },
        { present: lan.password, password: better, userId: uuidv7() },
        { present: { $ne: '' }, password: better },
      ];

      const answers = [];
      for (const json of sent) answers.push(await changeWith(here, json));

      expect(answers.map(({ status }) => status)).to.deep.equal(sent.map(() => 422));
      const faults = answers.slice(0, 5).map(({ body }) => (body['errors'] as { pointer: string; code: string }[])[0]);
      expect(faults.map((fault) => `${fault?.pointer} ${fault?.code}`)).to.deep.equal([
        '/present password-wrong',
        '/present required',
        '/password password-short',
        '/password password-common',
        '/password password-personal',
      ]);
      expect(await Promise.all([here, there].map(isSignedIn))).to.deep.equal([true, true]);
      expect(await isSignedIn(await signIn(lan))).to.equal(true);
    });

    it('can’t be guessed at: after ten wrong present ones the right one has to wait too', async () => {
      const lan = await aPerson(app);
      const here = await signIn(lan);
      for (let time = 0; time < 10; time += 1) await changeWith(here, { present: `sai lần ${time}`, password: better });

      const right = await changeWith(here, { present: lan.password, password: better });
      passTime(app, 15 * 60 + 1);
      const again = await signIn(lan);

      expect(right.status).to.equal(429);
      expect(right.headers.get('retry-after')).to.match(/^\d+$/);
      expect((await changeWith(again, { present: lan.password, password: better })).status).to.equal(204);
    });

    it('can be a first one for who came by a link, and not on a phone that was joined by a code', async () => {
      const lan = await aPerson(app, { password: undefined as never });
      const token = await makeSignInLink(app.db, lan.id, 'sign-in', app.deps.clock(), 10);
      const byLink = await app.as(undefined).post('/api/v1/sign-in/link', { token });
      const phone = await aDevice(lan);

      const onPhone = await changeWith(phone, { password: better });
      const first = await changeWith(String(byLink.body['accessToken']), { password: better });

      expect([onPhone.status, first.status]).to.deep.equal([403, 204]);
      expect(await isSignedIn(await signIn({ ...lan, password: better }))).to.equal(true);
      expect(await isSignedIn(phone)).to.equal(false);
    });

    it('of two changes at once with one present password takes one', async () => {
      const lan = await aPerson(app);
      const [one, two] = [await signIn(lan), await signIn(lan)];

      const answers = await Promise.all([
        changeWith(one, { present: lan.password, password: 'đường lên nương buổi sớm' }),
        changeWith(two, { present: lan.password, password: 'bếp lửa nhà sàn ấm áp' }),
      ]);

      expect(answers.filter(({ status }) => status === 204)).to.have.lengthOf(1);
    });
  });

  describe('the page', () => {
    it('changes the password, says so, and signs the other devices out', async () => {
      const lan = await aPerson(app);
      const [here, there] = [await aSignedInBrowser(app, lan), await aSignedInBrowser(app, lan)];
      const form = formOf((await here.get('/security')).text, 'password');

      const sent = await here.post(form.action, { present: lan.password, password: better });
      const shown = await here.get(sent.location ?? '');

      expect([sent.status, sent.location]).to.deep.equal([303, '/security?saved=password']);
      expect(wordsOf(shown.text)).to.include('Đã đổi mật khẩu');
      expect((await there.get('/security')).location).to.equal('/sign-in?next=%2Fsecurity&ended=1');
    });

    it('says at the field what is wrong and never sends a password back', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app));

      const answer = await browser.post('/security/password', { present: 'sai mật khẩu rồi', password: better });

      expect(answer.status).to.equal(422);
      expect(wordsOf(answer.text)).to.include('Mật khẩu không đúng');
      expect(answer.text).to.not.include(better).and.not.include('sai mật khẩu rồi');
    });

    it('ends another device, and all of them', async () => {
      const lan = await aPerson(app);
      const [here, there] = [await aSignedInBrowser(app, lan), await aSignedInBrowser(app, lan)];
      const [, endUrl = ''] = /action="(\/security\/sessions\/[^"]+)"/.exec((await here.get('/security')).text) ?? [];

      const ended = await here.post(endUrl);
      const gone = await there.get('/app/me');
      const everywhere = await here.post('/security/sign-out-everywhere');

      expect([ended.location, gone.location, everywhere.location]).to.deep.equal([
        '/security',
        '/sign-in?next=%2Fapp%2Fme&ended=1',
        '/sign-in',
      ]);
      expect(here.cookies.size).to.equal(0);
    });

    it('is for whoever is signed in, and takes nothing from another site', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app));

      const foreign = await browser.post('/security/sign-out-everywhere', {}, { origin: 'https://evil.example' });

      expect((await aBrowser(app).get('/security')).location).to.equal('/sign-in?next=%2Fsecurity');
      expect(foreign.status).to.equal(403);
      expect((await browser.get('/security')).status).to.equal(200);
    });
  });
});
