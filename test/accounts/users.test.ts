import { expect } from 'chai';
import { auditOf } from '../../src/audit/audit.ts';
import { createUser, userNames } from '../../src/accounts/accounts.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aProducerUser, anAdmin, anOfficer, uuidv7 } from '../support/factories.ts';
import { aBrowser, aPerson, aPhone, aSignedInBrowser } from '../support/factories.accounts.ts';

describe('people', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await testApp();
  });

  afterEach(() => app.close());

  const newUserJson = (given: object = {}) => ({
    id: uuidv7(),
    name: 'Bàn Thị Mẫu',
    login: aPhone(),
    roles: [{ kind: 'producer', producerId: uuidv7() }],
    ...given,
  });

  it('are made by an administrator, who gets a link to hand over', async () => {
    const admin = anAdmin();
    const body = newUserJson({ login: '+84 987 654 321' });

    const made = await app.as(admin).post('/api/v1/users', body);
    const handOver = await app.as(admin).post(`/api/v1/users/${body.id}/sign-in-links`, {});
    const token = String(handOver.body['link']).split('/').at(-1);
    const signedIn = await app.as(undefined).post('/api/v1/sign-in/link', { token });

    expect(made.status).to.equal(201);
    expect(made.headers.get('location')).to.equal(`/api/v1/users/${body.id}`);
    expect(made.body).to.deep.equal({ ...body, login: '0987654321', createdAt: app.deps.clock().toISOString() });
    expect(handOver.status).to.equal(201);
    expect(handOver.body['link']).to.match(/^https:\/\/truyxuat\.example\.vn\/sign-in\/link\/[\w-]{43}$/);
    expect(handOver.body['expiresAt']).to.equal('2026-09-05T02:41:00.000Z');
    expect(signedIn.status).to.equal(200);
    const notes = await auditOf(app.db, body.id);
    expect(notes.map(({ what, actorId }) => [what, actorId])).to.deep.equal([
      ['user-created', admin.userId],
      ['sign-in-link-made', admin.userId],
    ]);
  });

  it('are given each role with its own scope by the form, and a role without its scope names the field', async () => {
    const client = app.as(anAdmin());
    const producerId = uuidv7();
    const forms: [Record<string, string>, object][] = [
      [
        { kind: 'recorder', producerId },
        { kind: 'recorder', producerId },
      ],
      [
        { kind: 'digital-team', communeCode: '05740' },
        { kind: 'digital-team', communeCode: '05740' },
      ],
      [
        { kind: 'commune-officer', communeCode: '05740' },
        { kind: 'commune-officer', communeCode: '05740' },
      ],
      [
        { kind: 'province-officer', provinceCode: '19' },
        { kind: 'province-officer', provinceCode: '19' },
      ],
      [{ kind: 'ministry-officer' }, { kind: 'ministry-officer' }],
    ];

    for (const [given, role] of forms) {
      const id = uuidv7();
      const scopes = { producerId: '', communeCode: '', provinceCode: '', ...given };
      const made = await client.postForm('/admin/users', { id, name: 'Triệu Thị Mẫu', login: aPhone(), ...scopes });
      const stored = await client.get(`/api/v1/users/${id}`);
      expect(made.status, given['kind']).to.equal(200);
      expect(stored.body['roles']).to.deep.equal([role]);
    }
    const without = await client.postForm('/admin/users', {
      id: uuidv7(),
      name: 'Triệu Thị Mẫu',
      login: aPhone(),
      kind: 'commune-officer',
      communeCode: '',
    });
    expect(without.status).to.equal(422);
    expect(without.text).to.match(/name="communeCode"[^>]*aria-invalid="true"/);
  });

  it('are the same person when sent twice, also at once, and another under the same id is refused', async () => {
    const client = app.as(anAdmin());
    const body = newUserJson();

    const answers = await Promise.all([1, 2, 3].map(() => client.post('/api/v1/users', body)));
    const other = await client.post('/api/v1/users', { ...body, name: 'Người khác' });

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    expect(answers[1]?.body).to.deep.equal(answers[0]?.body);
    expect(other.status).to.equal(409);
    expect(other.body['type']).to.equal('/problems/id-with-other-content');
    expect(JSON.stringify(other.body)).to.not.include('passwordHash');
    expect(await app.db.collection('users').countDocuments({ _id: body.id as never })).to.equal(1);
    expect(await auditOf(app.db, body.id)).to.have.lengthOf(1);
  });

  it('have one login each, however it is written', async () => {
    const client = app.as(anAdmin());
    await client.post('/api/v1/users', newUserJson({ login: '0912 000 111' }));

    const again = await client.post('/api/v1/users', newUserJson({ login: '+84912000111' }));

    expect(again.status).to.equal(409);
    expect(again.body['type']).to.equal('/problems/login-taken');
  });

  it('are listed newest first, page by page, and never with a hash', async () => {
    const admin = anAdmin();
    const names = ['A', 'B', 'C', 'D', 'E'];
    for (const name of names) await aPerson(app, { name });

    const first = await app.as(admin).get('/api/v1/users?limit=4');
    const second = await app.as(admin).get(`/api/v1/users?limit=4&after=${String(first.body['next'])}`);
    const items = [first, second].flatMap(({ body }) => body['items'] as { id: string; name: string }[]);

    expect(items.map(({ id }) => id)).to.deep.equal(
      items
        .map(({ id }) => id)
        .sort()
        .reverse(),
    );
    expect(items.map(({ name }) => name)).to.include.members(names);
    expect(second.body['next']).to.equal(null);
    expect(JSON.stringify(items)).to.not.include('argon2');
  });

  it('are nobody’s business but an administrator’s', async () => {
    const someone = await aPerson(app);
    for (const actor of [aProducerUser(uuidv7()), anOfficer()]) {
      const client = app.as(actor);

      const statuses = [
        (await client.get('/api/v1/users')).status,
        (await client.get(`/api/v1/users/${someone.id}`)).status,
        (await client.get(`/api/v1/users/${uuidv7()}`)).status,
        (await client.post('/api/v1/users', newUserJson())).status,
        (await client.post(`/api/v1/users/${someone.id}/sign-in-links`, {})).status,
        (await client.page('/admin')).status,
        (await client.postForm('/admin/users', { id: uuidv7(), name: 'A', login: aPhone(), kind: 'admin' })).status,
        (await client.postForm(`/admin/users/${someone.id}/sign-in-link`, {})).status,
      ];

      expect(statuses).to.deep.equal(Array(8).fill(403));
    }
    expect((await app.as(undefined).page('/admin')).headers.get('location')).to.equal('/sign-in?next=%2Fadmin');
  });

  it('that are not there are not found', async () => {
    const client = app.as(anAdmin());

    const statuses = await Promise.all([
      client.get(`/api/v1/users/${uuidv7()}`),
      client.get('/api/v1/users/x'),
      client.post(`/api/v1/users/${uuidv7()}/sign-in-links`, {}),
      client.postForm(`/admin/users/${uuidv7()}/sign-in-link`, {}),
      client.postForm('/admin/users/x/sign-in-link', {}),
    ]);

    expect(statuses.map(({ status }) => status)).to.deep.equal(Array(5).fill(404));
  });

  it('with wrong fields are refused with 422, and nothing is stored', async () => {
    const client = app.as(anAdmin());
    await client.get('/api/v1/me');
    const before = await app.db.collection('users').countDocuments();
    const bad: unknown[] = [
      {},
      newUserJson({ id: 'x' }),
      newUserJson({ id: '6f1c2c4e-8a52-4b8b-9d3a-111111111111' }),
      newUserJson({ name: '' }),
      newUserJson({ name: 'a'.repeat(121) }),
      newUserJson({ name: 'A\u0000B' }),
      newUserJson({ name: { $gt: '' } }),
      newUserJson({ login: { $gt: '' } }),
      newUserJson({ login: 'không phải' }),
      newUserJson({ roles: [] }),
      newUserJson({ roles: [{ kind: 'king' }] }),
      newUserJson({ roles: [{ kind: 'producer' }] }),
      newUserJson({ roles: [{ kind: 'producer', producerId: { $gt: '' } }] }),
      newUserJson({ roles: [{ kind: 'province-officer', provinceCode: '190' }] }),
      newUserJson({ roles: [{ kind: 'admin', provinceCode: '19' }] }),
      newUserJson({ roles: Array(21).fill({ kind: 'admin' }) }),
      newUserJson({ password: 'một mật khẩu dài' }),
      newUserJson({ passwordHash: 'x' }),
      newUserJson({ isFirstAdmin: true }),
    ];

    const answers = await Promise.all(bad.map((body) => client.post('/api/v1/users', body)));

    expect(answers.map(({ status }) => status)).to.deep.equal(bad.map(() => 422));
    expect(await app.db.collection('users').countDocuments()).to.equal(before);
  });

  describe('on the administrators’ page', () => {
    it('are listed, and a new one gets a link that is shown once', async () => {
      const browser = await aSignedInBrowser(
        app,
        await aPerson(app, { name: 'Quản trị Một', roles: [{ kind: 'admin' }] }),
      );
      const page = await browser.get('/admin');
      const id = /name="id" value="([^"]+)"/.exec(page.text)?.[1] ?? '';

      const made = await browser.post('/admin/users', {
        id,
        name: 'Cán bộ Tỉnh',
        login: '0977 000 222',
        kind: 'province-officer',
        producerId: '',
        provinceCode: '19',
      });
      const link = /https:\/\/truyxuat\.example\.vn(\/sign-in\/link\/[\w-]{43})/.exec(made.text)?.[1] ?? '';
      const used = await aBrowser(app).post(link);
      const list = await browser.get('/admin/users');

      expect(page.text).to.include('Quản trị Một');
      expect(made.status).to.equal(200);
      expect(used.location).to.equal('/office');
      expect(list.text).to.include('Cán bộ Tỉnh').and.include('0977\u00A0000\u00A0222').and.include('mã tỉnh 19');
      expect(list.text).to.not.include('/sign-in/link/');
    });

    it('come back with what was typed when something is wrong', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app, { roles: [{ kind: 'admin' }] }));
      const typed = { id: uuidv7(), name: 'Tên <b>đậm</b>', login: '0977000333', producerId: 'x', provinceCode: '' };

      const noKind = await browser.post('/admin/users', typed);
      const badProducer = await browser.post('/admin/users', { ...typed, kind: 'producer' });
      const noProvince = await browser.post('/admin/users', { ...typed, kind: 'province-officer' });

      expect([noKind.status, badProducer.status, noProvince.status]).to.deep.equal([422, 422, 422]);
      expect(noKind.text).to.include('value="Tên &lt;b&gt;đậm&lt;/b&gt;"').and.include('id="kind-error"');
      expect(badProducer.text)
        .to.include('id="producerId-error"')
        .and.match(/value="producer" checked/);
      expect(noProvince.text).to.include('id="provinceCode-error"');
    });

    it('say when the login is taken', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app, { roles: [{ kind: 'admin' }] }));
      const { login } = await aPerson(app);

      const answer = await browser.post('/admin/users', { id: uuidv7(), name: 'A', login, kind: 'admin' });

      expect(answer.status).to.equal(409);
      expect(answer.text).to.include('đã có tài khoản').and.include(`value="${login}"`);
    });

    it('get a new link when the first one was lost', async () => {
      const browser = await aSignedInBrowser(app, await aPerson(app, { roles: [{ kind: 'admin' }] }));
      const person = await aPerson(app);

      const answer = await browser.post(`/admin/users/${person.id}/sign-in-link`);

      expect(answer.status).to.equal(200);
      expect(answer.text).to.match(/\/sign-in\/link\/[\w-]{43}/);
    });
  });

  it('have names that other features can ask for', async () => {
    const [lan, minh] = [await aPerson(app, { name: 'Lan' }), await aPerson(app, { name: 'Minh' })];

    const names = await userNames(app.db, [lan.id, minh.id, lan.id, uuidv7()]);

    expect([...names]).to.have.deep.members([
      [lan.id, 'Lan'],
      [minh.id, 'Minh'],
    ]);
  });

  it('of samples and imports are made once under their id', async () => {
    const sent = {
      id: uuidv7(),
      name: 'Mẫu',
      login: aPhone(),
      roles: [{ kind: 'admin' as const }],
      password: 'mười ký tự trở lên',
    };

    const made = [await createUser(app.db, sent, app.deps.clock()), await createUser(app.db, sent, app.deps.clock())];

    expect(made).to.deep.equal([{ id: sent.id }, { id: sent.id }]);
  });
});
