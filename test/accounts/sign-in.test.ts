import { expect } from 'chai';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { uuidv7 } from '../support/factories.ts';
import { aBrowser, aPerson, aPhone, aSignedInBrowser, passTime } from '../support/factories.accounts.ts';

describe('signing in with a password', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });

  after(() => app.close());

  it('gives a program tokens that stand for the person', async () => {
    const lan = await aPerson(app, { name: 'Lan' });

    const answer = await app.as(undefined).post('/api/v1/sign-in', { login: lan.login, password: lan.password });
    const me = await app
      .as(undefined)
      .get('/api/v1/me', { authorization: `Bearer ${String(answer.body['accessToken'])}` });

    expect(answer.status).to.equal(200);
    expect(answer.body).to.have.keys('accessToken', 'expiresInSeconds', 'refreshToken');
    expect(answer.body['expiresInSeconds']).to.equal(900);
    expect(answer.headers.get('cache-control')).to.equal('no-store');
    expect(me.body).to.include({ id: lan.id, name: 'Lan' });
  });

  it('takes the phone number in every form that people write, and e-mail in any case', async () => {
    const phone = await aPerson(app, { login: '0912345678' });
    const mail = await aPerson(app, { login: 'lan@vidu.vn' });

    const forms = [
      '0912 345 678',
      '+84 912 345 678',
      '84912345678',
      '0084912345678',
      '+84 (0)912.345.678',
      '０９１２３４５６７８',
    ];
    const answers = await Promise.all([
      ...forms.map((login) => app.as(undefined).post('/api/v1/sign-in', { login, password: phone.password })),
      app.as(undefined).post('/api/v1/sign-in', { login: ' Lan@ViDu.VN ', password: mail.password }),
    ]);

    expect(answers.map(({ status }) => status)).to.deep.equal(Array(forms.length + 1).fill(200));
  });

  it('takes a password typed in composed and in decomposed letters as the same', async () => {
    const person = await aPerson(app, { password: 'đường về bản'.normalize('NFC') });

    const answer = await app
      .as(undefined)
      .post('/api/v1/sign-in', { login: person.login, password: person.password.normalize('NFD') });

    expect(answer.status).to.equal(200);
  });

  it('answers a wrong password, an unknown login and a person without password in the same words', async () => {
    const lan = await aPerson(app);
    const linkOnly = aPhone();
    await app.as({ userId: uuidv7(), name: 'A', roles: [{ kind: 'admin' }] }).post('/api/v1/users', {
      id: uuidv7(),
      name: 'Chỉ có liên kết',
      login: linkOnly,
      roles: [{ kind: 'admin' }],
    });

    const answers = await Promise.all(
      [lan.login, aPhone(), linkOnly].map((login) =>
        app.as(undefined).post('/api/v1/sign-in', { login, password: 'sai mật khẩu rồi' }),
      ),
    );

    for (const { status, body } of answers) {
      expect(status).to.equal(401);
      expect(body).to.include({ type: '/problems/wrong-credentials', title: answers[0]?.body['title'] });
    }
  });

  it('refuses input of wrong type or shape with 422 and both languages, and never runs it as a query', async () => {
    const { login, password } = await aPerson(app);
    const bad: unknown[] = [
      {},
      [],
      { login },
      { login: { $gt: '' }, password },
      { login, password: { $gt: '' } },
      { login: ['0912345678'], password },
      { login: 'nguyễn văn a', password },
      { login: '09123', password },
      { login: '', password },
      { login: `${'9'.repeat(300)}@vidu.vn`, password },
      { login: `${login}\u0000`, password },
      { login, password: '' },
      { login, password: `${password}\u0000` },
      { login, password: '\ud800' },
      { login, password: 'a'.repeat(201) },
      { login, password, roles: [{ kind: 'admin' }] },
    ];

    const answers = await Promise.all(bad.map((body) => app.as(undefined).post('/api/v1/sign-in', body)));

    expect(answers.map(({ status }) => status)).to.deep.equal(bad.map(() => 422));
    for (const { body } of answers) {
      expect(body['title']).to.be.a('string');
      expect(body['titleEn']).to.be.a('string').and.not.equal(body['title']);
    }
  });

  it('refuses a body that is not UTF-8 or not JSON with 400', async () => {
    const broken = Buffer.concat([
      Buffer.from('{"login":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('","password":"x"}'),
    ]);

    const answers = await Promise.all([
      app.as(undefined).post('/api/v1/sign-in', broken),
      app.as(undefined).post('/api/v1/sign-in', '{"login":'),
    ]);

    expect(answers.map(({ status }) => status)).to.deep.equal([400, 400]);
  });

  describe('on the page', () => {
    it('shows a form whose fields a password manager knows', async () => {
      const page = await aBrowser(app).get('/sign-in');

      expect(page.status).to.equal(200);
      expect(page.text).to.include('autocomplete="username"').and.include('autocomplete="current-password"');
    });

    it('sets two cookies that scripts and foreign sites do not get, and goes to the home of the role', async () => {
      const homes = [
        [{ kind: 'producer', producerId: uuidv7() } as const, '/app'],
        [{ kind: 'province-officer', provinceCode: '19' } as const, '/office'],
        [{ kind: 'admin' } as const, '/admin'],
      ] as const;
      for (const [role, home] of homes) {
        const person = await aPerson(app, { roles: [role] });

        const answer = await aBrowser(app).post('/sign-in', {
          login: person.login,
          password: person.password,
          next: '',
        });

        expect(answer.status).to.equal(303);
        expect(answer.location).to.equal(home);
        const cookies = answer.headers.getSetCookie();
        expect(cookies).to.have.lengthOf(2);
        expect(cookies[0]).to.match(/^access=.*; Max-Age=900;/);
        expect(cookies[1]).to.match(/^refresh=.*; Max-Age=2592000;/);
        for (const cookie of cookies) {
          expect(cookie).to.include('HttpOnly').and.include('SameSite=Lax').and.include('Path=/');
        }
      }
    });

    it('goes to the page that was asked for, at once when one is signed in already', async () => {
      const { login, password } = await aPerson(app);
      const browser = aBrowser(app);

      const form = await browser.get('/sign-in?next=%2Fapp%2Fbatches%3Fpage%3D2');
      const answer = await browser.post('/sign-in', { login, password, next: '/app/batches?page=2' });
      const again = await browser.get('/sign-in?next=%2Fapp%2Flabels');

      expect(form.text).to.include('value="/app/batches?page&#x3D;2"');
      expect(answer.location).to.equal('/app/batches?page=2');
      expect(again.location).to.equal('/app/labels');
    });

    it('goes nowhere but to its own pages', async () => {
      const { login, password } = await aPerson(app);
      const foreign = [
        '//evil.example',
        '/\\evil.example',
        '\\\\evil.example',
        'https://evil.example/',
        'javascript:alert(1)',
        '/\t/evil.example',
        '/\r\nSet-Cookie: a=b',
        ' //evil.example',
        'app',
        '/sign-in?next=/app',
        '/sign-out',
      ];
      for (const next of foreign) {
        const answer = await aBrowser(app).post('/sign-in', { login, password, next });
        const signedIn = await (
          await aSignedInBrowser(app, { id: '', name: '', login, password })
        ).get(`/sign-in?next=${encodeURIComponent(next)}`);

        expect(answer.location, JSON.stringify(next)).to.equal('/app');
        expect(signedIn.location, JSON.stringify(next)).to.equal('/app');
      }
    });

    it('keeps the login that was typed, and never the password, when the password is wrong', async () => {
      const { login } = await aPerson(app);

      const answer = await aBrowser(app).post('/sign-in', {
        login,
        password: 'mật khẩu sai đây',
        next: '/app/batches',
      });

      expect(answer.status).to.equal(401);
      expect(answer.text).to.include(`value="${login}"`).and.include('value="/app/batches"');
      expect(answer.text).to.include('mật khẩu không đúng').and.not.include('mật khẩu sai đây');
      expect(answer.headers.getSetCookie()).to.be.empty;
    });

    it('refuses a form that another site sends', async () => {
      const { login, password } = await aPerson(app);
      const browser = aBrowser(app);

      const answers = [
        await browser.post('/sign-in', { login, password }, { origin: 'https://evil.example' }),
        await browser.post('/sign-in', { login, password }, { origin: 'null' }),
        await browser.post('/sign-in', { login, password }, { 'sec-fetch-site': 'cross-site' }),
        await browser.post(
          '/sign-in',
          { login, password },
          { origin: 'https://evil.example', authorization: 'Basic YTpi' },
        ),
      ];

      expect(answers.map(({ status }) => status)).to.deep.equal([403, 403, 403, 403]);
      expect(browser.cookies.size).to.equal(0);
    });
  });
});

describe('trying passwords', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await testApp();
  });

  afterEach(() => app.close());

  const wrong = (login: string) => app.as(undefined).post('/api/v1/sign-in', { login, password: 'thử lần này nữa' });

  it('is stopped after ten wrong ones, also for the right one, and says when to come again', async () => {
    const { login, password } = await aPerson(app);

    const statuses: number[] = [];
    for (let attempt = 0; attempt < 20; attempt += 1) statuses.push((await wrong(login)).status);
    const right = await app.as(undefined).post('/api/v1/sign-in', { login, password });
    passTime(app, 15 * 60);
    const later = await app.as(undefined).post('/api/v1/sign-in', { login, password });

    expect(statuses).to.deep.equal([...Array<number>(10).fill(401), ...Array<number>(10).fill(429)]);
    expect(right.status).to.equal(429);
    expect(right.body['seconds']).to.equal(900);
    expect(right.headers.get('retry-after')).to.equal('900');
    expect(later.status).to.equal(200);
  });

  it('is stopped as well when all come at once', async () => {
    const { login } = await aPerson(app);

    const answers = await Promise.all(Array.from({ length: 20 }, () => wrong(login)));

    expect(answers.filter(({ status }) => status === 401)).to.have.lengthOf(10);
    expect(answers.filter(({ status }) => status === 429)).to.have.lengthOf(10);
  });

  it('compares ten of 1,000 wrong ones, and leaves another person behind the same address alone', async function () {
    this.timeout(120_000);
    const [{ login }, neighbour] = [await aPerson(app), await aPerson(app)];

    const statuses: number[] = [];
    for (let round = 0; round < 20; round += 1)
      statuses.push(...(await Promise.all(Array.from({ length: 50 }, () => wrong(login)))).map(({ status }) => status));
    const other = await app.as(undefined).post('/api/v1/sign-in', neighbour);
    const also = await app
      .as(undefined)
      .post('/api/v1/sign-in', { login: neighbour.login, password: neighbour.password });

    expect(statuses.filter((status) => status === 401)).to.have.lengthOf(10);
    expect(statuses.filter((status) => status === 429)).to.have.lengthOf(990);
    expect(other.status, 'name and id are no credentials').to.equal(422);
    expect(also.status).to.equal(200);
  });

  it('keeps what was typed on the page and shows the seconds', async () => {
    const { login } = await aPerson(app);
    await Promise.all(Array.from({ length: 10 }, () => wrong(login)));

    const answer = await aBrowser(app).post('/sign-in', { login, password: 'thử nữa xem sao' });

    expect(answer.status).to.equal(429);
    expect(answer.headers.get('retry-after')).to.equal('900');
    expect(answer.text).to.include('900 giây').and.include(`value="${login}"`);
  });

  it('is stopped for one address over many logins', async () => {
    const logins = Array.from({ length: 101 }, () => aPhone());

    const answers = await Promise.all(logins.map(wrong));

    expect(answers.filter(({ status }) => status === 429)).to.have.lengthOf(1);
  });

  it('does not count the ones that were right', async () => {
    const { login, password } = await aPerson(app);
    const right = () => app.as(undefined).post('/api/v1/sign-in', { login, password });

    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) statuses.push((await right()).status);

    expect(statuses).to.deep.equal(Array(12).fill(200));
  });

  it('leaves no login and no address in the counters', async () => {
    const { login } = await aPerson(app);

    await wrong(login);
    const stored = JSON.stringify(await app.db.collection('limits').find().toArray());

    expect(stored).to.not.include(login).and.not.include('127.0.0.1');
  });
});
