// A digital team's person chooses for whom they record, and every entry says that somebody recorded it for them.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch, newStepJson } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { aProducer } from '../support/factories.producers.ts';
import { uuidv7 } from '../support/factories.ts';
import { wordsOf } from '../support/forms.ts';

describe('recording for others', () => {
  let app: TestApp;
  let farm: Farm & { batch: { id: string } };
  let person: Actor;
  before(async () => {
    app = await testApp();
    farm = await aBatch(app);
    person = { userId: uuidv7(), name: 'Tổ Số Mẫu', roles: [{ kind: 'digital-team', communeCode: '05740' }] };
  });
  after(() => app.close());

  const choose = (producer: string) => app.as(person).postForm('/app/households', { producer });

  it('begins with the choice of somebody of the commune, and of nobody else', async () => {
    const elsewhere = await aProducer(app, {
      parts: {
        legalName: 'Hợp tác xã Xa',
        address: { communeCode: '99002', communeName: 'Xã Xa', provinceCode: '15', street: '' },
      },
    });

    const home = await app.as(person).page('/app');
    const list = await app.as(person).page('/app/households');
    const stranger = await choose(elsewhere.producer.id);

    expect([home.status, home.headers.get('location')]).to.deep.equal([303, '/app/households']);
    expect(wordsOf(list.text)).to.include(farm.producer.legalName).and.not.to.include('Hợp tác xã Xa');
    expect(stranger.status).to.equal(404);
    expect(stranger.headers.get('set-cookie')).to.equal(null);
  });

  it('opens the home of the chosen one, with a way to change', async () => {
    const chosen = await choose(farm.producer.id);
    const cookie = `${String(chosen.headers.get('set-cookie')).split(';')[0]}; access=${await app.as(person).token()}`;

    const home = await app.as(person).page('/app', { cookie });

    expect(chosen.headers.get('location')).to.equal('/app');
    expect(home.status).to.equal(200);
    expect(wordsOf(home.text)).to.include(farm.producer.legalName).and.to.include('Đổi người');
  });

  it('keeps no power over others when the cookie names them', async () => {
    const elsewhere = await aProducer(app, {
      parts: { address: { communeCode: '99003', communeName: 'Xã Lạ', provinceCode: '15', street: '' } },
    });
    const cookie = `acting-for=${elsewhere.producer.id}; access=${await app.as(person).token()}`;

    const home = await app.as(person).page('/app', { cookie });
    const sites = await app.as(person).page('/app/sites', { cookie });

    expect([home.status, sites.status]).to.deep.equal([403, 403]);
  });

  it('marks the entry as recorded for somebody, whatever was sent', async () => {
    const path = `/api/v1/batches/${farm.batch.id}/steps`;

    const marked = await app.as(person).post(path, newStepJson());
    const claimed = await app.as(person).post(path, newStepJson({ onBehalf: false }));
    const own = await app.as(farm.owner).post(path, newStepJson());

    expect([marked.status, marked.body['onBehalf']]).to.deep.equal([201, true]);
    expect(claimed.status).to.equal(422);
    expect(own.body['onBehalf']).to.equal(false);
  });

  it('is refused to everybody else', async () => {
    const statuses = await Promise.all(
      [farm.owner, farm.officer].map(async (one) => (await app.as(one).page('/app/households')).status),
    );

    expect(statuses).to.deep.equal([403, 403]);
  });
});
