// Organisations that register themselves: sent by anybody, seen by officers, decided by them; and what nobody can find out by it.
import { expect } from 'chai';
import { importProducers } from '../../src/producers/producers.import.service.ts';
import { producerModel } from '../../src/producers/producers.model.ts';
import { createProducer, finishProducerNumbers, requireProducer } from '../../src/producers/producers.service.ts';
import { newProducer } from '../../src/producers/producers.input.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, Client, TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { aBrowser, aPerson, aPhone, aSignedInBrowser } from '../support/factories.accounts.ts';
import { aBatch } from '../support/factories.batches.ts';
import { aCommuneOfficer, anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import {
  anImportedProducer,
  aProducer,
  aTaxCode,
  newProducerJson,
  newSignUpJson,
} from '../support/factories.producers.ts';
import { formOf, wordsOf } from '../support/forms.ts';

type Json = Record<string, unknown>;

describe('signing up an organisation', () => {
  let app: TestApp;
  const officer = anOfficer('19');

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    await app.db.collection('limits').deleteMany({});
  });

  const send = (sent: Json): Promise<ApiAnswer> => app.as(undefined).post('/api/v1/sign-ups', sent);
  const decide = (id: unknown, outcome: string, reason = 'Đã xem.', by = officer) =>
    app.as(by).post(`/api/v1/producers/${String(id)}/approvals`, { id: uuidv7(), outcome, reason });
  const tokenOf = async ({ login, password }: Json): Promise<string> =>
    String((await app.as(undefined).post('/api/v1/sign-in', { login, password })).body['accessToken']);
  /** Asks as whoever signs in so. */
  const asApplicant = async (sent: Json): Promise<Pick<Client, 'get'> & { post: Client['post'] }> => {
    const headers = { authorization: `Bearer ${await tokenOf(sent)}` };
    const stranger = app.as(undefined);
    return { get: (path) => stranger.get(path, headers), post: (path, json) => stranger.post(path, json, headers) };
  };

  it('is stored waiting, with its person as owner, who can sign in and enter products at once', async () => {
    const sent = newSignUpJson();

    const answer = await send(sent);
    const applicant = await asApplicant(sent);
    const me = await applicant.get('/api/v1/me');
    const product = await applicant.post(`/api/v1/producers/${String(sent['id'])}/products`, {
      id: uuidv7(),
      name: 'Na dai La Hiên',
      internalCode: 'NA-TDK',
      netContent: { amount: 0.5, unit: 'kg' },
    });

    expect([answer.status, answer.body]).to.deep.equal([202, { id: sent['id'] }]);
    expect(me.body).to.have.nested.property('roles[0].producerId', sent['id']);
    expect(me.body['name']).to.equal('Nông Văn Mẫu');
    expect(product.status).to.equal(201);
    const read = await app.as(officer).get(`/api/v1/producers/${String(sent['id'])}`);
    expect(read.body).to.include({ approval: 'pending', claim: 'claimed', kind: 'cooperative' });
  });

  it('is approved by an officer of its province, or refused with a reason that the applicant reads, mends and sends again', async () => {
    const sent = newSignUpJson();
    await send(sent);
    const browser = await aSignedInBrowser(app, { id: '', name: '', ...sent } as never);

    const waiting = await browser.get('/app');
    const noReason = await decide(sent['id'], 'refused', '');
    await decide(sent['id'], 'refused', 'Tên khác trên giấy đăng ký.');
    const refused = await browser.get('/app');
    const form = formOf((await browser.get(`/app/producers/${String(sent['id'])}/edit`)).text, 'producer-form');
    await browser.post(form.action, { ...form.fields, legalName: 'Hợp tác xã Tên Đúng' });
    const again = await browser.get('/app');
    const approved = await decide(sent['id'], 'approved', '');
    const home = await browser.get('/app');

    expect(wordsOf(waiting.text)).to.contain('chưa duyệt chủ thể');
    expect(noReason.status).to.equal(422);
    expect(wordsOf(refused.text)).to.contain('Tên khác trên giấy đăng ký.').and.contain('Sửa hồ sơ rồi gửi lại');
    expect(again.text).to.contain('data-test="pending"').and.not.contain('data-test="refused"');
    expect(approved.status).to.equal(201);
    expect(home.text).to.not.contain('data-test="pending"');
    const outcomes = (approved.body['approvals'] as Json[]).map(({ outcome }) => outcome);
    expect(outcomes).to.deep.equal(['refused', 'approved']);
  });

  it('is not decided by administrators, its own people, officers of other provinces or strangers', async () => {
    const sent = newSignUpJson();
    await send(sent);
    const id = String(sent['id']);

    const statuses = [];
    for (const by of [anAdmin(), aProducerUser(id), anOfficer('01'), aProducerUser(uuidv7()), undefined])
      statuses.push(
        (await app.as(by).post(`/api/v1/producers/${id}/approvals`, { id: uuidv7(), outcome: 'approved' })).status,
      );

    expect(statuses).to.deep.equal([404, 403, 404, 404, 401]);
    expect((await requireProducer(app.db, id)).approvals).to.deep.equal([]);
  });

  it('answers the same, in words and status, whether the login has an account or not, and leaves that account as it was', async () => {
    const known = await aPerson(app);
    const browser = aBrowser(app);
    const fields = (login: string) => ({
      ...(newSignUpJson({ login, address: undefined }) as Record<string, string>),
      'address.provinceCode': '19',
      'address.communeName': 'xa la hien',
      'address.communeCode': '',
      agreesToTerms: 'on',
      agreesToData: 'on',
    });

    const ofNew = await browser.post('/sign-up', fields(aPhone()));
    const ofKnown = await browser.post('/sign-up', fields(known.login));
    const api = await Promise.all([send(newSignUpJson()), send(newSignUpJson({ login: known.login }))]);
    const stolen = await app.as(undefined).post('/api/v1/sign-in', {
      login: known.login,
      password: 'mưa nguồn suối lũ về bản',
    });

    expect([ofNew.status, ofNew.location]).to.deep.equal([303, '/sign-up/sent']);
    expect([ofKnown.status, ofKnown.location]).to.deep.equal([303, '/sign-up/sent']);
    expect(browser.cookies.size).to.equal(0);
    expect(api.map(({ status, body }) => [status, Object.keys(body)])).to.deep.equal([
      [202, ['id']],
      [202, ['id']],
    ]);
    expect(stolen.status).to.equal(401);
    expect(await tokenOf(known)).to.not.equal('undefined');
  });

  it('waits for the holder of a known login, who takes it or says that it is not theirs', async () => {
    const known = await aPerson(app);
    const [mine, foreign] = [newSignUpJson({ login: known.login }), newSignUpJson({ login: known.login })];
    await send(mine);
    await send(foreign);
    const browser = await aSignedInBrowser(app, known);

    const me = await browser.get('/app/me');
    const list = await browser.get('/app/sign-ups');
    const taken = await browser.post(`/app/sign-ups/${String(mine['id'])}`, { isMine: 'true' });
    const declined = await browser.post(`/app/sign-ups/${String(foreign['id'])}`, { isMine: 'false' });
    const after = await browser.get('/app/sign-ups');
    const twice = await browser.post(`/app/sign-ups/${String(mine['id'])}`, { isMine: 'true' });
    const late = await browser.post(`/app/sign-ups/${String(mine['id'])}`, { isMine: 'false' });

    expect(wordsOf(me.text)).to.contain('Đơn đăng ký chờ bạn nhận: 2');
    expect(list.text.match(/data-test="to-take"/g)).to.have.lengthOf(2);
    expect([taken.status, taken.location]).to.deep.equal([303, `/app/producers/${String(mine['id'])}`]);
    expect([declined.status, twice.status, late.status]).to.deep.equal([303, 303, 409]);
    expect(after.text).to.not.contain('data-test="to-take"');
    const office = await app.as(officer).page(`/office/producers/${String(foreign['id'])}`);
    expect(wordsOf(office.text)).to.contain('Chủ số này nói không nộp đơn.');
  });

  it('is taken by nobody but the holder of its login', async () => {
    const known = await aPerson(app);
    const sent = newSignUpJson({ login: known.login });
    await send(sent);
    const path = `/api/v1/sign-ups/${String(sent['id'])}/answer`;

    const statuses = [];
    for (const by of [aProducerUser(uuidv7()), officer, anAdmin(), undefined])
      statuses.push((await app.as(by).post(path, { isMine: true })).status);
    const ofOther = await app.as(aProducerUser(uuidv7())).post(`/api/v1/sign-ups/${uuidv7()}/answer`, { isMine: true });

    expect(statuses).to.deep.equal([404, 404, 404, 401]);
    expect(ofOther.status).to.equal(404);
  });

  it('sent twice is stored once, and under the id of another record it tells and takes nothing', async () => {
    const sent = newSignUpJson();
    const { producer } = await aProducer(app);
    const asOther = newSignUpJson({ id: producer.id, registrationNumber: producer.registrationNumber });

    const answers = [await send(sent), await send(sent)];
    const otherPerson = await send({ ...sent, login: aPhone() });
    const foreign = await send(asOther);

    expect(answers.map(({ status }) => status)).to.deep.equal([202, 202]);
    for (const answer of [otherPerson, foreign]) {
      expect([answer.status, answer.body['type']]).to.deep.equal([409, '/problems/id-with-other-content']);
      expect(answer.body).to.not.have.any.keys('existing', 'sent');
    }
    expect((await app.as(undefined).post('/api/v1/sign-in', asOther)).status).to.not.equal(200);
    expect(await app.db.collection('users').countDocuments({ 'roles.producerId': producer.id })).to.equal(0);
  });

  it('gives one of two at once the login; the other waits for its holder', async () => {
    const login = aPhone();
    const [one, other] = [newSignUpJson({ login }), newSignUpJson({ login })];

    const answers = await Promise.all([send(one), send(other)]);

    expect(answers.map(({ status }) => status)).to.deep.equal([202, 202]);
    const users = await app.db.collection('users').find({ login }).toArray();
    expect(users).to.have.lengthOf(1);
    const applicants = await Promise.all(
      [one, other].map(async ({ id }) => (await requireProducer(app.db, String(id))).signUp?.userId),
    );
    expect(applicants).to.deep.equal([String(users[0]?._id), String(users[0]?._id)]);
  });

  it('of one address is limited', async () => {
    const statuses = new Set<number>();
    const fields = newSignUpJson({ address: { communeCode: '05740', communeName: 'Xã Khác', provinceCode: '19' } });
    for (let n = 0; n < 20; n += 1) statuses.add((await send(fields)).status);

    const over = await send(newSignUpJson());

    expect([...statuses]).to.deep.equal([422]);
    expect(over.status).to.equal(429);
    expect(Number(over.headers.get('retry-after'))).to.be.within(1, 3600);
  });

  it('reads registration numbers as each kind of organisation has them', async () => {
    const table: [kind: string, typed: string, kept: string | number][] = [
      ['cooperative', '4600 123 456', '4600123456'],
      ['cooperative', '4600123456001', '4600123456-001'],
      ['company', '4600123457-002', '4600123457-002'],
      ['company', '460012345', 422],
      ['company', '012345678901', 422],
      ['cooperative', '17A8000001', 422],
      ['household', '012345678901', '012345678901'],
      ['household', '17A8000001', '17A8000001'],
      ['household', '12345678901234', 422],
      ['cooperative-group', 'THT-07/UBND', 'THT-07/UBND'],
      ['farm', 'không có', 422],
    ];

    const found = [];
    for (const [kind, registrationNumber] of table) {
      await app.db.collection('limits').deleteMany({});
      const sent = newSignUpJson({ kind, registrationNumber });
      const answer = await send(sent);
      const kept = answer.status === 202 ? (await requireProducer(app.db, String(sent['id']))).registrationNumber : 422;
      found.push([kind, registrationNumber, kept]);
    }

    expect(found).to.deep.equal(table);
  });

  it('keeps what was typed but the password, and says at each field what is wrong', async () => {
    const browser = aBrowser(app);
    const blank = formOf((await browser.get('/sign-up')).text, 'sign-up');

    const answer = await browser.post(blank.action, {
      ...blank.fields,
      kind: 'company',
      legalName: 'Công ty Mẫu',
      registrationNumber: '12',
      'address.provinceCode': '19',
      'address.communeName': 'la hien',
      representative: 'Bàn Văn Mẫu',
      login: '0912 3',
      password: 'một câu dài dễ nhớ',
    });
    const form = formOf(answer.text, 'sign-up');

    expect(answer.status).to.equal(422);
    expect(form.fields).to.include({ kind: 'company', legalName: 'Công ty Mẫu', representative: 'Bàn Văn Mẫu' });
    expect(form.fields).to.include({ 'address.communeName': 'la hien', login: '0912 3', password: '' });
    expect(answer.text).to.contain('id="login-error"').and.contain('id="agreesToTerms-error"');
    expect(answer.text).to.contain('id="agreesToData-error"');
    expect(answer.text).to.not.contain('một câu dài dễ nhớ');
  });

  it('asks for terms and personal data apart, and keeps which wording was agreed to; of a household nothing is public yet', async () => {
    const sent = newSignUpJson({ kind: 'household', registrationNumber: '012345678999' });

    const noTerms = await send({ ...sent, agreesToTerms: false });
    const noData = await send({ ...sent, agreesToData: undefined });
    await send(sent);

    expect(noTerms.body).to.have.nested.property('errors[0].pointer', '/agreesToTerms');
    expect(noData.body).to.have.nested.property('errors[0].pointer', '/agreesToData');
    const stored = await requireProducer(app.db, String(sent['id']));
    expect(stored.consents).to.deep.equal([]);
    expect(stored.signUp).to.include({ termsVersion: '2026-11', consentVersion: '2026-11' });
  });

  describe('bad input', () => {
    const table = [
      ...badInputs(newSignUpJson, 'legalName'),
      {
        what: 'roles in the body',
        body: newSignUpJson({ roles: [{ kind: 'admin' }] }),
        status: 422,
        pointer: '/roles',
      },
      { what: 'a claim', body: newSignUpJson({ claim: 'claimed' }), status: 422, pointer: '/claim' },
      { what: 'the kind of imported ones', body: newSignUpJson({ kind: 'other' }), status: 422, pointer: '/kind' },
      { what: 'a short password', body: newSignUpJson({ password: 'ngắn' }), status: 422, pointer: '/password' },
    ];
    for (const bad of table)
      it(`refuses ${bad.what} with ${bad.status}`, () => expectRefused(app.as(undefined), '/api/v1/sign-ups', bad));
  });

  describe('at the office', () => {
    it('shows what waits, the longest first, with its age, the applicant and how to reach them', async () => {
      const sent = newSignUpJson({ legalName: 'Hợp tác xã Chờ Ba Ngày', login: '0987654321' });
      await send(sent);
      app.setNow('2026-09-07T08:00:00+07:00');

      const list = await app.as(officer).page('/office/producers?approval=pending&claim=claimed&sort=oldest&q=cho+ba');
      const page = await app.as(officer).page(`/office/producers/${String(sent['id'])}`);
      app.setNow('2026-09-04T09:41:00+07:00');

      expect(wordsOf(list.text)).to.contain('Hợp tác xã Chờ Ba Ngày').and.contain('Chờ 3 ngày');
      expect(wordsOf(page.text)).to.contain('Nông Văn Mẫu').and.contain('0987 654 321');
    });

    it('keeps the applicant from everybody but officers in whose scope the application is', async () => {
      const sent = newSignUpJson();
      await send(sent);
      const path = `/api/v1/producers/${String(sent['id'])}/application`;

      const statuses = [];
      for (const by of [officer, aProducerUser(String(sent['id'])), anAdmin(), anOfficer('01'), undefined])
        statuses.push((await app.as(by).get(path)).status);

      expect(statuses).to.deep.equal([200, 403, 404, 404, 401]);
      const read = await app.as(officer).get(path);
      expect(read.body).to.have.nested.property('signUp.representative', 'Nông Văn Mẫu');
    });

    it('is approved by an officer of its commune; for one of another commune it is not there', async () => {
      const sent = newSignUpJson();
      await send(sent);
      const { communeCode } = sent['address'] as { communeCode: string };
      const page = `/office/producers/${String(sent['id'])}`;
      const [own, other] = [aCommuneOfficer(communeCode), aCommuneOfficer('05503')];

      const elsewhere = [
        (await app.as(other).page(page)).status,
        (await app.as(other).get(`/api/v1/producers/${String(sent['id'])}/application`)).status,
        (await decide(sent['id'], 'approved', '', other)).status,
      ];
      const form = formOf((await app.as(own).page(page)).text, 'decision-form');
      const pressed = await app.as(own).postForm(form.action, { ...form.fields, outcome: 'approved' });

      expect(elsewhere).to.deep.equal([404, 404, 404]);
      expect(pressed.status).to.equal(303);
      const [approval, second] = (await requireProducer(app.db, String(sent['id']))).approvals;
      expect(approval).to.include({ outcome: 'approved', byUserId: own.userId });
      expect(second).to.equal(undefined);
    });

    it('keeps labels back until then: the list of what is missing leads to where the record stands', async () => {
      const { producer, owner, batch } = await aBatch(app);
      await decide(producer.id, 'refused', 'Xem lại giấy tờ.');

      const labels = await app.as(owner).page(`/app/batches/${batch.id}/labels`);
      const run = await app.as(owner).post(`/api/v1/batches/${batch.id}/label-runs`, { id: uuidv7(), quantity: 1 });
      const [, href = '', words = ''] =
        /data-test="label-gate"[\s\S]*?<a class="dong" href="(\/app\/producer)">([\s\S]*?)<\/a>/.exec(labels.text) ??
        [];
      const led = await app.as(owner).page(href);
      const record = await app.as(owner).page(led.headers.get('location') ?? '');

      expect(wordsOf(words)).to.contain('Chờ cán bộ xã hoặc tỉnh duyệt chủ thể.');
      expect(run.status, JSON.stringify(run.body)).to.equal(409);
      expect([led.headers.get('location'), record.status]).to.deep.equal([`/app/producers/${producer.id}`, 200]);
      expect(wordsOf(record.text)).to.contain('Xem lại giấy tờ.');
    });

    it('never approves two producers under one number, however it is spelled, also of two decisions at once', async () => {
      const number = aTaxCode();
      const [one, other] = [
        newSignUpJson({ registrationNumber: number }),
        newSignUpJson({ registrationNumber: `${number.slice(0, 4)} ${number.slice(4)}` }),
      ];
      await send(one);
      await send(other);

      const answers = await Promise.all([decide(one['id'], 'approved'), decide(other['id'], 'approved')]);
      const [winner, loser] = answers[0].status === 201 ? [one, other] : [other, one];
      const page = await app.as(officer).page(`/office/producers/${String(loser['id'])}`);
      await decide(winner['id'], 'refused', 'Giải thể.');
      const later = await decide(loser['id'], 'approved');

      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
      expect(answers.find(({ status }) => status === 409)?.body['type']).to.equal('/problems/registration-taken');
      expect(page.text).to.contain('data-test="twins"');
      expect(later.status).to.equal(201);
    });

    it('does not let an approved producer take over the number of another', async () => {
      const { producer: one } = await aProducer(app);
      const { producer: other } = await aProducer(app);
      const { id: _id, ...facts } = newProducerJson({ registrationNumber: one.registrationNumber });
      const body = Buffer.from(JSON.stringify({ version: other.version, ...facts }));

      const answer = await app.as(officer).put(`/api/v1/producers/${other.id}`, body, 'application/json');

      expect([answer.status, answer.body['type']]).to.deep.equal([409, '/problems/registration-taken']);
      expect((await requireProducer(app.db, other.id)).registrationNumber).to.equal(other.registrationNumber);
    });

    it('guards numbers that an earlier release stored without guard', async () => {
      const { producer } = await aProducer(app);
      const again = newProducerJson({ registrationNumber: producer.registrationNumber });
      await createProducer(app.db, officer, newProducer.parse(again), app.deps.clock());
      await producerModel(app.db).updateOne({ _id: producer.id }, { $unset: { numberKey: 1, approvedNumber: 1 } });

      await finishProducerNumbers(app.db);
      await finishProducerNumbers(app.db);

      const approved = await decide(again['id'], 'approved');
      expect(approved.body['type']).to.equal('/problems/registration-taken');
    });

    it('gives the applicant the unclaimed record of a list, filled in, and closes the application', async () => {
      const owner = anImportedProducer({ legalName: 'Hợp tác xã Đã Có Tên' });
      const ids = await importProducers(app.db, anAdmin(), [owner], app.deps.clock());
      const recordId = ids.get(owner.importKey) ?? '';
      const sent = newSignUpJson({ legalName: 'Hợp tác xã đã có tên' });
      await send(sent);
      const id = String(sent['id']);
      const read = await app.as(officer).get(`/api/v1/producers/${id}/application`);
      const give = { id: uuidv7(), recordId, reason: 'Đã có hồ sơ.' };

      const answers = [];
      for (let n = 0; n < 2; n += 1)
        answers.push(await app.as(officer).post(`/api/v1/producers/${id}/given-record`, give));

      expect(read.body).to.have.deep.property('twins', [
        { id: recordId, legalName: 'Hợp tác xã Đã Có Tên', isUnclaimed: true },
      ]);
      expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
      expect(answers[0]?.body).to.include({ id: recordId, claim: 'claimed', approval: 'pending' });
      const me = await (await asApplicant(sent)).get('/api/v1/me');
      expect((me.body['roles'] as Json[]).map(({ producerId }) => producerId)).to.deep.equal([recordId, id]);
      const closed = await app.as(officer).get(`/api/v1/producers/${id}`);
      expect(closed.body).to.include({ approval: 'refused' });
      expect((closed.body['approvals'] as Json[]).length).to.equal(1);
    });

    it('gives no record that somebody answers for, of another province, or by somebody else', async () => {
      const sent = newSignUpJson();
      await send(sent);
      const id = String(sent['id']);
      const { producer: claimed } = await aProducer(app);
      const far = anImportedProducer({ provinceCode: '01' });
      const farId = (await importProducers(app.db, anAdmin(), [far], app.deps.clock())).get(far.importKey) ?? '';
      const give = (recordId: string, by = officer) =>
        app.as(by).post(`/api/v1/producers/${id}/given-record`, { id: uuidv7(), recordId });

      const answers = [
        await give(claimed.id),
        await give(farId),
        await give(uuidv7()),
        await give(farId, anOfficer('01')),
        await give(farId, aProducerUser(id)),
      ];

      expect(answers.map(({ status }) => status)).to.deep.equal([409, 404, 404, 404, 403]);
      expect((await requireProducer(app.db, id)).approvals).to.deep.equal([]);
    });
  });
});
