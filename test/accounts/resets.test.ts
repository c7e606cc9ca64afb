import { expect } from 'chai';
import { auditOf } from '../../src/audit/audit.ts';
import { factorsModel } from '../../src/accounts/factors.model.ts';
import { makeResetLink } from '../../src/accounts/resets.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aBrowser, aPerson, aSignedInBrowser, passTime } from '../support/factories.accounts.ts';
import { formOf, wordsOf } from '../support/forms.ts';

const better = 'nương chè sau cơn mưa';

describe('a forgotten password', () => {
  let app: TestApp;
  const admin = { ...anAdmin(), name: 'Quản Trị Mẫu' };

  before(async () => {
    app = await testApp();
  });

  after(() => app.close());

  const linkFor = async (userId: string): Promise<string> => {
    const answer = await app.as(admin).post(`/api/v1/users/${userId}/password-reset-links`, {});
    return String(answer.body['link']).split('/').at(-1) ?? '';
  };
  const reset = (token: string, password = better) =>
    app.as(undefined).post('/api/v1/sign-in/password-reset', { token, password });
  const signIn = (login: string, password: string) => app.as(undefined).post('/api/v1/sign-in', { login, password });

  it('is set anew by a link from an administrator; all sessions end and it is noted who handed it over', async () => {
    const lan = await aPerson(app);
    const browser = await aSignedInBrowser(app, lan);
    const token = await linkFor(lan.id);

    const answer = await reset(token);

    expect(answer.status).to.equal(204);
    expect((await signIn(lan.login, lan.password)).status).to.equal(401);
    expect((await signIn(lan.login, better)).status).to.equal(200);
    expect((await browser.get('/security')).location).to.equal('/sign-in?next=%2Fsecurity&ended=1');
    const notes = await auditOf(app.db, lan.id);
    expect(notes.filter(({ actorId }) => actorId === admin.userId).map(({ what }) => what)).to.deep.equal([
      'password-reset-link-made',
      'password-reset',
    ]);
  });

  it('keeps the link from being used twice, two at once, after a day, or as a sign-in', async () => {
    const lan = await aPerson(app);
    const [twice, late, signing] = [await linkFor(lan.id), await linkFor(lan.id), await linkFor(lan.id)];

    const both = await Promise.all([reset(twice), reset(twice, 'bếp lửa nhà sàn ấm áp')]);
    const again = await reset(twice);
    const entered = await app.as(undefined).post('/api/v1/sign-in/link', { token: signing });
    passTime(app, 24 * 3600 + 1);
    const over = await reset(late);

    expect(both.map(({ status }) => status).sort()).to.deep.equal([204, 401]);
    expect([again.status, entered.status, over.status]).to.deep.equal([401, 401, 401]);
  });

  it('is not used up by a weak password, nor by looking at it', async () => {
    const lan = await aPerson(app);
    const token = await linkFor(lan.id);

    const weak = [await reset(token, 'ngắn'), await reset(token, 'password1234'), await reset(token, `${lan.login}ab`)];
    const looked = await aBrowser(app).get(`/reset/${token}`);
    const good = await reset(token);

    expect(weak.map(({ status }) => status)).to.deep.equal([422, 422, 422]);
    expect(looked.status).to.equal(200);
    expect(good.status).to.equal(204);
  });

  it('is handed over by administrators only', async () => {
    const lan = await aPerson(app);
    const path = `/api/v1/users/${lan.id}/password-reset-links`;

    const answers = [
      await app.as(undefined).post(path, {}),
      await app.as(aProducerUser(uuidv7())).post(path, {}),
      await app.as(admin).post(`/api/v1/users/${uuidv7()}/password-reset-links`, {}),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([401, 403, 404]);
  });

  it('never takes the second factor away', async () => {
    const officer = await aPerson(app, { roles: [{ kind: 'province-officer', provinceCode: '19' }] });
    await factorsModel(app.db).create({
      _id: officer.id,
      totp: { sealed: 'x', lastStep: 1, since: new Date(0) },
      recovery: ['y'],
    });

    await reset(await makeResetLink(app.db, admin.userId, officer.id, app.deps.clock()).then(({ token }) => token));
    const session = await signIn(officer.login, better);
    const me = await app
      .as(undefined)
      .get('/api/v1/me', { authorization: `Bearer ${String(session.body['accessToken'])}` });

    expect(await factorsModel(app.db).countDocuments({ _id: officer.id, recovery: 'y' })).to.equal(1);
    expect(me.status).to.equal(403);
  });

  it('is stored without anything that would let a reader of the store in', async () => {
    const token = await linkFor((await aPerson(app)).id);

    const stored = JSON.stringify(await app.db.collection('signInLinks').find().toArray());

    expect(stored).to.not.include(token);
  });

  it('goes by pages: shown as QR and address, set, told at the next sign-in once and kept on the security page', async () => {
    const lan = await aPerson(app);
    const office = await app.as(admin).postForm(`/admin/users/${lan.id}/password-reset-link`, {});
    const [, path = ''] = /href="https:\/\/truyxuat\.example\.vn(\/reset\/[\w-]{43})"/.exec(office.text) ?? [];
    const browser = aBrowser(app);

    const weak = await browser.post(path, { password: 'ngắn' });
    const form = formOf((await browser.get(path)).text, 'reset');
    const done = await browser.post(form.action, { password: better });
    const page = await browser.get(done.location ?? '');
    const first = await browser.post('/sign-in', { login: lan.login, password: better, next: '/app/me' });
    const told = await browser.get(first.location ?? '');
    const second = await aBrowser(app).post('/sign-in', { login: lan.login, password: better, next: '/app/me' });

    expect(office.text).to.include('src="data:image/png;base64,');
    expect(weak.status).to.equal(422);
    expect([done.status, done.location]).to.deep.equal([303, '/sign-in?saved=reset']);
    expect(wordsOf(page.text)).to.include('Đã đặt mật khẩu mới');
    expect(first.location).to.equal('/security');
    expect(wordsOf(told.text)).to.include('do Quản Trị Mẫu trao');
    expect(second.location).to.equal('/app/me');
    expect((await aBrowser(app).get(path)).status).to.equal(401);
  });
});
