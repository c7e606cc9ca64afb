import { expect } from 'chai';
import { requireBatch } from '../../src/batches/batches.service.ts';
import { followUpRecallsSince, openRecallsOf } from '../../src/recalls/recalls.service.ts';
import { batchModel } from '../../src/batches/batches.model.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { aBatch, aFarm, newBatchJson, newRecallJson } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import type { Actor } from '../../src/actor.ts';

type Json = Record<string, unknown>;

describe('Recalls in the API', () => {
  let app: TestApp;
  let farm: Farm;
  const recall = (actor: Actor, batchId: string, parts: Json = {}): Promise<ApiAnswer> =>
    app.as(actor).post(`/api/v1/batches/${batchId}/recalls`, newRecallJson(parts));
  const close = (actor: Actor, recallId: unknown, parts: Json = {}): Promise<ApiAnswer> =>
    app.as(actor).post(`/api/v1/recalls/${String(recallId)}/closing`, {
      id: uuidv7(),
      outcome: 'Đã thu lại và huỷ 780 hộp.',
      ...parts,
    });
  const openOf = async (batchId: string): Promise<string[]> =>
    (await openRecallsOf(app.db, await requireBatch(app.db, batchId))).map(({ id }) => id);
  const marksOf = async (batchId: string): Promise<unknown[]> => {
    const { body } = await app.as(farm.owner).get(`/api/v1/batches/${batchId}`);
    return [body['recallIds'], body['closedRecallIds']];
  };

  before(async () => {
    app = await testApp();
    farm = await aFarm(app);
  });
  after(() => app.close());

  it('reach every lot made from the recalled one, those made later too, and no other', async () => {
    const parent = await aBatch(app, { farm });
    const child = await aBatch(app, { farm, parts: { madeFrom: [parent.batch.id] } });
    const grandchild = await aBatch(app, { farm, parts: { madeFrom: [child.batch.id] } });
    const stranger = await aBatch(app, { farm });

    const answer = await recall(farm.officer, parent.batch.id);
    const later = await aBatch(app, { farm, parts: { madeFrom: [grandchild.batch.id, stranger.batch.id] } });

    expect(answer.status).to.equal(201);
    const id = answer.body['id'];
    for (const { batch } of [parent, child, grandchild, later]) {
      expect(await openOf(batch.id)).to.deep.equal([id]);
      expect(await marksOf(batch.id)).to.deep.equal([[id], []]);
    }
    expect(later.batch.ancestors).to.have.members([
      later.batch.id,
      grandchild.batch.id,
      child.batch.id,
      parent.batch.id,
      stranger.batch.id,
    ]);
    expect(await openOf(stranger.batch.id)).to.deep.equal([]);
  });

  it('reach lots that are made while the recall is being marked', async () => {
    const parent = await aBatch(app, { farm });
    const child = await aBatch(app, { farm, parts: { madeFrom: [parent.batch.id] } });
    const bodies = Array.from({ length: 20 }, (_, n) =>
      newBatchJson(farm, { madeFrom: [n % 2 === 0 ? parent.batch.id : child.batch.id] }),
    );

    const [answer] = await Promise.all([
      recall(farm.officer, parent.batch.id),
      ...bodies.map((body) => app.as(farm.owner).post(`/api/v1/products/${farm.product.id}/batches`, body)),
    ]);

    for (const { id } of bodies) expect(await marksOf(String(id))).to.deep.equal([[answer.body['id']], []]);
  });

  it('end once, and a lot with another open one stays recalled', async () => {
    const { batch } = await aBatch(app, { farm });
    const first = await recall(farm.officer, batch.id);
    const second = await recall(farm.owner, batch.id);
    const closing = { id: uuidv7() };

    const answers = [
      await close(farm.officer, first.body['id'], closing),
      await close(farm.officer, first.body['id'], closing),
      await close(farm.officer, first.body['id']),
      await close(farm.officer, first.body['id'], { ...closing, outcome: 'Kết quả khác hẳn.' }),
      await close(farm.officer, second.body['id'], closing),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 409, 409, 409]);
    expect(answers.map(({ body }) => body['type'] ?? '')).to.deep.equal([
      '',
      '',
      '/problems/recall-already-closed',
      '/problems/id-with-other-content',
      '/problems/id-with-other-content',
    ]);
    expect(await openOf(batch.id)).to.deep.equal([second.body['id']]);
    const [, closed] = await marksOf(batch.id);
    expect(closed).to.deep.equal([first.body['id']]);
    const read = await app.as(farm.owner).get(`/api/v1/recalls/${String(first.body['id'])}`);
    expect(read.body['closing']).to.deep.include({ id: closing.id });
  });

  it('by the province are not ended by the producer; those of the producer may be ended by both', async () => {
    const { batch } = await aBatch(app, { farm });
    const byProvince = await recall(farm.officer, batch.id);
    const byOwner = await recall(farm.owner, batch.id);
    const alsoByOwner = await recall(farm.owner, batch.id);

    const answers = [
      await close(farm.owner, byProvince.body['id']),
      await close(farm.owner, byOwner.body['id']),
      await close(farm.officer, alsoByOwner.body['id']),
    ];

    expect([byProvince, byOwner].map(({ body }) => body['level'])).to.deep.equal(['province', 'producer']);
    expect(answers.map(({ status }) => status)).to.deep.equal([403, 201, 201]);
  });

  it('that are sent twice are one, with other content a conflict', async () => {
    const { batch } = await aBatch(app, { farm });
    const id = uuidv7();

    const answers = await Promise.all([recall(farm.owner, batch.id, { id }), recall(farm.owner, batch.id, { id })]);
    const other = await recall(farm.owner, batch.id, { id, reason: 'Lý do khác hẳn.' });

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
    expect(other.status).to.equal(409);
    expect(await openOf(batch.id)).to.deep.equal([id]);
  });

  it('are marked again after a crash that left the marks undone', async () => {
    const { batch } = await aBatch(app, { farm });
    const answer = await recall(farm.owner, batch.id);
    await batchModel(app.db).updateOne({ _id: batch.id }, { $set: { recallIds: [] } });

    await followUpRecallsSince(app.db, new Date('2026-09-01'));

    expect(await marksOf(batch.id)).to.deep.equal([[answer.body['id']], []]);
  });

  it('are hidden from strangers like records that are not there', async () => {
    const { batch } = await aBatch(app, { farm });
    const answer = await recall(farm.owner, batch.id);
    const path = `/api/v1/recalls/${String(answer.body['id'])}`;

    const answers = [
      await app.as(anOfficer('01')).get(path),
      await recall(aProducerUser(uuidv7()), batch.id),
      await close(anOfficer('01'), answer.body['id']),
      await close(farm.owner, uuidv7()),
      await app.as(undefined).get(path),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 404, 401]);
  });

  it('refuse bad input in both languages and store nothing', async () => {
    const { batch } = await aBatch(app, { farm });

    for (const bad of badInputs(newRecallJson, 'reason'))
      await expectRefused(app.as(farm.officer), `/api/v1/batches/${batch.id}/recalls`, bad);
    const short = await recall(farm.officer, batch.id, { reason: 'x' });
    const phone = await recall(farm.officer, batch.id, { phone: '113' });

    expect([short.status, phone.status]).to.deep.equal([422, 422]);
    expect(await openOf(batch.id)).to.deep.equal([]);
  });
});
