import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { bookUse } from '../../src/materials/materials.stock.service.ts';
import type { Material, MaterialUse } from '../../src/materials/materials.types.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { uuidv7 } from '../support/factories.ts';
import { aMaterial, newMaterialJson, newMoveJson } from '../support/factories.materials.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aJpeg } from '../support/pictures.ts';

type Json = Record<string, unknown>;
const pointers = (answer: ApiAnswer): string[] =>
  ((answer.body['errors'] ?? []) as { pointer: string; code: string }[]).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

describe('The stock book of a material', () => {
  let app: TestApp;
  let owner: Actor;
  let officer: Actor;
  let producerId: string;
  let material: Material;
  const book = (id = material.id) => `/api/v1/materials/${id}/moves`;
  const write = (parts: Json = {}) => app.as(owner).post(book(), newMoveJson(parts));
  const stock = async (id = material.id) => (await app.as(officer).get(book(id))).body['stock'] as Json;
  const lines = async (id = material.id) => (await app.as(owner).get(book(id))).body['items'] as Json[];

  before(async () => {
    app = await testApp();
    const farm = await aProducer(app);
    ({ owner, officer } = farm);
    producerId = farm.producer.id;
  });
  beforeEach(async () => {
    material = await aMaterial(app, owner, producerId);
  });
  after(() => app.close());

  it('adds up what came, went and was counted, newest line first', async () => {
    await write({ amount: 10, on: '2026-08-01' });
    await write({ kind: 'out', amount: 2.5, on: '2026-08-03', supplier: '' });
    await write({ kind: 'count', amount: 7, on: '2026-08-05', supplier: '' });

    expect(await stock()).to.deep.equal({ amount: 7, uncounted: 0, countedOn: '2026-08-05' });
    expect((await lines()).map(({ kind, after, difference }) => [kind, after, difference])).to.deep.equal([
      ['count', 7, -0.5],
      ['out', 7.5, null],
      ['in', 10, null],
    ]);
  });

  it('goes below nothing when two take the last at once, and says so', async () => {
    await write({ amount: 5 });

    const answers = await Promise.all([1, 2].map(() => write({ kind: 'out', amount: 5, on: '2026-08-02' })));

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect((await stock())['amount']).to.equal(-5);
  });

  it('writes a line once, however often it is sent; another line under its id is refused', async () => {
    const line = newMoveJson();
    const answers = await Promise.all(Array.from({ length: 10 }, () => app.as(owner).post(book(), line)));

    const other = await app.as(owner).post(book(), { ...line, amount: 11 });

    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([201]));
    expect((await stock())['amount']).to.equal(10);
    expect(other.status).to.equal(409);
    expect(other.body['existing']).to.include({ amount: 10 });
  });

  it('keeps a mistaken line and lets one other take its place', async () => {
    const wrong = newMoveJson({ amount: 100 });
    await app.as(owner).post(book(), wrong);

    const answers = await Promise.all(
      [10, 12].map((amount) => write({ amount, replaces: wrong['id'], on: '2026-08-01' })),
    );
    const late = await write({ amount: 9, replaces: wrong['id'] });

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
    expect(late.body['type']).to.equal('/problems/move-already-corrected');
    expect([10, 12]).to.include((await stock())['amount']);
    expect(await lines()).to.have.length(1);
  });

  it('takes a mistaken line back with an amount of 0', async () => {
    const wrong = newMoveJson({ amount: 100 });
    await app.as(owner).post(book(), wrong);

    const back = await write({ amount: 0, replaces: wrong['id'] });

    expect(back.status).to.equal(201);
    expect((await stock())['amount']).to.equal(0);
    expect(await lines()).to.deep.equal([]);
  });

  it('keeps the receipt with the line, for the producer’s people only', async () => {
    const receipts = `/api/v1/materials/${material.id}/receipts`;
    const sent = await app.as(owner).post(receipts, await aJpeg(), { 'content-type': 'image/jpeg' });
    const paper = Buffer.from('%PDF-1.7\n% hoá đơn mẫu');
    const pdf = await app.as(owner).post(receipts, paper, { 'content-type': 'application/pdf' });
    const fileId = sent.body['fileId'];

    const line = await write({ receiptFileId: fileId });

    expect([sent.status, pdf.status, line.status]).to.deep.equal([201, 201, 201]);
    expect([sent.body['kind'], pdf.body['kind']]).to.deep.equal(['picture', 'document']);
    expect(line.body['receiptFileId']).to.equal(fileId);
    expect((await app.as(officer).page(`/files/${String(fileId)}`)).status).to.equal(200);
    expect((await app.as(undefined).page(`/files/${String(fileId)}`)).status).to.equal(404);
  });

  it('cuts itself into pages', async () => {
    for (let n = 1; n <= 3; n += 1) await write({ amount: n, on: `2026-08-0${n}` });

    const first = await app.as(owner).get(`${book()}?limit=2`);
    const second = await app.as(owner).get(`${book()}?limit=2&after=${String(first.body['next'])}`);

    const amounts = [first, second].flatMap(({ body }) => (body['items'] as Json[]).map(({ amount }) => amount));
    expect(amounts).to.deep.equal([3, 2, 1]);
    expect(second.body['next']).to.equal(null);
  });

  describe('bad input', () => {
    it('is refused in both languages beside its field', async () => {
      for (const bad of badInputs(() => newMoveJson(), 'lot')) await expectRefused(app.as(owner), book(), bad);

      expect(await lines()).to.deep.equal([]);
    });

    const cases: [string, Json, string][] = [
      ['an unknown kind', { kind: 'gift' }, '/kind choice'],
      ['no kind', { kind: undefined }, '/kind required'],
      ['no amount', { amount: undefined }, '/amount required'],
      ['nothing that came', { amount: 0 }, '/amount above-zero'],
      ['less than nothing', { amount: -1 }, '/amount too-small'],
      ['eleven millions', { amount: 11_000_000 }, '/amount too-big'],
      ['four decimals', { amount: 0.0001 }, '/amount decimals'],
      ['an amount in words', { amount: '10' }, '/amount number'],
      ['no day', { on: undefined }, '/on required'],
      ['an impossible day', { on: '2026-02-30' }, '/on day'],
      ['a day after today', { on: '2026-09-05' }, '/on not-after-today'],
      ['a moment for a day', { on: '2026-08-01T00:00:00Z' }, '/on day'],
      ['a lot of 61 characters', { lot: 'a'.repeat(61) }, '/lot too-long'],
      ['a supplier of two lines', { supplier: 'a\nb' }, '/supplier one-line'],
      ['a supplier of 201 characters', { supplier: 'a'.repeat(201) }, '/supplier too-long'],
      ['a receipt that is no id', { receiptFileId: 'hoa-don' }, '/receiptFileId id'],
      ['a receipt that is not there', { receiptFileId: uuidv7() }, '/receiptFileId unknown-reference'],
      ['a line to replace that is not there', { replaces: uuidv7() }, '/replaces unknown-reference'],
      ['a query operator to replace', { replaces: { $gt: '' } }, '/replaces id'],
      ['a batch that only a step may tell', { batchId: uuidv7() }, '/batchId unknown'],
    ];
    for (const [what, parts, expected] of cases)
      it(`refuses ${what}`, async () => {
        const answer = await write(parts);

        expect(answer.status).to.equal(422);
        expect(pointers(answer)).to.include(expected);
      });

    it('refuses another producer’s receipt as one that is not there', async () => {
      const other = await aProducer(app);
      const theirs = await aMaterial(app, other.owner, other.producer.id);
      const jpeg = { 'content-type': 'image/jpeg' };
      const receipts = `/api/v1/materials/${theirs.id}/receipts`;
      const sent = await app.as(other.owner).post(receipts, await aJpeg(), jpeg);

      const answer = await write({ receiptFileId: sent.body['fileId'] });

      expect(pointers(answer)).to.deep.equal(['/receiptFileId unknown-reference']);
    });
  });

  describe('uses that steps tell', () => {
    const use = (parts: Partial<MaterialUse> = {}): MaterialUse => ({
      stepId: uuidv7(),
      producerId,
      batchId: uuidv7(),
      materialId: material.id,
      amount: 500,
      unit: 'ml',
      on: '2026-08-02',
      byUserId: owner.userId,
      recordedAt: app.deps.clock(),
      replaces: undefined,
      ...parts,
    });

    it('are booked once, in the unit of the store', async () => {
      await write({ amount: 10 });
      const told = use();

      for (let again = 0; again < 3; again += 1) await bookUse(app.db, told);

      expect((await stock())['amount']).to.equal(9.5);
      expect((await lines())[0]).to.include({ id: told.stepId, kind: 'out', amount: 0.5, fromStep: true });
    });

    it('of an unknown amount are lines too', async () => {
      await write({ amount: 10 });
      await bookUse(app.db, use({ amount: undefined, unit: undefined }));
      await bookUse(app.db, use({ amount: 2, unit: 'bình' }));

      expect(await stock()).to.include({ amount: 10, uncounted: 2 });
      expect((await lines()).map(({ told }) => told)).to.include('2 bình');
    });

    it('follow a step that was corrected, also to another material, and one that was taken back', async () => {
      const second = await aMaterial(app, owner, producerId, newMaterialJson({ name: 'Thuốc khác' }));
      const first = use();
      const moved = use({ materialId: second.id, replaces: first.stepId });
      const withdrawn = use({ materialId: undefined, replaces: moved.stepId });

      await bookUse(app.db, first);
      await bookUse(app.db, moved);
      const between = [(await stock())['amount'], (await stock(second.id))['amount']];
      await bookUse(app.db, withdrawn);
      await bookUse(app.db, withdrawn);

      expect(between).to.deep.equal([0, -0.5]);
      expect([(await stock())['amount'], (await stock(second.id))['amount']]).to.deep.equal([0, 0]);
      expect(await lines(second.id)).to.deep.equal([]);
    });

    it('can’t be replaced by hand', async () => {
      const told = use();
      await bookUse(app.db, told);

      const answer = await write({ replaces: told.stepId });

      expect(pointers(answer)).to.deep.equal(['/replaces told-by-step']);
    });
  });
});
