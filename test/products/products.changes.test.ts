// Products that change: with a history, without losing what two people typed, without harm to labels that are printed.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { auditModel } from '../../src/audit/audit.ts';
import { paths } from '../../src/paths.ts';
import { productModel } from '../../src/products/products.model.ts';
import { requireProduct } from '../../src/products/products.service.ts';
import type { Product } from '../../src/products/products.types.ts';
import { aLabelledLot, aPrintedCode } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct, changedProductJson } from '../support/factories.products.ts';
import { wordsOf } from '../support/forms.ts';

type Json = Record<string, unknown>;

describe('changes of products', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  let product: Product;
  const path = (rest = ''): string => `/api/v1/products/${product.id}${rest}`;
  const putJson = (as: Actor, json: Json) =>
    app.as(as).put(path(), Buffer.from(JSON.stringify(json)), 'application/json');
  const put = (parts: Json, as: Actor = owner) => putJson(as, changedProductJson(product, parts));
  /** What was changed since the product got its first picture. */
  const historyOf = async (): Promise<Json[]> =>
    ((await app.as(owner).get(path('/history'))).body['items'] as Json[]).slice(0, -1);

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    await productModel(app.db).deleteMany({});
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
    product = await aProduct(app, { producerId, owner });
  });

  it('keep who changed what from what to what, and the same change again changes nothing', async () => {
    const first = await put({ name: 'Na dai Nương Đá', allergens: 'Không', shelfLifeDays: 9 });
    const again = await put({ name: 'Na dai Nương Đá', allergens: 'Không', shelfLifeDays: 9 });

    expect([first.status, again.status]).to.deep.equal([200, 200]);
    expect(again.body).to.deep.equal(first.body);
    expect(first.body).to.include({
      name: 'Na dai Nương Đá',
      foldedName: 'na dai nuong da',
      version: product.version + 1,
    });
    const [change, ...others] = await historyOf();
    expect(others).to.deep.equal([]);
    expect(change).to.deep.include({
      byUserId: owner.userId,
      what: 'product-changed',
      before: { name: 'Na dai La Hiên', allergens: '', shelfLifeDays: 7 },
      after: { name: 'Na dai Nương Đá', allergens: 'Không', shelfLifeDays: 9 },
    });
  });

  it('that change nothing raise no version and leave no note', async () => {
    const answer = await put({});

    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({ version: product.version });
    expect(await historyOf()).to.deep.equal([]);
  });

  it('reach every field, and the record then says what was sent', async () => {
    const sent: Json = {
      name: 'Rượu na',
      brand: 'Nương Mẫu',
      ocopSet: 15,
      gtin: '9521234000020',
      internalCode: 'RN-1',
      netContent: { amount: 0.375, unit: 'l' },
      packaging: 'chai',
      shelfLifeDays: 730,
      ingredients: 'Na, rượu nếp',
      allergens: 'Không',
      storage: 'Nơi mát',
      warnings: 'Không dùng cho người dưới 18 tuổi',
      usage: 'Uống',
      standards: ['TCCS 02:2026 (mẫu)', 'TCVN 1'],
      origin: 'Xã Mẫu',
      responsibleParty: { name: 'Công ty Mẫu', address: 'Xã Mẫu, tỉnh Mẫu' },
      story: 'Dòng một.\n\nDòng hai.',
    };

    const answer = await put(sent);

    const { gtin, ...facts } = sent;
    expect(answer.body).to.deep.include({ ...facts, gtin14: `0${String(gtin)}` });
    expect(Object.keys((await historyOf())[0]?.['after'] as Json)).to.have.length(Object.keys(sent).length);
  });

  it('take a field away that was given before', async () => {
    await put({ responsibleParty: { name: 'Công ty Mẫu', address: 'Xã Mẫu' } });
    product = await requireProduct(app.db, product.id);
    const {
      shelfLifeDays: _s,
      ocopSet: _o,
      netContent: _n,
      responsibleParty: _r,
      ...rest
    } = changedProductJson(product);

    const answer = await putJson(owner, rest);

    expect(answer.status).to.equal(200);
    expect(answer.body).to.not.have.any.keys('shelfLifeDays', 'ocopSet', 'netContent', 'responsibleParty');
  });

  it('of two people who saw the same version keep the first and show it to the second', async () => {
    const [one, other] = await Promise.all([put({ storage: 'Để tủ mát' }), put({ storage: 'Để nơi khô' })]);

    const refused = [one, other].find(({ status }) => status === 409);
    const kept = [one, other].find(({ status }) => status === 200);
    expect(refused?.body['type']).to.match(/changed-meanwhile$/);
    expect((refused?.body['existing'] as Json)['storage']).to.equal(kept?.body['storage']);
    expect((refused?.body['sent'] as Json)['storage']).to.not.equal(kept?.body['storage']);
    expect(await historyOf()).to.have.length(1);
  });

  it('sent ten times at once are one change, each answered alike', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => put({ storage: 'Để tủ mát' })));

    expect(answers.map(({ status }) => status)).to.deep.equal(new Array(10).fill(200));
    expect(await historyOf()).to.have.length(1);
  });

  it('are the owner’s: officers may look, strangers see nothing', async () => {
    const stranger = aProducerUser(uuidv7());

    const statuses = [
      (await put({ name: 'X' }, anOfficer('19'))).status,
      (await put({ name: 'X' }, stranger)).status,
      (await app.as(stranger).get(path('/history'))).status,
      (await app.as(anOfficer('19')).get(path('/history'))).status,
    ];

    expect(statuses).to.deep.equal([403, 404, 404, 200]);
  });

  it('give a number that is another product’s to nobody, even when both ask at once', async () => {
    const other = await aProduct(app, { producerId, owner, picture: false });
    const putOther = (parts: Json) =>
      app
        .as(owner)
        .put(
          `/api/v1/products/${other.id}`,
          Buffer.from(JSON.stringify(changedProductJson(other, parts))),
          'application/json',
        );

    const gtins = await Promise.all([put({ gtin: '9521234000013' }), putOther({ gtin: '09521234000013' })]);
    const codes = await Promise.all([put({ internalCode: 'NA-1' }), putOther({ internalCode: 'NA-1' })]);

    expect(gtins.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    expect(gtins.find(({ status }) => status === 409)?.body['type']).to.equal('/problems/gtin-taken');
    expect(codes.map(({ status }) => status)).to.include(409);
  });

  it('leave an internal code alone that only later would look like a GTIN', async () => {
    await productModel(app.db).updateOne({ _id: product.id }, { $set: { internalCode: '12345678' } });
    product = await requireProduct(app.db, product.id);

    const answer = await put({ storage: 'Để tủ mát' });

    expect(answer.status).to.equal(200);
  });

  it('of the name keep printed labels working, show the new name and remember the former one', async () => {
    const lot = await aLabelledLot(app);
    product = lot.product;

    const answer = await put({ name: 'Na dai Nương Đá', brand: 'Nương Đá' }, lot.owner);

    expect(answer.status).to.equal(200);
    expect(answer.body['publicKey']).to.equal(lot.product.publicKey);
    const page = await app.as(undefined).page(lot.page);
    expect(page.status).to.equal(200);
    expect(page.text).to.include('Na dai Nương Đá').and.include(lot.batch.lotNumber);
    const own = wordsOf((await app.as(lot.owner).page(paths.appProduct(product.id))).text);
    expect(own).to.include('Tên trước đây').and.include('Na dai La Hiên');
  });

  it('that take the net content away let nothing more be printed and leave the row out of the page', async () => {
    const lot = await aLabelledLot(app);
    product = lot.product;
    await put({ netContent: undefined }, lot.owner);

    const refused = await aPrintedCode(app, lot.owner, lot.batch.id).catch((error: unknown) => String(error));
    const page = await app.as(undefined).page(lot.page);
    const labels = await app.as(lot.owner).page(paths.appBatchLabels(lot.batch.id));

    expect(refused).to.include('batch-incomplete').and.include('net-content');
    expect(page.status).to.equal(200);
    expect(wordsOf(page.text)).to.not.include('0,5');
    expect(labels.text).to.include(`${paths.appProductEdit(product.id)}#netContent.amount`);
  });

  it('are written to the log even when the process ended between the record and the note', async () => {
    await put({ storage: 'Để tủ mát' });
    const [note] = await auditModel(app.db).find({ recordId: product.id, 'after.storage': 'Để tủ mát' }).lean();

    const left = await productModel(app.db).findById(product.id).lean();

    expect(note).to.include({ what: 'product-changed', actorId: owner.userId });
    expect(left?.unnoted ?? []).to.deep.equal([]);
  });
});
