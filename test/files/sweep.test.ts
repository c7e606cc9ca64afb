// What nobody needs goes after a delay; what somebody needs, or is about to, never does.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { fileModel } from '../../src/files/files.store.ts';
import { claimFile, referencesIn, registerReferences } from '../../src/files/files.references.ts';
import { fileRecord, storeDocument, storePicture } from '../../src/files/files.ts';
import { sweepFiles } from '../../src/files/files.sweep.ts';
import { fileUseOf } from '../../src/files/files.use.ts';
import { writePart } from '../../src/files/grid.ts';
import { addPiece } from '../../src/files/partial-uploads.ts';
import { partialUploadModel, uploadPieceModel } from '../../src/files/partial-uploads.store.ts';
import { setProductPicture } from '../../src/products/products.pictures.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch, aStep } from '../support/factories.batches.ts';
import { uuidv7 } from '../support/factories.ts';
import { aJpeg } from '../support/pictures.ts';

const now = new Date('2026-09-04T02:41:00Z');
const daysLater = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const pdf = (words: string): Buffer => Buffer.from(`%PDF-1.7\n% ${words}`);

describe('the sweep of files', () => {
  let app: TestApp;
  const producerId = uuidv7();
  const isThere = async (fileId: string): Promise<boolean> => (await fileRecord(app.db, fileId)) !== undefined;
  const contents = () => app.db.collection('files.chunks').countDocuments();

  before(async () => {
    app = await testApp({ now: now.toISOString() });
  });
  after(() => app.close());

  it('takes a file without a reference after seven days, with its bytes and its room', async () => {
    const before = await contents();
    const file = await storePicture(app.db, producerId, await aJpeg({ colour: '#0a0b0c' }), now);

    await sweepFiles(app.db, daysLater(6.9));
    const early = await isThere(file.id);
    await sweepFiles(app.db, daysLater(7.1));

    expect([early, await isThere(file.id)]).to.deep.equal([true, false]);
    expect(await contents()).to.equal(before);
    expect((await fileUseOf(app.db, producerId)).files).to.equal(0);
  });

  it('leaves pictures of products, photos of steps and papers of certificates alone', async () => {
    const { batch, owner, product } = await aBatch(app);
    const shown = await setProductPicture(app.db, owner, product.id, await aJpeg({ colour: '#102030' }), 'Na', now);
    const jpeg = await aJpeg({ colour: '#405060' });
    const step = await aStep(app, owner, batch.id);
    const hash = createHash('sha256').update(jpeg).digest('hex');
    const sent = await app.as(owner).put(`/api/v1/steps/${String(step['id'])}/photos/${hash}`, jpeg, 'image/jpeg');
    const paper = await storeDocument(app.db, product.producerId, pdf('giấy'), now);
    await app.db.collection('certificates').insertOne({ _id: uuidv7() as never, documentFileId: paper.id });

    await sweepFiles(app.db, daysLater(100));

    const files = [shown.picture?.fileId ?? '', String(sent.body['fileId']), paper.id];
    expect(await Promise.all(files.map(isThere))).to.deep.equal([true, true, true]);
  });

  it('asks every feature that has told how to find its own', async () => {
    registerReferences(app.db, 'trial', referencesIn('trials', 'paper.fileId', 'photos.fileId'));
    const [one, two, three] = await Promise.all(
      ['1', '2', '3'].map((words) => storeDocument(app.db, producerId, pdf(words), now)),
    );
    await app.db
      .collection('trials')
      .insertOne({ paper: { fileId: one?.id }, photos: [{ fileId: 'x' }, { fileId: two?.id }] });

    await sweepFiles(app.db, daysLater(8));

    const there = await Promise.all([one, two, three].map((file) => isThere(file?.id ?? '')));
    expect(there).to.deep.equal([true, true, false]);
  });

  it('waits for whoever sent the same content again, or has just claimed a file by its id', async () => {
    const again = await storeDocument(app.db, producerId, pdf('gửi lại'), now);
    const claimed = await storeDocument(app.db, producerId, pdf('xin dùng'), now);
    await storeDocument(app.db, producerId, pdf('gửi lại'), daysLater(6));
    const kept = await claimFile(app.db, producerId, claimed.id, daysLater(6));
    const foreign = await claimFile(app.db, uuidv7(), claimed.id, daysLater(6));

    await sweepFiles(app.db, daysLater(8));

    expect([kept?.id, foreign]).to.deep.equal([claimed.id, undefined]);
    expect([await isThere(again.id), await isThere(claimed.id)]).to.deep.equal([true, true]);
    await sweepFiles(app.db, daysLater(14));
    expect([await isThere(again.id), await isThere(claimed.id)]).to.deep.equal([false, false]);
  });

  it('never takes what is sent again at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      await storeDocument(app.db, producerId, pdf(`cùng lúc ${round}`), now);

      const [file] = await Promise.all([
        storeDocument(app.db, producerId, pdf(`cùng lúc ${round}`), daysLater(8)),
        sweepFiles(app.db, daysLater(8)),
      ]);

      expect(await isThere(file.id)).to.equal(true);
    }
    expect((await fileUseOf(app.db, producerId)).files).to.equal(
      await fileModel(app.db).countDocuments({ producerId }),
    );
  });

  it('takes bytes that no record names after a day, half written ones too', async () => {
    await sweepFiles(app.db, new Date(Date.now() + 2 * 86_400_000));
    const before = await contents();
    const file = await storeDocument(app.db, producerId, pdf('có sổ'), new Date());
    await writePart(app.db, 'master', 'image/webp', Buffer.from('không sổ'));
    const half = await writePart(app.db, 'master', 'image/webp', Buffer.from('viết dở'));
    await app.db
      .collection('files.files')
      .deleteOne({ filename: 'master', length: half.bytes, _id: { $exists: true } });

    await sweepFiles(app.db, new Date());
    const early = await contents();
    await sweepFiles(app.db, new Date(Date.now() + 2 * 86_400_000));

    expect([early - before, (await contents()) - before]).to.deep.equal([3, 1]);
    expect(await isThere(file.id)).to.equal(true);
  });

  it('ends uploads that stopped seven days ago and takes pieces that no upload names', async () => {
    const owner = uuidv7();
    const bytes = Buffer.alloc(5000, 1);
    const key = { producerId: owner, key: 'step/x', sha256: 'a'.repeat(64) };
    await addPiece(app.db, key, { from: 0, totalBytes: 10_000, bytes }, now);
    await uploadPieceModel(app.db).create({ _id: uuidv7(), uploadId: uuidv7(), bytes, at: now });

    await sweepFiles(app.db, daysLater(6.9));
    const early = [await partialUploadModel(app.db).countDocuments(), (await fileUseOf(app.db, owner)).bytes];
    await sweepFiles(app.db, daysLater(7.1));

    expect(early).to.deep.equal([1, 10_000]);
    expect(await partialUploadModel(app.db).countDocuments()).to.equal(0);
    expect(await uploadPieceModel(app.db).countDocuments()).to.equal(0);
    expect((await fileUseOf(app.db, owner)).bytes).to.equal(0);
  });
});
