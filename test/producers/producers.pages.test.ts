// The officer's pages: find a producer, register one, decide on it, complete an imported one.
import { expect } from 'chai';
import { importProducers } from '../../src/producers/producers.import.service.ts';
import { producerModel } from '../../src/producers/producers.model.ts';
import { requireProducer } from '../../src/producers/producers.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, anOfficer, uuidv7 } from '../support/factories.ts';
import { anImportedProducer, aProducer } from '../support/factories.producers.ts';
import { formOf, wordsOf } from '../support/forms.ts';

describe('producer pages of the office', () => {
  let app: TestApp;
  const officer = anOfficer('19');

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  const form = (parts: Record<string, string> = {}) => ({
    id: uuidv7(),
    legalName: 'Hộ bà Mẫu',
    kind: 'household',
    registrationNumber: '',
    'address.communeCode': '05740',
    'address.communeName': 'Xã La Hiên',
    'address.provinceCode': '19',
    'address.street': 'Xóm Mẫu',
    formerAddress: '',
    hotline: '0900 000 000',
    gln: '',
    story: '',
    shops: '',
    consents: 'public-phone',
    ...parts,
  });

  it('register a household with the consents that were ticked', async () => {
    const sent = form();

    const answer = await app.as(officer).postForm('/office/producers', sent);
    const list = await app.as(officer).page('/office/producers');

    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal(`/office/producers/${sent.id}`);
    expect(list.text)
      .to.contain('Hộ bà Mẫu')
      .and.contain('Xóm Mẫu, xã La Hiên, tỉnh Thái Nguyên')
      .and.contain('Chờ duyệt');
    const stored = await producerModel(app.db).findById(sent.id).lean();
    expect(stored).to.include({ hotline: '0900000000' });
    expect(stored?.consents.map(({ item, given, byUserId }) => ({ item, given, byUserId }))).to.deep.equal([
      { item: 'public-phone', given: true, byUserId: officer.userId },
    ]);
  });

  it('give the form back with what was typed', async () => {
    const answer = await app
      .as(officer)
      .postForm('/office/producers', form({ legalName: '', 'address.communeCode': '5740', story: '<i>x</i>' }));

    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('id="legalName-error"').and.contain('id="address.communeCode-error"');
    expect(answer.text).to.contain('value="5740"').and.contain('&lt;i&gt;x&lt;/i&gt;');
    expect(answer.text).to.match(/name="consents" value="public-phone" checked/);
    expect(answer.text).to.match(/<option value="household" selected>/);
  });

  it('find the code of a commune by its name, written with or without marks', async () => {
    const sent = form({ 'address.communeCode': '', 'address.communeName': 'la hien' });

    const answer = await app.as(officer).postForm('/office/producers', sent);

    expect(answer.status).to.equal(303);
    expect((await requireProducer(app.db, sent.id)).address).to.include({
      communeCode: '05740',
      communeName: 'Xã La Hiên',
    });
  });

  it('refuse a name and a code of two communes, and a commune of another province', async () => {
    const differing = await app
      .as(officer)
      .postForm('/office/producers', form({ 'address.communeName': 'Xã Tân Cương' }));
    const elsewhere = await app
      .as(anOfficer('20'))
      .postForm('/office/producers', form({ 'address.provinceCode': '20' }));

    expect([differing.status, elsewhere.status]).to.deep.equal([422, 422]);
    expect(wordsOf(differing.text)).to.contain('Mã 05740 là Xã La Hiên. Sửa tên hoặc mã cho khớp nhau.');
    expect(wordsOf(elsewhere.text)).to.contain('Mã 05740 là Xã La Hiên, thuộc tỉnh khác.');
  });

  it('say which of the typed shops is not taken, and keep them all', async () => {
    const shops = 'shopee.vn/a\r\n\r\nhttps://shopee.vn.evil.com/b';

    const answer = await app.as(officer).postForm('/office/producers', form({ shops }));

    expect(answer.status).to.equal(422);
    expect(answer.text).to.contain('href="#shops"').and.contain('id="shops-error"');
    expect(wordsOf(answer.text)).to.contain('Gian hàng thứ 2: Trang này không thuộc sàn được nhận.');
    expect(formOf(answer.text, 'producer-form').fields['shops']).to.equal(shops);
  });

  it('approve and refuse, and keep every decision', async () => {
    const { producer } = await aProducer(app, { approved: false });
    const path = `/office/producers/${producer.id}/approvals`;

    const bare = await app.as(officer).postForm(path, { id: uuidv7(), outcome: 'refused', reason: '' });
    const refused = await app
      .as(officer)
      .postForm(path, { id: uuidv7(), outcome: 'refused', reason: 'Thiếu <b>giấy</b>' });
    const approved = await app.as(officer).postForm(path, { id: uuidv7(), outcome: 'approved', reason: '' });
    const again = await app.as(officer).postForm(path, { id: uuidv7(), outcome: 'approved', reason: 'Đủ.' });
    const page = await app.as(officer).page(`/office/producers/${producer.id}`);

    expect([bare.status, refused.status, approved.status, again.status]).to.deep.equal([422, 303, 303, 409]);
    expect(bare.text).to.contain('id="reason-error"');
    expect(again.text).to.contain('Việc này đã có quyết định').and.contain('Đủ.</textarea>');
    expect(page.text).to.contain('04/09/2026: Không được duyệt. Thiếu &lt;b&gt;giấy&lt;/b&gt;');
    expect(page.text).to.contain('04/09/2026: Đã duyệt');
  });

  it('let nobody decide on a record that has changed since it was shown', async () => {
    const { producer, owner } = await aProducer(app, { approved: false });
    const path = `/office/producers/${producer.id}`;
    const { action, fields } = formOf((await app.as(officer).page(path)).text, 'decision-form');
    const edit = formOf((await app.as(owner).page(`/app/producers/${producer.id}/edit`)).text, 'producer-form');
    await app.as(owner).postForm(edit.action, { ...edit.fields, legalName: 'Hợp tác xã Tên Khác' });

    const answer = await app.as(officer).postForm(action, { ...fields, outcome: 'approved', reason: 'Đủ giấy.' });
    const after = formOf(answer.text, 'decision-form');
    const again = await app.as(officer).postForm(after.action, { ...after.fields, outcome: 'approved' });

    expect(answer.status).to.equal(409);
    expect(wordsOf(answer.text)).to.contain('Có người vừa sửa').and.contain('Hợp tác xã Tên Khác');
    expect(after.fields['reason']).to.equal('Đủ giấy.');
    expect(again.status).to.equal(303);
  });

  it('complete an imported producer from what the list says, and then approve it', async () => {
    const imported = anImportedProducer({ legalName: 'Cơ sở miến Hải Hoa', kind: 'other' });
    const ids = await importProducers(app.db, anAdmin(), [imported], app.deps.clock());
    const id = ids.get(imported.importKey) ?? '';
    const path = `/office/producers/${id}`;
    const before = await app.as(officer).page(path);
    const { action, fields } = formOf((await app.as(officer).page(`${path}/claim`)).text, 'producer-form');

    const bare = await app.as(officer).postForm(action, fields);
    const claimed = await app.as(officer).postForm(action, {
      ...fields,
      kind: 'household',
      registrationNumber: '17A8000001',
      'address.communeName': 'Xã Na Rì',
    });
    const after = await app.as(officer).page(path);
    const { fields: decision } = formOf(after.text, 'decision-form');
    const approved = await app.as(officer).postForm(`${path}/approvals`, { ...decision, outcome: 'approved' });

    expect(wordsOf(before.text)).to.contain('chưa ai nhận').and.contain('Chưa rõ loại').and.contain('Danh sách mẫu');
    expect(before.text).to.not.contain('data-test="decision-form"').and.not.contain(`${path}/edit`);
    expect(fields).to.include({ legalName: 'Cơ sở miến Hải Hoa', 'address.provinceCode': '19', kind: '' });
    expect(bare.status).to.equal(422);
    for (const name of ['kind', 'registrationNumber', 'address.communeCode', 'address.communeName'])
      expect(bare.text).to.contain(`id="${name}-error"`);
    expect([claimed.status, approved.status]).to.deep.equal([303, 303]);
    expect(wordsOf(after.text)).to.contain('Bổ sung hồ sơ').and.contain('Chờ duyệt').and.contain('Xã Na Rì');
    expect((await app.as(officer).page(`${path}/claim`)).status).to.equal(303);
  });

  it('refuse to change an unclaimed producer', async () => {
    const imported = anImportedProducer();
    const ids = await importProducers(app.db, anAdmin(), [imported], app.deps.clock());

    const answer = await app.as(officer).page(`/office/producers/${ids.get(imported.importKey) ?? ''}/edit`);

    expect(answer.status).to.equal(409);
  });

  it('search without marks, keep the search in the next page, and say when nothing is found', async () => {
    const fresh = anOfficer('96');
    const address = { communeCode: '31999', communeName: 'Xã Mẫu', provinceCode: '96' };
    for (let count = 0; count < 21; count += 1)
      await aProducer(app, { parts: { legalName: `Hợp tác xã Đường Hoa ${count}`, address } });
    await aProducer(app, { parts: { legalName: 'Trang trại Khác', kind: 'farm', address } });
    const visit = async (query: string) => (await app.as(fresh).page(`/office/producers${query}`)).text;

    const found = await visit('?q=duong+hoa&kind=cooperative&approval=&claim=&commune=&sort=name');
    const next = /href="([^"]*)" data-test="next"/.exec(found)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = (await app.as(fresh).page(next.replaceAll('&#x3D;', '='))).text;
    const none = await visit('?q=%3Cb%3E');
    const farms = await visit('?kind=farm&commune=31999');

    expect(found.match(/data-test="producer"/g)).to.have.length(20);
    expect(second.match(/data-test="producer"/g)).to.have.length(1);
    expect(second)
      .to.contain('value="duong hoa"')
      .and.match(/<option value="cooperative" selected>/);
    expect(wordsOf(found)).to.contain('Chủ thể khớp “duong hoa”');
    expect(wordsOf(farms)).to.contain('Trang trại Khác').and.not.contain('Đường Hoa');
    expect(farms).to.match(/<option value="31999" selected>Xã Mẫu/);
    expect(none).to.contain('khớp “&lt;b&gt;”').and.not.contain('“<b>”');
  });

  for (const query of ['?kind=shop', '?commune=x', '?sort=price', `?q=${'a'.repeat(101)}`, '?after=x&sort=name']) {
    it(`answer ${query.slice(0, 20)} with a page that says so`, async () => {
      const answer = await app.as(officer).page(`/office/producers${query}`);

      expect(answer.status).to.equal(422);
      expect(answer.headers.get('content-type')).to.contain('text/html');
    });
  }

  it('are for officers of the province alone', async () => {
    const { producer, owner } = await aProducer(app);
    const page = `/office/producers/${producer.id}`;

    const statuses = [];
    for (const person of [owner, anOfficer('01'), undefined])
      statuses.push([
        (await app.as(person).page('/office/producers')).status,
        (await app.as(person).page('/office/producers/new')).status,
        (await app.as(person).page(page)).status,
        (await app.as(person).page(`${page}/edit`)).status,
        (await app.as(person).page(`${page}/claim`)).status,
        (await app.as(person).postForm(`${page}/claim`, form())).status,
        (await app.as(person).postForm(`${page}/approvals`, { id: uuidv7(), outcome: 'refused', reason: 'x' })).status,
      ]);

    expect(statuses).to.deep.equal([
      [403, 403, 403, 403, 403, 403, 403],
      [200, 200, 404, 404, 404, 404, 404],
      [303, 303, 303, 303, 303, 303, 303],
    ]);
    expect((await producerModel(app.db).findById(producer.id).lean())?.approvals).to.have.length(1);
  });

  it('answer 404 for an address that is no id', async () => {
    for (const path of ['/office/producers/x', '/office/producers/x/edit', '/office/producers/x/claim'])
      expect((await app.as(officer).page(path)).status, path).to.equal(404);
  });

  it('mark made-up producers and speak English', async () => {
    const { producer } = await aProducer(app, { sample: true });

    const list = await app.as(officer).page('/office/producers?lang=en');
    const page = await app.as(officer).page(`/office/producers/${producer.id}`);

    expect(list.text).to.contain('SAMPLE DATA').and.contain('Register a producer');
    expect(page.text).to.contain('DỮ LIỆU MẪU');
  });
});
