// The pages of batches over HTTP, as a phone without script uses them.
import { expect } from 'chai';
import { listBatches, requireBatch } from '../../src/batches/batches.service.ts';
import type { Batch } from '../../src/batches/batches.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch, aFarm, aNaProduct, aStep, sendStep } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { formOf, wordsOf } from '../support/forms.ts';

describe('pages of batches', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  const batchesOf = async (farm: Farm): Promise<Batch[]> =>
    (await listBatches(app.db, farm.owner, { producerId: farm.producer.id }, { limit: 50 })).items;
  const newForm = async (farm: Farm) => formOf((await app.as(farm.owner).page('/app/batches/new')).text, 'new-batch');
  const filled = (farm: Farm) => ({ siteIds: farm.plotA.id, 'quantity.amount': '402,5' });

  it('send a stranger to sign in', async () => {
    const answer = await app.as(undefined).page('/app/batches/new');

    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal('/sign-in?next=%2Fapp%2Fbatches%2Fnew');
  });

  it('make a batch under the suggested lot number', async () => {
    const farm = await aFarm(app);
    const form = await newForm(farm);

    const answer = await app.as(farm.owner).postForm(form.action, { ...form.fields, ...filled(farm) });

    const [batch] = await batchesOf(farm);
    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal(`/app/batches/${batch?.id}?saved=batch`);
    expect(batch).to.include({ lotNumber: 'NA-260904-01', startedOn: '2026-09-04', unitsMade: 0 });
    expect(batch?.quantity).to.deep.equal({ amount: 402.5, unit: 'kg' });
    expect((await newForm(farm)).fields['lotNumber']).to.equal('NA-260904-02');
  });

  it('make one batch when the form is sent twice at once', async () => {
    const farm = await aFarm(app);
    const form = await newForm(farm);
    const fields = { ...form.fields, ...filled(farm) };

    const answers = await Promise.all([1, 2].map(() => app.as(farm.owner).postForm(form.action, fields)));

    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
    expect(await batchesOf(farm)).to.have.length(1);
  });

  it('keep what was typed when fields are missing, and name each in the summary', async () => {
    const farm = await aFarm(app);
    const form = await newForm(farm);

    const answer = await app.as(farm.owner).postForm(form.action, { ...form.fields, lotNumber: 'LO-CUA-TOI' });

    expect(answer.status).to.equal(422);
    expect(formOf(answer.text, 'new-batch').fields).to.include({ lotNumber: 'LO-CUA-TOI' });
    expect(wordsOf(answer.text)).to.include('Còn 2 chỗ cần sửa').and.to.include('Sản lượng: Cần điền mục này.');
    expect(answer.text).to.include('href="#quantity.amount"').and.to.include('href="#siteIds"');
    expect(await batchesOf(farm)).to.have.length(0);
  });

  it('refuse a lot number that the product has, keeping the rest', async () => {
    const { batch, ...farm } = await aBatch(app);
    const form = await newForm(farm);
    const typed = { ...form.fields, ...filled(farm), lotNumber: batch.lotNumber };

    const answer = await app.as(farm.owner).postForm(form.action, typed);

    expect(answer.status).to.equal(409);
    expect(wordsOf(answer.text)).to.include(`Số lô ${batch.lotNumber} đã có cho sản phẩm này.`);
    expect(formOf(answer.text, 'new-batch').fields).to.include({ 'quantity.amount': '402,5' });
  });

  it('ask which product where there are several, and what to add first where something is missing', async () => {
    const farm = await aFarm(app);
    await aNaProduct(app, farm.owner, farm.producer.id, { name: 'Na sấy' });
    const { owner } = await aProducer(app);

    const several = await app.as(farm.owner).page('/app/batches/new');
    const none = await app.as(owner).page('/app/batches/new');

    expect(wordsOf(several.text)).to.include('Na dai La Hiên').and.to.include('Na sấy');
    expect(several.text).to.include(farm.product.id);
    expect(none.text).to.include('/app/products/new');
  });

  it("answer 404 for another producer's product, batch and packing", async () => {
    const { batch, product } = await aBatch(app);
    const stranger = await aFarm(app);
    const client = app.as(stranger.owner);
    const form = await newForm(stranger);

    const answers = await Promise.all([
      client.postForm(form.action, { ...form.fields, ...filled(stranger), product: product.id }),
      client.page(`/app/batches/${batch.id}/packing`),
      client.postForm(`/app/batches/${batch.id}/packing`, { id: uuidv7() }),
      client.page(`/app/batches/${batch.id}/holds/${uuidv7()}`),
    ]);

    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 404]);
    expect((await client.page('/app/batches')).text).not.to.include(batch.lotNumber);
  });

  it('take what was packed, and refuse days out of order', async () => {
    const { owner, batch } = await aBatch(app, { parts: { unitsMade: 0 } });
    const page = await app.as(owner).page(`/app/batches/${batch.id}/packing`);
    const form = formOf(page.text, 'packing');
    const days = { ...form.fields, harvestedOn: '2026-09-02', packedOn: '2026-09-01', unitsMade: '800' };

    const refused = await app.as(owner).postForm(form.action, days);
    const accepted = await app.as(owner).postForm(form.action, { ...days, packedOn: '2026-09-03' });

    expect(refused.status).to.equal(422);
    expect(formOf(refused.text, 'packing').fields).to.include({ packedOn: '2026-09-01', unitsMade: '800' });
    expect(accepted.headers.get('location')).to.equal(`/app/batches/${batch.id}?saved=packing`);
    expect(await requireBatch(app.db, batch.id)).to.include({
      packedOn: '2026-09-03',
      useBy: '2026-09-10',
      unitsMade: 800,
    });
  });

  it('settle a hold with a reason, and only with one', async () => {
    const { owner, batch } = await aBatch(app);
    await aStep(app, owner, batch.id, { kind: 'harvest', doneOn: '2026-08-20', amount: 10, unit: 'kg' });
    await sendStep(app, owner, batch.id, { kind: 'spray', doneOn: '2026-08-15', waitDays: 14 });
    const page = await app.as(owner).page(`/app/batches/${batch.id}`);
    const address = /href="(\/app\/batches\/[^"]*\/holds\/[^"]*)"/.exec(page.text)?.[1] ?? '';
    const form = formOf((await app.as(owner).page(address)).text, 'settlement');

    const without = await app.as(owner).postForm(form.action, form.fields);
    const settled = await app.as(owner).postForm(form.action, { reason: 'Ghi nhầm ngày phun, đã sửa theo sổ tay' });

    expect(without.status).to.equal(422);
    expect(settled.headers.get('location')).to.equal(`/app/batches/${batch.id}?saved=settlement`);
    expect((await requireBatch(app.db, batch.id)).held).to.equal(false);
  });

  it('show the flag of an address only where it is a known one', async () => {
    const { owner, batch } = await aBatch(app);

    const known = await app.as(owner).page(`/app/batches/${batch.id}?saved=batch`);
    const unknown = await app.as(owner).page(`/app/batches/${batch.id}?saved=constructor`);

    expect(wordsOf(known.text)).to.include('Đã lập lô');
    expect(unknown.text).not.to.include('class="xong"');
  });
});
