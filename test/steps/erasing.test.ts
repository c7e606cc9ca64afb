// Erasing on request: the words and the picture go, the step stays with its hashes, and nothing brings them back.
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { applyErasures } from '../../src/files/erasures.ts';
import { erasureModel } from '../../src/files/erasures.store.ts';
import { fileModel } from '../../src/files/files.store.ts';
import { fileUseOf } from '../../src/files/files.use.ts';
import { contentModel } from '../../src/steps/steps.evidence.model.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { aBatch, aFarm, aStep } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { formOf } from '../support/forms.ts';
import { aJpeg } from '../support/pictures.ts';

type Json = Record<string, unknown>;
const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('Erasing from a step', () => {
  let app: TestApp;
  let farm: Farm;
  let batchId: string;
  let shade = 0;

  before(async () => {
    app = await testApp();
    farm = await aFarm(app);
  });
  after(() => app.close());
  beforeEach(async () => {
    batchId = (await aBatch(app, { farm })).batch.id;
  });

  const freshJpeg = (): Promise<Buffer> => aJpeg({ width: 40 + (shade += 1) });
  const record = async (parts: Json = {}): Promise<string> =>
    String((await aStep(app, farm.owner, batchId, parts))['id']);
  const send = (stepId: string, bytes: Buffer) =>
    app.as(farm.owner).put(`/api/v1/steps/${stepId}/photos/${hashOf(bytes)}`, bytes, 'image/jpeg');
  const erasing = (parts: Json = {}): Json => ({ id: uuidv7(), what: 'note', reason: 'asked-by-person', ...parts });
  const erase = (stepId: string, body: Json, person = farm.owner) =>
    app.as(person).post(`/api/v1/steps/${stepId}/erasures`, body);
  const entry = async (): Promise<Json> => {
    const answer = await app.as(farm.owner).get(`/api/v1/batches/${batchId}/steps`);
    return (answer.body['items'] as Json[])[0] ?? {};
  };

  it('takes a photo away: its bytes, its sizes and its room; the step stays and its grade follows', async () => {
    const jpeg = await freshJpeg();
    const hash = hashOf(jpeg);
    const before = (await fileUseOf(app.db, farm.producer.id)).files;
    const stepId = await record({ photoHashes: [hash] });
    const sent = await send(stepId, jpeg);
    const chunks = await app.db.collection('files.chunks').countDocuments();

    const answer = await erase(stepId, erasing({ what: 'photo', sha256: hash, reason: 'shows-person' }), farm.officer);

    expect(answer.status).to.equal(201);
    expect(answer.body).to.include({
      stepId,
      what: 'photo',
      hash,
      reason: 'shows-person',
      byUserId: farm.officer.userId,
    });
    expect(await entry()).to.deep.include({
      photos: [],
      photosMissing: [],
      photosExpected: 0,
      photosErased: [{ receivedSha256: hash, erasedOn: '2026-09-04' }],
      grade: 'self-declared',
      photoHashes: [hash],
    });
    expect(await app.db.collection('files.chunks').countDocuments()).to.equal(chunks - 5);
    expect((await fileUseOf(app.db, farm.producer.id)).files).to.equal(before);
    const file = await fileModel(app.db).findById(sent.body['fileId']).lean();
    expect(file).to.include({ name: '', receivedSha256: hash, bytes: 0 });
  });

  it('shows since when where the photo was, also to whoever has its address', async () => {
    const jpeg = await freshJpeg();
    const stepId = await record();
    const fileId = String((await send(stepId, jpeg)).body['fileId']);
    await erase(stepId, erasing({ what: 'photo', sha256: hashOf(jpeg) }));

    const page = await app.as(farm.owner).page(`/app/batches/${batchId}`);
    const picture = await app.as(undefined).page(`/files/${fileId}/720.webp`);
    const paper = await app.as(undefined).page(`/files/${fileId}`);

    expect(page.text).to.include('Ảnh đã xoá theo yêu cầu ngày 04/09/2026').and.not.include(fileId);
    expect([picture.status, picture.headers.get('content-type')]).to.deep.equal([410, 'image/svg+xml; charset=utf-8']);
    expect(picture.text).to.include('Đã xoá theo yêu cầu ngày 04/09/2026');
    expect(paper.status).to.equal(410);
    expect(paper.text).to.include('đã xoá theo yêu cầu ngày 04/09/2026');
  });

  it('is not undone by a phone that sends the photo again, here or at another step', async () => {
    const jpeg = await freshJpeg();
    const stepId = await record({ photoHashes: [hashOf(jpeg)] });
    const sent = await send(stepId, jpeg);
    await erase(stepId, erasing({ what: 'photo', sha256: hashOf(jpeg) }));

    const again = await send(stepId, jpeg);
    const elsewhere = await send(await record(), jpeg);
    const asked = await app.as(farm.owner).get(`/api/v1/steps/${stepId}/photos/${hashOf(jpeg)}`);

    expect([again.status, again.body]).to.deep.equal([200, sent.body]);
    expect([elsewhere.status, elsewhere.body['type']]).to.deep.equal([409, '/problems/erased-before']);
    expect(elsewhere.body['title']).to.include('04/09/2026');
    expect(asked.body).to.include({ state: 'erased', erasedOn: '2026-09-04' });
  });

  it('takes the words of a note away in every version, and its salt', async () => {
    const first = await record({ note: 'Bà Mẫu tưới hộ.' });
    const second = await record({ note: 'Bà Mẫu và ông Mẫu tưới.', corrects: first });

    const answer = await erase(second, erasing());

    expect(answer.body).to.include({ stepId: second, what: 'note' });
    expect(await entry()).to.deep.include({ note: null, noteErasedOn: '2026-09-04' });
    const history = await app.as(farm.owner).get(`/api/v1/steps/${first}`);
    const versions = history.body['versions'] as Json[];
    expect(versions.map((version) => [version['note'], version['noteErasedOn']])).to.deep.equal([
      [null, '2026-09-04'],
      [null, '2026-09-04'],
    ]);
    const left = await contentModel(app.db)
      .find({ stepId: { $in: [first, second] } })
      .lean();
    expect(left.map(({ text, salt }) => [text, salt])).to.deep.equal([
      ['', ''],
      ['', ''],
    ]);
    const page = await app.as(farm.owner).page(`/app/batches/${batchId}`);
    expect(page.text).to.include('Ghi chú đã xoá theo yêu cầu ngày 04/09/2026').and.not.include('Bà Mẫu');
  });

  it('leaves a record that was sent again what it was', async () => {
    const sent = { id: uuidv7(), kind: 'water', doneOn: '2026-08-01', note: 'Bà Mẫu.' };
    const path = `/api/v1/batches/${batchId}/steps`;
    await app.as(farm.owner).post(path, sent);
    await erase(sent.id, erasing());

    const again = await app.as(farm.owner).post(path, sent);

    expect(again.status).to.equal(201);
    expect(await entry()).to.deep.include({ note: null, noteErasedOn: '2026-09-04' });
  });

  it('is listed once, without words and names, whatever is sent', async () => {
    const stepId = await record({ note: 'Bà Mẫu.' });
    const body = erasing();

    const answers = await Promise.all([erase(stepId, body), erase(stepId, body), erase(stepId, erasing())]);
    const other = await erase(await record({ note: 'Khác.' }), body);

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body['id'])).size).to.equal(1);
    expect([other.status, other.body['type']]).to.deep.equal([409, '/problems/id-with-other-content']);
    const listed = await erasureModel(app.db).find({ recordId: stepId }).lean();
    expect(listed).to.have.length(1);
    expect(JSON.stringify(listed)).to.not.include('Mẫu');
  });

  it('is carried out again after a restore that brought everything back', async () => {
    const jpeg = await freshJpeg();
    const stepId = await record({ note: 'Bà Mẫu.', photoHashes: [hashOf(jpeg)] });
    const fileId = String((await send(stepId, jpeg)).body['fileId']);
    const before = [
      await fileModel(app.db).findById(fileId).lean(),
      await contentModel(app.db).findOne({ stepId }).lean(),
    ] as const;
    await erase(stepId, erasing({ what: 'photo', sha256: hashOf(jpeg) }));
    await erase(stepId, erasing());
    await fileModel(app.db).replaceOne({ _id: fileId }, before[0] ?? {});
    await contentModel(app.db).replaceOne({ stepId }, before[1] ?? {});
    expect(await entry()).to.include({ note: 'Bà Mẫu.', grade: 'with-photo' });

    const count = await applyErasures(app.db);
    await applyErasures(app.db);

    expect(count).to.be.at.least(2);
    expect(await entry()).to.include({ note: null, grade: 'self-declared' });
  });

  it('keeps a photo out whose file the restored store does not have', async () => {
    const jpeg = await freshJpeg();
    const stepId = await record();
    const fileId = (await send(stepId, jpeg)).body['fileId'];
    await erase(stepId, erasing({ what: 'photo', sha256: hashOf(jpeg) }));
    await fileModel(app.db).deleteOne({ _id: String(fileId) });

    const answer = await send(await record(), jpeg);

    expect([answer.status, answer.body['type']]).to.deep.equal([409, '/problems/erased-before']);
  });

  it('drops what has come of a photo, and finds nothing where none has come', async () => {
    const jpeg = await freshJpeg();
    const stepId = await record({ photoHashes: [hashOf(jpeg)] });

    const answers = [
      await erase(stepId, erasing({ what: 'photo', sha256: hashOf(jpeg) })),
      await erase(stepId, erasing()),
    ];

    expect(answers.map(({ status, body }) => [status, body['type']])).to.deep.equal([
      [404, '/problems/file-not-found'],
      [404, '/problems/file-not-found'],
    ]);
  });

  it('is for the organisation’s people and the officers of its province', async () => {
    const stepId = await record({ note: 'Bà Mẫu.' });

    const statuses = [];
    for (const person of [anOfficer('01'), aProducerUser(uuidv7())])
      statuses.push((await erase(stepId, erasing(), person)).status);
    statuses.push((await app.as(undefined).post(`/api/v1/steps/${stepId}/erasures`, erasing())).status);
    statuses.push((await erase(uuidv7(), erasing())).status, (await erase('x', erasing())).status);

    expect(statuses).to.deep.equal([404, 404, 401, 404, 404]);
  });

  describe('by its page', () => {
    it('offers the photos and the note that are there, and erases the chosen one', async () => {
      const jpeg = await freshJpeg();
      const stepId = await record({ note: 'Bà Mẫu.', photoHashes: [hashOf(jpeg)] });
      await send(stepId, jpeg);
      const form = formOf((await app.as(farm.owner).page(`/app/steps/${stepId}/erasure`)).text, 'erasing');

      const fields = { ...form.fields, what: hashOf(jpeg), reason: 'shows-person' };
      const saved = await app.as(farm.owner).postForm(form.action, fields);
      const again = await app.as(farm.owner).postForm(form.action, fields);
      const after = await app.as(farm.owner).page(saved.headers.get('location') ?? '');
      const left = await app.as(farm.owner).page(`/app/steps/${stepId}/erasure`);

      expect([saved.status, again.status]).to.deep.equal([303, 303]);
      expect(after.text).to.include('Đã xoá theo yêu cầu.').and.include('Ảnh đã xoá theo yêu cầu ngày 04/09/2026');
      expect(left.text).to.include('value="note"').and.not.include(hashOf(jpeg));
    });

    it('comes back with what was chosen when something is missing', async () => {
      const stepId = await record({ note: 'Bà Mẫu.' });
      const path = `/app/steps/${stepId}/erasure`;

      const pages = [
        await app.as(farm.owner).postForm(path, { id: uuidv7(), what: 'note' }),
        await app.as(farm.owner).postForm(path, { id: uuidv7(), reason: 'shows-person' }),
        await app.as(farm.owner).postForm(path, { id: uuidv7(), what: 'x', reason: 'shows-person' }),
      ];

      expect(pages.map(({ status }) => status)).to.deep.equal([422, 422, 422]);
      expect(pages[0]?.text).to.include('value="note" checked').and.include('id="reason-error"');
      expect(pages[2]?.text).to.include('id="what-error"');
      expect(pages[1]?.text).to.include('id="what-error"').and.include('value="shows-person" selected');
      expect(await entry()).to.include({ note: 'Bà Mẫu.' });
    });

    it('says so when there is nothing to erase, and is nobody else’s', async () => {
      const path = `/app/steps/${await record()}/erasure`;

      const own = await app.as(farm.owner).page(path);
      const stranger = await app.as(aProducerUser(uuidv7())).page(path);

      expect(own.text)
        .to.include('không có ảnh hay ghi chú nào để xoá')
        .and.not.include('<form method="post" action="/app/steps');
      expect(stranger.status).to.equal(404);
    });
  });

  const good = (): Json => erasing({ what: 'photo', sha256: 'a'.repeat(64) });
  for (const bad of badInputs(good, 'reason')) {
    it(`refuses ${bad.what}`, async () => {
      const { pointer: _pointer, ...refused } = bad;
      await expectRefused(app.as(farm.owner), `/api/v1/steps/${await record()}/erasures`, refused);
    });
  }
  const wrong: { what: string; parts: Json }[] = [
    { what: 'something that can’t be erased', parts: { what: 'step' } },
    { what: 'a hash that is none', parts: { sha256: 'x' } },
    { what: 'a photo without its hash', parts: { sha256: undefined } },
    { what: 'a query operator for a hash', parts: { sha256: { $gt: '' } } },
    { what: 'a reason of one’s own', parts: { reason: 'because' } },
    { what: 'no reason', parts: { reason: undefined } },
  ];
  for (const { what, parts } of wrong) {
    it(`refuses ${what}`, async () => {
      await expectRefused(app.as(farm.owner), `/api/v1/steps/${await record()}/erasures`, {
        what,
        body: { ...good(), ...parts },
        status: 422,
      });
    });
  }
});
