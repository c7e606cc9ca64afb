// What a producer may keep: bytes and files, held by conditional updates, whatever comes at once or is cut off.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { eraseFile } from '../../src/files/erasures.ts';
import { fileModel } from '../../src/files/files.store.ts';
import { storeDocument, storePicture } from '../../src/files/files.ts';
import { sweepFiles } from '../../src/files/files.sweep.ts';
import { fileUseModel, fileUseOf, limitFiles, takeRoom } from '../../src/files/files.use.ts';
import { AppError } from '../../src/errors.ts';
import { errorMessage } from '../../src/http/pages.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch, aStep } from '../support/factories.batches.ts';
import { uuidv7 } from '../support/factories.ts';
import { aJpeg } from '../support/pictures.ts';

const now = new Date('2026-09-04T02:41:00Z');
const hourLater = new Date('2026-09-04T04:00:00Z');
const pdf = (bytes: number, words: string): Buffer =>
  Buffer.concat([Buffer.from(`%PDF-1.7\n% ${words}\n`), Buffer.alloc(bytes, 65)]);
const refusal = async (work: Promise<unknown>): Promise<AppError | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
};

describe('the room of a producer', () => {
  let app: TestApp;
  let producerId: string;
  const use = async () => {
    const { bytes, files } = await fileUseOf(app.db, producerId);
    return { bytes, files };
  };
  const pending = async () => (await fileUseModel(app.db).findById(producerId).lean())?.pending ?? [];

  before(async () => {
    app = await testApp();
    limitFiles(app.db, { bytes: 100_000, files: 5 });
  });
  after(() => app.close());
  beforeEach(() => {
    producerId = uuidv7();
  });

  it('is taken by what is stored, once for the same content, and nothing stays noted', async () => {
    await storeDocument(app.db, producerId, pdf(1000, 'a'), now);
    const picture = await storePicture(app.db, producerId, await aJpeg({ colour: '#123456' }), now);
    await storeDocument(app.db, producerId, pdf(1000, 'a'), now);

    const parts = picture.parts.reduce((sum, part) => sum + part.bytes, 0);
    expect(await use()).to.deep.equal({ bytes: pdf(1000, 'a').length + parts, files: 2 });
    expect(await pending()).to.deep.equal([]);
  });

  it('ends: the next file is refused with used and limit in both languages, and leaves nothing', async () => {
    await storeDocument(app.db, producerId, pdf(60_000, 'a'), now);
    const before = await use();

    const error = await refusal(storeDocument(app.db, producerId, pdf(60_000, 'b'), now));

    expect(error?.code).to.equal('quota-exceeded');
    expect(error?.status).to.equal(413);
    expect(errorMessage('vi', error ?? new AppError('page-not-found'))).to.include(
      'đã dùng 1 MB trong 1 MB (1 trong 5 tệp)',
    );
    expect(errorMessage('en', error ?? new AppError('page-not-found'))).to.include('1 of 5 files');
    expect(await use()).to.deep.equal(before);
    expect(await pending()).to.deep.equal([]);
    expect((await refusal(storeDocument(app.db, producerId, pdf(30_000, 'c'), now)))?.code).to.equal(undefined);
  });

  it('is never overdrawn by many at once', async () => {
    const sent = Array.from({ length: 12 }, (_, place) => storeDocument(app.db, producerId, pdf(10, `${place}`), now));

    const outcomes = await Promise.all(sent.map(refusal));

    expect(outcomes.filter((error) => error === undefined)).to.have.length(5);
    expect(await fileModel(app.db).countDocuments({ producerId })).to.equal(5);
    expect((await use()).files).to.equal(5);
  });

  it('is each producer’s own', async () => {
    await storeDocument(app.db, producerId, pdf(90_000, 'a'), now);

    expect(await refusal(storeDocument(app.db, uuidv7(), pdf(90_000, 'a'), now))).to.equal(undefined);
  });

  it('comes back when a file goes', async () => {
    const file = await storeDocument(app.db, producerId, pdf(90_000, 'a'), now);

    await eraseFile(app.db, file.id, now);
    await eraseFile(app.db, file.id, now);

    expect(await use()).to.deep.equal({ bytes: 0, files: 0 });
    expect(await refusal(storeDocument(app.db, producerId, pdf(90_000, 'b'), now))).to.equal(undefined);
  });

  it('that a crash left taken is given back within the next hours, and kept for a file that is there', async () => {
    const file = await storeDocument(app.db, producerId, pdf(1000, 'a'), now);
    await takeRoom(app.db, producerId, { id: uuidv7(), bytes: 5000, files: 1 }, now);
    const there = { id: file.id, bytes: file.roomBytes, files: 1, at: now };
    await fileUseModel(app.db).updateOne({ _id: producerId }, { $push: { pending: there } });

    await sweepFiles(app.db, now);
    const early = await use();
    await sweepFiles(app.db, hourLater);

    expect(early.files).to.equal(2);
    expect(await use()).to.deep.equal({ bytes: file.roomBytes, files: 1 });
    expect(await pending()).to.deep.equal([]);
  });

  it('is counted from what is there when nobody has counted before', async () => {
    const file = await storeDocument(app.db, producerId, pdf(1000, 'a'), now);
    await fileUseModel(app.db).deleteOne({ _id: producerId });

    expect(await use()).to.deep.equal({ bytes: file.roomBytes, files: 1 });
  });

  it('refuses a photo over the API and keeps the step of a form whose photo does not fit', async () => {
    limitFiles(app.db, { bytes: 10, files: 5 });
    const { batch, owner } = await aBatch(app);
    const step = await aStep(app, owner, batch.id);
    const jpeg = await aJpeg({ colour: '#654321' });
    const hash = createHash('sha256').update(jpeg).digest('hex');
    const form = new FormData();
    form.append('id', uuidv7());
    form.append('kind', 'water');
    form.append('when', '2026-09-01');
    form.append('photos', new Blob([new Uint8Array(jpeg)], { type: 'image/jpeg' }), 'anh.jpg');

    const api = await app.as(owner).put(`/api/v1/steps/${String(step['id'])}/photos/${hash}`, jpeg, 'image/jpeg');
    const page = await app.as(owner).postForm(`/app/batches/${batch.id}/steps`, form);
    limitFiles(app.db, { bytes: 100_000, files: 5 });

    expect([api.status, api.body['type']]).to.deep.equal([413, '/problems/quota-exceeded']);
    expect([page.status, page.headers.get('location')]).to.deep.equal([
      303,
      `/app/batches/${batch.id}?saved=step-no-photo`,
    ]);
  });
});
