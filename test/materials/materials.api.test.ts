import { expect } from 'chai';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aMaterial, aMove, newMaterialJson, newMoveJson } from '../support/factories.materials.ts';
import { aProducer } from '../support/factories.producers.ts';
import type { Actor } from '../../src/actor.ts';
import type { Material } from '../../src/materials/materials.types.ts';
import { aJpeg } from '../support/pictures.ts';

type Json = Record<string, unknown>;

const pointers = (answer: ApiAnswer): string[] =>
  ((answer.body['errors'] ?? []) as { pointer: string; code: string }[]).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

const items = (answer: ApiAnswer): Json[] => answer.body['items'] as Json[];

describe('Materials in the API', () => {
  let app: TestApp;
  let owner: Actor;
  let officer: Actor;
  let producerId: string;
  const listOf = (id: string) => `/api/v1/producers/${id}/materials`;
  const put = (person: Actor, path: string, body: unknown) =>
    app.as(person).put(path, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), 'application/json');
  const one = (material: Pick<Material, 'id'>) => `/api/v1/materials/${material.id}`;

  before(async () => {
    app = await testApp();
    const farm = await aProducer(app);
    ({ owner, officer } = farm);
    producerId = farm.producer.id;
  });
  after(() => app.close());

  it('are added, with the waiting time of the label and nothing in the store', async () => {
    const sent = newMaterialJson();

    const answer = await app.as(owner).post(listOf(producerId), sent);

    expect(answer.status).to.equal(201);
    expect(answer.headers.get('location')).to.equal(`/api/v1/materials/${String(sent['id'])}`);
    expect(answer.body).to.deep.include({ ...sent, labelPictureFileId: null, version: 1 });
    expect(answer.body['stock']).to.deep.equal({ amount: 0, uncounted: 0, countedOn: null });
    expect((await app.as(officer).get(one({ id: String(sent['id']) }))).body).to.deep.equal(answer.body);
  });

  it('keep an unknown waiting time unknown, and a 0 of the label 0', async () => {
    const unknown = await app.as(owner).post(listOf(producerId), newMaterialJson({ waitDays: undefined }));
    const none = await app.as(owner).post(listOf(producerId), newMaterialJson({ waitDays: 0 }));

    expect([unknown.body['waitDays'], none.body['waitDays']]).to.deep.equal([null, 0]);
  });

  it('are stored once when sent again, also after a change; another content under the id is shown', async () => {
    const sent = newMaterialJson();
    const answers = await Promise.all(Array.from({ length: 10 }, () => app.as(owner).post(listOf(producerId), sent)));
    const id = { id: String(sent['id']) };
    await put(owner, one(id), { ...sent, id: undefined, waitDays: 14, version: 1 });

    const again = await app.as(owner).post(listOf(producerId), sent);
    const other = await app.as(owner).post(listOf(producerId), { ...sent, name: 'Khác' });

    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 10 }, () => 201));
    expect([again.status, again.body['waitDays']]).to.deep.equal([201, 14]);
    expect(other.status).to.equal(409);
    expect(other.body['existing']).to.deep.include({ name: sent['name'] });
  });

  it('do not show another producer’s material under a taken id', async () => {
    const other = await aProducer(app);
    const theirs = await aMaterial(app, other.owner, other.producer.id);

    const answer = await app.as(owner).post(listOf(producerId), newMaterialJson({ id: theirs.id, name: 'Khác' }));

    expect(answer.status).to.equal(409);
    expect(answer.body).to.not.have.any.keys('existing', 'sent');
  });

  it('answer strangers as if they were not there, and officers only to read', async () => {
    const material = await aMaterial(app, owner, producerId);
    const body = { ...newMaterialJson(), id: undefined, version: 1 };
    for (const stranger of [aProducerUser(uuidv7()), anOfficer('01'), anAdmin()]) {
      const client = app.as(stranger);
      const statuses = [
        await client.get(one(material)),
        await client.get(`${one(material)}/history`),
        await client.get(`${one(material)}/moves`),
        await put(stranger, one(material), body),
        await client.post(`${one(material)}/moves`, newMoveJson()),
        await client.put(`${one(material)}/label-picture`, await aJpeg(), 'image/jpeg'),
        await client.post(listOf(producerId), newMaterialJson()),
        await client.get(listOf(producerId)),
      ].map(({ status }) => status);
      expect(statuses).to.deep.equal(Array.from({ length: 8 }, () => 404));
    }
    expect((await put(officer, one(material), body)).status).to.equal(403);
    expect((await app.as(officer).post(`${one(material)}/moves`, newMoveJson())).status).to.equal(403);
    expect((await app.as(officer).post(listOf(producerId), newMaterialJson())).status).to.equal(403);
    expect((await app.as(owner).get('/api/v1/materials/1')).status).to.equal(404);
  });

  describe('lists', () => {
    it('are searched without marks, filtered by kind, sorted by name and cut into pages', async () => {
      const farm = await aProducer(app);
      const add = (name: string, parts: Json = {}) => aMaterial(app, farm.owner, farm.producer.id, { name, ...parts });
      await add('Đạm urê', { kind: 'fertiliser', unit: 'kg' });
      await add('Dầu khoáng');
      await add('Phân chuồng ủ hoai', { kind: 'fertiliser', unit: 'kg' });
      await add('Áo mưa', { kind: 'other', unit: 'piece', maker: 'Xưởng Đạm Mẫu' });
      const path = listOf(farm.producer.id);
      const names = async (query: string) =>
        items(await app.as(farm.owner).get(`${path}?${query}`)).map(({ name }) => name);

      const first = await app.as(farm.owner).get(`${path}?sort=name&limit=3`);
      const second = await app
        .as(farm.owner)
        .get(`${path}?sort=name&limit=3&after=${encodeURIComponent(String(first.body['next']))}`);

      expect([...items(first), ...items(second)].map(({ name }) => name)).to.deep.equal([
        'Áo mưa',
        'Đạm urê',
        'Dầu khoáng',
        'Phân chuồng ủ hoai',
      ]);
      expect(second.body['next']).to.equal(null);
      expect(await names('q=phan%20chuong')).to.deep.equal(['Phân chuồng ủ hoai']);
      expect(await names('q=dam&sort=name')).to.deep.equal(['Áo mưa', 'Đạm urê']);
      expect(await names(`q=${encodeURIComponent('đa')}&sort=name`)).to.deep.equal(['Áo mưa', 'Đạm urê']);
      expect(await names('kind=fertiliser&sort=oldest')).to.deep.equal(['Đạm urê', 'Phân chuồng ủ hoai']);
    });

    it('refuse a question that can’t be read', async () => {
      const cases: [string, string][] = [
        ['kind=poison', '/kind choice'],
        ['sort=price', '/sort choice'],
        ['limit=0', '/limit too-small'],
        ['sort=name&after=%7B', '/after cursor'],
        ['q=%00', '/q characters'],
        ['q%5B%24gt%5D=', '/q[$gt] unknown'],
      ];
      for (const [query, expected] of cases) {
        const answer = await app.as(owner).get(`${listOf(producerId)}?${query}`);
        expect(answer.status, query).to.equal(422);
        expect(pointers(answer), query).to.include(expected);
      }
    });
  });

  describe('changes', () => {
    const bodyOf = (material: Material, parts: Json = {}): Json => {
      const { name, kind, maker, activeIngredient, registrationNumber, waitDays, unit, version } = material;
      return { name, kind, maker, activeIngredient, registrationNumber, waitDays, unit, version, ...parts };
    };

    it('are told in the history with what was and what is', async () => {
      const material = await aMaterial(app, owner, producerId, { waitDays: undefined });

      const answer = await put(owner, one(material), bodyOf(material, { waitDays: 7, maker: '' }));

      expect(answer.status).to.equal(200);
      expect(answer.body).to.include({ waitDays: 7, maker: '', version: 2 });
      const [note] = items(await app.as(officer).get(`${one(material)}/history`));
      expect(note).to.deep.include({
        what: 'material-changed',
        byUserId: owner.userId,
        before: { maker: 'Công ty Mẫu', waitDays: null },
        after: { maker: '', waitDays: 7 },
      });
    });

    it('may take a waiting time back to unknown, which is not 0', async () => {
      const material = await aMaterial(app, owner, producerId);

      const answer = await put(owner, one(material), bodyOf(material, { waitDays: undefined }));

      expect(answer.body['waitDays']).to.equal(null);
      expect((await app.as(owner).get(one(material))).body['waitDays']).to.equal(null);
    });

    it('that change nothing raise no version; the same change sent at once five times is made once', async () => {
      const material = await aMaterial(app, owner, producerId);
      const nothing = await put(owner, one(material), bodyOf(material));
      const body = bodyOf(material, { name: 'Tên mới' });

      const answers = await Promise.all(Array.from({ length: 5 }, () => put(owner, one(material), body)));

      expect(nothing.body['version']).to.equal(1);
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200]);
      expect((await app.as(owner).get(one(material))).body['version']).to.equal(2);
      expect(items(await app.as(owner).get(`${one(material)}/history`))).to.have.length(1);
    });

    it('on an older version are refused with both', async () => {
      const material = await aMaterial(app, owner, producerId);
      await put(owner, one(material), bodyOf(material, { name: 'Trước' }));

      const late = await put(owner, one(material), bodyOf(material, { name: 'Sau' }));

      expect(late.status).to.equal(409);
      expect(late.body).to.include({ type: '/problems/changed-meanwhile' });
      expect(late.body['existing']).to.include({ name: 'Trước' });
      expect(late.body['sent']).to.include({ name: 'Sau' });
    });

    it('leave the unit as it is once the stock book counts in it', async () => {
      const free = await aMaterial(app, owner, producerId);
      const counted = await aMaterial(app, owner, producerId);
      await aMove(app, owner, counted.id);

      const changed = await put(owner, one(free), bodyOf(free, { unit: 'ml' }));
      const refused = await put(owner, one(counted), bodyOf(counted, { unit: 'ml' }));

      expect([changed.status, refused.status]).to.deep.equal([200, 422]);
      expect(pointers(refused)).to.deep.equal(['/unit unit-in-use']);
    });
  });

  describe('bad input', () => {
    it('is refused at every door', async () => {
      const own = await aProducer(app);
      for (const bad of badInputs(() => newMaterialJson(), 'name'))
        await expectRefused(app.as(own.owner), listOf(own.producer.id), bad);

      expect(items(await app.as(own.owner).get(listOf(own.producer.id)))).to.deep.equal([]);
    });

    const cases: [string, Json, string][] = [
      ['no name', { name: '  ' }, '/name required'],
      ['a name of two lines', { name: 'a\nb' }, '/name one-line'],
      ['a name of 121 characters', { name: 'a'.repeat(121) }, '/name too-long'],
      ['an unknown kind', { kind: 'poison' }, '/kind choice'],
      ['no kind', { kind: undefined }, '/kind required'],
      ['an unknown unit', { unit: 'ton' }, '/unit choice'],
      ['no unit', { unit: undefined }, '/unit required'],
      ['a waiting time before the spray', { waitDays: -1 }, '/waitDays too-small'],
      ['a waiting time of over a year', { waitDays: 366 }, '/waitDays too-big'],
      ['half a day', { waitDays: 1.5 }, '/waitDays whole-number'],
      ['a waiting time in words', { waitDays: 'bảy' }, '/waitDays number'],
      ['an empty waiting time', { waitDays: '' }, '/waitDays number'],
      ['null for a waiting time', { waitDays: null }, '/waitDays number'],
      ['a query operator as waiting time', { waitDays: { $gt: '' } }, '/waitDays number'],
      ['a maker of 121 characters', { maker: 'a'.repeat(121) }, '/maker too-long'],
      ['a list as maker', { maker: ['a'] }, '/maker type'],
      ['NUL in the ingredient', { activeIngredient: 'a\u0000' }, '/activeIngredient characters'],
      ['an ingredient of 201 characters', { activeIngredient: 'a'.repeat(201) }, '/activeIngredient too-long'],
      ['a registration of 61 characters', { registrationNumber: '1'.repeat(61) }, '/registrationNumber too-long'],
      ['a stock that is said, not counted', { stock: 5 }, '/stock unknown'],
    ];
    for (const [what, parts, expected] of cases)
      it(`refuses ${what}, new and in a change`, async () => {
        const material = await aMaterial(app, owner, producerId);
        const made = await app.as(owner).post(listOf(producerId), newMaterialJson(parts));
        const changed = await put(owner, one(material), { ...newMaterialJson(parts), id: undefined, version: 1 });

        expect([made.status, changed.status]).to.deep.equal([422, 422]);
        expect(pointers(made)).to.include(expected);
        expect(pointers(changed)).to.include(expected);
      });

    it('refuses a change without its version, or of none', async () => {
      const material = await aMaterial(app, owner, producerId);
      for (const version of [undefined, 0, 1.5, '1', { $gt: 0 }]) {
        const answer = await put(owner, one(material), { ...newMaterialJson(), id: undefined, version });
        expect(answer.status, JSON.stringify(version)).to.equal(422);
      }
    });
  });

  describe('labels', () => {
    it('are kept with a private photo, once for the same photo, and told in the history', async () => {
      const material = await aMaterial(app, owner, producerId);
      const photo = await aJpeg();
      const send = () => app.as(owner).put(`${one(material)}/label-picture`, photo, 'image/jpeg');

      const [first, again] = [await send(), await send()];

      expect([first.status, again.status]).to.deep.equal([200, 200]);
      const fileId = String(first.body['labelPictureFileId']);
      expect(again.body).to.deep.include({ labelPictureFileId: fileId, version: 2 });
      expect(items(await app.as(owner).get(`${one(material)}/history`))).to.have.length(1);
      expect((await app.as(owner).page(`/files/${fileId}/360.webp`)).status).to.equal(200);
      expect((await app.as(undefined).page(`/files/${fileId}/360.webp`)).status).to.equal(404);
    });

    it('refuse what is no picture', async () => {
      const material = await aMaterial(app, owner, producerId);

      const text = await app.as(owner).put(`${one(material)}/label-picture`, Buffer.from('chữ'), 'image/jpeg');
      const type = await app.as(owner).put(`${one(material)}/label-picture`, Buffer.from('chữ'), 'text/plain');

      expect([text.status, type.status]).to.deep.equal([415, 415]);
    });
  });
});
