// Producers through the API: who may register, decide and read, and what is refused.
import { expect } from 'chai';
import { producerModel } from '../../src/producers/producers.model.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer, newProducerJson } from '../support/factories.producers.ts';

describe('producers API', () => {
  let app: TestApp;
  const officer = anOfficer('19');
  const stored = () => producerModel(app.db).countDocuments();

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  it('registers a producer of the officer’s province, waiting for approval', async () => {
    const sent = newProducerJson();

    const answer = await app.as(officer).post('/api/v1/producers', sent);

    expect(answer.status).to.equal(201);
    expect(answer.headers.get('location')).to.equal(`/api/v1/producers/${String(sent['id'])}`);
    expect(answer.body).to.include({ legalName: 'Hợp tác xã Nương Mẫu', hotline: '0900000000', approval: 'pending' });
    expect(answer.body).to.include({ sample: false, version: 1 });
    expect(answer.body['address']).to.include({ provinceName: 'Tỉnh Thái Nguyên', communeCode: '05740' });
  });

  it('stores the same registration sent twice at once only once', async () => {
    const sent = newProducerJson();
    const before = await stored();

    const answers = await Promise.all([1, 2, 3].map(() => app.as(officer).post('/api/v1/producers', sent)));

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    for (const { body } of answers) expect(body).to.deep.equal(answers[0]?.body);
    expect(await stored()).to.equal(before + 1);
  });

  it('refuses other content under a known id and shows both', async () => {
    const sent = newProducerJson();
    await app.as(officer).post('/api/v1/producers', sent);

    const answer = await app.as(officer).post('/api/v1/producers', { ...sent, legalName: 'Tên khác' });

    expect(answer.status).to.equal(409);
    expect(answer.body['existing']).to.include({ legalName: 'Hợp tác xã Nương Mẫu' });
    expect(answer.body['sent']).to.include({ legalName: 'Tên khác' });
  });

  it('never shows what is under an id of another province', async () => {
    const sent = newProducerJson();
    await app.as(officer).post('/api/v1/producers', sent);
    const elsewhere = { ...sent, address: { communeCode: '00004', communeName: 'Phường Mẫu', provinceCode: '01' } };

    const answer = await app.as(anOfficer('01')).post('/api/v1/producers', elsewhere);

    expect(answer.status).to.equal(409);
    expect(JSON.stringify(answer.body)).to.not.contain('Nương Mẫu');
  });

  it('lets nobody but an officer of that province register', async () => {
    const before = await stored();

    const statuses = [];
    for (const person of [anOfficer('01'), anAdmin(), aProducerUser(uuidv7()), undefined])
      statuses.push((await app.as(person).post('/api/v1/producers', newProducerJson())).status);

    expect(statuses).to.deep.equal([403, 403, 403, 401]);
    expect(await stored()).to.equal(before);
  });

  it('takes no mark of sample data through the API', async () => {
    const answer = await app.as(officer).post('/api/v1/producers', newProducerJson({ sample: true }));

    expect(answer.status).to.equal(422);
    expect(answer.body['errors']).to.have.nested.property('[0].pointer', '/sample');
  });

  describe('bad input', () => {
    const address = { communeCode: '05740', communeName: 'Xã La Hiên', provinceCode: '19', street: '' };
    const table = [
      ...badInputs(newProducerJson, 'legalName'),
      { what: 'a name of spaces', body: newProducerJson({ legalName: '   ' }), status: 422, pointer: '/legalName' },
      { what: 'a kind that is none', body: newProducerJson({ kind: 'shop' }), status: 422, pointer: '/kind' },
      {
        what: 'an unknown province',
        body: newProducerJson({ address: { ...address, provinceCode: '99' } }),
        status: 422,
        pointer: '/address/provinceCode',
      },
      {
        what: 'a commune code without its zero',
        body: newProducerJson({ address: { ...address, communeCode: '5740' } }),
        status: 422,
        pointer: '/address/communeCode',
      },
      {
        what: 'letters for a telephone',
        body: newProducerJson({ hotline: 'gọi tôi' }),
        status: 422,
        pointer: '/hotline',
      },
      {
        what: 'a GLN with a wrong check digit',
        body: newProducerJson({ gln: '9521234000004' }),
        status: 422,
        pointer: '/gln',
      },
      {
        what: 'a story of more than 4000 characters',
        body: newProducerJson({ story: 'a'.repeat(4001) }),
        status: 422,
        pointer: '/story',
      },
    ];
    for (const bad of table) {
      it(`refuses ${bad.what} with ${bad.status} and stores nothing`, async () => {
        const before = await stored();

        await expectRefused(app.as(officer), '/api/v1/producers', bad);

        expect(await stored()).to.equal(before);
      });
    }
  });

  it('is absent for everybody outside its scope', async () => {
    const { producer, owner } = await aProducer(app);
    const path = `/api/v1/producers/${producer.id}`;

    const statuses = [];
    for (const person of [owner, officer, anOfficer('01'), aProducerUser(uuidv7()), anAdmin(), undefined])
      statuses.push((await app.as(person).get(path)).status);

    expect(statuses).to.deep.equal([200, 200, 404, 404, 404, 401]);
  });

  it('answers the same for an id that is not there, is not its own, or is no id', async () => {
    const { producer } = await aProducer(app);
    const stranger = app.as(aProducerUser(uuidv7()));

    const answers = await Promise.all(
      [producer.id, uuidv7(), 'x', '%7B%22$gt%22:%22%22%7D'].map((id) => stranger.get(`/api/v1/producers/${id}`)),
    );

    expect(answers.map(({ status, body }) => [status, body['type']])).to.deep.equal(
      answers.map(() => [404, '/problems/producer-not-found']),
    );
  });

  it('lists the province’s producers page by page, newest first, and to a producer its own', async () => {
    const fresh = anOfficer('96');
    const there = { communeCode: '31999', communeName: 'Xã Mẫu', provinceCode: '96' };
    const made = [];
    for (let count = 0; count < 3; count += 1)
      made.unshift((await aProducer(app, { parts: { address: there } })).producer.id);

    const first = await app.as(fresh).get('/api/v1/producers?limit=2');
    const second = await app.as(fresh).get(`/api/v1/producers?limit=2&after=${String(first.body['next'])}`);
    const own = await app.as(aProducerUser(made[0] ?? '')).get('/api/v1/producers');

    const ids = [first, second].flatMap(({ body }) => (body['items'] as { id: string }[]).map(({ id }) => id));
    expect(ids).to.deep.equal(made);
    expect(second.body['next']).to.equal(null);
    expect((own.body['items'] as { id: string }[]).map(({ id }) => id)).to.deep.equal([made[0]]);
  });

  describe('approval', () => {
    const decision = (parts: Record<string, unknown> = {}) => ({ id: uuidv7(), outcome: 'approved', ...parts });

    it('is appended by an officer of the province and raises the version', async () => {
      const { producer } = await aProducer(app, { approved: false });
      const path = `/api/v1/producers/${producer.id}/approvals`;

      await app.as(officer).post(path, decision({ outcome: 'refused', reason: 'Thiếu giấy đăng ký.' }));
      const answer = await app.as(officer).post(path, decision());

      expect(answer.status).to.equal(201);
      expect(answer.body).to.include({ approval: 'approved', version: 3 });
      expect(answer.body['approvals']).to.have.length(2);
      expect(answer.body['approvals']).to.have.nested.property('[0].reason', 'Thiếu giấy đăng ký.');
    });

    it('is recorded once when the same decision arrives twice at once', async () => {
      const { producer } = await aProducer(app, { approved: false });
      const sent = decision();

      const answers = await Promise.all(
        [1, 2, 3].map(() => app.as(officer).post(`/api/v1/producers/${producer.id}/approvals`, sent)),
      );

      expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
      expect(answers[2]?.body['approvals']).to.have.length(1);
    });

    it('lets one of two officers win and shows the other what was decided', async () => {
      const { producer } = await aProducer(app, { approved: false });
      const path = `/api/v1/producers/${producer.id}/approvals`;

      const answers = await Promise.all([
        app.as(officer).post(path, decision()),
        app.as(anOfficer('19')).post(path, decision()),
      ]);

      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
      expect(answers.find(({ status }) => status === 409)?.body).to.include({
        type: '/problems/already-decided',
        outcome: 'approved',
      });
    });

    it('needs a reason to refuse, and refuses the same id with other content', async () => {
      const { producer } = await aProducer(app, { approved: false });
      const path = `/api/v1/producers/${producer.id}/approvals`;
      const sent = decision();
      await app.as(officer).post(path, sent);

      const bare = await app.as(officer).post(path, decision({ outcome: 'refused' }));
      const other = await app.as(officer).post(path, { ...sent, outcome: 'refused', reason: 'Khác.' });

      expect(bare.status).to.equal(422);
      expect(bare.body['errors']).to.have.nested.property('[0].pointer', '/reason');
      expect(other.body['type']).to.equal('/problems/id-with-other-content');
    });

    it('is not for the producer itself, and is absent for other provinces', async () => {
      const { producer, owner } = await aProducer(app, { approved: false });
      const path = `/api/v1/producers/${producer.id}/approvals`;

      const statuses = [];
      for (const person of [owner, anOfficer('01'), anAdmin(), undefined])
        statuses.push((await app.as(person).post(path, decision())).status);

      expect(statuses).to.deep.equal([403, 404, 404, 401]);
    });

    for (const bad of badInputs(() => decision({ reason: 'Đủ giấy tờ.' }), 'reason')) {
      it(`refuses ${bad.what} with ${bad.status}`, async () => {
        const { producer } = await aProducer(app, { approved: false });

        await expectRefused(app.as(officer), `/api/v1/producers/${producer.id}/approvals`, bad);

        const after = await app.as(officer).get(`/api/v1/producers/${producer.id}`);
        expect(after.body['approvals']).to.deep.equal([]);
      });
    }
  });
});
