// K11 and K14: photos that arrive late, in pieces, twice or never, and go on where a broken line stopped them.
import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import { expect } from 'chai';
import sharp from 'sharp';
import { fileModel } from '../../src/files/files.store.ts';
import { fileUseOf } from '../../src/files/files.use.ts';
import { partialUploadModel, uploadPieceModel } from '../../src/files/partial-uploads.store.ts';
import { attachmentModel } from '../../src/steps/steps.evidence.model.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aBatch, aFarm, aStep } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';

type Json = Record<string, unknown>;
type Photo = { bytes: Buffer; hash: string };

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Noise, which no format makes small: about 60 KB. */
const aPhoto = async (): Promise<Photo> => {
  const raw = { width: 300, height: 250, channels: 3 } as const;
  const bytes = await sharp(randomBytes(300 * 250 * 3), { raw })
    .jpeg({ quality: 90 })
    .toBuffer();
  return { bytes, hash: hashOf(bytes) };
};

describe('Photos of a step in pieces', () => {
  let app: TestApp;
  let farm: Farm;
  let stepId: string;
  let batchId: string;
  let photo: Photo;

  before(async () => {
    app = await testApp();
    farm = await aFarm(app);
  });
  after(() => app.close());
  beforeEach(async () => {
    await partialUploadModel(app.db).deleteMany({});
    await uploadPieceModel(app.db).deleteMany({});
    photo = await aPhoto();
    batchId = (await aBatch(app, { farm })).batch.id;
    stepId = String((await aStep(app, farm.owner, batchId, { photoHashes: [photo.hash] }))['id']);
  });

  const path = (hash = photo.hash): string => `/api/v1/steps/${stepId}/photos/${hash}`;
  const put = (from: number, to: number, parts: { bytes?: Buffer; hash?: string; total?: number } = {}) => {
    const { bytes = photo.bytes, hash = photo.hash } = parts;
    const range = `bytes ${from}-${to - 1}/${parts.total ?? bytes.length}`;
    return app.as(farm.owner).put(path(hash), bytes.subarray(from, to), 'image/jpeg', { 'content-range': range });
  };
  const state = async (hash = photo.hash): Promise<Json> => (await app.as(farm.owner).get(path(hash))).body;
  const entry = async (): Promise<Json> => {
    const answer = await app.as(farm.owner).get(`/api/v1/batches/${batchId}/steps`);
    return (answer.body['items'] as Json[])[0] ?? {};
  };
  const nothingLeft = async (): Promise<void> => {
    expect(await partialUploadModel(app.db).countDocuments({ key: `step/${stepId}` })).to.equal(0);
    expect(await uploadPieceModel(app.db).countDocuments()).to.equal(0);
  };

  it('arrive piece by piece, and each answer says how far they are', async () => {
    const total = photo.bytes.length;
    expect(await state()).to.deep.include({ state: 'missing', receivedBytes: 0, totalBytes: null });

    const first = await put(0, 20_000);
    const half = await state();
    const second = await put(20_000, 40_000);
    const last = await put(40_000, total);

    expect([first.status, second.status, last.status]).to.deep.equal([202, 202, 201]);
    expect(first.body).to.deep.equal({ receivedBytes: 20_000, totalBytes: total });
    expect(first.headers.get('upload-offset')).to.equal('20000');
    expect(half).to.deep.include({ state: 'partial', receivedBytes: 20_000, totalBytes: total, attachment: null });
    expect(last.headers.get('upload-complete')).to.equal('?1');
    expect(await state()).to.deep.include({ state: 'arrived', attachment: last.body });
    expect(await entry()).to.deep.include({ photosExpected: 1, photosMissing: [], grade: 'with-photo' });
    await nothingLeft();
  });

  it('never show before they are whole', async () => {
    await put(0, 20_000);

    expect(await entry()).to.deep.include({ photos: [], photosMissing: [photo.hash], grade: 'self-declared' });
  });

  it('tell a HEAD where to go on', async () => {
    await put(0, 20_000);

    const head = await app.as(farm.owner).head(path());

    expect(head.status).to.equal(200);
    const told = ['upload-offset', 'upload-length', 'upload-complete'].map((name) => head.headers.get(name));
    expect(told).to.deep.equal(['20000', String(photo.bytes.length), '?0']);
  });

  it('may overlap and come twice, in any order of retries, and are stored once', async () => {
    const total = photo.bytes.length;
    await put(0, 20_000);

    const again = await put(0, 20_000);
    const inside = await put(5000, 15_000);
    const overlapping = await put(10_000, 30_000);
    const last = await put(25_000, total);
    const late = [
      await put(25_000, total),
      await put(0, 20_000),
      await app.as(farm.owner).put(path(), photo.bytes, 'image/jpeg'),
    ];

    expect([again, inside, overlapping].map(({ body }) => body['receivedBytes'])).to.deep.equal([
      20_000, 20_000, 30_000,
    ]);
    expect(last.status).to.equal(201);
    for (const answer of late) expect([answer.status, answer.body]).to.deep.equal([200, last.body]);
    expect(await fileModel(app.db).countDocuments({ receivedSha256: photo.hash })).to.equal(1);
    await nothingLeft();
  });

  it('that leave a hole are told where to go on', async () => {
    await put(0, 20_000);

    const beyond = await put(30_000, 40_000);
    const other = await put(20_000, 30_000, { total: photo.bytes.length + 5 });

    for (const answer of [beyond, other]) {
      expect([answer.status, answer.body['type']]).to.deep.equal([409, '/problems/piece-out-of-place']);
      expect(answer.body).to.deep.include({ receivedBytes: 20_000, totalBytes: photo.bytes.length });
    }
  });

  it('begin anew when the first piece tells another length', async () => {
    await put(0, 20_000, { total: 999_999 });

    const first = await put(0, 20_000);
    const last = await put(20_000, photo.bytes.length);

    expect([first.status, last.status]).to.deep.equal([202, 201]);
    await nothingLeft();
  });

  it('that are not what the address says are dropped at the end', async () => {
    const other = await aPhoto();

    await put(0, 20_000, { bytes: other.bytes });
    const last = await put(20_000, other.bytes.length, { bytes: other.bytes });

    expect([last.status, last.body['type']]).to.deep.equal([422, '/problems/hash-differs']);
    expect(await state()).to.deep.include({ state: 'missing', receivedBytes: 0 });
    await nothingLeft();
  });

  it('that are no picture are dropped at the end', async () => {
    const bytes = Buffer.alloc(9000, 'không phải ảnh ');
    const hash = hashOf(bytes);

    await put(0, 5000, { bytes, hash });
    const last = await put(5000, 9000, { bytes, hash });

    expect(last.status).to.equal(415);
    await nothingLeft();
  });

  it('sent by two at once make one photo', async () => {
    const total = photo.bytes.length;
    const pieces = [0, 10_000, 20_000, 30_000, 40_000].map(
      (from) => [from, from === 40_000 ? total : from + 10_000] as const,
    );
    const sendAll = async () => {
      const answers = [];
      for (const [from, to] of pieces) answers.push(await put(from, to));
      return answers.at(-1);
    };

    const ends = await Promise.all([sendAll(), sendAll(), sendAll()]);

    expect(new Set(ends.map((answer) => answer?.body['id'])).size).to.equal(1);
    expect(await attachmentModel(app.db).countDocuments({ stepId })).to.equal(1);
    await nothingLeft();
  });

  it('take room while they are on their way, and give it back', async () => {
    const before = (await fileUseOf(app.db, farm.producer.id)).bytes;

    await put(0, 20_000);
    const during = (await fileUseOf(app.db, farm.producer.id)).bytes;
    await put(20_000, photo.bytes.length);

    const file = await fileModel(app.db).findOne({ receivedSha256: photo.hash }).lean();
    expect(during - before).to.equal(photo.bytes.length);
    expect((await fileUseOf(app.db, farm.producer.id)).bytes - before).to.equal(file?.roomBytes);
  });

  it('go on where a line broke in the middle of a whole photo', async () => {
    const sent = Math.floor(photo.bytes.length * 0.6);
    const token = await app.as(farm.owner).token();
    await new Promise<void>((resolve) => {
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'image/jpeg',
        'content-length': photo.bytes.length,
      };
      const request = http.request(app.url + path(), { method: 'PUT', headers });
      request.on('error', () => resolve());
      request.write(photo.bytes.subarray(0, sent), () => setTimeout(() => request.destroy(), 100));
    });
    let received = 0;
    for (let look = 0; look < 100 && received === 0; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      received = Number((await state())['receivedBytes']);
    }

    const rest = await put(received, photo.bytes.length);

    expect(received).to.equal(sent);
    expect(rest.status).to.equal(201);
    await nothingLeft();
  });

  const table: { range: string; status: number }[] = [
    { range: 'bytes 0-9/*', status: 400 },
    { range: 'bytes 0-9', status: 400 },
    { range: 'bytes 10-0/100', status: 400 },
    { range: 'bytes 0-100/100', status: 400 },
    { range: 'nonsense', status: 400 },
    { range: 'bytes 0-9/100', status: 400 },
    { range: 'bytes 0-4999/10000', status: 400 },
    { range: 'bytes 0-9/26214401', status: 413 },
  ];
  for (const { range, status } of table) {
    it(`are refused for Content-Range: ${range} with ten bytes`, async () => {
      const answer = await app.as(farm.owner).put(path(), Buffer.alloc(10), 'image/jpeg', { 'content-range': range });

      expect(answer.status).to.equal(status);
      expect(answer.body['title']).to.be.a('string').that.does.not.equal(answer.body['titleEn']);
    });
  }

  it('are for the step’s own people; officers see how far, strangers nothing', async () => {
    const range = { 'content-range': `bytes 0-4999/${photo.bytes.length}` };
    const piece = photo.bytes.subarray(0, 5000);
    const stranger = aProducerUser(uuidv7());

    const writes = [];
    for (const person of [farm.officer, stranger, anOfficer('01'), undefined])
      writes.push((await app.as(person).put(path(), piece, 'image/jpeg', range)).status);
    const reads = [];
    for (const person of [farm.owner, farm.officer, stranger, undefined])
      reads.push((await app.as(person).get(path())).status);

    expect(writes).to.deep.equal([403, 404, 404, 401]);
    expect(reads).to.deep.equal([200, 200, 404, 401]);
    await nothingLeft();
  });

  it('are refused when they are packed on the way', async () => {
    const answer = await app.as(farm.owner).put(path(), photo.bytes, 'image/jpeg', { 'content-encoding': 'gzip' });

    expect(answer.status).to.equal(415);
  });

  it('that nobody announced are twelve at most, however many come at once', async function () {
    this.timeout(60_000);
    const photos = await Promise.all(Array.from({ length: 14 }, aPhoto));

    const answers = await Promise.all(
      photos.map(({ bytes, hash }) => app.as(farm.owner).put(path(hash), bytes, 'image/jpeg')),
    );
    const announced = await app.as(farm.owner).put(path(), photo.bytes, 'image/jpeg');
    const more = await put(0, 5000, await aPhoto());

    // One place is the announced photo's.
    expect(answers.filter(({ status }) => status === 201)).to.have.length(11);
    expect(answers.filter(({ status }) => status === 409)).to.have.length(3);
    expect(announced.status).to.equal(201);
    expect([more.status, more.body['type']]).to.deep.equal([409, '/problems/too-many-photos']);
    expect(await attachmentModel(app.db).countDocuments({ stepId })).to.equal(12);
  });

  it('of a queue over a line that breaks again and again all arrive, and nothing is sent twice in full', async () => {
    const photos = await Promise.all([1, 2, 3].map(aPhoto));
    const total = photos.reduce((sum, { bytes }) => sum + bytes.length, 0);
    let sentBytes = 0;
    let turn = 0;
    const send = async ({ bytes, hash }: Photo): Promise<void> => {
      for (let done = false; !done; turn += 1) {
        const from = Number((await state(hash))['receivedBytes']);
        const to = Math.min(bytes.length, from + 16_384);
        sentBytes += to - from;
        // Every third piece gets lost before it arrives, every third answer on its way back.
        if (turn % 3 === 0) continue;
        const answer = await put(from, to, { bytes, hash });
        done = answer.status === 201 && turn % 3 === 1;
        if (!done) done = (await state(hash))['state'] === 'arrived';
      }
    };

    for (const one of photos) await send(one);

    expect((await entry())['photos']).to.have.length(3);
    expect(sentBytes).to.be.below(total * 2);
    await nothingLeft();
  });
});
