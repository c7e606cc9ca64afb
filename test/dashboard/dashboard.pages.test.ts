// The producer's home over HTTP.
import { expect } from 'chai';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch, aFarm, aStep } from '../support/factories.batches.ts';
import { aProducer } from '../support/factories.producers.ts';
import { anAdmin, anOfficer } from '../support/factories.ts';
import { formOf, parts, wordsOf } from '../support/forms.ts';
import { journalOf } from '../../src/steps/steps.service.ts';

describe("the producer's home", () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  it('sends a stranger to sign in, an officer to the office and an administrator to the accounts', async () => {
    const answers = await Promise.all([undefined, anOfficer(), anAdmin()].map((actor) => app.as(actor).page('/app')));

    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303, 303]);
    expect(answers.map(({ headers }) => headers.get('location'))).to.deep.equal([
      '/sign-in?next=%2Fapp',
      '/office',
      '/admin',
    ]);
  });

  it('leads a new producer from a site to a product to a batch', async () => {
    const { owner } = await aProducer(app);
    const farm = await aFarm(app);

    const fresh = await app.as(owner).page('/app');
    const withProduct = await app.as(farm.owner).page('/app');

    expect(wordsOf(fresh.text)).to.include('Thêm vùng sản xuất').and.to.include('Lập lô hàng đầu tiên');
    expect(fresh.text).to.include('href="/app/sites/new"').and.not.to.include('data-test="batch-card"');
    expect(withProduct.text).to.include('href="/app/batches/new"').and.not.to.include('href="/app/sites/new"');
  });

  it('shows the last entry under the main action, the batch and what labels still lack', async () => {
    const { owner, batch } = await aBatch(app);
    await aStep(app, owner, batch.id, { kind: 'bag-fruit', doneOn: '2026-09-03', amount: 200, unit: 'quả' });

    const page = await app.as(owner).page('/app');

    const words = wordsOf(page.text);
    expect(words).to.include('Hôm qua: bao quả, 200').and.to.include(batch.lotNumber);
    expect(words).to.include('/12').and.to.include('Còn thiếu');
    expect(page.text).not.to.include('data-test="first-steps"');
  });

  it('says from which day a harvest is allowed', async () => {
    const { owner, batch } = await aBatch(app);
    await aStep(app, owner, batch.id, { kind: 'spray', doneOn: '2026-09-01', waitDays: 7 });

    const page = await app.as(owner).page('/app');

    expect(wordsOf(page.text)).to.include('Chờ cách ly, được hái từ 08/09');
  });

  it('asks after fourteen silent days, and records that nothing was done', async () => {
    const { owner, batch } = await aBatch(app);
    await aStep(app, owner, batch.id, { kind: 'weed', doneOn: '2026-08-20' });
    const page = await app.as(owner).page('/app');
    const form = formOf(page.text, 'nothing-done');

    const answer = await app.as(owner).postForm(form.action, parts(form.fields));

    expect(wordsOf(page.text)).to.include(`Lô ${batch.lotNumber}: 15 ngày chưa ghi`);
    expect(answer.status).to.equal(303);
    const [latest] = await journalOf(app.db, batch.id);
    expect(latest?.step).to.include({ kind: 'nothing-done', doneOn: '2026-08-21', doneUntil: '2026-09-04' });
    expect((await app.as(owner).page('/app')).text).not.to.include('data-test="silent"');
  });

  it('goes straight to the form where one batch is in progress, and lets one choose among several', async () => {
    const { batch, ...farm } = await aBatch(app);

    const only = await app.as(farm.owner).page('/app/record');
    const second = await aBatch(app, { farm });
    const several = await app.as(farm.owner).page('/app/record');

    expect(only.headers.get('location')).to.equal(`/app/batches/${batch.id}/steps/new`);
    expect(several.status).to.equal(200);
    expect(several.text).to.include(batch.id).and.to.include(second.batch.id);
  });

  it("shows nothing of another producer's batches", async () => {
    const { batch } = await aBatch(app);
    const { owner } = await aFarm(app);

    const pages = await Promise.all(['/app', '/app/record', '/app/me'].map((path) => app.as(owner).page(path)));

    for (const page of pages) expect(page.text).not.to.include(batch.lotNumber).and.not.to.include(batch.id);
  });

  it('offers the way out, the other language and the five items of the menu', async () => {
    const { owner, producer } = await aFarm(app);

    const page = await app.as(owner).page('/app/me');
    const english = await app.as(owner).page('/app/me?lang=en');

    expect(page.status).to.equal(200);
    expect(wordsOf(page.text)).to.include(producer.legalName).and.to.include('Nhà Ghi việc Lô hàng In tem Của tôi');
    expect(page.text)
      .to.include('action="/sign-out"')
      .and.to.match(/href="\/app\/me" aria-current="page"/);
    expect(english.text).to.include('<html lang="en">');
  });

  it('refuses a person without an organisation at the choice of a batch', async () => {
    const answer = await app.as(anOfficer()).page('/app/record');

    expect(answer.status).to.equal(403);
  });
});
