// Everything broken that reaches the doors of products: refused with its field named in both languages, and nothing stored.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { auditModel } from '../../src/audit/audit.ts';
import { productModel } from '../../src/products/products.model.ts';
import type { Product } from '../../src/products/products.types.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { badFacts } from '../support/bad-products.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct, changedProductJson, newProductJson } from '../support/factories.products.ts';
import { aJpeg } from '../support/pictures.ts';

type Json = Record<string, unknown>;
type Fault = { pointer: string; detail: string; detailEn: string };

const expectFault = ({ status, body }: ApiAnswer, pointer: string): void => {
  expect(status, JSON.stringify(body)).to.equal(422);
  const fault = (body['errors'] as Fault[]).find((one) => one.pointer === pointer);
  expect(fault, JSON.stringify(body['errors'])).to.not.equal(undefined);
  expect(fault?.detail).to.be.a('string').that.does.not.equal(fault?.detailEn);
};

describe('broken input about products', function () {
  this.timeout(60_000);
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  let product: Product;
  const stored = () => productModel(app.db).find({}).sort({ _id: 1 }).lean();
  const notes = () => auditModel(app.db).countDocuments({});
  const put = (path: string, json: unknown, as: Actor = owner) =>
    app.as(as).put(`/api/v1${path}`, Buffer.from(JSON.stringify(json)), 'application/json');
  const path = (rest = '') => `/products/${product.id}${rest}`;

  before(async () => {
    app = await testApp();
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
    product = await aProduct(app, { producerId, owner });
  });
  after(() => app.close());

  describe('that shall be described', () => {
    const create = () => `/api/v1/producers/${producerId}/products`;

    for (const { what, parts, pointer } of badFacts) {
      it(`is refused: ${what}`, async () => {
        const before = await stored();

        const answer = await app.as(owner).post(create(), newProductJson(parts));

        expectFault(answer, pointer);
        expect(await stored()).to.deep.equal(before);
      });
    }
    for (const bad of badInputs(newProductJson, 'story')) {
      it(`is refused as a whole: ${bad.what}`, async () => {
        const before = await stored();

        await expectRefused(app.as(owner), create(), bad);

        expect(await stored()).to.deep.equal(before);
      });
    }

    it('is refused for a producer that is none and for one that is no id', async () => {
      const unknown = await app.as(owner).post(`/api/v1/producers/${uuidv7()}/products`, newProductJson());
      const noId = await app.as(owner).post('/api/v1/producers/$ne/products', newProductJson());

      expect([unknown.status, noId.status]).to.deep.equal([404, 404]);
    });
  });

  describe('that shall change', () => {
    for (const { what, parts, pointer } of badFacts) {
      it(`is refused: ${what}`, async () => {
        const [before, notesBefore] = [await stored(), await notes()];

        const answer = await put(path(), changedProductJson(product, parts));

        expectFault(answer, pointer);
        expect(await stored()).to.deep.equal(before);
        expect(await notes()).to.equal(notesBefore);
      });
    }
    const versions: [string, unknown][] = [
      ['none', undefined],
      ['0', 0],
      ['half', 1.5],
      ['a text', '2'],
      ['an operator', { $gt: 0 }],
    ];
    for (const [what, version] of versions) {
      it(`is refused for a version that is ${what}`, async () => {
        expectFault(await put(path(), changedProductJson(product, { version })), '/version');
      });
    }

    it('is refused for an id of its own, for broken JSON and for a product that is none', async () => {
      expectFault(await put(path(), changedProductJson(product, { id: product.id })), '/id');
      const broken = await app.as(owner).put(`/api/v1${path()}`, Buffer.from('{"name":'), 'application/json');
      const unknown = await put(`/products/${uuidv7()}`, changedProductJson(product));
      const noId = await put('/products/$ne', changedProductJson(product));

      expect([broken.status, unknown.status, noId.status]).to.deep.equal([400, 404, 404]);
    });
  });

  describe('about pictures', () => {
    const own = () => product.pictures.map(({ fileId, alt }) => ({ fileId, alt }));
    const arrangements: { what: string; body: () => Json; pointer: string }[] = [
      { what: 'no version', body: () => ({ pictures: own() }), pointer: '/version' },
      { what: 'no pictures', body: () => ({ version: product.version }), pointer: '/pictures' },
      { what: 'a text', body: () => ({ version: product.version, pictures: 'ảnh' }), pointer: '/pictures' },
      {
        what: 'nine',
        body: () => ({ version: product.version, pictures: Array.from({ length: 9 }, () => own()[0]) }),
        pointer: '/pictures',
      },
      {
        what: 'one twice',
        body: () => ({ version: product.version, pictures: [...own(), ...own()] }),
        pointer: '/pictures/1/fileId',
      },
      {
        what: 'one that is not the product’s',
        body: () => ({ version: product.version, pictures: [{ fileId: uuidv7(), alt: 'Lạ' }] }),
        pointer: '/pictures/0/fileId',
      },
      {
        what: 'an operator for a picture',
        body: () => ({ version: product.version, pictures: [{ fileId: { $gt: '' }, alt: 'Lạ' }] }),
        pointer: '/pictures/0/fileId',
      },
      {
        what: 'no words for the blind',
        body: () => ({ version: product.version, pictures: own().map((one) => ({ ...one, alt: ' ' })) }),
        pointer: '/pictures/0/alt',
      },
      {
        what: 'too many words',
        body: () => ({ version: product.version, pictures: own().map((one) => ({ ...one, alt: 'ễ'.repeat(161) })) }),
        pointer: '/pictures/0/alt',
      },
    ];
    for (const { what, body, pointer } of arrangements) {
      it(`is refused when they are arranged: ${what}`, async () => {
        const before = await stored();

        expectFault(await put(path('/pictures'), body()), pointer);

        expect(await stored()).to.deep.equal(before);
      });
      if (what === 'no version' || what === 'no pictures') continue;
      it(`is refused when the product changes: ${what}`, async () => {
        expectFault(await put(path(), changedProductJson(product, body())), pointer);
      });
    }

    const doors = [
      { what: 'a further picture', method: 'POST', rest: '/pictures' },
      { what: 'the main picture', method: 'PUT', rest: '/picture' },
    ];
    const words: [string, string][] = [
      ['none', ''],
      ['empty', '?alt='],
      ['two', '?alt=a&alt=b'],
      ['an operator', '?alt[$gt]='],
      ['too long', `?alt=${'a'.repeat(161)}`],
      ['NUL', '?alt=a%00b'],
    ];
    for (const { what, method, rest } of doors) {
      for (const [fault, query] of words) {
        it(`is refused for ${what} whose words are ${fault}`, async () => {
          const before = await stored();

          const answer = await fetch(`${app.url}/api/v1${path(rest)}${query}`, {
            method,
            headers: { authorization: `Bearer ${await app.as(owner).token()}`, 'content-type': 'image/jpeg' },
            body: new Uint8Array(await aJpeg({ width: 41, height: 41 })),
          });

          expect(answer.status).to.equal(422);
          expect(await stored()).to.deep.equal(before);
        });
      }
    }
  });

  it('is nobody’s but the owner’s to send, whatever the door', async () => {
    const jpeg = await aJpeg({ width: 42, height: 42 });
    const before = await stored();

    const statuses = [];
    for (const person of [anOfficer('19'), anOfficer('01'), aProducerUser(uuidv7()), anAdmin()])
      statuses.push([
        (await put(path(), changedProductJson(product, { name: 'Lạ' }), person)).status,
        (await put(path('/pictures'), { version: product.version, pictures: [] }, person)).status,
        (await app.as(person).put(`/api/v1${path('/picture')}?alt=L`, jpeg, 'image/jpeg')).status,
        (await app.as(person).get(`/api/v1${path('/history')}`)).status,
        (await app.as(person).get(`/api/v1/products?producer=${producerId}`)).status,
      ]);

    expect(statuses).to.deep.equal([
      [403, 403, 403, 200, 200],
      [404, 404, 404, 404, 404],
      [404, 404, 404, 404, 404],
      [404, 404, 404, 404, 404],
    ]);
    expect(await stored()).to.deep.equal(before);
  });

  const queries = [
    'sort=gia',
    'sort[$ne]=name',
    'limit=0',
    'limit=101',
    'limit=a',
    'set=27',
    'set=a',
    'hasSet=maybe',
    'complete=maybe',
    'complete[$gt]=',
    'sort=name&after=bia',
    `q=${'a'.repeat(101)}`,
    'q=a%00b',
    'q[$gt]=',
    'q=a&q=b',
    'la=1',
  ];
  for (const query of queries) {
    it(`is refused in a list: ${query.slice(0, 40)}`, async () => {
      const ofProducer = await app.as(owner).get(`/api/v1/producers/${producerId}/products?${query}`);
      const inSight = await app.as(owner).get(`/api/v1/products?${query}`);

      expect([ofProducer.status, inSight.status]).to.deep.equal([422, 422]);
      expect(ofProducer.body['errors']).to.be.an('array').that.is.not.empty;
    });
  }

  it('is refused in the list of one producer among those in sight when it is no id or not in sight', async () => {
    const other = await aProducer(app);

    const noId = await app.as(owner).get('/api/v1/products?producer=1');
    const foreign = await app.as(owner).get(`/api/v1/products?producer=${other.producer.id}`);

    expect([noId.status, foreign.status]).to.deep.equal([422, 404]);
  });
});
