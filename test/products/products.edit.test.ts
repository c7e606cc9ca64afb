// The form that changes a product: what is stored stands in it, what was typed comes back, and nobody overwrites what they have not seen.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { paths } from '../../src/paths.ts';
import { requireProduct } from '../../src/products/products.service.ts';
import type { Product } from '../../src/products/products.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';
import { formOf, wordsOf } from '../support/forms.ts';

const longName = 'Miến dong Ễnh Ương Khuỷu Ỡ '.repeat(8).trim().slice(0, 200).trim();

describe('the form that changes a product', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  let product: Product;
  const address = () => paths.appProductEdit(product.id);
  const fieldsOf = (html: string) => formOf(html, 'edit-product').fields;
  const send = async (parts: Record<string, string>, fields?: Record<string, string>) =>
    app
      .as(owner)
      .postForm(address(), { ...(fields ?? fieldsOf((await app.as(owner).page(address())).text)), ...parts });
  const stored = () => requireProduct(app.db, product.id);

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
    const responsibleParty = { name: 'Công ty Mẫu', address: 'Xã Mẫu' };
    product = await aProduct(app, { producerId, owner, parts: { responsibleParty, standards: ['TCVN 1', 'TCCS 2'] } });
  });

  it('holds what is stored and changes nothing when it is sent as it is', async () => {
    const fields = fieldsOf((await app.as(owner).page(address())).text);

    const answer = await send({});

    expect(fields).to.include({
      'netContent.amount': '0,5',
      'netContent.unit': 'kg',
      'responsibleParty.name': 'Công ty Mẫu',
      standards: 'TCVN 1\nTCCS 2',
      ocopSet: '1',
    });
    expect(answer.status).to.equal(303);
    expect(await stored()).to.deep.equal(product);
  });

  it('changes what was typed and says so once on the product’s page', async () => {
    const answer = await send({
      name: 'Na bở',
      'netContent.amount': '0.75',
      shelfLifeDays: '',
      standards: 'VietGAP\r\n\r\n',
    });

    const page = wordsOf((await app.as(owner).page(answer.headers.get('location') ?? '')).text);
    expect(page).to.include('Đã lưu.').and.include('0,75 kg').and.include('Lịch sử sửa (2)');
    expect(await stored()).to.deep.include({ name: 'Na bở', shelfLifeDays: undefined, standards: ['VietGAP'] });
  });

  it('takes a product without net content though the phone sends a unit, and without another party', async () => {
    const answer = await send({ 'netContent.amount': '', 'responsibleParty.name': '', 'responsibleParty.address': '' });

    expect(answer.status).to.equal(303);
    expect(await stored()).to.include({ netContent: undefined, responsibleParty: undefined });
  });

  it('stores letters composed, however they were typed', async () => {
    await send({ name: 'Chè đỉnh'.normalize('NFD'), origin: 'Xã Đồng Hỷ'.normalize('NFD') });

    expect(await stored()).to.include({ name: 'Chè đỉnh'.normalize('NFC'), origin: 'Xã Đồng Hỷ'.normalize('NFC') });
  });

  it('comes back with everything typed and a sentence at each faulty field', async () => {
    const answer = await send({
      name: '',
      'netContent.amount': '-1',
      shelfLifeDays: 'bảy',
      'responsibleParty.address': '',
      story: `${'ễ'.repeat(4001)}`,
      origin: 'Xã \u202Eẫm',
    });

    expect(answer.status).to.equal(422);
    for (const field of ['name', 'netContent.amount', 'shelfLifeDays', 'responsibleParty.address', 'story', 'origin'])
      expect(answer.text).to.include(`id="${field}-error"`).and.include(`href="#${field}"`);
    expect(wordsOf(answer.text)).to.include('nhiều nhất 4000 ký tự').and.include('ký tự đảo chiều chữ');
    expect(answer.text).to.include('ễ'.repeat(4001)).and.include('value="bảy"');
    expect(await stored()).to.deep.equal(product);
  });

  it('says where the check digit of a GTIN fails and which numbers are taken', async () => {
    await aProduct(app, { producerId, owner, parts: { internalCode: 'NA-9' }, picture: false });

    const wrong = await send({ gtin: '9521234000014' });
    const like = await send({ internalCode: '(01)09521234000013' });
    const taken = await send({ internalCode: 'NA-9' });

    expect([wrong.status, like.status, taken.status]).to.deep.equal([422, 422, 409]);
    expect(wrong.text).to.include('Chữ số kiểm tra ở vị trí 13').and.include('id="gtin-error"');
    expect(like.text).to.include('id="internalCode-error"');
    expect(wordsOf(taken.text)).to.include('Mã nội bộ này đã dùng');
  });

  it('shows what somebody else has stored meanwhile, keeps what was typed, and saves it when it is sent again', async () => {
    const seen = fieldsOf((await app.as(owner).page(address())).text);
    await send({ storage: 'Để tủ mát' });

    const late = await send({ usage: 'Ăn tươi' }, seen);
    const again = await send({ storage: 'Để tủ mát' }, fieldsOf(late.text));

    expect(late.status).to.equal(409);
    expect(late.text).to.include('data-test="latest"').and.include('Ăn tươi');
    expect(wordsOf(late.text)).to.include('Có người vừa sửa').and.include('Để tủ mát');
    expect(again.status).to.equal(303);
    expect(await stored()).to.include({ storage: 'Để tủ mát', usage: 'Ăn tươi' });
  });

  it('takes names of 200 characters with stacked marks and stories of 4000 as they are', async () => {
    const story = 'Dòng Ễ\n\n<b>đậm</b> {{x}} '.repeat(160).slice(0, 4000).trim();

    const answer = await send({ name: longName, story });

    expect(answer.status).to.equal(303);
    expect(await stored()).to.include({ name: longName, story });
    const page = await app.as(owner).page(paths.appProduct(product.id));
    expect(page.text).to.include('&lt;b&gt;đậm&lt;/b&gt; {{x}}').and.not.include('<b>đậm');
  });

  it('is the owner’s alone', async () => {
    const fields = fieldsOf((await app.as(owner).page(address())).text);

    const statuses = [];
    for (const person of [anOfficer('19'), aProducerUser(uuidv7()), undefined])
      statuses.push([
        (await app.as(person).page(address())).status,
        (await app.as(person).postForm(address(), fields)).status,
      ]);
    const noId = await app.as(owner).page(paths.appProductEdit('$ne'));
    const unknown = await app.as(owner).page(paths.appProductEdit(uuidv7()));

    expect(statuses.slice(0, 2)).to.deep.equal([
      [403, 403],
      [404, 404],
    ]);
    expect(statuses[2]?.every((status) => status === 303 || status === 401)).to.equal(true);
    expect([noId.status, unknown.status]).to.deep.equal([404, 404]);
    expect(await stored()).to.deep.equal(product);
  });

  it('speaks English as well, its history too', async () => {
    await send({ name: 'Na bở', ocopSet: '7', 'netContent.amount': '1', 'responsibleParty.name': 'Công ty Khác' });

    const form = await app.as(owner).page(`${address()}?lang=en`);
    const page = wordsOf((await app.as(owner).page(`${paths.appProduct(product.id)}?lang=en`)).text);

    expect(form.text).to.include('lang="en"').and.include('Save changes');
    expect(page).to.include('Former names').and.include('Set 7').and.include('Responsible party');
  });
});
