import { expect } from 'chai';
import sharp from 'sharp';
import { issueCode } from '../../src/codes/trace-code.ts';
import { applyErasures } from '../../src/files/erasures.ts';
import { reportContentModel, reportModel } from '../../src/reports/reports.model.ts';
import { reportLimits } from '../../src/reports/reports.rules.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { badInputs, expectRefused } from '../support/bad-input.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { wordsOf } from '../support/forms.ts';
import { aJpeg } from '../support/pictures.ts';

type Json = Record<string, unknown>;

const written = (parts: Json = {}): Json => ({
  id: uuidv7(),
  kind: 'label',
  text: 'Mã trên hộp khác mã trên trang. Mua ở chợ huyện.',
  ...parts,
});

describe('Reports of buyers', () => {
  let app: TestApp;
  let lot: LabelledLot;
  const day = { now: Date.parse('2026-09-04T09:41:00+07:00') };
  // Each test has a day of its own: senders are counted a day and an hour.
  beforeEach(() => {
    day.now += 2 * 86_400_000;
    app.setNow(new Date(day.now).toISOString());
  });
  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app);
  });
  after(() => app.close());

  const send = (parts: Json = {}, code = lot.code): Promise<ApiAnswer> =>
    app.as(undefined).post(`/api/v1/codes/${code}/reports`, written(parts));
  const lookUp = (reference: unknown): Promise<ApiAnswer> =>
    app.as(undefined).get(`/api/v1/public/reports/${encodeURIComponent(String(reference))}`);
  const answer = (actor: LabelledLot['owner'], id: unknown, parts: Json = {}): Promise<ApiAnswer> =>
    app.as(actor).post(`/api/v1/reports/${String(id)}/answers`, {
      id: uuidv7(),
      text: 'Chúng tôi đã kiểm tra, cảm ơn bạn.',
      ...parts,
    });
  const formData = (fields: Record<string, string>, photo?: Buffer): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    if (photo !== undefined)
      data.append('photo', new Blob([Uint8Array.from(photo)], { type: 'image/jpeg' }), 'tem.jpg');
    return data;
  };
  const fields = (parts: Record<string, string> = {}): Record<string, string> => ({
    id: uuidv7(),
    kind: 'label',
    text: 'Tem mờ, mã khác.',
    contact: '',
    website: '',
    ...parts,
  });

  it('reach producer and officer at once, and are looked up by the number that the sender gets', async () => {
    const sent = await send();
    const own = await app.as(lot.owner).get(`/api/v1/producers/${lot.producer.id}/reports?state=new`);
    const office = await app.as(lot.officer).get('/api/v1/reports?state=new');
    const looked = await lookUp(sent.body['reference']);

    expect(sent.status).to.equal(201);
    expect(sent.body['reference']).to.match(/^PA-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    for (const list of [own, office])
      expect((list.body['items'] as Json[]).map(({ id }) => id)).to.include(sent.body['id']);
    expect(looked.body).to.deep.include({ state: 'new', answers: [], kind: 'label' });
  });

  it('are found by a number typed in small letters, with spaces and look-alikes, and by no other', async () => {
    const { body } = await send();
    const reference = String(body['reference']);
    const typed = reference.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');

    expect((await lookUp(typed)).status).to.equal(200);
    for (const other of ['PA-00000-00000', 'PA-UUUUU-UUUUU', '1', `${reference}0`, '%00', '../../etc'])
      expect((await lookUp(other)).status, other).to.equal(404);
  });

  it('are answered by producer and officer, and the sender reads both', async () => {
    const sent = await send();

    const first = await answer(lot.owner, sent.body['id']);
    const second = await answer(lot.officer, sent.body['id'], { text: 'Sở đã lấy mẫu kiểm tra.' });
    const looked = await lookUp(sent.body['reference']);
    const waiting = await app.as(lot.officer).get('/api/v1/reports?state=new');

    expect([first.status, second.status]).to.deep.equal([201, 201]);
    expect(looked.body['state']).to.equal('answered');
    expect((looked.body['answers'] as Json[]).map(({ level, text }) => [level, text])).to.deep.equal([
      ['producer', 'Chúng tôi đã kiểm tra, cảm ơn bạn.'],
      ['province', 'Sở đã lấy mẫu kiểm tra.'],
    ]);
    expect((waiting.body['items'] as Json[]).map(({ id }) => id)).not.to.include(sent.body['id']);
  });

  it('show the way to reach the sender to the office alone, and to nobody by the number', async () => {
    const sent = await send({ contact: '0912 345 678' });
    const path = `/api/v1/reports/${String(sent.body['id'])}`;

    const own = await app.as(lot.owner).get(path);
    const office = await app.as(lot.officer).get(path);
    const looked = await lookUp(sent.body['reference']);
    const page = await app.as(lot.owner).page(`/app/reports/${String(sent.body['id'])}`);

    expect(office.body['contact']).to.equal('0912 345 678');
    expect(own.body['contact']).to.equal(null);
    expect(JSON.stringify(looked.body)).not.to.include('0912');
    expect(page.status).to.equal(200);
    expect(page.text).not.to.include('0912 345 678');
  });

  it('do not exist for other producers, other provinces and strangers', async () => {
    const { body } = await send();
    const path = `/api/v1/reports/${String(body['id'])}`;
    const others = [aProducerUser(uuidv7()), anOfficer('01')];

    for (const other of others) {
      expect((await app.as(other).get(path)).status).to.equal(404);
      expect((await answer(other, body['id'])).status).to.equal(404);
      expect((await app.as(other).page(`/app/reports/${String(body['id'])}/photo.webp`)).status).to.equal(404);
    }
    expect((await app.as(undefined).get(path)).status).to.equal(401);
    expect((await app.as(lot.owner).get('/api/v1/reports')).status).to.equal(403);
  });

  it('are stored once when sent ten times at once, and conflict when the same id says something else', async () => {
    const json = written();
    const path = `/api/v1/codes/${lot.code}/reports`;

    const answers = await Promise.all(Array.from({ length: 10 }, () => app.as(undefined).post(path, json)));
    app.setNow(new Date(day.now + 2 * 3_600_000).toISOString());
    const other = await app.as(undefined).post(path, { ...json, text: 'Một chuyện khác hẳn.' });

    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([201]));
    expect(new Set(answers.map(({ body }) => body['reference'])).size).to.equal(1);
    expect(await reportModel(app.db).countDocuments({ _id: String(json['id']) })).to.equal(1);
    expect(other.status).to.equal(409);
  });

  it('of one address are slowed down after ten an hour, with what was typed kept, and no address is stored', async () => {
    for (let turn = 0; turn < reportLimits.senderAnHour; turn += 1) expect((await send()).status).to.equal(201);

    const late = await send();
    const page = await app.as(undefined).postForm(`${lot.page}/report`, formData(fields({ text: 'Giữ lại lời này.' })));
    const counters = await app.db.collection('limits').find({}).toArray();
    app.setNow(new Date(day.now + 3_700_000).toISOString());
    const anHourOn = await send();

    expect(late.status).to.equal(429);
    expect(Number(late.headers.get('retry-after'))).to.be.within(1, 3600);
    expect(page.status).to.equal(429);
    expect(page.text).to.include('Giữ lại lời này.');
    expect(JSON.stringify(counters)).not.to.include('127.0.0.1');
    expect(anHourOn.status).to.equal(201);
  });

  it('come by a form without an account, with a photo that loses its place and is seen by those in charge only', async () => {
    const photo = await sharp(await aJpeg({ width: 900, height: 600 }))
      .withExif({ IFD3: { GPSLatitude: '21/1 43/1 0/1', GPSLatitudeRef: 'N' } })
      .jpeg()
      .toBuffer();
    const form = await app.as(undefined).page(`${lot.page}/report`);
    const sent = await app.as(undefined).postForm(`${lot.page}/report`, formData(fields(), photo));
    const location = sent.headers.get('location') ?? '';
    const page = await app.as(undefined).page(location);
    const [stored] = await reportModel(app.db).find({}).sort({ _id: -1 }).limit(1).lean();
    const photoPath = `/app/reports/${stored?._id ?? ''}/photo.webp`;
    const seen = await fetch(app.url + photoPath, { headers: { cookie: `access=${await app.as(lot.owner).token()}` } });
    const picture = await sharp(Buffer.from(await seen.arrayBuffer())).metadata();
    const strangers = await app.as(undefined).page(photoPath);

    expect(form.status).to.equal(200);
    expect(wordsOf(form.text)).to.include('Chuyện gì không ổn?');
    expect(sent.status, sent.text).to.equal(303);
    expect(wordsOf(page.text)).to.match(/PA-\w{5}-\w{5}/);
    expect(page.headers.get('x-robots-tag')).to.equal('noindex');
    expect([seen.status, picture.format, picture.exif]).to.deep.equal([200, 'webp', undefined]);
    expect(strangers.status).to.equal(303);
  });

  it('keep what was typed when the photo is none, a field is wrong or a program filled the hidden field', async () => {
    const post = (parts: Record<string, string>, photo?: Buffer) =>
      app.as(undefined).postForm(`${lot.page}/report`, formData(fields({ text: 'Lời đã gõ.', ...parts }), photo));

    const notPhoto = await post({}, Buffer.from('not a photo'));
    const short = await post({ text: 'x', contact: 'chi.lan@example.vn' });
    const program = await post({ website: 'https://spam.example' });
    const kinds = await post({ kind: 'nothing' });

    expect([notPhoto.status, short.status, program.status, kinds.status]).to.deep.equal([415, 422, 422, 422]);
    for (const page of [notPhoto, program, kinds]) expect(page.text).to.include('Lời đã gõ.');
    expect(short.text).to.include('chi.lan@example.vn');
    expect(await reportModel(app.db).countDocuments({ sentAt: { $gte: new Date(day.now) } })).to.equal(0);
  });

  it('lose the contact when the sender takes it back, and all words and the photo when an officer erases them', async () => {
    const sent = await send({ contact: 'chi.lan@example.vn' });
    const id = String(sent.body['id']);
    const reference = String(sent.body['reference']);

    const taken = await app.as(undefined).postForm(`/reports/${reference}/contact`, {});
    const afterwards = await app.as(lot.officer).get(`/api/v1/reports/${id}`);
    const byProducer = await app.as(lot.owner).post(`/api/v1/reports/${id}/erasures`, { id: uuidv7(), what: 'all' });
    const byOfficer = await app.as(lot.officer).post(`/api/v1/reports/${id}/erasures`, { id: uuidv7(), what: 'all' });
    const erased = await app.as(lot.officer).get(`/api/v1/reports/${id}`);
    const again = await app.as(undefined).page(`/reports/${reference}`);

    expect(taken.status).to.equal(303);
    expect(afterwards.body).to.deep.include({ contact: null, contactErasedOn: afterwards.body['contactErasedOn'] });
    expect(afterwards.body['text']).to.include('Mã trên hộp');
    expect([byProducer.status, byOfficer.status]).to.deep.equal([403, 204]);
    expect(erased.body['text']).to.equal('');
    expect(wordsOf(again.text)).to.include('đã xoá theo yêu cầu ngày');
  });

  it('that were erased are erased again after a restore', async () => {
    const { body } = await send({ contact: '0912 345 678' });
    const id = String(body['id']);
    const before = await reportContentModel(app.db).findById(id).lean();
    await app.as(lot.officer).post(`/api/v1/reports/${id}/erasures`, { id: uuidv7(), what: 'all' });
    await reportContentModel(app.db).deleteOne({ _id: id });
    await reportContentModel(app.db).collection.insertOne(before as never);

    await applyErasures(app.db);

    const restored = await reportContentModel(app.db).findById(id).lean();
    expect([restored?.text, restored?.contact]).to.deep.equal(['', '']);
  });

  it('about a code that is none or was never printed are refused before anything is read', async () => {
    const malformed = await send({}, 'ABC');
    const unknown = await send({}, issueCode(app.deps.keys.codeKey, { run: 999_999, unit: 0 }));
    const page = await app.as(undefined).page('/T/ABC/report');

    expect([malformed.status, unknown.status]).to.deep.equal([400, 404]);
    expect([page.status, page.headers.get('location')]).to.deep.equal([303, '/T/ABC']);
  });

  it('show markup as the text that it is', async () => {
    const evil = '<script>alert(1)</script> "><img src=x onerror=alert(1)> {{constructor}}';
    const { body } = await send({ text: evil, contact: '<b>x</b>' });

    const page = await app.as(lot.officer).page(`/office/reports/${String(body['id'])}`);

    expect(page.status).to.equal(200);
    expect(page.text).not.to.include('<script>alert').and.not.to.include('<img src=x');
    expect(wordsOf(page.text)).to.include('{{constructor}}');
  });

  it('refuse every kind of wrong input', async () => {
    const path = `/api/v1/codes/${lot.code}/reports`;
    for (const [index, bad] of badInputs(written, 'text').entries()) {
      app.setNow(new Date(day.now + index * 3_700_000).toISOString());
      await expectRefused(app.as(undefined), path, bad);
    }
  });

  it('are listed page by page below /app and /office', async () => {
    for (let turn = 0; turn < 3; turn += 1) await send({ text: `Phản ánh thứ ${turn}.` });

    const own = await app.as(lot.owner).page('/app/reports?state=new');
    const office = await app.as(lot.officer).page('/office/reports');
    const paged = await app.as(lot.officer).get('/api/v1/reports?limit=2');
    const next = await app.as(lot.officer).get(`/api/v1/reports?limit=2&after=${String(paged.body['next'])}`);

    expect([own.status, office.status]).to.deep.equal([200, 200]);
    expect(own.text.match(/data-test="report"/g)?.length).to.be.at.least(3);
    const ids = [paged, next].flatMap(({ body }) => (body['items'] as Json[]).map(({ id }) => id));
    expect(new Set(ids).size).to.equal(4);
  });
});
