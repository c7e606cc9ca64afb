import { expect } from 'chai';
import { followUpSince } from '../../src/steps/steps.guards.service.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { aBatch, aFarm, aStep, sendStep } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { uuidv7 } from '../support/factories.ts';

type Json = Record<string, unknown>;
type Hold = { id: string; reason: string; stepId: string; settled: unknown };

describe('The waiting time between a spray and a harvest', () => {
  let app: TestApp;
  let farm: Farm;
  const A = () => [farm.plotA.id];
  const B = () => [farm.plotB.id];
  const send = (batchId: string, parts: Json) => sendStep(app, farm.owner, batchId, parts);
  const harvest = (batchId: string, doneOn: string, siteIds: string[], parts: Json = {}) =>
    send(batchId, { kind: 'harvest', doneOn, siteIds, ...parts });
  const spray = (batchId: string, parts: Json = {}) =>
    send(batchId, { kind: 'spray', doneOn: '2026-08-01', siteIds: A(), waitDays: 7, ...parts });
  const batchNow = async (batchId: string): Promise<{ held: boolean; holds: Hold[] }> =>
    (await app.as(farm.owner).get(`/api/v1/batches/${batchId}`)).body as unknown as { held: boolean; holds: Hold[] };
  const kinds = async (batchId: string): Promise<unknown[]> =>
    ((await app.as(farm.owner).get(`/api/v1/batches/${batchId}/steps`)).body['items'] as Json[]).map(
      ({ kind }) => kind,
    );

  before(async () => {
    app = await testApp();
  });
  beforeEach(async () => {
    farm = await aFarm(app);
  });
  after(() => app.close());

  const titleOf = (answer: ApiAnswer) => String(answer.body['title']);

  it('refuses the harvest a day too early and takes it on the day', async () => {
    const { batch } = await aBatch(app, { farm });
    await spray(batch.id);

    const early = await harvest(batch.id, '2026-08-07', A());
    const right = await harvest(batch.id, '2026-08-08', A());

    expect(early.status).to.equal(409);
    expect(early.body).to.deep.include({ type: '/problems/harvest-too-soon', allowedFrom: '2026-08-08' });
    expect(titleOf(early)).to.contain('được thu hoạch từ 08/08/2026');
    expect(right.status).to.equal(201);
  });

  it('asks each plot: the other one is free, both together are refused naming the sprayed one', async () => {
    const { batch } = await aBatch(app, { farm });
    await spray(batch.id);

    const other = await harvest(batch.id, '2026-08-02', B());
    const both = await harvest(batch.id, '2026-08-05', [...A(), ...B()]);
    const whole = await send(batch.id, { kind: 'harvest', doneOn: '2026-08-05' });

    expect(other.status).to.equal(201);
    for (const answer of [both, whole]) {
      expect(answer.status).to.equal(409);
      expect(answer.body['siteIds']).to.deep.equal(A());
      expect(titleOf(answer)).to.contain('Na sườn đồi').and.not.contain('Na ven suối');
    }
  });

  it('counts a spray of the same plot that was written under another lot', async () => {
    const first = await aBatch(app, { farm });
    const second = await aBatch(app, { farm, parts: { startedOn: '2026-08-02' } });
    await spray(first.batch.id);

    const early = await harvest(second.batch.id, '2026-08-07', A());

    expect(early.body).to.deep.include({ type: '/problems/harvest-too-soon', allowedFrom: '2026-08-08' });
  });

  it('keeps a spray that is told after the harvest, marks it and holds the labels until someone settles it', async () => {
    const { batch } = await aBatch(app, { farm });
    await harvest(batch.id, '2026-08-03', A());

    const late = await spray(batch.id);
    const held = await batchNow(batch.id);
    const settlement = { reason: 'Đã kiểm nghiệm, không còn dư lượng.' };
    const path = `/api/v1/batches/${batch.id}/holds/${String(late.body['id'])}/settlement`;
    const settled = await app.as(farm.officer).post(path, settlement);

    expect(late.status).to.equal(201);
    expect(late.body['marks']).to.deep.equal(['harvest-too-soon']);
    expect(held.held).to.equal(true);
    expect(held.holds).to.have.length(1);
    expect(held.holds[0]).to.deep.include({ stepId: late.body['id'], reason: 'harvest-too-soon', settled: null });
    expect(settled.body).to.deep.include({ held: false });
  });

  it('holds the lot whose harvest a late spray concerns, though it was written under another', async () => {
    const first = await aBatch(app, { farm });
    const second = await aBatch(app, { farm });
    await harvest(second.batch.id, '2026-08-03', A());

    await spray(first.batch.id);

    expect((await batchNow(first.batch.id)).held).to.equal(false);
    expect((await batchNow(second.batch.id)).held).to.equal(true);
  });

  it('does not hold again what was settled, though the same spray is sent again', async () => {
    const { batch } = await aBatch(app, { farm });
    await harvest(batch.id, '2026-08-03', A());
    const id = uuidv7();
    await spray(batch.id, { id });
    await app.as(farm.owner).post(`/api/v1/batches/${batch.id}/holds/${id}/settlement`, { reason: 'Đã xử lý xong.' });

    const again = await spray(batch.id, { id });
    await followUpSince(app.db, new Date('2026-01-01'), app.deps.clock());

    expect(again.status).to.equal(201);
    expect((await batchNow(batch.id)).held).to.equal(false);
  });

  it('forbids the harvest while the interval is not known, until it is filled in from the label', async () => {
    const { batch } = await aBatch(app, { farm });
    const sprayed = await spray(batch.id, { waitDays: undefined });

    const unknown = await harvest(batch.id, '2026-09-01', A());
    const filled = await spray(batch.id, { corrects: sprayed.body['id'], waitDays: 7 });
    const known = await harvest(batch.id, '2026-09-01', A());

    expect(unknown.status).to.equal(409);
    expect(unknown.body).to.deep.include({ type: '/problems/waiting-time-unknown', sprayedOn: '2026-08-01' });
    expect(titleOf(unknown)).to.contain('01/08/2026');
    expect([filled.status, known.status]).to.deep.equal([201, 201]);
    expect((await batchNow(batch.id)).held).to.equal(false);
  });

  it('takes an interval of 0 days as what the label says', async () => {
    const { batch } = await aBatch(app, { farm });
    await spray(batch.id, { waitDays: 0 });

    expect((await harvest(batch.id, '2026-08-01', A())).status).to.equal(201);
  });

  it('forgets a spray that was withdrawn', async () => {
    const { batch } = await aBatch(app, { farm });
    const sprayed = await spray(batch.id);
    await spray(batch.id, { withdraws: sprayed.body['id'], note: 'Nhầm lô.' });

    expect((await harvest(batch.id, '2026-08-02', A())).status).to.equal(201);
  });

  it('is asked again when a harvest is corrected to an earlier day', async () => {
    const { batch } = await aBatch(app, { farm });
    await spray(batch.id);
    const picked = await harvest(batch.id, '2026-08-08', A());

    const earlier = await harvest(batch.id, '2026-08-06', A(), { corrects: picked.body['id'] });

    expect(earlier.body).to.deep.include({ type: '/problems/harvest-too-soon', allowedFrom: '2026-08-08' });
  });

  it('keeps a harvest that was made offline, marks it and holds the labels', async () => {
    const { batch } = await aBatch(app, { farm });
    await spray(batch.id);

    const fresh = await harvest(batch.id, '2026-08-05', A(), { queued: true, madeAt: '2026-09-04T09:35:00+07:00' });
    const offline = await harvest(batch.id, '2026-08-05', A(), { queued: true, madeAt: '2026-08-05T10:00:00+07:00' });

    expect(fresh.status).to.equal(409);
    expect(offline.status).to.equal(201);
    expect(offline.body['marks']).to.deep.equal(['harvest-too-soon']);
    const { held, holds } = await batchNow(batch.id);
    expect(held).to.equal(true);
    expect(holds.map(({ stepId }) => stepId)).to.deep.equal([offline.body['id']]);
  });

  it('keeps an offline entry with an impossible day, marks it and holds the labels', async () => {
    const { batch } = await aBatch(app, { farm });

    const offline = await send(batch.id, {
      doneOn: '2026-09-09',
      queued: true,
      madeAt: '2026-09-03T10:00:00+07:00',
    });

    expect(offline.body['marks']).to.deep.equal(['step-in-future']);
    expect((await batchNow(batch.id)).holds.map(({ reason }) => reason)).to.deep.equal(['step-in-future']);
  });

  it('answers a repeated harvest with the first one, whatever was told since', async () => {
    const { batch } = await aBatch(app, { farm });
    const id = uuidv7();
    await harvest(batch.id, '2026-08-03', A(), { id });
    await spray(batch.id);

    const again = await harvest(batch.id, '2026-08-03', A(), { id });

    expect(again.status).to.equal(201);
    expect(await kinds(batch.id)).to.deep.equal(['harvest', 'spray']);
  });

  it('does not hold for a version that was corrected, though it is sent again', async () => {
    const { batch } = await aBatch(app, { farm });
    const id = uuidv7();
    await harvest(batch.id, '2026-08-03', A(), { id });
    await harvest(batch.id, '2026-08-09', A(), { corrects: id });
    await spray(batch.id);

    const again = await harvest(batch.id, '2026-08-03', A(), { id });

    expect(again.status).to.equal(201);
    expect((await batchNow(batch.id)).held).to.equal(false);
  });

  it('finds the break when spray and harvest come at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const own = await aFarm(app);
      const { batch } = await aBatch(app, { farm: own });
      const both = { siteIds: [own.plotA.id] };

      const [sprayed, picked] = await Promise.all([
        sendStep(app, own.owner, batch.id, { kind: 'spray', doneOn: '2026-08-01', waitDays: 7, ...both }),
        sendStep(app, own.owner, batch.id, { kind: 'harvest', doneOn: '2026-08-03', ...both }),
      ]);

      expect(sprayed.status).to.equal(201);
      const read = await app.as(own.owner).get(`/api/v1/batches/${batch.id}`);
      expect(read.body['held'], `harvest answered ${picked.status}`).to.equal(picked.status === 201);
    }
  });

  it('follows a correction of the spray to the lots that it concerns by then', async () => {
    const { batch } = await aBatch(app, { farm });
    const sprayed = await spray(batch.id, { waitDays: 1 });
    await aStep(app, farm.owner, batch.id, { kind: 'harvest', doneOn: '2026-08-03', siteIds: A() });

    const corrected = await spray(batch.id, { corrects: sprayed.body['id'], waitDays: 14 });

    expect(corrected.body['marks']).to.deep.equal(['harvest-too-soon']);
    expect((await batchNow(batch.id)).held).to.equal(true);
  });
});
