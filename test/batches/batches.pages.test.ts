// The pages of batches over HTTP, as a phone without script uses them.
import { expect } from 'chai';
import { listBatches, requireBatch, takeUnits } from '../../src/batches/batches.service.ts';
import type { Batch } from '../../src/batches/batches.types.ts';
import { siteModel } from '../../src/sites/sites.model.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch, aFarm, aNaProduct, aStep, sendStep } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { aMaterial } from '../support/factories.materials.ts';
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

  describe('of the list', () => {
    it('find by lot and product without marks, keep the question in the next page’s link, and say when nothing is found', async () => {
      const farm = await aFarm(app);
      for (let n = 0; n < 21; n += 1) await aBatch(app, { farm, parts: { lotNumber: `LO-${n}` } });
      const list = async (query: string): Promise<string> =>
        (await app.as(farm.owner).page(`/app/batches${query}`)).text;

      const first = await list('?q=na%20dai&state=open&sort=name');
      const next = /href="([^"]*)" data-test="next"/.exec(first)?.[1] ?? '';
      const nextPath = next.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&').replace('/app/batches', '');

      expect(nextPath).to.include('q=na').and.to.include('state=open').and.to.include('sort=name');
      expect((await list(nextPath)).match(/data-test="batch"/g)).to.have.length(1);
      expect(wordsOf(await list('?q=khong-co'))).to.include('Không thấy lô nào khớp “khong-co”.');
      expect(wordsOf(await list('?state=closed'))).to.include('Không có lô nào hợp các mục đã lọc.');
      expect((await app.as(farm.owner).page('/app/batches?state=gone')).status).to.equal(404);
    });
  });

  describe('of one batch', () => {
    it('tell its balance in plain words, what went in, and the line', async () => {
      const farm = await aFarm(app);
      const source = await aBatch(app, { farm, parts: { lotNumber: 'NGUON-1' } });
      const inputs = [{ name: 'Túi giấy', amount: 1.5, unit: 'kg', lot: 'T-1' }];
      const { batch } = await aBatch(app, {
        farm,
        parts: { quantity: { amount: 420, unit: 'kg' }, unitsMade: 804, inputs, madeFrom: [source.batch.id] },
      });
      await takeUnits(app.db, batch.id, uuidv7(), 130);

      const shown = wordsOf((await app.as(farm.owner).page(`/app/batches/${batch.id}`)).text);
      const above = wordsOf((await app.as(farm.officer).page(`/app/batches/${source.batch.id}`)).text);

      expect(shown).to.include('Sản lượng 420 kg, đã đóng 804 hộp loại 0,5 kg, tức 402 kg; còn 18 kg chưa đóng.');
      expect(shown).to.include('Đã lấy tem cho 130 hộp, còn 674 hộp chưa có tem.');
      expect(shown).to.include('Túi giấy lô T-1 1,5 kg').and.to.include('Làm từ lô').and.to.include('Lô NGUON-1');
      expect(above).to.include('Đã làm thành lô').and.to.include(`Lô ${batch.lotNumber}`);
    });

    it('say when labels are out for more than was packed', async () => {
      const { owner, batch } = await aBatch(app, { parts: { unitsMade: 100 } });
      await takeUnits(app.db, batch.id, uuidv7(), 60);
      const edit = formOf((await app.as(owner).page(`/app/batches/${batch.id}/edit`)).text, 'edit-batch');

      await app.as(owner).postForm(edit.action, { ...edit.fields, siteIds: batch.siteIds[0] ?? '', unitsMade: '50' });

      const shown = wordsOf((await app.as(owner).page(`/app/batches/${batch.id}`)).text);
      expect(shown).to.include('Số tem đã lấy nhiều hơn số đã đóng 10 hộp.');
      expect(shown).to.include('Lô đang bị giữ lại');
    });
  });

  describe('that make and change a batch', () => {
    it('take what went in and the batches it was made from, leaving empty rows out', async () => {
      const farm = await aFarm(app);
      const source = await aBatch(app, { farm });
      const sugar = await aMaterial(app, farm.owner, farm.producer.id, { name: 'Đường phèn', kind: 'ingredient' });
      const form = await newForm(farm);

      const answer = await app.as(farm.owner).postForm(form.action, {
        ...form.fields,
        ...filled(farm),
        madeFrom: source.batch.id,
        'inputs.1.materialId': sugar.id,
        'inputs.1.name': 'gõ thừa',
        'inputs.1.amount': '6,5',
        'inputs.1.unit': 'kg',
      });

      const [batch] = await batchesOf(farm);
      expect(answer.status).to.equal(303);
      expect(batch?.madeFrom).to.deep.equal([source.batch.id]);
      expect(batch?.inputs).to.deep.equal([
        { materialId: sugar.id, name: 'Đường phèn', amount: 6.5, unit: 'kg', lot: '' },
      ]);
    });

    it('name the row that is wrong and keep all rows', async () => {
      const farm = await aFarm(app);
      const form = await newForm(farm);

      const answer = await app.as(farm.owner).postForm(form.action, {
        ...form.fields,
        ...filled(farm),
        'inputs.0.name': 'Đường',
        'inputs.0.amount': '1',
        'inputs.1.name': 'Muối',
        'inputs.1.amount': 'nhiều',
      });

      expect(answer.status).to.equal(422);
      expect(wordsOf(answer.text)).to.include('Bao nhiêu, Dòng 2: Điền một con số.');
      expect(formOf(answer.text, 'new-batch').fields).to.include({
        'inputs.0.name': 'Đường',
        'inputs.1.name': 'Muối',
        'inputs.1.amount': 'nhiều',
      });
    });

    it('lead from a lot number that is taken to the batch that has it', async () => {
      const { batch, ...farm } = await aBatch(app);
      const form = await newForm(farm);

      const answer = await app
        .as(farm.owner)
        .postForm(form.action, { ...form.fields, ...filled(farm), lotNumber: batch.lotNumber });

      expect(answer.text).to.match(new RegExp(`href="/app/batches/${batch.id}" data-test="taken"`));
    });

    it('offer sites in use only, but keep a closed one that the batch has', async () => {
      const farm = await aFarm(app);
      const { batch } = await aBatch(app, { farm, parts: { siteIds: [farm.plotB.id] } });
      await siteModel(app.db).updateOne({ _id: farm.plotB.id }, { $set: { closedOn: '2026-08-01' } });

      const making = (await app.as(farm.owner).page('/app/batches/new')).text;
      const editing = (await app.as(farm.owner).page(`/app/batches/${batch.id}/edit`)).text;

      expect(making).to.include(farm.plotA.id).and.to.not.include(farm.plotB.id);
      expect(editing).to.include(farm.plotA.id).and.to.include(farm.plotB.id);
    });

    it('show what somebody else stored meanwhile, and save on the second try', async () => {
      const { owner, batch } = await aBatch(app, { parts: {} });
      const path = `/app/batches/${batch.id}/edit`;
      const open = async () => formOf((await app.as(owner).page(path)).text, 'edit-batch').fields;
      const [mine, theirs] = [await open(), await open()];
      await app.as(owner).postForm(path, { ...theirs, siteIds: batch.siteIds[0] ?? '', packedOn: '2026-09-02' });

      const late = await app
        .as(owner)
        .postForm(path, { ...mine, siteIds: batch.siteIds[0] ?? '', packedOn: '2026-09-03' });
      const again = await app.as(owner).postForm(path, {
        ...formOf(late.text, 'edit-batch').fields,
        siteIds: batch.siteIds[0] ?? '',
      });

      expect([late.status, again.status]).to.deep.equal([409, 303]);
      expect(wordsOf(late.text)).to.include('Bản đang lưu khác bản bạn gõ').and.to.include('02/09/2026');
      const history = wordsOf((await app.as(owner).page(`/app/batches/${batch.id}/history`)).text);
      expect(history).to.include('Ngày đóng gói Trước: 02/09/2026 Nay: 03/09/2026');
      expect(history).to.include('Trước: để trống Nay: 02/09/2026');
    });

    it('close it and reopen it with a reason', async () => {
      const { owner, batch } = await aBatch(app);
      const path = `/app/batches/${batch.id}`;
      const turn = async () => formOf((await app.as(owner).page(`${path}/closing`)).text, 'turn');
      const closing = await turn();

      await app.as(owner).postForm(closing.action, { ...closing.fields, reason: 'Đã bán hết.' });
      const closed = await app.as(owner).page(path);
      const edit = await app.as(owner).page(`${path}/edit`);
      const record = await app.as(owner).page(`${path}/steps/new`);
      const reopening = await turn();
      const noReason = await app.as(owner).postForm(reopening.action, reopening.fields);
      const reopened = await app
        .as(owner)
        .postForm(reopening.action, { ...reopening.fields, reason: 'Còn hàng trả về.' });

      expect(wordsOf(closed.text)).to.include('Lô đã đóng ngày 04/09/2026.').and.to.include('Lý do: Đã bán hết.');
      expect(closed.text).to.not.include('/steps/new').and.to.not.include('/edit"');
      expect([edit.status, record.status]).to.deep.equal([409, 409]);
      expect([noReason.status, reopened.status]).to.deep.equal([422, 303]);
    });

    it('answer 404 to strangers and 403 to officers', async () => {
      const { batch, officer } = await aBatch(app);
      const stranger = app.as((await aFarm(app)).owner);
      const paths = ['edit', 'closing', 'history'].map((name) => `/app/batches/${batch.id}/${name}`);

      const foreign = await Promise.all(paths.map((path) => stranger.page(path)));
      const sent = await Promise.all(
        ['edit', 'closing', 'reopening'].map((name) => stranger.postForm(`/app/batches/${batch.id}/${name}`, {})),
      );
      const official = await Promise.all(paths.map((path) => app.as(officer).page(path)));

      expect([...foreign, ...sent].map(({ status }) => status)).to.deep.equal([404, 404, 404, 404, 404, 404]);
      expect(official.map(({ status }) => status)).to.deep.equal([403, 403, 200]);
    });
  });
});
