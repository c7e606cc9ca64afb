// Runs of labels: read back before they are released, approved, printed, printed again, voided, wasted; the balance follows.
import { expect } from 'chai';
import sharp from 'sharp';
import type { Actor } from '../../src/actor.ts';
import { requireBatch } from '../../src/batches/batches.service.ts';
import { checkRun } from '../../src/labels/labels.check.service.ts';
import { labelCheckModel } from '../../src/labels/labels.checks.model.ts';
import { labelRunEventModel } from '../../src/labels/labels.events.model.ts';
import { finishReturns } from '../../src/labels/labels.voiding.service.ts';
import { paths } from '../../src/paths.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { readSymbol } from '../../src/labels/labels.reading.ts';
import type { Pixels } from '../../src/labels/labels.reading.ts';
import { decodeAll, renderPdf } from '../support/pdf.ts';

const pixelsOf = async (png: Uint8Array): Promise<Pixels> => {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data: new Uint8ClampedArray(data), width: info.width, height: info.height };
};

type Json = Record<string, unknown>;

describe('label runs', function () {
  this.timeout(60_000);
  let app: TestApp;
  let lot: LabelledLot;
  const unitsLeft = async (): Promise<number> => (await requireBatch(app.db, lot.batch.id)).unitsLeft;
  const post = (path: string, json: Json, as: Actor = lot.owner) => app.as(as).post(`/api/v1${path}`, json);
  const make = (parts: Json = {}) =>
    post(`/batches/${lot.batch.id}/label-runs`, { id: uuidv7(), quantity: 5, kind: 'unit', approve: true, ...parts });
  /** A run whose symbols were read back. */
  const aRun = async (parts: Json = {}): Promise<string> => {
    const id = String((await make(parts)).body['id']);
    await checkRun({ db: app.db, codeKey: app.deps.keys.codeKey, clock: app.deps.clock }, id);
    for (let turn = 0; turn < 100 && (await stateOf(id)) === 'checking'; turn += 1)
      await new Promise((resolve) => setTimeout(resolve, 100));
    return id;
  };
  const stateOf = async (id: string): Promise<unknown> =>
    (await app.as(lot.owner).get(`/api/v1/label-runs/${id}`)).body['state'];
  const print = (id: string, parts: Json = {}) => post(`/label-runs/${id}/prints`, { id: uuidv7(), ...parts });
  const typeOf = ({ body }: { body: Json }): string => String(body['type']).split('/').at(-1) ?? '';

  before(async () => {
    app = await testApp({ baseUrl: 'https://truyxuat.example.vn' });
    lot = await aLabelledLot(app);
  });
  after(() => app.close());

  it('give each unit a code of its own, all of which two decoders read from the printed sheet', async () => {
    const id = await aRun({ quantity: 30, layout: 'a4-24' });

    const sheet = await fetchBytes(`/label-runs/${id}/sheet`);

    const pages = await renderPdf(sheet, 300);
    const decoded = await Promise.all(pages.map((page) => decodeAll(page)));
    const [zxing, jsqr] = [decoded.flatMap((one) => one.zxing), decoded.flatMap((one) => one.jsqr)];
    expect(new Set(zxing)).to.have.length(30);
    expect(jsqr).to.deep.equal(zxing);
    const opened = await app.as(undefined).page(new URL(zxing[29] ?? '').pathname);
    expect(opened.status).to.equal(200);
  });

  const fetchBytes = async (path: string): Promise<Uint8Array> => {
    const answer = await app.as(lot.owner).bytes(`/api/v1${path}`);
    expect(answer.status).to.equal(200);
    return answer.bytes;
  };

  it('are printed only after they were read back and approved', async () => {
    const made = await make({ approve: false });
    const id = String(made.body['id']);
    await labelCheckModel(app.db).updateOne({ _id: id }, { $set: { leaseUntil: new Date('2100-01-01') } });

    const early = await print(id);
    await labelCheckModel(app.db).updateOne({ _id: id }, { $set: { leaseUntil: new Date(0) } });
    await checkRun({ db: app.db, codeKey: app.deps.keys.codeKey, clock: app.deps.clock }, id);
    const unapproved = await print(id);
    const approved = await post(`/label-runs/${id}/approval`, { id: uuidv7() });
    const printed = await print(id);

    expect(['label-run-unchecked', 'label-run-unapproved']).to.include(typeOf(early));
    expect(typeOf(unapproved)).to.equal('label-run-unapproved');
    expect(approved.status).to.equal(201);
    expect(printed.body).to.include({ kind: 'printed', first: 1, last: 5, format: 'pdf' });
  });

  it('are printed again with a reason, all of them or a range', async () => {
    const id = await aRun();
    await print(id);

    const without = await print(id, { first: 2, last: 3 });
    const reprint = await print(id, { first: 2, last: 3, reason: 'Kẹt giấy' });
    const outside = await print(id, { first: 2, last: 6, reason: 'x' });
    const backwards = await print(id, { first: 3, last: 2, reason: 'x' });

    expect(without.status).to.equal(422);
    expect(JSON.stringify(without.body)).to.include('Tem này đã in rồi');
    expect(reprint.body).to.include({ kind: 'reprinted', first: 2, last: 3, reason: 'Kẹt giấy' });
    expect([outside.status, backwards.status]).to.deep.equal([422, 422]);
    const [page] = await renderPdf(await fetchBytes(`/label-runs/${id}/prints/${String(reprint.body['id'])}`), 300);
    expect((await decodeAll(page!)).zxing).to.have.length(2);
  });

  it('void a range: units go back once, the labels print no more, and the whole history says who and why', async () => {
    const before = await unitsLeft();
    const id = await aRun({ quantity: 10 });
    const voiding = { id: uuidv7(), first: 3, last: 5, reason: 'Tem ướt', goods: 'remain' };

    const [first, again] = await Promise.all([1, 2].map(() => post(`/label-runs/${id}/voidings`, voiding)));
    const gone = { id: uuidv7(), first: 6, last: 6, reason: 'Hàng vỡ', goods: 'gone' };
    const broken = await post(`/label-runs/${id}/voidings`, gone);
    const refused = await print(id, { first: 1, last: 4 });
    const allowed = await print(id, { first: 7, last: 10 });

    expect([first?.status, again?.status, broken.status]).to.deep.equal([201, 201, 201]);
    expect(first?.body['unitsBack']).to.equal(3);
    expect(await unitsLeft()).to.equal(before - 10 + 3);
    expect(typeOf(refused)).to.equal('labels-voided');
    const symbol = async (place: number): Promise<string> =>
      (
        await readSymbol(
          await pixelsOf((await app.as(lot.owner).bytes(paths.appLabelRunSymbol(id, place, 'png'))).bytes),
        )
      ).zxing;
    const opened = await Promise.all(
      [3, 7].map(async (place) => app.as(undefined).page(new URL(await symbol(place)).pathname)),
    );
    expect(opened.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(opened[0]?.text).to.include('Chủ thể đã huỷ tem này từ 04/09/2026');
    expect(opened[1]?.text).to.not.include('đã huỷ tem');
    expect(allowed.status).to.equal(201);
    const { body } = await app.as(lot.owner).get(`/api/v1/label-runs/${id}`);
    expect((body['events'] as Json[]).map(({ kind }) => kind)).to.include.members([
      'checked',
      'approved',
      'voided',
      'printed',
    ]);
  });

  it('give back what a crash left between a voiding and the batch', async () => {
    const id = await aRun({ quantity: 4 });
    const before = await unitsLeft();
    const event = { runId: id, producerId: lot.producer.id, kind: 'voided', from: 0, end: 4, unitsBack: 4 };
    await labelRunEventModel(app.db).create({
      _id: uuidv7(),
      ...event,
      reason: 'x',
      byUserId: 'u',
      at: new Date(),
    } as never);

    await finishReturns(app.db, new Date(Date.now() - 60_000));
    await finishReturns(app.db, new Date(Date.now() - 60_000));

    expect(await unitsLeft()).to.equal(before + 4);
    expect(await stateOf(id)).to.equal('voided');
  });

  it('of one lot code are voided as a whole only, and book spoiled copies', async () => {
    const before = await unitsLeft();
    const id = await aRun({ kind: 'lot', quantity: 6 });
    await print(id);

    const part = await post(`/label-runs/${id}/voidings`, {
      id: uuidv7(),
      first: 1,
      last: 2,
      reason: 'x',
      goods: 'remain',
    });
    const waste = await post(`/label-runs/${id}/waste`, { id: uuidv7(), labels: 2, reason: 'In lệch' });
    const tooMuch = await post(`/label-runs/${id}/waste`, { id: uuidv7(), labels: 5, reason: 'In lệch' });
    const whole = await post(`/label-runs/${id}/voidings`, { id: uuidv7(), reason: 'Mất cuộn tem', goods: 'remain' });
    const twice = await post(`/label-runs/${id}/voidings`, { id: uuidv7(), reason: 'Mất cuộn tem', goods: 'remain' });

    expect([part.status, waste.status, tooMuch.status, whole.status, twice.status]).to.deep.equal([
      422, 201, 422, 201, 409,
    ]);
    expect(whole.body['unitsBack']).to.equal(4);
    expect(await unitsLeft()).to.equal(before);
  });

  it('of the last units go to exactly one of two who ask at the same moment', async () => {
    const left = await unitsLeft();
    const asked = [1, 2].map(() => make({ quantity: left }));

    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();

    expect(statuses).to.deep.equal([201, 409]);
    expect(await unitsLeft()).to.equal(0);
  });

  it('of a product with a GTIN may carry GS1 Digital Links, which open the page of their lot and of no other', async () => {
    const other = await aLabelledLot(app, {
      product: { gtin: '9521234000013', internalCode: '' },
      batch: { lotNumber: 'NA-1/a' },
    });
    const ask = (parts: Json) =>
      post(
        `/batches/${other.batch.id}/label-runs`,
        { id: uuidv7(), quantity: 1, link: 'digital-link', ...parts },
        other.owner,
      );
    const unit = String((await ask({ kind: 'unit' })).body['url']);
    const whole = String((await ask({ kind: 'lot' })).body['url']);

    const follow = async (url: string) => app.as(undefined).page(new URL(url).pathname);
    const [byUnit, byLot] = [await follow(unit), await follow(whole)];
    const wrongLot = await follow(unit.replace('NA-1', 'NA-2'));
    const wrongSerial = await follow(unit.slice(0, -1));
    const wrongGtin = await follow(unit.replace('09521234000013', '09521234000014'));

    expect(unit).to.match(/\/01\/09521234000013\/10\/NA-1%2Fa\/21\/[0-9A-Z]{12}$/);
    expect([byUnit.status, byLot.status]).to.deep.equal([302, 302]);
    const page = await app.as(undefined).page(byUnit.headers.get('location') ?? '');
    expect(page.text).to.include('NA-1/a');
    expect([wrongLot.status, wrongSerial.status, wrongGtin.status]).to.deep.equal([404, 404, 400]);
    expect(wrongLot.text).to.not.include('href="#sao"');
  });

  it('refuse what is no quantity, layout, kind or link', async () => {
    const wrong: Json[] = [
      { quantity: 0 },
      { quantity: -1 },
      { quantity: 1.5 },
      { quantity: '5' },
      { quantity: 1_048_577 },
      { layout: 'a4-13' },
      { kind: 'box' },
      { link: 'http' },
      { approve: 'yes' },
      { id: 'x' },
      { extra: 1 },
    ];

    for (const parts of wrong) expect((await make(parts)).status, JSON.stringify(parts)).to.equal(422);
    expect(typeOf(await make({ link: 'digital-link', quantity: 1 }))).to.be.oneOf(['no-gtin', 'not-enough-units']);
  });

  it('are the owner’s alone: officers and strangers find none', async () => {
    const list = await app.as(lot.owner).get(`/api/v1/batches/${lot.batch.id}/label-runs`);
    const id = String((list.body['items'] as Json[])[0]?.['id']);

    for (const person of [anOfficer('20'), aProducerUser(uuidv7())]) {
      expect((await app.as(person).get(`/api/v1/label-runs/${id}`)).status).to.equal(404);
      expect((await post(`/label-runs/${id}/prints`, { id: uuidv7() }, person)).status).to.equal(404);
    }
    expect((await app.as(undefined).get(`/api/v1/label-runs/${id}`)).status).to.equal(401);
  });

  it('are made and followed on a phone without script', async () => {
    const form = { id: uuidv7(), quantity: '1', layout: 'roll-50x30', kind: 'unit' };
    const desk = await app.as(lot.owner).page(`${paths.appBatchLabels(lot.batch.id)}?layout=roll-50x70`);
    const refused = await app.as(lot.owner).postForm(paths.appBatchLabels(lot.batch.id), form);

    expect(desk.text).to.include('preview.png?layout&#x3D;roll-50x70');
    expect(refused.status).to.equal(409);
    expect(refused.text).to.include('Lô chỉ còn 0 đơn vị chưa cấp tem');
  });
});
