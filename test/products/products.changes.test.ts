// Products that change: with a history, without losing what two people typed, with several pictures; found and listed; taken from lists.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { paths } from '../../src/paths.ts';
import { productModel } from '../../src/products/products.model.ts';
import { importProducts, productIdsByImportKey } from '../../src/products/products.import.service.ts';
import { productByPublicKey } from '../../src/products/products.service.ts';
import type { Product } from '../../src/products/products.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';
import { aJpeg } from '../support/pictures.ts';

type Json = Record<string, unknown>;

describe('changes of products', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  let product: Product;
  const path = (rest = ''): string => `/api/v1/products/${product.id}${rest}`;
  const bodyOf = (stored: Product, parts: Json = {}): Json => {
    const { name, brand, ocopSet, gtin14: gtin, internalCode, netContent, packaging, shelfLifeDays } = stored;
    const { ingredients, allergens, storage, warnings, usage, standards, origin, responsibleParty, story } = stored;
    const numbers = { name, brand, ocopSet, gtin, internalCode, netContent, packaging, shelfLifeDays };
    const words = { ingredients, allergens, storage, warnings, usage, standards, origin, responsibleParty, story };
    return { ...numbers, ...words, version: stored.version, ...parts };
  };
  const putJson = (as: Actor, json: Json) =>
    app.as(as).put(path(), Buffer.from(JSON.stringify(json)), 'application/json');
  const addPicture = async (alt: string, width: number): Promise<number> => {
    const form = new FormData();
    form.set('alt', alt);
    form.set('picture', new Blob([new Uint8Array(await aJpeg({ width, height: 40 }))]), 'a.jpg');
    return (await app.as(owner).postForm(paths.appProductPicture(product.id), form)).status;
  };
  const put = (parts: Json, as: Actor = owner) => putJson(as, bodyOf(product, parts));
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

  it('take a field away that was given before', async () => {
    const { shelfLifeDays: _s, ocopSet: _o, ...rest } = bodyOf(product);

    const answer = await putJson(owner, rest);

    expect(answer.status).to.equal(200);
    expect(answer.body).to.not.have.any.keys('shelfLifeDays', 'ocopSet');
  });

  it('of two people who saw the same version keep the first and show it to the second', async () => {
    const [one, other] = await Promise.all([put({ storage: 'Để tủ mát' }), put({ storage: 'Để nơi khô' })]);

    const refused = [one, other].find(({ status }) => status === 409);
    const kept = [one, other].find(({ status }) => status === 200);
    expect(refused?.body['type']).to.match(/changed-meanwhile$/);
    expect((refused?.body['existing'] as Json)['storage']).to.equal(kept?.body['storage']);
    expect(await historyOf()).to.have.length(1);
  });

  it('are the owner’s: officers may look, strangers see nothing', async () => {
    const stranger = aProducerUser(uuidv7());

    expect((await put({ name: 'X' }, anOfficer('19'))).status).to.equal(403);
    expect((await put({ name: 'X' }, stranger)).status).to.equal(404);
    expect((await app.as(stranger).get(path('/history'))).status).to.equal(404);
    expect((await app.as(anOfficer('19')).get(path('/history'))).status).to.equal(200);
  });

  it('refuse numbers that are another product’s, and a GTIN with a wrong check digit', async () => {
    await aProduct(app, { producerId, owner, parts: { gtin: '9521234000013' }, picture: false });

    expect((await put({ gtin: '9521234000013' })).body['type']).to.match(/gtin-taken$/);
    expect((await put({ gtin: '9521234000014' })).status).to.equal(422);
    expect((await put({ version: 0 })).status).to.equal(422);
    expect((await put({ version: undefined })).status).to.equal(422);
    expect((await put({ pictures: [{ fileId: uuidv7(), alt: 'Lạ' }] })).status).to.equal(422);
    expect(await historyOf()).to.deep.equal([]);
  });

  it('hold up to eight pictures in the order that was chosen', async () => {
    const added: number[] = [];
    for (let place = 2; place <= 8; place += 1) added.push(await addPicture(String(place), 40 + place));
    const ninth = await addPicture('9', 99);
    const full = (await app.as(owner).get(path())).body;
    const pictures = (full['pictures'] as Json[]).map(({ fileId, alt }) => ({ fileId, alt }));

    const arranged = await put({ version: full['version'], pictures: [pictures[3], pictures[0]] });

    expect(added).to.deep.equal(new Array(7).fill(303));
    expect(ninth).to.equal(409);
    expect(pictures).to.have.length(8);
    expect((arranged.body['pictures'] as Json[]).map(({ alt }) => alt)).to.deep.equal(['4', 'Hộp na']);
    expect((arranged.body['picture'] as Json)['alt']).to.equal('4');
  });

  it('are made on a phone, and come back with what was typed when somebody was quicker', async () => {
    const form = (name: string, version: number) =>
      app.as(owner).postForm(paths.appProductEdit(product.id), {
        version: String(version),
        name,
        'netContent.amount': '0,5',
        'netContent.unit': 'kg',
        standards: 'TCCS 01:2026 (mẫu)\nVietGAP',
      });

    const saved = await form('Na bở', product.version);
    const late = await form('Na dai loại hai', product.version);

    expect(saved.status).to.equal(303);
    expect(late.status).to.equal(409);
    expect(late.text).to.include('Na dai loại hai').and.include('Có người vừa sửa');
    const page = (await app.as(owner).page(paths.appProduct(product.id))).text;
    expect(page).to.include('Na bở').and.include('Lịch sử sửa (2)').and.include('VietGAP');
  });
});

describe('lists of products', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  const namesOf = (body: Json): string[] => (body['items'] as Json[]).map(({ name }) => String(name));

  before(async () => {
    app = await testApp();
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
    for (const name of ['Chè đinh', 'Chè đỉnh', 'Miến dong', 'Na dai La Hiên'])
      await aProduct(app, { producerId, owner, parts: { name }, picture: name !== 'Miến dong' });
  });
  after(() => app.close());

  const search = async (query: string): Promise<string[]> =>
    namesOf((await app.as(owner).get(`/api/v1/producers/${producerId}/products?${query}`)).body);

  it('are searched without marks and capitals, sorted and narrowed', async () => {
    expect(await search('q=CHE%20DINH&sort=name')).to.have.members(['Chè đinh', 'Chè đỉnh']);
    expect(await search('q=mi%E1%BA%BFn')).to.deep.equal(['Miến dong']);
    expect(await search('sort=name-desc')).to.include.ordered.members(['Na dai La Hiên', 'Miến dong']);
    expect(await search('complete=no')).to.deep.equal(['Miến dong']);
    expect(await search('complete=yes')).to.have.length(3);
    expect(await search('set=2')).to.deep.equal([]);
  });

  it('refuse what is no query', async () => {
    for (const query of [
      'sort=giá',
      'limit=0',
      'limit=101',
      'set=27',
      'complete=maybe',
      'sort=name&after=bịa',
      'la=1',
    ]) {
      const answer = await app.as(owner).get(`/api/v1/producers/${producerId}/products?${encodeURI(query)}`);
      expect(answer.status, query).to.equal(422);
    }
  });

  it('show officers the products of their province and nobody another’s', async () => {
    const officer = await app.as(anOfficer('19')).get('/api/v1/products?sort=name');
    const elsewhere = await app.as(anOfficer('20')).get('/api/v1/products');
    const page = (await app.as(anOfficer('19')).page(`${paths.officeProducts}?q=mien`)).text;

    expect(namesOf(officer.body)).to.have.length(4);
    expect(elsewhere.body['items']).to.deep.equal([]);
    expect(page).to.include('Miến dong').and.not.include('Na dai La Hiên');
    expect((await app.as(owner).page(paths.officeProducts)).status).to.equal(403);
  });

  it('say on the phone when nothing is found', async () => {
    const page = (await app.as(owner).page(`${paths.appProducts}?q=ruou`)).text;

    expect(page).to.include('Không thấy sản phẩm nào khớp &quot;ruou&quot;');
  });
});

describe('products of imported lists', () => {
  it('are stored once by their key, without what the list does not say, and open at a public key', async () => {
    const app = await testApp();
    const { producer, owner } = await aProducer(app);
    const list = ['Mắm nêm', 'Trà xanh', 'Mắm nêm'].map((name) => ({
      importKey: `key ${name}`,
      producerId: producer.id,
      name,
      ocopGroup: 'Thực phẩm',
      source: 'Danh sách mẫu',
    }));

    const first = await importProducts(app.db, anAdmin(), list, new Date());
    const second = await importProducts(app.db, anAdmin(), list, new Date());
    const refusal = await importProducts(app.db, owner, list, new Date()).catch((error: unknown) => error);

    expect([...first.keys()]).to.have.members(['key Mắm nêm', 'key Trà xanh']);
    expect(second).to.deep.equal(first);
    expect(await productIdsByImportKey(app.db, ['key Trà xanh', 'key lạ'])).to.have.length(1);
    expect(refusal).to.include({ code: 'not-allowed' });
    const stored = await productModel(app.db).findById(first.get('key Trà xanh')).lean();
    expect(stored).to.not.have.property('netContent');
    const opened = await productByPublicKey(app.db, stored?.publicKey ?? '');
    expect(opened).to.include({ name: 'Trà xanh', source: 'Danh sách mẫu' });
    expect(stored?.publicKey).to.match(/^[0-9a-hjkmnp-tv-z]{10}$/);
    await app.close();
  });
});
