import { expect } from 'chai';
import { contentModel } from '../../src/steps/steps.evidence.model.ts';
import { stepModel } from '../../src/steps/steps.model.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { aBatch, aFarm, aStep, newRecallJson, newStepJson, sendStep } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';

type Json = Record<string, unknown>;

const itemsOf = (answer: ApiAnswer): Json[] => answer.body['items'] as Json[];
const pointers = (answer: ApiAnswer): string[] =>
  ((answer.body['errors'] ?? []) as { pointer: string; code: string }[]).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

describe('Steps in the API', () => {
  let app: TestApp;
  let farm: Farm;
  const journal = (batchId: string) => app.as(farm.owner).get(`/api/v1/batches/${batchId}/steps`);

  before(async () => {
    app = await testApp();
    farm = await aFarm(app);
  });
  after(() => app.close());

  describe('recording', () => {
    it('needs a kind and a day only, and concerns all plots of the batch unless said otherwise', async () => {
      const { batch } = await aBatch(app, { farm });
      const sent = { id: uuidv7(), kind: 'water', doneOn: '2026-09-04' };

      const answer = await app.as(farm.owner).post(`/api/v1/batches/${batch.id}/steps`, sent);

      expect(answer.status).to.equal(201);
      expect(answer.headers.get('location')).to.equal(`/api/v1/steps/${sent.id}`);
      expect(answer.body).to.deep.include({ ...sent, siteIds: batch.siteIds, byUserId: farm.owner.userId, marks: [] });
    });

    it('stores a step once that is sent ten times at once and again an hour later', async () => {
      const { batch } = await aBatch(app, { farm });
      const sent = newStepJson({ note: 'Tưới rãnh.', amount: 2, unit: 'giờ' });
      const send = () => app.as(farm.owner).post(`/api/v1/batches/${batch.id}/steps`, sent);

      const answers = await Promise.all(Array.from({ length: 10 }, send));
      app.setNow('2026-09-04T10:41:00+07:00');
      const later = await send();
      app.setNow('2026-09-04T09:41:00+07:00');

      expect(new Set([...answers, later].map(({ status }) => status))).to.deep.equal(new Set([201]));
      for (const { body } of [...answers, later]) expect(body).to.deep.equal(answers[0]?.body);
      expect(itemsOf(await journal(batch.id))).to.have.length(1);
      expect(await contentModel(app.db).countDocuments({ stepId: String(sent['id']) })).to.equal(1);
    });

    it('shows both contents when an id comes again with another one, also with another note', async () => {
      const { batch } = await aBatch(app, { farm });
      const sent = newStepJson({ note: 'Tưới rãnh.' });
      const send = (parts: Json) => app.as(farm.owner).post(`/api/v1/batches/${batch.id}/steps`, { ...sent, ...parts });
      await send({});

      const otherNote = await send({ note: 'Tưới gốc.' });
      const otherKind = await send({ kind: 'weed' });

      expect([otherNote.status, otherKind.status]).to.deep.equal([409, 409]);
      expect(otherNote.body['existing']).to.deep.include({ note: 'Tưới rãnh.' });
      expect(otherNote.body['sent']).to.deep.include({ note: 'Tưới gốc.' });
      expect(itemsOf(await journal(batch.id))).to.have.length(1);
    });

    it('does not show another producer’s step under a taken id', async () => {
      const other = await aBatch(app);
      const { batch } = await aBatch(app, { farm });
      const step = await aStep(app, other.owner, other.batch.id, { note: 'Chuyện riêng.' });

      const answer = await sendStep(app, farm.owner, batch.id, { id: step['id'], note: 'Chuyện riêng.' });

      expect(answer.status).to.equal(409);
      expect(answer.body).to.not.have.any.keys('existing', 'sent');
    });

    it('keeps the words of a note apart from the fact, which holds only their salted hash', async () => {
      const { batch } = await aBatch(app, { farm });
      const note = '<b>bà Mẫu</b> {{constructor}} "><img src=x onerror=alert(1)>';
      const step = await aStep(app, farm.owner, batch.id, { note });

      const fact = await stepModel(app.db).findById(String(step['id'])).lean();
      const entry = itemsOf(await journal(batch.id))[0];

      expect(JSON.stringify(fact)).to.not.contain('Mẫu');
      expect(fact?.noteHash).to.match(/^[0-9a-f]{64}$/);
      expect(entry?.['note']).to.equal(note);
      await contentModel(app.db).deleteOne({ _id: String(fact?.noteHash) });
      expect(itemsOf(await journal(batch.id))[0]?.['note']).to.equal(null);
    });

    it('is for the batch’s own people: an officer may see, a stranger finds nothing', async () => {
      const { batch } = await aBatch(app, { farm });
      const step = await aStep(app, farm.owner, batch.id);
      const path = `/api/v1/steps/${String(step['id'])}`;

      const officer = await sendStep(app, farm.officer, batch.id);
      const stranger = await sendStep(app, aProducerUser(uuidv7()), batch.id);
      const seen = await app.as(farm.officer).get(path);
      const foreign = await app.as(anOfficer('01')).get(path);
      const absent = await app.as(anOfficer('01')).get(`/api/v1/steps/${uuidv7()}`);

      const statuses = [officer, stranger, seen, foreign, absent].map(({ status }) => status);
      expect(statuses).to.deep.equal([403, 404, 200, 404, 404]);
      expect({ ...foreign.body, instance: '' }).to.deep.equal({ ...absent.body, instance: '' });
    });
  });

  describe('bad input', () => {
    it('is refused in both languages beside its field, and nothing is stored', async () => {
      const { batch } = await aBatch(app, { farm });

      for (const bad of badInputs(() => newStepJson({ note: 'x' }), 'note'))
        await expectRefused(app.as(farm.owner), `/api/v1/batches/${batch.id}/steps`, bad);

      expect(itemsOf(await journal(batch.id))).to.deep.equal([]);
      expect(await contentModel(app.db).countDocuments({ stepId: { $exists: false } })).to.equal(0);
    });

    const absent = '0190a000-0000-7000-8000-000000000001';
    const cases: [string, Json, string][] = [
      ['an unknown kind', { kind: 'dance' }, '/kind choice'],
      ['an impossible day', { doneOn: '2026-02-30' }, '/doneOn day'],
      ['a day with a time', { doneOn: '2026-08-01T00:30:00+07:00' }, '/doneOn day'],
      ['a last day before the first', { doneUntil: '2026-07-31' }, '/doneUntil before-start'],
      ['a note of 501 characters', { note: 'ấ'.repeat(501) }, '/note too-long'],
      ['an amount without its unit', { amount: 2 }, '/unit required'],
      ['a unit without its amount', { unit: 'kg' }, '/amount required'],
      ['a spray without its material', { kind: 'spray', material: undefined }, '/material required'],
      ['half a day of waiting', { kind: 'spray', waitDays: 1.5 }, '/waitDays whole-number'],
      ['fewer than no days of waiting', { kind: 'spray', waitDays: -1 }, '/waitDays too-small'],
      ['a waiting time for watering', { waitDays: 7 }, '/waitDays not-for-kind'],
      ['packed units for watering', { unitsPacked: 7 }, '/unitsPacked not-for-kind'],
      ['eleven photos', { photoHashes: Array.from({ length: 11 }, () => 'a'.repeat(64)) }, '/photoHashes too-many'],
      ['a hash that is none', { photoHashes: ['A'.repeat(64)] }, '/photoHashes/0 sha256'],
      ['a plot that is not the batch’s', { siteIds: [absent] }, '/siteIds unknown-reference'],
      ['the correction of a step that is not there', { corrects: absent }, '/corrects unknown-reference'],
      ['the withdrawal of a step that is not there', { withdraws: absent }, '/withdraws unknown-reference'],
      ['both at once', { corrects: absent, withdraws: absent }, '/withdraws one-of-two'],
      ['a moment without its zone', { queued: true, madeAt: '2026-09-01T10:00:00' }, '/madeAt moment'],
    ];
    for (const [what, parts, expected] of cases)
      it(`refuses ${what}`, async () => {
        const { batch } = await aBatch(app, { farm });

        const answer = await sendStep(app, farm.owner, batch.id, parts);

        expect(answer.status).to.equal(422);
        expect(pointers(answer)).to.include(expected);
        expect(itemsOf(await journal(batch.id))).to.deep.equal([]);
      });
  });

  describe('days', () => {
    it('are those of Viet Nam: at 00:30 there, today has begun', async () => {
      const { batch } = await aBatch(app, { farm });
      app.setNow('2026-08-31T17:30:00Z');

      const today = await sendStep(app, farm.owner, batch.id, { kind: 'harvest', doneOn: '2026-09-01' });
      const tomorrow = await sendStep(app, farm.owner, batch.id, { doneOn: '2026-09-02' });
      app.setNow('2026-09-04T09:41:00+07:00');

      expect(today.status).to.equal(201);
      expect(today.body['doneOn']).to.equal('2026-09-01');
      expect(tomorrow.status).to.equal(409);
      expect(tomorrow.body).to.deep.include({ type: '/problems/step-in-future', today: '2026-09-01' });
    });

    it('before the first day of the batch are refused with that day', async () => {
      const { batch } = await aBatch(app, { farm });

      const answer = await sendStep(app, farm.owner, batch.id, { doneOn: '2026-01-04' });

      expect(answer.status).to.equal(409);
      expect(answer.body).to.deep.include({ type: '/problems/step-before-planting', startedOn: '2026-01-05' });
    });
  });

  describe('corrections', () => {
    it('take the place of a version, which stays in the history with its note', async () => {
      const { batch } = await aBatch(app, { farm });
      const first = await aStep(app, farm.owner, batch.id, { note: 'Sai.', amount: 2, unit: 'giờ' });
      const second = await aStep(app, farm.owner, batch.id, { corrects: first['id'], amount: 3, unit: 'giờ' });

      const entries = itemsOf(await journal(batch.id));
      const history = await app.as(farm.owner).get(`/api/v1/steps/${String(first['id'])}`);

      expect(entries).to.have.length(1);
      expect(entries[0]).to.deep.include({ id: second['id'], amount: 3, correctionCount: 1 });
      const versions = history.body['versions'] as Json[];
      expect(versions.map(({ id, replacedBy, note }) => [id, replacedBy, note])).to.deep.equal([
        [second['id'], null, ''],
        [first['id'], second['id'], 'Sai.'],
      ]);
    });

    it('concern the newest version only, and of two at once one wins', async () => {
      const { batch } = await aBatch(app, { farm });
      const first = await aStep(app, farm.owner, batch.id);
      const correct = (doneOn: string) => sendStep(app, farm.owner, batch.id, { corrects: first['id'], doneOn });

      const answers = await Promise.all([correct('2026-08-02'), correct('2026-08-03')]);
      const late = await correct('2026-08-04');

      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
      expect(late.status).to.equal(409);
      expect(late.body['type']).to.equal('/problems/step-already-corrected');
      expect(itemsOf(await journal(batch.id))).to.have.length(1);
    });

    it('that are sent twice are one correction', async () => {
      const { batch } = await aBatch(app, { farm });
      const first = await aStep(app, farm.owner, batch.id);
      const sent = newStepJson({ corrects: first['id'], doneOn: '2026-08-02', note: 'Nhầm ngày.' });
      const send = () => app.as(farm.owner).post(`/api/v1/batches/${batch.id}/steps`, sent);

      const answers = await Promise.all([send(), send(), send()]);

      expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    });

    it('are refused for a step of another batch', async () => {
      const { batch } = await aBatch(app, { farm });
      const other = await aBatch(app, { farm });
      const elsewhere = await aStep(app, farm.owner, other.batch.id);

      const answer = await sendStep(app, farm.owner, batch.id, { corrects: elsewhere['id'] });

      expect(pointers(answer)).to.deep.equal(['/corrects unknown-reference']);
    });

    it('withdraw a step whose kind and day are named rightly, once', async () => {
      const { batch } = await aBatch(app, { farm });
      const step = await aStep(app, farm.owner, batch.id, { kind: 'weed' });
      const withdraw = (parts: Json = {}) =>
        sendStep(app, farm.owner, batch.id, { kind: 'weed', withdraws: step['id'], note: 'Nhầm lô.', ...parts });

      const wrong = await withdraw({ doneOn: '2026-08-02' });
      const done = await withdraw();
      const again = await withdraw();
      const onIt = await sendStep(app, farm.owner, batch.id, { corrects: done.body['id'] });
      const history = await app.as(farm.owner).get(`/api/v1/steps/${String(step['id'])}`);

      expect(pointers(wrong)).to.deep.equal(['/doneOn differs-from-withdrawn']);
      expect([done.status, again.status, onIt.status]).to.deep.equal([201, 409, 422]);
      expect(itemsOf(await journal(batch.id))).to.deep.equal([]);
      expect(history.body['entry']).to.equal(null);
      expect(history.body['versions']).to.have.length(2);
    });
  });

  describe('a lot under recall', () => {
    it('takes no new work, but corrections, withdrawals, repeats and what was made offline', async () => {
      const { batch } = await aBatch(app, { farm });
      const before = newStepJson();
      const send = (parts: Json) => sendStep(app, farm.owner, batch.id, parts);
      await send(before);
      await app.as(farm.officer).post(`/api/v1/batches/${batch.id}/recalls`, newRecallJson());

      const work = await send({ kind: 'ship', doneOn: '2026-09-04' });
      const repeat = await send(before);
      const offline = await send({ kind: 'ship', queued: true, madeAt: '2026-09-03T08:00:00+07:00' });
      const correction = await send({ corrects: before['id'], doneOn: '2026-08-02' });

      expect(work.status).to.equal(409);
      expect(work.body['type']).to.equal('/problems/batch-recalled');
      expect([repeat, offline, correction].map(({ status }) => status)).to.deep.equal([201, 201, 201]);
      expect(offline.body['marks']).to.deep.equal(['batch-recalled']);
    });
  });

  describe('the journal', () => {
    it('comes newest work first, in pages, with its gaps', async () => {
      const { batch } = await aBatch(app, { farm });
      const seen = ['2026-05-30', '2026-07-19', '2026-02-20'];
      for (const doneOn of seen) await aStep(app, farm.owner, batch.id, { doneOn });
      await aStep(app, farm.owner, batch.id, { kind: 'nothing-done', doneOn: '2026-02-21', doneUntil: '2026-05-29' });

      const path = `/api/v1/batches/${batch.id}/steps`;
      const first = await app.as(farm.owner).get(`${path}?limit=3`);
      const second = await app.as(farm.owner).get(`${path}?limit=3&after=${String(first.body['next'])}`);

      const days = [...itemsOf(first), ...itemsOf(second)].map(({ doneOn }) => doneOn);
      expect(days).to.deep.equal(['2026-07-19', '2026-05-30', '2026-02-21', '2026-02-20']);
      expect(second.body['next']).to.equal(null);
      expect(first.body['gaps']).to.deep.equal([{ fromDay: '2026-05-31', toDay: '2026-07-18', days: 49 }]);
    });

    it('raises the version of its batch with every step', async () => {
      const { batch } = await aBatch(app, { farm });
      await aStep(app, farm.owner, batch.id);

      const read = await app.as(farm.owner).get(`/api/v1/batches/${batch.id}`);

      expect(read.body['version']).to.be.greaterThan(1);
    });
  });
});
