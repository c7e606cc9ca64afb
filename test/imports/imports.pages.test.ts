// The administrators' pages of lists, as a person without script uses them.
import { expect } from 'chai';
import { readTable } from '../../src/importing/table.ts';
import { certificateModel } from '../../src/certificates/certificates.model.ts';
import { importRunModel } from '../../src/imports/imports.model.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aProducerUser, anAdmin, anOfficer, uuidv7 } from '../support/factories.ts';
import { formOf, wordsOf } from '../support/forms.ts';
import { aListedRow, csvOf, listedRows } from '../support/lists.ts';

type Answer = { status: number; text: string; headers: Headers };

describe('the pages of lists', () => {
  let app: TestApp;
  const admin = anAdmin();

  beforeEach(async () => {
    app = await testApp();
  });

  afterEach(() => app.close());

  const upload = async (bytes: Buffer | string | undefined, given: Record<string, string> = {}): Promise<Answer> => {
    const page = await app.as(admin).page('/admin/imports');
    const { action, fields } = formOf(page.text, 'import-form');
    const form = new FormData();
    const { name = 'Danh sách.csv', ...typed } = given;
    for (const [field, value] of Object.entries({ ...fields, kind: 'recognitions', ...typed }))
      form.append(field, value);
    if (bytes !== undefined) form.append('file', new Blob([Buffer.from(bytes as string)]), name);
    return app.as(admin).postForm(action, form);
  };
  const uploaded = async (bytes: Buffer | string): Promise<string> => {
    const answer = await upload(bytes);
    expect(answer.status, wordsOf(answer.text)).to.equal(303);
    return answer.headers.get('location') ?? '';
  };

  it('say what an import does before there is any, and are in the menu', async () => {
    const home = await app.as(admin).page('/admin');
    const page = await app.as(admin).page('/admin/imports');

    expect(home.text).to.contain('href="/admin/imports"');
    expect(page.status).to.equal(200);
    expect(wordsOf(page.text)).to.contain('Chưa nhập danh sách nào.').and.contain('Danh sách công nhận OCOP');
  });

  it('lead from the file over its report to the stored list', async () => {
    const address = await uploaded(csvOf([...listedRows(2), aListedRow({ owner: '', id: 'T9' })]));
    const looked = await app.as(admin).page(address);
    const { action, fields } = formOf(looked.text, 'store-form');
    const before = await certificateModel(app.db).countDocuments();

    const stored = await app.as(admin).postForm(action, fields);
    const after = await app.as(admin).page(stored.headers.get('location') ?? '');
    const list = await app.as(admin).page('/admin/imports');

    expect(wordsOf(looked.text)).to.contain('Đã xem thử, chưa ghi').and.contain('Danh sách không ghi chủ thể');
    expect(wordsOf(looked.text)).to.contain('Ghi 2 dòng vào sổ').and.contain('Danh sách.csv').and.contain('Dòng 4');
    expect(before).to.equal(0);
    expect(stored.status).to.equal(303);
    expect(wordsOf(after.text)).to.contain('Đã ghi').and.contain('Ghi xong lúc 09:41, 04/09/2026');
    expect(after.text).not.to.contain('data-test="store-form"');
    expect(await certificateModel(app.db).countDocuments()).to.equal(2);
    expect(wordsOf(list.text)).to.contain('Danh sách.csv');
  });

  it('keep everything out while a row is wrong, unless the box is ticked', async () => {
    const address = await uploaded(csvOf(listedRows(3, (at) => (at === 1 ? { stars: '7' } : {}))));
    const looked = await app.as(admin).page(address);
    const { action, fields } = formOf(looked.text, 'store-form');

    const refused = await app.as(admin).postForm(action, fields);
    const storedThen = await certificateModel(app.db).countDocuments();
    const stored = await app.as(admin).postForm(action, { ...fields, skipFaulty: 'on' });
    const after = await app.as(admin).page(stored.headers.get('location') ?? '');

    expect(wordsOf(looked.text)).to.contain('1 dòng sai').and.contain('Cột stars: "7" không phải hạng sao');
    expect(refused.status).to.equal(409);
    expect(wordsOf(refused.text)).to.contain('Còn 1 dòng sai nên chưa ghi gì.');
    expect(storedThen).to.equal(0);
    expect(wordsOf(after.text)).to.contain('Đã bỏ qua 1 dòng sai.');
    expect(await certificateModel(app.db).countDocuments()).to.equal(2);
  });

  it('speak English to who reads it', async () => {
    const address = await uploaded(csvOf([aListedRow({ stars: '7' })]));

    const english = await app.as(admin).page(`${address}?lang=en`);

    expect(wordsOf(english.text)).to.contain('is no number of stars');
  });

  it('show a long report page by page and by outcome', async () => {
    const address = await uploaded(csvOf(listedRows(70, (at) => (at < 60 ? { stars: '7' } : { owner: '' }))));

    const first = await app.as(admin).page(address);
    const next =
      /href="([^"]*)" data-test="next"/.exec(first.text)?.[1]?.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&') ?? '';
    const second = await app.as(admin).page(next);
    const left = await app.as(admin).page(`${address}?outcome=left-out`);

    const rowsOf = ({ text }: Answer) => text.match(/data-test="row"/g)?.length ?? 0;
    expect([rowsOf(first), rowsOf(second), rowsOf(left)]).to.deep.equal([50, 20, 10]);
  });

  it('give the report as CSV in which nothing runs', async () => {
    const address = await uploaded(csvOf([aListedRow({ id: '', product_name: '=HYPERLINK("x")', stars: '7' })]));

    const answer = await app.as(admin).page(`${address}/report.csv`);
    const table = await readTable({ name: '', bytes: Buffer.from(answer.text) }, []);

    expect(answer.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).to.match(/^attachment; filename="?import-recognitions-/);
    expect(answer.text).to.contain(`"'=HYPERLINK(""x"")"`);
    expect(table.rows.map(({ cells }) => cells)).to.deep.equal([
      {
        dong: '2',
        ten: '=HYPERLINK("x")',
        'ket qua': 'sai',
        cot: 'stars',
        'noi dung': '"7" không phải hạng sao. Ghi từ 3 đến 5; dưới 3 sao không có quyết định công nhận.',
      },
    ]);
  });

  it('show names with markup as text', async () => {
    const address = await uploaded(csvOf([aListedRow({ product_name: '<script>alert(1)</script>', stars: '7' })]));

    const page = await app.as(admin).page(address);

    expect(page.text).not.to.contain('<script>alert');
    expect(wordsOf(page.text)).to.contain('<script>alert(1)</script>');
  });

  it('say what is wrong with a file as a whole, and offer no button', async () => {
    const address = await uploaded('product_name,owner,stars\nChè,HTX,3\n');

    const page = await app.as(admin).page(address);

    expect(wordsOf(page.text)).to.contain('Tệp này không đọc được').and.contain('status : Thiếu cột này.');
    expect(page.text).not.to.contain('data-test="store-form"').and.not.to.contain('data-test="go-on"');
  });

  it('keep what was chosen when the file is missing, empty, too large or of no kind', async () => {
    const missing = await upload(undefined, { kind: 'units' });
    const empty = await upload('');
    const large = await upload(Buffer.alloc(25 * 1024 * 1024 + 1, 'x'), { kind: 'outlines' });
    const kindless = await upload('a', { kind: '' });

    expect([missing, empty, large, kindless].map(({ status }) => status)).to.deep.equal([422, 422, 422, 422]);
    expect(missing.text).to.match(/value="units" checked/);
    expect(wordsOf(missing.text)).to.contain('Cần điền mục này.');
    expect(large.text).to.match(/value="outlines" checked/);
    expect(wordsOf(large.text)).to.contain('nhiều nhất 25 MB');
    expect(await importRunModel(app.db).countDocuments()).to.equal(0);
  });

  it('are not for officers, producers and strangers', async () => {
    const address = await uploaded(csvOf(listedRows(1)));

    for (const actor of [anOfficer(), aProducerUser(uuidv7())]) {
      expect((await app.as(actor).page('/admin/imports')).status).to.equal(403);
      expect((await app.as(actor).page(address)).status).to.equal(403);
      expect((await app.as(actor).page(`${address}/report.csv`)).status).to.equal(403);
      expect((await app.as(actor).postForm('/admin/imports', new FormData())).status).to.equal(403);
      expect((await app.as(actor).postForm(`${address}/storing`, {})).status).to.equal(403);
    }
    const stranger = await app.as(undefined).page('/admin/imports');
    expect(stranger.status).to.be.oneOf([302, 303]);
    expect(stranger.headers.get('location')).to.contain('/sign-in');
    expect((await app.as(admin).page(`/admin/imports/${uuidv7()}`)).status).to.equal(404);
    expect((await app.as(admin).page('/admin/imports/x')).status).to.equal(404);
  });
});
