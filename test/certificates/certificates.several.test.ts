import { expect } from 'chai';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { newCertificateJson } from '../support/factories.certificates.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProduct } from '../support/factories.products.ts';
import { aProductOwner } from '../support/factories.stored-certificates.ts';
import type { ProductOwner } from '../support/factories.stored-certificates.ts';
import { aJpeg } from '../support/pictures.ts';

type Json = Record<string, unknown>;

const refusal = ({ status, body }: ApiAnswer): string => `${status} ${String(body['type']).split('/').at(-1) ?? ''}`;
const faults = ({ body }: ApiAnswer): string[] =>
  (body['errors'] as { pointer: string }[]).map(({ pointer }) => pointer);

describe('One paper for several products', () => {
  let app: TestApp;
  let na: ProductOwner;
  let others: string[];

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    na = await aProductOwner(app);
    const made = await Promise.all(
      ['Na sấy', 'Mứt na'].map((name, at) =>
        aProduct(app, { producerId: na.producer.id, owner: na.owner, parts: { name, internalCode: `NA-${at}` } }),
      ),
    );
    others = made.map(({ id }) => id);
  });

  const path = (id = na.producer.id): string => `/api/v1/producers/${id}/certificates`;
  const aPaper = (parts: Json = {}): Json => {
    const { id: _id, stars: _stars, ...paper } = newCertificateJson({ type: 'vietgap', number: 'VietGAP-TT-01' });
    return { ...paper, products: [na.product.id, ...others].map((product) => ({ product, id: uuidv7() })), ...parts };
  };
  const stored = (): Promise<number> =>
    app.db.collection('certificates').countDocuments({ producerId: na.producer.id });

  it('becomes one record for each, which the officer judges one by one', async () => {
    const answer = await app.as(na.owner).post(path(), aPaper());

    const items = answer.body['items'] as Json[];
    expect(answer.status).to.equal(201);
    expect(items.map(({ productId }) => productId)).to.have.members([na.product.id, ...others]);
    expect(new Set(items.map(({ number }) => number))).to.deep.equal(new Set(['VietGAP-TT-01']));
    expect(new Set(items.map(({ standing }) => standing))).to.deep.equal(new Set(['waiting']));
    expect(items[0]?.['lacks']).to.deep.equal(['lastDayPrinted', 'scopeText']);
  });

  it('is stored once when it is sent twice, also at once, and adds what a crash left out', async () => {
    const paper = aPaper();
    const [first] = paper['products'] as Json[];
    await app.as(na.owner).post(path(), { ...paper, products: [first] });

    const answers = await Promise.all([1, 2].map(() => app.as(na.owner).post(path(), paper)));

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect(await stored()).to.equal(3);
  });

  it('is never an OCOP recognition: its star belongs to one product', async () => {
    const answer = await app.as(na.owner).post(path(), aPaper({ type: 'ocop', stars: 4 }));

    expect(answer.status).to.equal(422);
    expect(faults(answer)).to.deep.equal(['/type']);
    expect(await stored()).to.equal(0);
  });

  it('stores nothing when one of the products is another’s or not there', async () => {
    const stranger = await aProductOwner(app);

    for (const product of [stranger.product.id, uuidv7()]) {
      const products = [
        { product: na.product.id, id: uuidv7() },
        { product, id: uuidv7() },
      ];
      expect(refusal(await app.as(na.owner).post(path(), aPaper({ products })))).to.equal('404 product-not-found');
    }
    expect(await stored()).to.equal(0);
  });

  it('is entered by the producer’s own people', async () => {
    const answers = await Promise.all(
      [na.officer, anOfficer('04'), aProducerUser(uuidv7()), undefined].map((actor) =>
        app.as(actor).post(path(), aPaper()),
      ),
    );

    expect(answers.map(refusal)).to.deep.equal([
      '403 not-allowed',
      '404 producer-not-found',
      '404 producer-not-found',
      '401 not-signed-in',
    ]);
  });

  it('refuses no product, one named twice, one id for two and more than fifty', async () => {
    const twice = uuidv7();
    const many = Array.from({ length: 51 }, () => ({ product: uuidv7(), id: uuidv7() }));
    for (const products of [
      [],
      [
        { product: na.product.id, id: uuidv7() },
        { product: na.product.id, id: uuidv7() },
      ],
      [
        { product: na.product.id, id: twice },
        { product: others[0], id: twice },
      ],
      many,
    ]) {
      const answer = await app.as(na.owner).post(path(), aPaper({ products }));
      expect(answer.status).to.equal(422);
      expect(faults(answer)).to.deep.equal(['/products']);
    }
  });

  const atItself = badInputs(() => ({ ...newCertificateJson(), products: [] }), 'issuerName').filter(
    ({ pointer }) => pointer !== '/id',
  );
  for (const bad of atItself) {
    it(`refuses ${bad.what}`, async () => {
      await expectRefused(app.as(na.owner), path(), bad);
    });
  }

  it('comes from the form with the products that were ticked and one document', async () => {
    const formPath = `/app/products/${na.product.id}/certificates/new`;
    const page = await app.as(na.owner).page(formPath);
    const ticked = [...page.text.matchAll(/name="others" value="([^"]+)"/g)].map(([, value]) => value ?? '');
    const form = new FormData();
    const fields = { type: 'food-safety', number: '12/2026/ATTP', issuerLevel: 'other', issuerName: 'Sở (mẫu)' };
    for (const [name, value] of Object.entries({ id: uuidv7(), ...fields })) form.append(name, value);
    for (const value of ticked) form.append('others', value);
    form.append('document', new Blob([new Uint8Array(await aJpeg())], { type: 'image/jpeg' }), 'giấy.jpg');

    const answer = await app.as(na.owner).postForm(formPath, form);

    const records = await app.db.collection('certificates').find({ producerId: na.producer.id }).toArray();
    expect(ticked).to.have.length(2);
    expect(answer.status, answer.text).to.equal(303);
    expect(records).to.have.length(3);
    expect(new Set(records.map((one) => String(one['documentFileId']))).size).to.equal(1);
    expect(records[0]?.['documentFileId']).to.be.a('string');
  });

  it('keeps what was ticked when the form comes back, and says that a star is of one product', async () => {
    const formPath = `/app/products/${na.product.id}/certificates/new`;
    const chosen = others.map((id) => `${id}.${uuidv7()}`);
    const fields: [string, string][] = Object.entries({
      id: uuidv7(),
      type: 'ocop',
      stars: '4',
      issuerLevel: 'province',
      issuerName: 'UBND tỉnh (mẫu)',
    });

    const answer = await app
      .as(na.owner)
      .postForm(
        formPath,
        new URLSearchParams([...fields, ...chosen.map((value): [string, string] => ['others', value])]),
      );

    expect(answer.status).to.equal(422);
    expect(answer.text).to.include('Sao OCOP chỉ của một sản phẩm');
    for (const value of chosen) expect(answer.text).to.include(`value="${value}" checked`);
  });
});
