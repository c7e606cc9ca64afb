// Products through the API: numbers (K08), texts with markup (K26), scope, repeated requests, broken input.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { productModel } from '../../src/products/products.model.ts';
import { productByGtin, productsOfProducer } from '../../src/products/products.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct, newProductJson } from '../support/factories.products.ts';
import { aJpeg } from '../support/pictures.ts';

describe('products API', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  let path: string;
  const stored = () => productModel(app.db).countDocuments();
  const post = (parts: Record<string, unknown> = {}) => app.as(owner).post(path, newProductJson(parts));

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    await productModel(app.db).deleteMany({});
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
    path = `/api/v1/producers/${producerId}/products`;
  });

  it('describes a product and keeps its folded name', async () => {
    const sent = newProductJson();

    const answer = await app.as(owner).post(path, sent);

    expect(answer.status).to.equal(201);
    expect(answer.headers.get('location')).to.equal(`/api/v1/products/${String(sent['id'])}`);
    expect(answer.body).to.include({ name: 'Na dai La Hiên', foldedName: 'na dai la hien', gtin14: '', version: 1 });
    expect(answer.body).to.not.have.property('picture');
  });

  it('stores the same product sent three times at once only once', async () => {
    const sent = newProductJson({ gtin: '9521234000013', internalCode: 'NA-01' });

    const answers = await Promise.all([1, 2, 3].map(() => app.as(owner).post(path, sent)));

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    for (const { body } of answers) expect(body).to.deep.equal(answers[0]?.body);
    expect(await stored()).to.equal(1);
  });

  it('answers the same request after the picture came with the product as it is', async () => {
    const sent = newProductJson();
    await app.as(owner).post(path, sent);
    await app.as(owner).put(`/api/v1/products/${String(sent['id'])}/picture?alt=Na`, await aJpeg(), 'image/jpeg');

    const again = await app.as(owner).post(path, sent);

    expect(again.status).to.equal(201);
    expect(again.body).to.have.nested.property('picture.alt', 'Na');
  });

  it('refuses other content under a known id, to strangers without showing it', async () => {
    const sent = newProductJson();
    await app.as(owner).post(path, sent);
    const other = await aProducer(app);

    const own = await app.as(owner).post(path, { ...sent, name: 'Na bở' });
    const foreign = await app.as(other.owner).post(`/api/v1/producers/${other.producer.id}/products`, sent);

    expect([own.status, foreign.status]).to.deep.equal([409, 409]);
    expect(own.body['existing']).to.include({ name: 'Na dai La Hiên' });
    expect(foreign.body).to.not.have.any.keys('existing', 'sent');
  });

  describe('GTIN', () => {
    for (const gtin of ['9521234000013', '09521234000013', '952 1234 00001 3']) {
      it(`${gtin} reaches the same product as its 14 digits`, async () => {
        const answer = await post({ gtin });

        const found = await productByGtin(app.db, '09521234000013');

        expect(answer.body['gtin14']).to.equal('09521234000013');
        expect(found?.id).to.equal(answer.body['id']);
      });
    }

    it('of eight digits gets its zeros in front, and one with indicator 1 is another trade item', async () => {
      const eight = await post({ gtin: '96385074' });
      const item = await post({ gtin: '9521234000013' });
      const box = await post({ gtin: '19521234000010' });

      expect(eight.body['gtin14']).to.equal('00000096385074');
      expect([item.status, box.status]).to.deep.equal([201, 201]);
      expect((await productByGtin(app.db, '19521234000010'))?.id).to.equal(box.body['id']);
    });

    it('with a wrong check digit is refused with its position, in both languages', async () => {
      const answer = await post({ gtin: '9521234000014' });

      expect(answer.status).to.equal(422);
      const [fault] = answer.body['errors'] as { pointer: string; detail: string; detailEn: string }[];
      expect(fault?.pointer).to.equal('/gtin');
      expect(fault?.detail).to.contain('vị trí 13');
      expect(fault?.detailEn).to.contain('position 13');
    });

    it('that lost its zero is refused by its length', async () => {
      const answer = await post({ gtin: '952123400' });

      expect(answer.body['errors']).to.have.nested.property('[0].code', 'gtin');
    });

    it('names one product of the whole register, without showing whose', async () => {
      await post({ gtin: '9521234000013' });
      const other = await aProducer(app);

      const same = await post({ gtin: '09521234000013' });
      const foreign = await app
        .as(other.owner)
        .post(`/api/v1/producers/${other.producer.id}/products`, newProductJson({ gtin: '9521234000013' }));

      expect([same.status, foreign.status]).to.deep.equal([409, 409]);
      expect(foreign.body['type']).to.equal('/problems/gtin-taken');
      expect(JSON.stringify(foreign.body)).to.not.contain(producerId);
    });

    it('goes to one of two products that ask for it at once', async () => {
      const answers = await Promise.all([1, 2, 3, 4].map(() => post({ gtin: '9521234000013' })));

      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409, 409, 409]);
    });

    it('may be absent from any number of products', async () => {
      expect([(await post()).status, (await post()).status]).to.deep.equal([201, 201]);
    });
  });

  describe('internal code', () => {
    it('is one product’s within its producer and free for other producers', async () => {
      const other = await aProducer(app);
      const first = await post({ internalCode: 'NA-01' });

      const same = await post({ internalCode: 'NA-01' });
      const foreign = await app
        .as(other.owner)
        .post(`/api/v1/producers/${other.producer.id}/products`, newProductJson({ internalCode: 'NA-01' }));

      expect([first.status, same.status, foreign.status]).to.deep.equal([201, 409, 201]);
      expect(same.body['type']).to.equal('/problems/internal-code-taken');
    });

    for (const internalCode of [
      '12345678',
      '9521234000013',
      '9521234000014',
      '(01)09521234000013',
      '９５２１２３４０',
    ]) {
      it(`can’t be ${internalCode}, which looks like a GTIN`, async () => {
        const answer = await post({ internalCode });

        expect(answer.status).to.equal(422);
        expect(answer.body['errors']).to.have.nested.property('[0].code', 'like-gtin');
      });
    }
  });

  it('keeps markup as the text that it is', async () => {
    const story =
      '<b>Na</b> <script>alert(1)</script> "><img src=x onerror=alert(1)> {{constructor}} javascript:alert(1)';

    const answer = await post({ story });

    expect(answer.body['story']).to.equal(story);
  });

  it('is for the producer’s own people to describe, and absent for everybody outside its scope', async () => {
    const product = await aProduct(app, { producerId, picture: false });
    const jpeg = await aJpeg();

    const statuses = [];
    for (const person of [owner, anOfficer('19'), anOfficer('01'), aProducerUser(uuidv7()), anAdmin(), undefined])
      statuses.push([
        (await app.as(person).post(path, newProductJson())).status,
        (await app.as(person).get(path)).status,
        (await app.as(person).get(`/api/v1/products/${product.id}`)).status,
        (await app.as(person).put(`/api/v1/products/${product.id}/picture?alt=Na`, jpeg, 'image/jpeg')).status,
      ]);

    expect(statuses).to.deep.equal([
      [201, 200, 200, 200],
      [403, 200, 200, 403],
      [404, 404, 404, 404],
      [404, 404, 404, 404],
      [404, 404, 404, 404],
      [401, 401, 401, 401],
    ]);
  });

  it('lists page by page, newest first, and to other services all at once', async () => {
    const made = [];
    for (let count = 0; count < 3; count += 1) made.unshift((await aProduct(app, { producerId, picture: false })).id);

    const first = await app.as(owner).get(`${path}?limit=2`);
    const second = await app.as(owner).get(`${path}?limit=2&after=${String(first.body['next'])}`);
    const all = await productsOfProducer(app.db, producerId);

    const ids = [first, second].flatMap(({ body }) => (body['items'] as { id: string }[]).map(({ id }) => id));
    expect(ids).to.deep.equal(made);
    expect(second.body['next']).to.equal(null);
    expect(all.map(({ id }) => id)).to.deep.equal(made);
  });

  describe('picture', () => {
    const put = async (productId: string, bytes: Uint8Array, type = 'image/jpeg', query = '?alt=H%E1%BB%99p%20na') =>
      app.as(owner).put(`/api/v1/products/${productId}/picture${query}`, bytes, type);

    it('is kept, raises the version once and can be fetched by anybody', async () => {
      const product = await aProduct(app, { producerId, picture: false });
      const jpeg = await aJpeg();

      const first = await put(product.id, jpeg);
      const again = await put(product.id, jpeg);

      expect(first.status).to.equal(200);
      expect([first.body['version'], again.body['version']]).to.deep.equal([2, 2]);
      expect(first.body['picture']).to.include({ alt: 'Hộp na' });
      const { avif720 } = first.body['picture'] as { avif720: string };
      const fetched = await fetch(app.url + avif720);
      expect([fetched.status, fetched.headers.get('content-type')]).to.deep.equal([200, 'image/avif']);
    });

    const refusals: { what: string; bytes: Buffer; type?: string; query?: string; status: number }[] = [
      { what: 'nothing', bytes: Buffer.alloc(0), status: 415 },
      { what: 'a text', bytes: Buffer.from('không phải ảnh'), status: 415 },
      {
        what: 'a drawing with a program',
        bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        status: 415,
      },
      { what: 'another media type', bytes: Buffer.from('%PDF-1.7'), type: 'application/pdf', status: 415 },
      { what: 'a picture of more than 25 MB', bytes: Buffer.alloc(25 * 1024 * 1024 + 1), status: 413 },
      { what: 'no words for the blind', bytes: Buffer.from('x'), query: '', status: 422 },
    ];
    for (const { what, bytes, type, query, status } of refusals) {
      it(`is refused for ${what} with ${status}`, async () => {
        const product = await aProduct(app, { producerId, picture: false });

        const answer = await put(product.id, bytes, type, query);

        expect(answer.status).to.equal(status);
        expect(answer.body['titleEn']).to.be.a('string');
        expect((await app.as(owner).get(`/api/v1/products/${product.id}`)).body).to.not.have.property('picture');
      });
    }
  });
});
