// Changes of a producer through the API: who may change what in which state, what the history says, and what two at once get.
import { expect } from 'chai';
import { auditModel } from '../../src/audit/audit.ts';
import { producerModel } from '../../src/producers/producers.model.ts';
import type { Producer } from '../../src/producers/producers.types.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import type { Actor } from '../../src/actor.ts';
import { badInputs } from '../support/bad-input.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer, newProducerJson } from '../support/factories.producers.ts';

type Json = Record<string, unknown>;

/** The body that leaves everything as it is. */
const bodyOf = (producer: Producer, parts: Json = {}): Json => {
  const { address, legalName, kind, registrationNumber, formerAddress, hotline, gln, story, shops } = producer;
  const { provinceName: _name, ...place } = address;
  const { version } = producer;
  const facts = { legalName, kind, registrationNumber, address: place, formerAddress, hotline, gln, story, shops };
  return { version, ...facts, ...parts };
};

describe('changes of a producer', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  const put = (person: Actor | undefined, id: string, body: unknown): Promise<ApiAnswer> =>
    app
      .as(person)
      .put(
        `/api/v1/producers/${id}`,
        body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
        'application/json',
      );
  const historyOf = async (person: Actor, id: string): Promise<Json[]> =>
    (await app.as(person).get(`/api/v1/producers/${id}/history`)).body['items'] as Json[];

  it('are made by its own people and told in the history', async () => {
    const { producer, owner } = await aProducer(app);
    const shops = [{ url: 'shopee.vn/nuong-mau' }];

    const answer = await put(owner, producer.id, bodyOf(producer, { story: 'Chuyện mới.', shops }));

    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({ story: 'Chuyện mới.', version: producer.version + 1, approval: 'approved' });
    expect(answer.body['shops']).to.deep.equal([{ url: 'https://shopee.vn/nuong-mau', marketplace: 'Shopee' }]);
    const [note, ...rest] = await historyOf(owner, producer.id);
    expect(rest).to.deep.equal([]);
    expect(note).to.deep.include({
      byUserId: owner.userId,
      what: 'producer-changed',
      before: { story: 'Chủ thể hư cấu để thử.', shops: [] },
      after: { story: 'Chuyện mới.', shops: ['https://shopee.vn/nuong-mau'] },
    });
  });

  it('that change nothing raise no version and leave no note', async () => {
    const { producer, owner } = await aProducer(app);

    const answer = await put(owner, producer.id, bodyOf(producer));

    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({ version: producer.version });
    expect(await historyOf(owner, producer.id)).to.deep.equal([]);
  });

  it('sent twice are made once and answered alike', async () => {
    const { producer, owner } = await aProducer(app);
    const body = bodyOf(producer, { street: '', story: 'Gửi hai lần.' });
    delete body['street'];

    const answers = [
      ...(await Promise.all([1, 2, 3].map(() => put(owner, producer.id, body)))),
      await put(owner, producer.id, body),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200]);
    expect(answers[3]?.body).to.include({ version: producer.version + 1, story: 'Gửi hai lần.' });
    expect(await historyOf(owner, producer.id)).to.have.length(1);
  });

  it('of somebody who saw an older version are refused with both, and change nothing', async () => {
    const { producer, owner, officer } = await aProducer(app);
    await put(officer, producer.id, bodyOf(producer, { gln: '9521234009016' }));

    const answer = await put(owner, producer.id, bodyOf(producer, { story: 'Muộn.' }));

    expect(answer.status).to.equal(409);
    expect(answer.body['type']).to.equal('/problems/changed-meanwhile');
    expect(answer.body['existing']).to.include({ gln: '9521234009016', story: 'Chủ thể hư cấu để thử.' });
    expect(answer.body['sent']).to.include({ story: 'Muộn.' });
  });

  describe('of what the approval was given to', () => {
    const place = { communeCode: '05743', communeName: 'Xã Khác', provinceCode: '19', street: 'Xóm Mẫu' };
    const changes: [string, Json, string][] = [
      ['the legal name', { legalName: 'Hợp tác xã Tên Mới' }, '/legalName'],
      ['the registration number', { registrationNumber: '1111111111' }, '/registrationNumber'],
      ['the kind', { kind: 'company' }, '/kind'],
      ['the commune', { address: place }, '/address/communeCode'],
    ];
    for (const [what, parts, pointer] of changes) {
      it(`are the owner’s for ${what} only until it is approved, then an officer’s`, async () => {
        const waiting = await aProducer(app, { approved: false });
        const approved = await aProducer(app);

        const early = await put(waiting.owner, waiting.producer.id, bodyOf(waiting.producer, parts));
        const late = await put(approved.owner, approved.producer.id, bodyOf(approved.producer, parts));
        const byOfficer = await put(approved.officer, approved.producer.id, bodyOf(approved.producer, parts));

        expect([early.status, late.status, byOfficer.status]).to.deep.equal([200, 422, 200]);
        expect(early.body['approval']).to.equal('pending');
        expect(late.body['errors']).to.have.nested.property('[0].pointer', pointer);
        expect(late.body['errors']).to.have.nested.property('[0].code', 'office-only');
        expect(byOfficer.body['approval']).to.equal('approved');
      });
    }

    it('leave the street and the telephone to the owner at all times', async () => {
      const { producer, owner } = await aProducer(app, { parts: { kind: 'household' } });
      const { provinceName: _name, ...address } = producer.address;
      const parts = { address: { ...address, street: 'Xóm Mới' }, hotline: '0911 111 111' };

      const answer = await put(owner, producer.id, bodyOf(producer, parts));

      expect(answer.status).to.equal(200);
      expect(answer.body).to.include({ hotline: '0911111111', approval: 'approved' });
    });
  });

  it('of a household hide what is personal from the history', async () => {
    const { producer, owner } = await aProducer(app, { approved: false, parts: { kind: 'household' } });
    const { provinceName: _name, ...address } = producer.address;
    const parts = {
      legalName: 'Hộ ông Bí Mật',
      hotline: '0922222222',
      registrationNumber: '012345678901',
      formerAddress: 'thôn Bí Mật',
      address: { ...address, street: 'Ngõ Bí Mật' },
      story: 'Công khai.',
    };

    await put(owner, producer.id, bodyOf(producer, parts));

    const [note] = await historyOf(owner, producer.id);
    const kept = JSON.stringify(await auditModel(app.db).find({ recordId: producer.id }).lean());
    expect(kept).to.not.match(/Bí Mật|0922222222|012345678901/);
    expect(note?.['after']).to.deep.equal({
      legalName: { kept: false },
      registrationNumber: { kept: false },
      street: { kept: false },
      formerAddress: { kept: false },
      hotline: { kept: false },
      story: 'Công khai.',
    });
  });

  it('hide the telephone of an organisation too', async () => {
    const { producer, owner } = await aProducer(app);

    await put(owner, producer.id, bodyOf(producer, { hotline: '0933333333' }));

    expect(await historyOf(owner, producer.id)).to.have.nested.property('[0].after.hotline.kept', false);
  });

  it('after a refusal ask for a decision again, which may be another refusal', async () => {
    const { producer, owner, officer } = await aProducer(app, { approved: false });
    const decide = (reason: string) =>
      app.as(officer).post(`/api/v1/producers/${producer.id}/approvals`, { id: uuidv7(), outcome: 'refused', reason });
    const refused = (await decide('Thiếu giấy.')).body;

    const byOfficer = await put(officer, producer.id, bodyOf(producer, { version: 2, gln: '9521234009016' }));
    const mended = await put(owner, producer.id, bodyOf(producer, { version: 3, story: 'Đã bổ sung.' }));
    const again = await decide('Vẫn thiếu.');

    expect([refused['approval'], byOfficer.body['approval']]).to.deep.equal(['refused', 'refused']);
    expect(mended.body['approval']).to.equal('pending');
    expect([again.status, again.body['approval']]).to.deep.equal([201, 'refused']);
  });

  it('made while an officer reads stop a decision that names the version it was taken on', async () => {
    const { producer, owner, officer } = await aProducer(app, { approved: false });
    await put(owner, producer.id, bodyOf(producer, { legalName: 'Hợp tác xã Nổi Tiếng' }));

    const answer = await app
      .as(officer)
      .post(`/api/v1/producers/${producer.id}/approvals`, { id: uuidv7(), outcome: 'approved', version: 1 });

    expect([answer.status, answer.body['type']]).to.deep.equal([409, '/problems/changed-meanwhile']);
    expect(answer.body['existing']).to.include({ legalName: 'Hợp tác xã Nổi Tiếng' });
  });

  it('hand a producer to another province only by somebody who may', async () => {
    const { producer, owner, officer } = await aProducer(app, { approved: false });
    const address = { communeCode: '00004', communeName: 'Phường Mẫu', provinceCode: '01', street: '' };

    const byOfficer = await put(officer, producer.id, bodyOf(producer, { address }));
    const byOwner = await put(owner, producer.id, bodyOf(producer, { address }));

    expect([byOfficer.status, byOwner.status]).to.deep.equal([422, 200]);
    expect(byOfficer.body['errors']).to.have.nested.property('[0].pointer', '/address/provinceCode');
    expect((await app.as(anOfficer('01')).get(`/api/v1/producers/${producer.id}`)).status).to.equal(200);
    expect((await app.as(officer).get(`/api/v1/producers/${producer.id}`)).status).to.equal(404);
  });

  it('are absent for everybody outside its scope, and so is the history', async () => {
    const { producer } = await aProducer(app);

    const statuses = [];
    for (const person of [anOfficer('01'), aProducerUser(uuidv7()), anAdmin(), undefined])
      statuses.push([
        (await put(person, producer.id, bodyOf(producer, { story: 'x' }))).status,
        (await app.as(person).get(`/api/v1/producers/${producer.id}/history`)).status,
      ]);

    expect(statuses).to.deep.equal([
      [404, 404],
      [404, 404],
      [404, 404],
      [401, 401],
    ]);
  });

  describe('bad input', () => {
    const good = (): Json => {
      const { id: _id, ...facts } = newProducerJson();
      return { version: 2, ...facts };
    };
    const table = [
      ...badInputs(good, 'story').filter(({ what }) => what !== 'no body' && what !== 'an id of another version'),
      { what: 'no body', body: {}, status: 422, pointer: '/version' },
      { what: 'no version', body: { ...good(), version: undefined }, status: 422, pointer: '/version' },
      { what: 'a version that is a text', body: { ...good(), version: '2' }, status: 422, pointer: '/version' },
      { what: 'version 0', body: { ...good(), version: 0 }, status: 422, pointer: '/version' },
      { what: 'version 1.5', body: { ...good(), version: 1.5 }, status: 422, pointer: '/version' },
      { what: 'an id in the body', body: { ...good(), id: uuidv7() }, status: 422, pointer: '/id' },
      { what: 'a claim in the body', body: { ...good(), claim: 'claimed' }, status: 422, pointer: '/claim' },
      { what: 'the kind of imported ones', body: { ...good(), kind: 'other' }, status: 422, pointer: '/kind' },
      {
        what: 'consents among the facts',
        body: { ...good(), consents: ['public-name'] },
        status: 422,
        pointer: '/consents',
      },
      { what: 'shops that are no list', body: { ...good(), shops: 'shopee.vn/a' }, status: 422, pointer: '/shops' },
      {
        what: 'a shop elsewhere',
        body: { ...good(), shops: [{ url: 'https://shopee.vn/a' }, { url: 'https://shopee.vn.evil.com/' }] },
        status: 422,
        pointer: '/shops/1/url',
      },
      {
        what: 'eleven shops',
        body: { ...good(), shops: Array.from({ length: 11 }, (_, n) => ({ url: `https://shopee.vn/${n}` })) },
        status: 422,
        pointer: '/shops',
      },
      {
        what: 'an unknown province',
        body: { ...good(), address: { communeCode: '05740', communeName: 'Xã Mẫu', provinceCode: '02' } },
        status: 422,
        pointer: '/address/provinceCode',
      },
    ];
    for (const bad of table) {
      it(`refuses ${bad.what} with ${bad.status} and changes nothing`, async () => {
        const { producer, owner } = await aProducer(app);

        const answer = await put(owner, producer.id, bad.body);

        expect(answer.status, JSON.stringify(answer.body)).to.equal(bad.status);
        if (bad.pointer !== undefined)
          expect((answer.body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer)).to.include(
            bad.pointer,
          );
        const stored = await producerModel(app.db).findById(producer.id).lean();
        expect(stored).to.include({ version: producer.version, story: producer.story });
      });
    }
  });
});
