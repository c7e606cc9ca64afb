// Deeds by which an organisation decides ask for its password again; the diary never does.
import { expect } from 'chai';
import { sessionModel } from '../../src/accounts/sessions.model.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { newRecallJson, newStepJson } from '../support/factories.batches.ts';
import { uuidv7 } from '../support/factories.ts';

describe('the password before an organisation decides', () => {
  let app: TestApp;
  let lot: LabelledLot;

  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app);
    await app.as(lot.owner).get('/api/v1/me');
    await sessionModel(app.db).updateMany(
      { userId: lot.owner.userId },
      { $set: { by: 'link' }, $unset: { passwordAt: 1 } },
    );
  });
  after(() => app.close());

  it('is asked for before labels, recalls and changes of what was registered, in the API', async () => {
    const { owner, batch, producer } = lot;
    const { body: known } = await app.as(owner).get(`/api/v1/producers/${producer.id}`);

    const answers = [
      await app.as(owner).post(`/api/v1/batches/${batch.id}/label-runs`, { id: uuidv7(), quantity: 3 }),
      await app.as(owner).post(`/api/v1/batches/${batch.id}/recalls`, newRecallJson()),
    ];

    expect(known['id']).to.equal(producer.id);
    expect(answers.map(({ status }) => status)).to.deep.equal([403, 403]);
    expect(answers.map(({ body }) => body['type'])).to.deep.equal([
      '/problems/password-needed',
      '/problems/password-needed',
    ]);
  });

  it('is asked for on a page that carries along what was typed', async () => {
    const answer = await app
      .as(lot.owner)
      .postForm(`/app/batches/${lot.batch.id}/labels`, { id: uuidv7(), quantity: '12', kind: 'lot', layout: 'a4-65' });

    expect(answer.status).to.equal(403);
    expect(answer.text).to.include('name="proof.password"').and.to.include('value="12"');
  });

  it('is not asked for before a step of the diary', async () => {
    const answer = await app
      .as(lot.owner)
      .post(`/api/v1/batches/${lot.batch.id}/steps`, newStepJson({ doneOn: '2026-09-03' }));

    expect(answer.status).to.equal(201);
  });
});
