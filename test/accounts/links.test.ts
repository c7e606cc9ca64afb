import { expect } from 'chai';
import { makeSetUpLink, makeSignInLink } from '../../src/accounts/accounts.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { uuidv7 } from '../support/factories.ts';
import { aBrowser, aPerson, aPhone, aSignedInBrowser, passTime } from '../support/factories.accounts.ts';

describe('a one-time sign-in link', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });

  after(() => app.close());

  const aLink = async (validMinutes = 10): Promise<string> => {
    const { id } = await aPerson(app, { roles: [{ kind: 'province-officer', provinceCode: '19' }] });
    return makeSignInLink(app.db, id, 'sign-in', app.deps.clock(), validMinutes);
  };

  it('shows one button when it is opened, so that a preview does not use it up, and signs in when it is pressed', async () => {
    const path = `/sign-in/link/${await aLink()}`;
    const browser = aBrowser(app);

    const looks = [await browser.get(path), await browser.get(path)];
    const pressed = await browser.post(path);

    expect(looks.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(looks[0]?.text.match(/<button/g)).to.have.lengthOf(1);
    expect(looks[0]?.headers.get('cache-control')).to.equal('no-store');
    expect(pressed.status).to.equal(303);
    expect(pressed.location).to.equal('/office');
    expect(browser.cookies).to.have.keys('access', 'refresh');
  });

  it('works once', async () => {
    const token = await aLink();

    const first = await app.as(undefined).post('/api/v1/sign-in/link', { token });
    const second = await app.as(undefined).post('/api/v1/sign-in/link', { token });
    const look = await aBrowser(app).get(`/sign-in/link/${token}`);

    expect(first.status).to.equal(200);
    expect(second.status).to.equal(401);
    expect(second.body['type']).to.equal('/problems/link-used-or-expired');
    expect(look.status).to.equal(401);
    expect(look.text).to.include('đã dùng rồi hoặc đã hết hạn');
  });

  it('lets one of many in that press at once', async () => {
    const token = await aLink();

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => app.as(undefined).post('/api/v1/sign-in/link', { token })),
    );

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, ...Array<number>(7).fill(401)]);
  });

  it('ends on time', async () => {
    const token = await aLink(10);

    passTime(app, 10 * 60);

    expect((await app.as(undefined).post('/api/v1/sign-in/link', { token })).status).to.equal(401);
  });

  it('refuses what is no link', async () => {
    const bodies = [{}, { token: { $gt: '' } }, { token: 'x' }, { token: `${'a'.repeat(42)}\u0000` }];

    const answers = await Promise.all(bodies.map((body) => app.as(undefined).post('/api/v1/sign-in/link', body)));
    const unknown = await app.as(undefined).post('/api/v1/sign-in/link', { token: 'a'.repeat(43) });
    const page = await aBrowser(app).get('/sign-in/link/x');

    expect(answers.map(({ status }) => status)).to.deep.equal([422, 422, 422, 422]);
    expect(unknown.status).to.equal(401);
    expect(page.status).to.equal(401);
  });

  it('is not pressed by another site', async () => {
    const path = `/sign-in/link/${await aLink()}`;

    const foreign = await aBrowser(app).post(path, {}, { origin: 'https://evil.example' });
    const own = await aBrowser(app).post(path);

    expect(foreign.status).to.equal(403);
    expect(own.status).to.equal(303);
  });

  it('is stored as a hash only', async () => {
    const token = await aLink();

    const stored = JSON.stringify(await app.db.collection('signInLinks').find().toArray());

    expect(stored).to.not.include(token);
  });
});

describe('setting up the first administrator', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await testApp();
  });

  afterEach(() => app.close());

  const anAnswer = () => ({ name: 'Nguyễn Quản Trị', login: aPhone(), password: 'suối chảy qua bản nhỏ' });
  const setUpToken = async (): Promise<string> => String(await makeSetUpLink(app.db, app.deps.clock()));

  it('takes name, login and password, signs in and leads to the second factor, which administrators need', async () => {
    const path = `/set-up/${await setUpToken()}`;
    const browser = aBrowser(app);
    const answer = anAnswer();

    const form = await browser.get(path);
    const done = await browser.post(path, answer);
    const home = await browser.get('/admin');

    expect(form.status).to.equal(200);
    expect(form.text).to.include('autocomplete="new-password"');
    expect(done.status).to.equal(303);
    expect(done.location).to.equal('/admin');
    expect(home.location).to.equal('/second-factor?next=%2Fadmin');
    expect((await aSignedInBrowser(app, { id: '', ...answer })).cookies.size).to.equal(2);
  });

  it('is over once there is an administrator', async () => {
    const [first, second] = [await setUpToken(), await setUpToken()];
    await aBrowser(app).post(`/set-up/${first}`, anAnswer());

    const statuses = [
      (await aBrowser(app).get(`/set-up/${first}`)).status,
      (await aBrowser(app).get(`/set-up/${second}`)).status,
      (await aBrowser(app).post(`/set-up/${second}`, anAnswer())).status,
    ];

    expect(statuses).to.deep.equal([409, 409, 409]);
    expect(await makeSetUpLink(app.db, app.deps.clock())).to.equal(undefined);
  });

  it('makes one administrator of several at once', async () => {
    const tokens = [await setUpToken(), await setUpToken(), await setUpToken()];

    const answers = await Promise.all(tokens.map((token) => aBrowser(app).post(`/set-up/${token}`, anAnswer())));
    const admins = await app.db.collection('users').countDocuments({ 'roles.kind': 'admin' });

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409, 409]);
    expect(admins).to.equal(1);
  });

  it('makes one administrator of one link pressed twice at once', async () => {
    const path = `/set-up/${await setUpToken()}`;

    const answers = await Promise.all([aBrowser(app).post(path, anAnswer()), aBrowser(app).post(path, anAnswer())]);

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([303, 409]);
  });

  it('keeps what was typed when a field is wrong, and the link with it', async () => {
    const path = `/set-up/${await setUpToken()}`;
    const browser = aBrowser(app);

    const short = await browser.post(path, { ...anAnswer(), password: 'ngắn' });
    const nameless = await browser.post(path, { ...anAnswer(), name: ' ' });
    const unknownLogin = await browser.post(path, { ...anAnswer(), login: 'ông A' });
    const good = await browser.post(path, anAnswer());

    expect([short.status, nameless.status, unknownLogin.status, good.status]).to.deep.equal([422, 422, 422, 303]);
    expect(short.text).to.include('value="Nguyễn Quản Trị"').and.include('ít nhất 12 ký tự').and.not.include('"ngắn"');
  });

  it('is not done by a sign-in link, nor a sign-in by a set-up link', async () => {
    const person = await aPerson(app);
    const signInToken = await makeSignInLink(app.db, person.id, 'sign-in', app.deps.clock(), 10);
    const token = await setUpToken();

    const setUp = await aBrowser(app).post(`/set-up/${signInToken}`, anAnswer());
    const signIn = await aBrowser(app).post(`/sign-in/link/${token}`);
    const still = await aBrowser(app).post(`/set-up/${token}`, anAnswer());

    expect([setUp.status, signIn.status, still.status]).to.deep.equal([401, 401, 303]);
  });

  it('ends after 30 minutes', async () => {
    const path = `/set-up/${await setUpToken()}`;

    passTime(app, 30 * 60);

    expect((await aBrowser(app).get(path)).status).to.equal(401);
    expect((await aBrowser(app).post(path, anAnswer())).status).to.equal(401);
  });

  it('leaves the link good when the login is taken', async () => {
    const path = `/set-up/${await setUpToken()}`;
    const person = await aPerson(app, { id: uuidv7() });

    const taken = await aBrowser(app).post(path, { ...anAnswer(), login: person.login });
    const other = await aBrowser(app).post(path, anAnswer());

    expect(taken.status).to.equal(409);
    expect(taken.text).to.include('đã có tài khoản');
    expect(other.status).to.equal(303);
  });
});
