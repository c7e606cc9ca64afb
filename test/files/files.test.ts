// Files in the store and over HTTP: one file for the same bytes, who may fetch it, what the answer says.
import { expect } from 'chai';
import { fileModel } from '../../src/files/files.store.ts';
import { openDocument, openVariant, storeDocument, storePicture } from '../../src/files/files.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aJpeg } from '../support/pictures.ts';

const now = new Date('2026-09-04T02:41:00Z');
const pdf = (words: string): Buffer => Buffer.from(`%PDF-1.7\n% ${words}\n%%EOF`);

const colours = ['#111111', '#222222', '#333333', '#444444', '#555555', '#666666', '#777777', '#888888'];
const fresh = async (): Promise<Buffer> => aJpeg({ colour: colours.pop() ?? '#999999', width: 30 + colours.length });

describe('files', () => {
  let app: TestApp;
  let producerId: string;

  before(async () => {
    app = await testApp();
    producerId = (await aProducer(app)).producer.id;
  });
  after(() => app.close());

  const bytesInGrid = async (): Promise<number> => app.db.collection('files.files').countDocuments();

  it('are the same file when the same bytes come again, also at once', async () => {
    const jpeg = await fresh();
    const before = await bytesInGrid();

    const stored = await Promise.all([1, 2, 3].map(() => storePicture(app.db, producerId, jpeg, now)));
    const again = await storePicture(app.db, producerId, jpeg, now);

    expect(new Set([...stored, again].map(({ id }) => id)).size).to.equal(1);
    expect(await fileModel(app.db).countDocuments({ receivedSha256: again.receivedSha256 })).to.equal(1);
    // Master and four sizes; what the losers of the race had written is gone.
    expect((await bytesInGrid()) - before).to.equal(5);
  });

  it('are kept apart between producers', async () => {
    const jpeg = await fresh();
    const other = (await aProducer(app)).producer.id;

    const [one, two] = [
      await storePicture(app.db, producerId, jpeg, now),
      await storePicture(app.db, other, jpeg, now),
    ];

    expect(one.id).to.not.equal(two.id);
  });

  it('leave nothing when they are refused', async () => {
    const before = [await bytesInGrid(), await fileModel(app.db).countDocuments()];

    const refused = await storePicture(app.db, producerId, Buffer.from('x'), now).catch((error: unknown) => error);

    expect(refused).to.have.property('code', 'not-an-image');
    expect([await bytesInGrid(), await fileModel(app.db).countDocuments()]).to.deep.equal(before);
  });

  it('open in each size, and not in others', async () => {
    const file = await storePicture(app.db, producerId, await fresh(), now);

    const opened = await openVariant(app.db, file.id, 360, 'webp');
    const missing = await openVariant(app.db, uuidv7(), 360, 'webp');

    const chunks = await opened?.open().toArray();
    expect(Buffer.concat((chunks ?? []) as Buffer[])).to.have.length(opened?.bytes ?? -1);
    expect(missing).to.equal(undefined);
  });

  it('may be papers: a PDF as it is, a photo as a picture, anything else refused', async () => {
    const paper = await storeDocument(app.db, producerId, pdf('giấy'), now, { name: 'Giấy chứng nhận.pdf' });
    const photo = await storeDocument(app.db, producerId, await fresh(), now);
    const refused = await storeDocument(app.db, producerId, Buffer.from('PK\u0003\u0004'), now).catch(
      (error: unknown) => error,
    );

    expect([paper.kind, paper.isPublic, paper.name]).to.deep.equal(['document', false, 'Giấy chứng nhận.pdf']);
    expect([photo.kind, photo.isPublic]).to.deep.equal(['picture', false]);
    expect(refused).to.have.property('code', 'unsupported-type');
    const opened = await openDocument(app.db, paper.id);
    expect(Buffer.concat((await opened?.open().toArray()) as Buffer[]).equals(pdf('giấy'))).to.equal(true);
  });

  it('become public when the same bytes are asked for as a public picture, and stay so', async () => {
    const jpeg = await fresh();

    const asPaper = await storeDocument(app.db, producerId, jpeg, now);
    const asPicture = await storePicture(app.db, producerId, jpeg, now);
    const again = await storeDocument(app.db, producerId, jpeg, now);

    expect(asPicture.id).to.equal(asPaper.id);
    expect([asPaper.isPublic, asPicture.isPublic, again.isPublic]).to.deep.equal([false, true, true]);
  });

  describe('over HTTP', () => {
    it('are pictures that anybody may keep for ever', async () => {
      const file = await storePicture(app.db, producerId, await fresh(), now);
      const url = `${app.url}/files/${file.id}/720.avif`;

      const answer = await fetch(url);
      const etag = answer.headers.get('etag') ?? '';
      const again = await fetch(url, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
      const head = await fetch(url, { method: 'HEAD' });

      expect([answer.status, again.status, head.status]).to.deep.equal([200, 304, 200]);
      expect(answer.headers.get('content-type')).to.equal('image/avif');
      expect(answer.headers.get('cache-control')).to.equal('public, max-age=31536000, immutable');
      expect(answer.headers.get('x-content-type-options')).to.equal('nosniff');
      expect(etag).to.match(/^"[0-9a-f]{64}"$/);
      expect((await answer.arrayBuffer()).byteLength).to.equal(Number(head.headers.get('content-length')));
    });

    it('are not there under any other address', async () => {
      const file = await storePicture(app.db, producerId, await fresh(), now);

      const statuses = [];
      for (const path of [
        `${uuidv7()}/720.avif`,
        `${file.id}/721.avif`,
        `${file.id}/720.jpg`,
        `${file.id}/master`,
        `${file.id}/..%2f..%2fetc%2fpasswd`,
        'x/720.avif',
      ])
        statuses.push((await fetch(`${app.url}/files/${path}`)).status);

      expect(new Set(statuses)).to.deep.equal(new Set([404]));
    });

    it('that are private are absent for strangers and open for the producer and the officers of its province', async () => {
      const made = await aProducer(app);
      const file = await storeDocument(app.db, made.producer.id, pdf('riêng'), now, {
        name: 'Giấy chứng nhận – Chè Đỉnh.pdf',
      });
      const path = `/files/${file.id}/document`;

      const statuses = [];
      for (const person of [made.owner, anOfficer('19'), anOfficer('01'), aProducerUser(uuidv7()), undefined])
        statuses.push((await app.as(person).page(path)).status);
      const own = await app.as(made.owner).page(path);

      expect(statuses).to.deep.equal([200, 200, 404, 404, 404]);
      expect(own.headers.get('cache-control')).to.equal('private, no-store');
      expect(own.headers.get('content-type')).to.equal('application/pdf');
      expect(own.headers.get('content-security-policy')).to.contain('sandbox');
      const header = own.headers.get('content-disposition') ?? '';
      expect(header).to.contain('filename="Giay chung nhan - Che Dinh.pdf"');
      expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).to.equal('Giấy chứng nhận – Chè Đỉnh.pdf');
    });
  });
});
