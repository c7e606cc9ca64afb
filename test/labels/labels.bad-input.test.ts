// What people get wrong with labels, as the API and the form answer it in both languages; a file that nobody waits for any more. K04.
import { expect } from 'chai';
import { setTimeout as wait } from 'node:timers/promises';
import { requireBatch } from '../../src/batches/batches.service.ts';
import { labelCheckModel } from '../../src/labels/labels.checks.model.ts';
import { labelRunEventModel } from '../../src/labels/labels.events.model.ts';
import { sheetsInPress } from '../../src/labels/labels.press.ts';
import { apiBase, paths } from '../../src/paths.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { uuidv7 } from '../support/factories.ts';
import { newRecallJson } from '../support/factories.batches.ts';
import { runsOf, typeOf } from '../support/label-runs.ts';
import type { RunClient } from '../support/label-runs.ts';

type Json = Record<string, unknown>;

describe('labels and what people get wrong', function () {
  this.timeout(60_000);
  let app: TestApp;
  let lot: LabelledLot;
  let runs: RunClient;
  const unitsLeft = async (): Promise<number> => (await requireBatch(app.db, lot.batch.id)).unitsLeft;

  before(async () => {
    app = await testApp({ baseUrl: 'https://truyxuat.example.vn' });
    lot = await aLabelledLot(app, { batch: { unitsMade: 60_000, quantity: { amount: 30_000, unit: 'kg' } } });
    runs = runsOf(app, lot);
  });
  after(() => app.close());

  const wrongFields: [name: string, parts: Json, vi: string, en: string][] = [
    ['no labels', { quantity: 0 }, 'Nhỏ quá, phải từ 1.', 'Too small, 1 at least.'],
    ['less than none', { quantity: -3 }, 'Nhỏ quá, phải từ 1.', 'Too small, 1 at least.'],
    ['a label and a half', { quantity: 1.5 }, 'Điền một số nguyên.', 'Enter a whole number.'],
    ['more than a run holds', { quantity: 1_048_577 }, 'nhiều nhất', 'at most'],
    ['a logo of 5 % in the symbol', { logo: { share: 0.05 } }, 'Bỏ hình trong mã rồi in', 'Print without it'],
    ['a logo of 15 % in the symbol', { logo: { share: 0.15 } }, 'Bỏ hình trong mã rồi in', 'Print without it'],
    ['a logo of 25 % in the symbol', { logo: { share: 0.25 } }, 'Bỏ hình trong mã rồi in', 'Print without it'],
    ['a logo of 40 % in the symbol', { logo: { share: 0.4 } }, 'Bỏ hình trong mã rồi in', 'Print without it'],
  ];
  for (const [name, parts, vi, en] of wrongFields)
    it(`refuses ${name} in both languages and takes no units`, async () => {
      const before = await unitsLeft();

      const answer = await runs.make(parts);

      expect([answer.status, typeOf(answer)]).to.deep.equal([422, 'fields-wrong']);
      expect(JSON.stringify(answer.body)).to.include(vi).and.include(en);
      expect(await unitsLeft()).to.equal(before);
    });

  it('refuses more labels than there are goods, and says how many may be made', async () => {
    const before = await unitsLeft();

    const answer = await runs.make({ quantity: before + 1 });

    expect([answer.status, typeOf(answer)]).to.deep.equal([409, 'not-enough-units']);
    expect(JSON.stringify(answer.body)).to.include('chưa cấp tem').and.include('have no label yet');
    expect(await unitsLeft()).to.equal(before);
  });

  it('keeps what was typed in the form, and says what is wrong beside it', async () => {
    const form = { id: uuidv7(), quantity: '1,5', layout: 'a4-24', kind: 'unit' };

    const vi = await app.as(lot.owner).postForm(paths.appBatchLabels(lot.batch.id), form);
    const en = await app.as(lot.owner).postForm(`${paths.appBatchLabels(lot.batch.id)}?lang=en`, form);

    expect([vi.status, en.status]).to.deep.equal([422, 422]);
    expect(vi.text)
      .to.include('value="1,5"')
      .and.match(/value="a4-24" selected/)
      .and.include('Điền một số nguyên.');
    expect(en.text).to.include('Enter a whole number.');
  });

  it('refuses a name of 200 letters with stacked marks where it does not fit, names it, and takes no units', async () => {
    const name = 'Ẫ'.normalize('NFC').concat('ộ Ỗặ Ẵỵ ').repeat(30).slice(0, 200);
    const other = await aLabelledLot(app, { product: { name: 'Na' } });
    const product = { name: name.trim() };
    const long = await aLabelledLot(app, { product }).catch((error: unknown) => String(error));
    const left = async () => (await requireBatch(app.db, other.batch.id)).unitsLeft;
    const before = await left();
    await app.db.collection('products').updateOne({ _id: other.product.id as never }, { $set: product });

    const answer = await runsOf(app, other).make({ layout: 'a4-65' });

    expect(long).to.include('label-text-too-long');
    expect([answer.status, typeOf(answer)]).to.deep.equal([409, 'label-text-too-long']);
    expect(JSON.stringify(answer.body)).to.include('dài quá').and.include('too long').and.include('5.3');
    expect(await left()).to.equal(before);
  });

  it('makes no run of a lot that is closed or recalled, and says which', async () => {
    const [closed, recalled] = [await aLabelledLot(app), await aLabelledLot(app)];
    const closing = { id: uuidv7(), reason: 'Bán hết' };
    await app.as(closed.owner).post(`${apiBase}/batches/${closed.batch.id}/closing`, closing);
    await app.as(recalled.officer).post(`${apiBase}/batches/${recalled.batch.id}/recalls`, newRecallJson());

    const answers = [await runsOf(app, closed).make(), await runsOf(app, recalled).make()];

    expect(answers.map(({ status }) => status)).to.deep.equal([409, 409]);
    expect(answers.map(typeOf)).to.deep.equal(['batch-closed', 'batch-recalled']);
    expect(JSON.stringify(answers[0]?.body)).to.include('Lô này đã đóng').and.include('This batch is closed');
    expect(JSON.stringify(answers[1]?.body)).to.include('đang bị thu hồi').and.include('being recalled');
  });

  it('prints nothing of a run whose lot is recalled after it was approved', async () => {
    const own = await aLabelledLot(app);
    const id = await runsOf(app, own).aRun();
    await app.as(own.officer).post(`${apiBase}/batches/${own.batch.id}/recalls`, newRecallJson());

    const answers = [
      await runsOf(app, own).print(id),
      await app.as(own.owner).get(`${apiBase}/label-runs/${id}/sheet`),
    ];

    expect(answers.map(typeOf)).to.deep.equal(['batch-recalled', 'batch-recalled']);
  });

  it('makes sample runs only while the address is local, and takes nothing from the balance', async () => {
    const local = await testApp({ baseUrl: 'http://localhost:3000' });
    try {
      const own = await aLabelledLot(local);
      const before = (await requireBatch(local.db, own.batch.id)).unitsLeft;

      const made = await runsOf(local, own).make({ quantity: 900 });

      expect([made.status, made.body['sample']]).to.deep.equal([201, true]);
      expect((await requireBatch(local.db, own.batch.id)).unitsLeft).to.equal(before);
    } finally {
      await local.close();
    }
  });

  it('stops drawing a large file as soon as nobody waits for it', async () => {
    const made = await runs.make({ quantity: 50_000 });
    const id = String(made.body['id']);
    await labelCheckModel(app.db).updateOne({ _id: id }, { $set: { cancelled: true } });
    const run = { runId: id, producerId: lot.producer.id, from: 0, end: 50_000, unitsBack: 0, at: new Date(0) };
    for (const kind of ['checked', 'approved'])
      await labelRunEventModel(app.db).create({ _id: uuidv7(), ...run, kind } as never);
    const print = await runs.print(id);
    const stop = new AbortController();
    const authorization = `Bearer ${await app.as(lot.owner).token()}`;
    const file = `${app.url}${apiBase}/label-runs/${id}/prints/${String(print.body['id'])}`;

    const answer = await fetch(file, { headers: { authorization }, signal: stop.signal });
    await answer.body?.getReader().read();
    const during = sheetsInPress();
    stop.abort();
    for (let turn = 0; turn < 100 && sheetsInPress() > 0; turn += 1) await wait(50);

    expect(answer.headers.get('label-progress')).to.equal('770 page');
    expect([during, sheetsInPress()]).to.deep.equal([1, 0]);
  });

  it('cancels a run while it is read back: nothing of it prints, and its units are free again', async () => {
    const before = await unitsLeft();
    const id = String((await runs.make({ quantity: 1_950, approve: true })).body['id']);
    const voiding = { id: uuidv7(), reason: 'Bỏ đợt này', goods: 'remain' };

    const cancelled = await app.as(lot.owner).postForm(paths.appLabelRunVoiding(id), voiding);

    expect(cancelled.status).to.equal(303);
    expect(await unitsLeft()).to.equal(before);
    expect((await runs.run(id))['state']).to.equal('voided');
    expect(typeOf(await runs.print(id))).to.equal('labels-voided');
  });

  it('shows the first sheet of a used one with its free cells, and no cell that the sheet has not', async () => {
    const id = await runs.aRun({ quantity: 3, layout: 'a4-8' });
    const look = `${paths.appLabelRun(id)}?startAt=7&offsetX=1.5&cutLines=1`;

    const page = await app.as(lot.owner).page(look);
    const picture = await app.as(lot.owner).bytes(`${paths.appLabelRunFirstSheet(id)}?startAt=7`);
    const beyond = await app.as(lot.owner).page(`${paths.appLabelRunFirstSheet(id)}?startAt=9`);

    expect(page.text).to.include('first-sheet.png?startAt').and.include('bắt đầu từ ô 7');
    expect([picture.status, picture.headers.get('content-type')]).to.deep.equal([200, 'image/png']);
    expect(beyond.status).to.equal(422);
  });
});
