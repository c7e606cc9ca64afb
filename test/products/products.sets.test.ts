// The 26 sets by name: in the decision's words, and as an imported score card names them.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { paths } from '../../src/paths.ts';
import { setNames } from '../../src/products/products.sets.service.ts';
import { scoreCardsImporter } from '../../src/scorecards/scorecards.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';
import { skipWithoutReference } from '../support/reference.ts';

const reference = 'data/ocop-criteria-2026.json';

describe('names of sets', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  it('are 26, and the form offers them by number and name', async () => {
    const { owner } = await aProducer(app);

    const names = await setNames(app.db);
    const form = (await app.as(owner).page(paths.appNewProduct)).text;

    expect(names.map(({ set }) => set)).to.deep.equal(Array.from({ length: 26 }, (_, place) => place + 1));
    expect(form).to.include('<option value="11">Bộ 11: Chè tươi, chè chế biến</option>');
    expect(form.match(/<option value="\d+">Bộ /g)).to.have.length(26);
  });

  it('are those of the imported score cards once there are some, and the built-in ones say the same', async function () {
    const file = skipWithoutReference(this, reference);
    const before = await setNames(app.db);
    const read = await scoreCardsImporter.read({ name: 'cards.json', bytes: readFileSync(file) });
    const cards = read.rows.flatMap(({ value }) => value ?? []);
    const renamed = cards.map((card) => (card.set === 11 ? { ...card, name: 'Chè đổi tên' } : card));
    const { producer, owner } = await aProducer(app);
    const product = await aProduct(app, { producerId: producer.id, owner, parts: { ocopSet: 11 } });

    await scoreCardsImporter.store(app.db, anAdmin(), renamed, app.deps.clock());

    const after = await setNames(app.db);
    expect(after.filter(({ set }) => set !== 11)).to.deep.equal(before.filter(({ set }) => set !== 11));
    expect((await app.as(owner).page(paths.appProduct(product.id))).text).to.include('Bộ 11: Chè đổi tên');
  });
});
