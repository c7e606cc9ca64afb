// The pages of the journal over HTTP, as a phone without script uses them.
import { expect } from 'chai';
import sharp from 'sharp';
import type { Step } from '../../src/steps/steps.types.ts';
import { journalOf } from '../../src/steps/steps.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch, aFarm, aStep, newStepJson, sendStep } from '../support/factories.batches.ts';
import { uuidv7 } from '../support/factories.ts';
import { formOf, parts, wordsOf } from '../support/forms.ts';

const photo = (shade: number): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: { r: shade, g: 90, b: 60 } } })
    .jpeg()
    .toBuffer();

describe('pages of the journal', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  const stepsOf = async (batchId: string): Promise<Step[]> =>
    (await journalOf(app.db, batchId)).map(({ step }) => step);
  const openForm = async (owner: Parameters<TestApp['as']>[0], batchId: string, name = 'step') =>
    formOf((await app.as(owner).page(`/app/batches/${batchId}/steps/new`)).text, name);

  it('send a stranger to sign in and back', async () => {
    const { batch } = await aBatch(app);

    const answer = await app.as(undefined).page(`/app/batches/${batch.id}/steps/new`);

    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal(
      `/sign-in?next=${encodeURIComponent(`/app/batches/${batch.id}/steps/new`)}`,
    );
  });

  it('record a watering for today with nothing chosen but its tile', async () => {
    const { owner, batch } = await aBatch(app);
    const form = await openForm(owner, batch.id);

    const answer = await app.as(owner).postForm(form.action, parts({ ...form.fields, kind: 'water' }));

    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal(`/app/batches/${batch.id}?saved=step`);
    const [step] = await stepsOf(batch.id);
    expect(step).to.include({ kind: 'water', doneOn: '2026-09-04' });
    const page = await app.as(owner).page(`/app/batches/${batch.id}?saved=step`);
    expect(wordsOf(page.text)).to.include('Đã lưu việc vừa ghi.').and.to.include('Tưới nước');
  });

  it('store one step when the same form is sent ten times at once', async () => {
    const { owner, batch } = await aBatch(app);
    const form = await openForm(owner, batch.id);
    const fields = { ...form.fields, kind: 'weed', note: 'Làm cỏ quanh gốc' };

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => app.as(owner).postForm(form.action, parts(fields))),
    );

    expect(answers.map(({ status }) => status)).to.deep.equal(Array(10).fill(303));
    expect(await stepsOf(batch.id)).to.have.length(1);
  });

  it('repeat the last entry with the day of today at one tap', async () => {
    const { owner, batch } = await aBatch(app);
    await aStep(app, owner, batch.id, { kind: 'bag-fruit', doneOn: '2026-08-20', amount: 200, unit: 'quả' });
    const again = await openForm(owner, batch.id, 'again');

    const answer = await app.as(owner).postForm(again.action, parts(again.fields));

    expect(answer.status).to.equal(303);
    const [step] = await stepsOf(batch.id);
    expect(step).to.include({ kind: 'bag-fruit', doneOn: '2026-09-04' });
    expect(step?.data).to.include({ amount: 200, unit: 'quả' });
  });

  it('keep what was typed and name the day when a harvest comes too soon', async () => {
    const { owner, batch } = await aBatch(app);
    await aStep(app, owner, batch.id, { kind: 'spray', doneOn: '2026-09-01', waitDays: 7 });
    const form = await openForm(owner, batch.id);
    const typed = { ...form.fields, kind: 'harvest', amount: '40,5', unit: 'kg', note: 'Hái sớm' };

    const answer = await app.as(owner).postForm(form.action, parts(typed));

    expect(answer.status).to.equal(409);
    expect(wordsOf(answer.text)).to.include('được thu hoạch từ 08/09/2026');
    expect(formOf(answer.text, 'step').fields).to.include({ kind: 'harvest', amount: '40,5', note: 'Hái sớm' });
    expect(await stepsOf(batch.id)).to.have.length(1);
  });

  it('ask for the kind and for the name of a spray beside their fields', async () => {
    const { owner, batch } = await aBatch(app);
    const form = await openForm(owner, batch.id);

    const withoutKind = await app.as(owner).postForm(form.action, parts(form.fields));
    const withoutName = await app
      .as(owner)
      .postForm(form.action, parts({ ...form.fields, kind: 'spray', waitDays: '7' }));

    expect(withoutKind.status).to.equal(422);
    expect(withoutKind.text).to.include('id="kind-error"').and.to.include('href="#kind"');
    expect(withoutName.status).to.equal(422);
    expect(withoutName.text).to.include('aria-describedby="material-error');
    expect(formOf(withoutName.text, 'step').fields).to.include({ kind: 'spray', waitDays: '7' });
  });

  it('leave out what a kind does not have, though the hidden field was filled', async () => {
    const { owner, batch } = await aBatch(app);
    const form = await openForm(owner, batch.id);
    const typed = { ...form.fields, kind: 'water', waitDays: '7', material: 'x', amount: '3', unit: 'kg' };

    const answer = await app.as(owner).postForm(form.action, parts(typed));

    expect(answer.status).to.equal(303);
    const [step] = await stepsOf(batch.id);
    expect(step?.data).to.deep.include({ waitDays: undefined, material: undefined, amount: undefined });
  });

  it('take a day that is neither today nor yesterday, and refuse one that does not exist', async () => {
    const { owner, batch } = await aBatch(app);
    const form = await openForm(owner, batch.id);
    const other = { ...form.fields, kind: 'prune', when: 'other' };

    const accepted = await app.as(owner).postForm(form.action, parts({ ...other, otherDay: '2026-08-11' }));
    const refused = await app
      .as(owner)
      .postForm(form.action, parts({ ...other, id: uuidv7(), otherDay: '2026-02-30' }));

    expect(accepted.status).to.equal(303);
    expect((await stepsOf(batch.id))[0]?.doneOn).to.equal('2026-08-11');
    expect(refused.status).to.equal(422);
    expect(formOf(refused.text, 'step').fields).to.include({ when: 'other', otherDay: '2026-02-30' });
  });

  it('take photos with the step and give it their grade', async () => {
    const { owner, batch } = await aBatch(app);
    const form = await openForm(owner, batch.id);
    const photos = [await photo(10), await photo(200)];

    const answer = await app.as(owner).postForm(form.action, parts({ ...form.fields, kind: 'pollinate' }, photos));

    expect(answer.status).to.equal(303);
    const [entry] = await journalOf(app.db, batch.id);
    expect(entry?.photos).to.have.length(2);
    expect(entry?.grade).to.equal('with-photo');
  });

  it('keep the step when a photo can not be read, and say so', async () => {
    const { owner, batch } = await aBatch(app);
    const form = await openForm(owner, batch.id);
    const noPhoto = Buffer.from('không phải ảnh');

    const answer = await app.as(owner).postForm(form.action, parts({ ...form.fields, kind: 'water' }, [noPhoto]));

    expect(answer.headers.get('location')).to.equal(`/app/batches/${batch.id}?saved=step-no-photo`);
    expect(await stepsOf(batch.id)).to.have.length(1);
  });

  it('refuse a fourth photo and store nothing', async () => {
    const { owner, batch } = await aBatch(app);
    const form = await openForm(owner, batch.id);
    const photos = await Promise.all([1, 2, 3, 4].map(photo));

    const answer = await app.as(owner).postForm(form.action, parts({ ...form.fields, kind: 'water' }, photos));

    expect(answer.status).to.equal(422);
    expect(formOf(answer.text, 'step').fields).to.include({ kind: 'water' });
    expect(await stepsOf(batch.id)).to.have.length(0);
  });

  it('come back with what was typed when a photo is larger than 25 MB', async () => {
    const { owner, batch } = await aBatch(app);
    const form = await openForm(owner, batch.id);
    const typed = { ...form.fields, kind: 'prune', note: 'Tỉa sau mưa' };

    const answer = await app.as(owner).postForm(form.action, parts(typed, [Buffer.alloc(25 * 1024 * 1024 + 1)]));

    expect(answer.status).to.equal(422);
    expect(formOf(answer.text, 'step').fields).to.include({ kind: 'prune', note: 'Tỉa sau mưa' });
    expect(wordsOf(answer.text)).to.include('nhiều nhất 25 MB');
    expect(await stepsOf(batch.id)).to.have.length(0);
  });

  it('give a second record its own id when a saved form is changed and sent again', async () => {
    const { owner, batch } = await aBatch(app);
    const form = await openForm(owner, batch.id);
    await app.as(owner).postForm(form.action, parts({ ...form.fields, kind: 'water' }));

    const changed = await app.as(owner).postForm(form.action, parts({ ...form.fields, kind: 'weed' }));
    const second = formOf(changed.text, 'step');
    const answer = await app.as(owner).postForm(second.action, parts(second.fields));

    expect(changed.status).to.equal(409);
    expect(answer.status).to.equal(303);
    expect((await stepsOf(batch.id)).map(({ kind }) => kind).sort()).to.deep.equal(['water', 'weed']);
  });

  it('correct a step by a new one that keeps its photos', async () => {
    const { owner, batch } = await aBatch(app);
    const form = await openForm(owner, batch.id);
    await app.as(owner).postForm(form.action, parts({ ...form.fields, kind: 'fertilise' }, [await photo(50)]));
    const [step] = await stepsOf(batch.id);
    const page = await app.as(owner).page(`/app/steps/${step?.id}/correction`);
    const correction = formOf(page.text, 'correction');

    const answer = await app
      .as(owner)
      .postForm(correction.action, parts({ ...correction.fields, amount: '12,5', unit: 'kg' }));

    expect(answer.headers.get('location')).to.equal(`/app/batches/${batch.id}?saved=correction`);
    const [entry] = await journalOf(app.db, batch.id);
    expect(entry?.step).to.include({ kind: 'fertilise', corrects: step?.id });
    expect(entry?.step.data).to.include({ amount: 12.5, unit: 'kg' });
    expect(entry?.photos).to.have.length(1);
    expect(entry?.correctionCount).to.equal(1);
  });

  it('keep a span of days when a step of several days is corrected', async () => {
    const { owner, batch } = await aBatch(app);
    const step = await aStep(app, owner, batch.id, { kind: 'prune', doneOn: '2026-08-01', doneUntil: '2026-08-05' });
    const page = await app.as(owner).page(`/app/steps/${String(step['id'])}/correction`);
    const correction = formOf(page.text, 'correction');

    await app.as(owner).postForm(correction.action, parts({ ...correction.fields, note: 'Tỉa cả hai vườn' }));

    const [entry] = await journalOf(app.db, batch.id);
    expect(entry?.step).to.include({ doneOn: '2026-08-01', doneUntil: '2026-08-05' });
  });

  it('withdraw a step, once', async () => {
    const { owner, batch } = await aBatch(app);
    const step = await aStep(app, owner, batch.id, { kind: 'water' });
    const page = await app.as(owner).page(`/app/steps/${String(step['id'])}/correction`);
    const withdrawal = formOf(page.text, 'withdrawal');

    const first = await app.as(owner).postForm(withdrawal.action, withdrawal.fields);
    const second = await app.as(owner).postForm(withdrawal.action, withdrawal.fields);

    expect(first.headers.get('location')).to.equal(`/app/batches/${batch.id}?saved=withdrawal`);
    expect(second.status).to.equal(303);
    expect(await stepsOf(batch.id)).to.have.length(0);
  });

  it('answer 404 to another producer for every page and form of the journal', async () => {
    const { owner, batch } = await aBatch(app);
    const step = await aStep(app, owner, batch.id);
    const { owner: stranger } = await aFarm(app);
    const client = app.as(stranger);
    const fields = { id: uuidv7(), kind: 'water', when: '2026-09-04' };

    const answers = await Promise.all([
      client.page(`/app/batches/${batch.id}`),
      client.page(`/app/batches/${batch.id}/steps/new`),
      client.page(`/app/steps/${String(step['id'])}/correction`),
      client.postForm(`/app/batches/${batch.id}/steps`, parts(fields)),
      client.postForm(`/app/steps/${String(step['id'])}/correction`, parts(fields)),
      client.postForm(`/app/steps/${String(step['id'])}/withdrawal`, { id: uuidv7() }),
      client.page('/app/batches/khong-phai-ma'),
    ]);

    expect(answers.map(({ status }) => status)).to.deep.equal(Array(7).fill(404));
    expect(await stepsOf(batch.id)).to.have.length(1);
  });

  it('show the journal to the officer of the province without the means to change it', async () => {
    const { owner, officer, batch } = await aBatch(app);
    await aStep(app, owner, batch.id);

    const page = await app.as(officer).page(`/app/batches/${batch.id}`);
    const form = await app.as(officer).page(`/app/batches/${batch.id}/steps/new`);

    expect(page.status).to.equal(200);
    expect(page.text).not.to.include('/correction').and.not.to.include('/steps/new');
    expect(form.status).to.equal(403);
  });

  it('show a note with markup as text, and a silence as a gap', async () => {
    const { owner, batch } = await aBatch(app);
    const note = '<script>alert(1)</script> {{constructor}}';
    await aStep(app, owner, batch.id, { kind: 'prune', doneOn: '2026-06-01' });
    await aStep(app, owner, batch.id, { kind: 'weed', doneOn: '2026-08-01', note });

    const page = await app.as(owner).page(`/app/batches/${batch.id}`);

    expect(page.text).not.to.include('<script>alert');
    expect(wordsOf(page.text)).to.include(note).and.to.include('Không có ghi chép trong 60 ngày');
  });

  for (const [title, bad] of [
    ['a NUL in the note', { note: 'a\u0000b' }],
    ['a kind that does not exist', { kind: 'bay' }],
    ['a number of units that is none', { kind: 'pack', unitsPacked: 'nhiều' }],
    ['a note of 501 characters', { note: 'x'.repeat(501) }],
    ['an id that is none', { id: '{"$gt": ""}' }],
    ['a place of somebody else', { siteIds: '0190a1b2-0000-7000-8000-000000000001' }],
  ] as const) {
    it(`refuse ${title} and store nothing`, async () => {
      const { owner, batch } = await aBatch(app);
      const form = await openForm(owner, batch.id);

      const answer = await app.as(owner).postForm(form.action, parts({ ...form.fields, kind: 'water', ...bad }));

      expect(answer.status).to.be.oneOf([409, 422]);
      expect(answer.text).to.include('role="alert"');
      expect(await stepsOf(batch.id)).to.have.length(0);
    });
  }

  it('say when no harvest is allowed yet', async () => {
    const { owner, batch } = await aBatch(app);
    await aStep(app, owner, batch.id, { kind: 'spray', doneOn: '2026-09-01', waitDays: 14 });
    const unknown = await aBatch(app);
    await sendStep(app, unknown.owner, unknown.batch.id, newStepJson({ kind: 'spray', doneOn: '2026-09-01' }));

    const page = await app.as(owner).page(`/app/batches/${batch.id}`);
    const other = await app.as(unknown.owner).page(`/app/batches/${unknown.batch.id}`);

    expect(wordsOf(page.text)).to.include('Chờ cách ly, được hái từ 15/09/2026');
    expect(wordsOf(other.text)).to.include('lần phun 01/09/2026 chưa ghi thời gian cách ly');
  });
});
