// The page of one's own organisation: what it is, whether it is approved and what to do, what buyers see, and changing it.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { requireProducer } from '../../src/producers/producers.service.ts';
import type { Producer } from '../../src/producers/producers.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aConsent } from '../support/factories.consents.ts';
import { aProducer } from '../support/factories.producers.ts';
import { formOf, wordsOf } from '../support/forms.ts';

describe("the page of one's own organisation", () => {
  let app: TestApp;

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  const pageOf = async (person: Actor, { id }: Producer): Promise<string> =>
    (await app.as(person).page(`/app/producers/${id}`)).text;
  const formFor = async (person: Actor, { id }: Producer, door: 'app' | 'office' = 'app') =>
    formOf((await app.as(person).page(`/${door}/producers/${id}/edit`)).text, 'producer-form');
  const decide = (officer: Actor, { id }: Producer, outcome: string, reason: string) =>
    app.as(officer).post(`/api/v1/producers/${id}/approvals`, { id: uuidv7(), outcome, reason });

  it('is found from "Của tôi" and under its short address', async () => {
    const { producer, owner } = await aProducer(app);

    const me = await app.as(owner).page('/app/me');
    const short = await app.as(owner).page('/app/producer');

    expect(me.text).to.contain(`href="/app/producers/${producer.id}" data-test="own-producer"`);
    expect([short.status, short.headers.get('location')]).to.deep.equal([303, `/app/producers/${producer.id}`]);
  });

  it('says that no officer has decided, and what is missing for it', async () => {
    const { producer, owner } = await aProducer(app, { approved: false, parts: { registrationNumber: '' } });

    const words = wordsOf(await pageOf(owner, producer));

    expect(words).to.contain('Cán bộ xã hoặc tỉnh chưa duyệt.').and.contain('Còn thiếu: Mã số thuế hoặc số đăng ký.');
  });

  it('says why it was refused and what to do, and after that that officers look again', async () => {
    const { producer, owner, officer } = await aProducer(app, { approved: false });
    await decide(officer, producer, 'refused', 'Tên không khớp <giấy>.');
    const refused = await pageOf(owner, producer);
    const { action, fields } = await formFor(owner, producer);

    const saved = await app.as(owner).postForm(action, { ...fields, legalName: 'Hợp tác xã Đúng Tên' });

    expect(wordsOf(refused)).to.contain('Lý do: Tên không khớp <giấy>.').and.contain('Sửa hồ sơ theo lý do này');
    expect([saved.status, saved.headers.get('location')]).to.deep.equal([303, `/app/producers/${producer.id}?saved=1`]);
    expect(wordsOf(await pageOf(owner, producer)))
      .to.contain('Hợp tác xã Đúng Tên')
      .and.contain('Bạn đã sửa sau lần không duyệt ngày 04/09/2026.');
  });

  it('shows what buyers see of a household that agreed to nothing, and of one that agreed', async () => {
    const parts = { kind: 'household', legalName: 'Hộ bà Mẫu', registrationNumber: '0123456789' };
    const { producer, owner } = await aProducer(app, { parts });
    const seenOf = async () =>
      wordsOf((/data-test="seen"[\s\S]*?<\/section>/.exec(await pageOf(owner, producer)) ?? [''])[0]);
    const before = await seenOf();
    for (const item of ['public-name', 'public-phone']) await aConsent(app, owner, producer.id, item);
    const after = await seenOf();

    expect(before).to.not.match(/bà Mẫu|0900|Xóm Mẫu|Võ Nhai|0123456789/);
    expect(before).to.contain('Không hiện tên').and.contain('Hộ chưa đồng ý hiện số điện thoại.');
    expect(after).to.contain('Hộ bà Mẫu').and.contain('0900 000 000').and.contain('Xóm Mẫu, xã La Hiên');
  });

  it('invites to tell something where story, shops and telephone are missing', async () => {
    const { producer, owner } = await aProducer(app, { parts: { story: '', hotline: '' } });

    const words = wordsOf(await pageOf(owner, producer));

    expect(words).to.contain('Chưa có lời giới thiệu.').and.contain('Chưa ghi gian hàng nào.');
    expect(words).to.contain('Chưa ghi số điện thoại, người mua không gọi được.');
  });

  it('shows markup as text, and shops as links that leave no trace', async () => {
    const markup = '<script>alert(1)</script>';
    const { producer, owner } = await aProducer(app, {
      parts: { legalName: `HTX ${markup}`, story: markup, shops: [{ url: 'https://shopee.vn/"><b>' }] },
    });

    const page = await pageOf(owner, producer);

    expect(page).to.not.contain(markup).and.not.contain('shopee.vn/"><b>');
    expect(page).to.match(/<a href="https:\/\/shopee\.vn\/[^"]*" rel="noopener noreferrer nofollow"/);
  });

  it('changes what is the owner’s and shows what is the province’s as it is', async () => {
    const { producer, owner } = await aProducer(app);
    const { action, fields } = await formFor(owner, producer);

    const saved = await app
      .as(owner)
      .postForm(action, { ...fields, story: 'Một.\r\nHai.', shops: 'tiki.vn/a\r\nvoso.vn/b' });
    const page = await pageOf(owner, producer);

    expect(saved.status).to.equal(303);
    const stored = await requireProducer(app.db, producer.id);
    expect(stored.story).to.equal('Một.\nHai.');
    expect(stored.shops).to.deep.equal([{ url: 'https://tiki.vn/a' }, { url: 'https://voso.vn/b' }]);
    expect(stored).to.include({ legalName: producer.legalName, version: producer.version + 1 });
    expect(wordsOf(page)).to.contain('Lịch sử sửa (1)').and.contain(owner.name);
  });

  it('saved without a change changes nothing', async () => {
    const { producer, owner } = await aProducer(app, { parts: { story: 'Một.\nHai.' } });
    const { action, fields } = await formFor(owner, producer);

    const saved = await app.as(owner).postForm(action, { ...fields, story: 'Một.\r\nHai.' });

    expect(saved.status).to.equal(303);
    expect((await requireProducer(app.db, producer.id)).version).to.equal(producer.version);
  });

  it('refuses what is the province’s, however it is sent, and shows the stored words again', async () => {
    const { producer, owner } = await aProducer(app);
    const { action, fields } = await formFor(owner, producer);

    const answer = await app.as(owner).postForm(action, { ...fields, legalName: 'Tên Tự Đổi', story: 'Giữ lại.' });
    const again = formOf(answer.text, 'producer-form').fields;

    expect(answer.status).to.equal(422);
    expect(wordsOf(answer.text)).to.contain('chỉ cán bộ sửa được');
    expect(again).to.include({ legalName: producer.legalName, story: 'Giữ lại.' });
    expect((await requireProducer(app.db, producer.id)).version).to.equal(producer.version);
  });

  it('shows what somebody else saved meanwhile, keeps what was typed, and saves it when asked again', async () => {
    const { producer, owner, officer } = await aProducer(app);
    const mine = await formFor(owner, producer);
    const theirs = await formFor(officer, producer, 'office');
    await app.as(officer).postForm(theirs.action, { ...theirs.fields, formerAddress: 'Xã Cũ, huyện Cũ' });

    const late = await app.as(owner).postForm(mine.action, { ...mine.fields, story: 'Của tôi.' });
    const typed = formOf(late.text, 'producer-form').fields;
    const saved = await app.as(owner).postForm(mine.action, typed);

    expect(late.status).to.equal(409);
    expect(wordsOf((/data-test="latest"[\s\S]*?<\/section>/.exec(late.text) ?? [''])[0]))
      .to.contain('Địa chỉ trước 01/07/2025 Xã Cũ, huyện Cũ')
      .and.contain('Giới thiệu Chủ thể hư cấu để thử.');
    expect(typed['story']).to.equal('Của tôi.');
    expect(saved.status).to.equal(303);
  });

  it('is for its own people alone', async () => {
    const { producer, owner } = await aProducer(app);
    const { action, fields } = await formFor(owner, producer);

    const statuses = [];
    for (const person of [anOfficer('19'), anOfficer('01'), aProducerUser(uuidv7()), undefined])
      statuses.push([
        (await app.as(person).page(`/app/producers/${producer.id}`)).status,
        (await app.as(person).page(action)).status,
        (await app.as(person).postForm(action, { ...fields, story: 'x' })).status,
      ]);

    expect(statuses).to.deep.equal([
      [403, 403, 403],
      [404, 404, 404],
      [404, 404, 404],
      [303, 303, 303],
    ]);
    expect((await requireProducer(app.db, producer.id)).version).to.equal(producer.version);
  });

  it('moved to another commune keeps the labels good and the former address as printed', async () => {
    const lot = await aLabelledLot(app, { producer: { formerAddress: 'xã La Hiên, huyện Võ Nhai' } });
    const { action, fields } = await formFor(lot.officer, lot.producer, 'office');
    const moved = { ...fields, 'address.communeCode': '', 'address.communeName': 'Xã Tân Cương' };

    const saved = await app.as(lot.officer).postForm(action, moved);
    const scan = await app.as(undefined).page(lot.page);

    expect(saved.status).to.equal(303);
    expect(scan.status).to.equal(200);
    expect(wordsOf(scan.text))
      .to.contain('xã Tân Cương, tỉnh Thái Nguyên')
      .and.contain('xã La Hiên, huyện Võ Nhai')
      .and.contain(lot.batch.lotNumber);
    expect((await app.as(lot.owner).get(`/api/v1/producers/${lot.producer.id}`)).body['approval']).to.equal('approved');
  });
});
