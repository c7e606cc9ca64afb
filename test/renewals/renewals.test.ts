import { expect } from 'chai';
import { markSecondFactor } from '../../src/accounts/accounts.model.ts';
import { factorsModel } from '../../src/accounts/factors.model.ts';
import type { Actor, Role } from '../../src/actor.ts';
import { auditOf } from '../../src/audit/audit.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aHalfSignedInBrowser, aPerson, aSignedInBrowser, passTime } from '../support/factories.accounts.ts';
import type { Person } from '../support/factories.accounts.ts';
import { uuidv7 } from '../support/factories.ts';
import { formOf, wordsOf } from '../support/forms.ts';

describe('an official’s lost second factor', () => {
  let app: TestApp;
  let lastProvince = 0;

  before(async () => {
    app = await testApp();
  });

  after(() => app.close());

  // Each test has a province of its own, so that nobody of another one is in sight.
  const aProvince = (): Role => {
    lastProvince += 1;
    return { kind: 'province-officer', provinceCode: String(lastProvince).padStart(2, '0') };
  };
  const enrolled = async (roles: Role[], name: string): Promise<Person & { actor: Actor }> => {
    const person = await aPerson(app, { roles, name });
    const totp = { sealed: 'x', lastStep: 1, since: new Date(app.deps.clock().getTime() - 1000) };
    await factorsModel(app.db).create({ _id: person.id, totp, recovery: ['y'] });
    await markSecondFactor(app.db, person.id, true);
    return { ...person, actor: { userId: person.id, name, roles } };
  };
  const threeOf = async (role = aProvince()) => [
    await enrolled([role], 'Hà Thị Mất'),
    await enrolled([role], 'Bế Văn Một'),
    await enrolled([role], 'Mã Thị Hai'),
  ];
  const halfSession = async ({ login, password }: Person) => {
    const answer = await app.as(undefined).post('/api/v1/sign-in', { login, password });
    return { authorization: `Bearer ${String(answer.body['accessToken'])}` };
  };
  const ask = async (person: Person, id = uuidv7()) => {
    const answer = await app.as(undefined).post('/api/v1/me/second-factor/renewals', { id }, await halfSession(person));
    return { id, answer };
  };
  const confirm = (by: Actor | undefined, id: string) =>
    app.as(by).post(`/api/v1/second-factor-renewals/${id}/confirmations`, {});
  const hasFactor = async (userId: string) => (await factorsModel(app.db).countDocuments({ _id: userId })) === 1;
  const at = <T>(list: T[], place: number): T => {
    const found = list[place];
    if (found === undefined) throw new Error('nobody there');
    return found;
  };

  it('goes after two different officials confirmed, with all sessions, and is noted', async () => {
    const people = await threeOf();
    const [lost, one, two] = [at(people, 0), at(people, 1), at(people, 2)];
    const { id, answer } = await ask(lost);
    const old = await halfSession(lost);

    const first = await confirm(one.actor, id);
    const again = await confirm(one.actor, id);
    const before = await hasFactor(lost.id);
    const second = await confirm(two.actor, id);

    expect(answer.status).to.equal(201);
    expect([first.body, again.body, second.body]).to.deep.equal([
      { isDone: false },
      { isDone: false },
      { isDone: true },
    ]);
    expect([before, await hasFactor(lost.id)]).to.deep.equal([true, false]);
    expect((await app.as(undefined).get('/api/v1/me/second-factor', old)).status).to.equal(401);
    const notes = (await auditOf(app.db, lost.id)).filter(({ what }) => what.startsWith('second-factor'));
    expect(notes.map(({ what, actorId }) => [what, actorId])).to.have.deep.members([
      ['second-factor-renewal-asked', lost.id],
      ['second-factor-renewal-confirmed', one.id],
      ['second-factor-renewal-confirmed', two.id],
      ['second-factor-renewed', one.id],
      ['second-factor-renewed', two.id],
    ]);
  });

  it('is removed once when both confirm at the same moment', async () => {
    const people = await threeOf();
    const { id } = await ask(at(people, 0));

    const both = await Promise.all([confirm(at(people, 1).actor, id), confirm(at(people, 2).actor, id)]);

    expect(both.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(both.some(({ body }) => body['isDone'] === true)).to.equal(true);
    expect(await hasFactor(at(people, 0).id)).to.equal(false);
  });

  it('is confirmed by nobody for themselves, nor by strangers, producers or whoever is not signed in', async () => {
    const people = await threeOf();
    const [stranger] = await threeOf();
    const producer = await enrolled([{ kind: 'producer', producerId: uuidv7() }], 'Chủ Mẫu');
    const { id } = await ask(at(people, 0));

    const answers = [
      await confirm(at(people, 0).actor, id),
      await confirm(stranger?.actor, id),
      await confirm(producer.actor, id),
      await confirm(undefined, id),
      await confirm(at(people, 1).actor, uuidv7()),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 403, 401, 404]);
    expect(await app.db.collection('factorRenewalConfirmations').countDocuments({ renewalId: id })).to.equal(0);
  });

  it('keeps out an administrator while two officials could confirm, and takes one where they could not', async () => {
    const people = await threeOf();
    const alone = await enrolled([aProvince()], 'Một Mình');
    const admin = await enrolled([{ kind: 'admin' }], 'Quản Trị Mẫu');
    const [full, single] = [await ask(at(people, 0)), await ask(alone)];

    const answers = [await confirm(admin.actor, full.id), await confirm(admin.actor, single.id)];

    expect(answers.map(({ status }) => status)).to.deep.equal([404, 200]);
  });

  it('does not count the word of somebody who has lost the role since', async () => {
    const role = aProvince();
    const people = [...(await threeOf(role)), await enrolled([role], 'Nông Thị Ba')];
    const { id } = await ask(at(people, 0));
    await confirm(at(people, 1).actor, id);
    await app.db
      .collection('users')
      .updateOne({ _id: at(people, 1).id as never }, { $set: { roles: [{ kind: 'recorder', producerId: uuidv7() }] } });

    const second = await confirm(at(people, 2).actor, id);
    const third = await confirm(at(people, 3).actor, id);

    expect([second.body, third.body]).to.deep.equal([{ isDone: false }, { isDone: true }]);
  });

  it('stays when it was taken in after the request, and when the day is over', async () => {
    const people = await threeOf();
    const lost = at(people, 0);
    const [newer, late] = [await ask(lost), await ask(lost)];
    const since = new Date(app.deps.clock().getTime() + 1000);
    await factorsModel(app.db).updateOne({ _id: lost.id }, { $set: { 'totp.since': since } });

    await confirm(at(people, 1).actor, newer.id);
    await confirm(at(people, 2).actor, newer.id);
    const kept = await hasFactor(lost.id);
    passTime(app, 24 * 3600 + 1);
    const over = await confirm(at(people, 1).actor, late.id);

    expect(kept).to.equal(true);
    expect([over.status, over.body['type']]).to.deep.equal([409, '/problems/renewal-over']);
  });

  it('needs the confirming official’s own second factor of the last hours', async () => {
    const people = await threeOf();
    const { id } = await ask(at(people, 0));

    const answer = await app
      .as(undefined)
      .post(`/api/v1/second-factor-renewals/${id}/confirmations`, {}, await halfSession(at(people, 1)));

    expect([answer.status, answer.body['type']]).to.deep.equal([403, '/problems/second-factor-needed']);
  });

  it('is asked for by who has one: not by producers’ people, not twice under one id for two people', async () => {
    const people = await threeOf();
    const producer = await enrolled([{ kind: 'producer', producerId: uuidv7() }], 'Chủ Mẫu');
    const bare = await aPerson(app, { roles: [aProvince()] });
    const { id, answer } = await ask(at(people, 0));

    const answers = [
      (await ask(at(people, 0), id)).answer,
      (await ask(at(people, 1), id)).answer,
      (await ask(producer)).answer,
      (await ask(bare)).answer,
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 409, 409, 409]);
    expect(answers[0]?.body).to.deep.equal(answer.body);
  });

  it('is asked for by a colleague within the scope; others are told the same as for nobody', async () => {
    const people = await threeOf();
    const [stranger] = await threeOf();
    const send = (by: Actor | undefined, login: string) =>
      app.as(by).post('/api/v1/second-factor-renewals', { id: uuidv7(), login });

    const done = await send(at(people, 1).actor, at(people, 0).login);
    const outside = await send(stranger?.actor, at(people, 0).login);
    const nobody = await send(stranger?.actor, '0999999999');
    const seen = await app.as(at(people, 2).actor).get('/api/v1/second-factor-renewals');

    expect(done.status).to.equal(201);
    expect([outside.status, nobody.status]).to.deep.equal([422, 422]);
    expect(outside.body['errors']).to.deep.equal(nobody.body['errors']);
    const [item] = seen.body['items'] as Record<string, unknown>[];
    expect([item?.['name'], item?.['askedBy']]).to.deep.equal(['Hà Thị Mất', 'Bế Văn Một']);
  });

  it('goes by pages: asked at sign-in, confirmed twice at the office, told at the next sign-in, taken in anew', async () => {
    const people = await threeOf();
    const [lost, one, two] = [at(people, 0), at(people, 1), at(people, 2)];
    const phone = await aHalfSignedInBrowser(app, lost);
    const asking = formOf((await phone.get('/second-factor')).text, 'ask-for-renewal');
    const asked = await phone.post(asking.action, asking.fields);
    const told = await phone.get(asked.location ?? '');
    const pages: string[] = [];
    for (const by of [one, two]) {
      const browser = await aSignedInBrowser(app, by);
      const form = formOf((await browser.get('/office/second-factors')).text, 'confirm');
      const done = await browser.post(form.action, form.fields);
      pages.push(wordsOf((await browser.get(done.location ?? '')).text));
    }
    const next = await aHalfSignedInBrowser(app, lost);
    const enrol = await next.get((await next.get('/security')).location ?? '');

    expect(wordsOf(told.text)).to.include('Đã gửi yêu cầu');
    expect(pages[0]).to.include('Cần thêm một cán bộ khác').and.to.include('Bạn đã xác nhận');
    expect(pages[1]).to.include('Đã đủ hai xác nhận').and.to.include('Không có yêu cầu nào đang chờ');
    expect(wordsOf(enrol.text)).to.include('do Bế Văn Một, Mã Thị Hai xác nhận');
    expect(formOf(enrol.text, 'second-factor-begin').action).to.equal('/second-factor/totp');
  });

  it('keeps a wrong login in the form with a sentence beside it', async () => {
    const people = await threeOf();
    const browser = await aSignedInBrowser(app, at(people, 1));
    const form = formOf((await browser.get('/office/second-factors')).text, 'ask-for-colleague');

    const answer = await browser.post(form.action, { ...form.fields, login: '0977777777' });

    expect(answer.status).to.equal(422);
    expect(formOf(answer.text, 'ask-for-colleague').fields['login']).to.equal('0977777777');
    expect(wordsOf(answer.text)).to.include('Không có cán bộ nào trong phạm vi');
  });
});
