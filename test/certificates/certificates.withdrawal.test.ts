import { expect } from 'chai';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProductOwner, anEnteredCertificate, sendDecision } from '../support/factories.stored-certificates.ts';
import type { ProductOwner } from '../support/factories.stored-certificates.ts';

const aWithdrawal = (parts: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: uuidv7(),
  reason: 'Nhập nhầm số của sản phẩm khác',
  ...parts,
});

const refusal = ({ status, body }: ApiAnswer): string => `${status} ${String(body['type']).split('/').at(-1) ?? ''}`;

describe('Withdrawing a certificate', () => {
  let app: TestApp;
  let na: ProductOwner;
  let entered: { id: string };

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    na = await aProductOwner(app);
    entered = await anEnteredCertificate(app, na.owner, na.product.id);
  });

  const path = (id = entered.id): string => `/api/v1/certificates/${id}/withdrawal`;

  it('keeps the entry with a record beside it, and takes it from the queue and from buyers', async () => {
    const answer = await app.as(na.owner).post(path(), aWithdrawal());

    const kept = await app.as(na.owner).get(`/api/v1/certificates/${entered.id}`);
    const queue = await app.as(na.officer).get('/api/v1/office/certificates');
    const buyers = await app.as(undefined).page(`/p/na-${na.product.publicKey}`, { accept: 'application/json' });
    expect(answer.status).to.equal(201);
    expect(answer.body).to.include({ kind: 'withdrawn', reason: 'Nhập nhầm số của sản phẩm khác' });
    expect(kept.body['standing']).to.equal('withdrawn');
    expect((queue.body['items'] as { id: string }[]).map(({ id }) => id)).to.not.include(entered.id);
    expect(buyers.text).to.contain('"state":"none"').and.contain('"certificates":[]');
  });

  it('raises the version of the product', async () => {
    const before = await app.as(na.owner).get(`/api/v1/products/${na.product.id}`);

    await app.as(na.owner).post(path(), aWithdrawal());

    const after = await app.as(na.owner).get(`/api/v1/products/${na.product.id}`);
    expect(after.body['version']).to.equal(Number(before.body['version']) + 1);
  });

  it('is not open once an officer has decided, nor a second time', async () => {
    const verified = await anEnteredCertificate(app, na.owner, na.product.id);
    await sendDecision(app, na.officer, verified.id);
    await app.as(na.owner).post(path(), aWithdrawal());

    const late = await app.as(na.owner).post(path(verified.id), aWithdrawal());
    const twice = await app.as(na.owner).post(path(), aWithdrawal());
    const decided = await sendDecision(app, na.officer, entered.id);

    expect(refusal(late)).to.equal('409 already-decided');
    expect(refusal(twice)).to.equal('409 certificate-withdrawn');
    expect(refusal(decided)).to.equal('409 certificate-withdrawn');
  });

  it('lets either the withdrawal or the verification win, never both', async () => {
    const answers = await Promise.all([
      app.as(na.owner).post(path(), aWithdrawal()),
      sendDecision(app, na.officer, entered.id),
    ]);

    const kept = await app.as(na.owner).get(`/api/v1/certificates/${entered.id}`);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
    expect(kept.body['decisions']).to.have.length(1);
  });

  it('gives the same record for the same request, and refuses other content under its id', async () => {
    const sent = aWithdrawal();
    const first = await app.as(na.owner).post(path(), sent);

    const again = await app.as(na.owner).post(path(), sent);
    const other = await app.as(na.owner).post(path(), { ...sent, reason: 'Lý do khác' });

    expect([again.status, again.body['id']]).to.deep.equal([201, first.body['id']]);
    expect(refusal(other)).to.equal('409 id-with-other-content');
  });

  it('is for the people of the producer, and never for what an officer entered', async () => {
    const official = await anEnteredCertificate(app, na.officer, na.product.id);

    const statuses = await Promise.all(
      [na.officer, anOfficer('04'), aProducerUser(uuidv7()), undefined].map(
        async (actor) => (await app.as(actor).post(path(), aWithdrawal())).status,
      ),
    );
    const officials = await app.as(na.owner).post(path(official.id), aWithdrawal());
    const nothing = await app.as(na.owner).post(path(uuidv7()), aWithdrawal());

    expect(statuses).to.deep.equal([403, 404, 404, 401]);
    expect(refusal(officials)).to.equal('409 not-withdrawable');
    expect(refusal(nothing)).to.equal('404 certificate-not-found');
  });

  for (const bad of badInputs(aWithdrawal, 'reason')) {
    it(`refuses ${bad.what}`, async () => {
      await expectRefused(app.as(na.owner), path(), bad);
    });
  }
});
