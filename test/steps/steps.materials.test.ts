// Sprays and fertilising with a material of the store: its waiting time, what goes off the stock, and the form that offers it.
import { expect } from 'chai';
import { changeMaterial } from '../../src/materials/materials.service.ts';
import { stockBook } from '../../src/materials/materials.stock.service.ts';
import type { Material } from '../../src/materials/materials.types.ts';
import { followUpSince } from '../../src/steps/steps.guards.service.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { aBatch, aFarm, aStep, sendStep } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { uuidv7 } from '../support/factories.ts';
import { aMaterial, aMove } from '../support/factories.materials.ts';
import { formOf, wordsOf } from '../support/forms.ts';

type Json = Record<string, unknown>;

const pointers = (answer: ApiAnswer): string[] =>
  ((answer.body['errors'] ?? []) as { pointer: string; code: string }[]).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

describe('Steps that name a material', () => {
  let app: TestApp;
  let farm: Farm;
  let batchId: string;
  const material = (parts: Json = {}) => aMaterial(app, farm.owner, farm.producer.id, parts);
  const spray = (parts: Json = {}) =>
    sendStep(app, farm.owner, batchId, { kind: 'spray', doneOn: '2026-08-01', material: undefined, ...parts });
  const harvest = (doneOn: string) => sendStep(app, farm.owner, batchId, { kind: 'harvest', doneOn });
  const change = (
    { id, version, name, kind, maker, activeIngredient, registrationNumber, unit }: Material,
    parts: Json,
  ) =>
    changeMaterial(
      app.db,
      farm.owner,
      id,
      { version, name, kind, maker, activeIngredient, registrationNumber, unit, ...parts },
      app.deps.clock(),
    );
  const stockOf = async ({ id }: Material) => (await stockBook(app.db, farm.owner, id)).stock;

  before(async () => {
    app = await testApp();
  });
  beforeEach(async () => {
    farm = await aFarm(app);
    batchId = (await aBatch(app, { farm })).batch.id;
  });
  after(() => app.close());

  describe('and its waiting time', () => {
    it('take it from the material, and refuse the harvest before it is over', async () => {
      const { id, name } = await material({ waitDays: 7 });

      const sprayed = await spray({ materialId: id });
      const early = await harvest('2026-08-07');
      const right = await harvest('2026-08-08');

      expect(sprayed.body).to.include({ materialId: id, material: name, waitDays: 7, waitSource: 'material' });
      expect(early.body).to.include({ type: '/problems/harvest-too-soon', allowedFrom: '2026-08-08' });
      expect(right.status).to.equal(201);
    });

    it('take the one that the person gives before that of the material', async () => {
      const { id } = await material({ waitDays: 7 });

      const sprayed = await spray({ materialId: id, waitDays: 14 });

      expect(sprayed.body).to.include({ waitDays: 14, waitSource: 'person' });
    });

    it('leave it unknown when neither tells, which forbids the harvest and is never 0', async () => {
      const { id } = await material({ waitDays: undefined });

      const sprayed = await spray({ materialId: id });
      const picked = await harvest('2026-09-01');

      expect(sprayed.body).to.include({ waitDays: null, waitSource: 'material' });
      expect(picked.body['type']).to.equal('/problems/waiting-time-unknown');
    });

    it('read a 0 of the label as 0', async () => {
      const { id } = await material({ waitDays: 0 });
      await spray({ materialId: id });

      expect((await harvest('2026-08-01')).status).to.equal(201);
    });

    it('keep what they were recorded with when the material is changed', async () => {
      const kept = await material({ waitDays: 7 });
      await spray({ materialId: kept.id });
      await change(kept, { waitDays: 60 });

      expect((await harvest('2026-08-08')).status).to.equal(201);
    });

    it('are not settled by the material alone, but by a correction that takes its interval over', async () => {
      const later = await material({ waitDays: undefined });
      const first = await spray({ materialId: later.id });
      await change(later, { waitDays: 7 });
      const still = await harvest('2026-09-01');
      const page = await app.as(farm.owner).page(`/app/batches/${batchId}`);
      const form = formOf(
        (await app.as(farm.owner).page(`/app/steps/${String(first.body['id'])}/correction`)).text,
        'correction',
      );

      const corrected = await app.as(farm.owner).postForm(form.action, form.fields);
      const known = await harvest('2026-09-01');

      expect(still.body['type']).to.equal('/problems/waiting-time-unknown');
      expect(wordsOf(page.text)).to.include('Thuốc này nay đã có thời gian cách ly 7 ngày.');
      expect([corrected.status, known.status]).to.deep.equal([303, 201]);
    });

    it('keep the recorded one in a correction that stays with the material, and take the new one’s otherwise', async () => {
      const kept = await material({ waitDays: 7 });
      const other = await material({ waitDays: 21, name: 'Thuốc khác' });
      const first = await spray({ materialId: kept.id });
      await change(kept, { waitDays: 60 });

      const second = await spray({ materialId: kept.id, corrects: first.body['id'], note: 'Sửa ghi chú.' });
      const third = await spray({ materialId: other.id, corrects: second.body['id'] });

      expect([second.body['waitDays'], third.body['waitDays']]).to.deep.equal([7, 21]);
    });

    it('hold the batch when a spray without interval is told after the harvest, until someone settles it', async () => {
      const { id } = await material({ waitDays: undefined });
      await harvest('2026-08-03');

      const late = await spray({ materialId: id });

      expect(late.body['marks']).to.deep.equal(['waiting-time-unknown']);
      expect((await app.as(farm.owner).get(`/api/v1/batches/${batchId}`)).body['held']).to.equal(true);
    });
  });

  describe('and its stock', () => {
    it('take what was used off it once, however often the step is sent and followed up', async () => {
      const used = await material();
      await aMove(app, farm.owner, used.id, { amount: 10 });
      const id = uuidv7();
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => spray({ id, materialId: used.id, amount: 500, unit: 'ml' })),
      );

      await followUpSince(app.db, new Date('2026-01-01'), app.deps.clock());

      expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([201]));
      expect(await stockOf(used)).to.include({ amount: 9.5, uncounted: 0 });
    });

    it('answer the same step again after the material was renamed and got an interval', async () => {
      const used = await material({ waitDays: undefined });
      const id = uuidv7();
      await spray({ id, materialId: used.id });
      await change(used, { name: 'Tên mới', waitDays: 9 });

      const again = await spray({ id, materialId: used.id });
      const other = await spray({ id, materialId: used.id, waitDays: 9 });

      expect(again.status).to.equal(201);
      expect(again.body).to.include({ material: used.name, waitDays: null });
      expect(other.status).to.equal(409);
    });

    it('follow corrections and withdrawals', async () => {
      const used = await material();
      const first = await spray({ materialId: used.id, amount: 2, unit: 'lít' });
      const second = await spray({ materialId: used.id, amount: 3, unit: 'lít', corrects: first.body['id'] });
      const between = (await stockOf(used)).amount;

      await spray({ withdraws: second.body['id'] });

      expect([between, (await stockOf(used)).amount]).to.deep.equal([-3, 0]);
    });

    it('tell of uses that nobody can measure', async () => {
      const used = await material();
      await spray({ materialId: used.id, amount: 2, unit: 'bình' });
      await spray({ materialId: used.id });

      expect(await stockOf(used)).to.include({ amount: 0, uncounted: 2 });
    });
  });

  describe('bad input', () => {
    it('refuses what is not there, not theirs, not for the work, and both a choice and a name', async () => {
      const other = await aFarm(app);
      const theirs = await aMaterial(app, other.owner, other.producer.id);
      const [poison, box] = [await material(), await material({ kind: 'packaging', unit: 'piece' })];
      const fertilise = (parts: Json) => sendStep(app, farm.owner, batchId, { kind: 'fertilise', ...parts });

      const answers = {
        absent: await spray({ materialId: uuidv7() }),
        theirs: await spray({ materialId: theirs.id }),
        noId: await spray({ materialId: 'thuoc' }),
        operator: await spray({ materialId: { $gt: '' } }),
        box: await spray({ materialId: box.id }),
        spread: await fertilise({ materialId: poison.id }),
        both: await spray({ materialId: poison.id, material: 'Bt' }),
        neither: await spray(),
        water: await sendStep(app, farm.owner, batchId, { kind: 'water', materialId: poison.id }),
      };

      expect(Object.fromEntries(Object.entries(answers).map(([what, one]) => [what, pointers(one)]))).to.deep.equal({
        absent: ['/materialId unknown-reference'],
        theirs: ['/materialId unknown-reference'],
        noId: ['/materialId id'],
        operator: ['/materialId id'],
        box: ['/materialId not-for-work'],
        spread: ['/materialId pesticide-is-sprayed'],
        both: ['/material chosen-or-typed'],
        neither: ['/material required'],
        water: ['/materialId not-for-kind'],
      });
    });
  });

  describe('in the form', () => {
    const form = async () => (await app.as(farm.owner).page(`/app/batches/${batchId}/steps/new`)).text;

    it('offer what is sprayed or spread with its waiting time, and no choice without a store', async () => {
      const none = await form();
      await material({ waitDays: 7, name: 'Bt' });
      await material({ waitDays: undefined, name: 'Dầu khoáng' });
      await material({ kind: 'packaging', name: 'Hộp giấy', unit: 'piece' });

      const shown = await form();

      expect(none).to.not.include('name="materialId"');
      expect(wordsOf(shown)).to.include('Bt (cách ly 7 ngày)').and.to.include('Dầu khoáng (chưa rõ cách ly)');
      expect(shown).to.not.include('Hộp giấy');
    });

    it('record with the chosen one without script, leaving out what was typed beside it', async () => {
      const chosen = await material({ waitDays: 7 });
      const step = formOf(await form(), 'step');

      const answer = await app.as(farm.owner).postForm(step.action, {
        ...step.fields,
        kind: 'spray',
        materialId: chosen.id,
        material: 'gõ thừa',
      });

      expect(answer.status).to.equal(303);
      const journal = (await app.as(farm.owner).get(`/api/v1/batches/${batchId}/steps`)).body['items'] as Json[];
      expect(journal[0]).to.include({ materialId: chosen.id, material: chosen.name, waitDays: 7 });
    });

    it('say beside the choice what is wrong with it, keeping it chosen', async () => {
      const chosen = await material();
      const step = formOf(await form(), 'step');

      const answer = await app
        .as(farm.owner)
        .postForm(step.action, { ...step.fields, kind: 'fertilise', materialId: chosen.id });

      expect(answer.status).to.equal(422);
      expect(wordsOf(answer.text)).to.include('Đây là thuốc bảo vệ thực vật.');
      expect(formOf(answer.text, 'step').fields['materialId']).to.equal(chosen.id);
    });

    it('keep the material when the last entry is repeated, with the interval that it has today', async () => {
      const chosen = await material({ waitDays: 7 });
      await aStep(app, farm.owner, batchId, {
        kind: 'spray',
        doneOn: '2026-08-01',
        material: undefined,
        materialId: chosen.id,
      });
      await change(chosen, { waitDays: 14 });
      const again = formOf(await form(), 'again');

      const answer = await app.as(farm.owner).postForm(again.action, again.fields);

      expect(answer.status).to.equal(303);
      const journal = (await app.as(farm.owner).get(`/api/v1/batches/${batchId}/steps`)).body['items'] as Json[];
      expect(journal.map(({ materialId, waitDays, doneOn }) => [materialId, waitDays, doneOn])).to.deep.equal([
        [chosen.id, 14, '2026-09-04'],
        [chosen.id, 7, '2026-08-01'],
      ]);
    });
  });
});
