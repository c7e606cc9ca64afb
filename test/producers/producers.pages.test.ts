// The officer's pages: register a producer, decide on it.
import { expect } from 'chai';
import { producerModel } from '../../src/producers/producers.model.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer, uuidv7 } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';

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
    publicPhone: 'on',
    ...parts,
  });

  it('register a household with the consents that were ticked', async () => {
    const sent = form();

    const answer = await app.as(officer).postForm('/office/producers', sent);
    const list = await app.as(officer).page('/office/producers');

    expect(answer.status).to.equal(303);
    expect(answer.headers.get('location')).to.equal(`/office/producers/${sent.id}/approvals`);
    expect(list.text)
      .to.contain('Hộ bà Mẫu')
      .and.contain('Xóm Mẫu, xã La Hiên, tỉnh Thái Nguyên')
      .and.contain('Chờ duyệt');
    const stored = await producerModel(app.db).findById(sent.id).lean();
    expect(stored).to.include({ publicName: false, publicPhone: true, hotline: '0900000000' });
  });

  it('give the form back, open, with what was typed', async () => {
    const answer = await app
      .as(officer)
      .postForm('/office/producers', form({ legalName: '', 'address.communeCode': '5740', story: '<i>x</i>' }));

    expect(answer.status).to.equal(422);
    expect(answer.text).to.match(/<details[^>]* open>/);
    expect(answer.text).to.contain('id="legalName-error"').and.contain('id="address.communeCode-error"');
    expect(answer.text).to.contain('value="5740"').and.contain('&lt;i&gt;x&lt;/i&gt;');
    expect(answer.text).to.match(/name="publicPhone" value="on" checked/);
    expect(answer.text).to.match(/<option value="household" selected>/);
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
    const page = await app.as(officer).page(path);

    expect([bare.status, refused.status, approved.status, again.status]).to.deep.equal([422, 303, 303, 409]);
    expect(bare.text).to.contain('id="reason-error"');
    expect(again.text).to.contain('Việc này đã có quyết định').and.contain('Đủ.</textarea>');
    expect(page.text).to.contain('04/09/2026: Không được duyệt. Thiếu &lt;b&gt;giấy&lt;/b&gt;');
    expect(page.text).to.contain('04/09/2026: Đã duyệt');
  });

  it('are for officers of the province alone', async () => {
    const { producer, owner } = await aProducer(app);
    const path = `/office/producers/${producer.id}/approvals`;

    const statuses = [];
    for (const person of [owner, anOfficer('01'), undefined])
      statuses.push([
        (await app.as(person).page('/office/producers')).status,
        (await app.as(person).page(path)).status,
        (await app.as(person).postForm(path, { id: uuidv7(), outcome: 'refused', reason: 'x' })).status,
      ]);

    expect(statuses).to.deep.equal([
      [403, 403, 403],
      [200, 404, 404],
      [303, 303, 303],
    ]);
    expect((await producerModel(app.db).findById(producer.id).lean())?.approvals).to.have.length(1);
  });

  it('mark made-up producers and speak English', async () => {
    const { producer } = await aProducer(app, { sample: true });

    const list = await app.as(officer).page('/office/producers?lang=en');
    const page = await app.as(officer).page(`/office/producers/${producer.id}/approvals`);

    expect(list.text).to.contain('SAMPLE DATA').and.contain('Register a producer');
    expect(page.text).to.contain('DỮ LIỆU MẪU');
  });
});
