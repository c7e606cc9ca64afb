// Products from lists of recognitions: stored once by their key, with nothing that the list does not say.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { paths } from '../../src/paths.ts';
import { productModel } from '../../src/products/products.model.ts';
import { importProducts, productIdsByImportKey } from '../../src/products/products.import.service.ts';
import { productByPublicKey, productFor } from '../../src/products/products.service.ts';
import type { ImportedProduct } from '../../src/products/products.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { changedProductJson } from '../support/factories.products.ts';

describe('products of imported lists', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  const line = (name: string): ImportedProduct => ({
    importKey: `key ${name}`,
    producerId,
    name,
    ocopGroup: 'Thực phẩm',
    source: 'Danh sách mẫu',
  });
  const put = (list: readonly ImportedProduct[]) => importProducts(app.db, anAdmin(), list, app.deps.clock());

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    await productModel(app.db).deleteMany({});
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
  });

  it('are stored once by their key, however often and by however many they are imported', async () => {
    const list = ['Mắm nêm', 'Trà xanh', 'Mắm nêm'].map(line);

    const [first, ...others] = await Promise.all([put(list), put(list), put(list)]);
    const later = await put(list);

    expect([...(first ?? new Map()).keys()]).to.have.members(['key Mắm nêm', 'key Trà xanh']);
    for (const one of [...others, later]) expect(one).to.deep.equal(first);
    expect(await productModel(app.db).countDocuments()).to.equal(2);
    expect(await productIdsByImportKey(app.db, ['key Trà xanh', 'key lạ'])).to.have.length(1);
  });

  it('have no net content, and open at a public key', async () => {
    const ids = await put([line('Trà xanh')]);

    const stored = await productModel(app.db).findById(ids.get('key Trà xanh')).lean();

    expect(stored).to.not.have.property('netContent');
    expect(stored?.publicKey).to.match(/^[0-9a-hjkmnp-tv-z]{10}$/);
    expect(await productByPublicKey(app.db, stored?.publicKey ?? '')).to.include({
      name: 'Trà xanh',
      source: 'Danh sách mẫu',
    });
    expect(await productByPublicKey(app.db, 'zzzzzzzzzz')).to.equal(undefined);
  });

  it('stay as their people made them when the list comes again', async () => {
    const id = (await put([line('Trà xanh')])).get('key Trà xanh') ?? '';
    const product = await productFor(app.db, owner, id);
    const changed = changedProductJson(product, { name: 'Trà xanh Nương Mẫu' });
    await app.as(owner).put(`/api/v1/products/${id}`, Buffer.from(JSON.stringify(changed)), 'application/json');

    await put([line('Trà xanh')]);

    expect(await productFor(app.db, owner, id)).to.include({ name: 'Trà xanh Nương Mẫu', source: 'Danh sách mẫu' });
  });

  it('say on their page where they come from and all that labels still lack', async () => {
    const id = (await put([line('Trà xanh')])).get('key Trà xanh') ?? '';

    const page = (await app.as(owner).page(paths.appProduct(id))).text;

    expect(page).to.include('Danh sách mẫu').and.include('href="#picture"');
    for (const field of ['netContent.amount', 'origin', 'standards'])
      expect(page).to.include(`href="${paths.appProductEdit(id)}#${field}"`);
  });

  it('are for administrators to import', async () => {
    const refusal = await importProducts(app.db, owner, [line('Trà xanh')], app.deps.clock()).catch(
      (error: unknown) => error,
    );

    expect(refusal).to.include({ code: 'not-allowed' });
  });

  it('are none for an empty list', async () => {
    expect(await put([])).to.have.length(0);
    expect(await productIdsByImportKey(app.db, [])).to.have.length(0);
    expect(await productIdsByImportKey(app.db, [uuidv7()])).to.have.length(0);
  });
});
