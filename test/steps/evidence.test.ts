import { createHash } from 'node:crypto';
import { expect } from 'chai';
import sharp from 'sharp';
import { attachmentModel } from '../../src/steps/steps.evidence.model.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch, aFarm, aStep, newStepJson, sendStep } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';

type Json = Record<string, unknown>;

const aPicture = async (red: number): Promise<{ bytes: Buffer; hash: string }> => {
  const plain = sharp({ create: { width: 40, height: 30, channels: 3, background: { r: red, g: 120, b: 60 } } });
  const bytes = await plain.jpeg().toBuffer();
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex') };
};

describe('Photos of a step', () => {
  let app: TestApp;
  let farm: Farm;
  let pictures: { bytes: Buffer; hash: string }[];
  const put = (stepId: unknown, hash: string, bytes: Uint8Array, type = 'image/jpeg') =>
    app.as(farm.owner).put(`/api/v1/steps/${String(stepId)}/photos/${hash}`, bytes, type);
  const entryOf = async (batchId: string): Promise<Json> => {
    const answer = await app.as(farm.owner).get(`/api/v1/batches/${batchId}/steps`);
    return (answer.body['items'] as Json[])[0] ?? {};
  };

  before(async () => {
    app = await testApp();
    farm = await aFarm(app);
    pictures = await Promise.all([10, 90, 170, 250].map(aPicture));
  });
  after(() => app.close());
  const picture = (n: number) => pictures[n] ?? { bytes: Buffer.alloc(0), hash: '' };

  it('arrive late, broken, twice or never, and the grade follows those that are there', async () => {
    const { batch } = await aBatch(app, { farm });
    const [one, two, three] = [picture(0), picture(1), picture(2)];
    const step = await aStep(app, farm.owner, batch.id, { photoHashes: [one.hash, two.hash, three.hash] });
    const seen = async () => {
      const { photos, photosExpected, photosMissing, grade } = await entryOf(batch.id);
      return [(photos as Json[]).length, photosExpected, photosMissing, grade];
    };
    expect(await seen()).to.deep.equal([0, 3, [one.hash, two.hash, three.hash], 'self-declared']);

    const first = await put(step['id'], one.hash, one.bytes);
    const broken = await put(step['id'], two.hash, two.bytes.subarray(0, Math.floor(two.bytes.length * 0.6)));
    expect([first.status, broken.status]).to.deep.equal([201, 422]);
    expect(broken.body['type']).to.equal('/problems/hash-differs');
    expect(await seen()).to.deep.equal([1, 3, [two.hash, three.hash], 'with-photo']);

    const whole = await put(step['id'], two.hash, two.bytes);
    const again = await put(step['id'], one.hash, one.bytes);
    expect([whole.status, again.status]).to.deep.equal([201, 200]);
    expect(again.body).to.deep.equal(first.body);
    expect(await seen()).to.deep.equal([2, 3, [three.hash], 'with-photo']);
    expect(await attachmentModel(app.db).countDocuments({ stepId: String(step['id']) })).to.equal(2);
  });

  it('are stored once when one is sent five times at once', async () => {
    const { batch } = await aBatch(app, { farm });
    const { hash, bytes } = picture(3);
    const step = await aStep(app, farm.owner, batch.id, { photoHashes: [hash] });

    const answers = await Promise.all(Array.from({ length: 5 }, () => put(step['id'], hash, bytes)));

    expect(new Set(answers.map(({ body }) => body['id'])).size).to.equal(1);
    expect(answers.every(({ status }) => status === 200 || status === 201)).to.equal(true);
    expect(await attachmentModel(app.db).countDocuments({ stepId: String(step['id']) })).to.equal(1);
  });

  it('that were not announced are welcome', async () => {
    const { batch } = await aBatch(app, { farm });
    const step = await aStep(app, farm.owner, batch.id);

    const answer = await put(step['id'], picture(0).hash, picture(0).bytes);

    expect(answer.status).to.equal(201);
    expect(await entryOf(batch.id)).to.deep.include({ photosExpected: 1, photosMissing: [], grade: 'with-photo' });
  });

  it('stay with the work when its entry is corrected', async () => {
    const { batch } = await aBatch(app, { farm });
    const step = await aStep(app, farm.owner, batch.id, { photoHashes: [picture(0).hash, picture(1).hash] });
    await put(step['id'], picture(0).hash, picture(0).bytes);
    await aStep(app, farm.owner, batch.id, { corrects: step['id'], doneOn: '2026-08-02' });

    await put(step['id'], picture(1).hash, picture(1).bytes);

    const entry = await entryOf(batch.id);
    expect(entry['doneOn']).to.equal('2026-08-02');
    expect(entry['photos']).to.have.length(2);
  });

  it('are refused when they are no picture, of another type, without a byte, or not one’s own', async () => {
    const { batch } = await aBatch(app, { farm });
    const step = await aStep(app, farm.owner, batch.id);
    const text = Buffer.from('không phải ảnh');
    const textHash = createHash('sha256').update(text).digest('hex');
    const path = `/api/v1/steps/${String(step['id'])}/photos/${picture(0).hash}`;

    const answers = [
      await put(step['id'], textHash, text),
      await put(step['id'], picture(0).hash, picture(0).bytes, 'application/pdf'),
      await put(step['id'], picture(0).hash, Buffer.alloc(0)),
      await put(step['id'], 'abc', picture(0).bytes),
      await put(uuidv7(), picture(0).hash, picture(0).bytes),
      await app.as(farm.officer).put(path, picture(0).bytes, 'image/jpeg'),
      await app.as(aProducerUser(uuidv7())).put(path, picture(0).bytes, 'image/jpeg'),
      await app.as(undefined).put(path, picture(0).bytes, 'image/jpeg'),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([415, 415, 422, 404, 404, 403, 404, 401]);
    expect(await attachmentModel(app.db).countDocuments({ stepId: String(step['id']) })).to.equal(0);
  });
});

describe('A photo that is too large', () => {
  it('is refused with the limit named', async () => {
    const app = await testApp();
    const { batch, owner } = await aBatch(app);
    const step = await aStep(app, owner, batch.id);
    const bytes = Buffer.alloc(25 * 1024 * 1024 + 1);
    const path = `/api/v1/steps/${String(step['id'])}/photos/${'a'.repeat(64)}`;

    const answer = await app.as(owner).put(path, bytes, 'image/jpeg');

    expect(answer.status).to.equal(413);
    expect(answer.body['title']).to.contain('25 MB');
    await app.close();
  });
});

describe('Confirmations of a step', () => {
  let app: TestApp;
  let farm: Farm;
  before(async () => {
    app = await testApp();
    farm = await aFarm(app);
  });
  after(() => app.close());

  it('raise the grade: own word, the cooperative, an official', async () => {
    const { batch } = await aBatch(app, { farm });
    const step = await aStep(app, farm.owner, batch.id);
    const path = `/api/v1/steps/${String(step['id'])}/confirmations`;
    const grade = async () => {
      const answer = await app.as(farm.owner).get(`/api/v1/batches/${batch.id}/steps`);
      const [entry] = answer.body['items'] as Json[];
      return [entry?.['grade'], entry?.['confirmedOn']];
    };

    const own = await app.as(farm.owner).post(path, { id: uuidv7() });
    expect(own.status).to.equal(409);
    expect(own.body['type']).to.equal('/problems/own-step');
    expect(await grade()).to.deep.equal(['self-declared', null]);

    const colleague = await app.as(aProducerUser(farm.producer.id)).post(path, { id: uuidv7() });
    expect(colleague.body).to.deep.include({ level: 'cooperative' });
    expect(await grade()).to.deep.equal(['cooperative-confirmed', '2026-09-04']);

    const official = await app.as(farm.officer).post(path, { id: uuidv7() });
    expect(official.body).to.deep.include({ level: 'official' });
    expect(await grade()).to.deep.equal(['official-verified', '2026-09-04']);
  });

  it('count once for a person, whatever is sent', async () => {
    const { batch } = await aBatch(app, { farm });
    const [step, other] = [await aStep(app, farm.owner, batch.id), await aStep(app, farm.owner, batch.id)];
    const confirm = (stepId: unknown, id: string) =>
      app.as(farm.officer).post(`/api/v1/steps/${String(stepId)}/confirmations`, { id });
    const id = uuidv7();

    const answers = await Promise.all([
      confirm(step['id'], id),
      confirm(step['id'], id),
      confirm(step['id'], uuidv7()),
    ]);
    const elsewhere = await confirm(other['id'], String(answers[0]?.body['id']));

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body['id'])).size).to.equal(1);
    expect(elsewhere.status).to.equal(409);
  });

  it('belong to one version: a corrected entry has to be confirmed anew', async () => {
    const { batch } = await aBatch(app, { farm });
    const step = await aStep(app, farm.owner, batch.id);
    const path = `/api/v1/steps/${String(step['id'])}/confirmations`;
    await app.as(farm.officer).post(path, { id: uuidv7() });
    await sendStep(app, farm.owner, batch.id, newStepJson({ corrects: step['id'], doneOn: '2026-08-02' }));

    const late = await app.as(aProducerUser(farm.producer.id)).post(path, { id: uuidv7() });
    const journal = await app.as(farm.owner).get(`/api/v1/batches/${batch.id}/steps`);

    expect(late.status).to.equal(409);
    expect((journal.body['items'] as Json[])[0]).to.deep.include({ grade: 'self-declared', confirmedOn: null });
  });

  it('are for those who may see the step', async () => {
    const { batch } = await aBatch(app, { farm });
    const step = await aStep(app, farm.owner, batch.id);
    const path = `/api/v1/steps/${String(step['id'])}/confirmations`;

    const answers = [
      await app.as(anOfficer('01')).post(path, { id: uuidv7() }),
      await app.as(aProducerUser(uuidv7())).post(path, { id: uuidv7() }),
      await app.as(farm.officer).post(path, { id: { $gt: '' } }),
      await app.as(farm.officer).post(path, {}),
      await app.as(undefined).post(path, { id: uuidv7() }),
    ];

    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 422, 422, 401]);
  });
});
