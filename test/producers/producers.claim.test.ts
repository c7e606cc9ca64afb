// Imported owners become producers like any other: completed by an officer, then approvable.
import { expect } from 'chai';
import { importProducers } from '../../src/producers/producers.import.service.ts';
import { requireProducer } from '../../src/producers/producers.service.ts';
import type { ImportedProducer } from '../../src/producers/producers.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { anImportedProducer, newProducerJson } from '../support/factories.producers.ts';

describe('an unclaimed producer', () => {
  let app: TestApp;
  const officer = anOfficer('19');

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  const imported = async (parts: Partial<ImportedProducer> = {}): Promise<string> => {
    const owner = anImportedProducer(parts);
    const ids = await importProducers(app.db, anAdmin(), [owner], app.deps.clock());
    return ids.get(owner.importKey) ?? '';
  };
  const decide = (id: string, outcome: string) =>
    app.as(officer).post(`/api/v1/producers/${id}/approvals`, { id: uuidv7(), outcome, reason: 'Đã xem.' });

  it('is read with what is known, and nothing is decided on it', async () => {
    const id = await imported();

    const read = await app.as(officer).get(`/api/v1/producers/${id}`);
    const approved = await decide(id, 'approved');
    const refused = await decide(id, 'refused');

    expect(read.body).to.include({ claim: 'unclaimed', approval: 'pending', source: 'Danh sách mẫu' });
    expect(read.body).to.not.have.property('importKey');
    expect([approved, refused].map(({ status, body }) => [status, body['type']])).to.deep.equal([
      [409, '/problems/producer-unclaimed'],
      [409, '/problems/producer-unclaimed'],
    ]);
  });

  it('is not changed but completed', async () => {
    const id = await imported();
    const { id: _id, ...facts } = newProducerJson();

    const answer = await app
      .as(officer)
      .put(`/api/v1/producers/${id}`, Buffer.from(JSON.stringify({ version: 1, ...facts })), 'application/json');

    expect([answer.status, answer.body['type']]).to.deep.equal([409, '/problems/producer-unclaimed']);
  });

  it('is completed by an officer of its province, waits, and can be approved', async () => {
    const id = await imported({ kind: 'other' });

    const claimed = await app.as(officer).post(`/api/v1/producers/${id}/claim`, newProducerJson());
    const approved = await decide(id, 'approved');

    expect(claimed.status).to.equal(201);
    expect(claimed.headers.get('location')).to.equal(`/api/v1/producers/${id}`);
    expect(claimed.body).to.include({ id, claim: 'claimed', approval: 'pending', kind: 'cooperative', version: 2 });
    expect(claimed.body).to.include({ source: 'Danh sách mẫu', legalName: 'Hợp tác xã Nương Mẫu' });
    expect([approved.status, approved.body['approval']]).to.deep.equal([201, 'approved']);
    const history = await app.as(officer).get(`/api/v1/producers/${id}/history`);
    expect(history.body).to.have.nested.property('items[0].what', 'producer-claimed');
    expect(history.body).to.have.nested.property('items[0].before.legalName', 'Hợp tác xã Trong Danh Sách');
  });

  it('is completed once: the same again is the same, anything else a conflict', async () => {
    const id = await imported();
    const sent = newProducerJson();
    const path = `/api/v1/producers/${id}/claim`;

    const answers = await Promise.all([1, 2, 3].map(() => app.as(officer).post(path, sent)));
    const other = await app.as(officer).post(path, { ...sent, legalName: 'Tên khác' });
    const later = await app.as(anOfficer('19')).post(path, newProducerJson());

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    expect(other.body['type']).to.equal('/problems/id-with-other-content');
    expect(later.body['type']).to.equal('/problems/already-claimed');
    expect((await requireProducer(app.db, id)).version).to.equal(2);
  });

  it('is left alone by a second import once it is completed', async () => {
    const owner = anImportedProducer();
    const ids = await importProducers(app.db, anAdmin(), [owner], app.deps.clock());
    const id = ids.get(owner.importKey) ?? '';
    await app.as(officer).post(`/api/v1/producers/${id}/claim`, newProducerJson());

    await importProducers(app.db, anAdmin(), [owner], app.deps.clock());

    expect(await requireProducer(app.db, id)).to.include({ claim: 'claimed', legalName: 'Hợp tác xã Nương Mẫu' });
  });

  it('is completed by nobody but officers of its province, and absent for others', async () => {
    const id = await imported();

    const statuses = [];
    for (const person of [anOfficer('01'), aProducerUser(id), anAdmin(), aProducerUser(uuidv7()), undefined])
      statuses.push((await app.as(person).post(`/api/v1/producers/${id}/claim`, newProducerJson())).status);

    expect(statuses).to.deep.equal([404, 403, 404, 404, 401]);
  });

  it('can’t be carried to another province by completing it', async () => {
    const id = await imported();
    const address = { communeCode: '00004', communeName: 'Phường Mẫu', provinceCode: '01' };

    const answer = await app.as(officer).post(`/api/v1/producers/${id}/claim`, newProducerJson({ address }));

    expect(answer.status).to.equal(422);
    expect(answer.body['errors']).to.have.nested.property('[0].pointer', '/address/provinceCode');
  });

  it('needs its registration number to be approved, however it was registered', async () => {
    const sent = newProducerJson({ registrationNumber: '' });
    await app.as(officer).post('/api/v1/producers', sent);

    const approved = await decide(String(sent['id']), 'approved');
    const refused = await decide(String(sent['id']), 'refused');

    expect([approved.status, approved.body['type']]).to.deep.equal([409, '/problems/producer-incomplete']);
    expect(approved.body['missing']).to.deep.equal(['registrationNumber']);
    expect(refused.status).to.equal(201);
  });

  describe('bad input', () => {
    const address = { communeCode: '05740', communeName: '', provinceCode: '19' };
    const table = [
      ...badInputs(newProducerJson, 'legalName'),
      {
        what: 'no registration number',
        body: newProducerJson({ registrationNumber: '' }),
        status: 422,
        pointer: '/registrationNumber',
      },
      { what: 'no commune', body: newProducerJson({ address }), status: 422, pointer: '/address/communeName' },
      { what: 'no kind', body: newProducerJson({ kind: undefined }), status: 422, pointer: '/kind' },
      { what: 'the kind of imported ones', body: newProducerJson({ kind: 'other' }), status: 422, pointer: '/kind' },
    ];
    for (const bad of table) {
      it(`refuses ${bad.what} with ${bad.status} and leaves it unclaimed`, async () => {
        const id = await imported();

        await expectRefused(app.as(officer), `/api/v1/producers/${id}/claim`, bad);

        expect(await requireProducer(app.db, id)).to.include({ claim: 'unclaimed', version: 1 });
      });
    }
  });
});
