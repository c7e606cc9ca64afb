// The pages of materials over HTTP, as a phone without script uses them.
import { expect } from 'chai';
import { materialsOf } from '../../src/materials/materials.service.ts';
import { stockBook } from '../../src/materials/materials.stock.service.ts';
import type { Material } from '../../src/materials/materials.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { uuidv7 } from '../support/factories.ts';
import { aMaterial, aMove } from '../support/factories.materials.ts';
import { aProducer } from '../support/factories.producers.ts';
import { formOf, wordsOf } from '../support/forms.ts';
import { aJpeg } from '../support/pictures.ts';

type Owned = Awaited<ReturnType<typeof aProducer>>;

const withFile = (fields: Record<string, string>, name: string, bytes: Buffer, type = 'image/jpeg'): FormData => {
  const data = new FormData();
  for (const [field, value] of Object.entries(fields)) data.append(field, value);
  data.append(name, new Blob([new Uint8Array(bytes)], { type }), 'hoá đơn.jpg');
  return data;
};

describe('pages of materials', () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  const page = async ({ owner }: Owned, path: string) => (await app.as(owner).page(path)).text;
  const stored = ({ owner, producer }: Owned): Promise<Material[]> => materialsOf(app.db, owner, producer.id);
  const filled = { name: 'Bt Mẫu', kind: 'pesticide', unit: 'ml', waitDays: '3' };

  it('send a stranger to sign in, and an officer without an organisation away', async () => {
    const { officer } = await aProducer(app);

    expect((await app.as(undefined).page('/app/materials')).status).to.equal(303);
    expect((await app.as(officer).page('/app/materials')).status).to.equal(403);
  });

  it('say what the list is for while it is empty, and add the first material once', async () => {
    const own = await aProducer(app);
    const empty = await page(own, '/app/materials');
    const form = formOf(await page(own, '/app/materials/new'), 'material-form');

    const answers = await Promise.all(
      [1, 2].map(() => app.as(own.owner).postForm(form.action, { ...form.fields, ...filled })),
    );

    const [material, ...others] = await stored(own);
    expect(wordsOf(empty)).to.include('Chưa có vật tư nào.');
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
    expect(answers[0]?.headers.get('location')).to.equal(`/app/materials/${material?.id}?saved=material`);
    expect(material).to.include({ name: 'Bt Mẫu', waitDays: 3, unit: 'ml' });
    expect(others).to.deep.equal([]);
  });

  it('keep what was typed when something is missing, and leave an empty waiting time unknown', async () => {
    const own = await aProducer(app);
    const form = formOf(await page(own, '/app/materials/new'), 'material-form');

    const refused = await app
      .as(own.owner)
      .postForm(form.action, { ...form.fields, ...filled, kind: '', waitDays: '' });
    const again = formOf(refused.text, 'material-form');
    await app.as(own.owner).postForm(again.action, { ...again.fields, kind: 'pesticide' });

    const [material] = await stored(own);
    expect(refused.status).to.equal(422);
    expect(again.fields).to.include({ name: 'Bt Mẫu', unit: 'ml' });
    expect(wordsOf(refused.text)).to.include('Loại: Cần điền mục này.');
    expect(material?.waitDays).to.equal(undefined);
    expect(wordsOf(await page(own, `/app/materials/${material?.id}`))).to.include('Chưa rõ thời gian cách ly');
  });

  it('find without marks, keep the search in the next page’s link, and say when nothing is found', async () => {
    const own = await aProducer(app);
    for (let n = 0; n < 21; n += 1) await aMaterial(app, own.owner, own.producer.id, { name: `Phân số ${n}` });
    await aMaterial(app, own.owner, own.producer.id, { name: 'Đạm urê' });

    const dam = wordsOf(await page(own, '/app/materials?q=dam'));
    const first = await page(own, '/app/materials?q=phan&sort=name');
    const next = /href="([^"]*)" data-test="next"/.exec(first)?.[1] ?? '';
    const nextPath = next.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&');
    const none = wordsOf(await page(own, '/app/materials?q=khong-co'));

    expect(dam).to.include('Đạm urê').and.not.include('Phân số');
    expect(nextPath).to.include('q=phan').and.include('sort=name');
    expect((await page(own, nextPath)).match(/data-test="material"/g)).to.have.length(1);
    expect(none).to.include('Không thấy vật tư nào khớp “khong-co”.');
  });

  it('change a material, and show both when somebody was quicker', async () => {
    const own = await aProducer(app);
    const material = await aMaterial(app, own.owner, own.producer.id);
    const path = `/app/materials/${material.id}/edit`;
    const form = formOf(await page(own, path), 'material-form');
    const other = formOf(await page(own, path), 'material-form');

    const first = await app.as(own.owner).postForm(path, { ...form.fields, waitDays: '14' });
    const late = await app.as(own.owner).postForm(path, { ...other.fields, waitDays: '5' });
    const after = await app.as(own.owner).postForm(path, formOf(late.text, 'material-form').fields);

    expect([first.status, late.status, after.status]).to.deep.equal([303, 409, 303]);
    expect(wordsOf(late.text)).to.include('Bản đang lưu khác bản bạn gõ').and.to.include('14 ngày');
    const shown = wordsOf(await page(own, `/app/materials/${material.id}`));
    expect(shown).to.include('Lịch sử sửa (2)').and.to.include('Trước: 14 ngày').and.to.include('Nay: 5 ngày');
  });

  it('write what came with its receipt, and mend the line', async () => {
    const own = await aProducer(app);
    const material = await aMaterial(app, own.owner, own.producer.id);
    const form = formOf(await page(own, `/app/materials/${material.id}/moves/new?kind=in`), 'move');
    const typed = { ...form.fields, amount: '12,5', supplier: 'Đại lý Mẫu', lot: 'A1' };

    const came = await app.as(own.owner).postForm(form.action, withFile(typed, 'receipt', await aJpeg()));
    const shown = await page(own, `/app/materials/${material.id}`);
    const mendPath = /href="([^"]*\/moves\/[0-9a-f-]{36})"/.exec(shown)?.[1] ?? '';
    const mend = formOf(await page(own, mendPath), 'move');
    const mended = await app.as(own.owner).postForm(mend.action, { ...mend.fields, amount: '1,25' });

    expect([came.status, mended.status]).to.deep.equal([303, 303]);
    expect(wordsOf(shown)).to.include('Nhập 12,5 lít');
    expect(mend.fields).to.include({ amount: '12,5', supplier: 'Đại lý Mẫu', lot: 'A1', kind: 'in' });
    const { lines, stock } = await stockBook(app.db, own.owner, material.id);
    expect(stock.amount).to.equal(1.25);
    expect(lines).to.have.length(1);
    expect(lines[0]?.move.receiptFileId).to.be.a('string');
  });

  it('keep the line’s words when its receipt can’t be read', async () => {
    const own = await aProducer(app);
    const material = await aMaterial(app, own.owner, own.producer.id);
    const form = formOf(await page(own, `/app/materials/${material.id}/moves/new?kind=in`), 'move');

    const answer = await app
      .as(own.owner)
      .postForm(form.action, withFile({ ...form.fields, amount: '3' }, 'receipt', Buffer.from('chữ'), 'image/jpeg'));

    expect(answer.status).to.equal(415);
    expect(formOf(answer.text, 'move').fields).to.include({ amount: '3' });
    expect((await stockBook(app.db, own.owner, material.id)).lines).to.deep.equal([]);
  });

  it('say plainly when the book has used more than came', async () => {
    const own = await aProducer(app);
    const material = await aMaterial(app, own.owner, own.producer.id);
    await aMove(app, own.owner, material.id, { amount: 1 });
    await aMove(app, own.owner, material.id, { kind: 'out', amount: 3, on: '2026-08-02' });

    for (const path of ['/app/materials', `/app/materials/${material.id}`])
      expect(wordsOf(await page(own, path)), path).to.include('Sổ ghi dùng quá số nhập 2 lít');
  });

  it('keep a photo of the label, and ask for one when none was chosen', async () => {
    const own = await aProducer(app);
    const material = await aMaterial(app, own.owner, own.producer.id);
    const path = `/app/materials/${material.id}/label-picture`;

    const none = await app.as(own.owner).postForm(path, withFile({}, 'picture', Buffer.alloc(0)));
    const sent = await app.as(own.owner).postForm(path, withFile({}, 'picture', await aJpeg()));

    expect([none.status, sent.status]).to.deep.equal([422, 303]);
    expect(await page(own, `/app/materials/${material.id}`)).to.include('class="nhan"');
  });

  it('answer 404 for what is another producer’s', async () => {
    const own = await aProducer(app);
    const material = await aMaterial(app, own.owner, own.producer.id);
    const line = await aMove(app, own.owner, material.id);
    const stranger = app.as((await aProducer(app)).owner);

    const answers = await Promise.all([
      stranger.page(`/app/materials/${material.id}`),
      stranger.page(`/app/materials/${material.id}/edit`),
      stranger.page(`/app/materials/${material.id}/moves/new?kind=in`),
      stranger.page(`/app/materials/${material.id}/moves/${line.id}`),
      stranger.postForm(`/app/materials/${material.id}/edit`, { name: 'x' }),
      stranger.postForm(`/app/materials/${material.id}/moves`, { id: uuidv7() }),
      stranger.page(`/app/materials?producer=${own.producer.id}`),
      app.as(own.owner).page(`/app/materials/${uuidv7()}`),
    ]);

    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 8 }, () => 404));
  });

  it('show an officer a material without the ways to change it', async () => {
    const { producer, owner, officer } = await aProducer(app);
    const material = await aMaterial(app, owner, producer.id);

    const shown = await app.as(officer).page(`/app/materials/${material.id}`);

    expect(shown.status).to.equal(200);
    expect(shown.text).to.not.include('/edit').and.to.not.include('label-picture"');
    expect((await app.as(officer).page(`/app/materials/${material.id}/edit`)).status).to.equal(403);
  });
});
