// Changes of batches through the API: what may be changed, what follows for the balance and the line, closing, and the history.
import { expect } from 'chai';
import { batchModel } from '../../src/batches/batches.model.ts';
import { finishLineages } from '../../src/batches/batches.lineage.service.ts';
import { takeUnits } from '../../src/batches/batches.service.ts';
import type { Batch } from '../../src/batches/batches.types.ts';
import type { Actor } from '../../src/actor.ts';
import { siteModel } from '../../src/sites/sites.model.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { anAdmin, anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aBatch, aFarm, aStep, newBatchJson, newRecallJson, sendStep } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { aMaterial } from '../support/factories.materials.ts';

type Json = Record<string, unknown>;

const pointers = (answer: ApiAnswer): string[] =>
  ((answer.body['errors'] ?? []) as { pointer: string; code: string }[]).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );

/** The body that leaves everything as it is. */
const bodyOf = (batch: Batch, parts: Json = {}): Json => {
  const { version, siteIds, startedOn, harvestedOn, packedOn, useBy, quantity, unitsMade, inputs, madeFrom } = batch;
  const days = { startedOn, harvestedOn, packedOn, useBy };
  return { version, siteIds, ...days, quantity, unitsMade, inputs, madeFrom, ...parts };
};

describe('Changes of batches', () => {
  let app: TestApp;
  let farm: Farm;

  before(async () => {
    app = await testApp();
  });
  beforeEach(async () => {
    farm = await aFarm(app);
  });
  after(() => app.close());

  const one = (id: string, rest = ''): string => `/api/v1/batches/${id}${rest}`;
  const make = async (parts: Json = {}): Promise<Batch> => (await aBatch(app, { farm, parts })).batch;
  const put = (person: Actor | undefined, id: string, body: unknown): Promise<ApiAnswer> =>
    app.as(person).put(one(id), Buffer.from(JSON.stringify(body)), 'application/json');
  const change = (batch: Batch, parts: Json): Promise<ApiAnswer> => put(farm.owner, batch.id, bodyOf(batch, parts));
  const read = async (id: string): Promise<Json> => (await app.as(farm.owner).get(one(id))).body;
  const history = async (id: string): Promise<Json[]> =>
    (await app.as(farm.officer).get(one(id, '/history'))).body['items'] as Json[];

  it('set sites, days, quantity and units, and are told in the history with what was and what is', async () => {
    const batch = await make();

    const answer = await change(batch, {
      siteIds: [farm.plotA.id],
      harvestedOn: '2026-09-02',
      packedOn: '2026-09-03',
      quantity: { amount: 300, unit: 'kg' },
      unitsMade: 600,
    });

    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.include({ unitsMade: 600, unitsLeft: 600, useBy: '2026-09-10', version: 2 });
    const [note] = await history(batch.id);
    expect(note).to.deep.include({ what: 'batch-changed', byUserId: farm.owner.userId });
    expect(note?.['before']).to.deep.include({ harvestedOn: null, quantity: { amount: 402, unit: 'kg' } });
    expect(note?.['after']).to.deep.include({ packedOn: '2026-09-03', useBy: '2026-09-10', unitsMade: 600 });
  });

  it('that change nothing raise no version, whatever the order of sites, and leave no note', async () => {
    const batch = await make();

    const answer = await change(batch, { siteIds: [...batch.siteIds].reverse() });

    expect(answer.body).to.deep.include({ version: 1, siteIds: batch.siteIds });
    expect(await history(batch.id)).to.deep.equal([]);
  });

  it('sent five times at once are made once', async () => {
    const batch = await make();

    const answers = await Promise.all(Array.from({ length: 5 }, () => change(batch, { startedOn: '2026-01-04' })));

    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200]);
    expect(await history(batch.id)).to.have.length(1);
    expect(await read(batch.id)).to.include({ version: 2, startedOn: '2026-01-04' });
  });

  it('are no conflict with steps, but with other changes', async () => {
    const batch = await make();
    await aStep(app, farm.owner, batch.id);
    const afterStep = await change(batch, { startedOn: '2026-01-04' });

    const late = await change(batch, { startedOn: '2026-01-03' });
    const ahead = await change(batch, { startedOn: '2026-01-03', version: 99 });

    expect(afterStep.status).to.equal(200);
    expect([late.status, ahead.status]).to.deep.equal([409, 409]);
    expect(late.body).to.include({ type: '/problems/changed-meanwhile' });
    expect(late.body['existing']).to.include({ startedOn: '2026-01-04' });
    expect(late.body['sent']).to.include({ startedOn: '2026-01-03' });
  });

  it('keep the rest for labels right while labels are taken, and hold the batch when it falls below nothing', async () => {
    const batch = await make({ unitsMade: 100 });

    await Promise.all([
      change(batch, { unitsMade: 120 }),
      ...Array.from({ length: 10 }, () => takeUnits(app.db, batch.id, uuidv7(), 5)),
    ]);
    const between = await read(batch.id);
    const fewer = await put(farm.owner, batch.id, bodyOf(batch, { unitsMade: 40, version: between['version'] }));

    expect(between).to.include({ unitsMade: 120, unitsLeft: 70, held: false });
    expect(fewer.body).to.include({ unitsMade: 40, unitsLeft: -10, held: true });
    expect((fewer.body['holds'] as Json[])[0]).to.include({ reason: 'units-negative', settled: null });
  });

  it('and packing one after the other both stay, each with its note', async () => {
    const batch = await make();
    const packing = { id: uuidv7(), packedOn: '2026-09-03', quantity: { amount: 402, unit: 'kg' }, unitsMade: 700 };
    const path = one(batch.id, '/packing');
    await app.as(farm.owner).put(path, Buffer.from(JSON.stringify(packing)), 'application/json');

    const late = await change(batch, { startedOn: '2026-01-04' });

    expect(late.status).to.equal(409);
    const notes = await history(batch.id);
    expect(notes.map(({ what }) => what)).to.deep.equal(['batch-packing']);
    expect(notes[0]?.['after']).to.deep.equal({ packedOn: '2026-09-03', useBy: '2026-09-10', unitsMade: 700 });
  });

  it('are refused to officers, and to strangers as if it were not there', async () => {
    const batch = await make();
    const closing = { id: uuidv7(), reason: '' };

    expect((await put(farm.officer, batch.id, bodyOf(batch))).status).to.equal(403);
    expect((await app.as(farm.officer).post(one(batch.id, '/closing'), closing)).status).to.equal(403);
    for (const stranger of [aProducerUser(uuidv7()), anOfficer('01'), anAdmin()]) {
      const statuses = [
        await put(stranger, batch.id, bodyOf(batch)),
        await app.as(stranger).get(one(batch.id, '/history')),
        await app.as(stranger).post(one(batch.id, '/closing'), closing),
        await app.as(stranger).post(one(batch.id, '/reopening'), { ...closing, reason: 'Còn hàng.' }),
      ].map(({ status }) => status);
      expect(statuses).to.deep.equal([404, 404, 404, 404]);
    }
  });

  describe('sites', () => {
    it('that were closed may stay but not be chosen anew', async () => {
      const before = await make({ siteIds: [farm.plotA.id] });
      await siteModel(app.db).updateMany(
        { _id: { $in: [farm.plotA.id, farm.plotB.id] } },
        { $set: { closedOn: '2026-08-01' } },
      );

      const kept = await change(before, { startedOn: '2026-01-04' });
      const added = await put(
        farm.owner,
        before.id,
        bodyOf(before, { version: 2, startedOn: '2026-01-04', siteIds: [farm.plotA.id, farm.plotB.id] }),
      );
      const made = await app.as(farm.owner).post(`/api/v1/products/${farm.product.id}/batches`, newBatchJson(farm));

      expect(kept.status).to.equal(200);
      expect(pointers(added)).to.deep.equal(['/siteIds site-closed']);
      expect(pointers(made)).to.deep.equal(['/siteIds site-closed']);
    });
  });

  describe('inputs', () => {
    it('are kept by the names that buyers read: of the store, or as given', async () => {
      const sugar = await aMaterial(app, farm.owner, farm.producer.id, { name: 'Đường phèn', kind: 'ingredient' });
      const inputs = [
        { materialId: sugar.id, amount: 6, unit: 'kg', lot: 'D-01' },
        { name: 'Rượu nếp', amount: 55.5, unit: 'lít' },
      ];
      const sent = newBatchJson(farm, { inputs });

      const answer = await app.as(farm.owner).post(`/api/v1/products/${farm.product.id}/batches`, sent);
      const again = await app.as(farm.owner).post(`/api/v1/products/${farm.product.id}/batches`, sent);

      expect([answer.status, again.status]).to.deep.equal([201, 201]);
      expect(answer.body['inputs']).to.deep.equal([
        { materialId: sugar.id, name: 'Đường phèn', amount: 6, unit: 'kg', lot: 'D-01' },
        { materialId: null, name: 'Rượu nếp', amount: 55.5, unit: 'lít', lot: '' },
      ]);
      expect((await app.as(farm.officer).get(one(String(sent['id'])))).body['inputs']).to.deep.equal(
        answer.body['inputs'],
      );
    });

    it('can be changed, and are told in the history', async () => {
      const batch = await make();
      const inputs = [{ name: 'Túi giấy', amount: 804, unit: 'cái', lot: 'T1' }];

      const answer = await change(batch, { inputs });

      expect(answer.body['inputs']).to.deep.equal([{ ...inputs[0], materialId: null }]);
      expect((await history(batch.id))[0]?.['before']).to.deep.equal({ inputs: [] });
    });

    const cases: [string, Json, string][] = [
      ['no name and no material', { name: undefined }, '/inputs/0/name required'],
      ['a name of two lines', { name: 'a\nb' }, '/inputs/0/name one-line'],
      ['a name of 121 characters', { name: 'a'.repeat(121) }, '/inputs/0/name too-long'],
      ['a name with NUL', { name: 'a\u0000' }, '/inputs/0/name characters'],
      ['a name and a material', { materialId: uuidv7() }, '/inputs/0/name chosen-or-typed'],
      ['a material that is not there', { name: '', materialId: uuidv7() }, '/inputs/0/materialId unknown-reference'],
      ['a material that is no id', { name: '', materialId: { $gt: '' } }, '/inputs/0/materialId id'],
      ['no amount', { amount: undefined }, '/inputs/0/amount required'],
      ['an amount of nothing', { amount: 0 }, '/inputs/0/amount above-zero'],
      ['an amount of four decimals', { amount: 1.2345 }, '/inputs/0/amount decimals'],
      ['no unit', { unit: '' }, '/inputs/0/unit required'],
      ['a unit of 31 characters', { unit: 'a'.repeat(31) }, '/inputs/0/unit too-long'],
      ['a lot of 61 characters', { lot: 'a'.repeat(61) }, '/inputs/0/lot too-long'],
      ['a field of another name', { price: 5 }, '/inputs/0/price unknown'],
    ];
    for (const [what, parts, expected] of cases)
      it(`refuse ${what}, new and in a change`, async () => {
        const inputs = [{ name: 'Đường', amount: 1, unit: 'kg', ...parts }];
        const batch = await make();

        const made = await app
          .as(farm.owner)
          .post(`/api/v1/products/${farm.product.id}/batches`, newBatchJson(farm, { inputs }));
        const changed = await change(batch, { inputs });

        expect(pointers(made)).to.include(expected);
        expect(pointers(changed)).to.include(expected);
      });

    it('refuse another producer’s material as one that is not there, and 51 of them', async () => {
      const other = await aFarm(app);
      const theirs = await aMaterial(app, other.owner, other.producer.id);
      const batch = await make();

      const foreign = await change(batch, { inputs: [{ materialId: theirs.id, amount: 1, unit: 'kg' }] });
      const many = await change(batch, {
        inputs: Array.from({ length: 51 }, () => ({ name: 'Đường', amount: 1, unit: 'kg' })),
      });

      expect(pointers(foreign)).to.deep.equal(['/inputs/0/materialId unknown-reference']);
      expect(pointers(many)).to.deep.equal(['/inputs too-many']);
    });
  });

  describe('of what a batch was made from', () => {
    it('pass ancestors and recall marks on to it and to all that was made of it', async () => {
      const [source, middle] = [await make(), await make()];
      const last = await make({ madeFrom: [middle.id] });
      const recall = newRecallJson();
      await app.as(farm.owner).post(one(source.id, '/recalls'), recall);

      const answer = await change(middle, { madeFrom: [source.id] });

      expect(answer.status).to.equal(200);
      expect(answer.body['ancestors']).to.have.members([middle.id, source.id]);
      expect(answer.body['recallIds']).to.deep.equal([recall['id']]);
      const below = await read(last.id);
      expect(below['ancestors']).to.have.members([last.id, middle.id, source.id]);
      expect(below['recallIds']).to.deep.equal([recall['id']]);
    });

    it('reach a recall that comes at the same moment', async () => {
      for (let round = 0; round < 5; round += 1) {
        const [source, made] = [await make(), await make()];
        const recall = newRecallJson();

        await Promise.all([
          change(made, { madeFrom: [source.id] }),
          app.as(farm.owner).post(one(source.id, '/recalls'), recall),
        ]);

        expect((await read(made.id))['recallIds'], `round ${round}`).to.deep.equal([recall['id']]);
      }
    });

    it('meet in a chain whose two edges come at the same moment', async () => {
      for (let round = 0; round < 5; round += 1) {
        const [first, second, third] = [await make(), await make(), await make()];

        await Promise.all([change(second, { madeFrom: [first.id] }), change(third, { madeFrom: [second.id] })]);

        expect((await read(third.id))['ancestors'], `round ${round}`).to.have.members([third.id, second.id, first.id]);
      }
    });

    it('are passed on at the next start when a crash came between', async () => {
      const source = await make();
      const middle = await make();
      const last = await make({ madeFrom: [middle.id] });
      await batchModel(app.db).updateOne(
        { _id: middle.id },
        { $set: { madeFrom: [source.id], ancestors: [middle.id, source.id], lineagePending: true } },
      );

      await finishLineages(app.db);
      await finishLineages(app.db);

      expect((await read(last.id))['ancestors']).to.have.members([last.id, middle.id, source.id]);
      expect(await batchModel(app.db).countDocuments({ lineagePending: true })).to.equal(0);
    });

    it('only add: a batch stays in the line, so that its recall reaches on', async () => {
      const source = await make();
      const made = await make({ madeFrom: [source.id] });

      const answer = await change(made, { madeFrom: [] });

      expect(pointers(answer)).to.deep.equal(['/madeFrom lineage-stays']);
    });

    it('refuse itself, what was made of it, and others’ batches as those that are not there', async () => {
      const source = await make();
      const made = await make({ madeFrom: [source.id] });
      const last = await make({ madeFrom: [made.id] });
      const theirs = (await aBatch(app)).batch;

      const codes = await Promise.all(
        [source.id, made.id, last.id, theirs.id, uuidv7()].map(async (id) =>
          pointers(await change(source, { madeFrom: [id] })),
        ),
      );

      expect(codes).to.deep.equal([
        ['/madeFrom made-from-itself'],
        ['/madeFrom made-from-itself'],
        ['/madeFrom made-from-itself'],
        ['/madeFrom unknown-reference'],
        ['/madeFrom unknown-reference'],
      ]);
    });
  });

  describe('closing and reopening', () => {
    const close = (id: string, body: Json = { id: uuidv7(), reason: 'Đã bán hết.' }) =>
      app.as(farm.owner).post(one(id, '/closing'), body);
    const reopen = (id: string, body: Json = { id: uuidv7(), reason: 'Còn hàng trả về.' }) =>
      app.as(farm.owner).post(one(id, '/reopening'), body);

    it('end the work: no change, no packing, no step, no labels, until it is reopened with a reason', async () => {
      const batch = await make();
      const step = await aStep(app, farm.owner, batch.id);
      const packing = { id: uuidv7(), quantity: { amount: 402, unit: 'kg' }, unitsMade: 1 };

      const closed = await close(batch.id);
      const refused = [
        await change(batch, { startedOn: '2026-01-04' }),
        await app
          .as(farm.owner)
          .put(one(batch.id, '/packing'), Buffer.from(JSON.stringify(packing)), 'application/json'),
        await sendStep(app, farm.owner, batch.id, { kind: 'water' }),
      ];
      const unchanged = await change(batch, {});
      const taken = await takeUnits(app.db, batch.id, uuidv7(), 1).then(
        () => '',
        (error: unknown) => (error as { code: string }).code,
      );
      const correction = await sendStep(app, farm.owner, batch.id, { doneOn: '2026-08-02', corrects: step['id'] });
      const offline = await sendStep(app, farm.owner, batch.id, {
        queued: true,
        madeAt: '2026-09-03T10:00:00+07:00',
      });
      const reopened = await reopen(batch.id);
      const after = await change(batch, { startedOn: '2026-01-04' });

      expect(closed.status).to.equal(201);
      expect(closed.body['closed']).to.deep.include({
        on: '2026-09-04',
        reason: 'Đã bán hết.',
        byUserId: farm.owner.userId,
      });
      expect(refused.map(({ body }) => body['type'])).to.deep.equal([
        '/problems/batch-closed',
        '/problems/batch-closed',
        '/problems/batch-closed',
      ]);
      expect([unchanged.status, taken]).to.deep.equal([200, 'batch-closed']);
      expect([correction.status, offline.status]).to.deep.equal([201, 201]);
      expect(reopened.body['closed']).to.equal(null);
      expect(after.status).to.equal(200);
      expect((await history(batch.id)).map(({ what }) => what)).to.deep.equal([
        'batch-changed',
        'batch-reopened',
        'batch-closed',
      ]);
    });

    it('are made once for one id, also after the other turn; another turn in the same state is refused', async () => {
      const batch = await make();
      const sent = { id: uuidv7(), reason: '' };

      const closings = await Promise.all(Array.from({ length: 5 }, () => close(batch.id, sent)));
      const second = await close(batch.id);
      const other = await close(batch.id, { ...sent, reason: 'Khác.' });
      await reopen(batch.id);
      const late = await close(batch.id, sent);
      const open = await reopen(batch.id);

      expect(closings.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201, 201]);
      expect(second.body['type']).to.equal('/problems/batch-closed');
      expect(other.body['type']).to.equal('/problems/id-with-other-content');
      expect(late.body['closed']).to.equal(null);
      expect(open.body['type']).to.equal('/problems/batch-open');
    });

    it('answer a step that was stored before the batch was closed', async () => {
      const batch = await make();
      const id = uuidv7();
      await sendStep(app, farm.owner, batch.id, { id });
      await close(batch.id);

      expect((await sendStep(app, farm.owner, batch.id, { id })).status).to.equal(201);
    });

    it('refuse what can’t be read', async () => {
      const batch = await make();
      const cases: [string, Json, string][] = [
        ['/closing', { reason: '' }, '/id required'],
        ['/closing', { id: uuidv7(), reason: 'a'.repeat(501) }, '/reason too-long'],
        ['/closing', { id: uuidv7(), reason: { $gt: '' } }, '/reason type'],
        ['/closing', { id: 'x', reason: '' }, '/id uuidv7'],
        ['/reopening', { id: uuidv7() }, '/reason required'],
        ['/reopening', { id: uuidv7(), reason: 'vì' }, '/reason too-short'],
        ['/reopening', { id: uuidv7(), reason: 'a\u0000bcdef' }, '/reason characters'],
      ];
      for (const [path, body, expected] of cases) {
        const answer = await app.as(farm.owner).post(one(batch.id, path), body);
        expect(answer.status).to.equal(422);
        expect(pointers(answer)).to.include(expected);
      }
    });
  });

  describe('bad input', () => {
    const cases: [string, Json, string][] = [
      ['no version', { version: undefined }, '/version required'],
      ['a version of 0', { version: 0 }, '/version too-small'],
      ['a version in words', { version: '1' }, '/version number'],
      ['a lot number', { lotNumber: 'NA-2' }, '/lotNumber unknown'],
      ['another product', { productId: uuidv7() }, '/productId unknown'],
      ['a rest for labels', { unitsLeft: 5 }, '/unitsLeft unknown'],
      ['an operator', { $set: { held: false } }, '/$set unknown'],
      ['no site', { siteIds: [] }, '/siteIds too-few'],
      ['21 sites', { siteIds: Array.from({ length: 21 }, () => uuidv7()) }, '/siteIds too-many'],
      ['a site that is not there', { siteIds: [uuidv7()] }, '/siteIds unknown-reference'],
      ['an impossible day', { startedOn: '2026-02-30' }, '/startedOn day'],
      ['a first day after today', { startedOn: '2026-09-05' }, '/startedOn not-after-today'],
      ['a harvest before the start', { harvestedOn: '2026-01-04' }, '/harvestedOn before-start'],
      ['packing before the harvest', { harvestedOn: '2026-08-02', packedOn: '2026-08-01' }, '/packedOn before-harvest'],
      ['use-by on the day of packing', { packedOn: '2026-09-02', useBy: '2026-09-02' }, '/useBy before-production'],
      ['a moment for a day', { packedOn: '2026-09-02T00:00:00Z' }, '/packedOn day'],
      ['no quantity', { quantity: undefined }, '/quantity required'],
      ['a negative quantity', { quantity: { amount: -1, unit: 'kg' } }, '/quantity/amount above-zero'],
      ['an unknown unit', { quantity: { amount: 1, unit: 'tạ' } }, '/quantity/unit choice'],
      ['more units than the quantity holds', { unitsMade: 805 }, '/unitsMade more-than-quantity'],
      ['half a unit', { unitsMade: 0.5 }, '/unitsMade whole-number'],
      ['batches that are no list', { madeFrom: 'x' }, '/madeFrom type'],
      ['a batch that is an operator', { madeFrom: [{ $gt: '' }] }, '/madeFrom/0 id'],
      ['inputs that are no list', { inputs: {} }, '/inputs type'],
    ];
    for (const [what, parts, expected] of cases)
      it(`refuses ${what}`, async () => {
        const batch = await make();

        const answer = await change(batch, parts);

        expect([409, 422]).to.include(answer.status);
        expect(pointers(answer)).to.include(expected);
        expect(await history(batch.id)).to.deep.equal([]);
      });
  });
});
