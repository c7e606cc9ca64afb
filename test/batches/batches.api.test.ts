import { expect } from 'chai';
import { finishTake, finishTakes, takeUnits } from '../../src/batches/batches.service.ts';
import { AppError } from '../../src/errors.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { aNaProduct, aBatch, aFarm, newBatchJson } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';

const pointers = (answer: ApiAnswer): string[] =>
  ((answer.body['errors'] ?? []) as { pointer: string; code: string }[]).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

const faultOf = async (run: Promise<unknown>): Promise<string> => {
  try {
    await run;
    return '';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code;
  }
};

describe('Batches in the API', () => {
  let app: TestApp;
  let farm: Farm;
  const batchesOf = (productId: string) => `/api/v1/products/${productId}/batches`;

  before(async () => {
    app = await testApp();
    farm = await aFarm(app);
  });
  after(() => app.close());

  it('makes a batch with its use-by day, all units left and itself as only ancestor', async () => {
    const sent = newBatchJson(farm, { harvestedOn: '2026-09-02', packedOn: '2026-09-02' });

    const answer = await app.as(farm.owner).post(batchesOf(farm.product.id), sent);

    expect(answer.status).to.equal(201);
    expect(answer.headers.get('location')).to.equal(`/api/v1/batches/${String(sent['id'])}`);
    expect(answer.body).to.deep.include({
      id: sent['id'],
      producerId: farm.producer.id,
      useBy: '2026-09-09',
      unitsLeft: 804,
      ancestors: [sent['id']],
      held: false,
      sample: false,
      version: 1,
    });
    const read = await app.as(farm.officer).get(`/api/v1/batches/${String(sent['id'])}`);
    expect(read.body).to.deep.equal(answer.body);
  });

  it('answers a repeated request with the same batch, also after it was changed', async () => {
    const sent = newBatchJson(farm);
    const path = batchesOf(farm.product.id);
    const first = await app.as(farm.owner).post(path, sent);
    const packing = { id: uuidv7(), packedOn: '2026-09-03', quantity: { amount: 400, unit: 'kg' }, unitsMade: 800 };
    await app
      .as(farm.owner)
      .put(`/api/v1/batches/${String(sent['id'])}/packing`, Buffer.from(JSON.stringify(packing)), 'application/json');

    const second = await app.as(farm.owner).post(path, sent);

    expect([first.status, second.status]).to.deep.equal([201, 201]);
    expect(second.body).to.deep.include({ id: sent['id'], unitsMade: 800, useBy: '2026-09-10' });
  });

  it('shows both contents when an id comes again with another one', async () => {
    const sent = newBatchJson(farm);
    await app.as(farm.owner).post(batchesOf(farm.product.id), sent);

    const answer = await app.as(farm.owner).post(batchesOf(farm.product.id), { ...sent, unitsMade: 10 });

    expect(answer.status).to.equal(409);
    expect(answer.body['existing']).to.deep.include({ unitsMade: 804 });
    expect(answer.body['sent']).to.deep.include({ unitsMade: 10 });
  });

  it('does not show another producer’s batch under a taken id', async () => {
    const { batch } = await aBatch(app);

    const answer = await app.as(farm.owner).post(batchesOf(farm.product.id), newBatchJson(farm, { id: batch.id }));

    expect(answer.status).to.equal(409);
    expect(answer.body).to.not.have.any.keys('existing', 'sent');
    expect(JSON.stringify(answer.body)).to.not.contain(batch.lotNumber);
  });

  it('keeps a lot number once per product, with its case', async () => {
    const other = await aNaProduct(app, farm.owner, farm.producer.id);
    const post = (productId: string, lotNumber: string) =>
      app.as(farm.owner).post(batchesOf(productId), newBatchJson(farm, { lotNumber }));

    const answers = [
      await post(farm.product.id, '1E5'),
      await post(farm.product.id, '1E5'),
      await post(farm.product.id, '1e5'),
      await post(other.id, '1E5'),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 409, 201, 201]);
    expect(answers[1]?.body).to.deep.include({ type: '/problems/lot-taken', lotNumber: '1E5' });
    expect(answers[0]?.body['lotNumber']).to.equal('1E5');
  });

  it('makes one lot of fifty requests at once, each answered by success or a clear conflict', async () => {
    const sameId = newBatchJson(farm, { lotNumber: 'FIFTY-1' });
    const bodies = Array.from({ length: 50 }, (_, n) =>
      n % 5 === 0 ? sameId : newBatchJson(farm, { lotNumber: 'FIFTY-1' }),
    );

    const answers = await Promise.all(bodies.map((body) => app.as(farm.owner).post(batchesOf(farm.product.id), body)));

    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body['id']));
    expect(ids.size).to.equal(1);
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([201, 409]));
    const list = await app.as(farm.owner).get(`${batchesOf(farm.product.id)}?limit=100`);
    const lots = (list.body['items'] as { lotNumber: string }[]).filter(({ lotNumber }) => lotNumber === 'FIFTY-1');
    expect(lots).to.have.length(1);
  });

  it('lists newest first, page by page, only what the asker may see', async () => {
    const own = await aFarm(app);
    for (let n = 0; n < 3; n += 1) await aBatch(app, { farm: own });
    const path = batchesOf(own.product.id);

    const first = await app.as(own.owner).get(`${path}?limit=2`);
    const second = await app.as(own.owner).get(`${path}?limit=2&after=${String(first.body['next'])}`);
    const all = await app.as(own.owner).get('/api/v1/batches?limit=100');
    const foreign = await app.as(farm.owner).get(`/api/v1/batches?producerId=${own.producer.id}`);

    const idsOf = (answer: ApiAnswer) => (answer.body['items'] as { id: string }[]).map(({ id }) => id);
    expect(idsOf(first)).to.have.length(2);
    expect(second.body['next']).to.equal(null);
    expect([...idsOf(first), ...idsOf(second)]).to.deep.equal(idsOf(all));
    expect(idsOf(all)).to.deep.equal([...idsOf(all)].sort().reverse());
    expect(idsOf(foreign)).to.deep.equal([]);
  });

  it('answers for a foreign batch as for one that is not there', async () => {
    const { batch } = await aBatch(app, { farm });
    const strangers = [aProducerUser(uuidv7()), anOfficer('01'), anAdmin()];

    for (const stranger of strangers) {
      const foreign = await app.as(stranger).get(`/api/v1/batches/${batch.id}`);
      const absent = await app.as(stranger).get(`/api/v1/batches/${uuidv7()}`);
      expect(foreign.status).to.equal(404);
      expect({ ...foreign.body, instance: '' }).to.deep.equal({ ...absent.body, instance: '' });
    }
    expect((await app.as(farm.owner).get('/api/v1/batches/1')).status).to.equal(404);
    expect((await app.as(undefined).get(`/api/v1/batches/${batch.id}`)).status).to.equal(401);
  });

  it('lets the officer see but not make a batch', async () => {
    const answer = await app.as(farm.officer).post(batchesOf(farm.product.id), newBatchJson(farm));

    expect(answer.status).to.equal(403);
  });

  it('answers alike for a site that is not there and for one of somebody else', async () => {
    const other = await aFarm(app);
    const post = (siteId: string) =>
      app.as(farm.owner).post(batchesOf(farm.product.id), newBatchJson(farm, { siteIds: [siteId] }));

    const foreign = await post(other.plotA.id);
    const absent = await post(uuidv7());

    expect(foreign.status).to.equal(409);
    expect({ ...foreign.body, instance: '' }).to.deep.equal({ ...absent.body, instance: '' });
  });

  describe('bad input', () => {
    it('is refused in both languages beside its field, and nothing is stored', async () => {
      const own = await aFarm(app);
      const good = () => newBatchJson(own);

      for (const bad of badInputs(good, 'lotNumber'))
        await expectRefused(app.as(own.owner), batchesOf(own.product.id), bad);

      const list = await app.as(own.owner).get(batchesOf(own.product.id));
      expect(list.body['items']).to.deep.equal([]);
    });

    const cases: [string, Record<string, unknown>, string][] = [
      ['an impossible day', { startedOn: '2026-02-30' }, '/startedOn day'],
      ['a first day after today', { startedOn: '2026-09-05' }, '/startedOn not-after-today'],
      ['use-by before packing', { packedOn: '2026-09-02', useBy: '2026-09-01' }, '/useBy before-production'],
      ['a lot number with a space', { lotNumber: 'NA 1' }, '/lotNumber lot-number'],
      ['a lot number with markup', { lotNumber: '<script>`' }, '/lotNumber lot-number'],
      ['a lot number in Vietnamese', { lotNumber: 'LÔ-1' }, '/lotNumber lot-number'],
      ['a lot number of 21 characters', { lotNumber: 'A'.repeat(21) }, '/lotNumber too-long'],
      ['half a unit', { unitsMade: 1.5 }, '/unitsMade whole-number'],
      ['fewer than no units', { unitsMade: -1 }, '/unitsMade too-small'],
      ['more units than the quantity holds', { unitsMade: 805 }, '/unitsMade more-than-quantity'],
      ['no site', { siteIds: [] }, '/siteIds too-few'],
      ['a site that is no id', { siteIds: [{ $gt: '' }] }, '/siteIds/0 id'],
      ['a quantity of nothing', { quantity: { amount: 0, unit: 'kg' } }, '/quantity/amount above-zero'],
      ['an unknown unit', { quantity: { amount: 1, unit: 'ton' } }, '/quantity/unit choice'],
      ['a batch to be made from that is not there', { madeFrom: [uuidv7()] }, '/madeFrom unknown-reference'],
    ];
    for (const [what, parts, expected] of cases)
      it(`refuses ${what}`, async () => {
        const answer = await app.as(farm.owner).post(batchesOf(farm.product.id), newBatchJson(farm, parts));

        expect(answer.status).to.equal(422);
        expect(pointers(answer)).to.include(expected);
      });
  });

  describe('packing', () => {
    const put = (owner: Farm['owner'], batchId: string, body: unknown) =>
      app.as(owner).put(`/api/v1/batches/${batchId}/packing`, Buffer.from(JSON.stringify(body)), 'application/json');
    const packing = (parts: Record<string, unknown> = {}) => ({
      id: uuidv7(),
      harvestedOn: '2026-09-02',
      packedOn: '2026-09-02',
      quantity: { amount: 402, unit: 'kg' },
      unitsMade: 800,
      ...parts,
    });

    it('sets days and units, works out the use-by day and raises the version', async () => {
      const { batch } = await aBatch(app, { farm });

      const answer = await put(farm.owner, batch.id, packing());

      expect(answer.status).to.equal(200);
      expect(answer.body).to.deep.include({ useBy: '2026-09-09', unitsMade: 800, unitsLeft: 800, version: 2 });
    });

    it('applies the same change once, also when it comes again after another one', async () => {
      const { batch } = await aBatch(app, { farm });
      const first = packing({ unitsMade: 100 });
      await put(farm.owner, batch.id, first);
      await put(farm.owner, batch.id, packing({ unitsMade: 200 }));

      const again = await put(farm.owner, batch.id, first);
      const other = await put(farm.owner, batch.id, { ...first, unitsMade: 5 });

      expect(again.body['unitsMade']).to.equal(200);
      expect(other.status).to.equal(409);
    });

    it('keeps the rest right when labels are taken at the same time', async () => {
      const { batch } = await aBatch(app, { farm, parts: { unitsMade: 100 } });

      await Promise.all([
        put(farm.owner, batch.id, packing({ unitsMade: 120 })),
        ...Array.from({ length: 10 }, () => takeUnits(app.db, batch.id, uuidv7(), 5)),
      ]);

      const read = await app.as(farm.owner).get(`/api/v1/batches/${batch.id}`);
      expect(read.body).to.deep.include({ unitsMade: 120, unitsLeft: 70, held: false });
    });

    it('holds the batch when labels are out for more than was made, until someone settles it with a reason', async () => {
      const { batch } = await aBatch(app, { farm, parts: { unitsMade: 100 } });
      await takeUnits(app.db, batch.id, uuidv7(), 60);
      const change = packing({ unitsMade: 50 });

      const held = await put(farm.owner, batch.id, change);
      const settlement = `/api/v1/batches/${batch.id}/holds/${change.id}/settlement`;
      const noReason = await app.as(farm.officer).post(settlement, { reason: '' });
      const settled = await app.as(farm.officer).post(settlement, { reason: 'Đã huỷ 10 tem thừa.' });
      const again = await app.as(farm.officer).post(settlement, { reason: 'Đã huỷ 10 tem thừa.' });
      const late = await app.as(farm.owner).post(settlement, { reason: 'Không đồng ý.' });
      const absent = await app.as(farm.owner).post(settlement.replace(change.id, uuidv7()), { reason: 'Vì sao.' });

      expect(held.body).to.deep.include({ unitsLeft: -10, held: true });
      expect(noReason.status).to.equal(422);
      expect([settled.status, again.status, late.status, absent.status]).to.deep.equal([201, 201, 409, 404]);
      expect(settled.body).to.deep.include({ held: false, unitsLeft: -10 });
    });

    it('refuses what a batch can’t be, and anyone but its owner', async () => {
      const { batch } = await aBatch(app, { farm });

      const early = await put(farm.owner, batch.id, packing({ packedOn: '2026-01-01' }));
      const many = await put(farm.owner, batch.id, packing({ unitsMade: 9000 }));
      const operator = await put(farm.owner, batch.id, packing({ useBy: { $gt: '' } }));
      const officer = await put(farm.officer, batch.id, packing());
      const stranger = await put(aProducerUser(uuidv7()), batch.id, packing());

      const statuses = [early, many, operator, officer, stranger].map(({ status }) => status);
      expect(statuses).to.deep.equal([422, 422, 422, 403, 404]);
    });
  });

  describe('units for labels', () => {
    it('are given to six of fifty who want five of the last thirty at once', async () => {
      const { batch } = await aBatch(app, { farm, parts: { unitsMade: 30 } });

      const outcomes = await Promise.all(
        Array.from({ length: 50 }, () => faultOf(takeUnits(app.db, batch.id, uuidv7(), 5))),
      );

      expect(outcomes.filter((code) => code === '')).to.have.length(6);
      expect(outcomes.filter((code) => code === 'not-enough-units')).to.have.length(44);
      const read = await app.as(farm.owner).get(`/api/v1/batches/${batch.id}`);
      expect(read.body['unitsLeft']).to.equal(0);
    });

    it('are taken once for a run, at once and after it was finished', async () => {
      const { batch } = await aBatch(app, { farm, parts: { unitsMade: 30 } });
      const runId = uuidv7();

      await Promise.all(Array.from({ length: 10 }, () => takeUnits(app.db, batch.id, runId, 5)));
      await finishTake(app.db, batch.id, runId);
      await finishTake(app.db, batch.id, runId);
      await takeUnits(app.db, batch.id, runId, 5);

      const read = await app.as(farm.owner).get(`/api/v1/batches/${batch.id}`);
      expect(read.body['unitsLeft']).to.equal(25);
    });

    it('come back from a run that a crash left unmade, and stay taken for one that was made', async () => {
      const { batch } = await aBatch(app, { farm, parts: { unitsMade: 30 } });
      const [made, lost, young] = [uuidv7(), uuidv7(), uuidv7()];
      await takeUnits(app.db, batch.id, made, 10);
      await takeUnits(app.db, batch.id, lost, 7);
      const later = new Date(Date.now() + 1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      await takeUnits(app.db, batch.id, young, 3);

      const runExists = (runId: string) => Promise.resolve(runId === made);
      await finishTakes(app.db, runExists, later);
      await finishTakes(app.db, runExists, later);

      const read = await app.as(farm.owner).get(`/api/v1/batches/${batch.id}`);
      expect(read.body['unitsLeft']).to.equal(30 - 10 - 3);
      await takeUnits(app.db, batch.id, made, 10);
      const again = await app.as(farm.owner).get(`/api/v1/batches/${batch.id}`);
      expect(again.body['unitsLeft']).to.equal(30 - 10 - 3);
    });

    it('are not given for a batch that is not there', async () => {
      expect(await faultOf(takeUnits(app.db, uuidv7(), uuidv7(), 1))).to.equal('batch-not-found');
    });
  });
});
