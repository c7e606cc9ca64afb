import { expect } from 'chai';
import sharp from 'sharp';
import type { Actor } from '../../src/actor.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { aProductOwner, anEnteredCertificate, sendDecision } from '../support/factories.stored-certificates.ts';
import type { ProductOwner } from '../support/factories.stored-certificates.ts';

type Page = { status: number; text: string; headers: Headers };

/** The words of an element that a page marks with `data-test`, without tags. */
const marked = (page: Page, name: string): string[] =>
  [...page.text.matchAll(new RegExp(`<(\\w+)[^>]*data-test="${name}"[^>]*>([\\s\\S]*?)</\\1>`, 'g'))].map((found) =>
    (found[2] ?? '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
const hiddenValue = (page: Page, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? '';

describe('Pages of certificates', () => {
  let app: TestApp;
  let na: ProductOwner;

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());
  beforeEach(async () => {
    na = await aProductOwner(app, { sample: true });
  });

  describe('the producer’s form', () => {
    const formPath = (): string => `/app/products/${na.product.id}/certificates/new`;
    const filled = (parts: Record<string, string> = {}): FormData => {
      const form = new FormData();
      const fields = {
        id: uuidv7(),
        type: 'ocop',
        stars: '4',
        number: '19-05740-7-2026',
        decisionNumber: '',
        issuerLevel: 'province',
        issuerName: 'UBND tỉnh Thái Nguyên (mẫu)',
        issuedOn: '2026-07-15',
        lastDayPrinted: '',
        scopeText: '',
        ...parts,
      };
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      return form;
    };
    const aPaper = async (): Promise<Blob> => {
      const picture = sharp({ create: { width: 90, height: 120, channels: 3, background: '#ffffff' } });
      return new Blob([new Uint8Array(await picture.jpeg().toBuffer())], { type: 'image/jpeg' });
    };

    it('says that a claim shows no stars yet, and marks sample data', async () => {
      const page = await app.as(na.owner).page(formPath());

      expect(page.status).to.equal(200);
      expect(page.text).to.contain('Bạn tự khai thì chưa hiện sao').and.contain('DỮ LIỆU MẪU');
      expect(hiddenValue(page, 'id')).to.match(/^[0-9a-f-]{36}$/);
    });

    it('keeps the paper with its picture, which the officer of the province can open and others can’t', async () => {
      const form = filled();
      form.append('document', await aPaper(), 'giay.jpg');

      const saved = await app.as(na.owner).postForm(formPath(), form);
      const after = await app.as(na.owner).page(saved.headers.get('location') ?? '');
      const listed = await app.as(na.owner).get(`/api/v1/products/${na.product.id}/certificates`);
      const [stored] = listed.body['items'] as { id: string; documentFileId: string }[];
      const dossier = await app.as(na.officer).page(`/office/certificates/${stored?.id ?? ''}`);
      const address = `/files/${stored?.documentFileId ?? ''}/document`;
      const statuses = await Promise.all(
        [na.officer, na.owner, anOfficer('04'), aProducerUser(uuidv7()), undefined].map(async (actor) => {
          const answer = await app.as(actor).page(address);
          return answer.status;
        }),
      );

      expect(saved.status).to.equal(303);
      expect(after.text).to.contain('Đã lưu giấy chứng nhận.');
      expect(marked(after, 'known-certificate')[0]).to.contain('OCOP 4 sao').and.contain('Chưa ai xác minh');
      expect(dossier.text).to.contain(`src="/files/${stored?.documentFileId ?? ''}/pages/1.webp"`);
      expect(statuses).to.deep.equal([200, 200, 404, 404, 404]);
    });

    it('comes back with what was typed and what is wrong beside the field, and asks for the file again', async () => {
      const form = filled({ issuerName: '', number: '83 - 829-28780 - 3-2022', issuedOn: '2026-09-05' });
      form.append('document', await aPaper(), 'giay.jpg');

      const page = await app.as(na.owner).postForm(formPath(), form);

      expect(page.status).to.equal(422);
      expect(page.text).to.contain('value="83 - 829-28780 - 3-2022"').and.contain('Nơi cấp');
      expect(page.text).to.contain('id="issuerName-error"').and.contain('Chọn lại ảnh hoặc tệp');
    });

    it('refuses a file that is neither a picture nor a PDF, and keeps nothing', async () => {
      const form = filled();
      form.append('document', new Blob(['MZ']), 'giay.exe');

      const page = await app.as(na.owner).postForm(formPath(), form);
      const listed = await app.as(na.owner).get(`/api/v1/products/${na.product.id}/certificates`);

      expect(page.status).to.equal(415);
      expect(page.text).to.contain('value="19-05740-7-2026"');
      expect(listed.body['items']).to.deep.equal([]);
    });

    it('stores one certificate when it is sent twice', async () => {
      const id = uuidv7();

      const answers = await Promise.all([1, 2].map(() => app.as(na.owner).postForm(formPath(), filled({ id }))));
      const listed = await app.as(na.owner).get(`/api/v1/products/${na.product.id}/certificates`);

      expect(answers.map((one) => one.status)).to.deep.equal([303, 303]);
      expect(listed.body['items']).to.have.length(1);
    });

    it('lets the officer enter the province’s own decision, with 3 and 4 stars to choose', async () => {
      const page = await app.as(na.officer).page(formPath());
      const saved = await app.as(na.officer).postForm(formPath(), filled());

      expect(page.text).to.contain('Bạn nhập quyết định của tỉnh').and.not.contain('<option value="5"');
      expect(saved.status).to.equal(303);
      expect(saved.headers.get('location')).to.match(/^\/office\/certificates\//);
    });

    it('is not there for anyone else', async () => {
      const stranger = await app.as(aProducerUser(uuidv7())).page(formPath());
      const signedOut = await app.as(undefined).page(formPath());

      expect(stranger.status).to.equal(404);
      expect(signedOut.status).to.equal(303);
    });
  });

  describe('the officer’s queue', () => {
    it('has what waits, with how long, and all with what they are worth today', async () => {
      const lang = await aProductOwner(app, { parts: inProvince('20') });
      app.setNow('2026-08-20T08:00:00+07:00');
      await anEnteredCertificate(app, lang.owner, lang.product.id, { stars: 3 });
      app.setNow('2026-09-04T09:41:00+07:00');
      await anEnteredCertificate(app, lang.officer, lang.product.id);

      const page = await app.as(lang.officer).page('/office');

      expect(page.status).to.equal(200);
      expect(marked(page, 'waiting-count')).to.deep.equal(['1']);
      expect(marked(page, 'waiting')[0]).to.contain('Na dai La Hiên chờ 15 ngày').and.contain('OCOP 3 sao');
      expect(marked(page, 'certificate')[0]).to.contain('OCOP 4 sao').and.contain('Còn hiệu lực đến 15/07/2029');
      expect(marked(page, 'certificate')[1]).to.contain('Chưa ai xác minh');
    });

    it('leads on page by page', async () => {
      const cao = await aProductOwner(app, { parts: inProvince('22') });
      for (let n = 0; n < 21; n += 1) await anEnteredCertificate(app, cao.owner, cao.product.id, { number: `N${n}.` });

      const first = await app.as(cao.officer).page('/office?state=waiting');
      const next = /href="([^"]+)" rel="next"/
        .exec(first.text)?.[1]
        ?.replaceAll('&#x3D;', '=')
        .replaceAll('&amp;', '&');
      const second = await app.as(cao.officer).page(next ?? '');

      expect(marked(first, 'certificate')).to.have.length(20);
      expect(marked(second, 'certificate')).to.have.length(1);
      expect(first.text).to.contain('Xem tất cả 21 giấy đang chờ');
    });

    it('says so when it is empty, in both languages', async () => {
      const officer = anOfficer('96');

      const vi = await app.as(officer).page('/office');
      const en = await app.as(officer).page('/office?lang=en');

      expect(vi.text).to.contain('Không còn giấy nào chờ xác minh.');
      expect(en.text).to.contain('No certificate is waiting.');
    });

    it('is for officers', async () => {
      expect((await app.as(na.owner).page('/office')).status).to.equal(403);
      expect((await app.as(undefined).page('/office')).headers.get('location')).to.equal('/sign-in?next=%2Foffice');
    });
  });

  describe('one certificate', () => {
    const revocation = (page: Page, parts: Record<string, string> = {}): Record<string, string> => ({
      id: hiddenValue(page, 'id'),
      kind: 'revoked',
      seen: hiddenValue(page, 'seen'),
      decisionNumber: '999/QĐ-UBND (mẫu)',
      decidedOn: '2026-09-03',
      effectiveOn: '2026-09-04',
      reason: 'Hồ sơ không trung thực',
      ...parts,
    });
    const open = (actor: Actor, id: string, query = ''): Promise<Page> =>
      app.as(actor).page(`/office/certificates/${id}${query}`);
    const send = (actor: Actor, id: string, fields: Record<string, string>): Promise<Page> =>
      app.as(actor).postForm(`/office/certificates/${id}/decisions`, fields);

    it('puts what was declared beside what the machine finds, and chooses nothing for the officer', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id, {
        number: '83 - 829-28780 - 3-2022',
        lastDayPrinted: '2029-07-20',
      });

      const page = await open(na.officer, id);

      expect(page.text).to.contain('83 - 829-28780 - 3-2022');
      expect(marked(page, 'check')).to.deep.equal([
        'Mã kiểu cũ 5 phần: tỉnh-huyện-xã-số-năm (ổn)',
        'Nơi cấp đúng thẩm quyền với hạng sao này (ổn)',
        'Giấy ghi 20/07/2029, 36 tháng là 15/07/2029: giấy dài hơn 5 ngày (cần xem)',
        'Chưa giấy nào khác dùng số này (ổn)',
        'Đủ mục mà giấy loại này phải có (ổn)',
      ]);
      expect(marked(page, 'product-state')).to.deep.equal(['Hợp tác xã tự khai, chưa được xác minh']);
      expect(page.text).to.contain('?decide&#x3D;verified').and.not.contain('?decide&#x3D;revoked');
      expect(page.text).to.not.contain('/decisions"').and.not.contain('aria-current="true"');
    });

    it('finds another certificate with the same number, however that is written', async () => {
      const number = '19-05740-31415-2026';
      await anEnteredCertificate(app, na.owner, na.product.id, { number });
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id, {
        number: number.replaceAll('-', ' – '),
      });

      const page = await open(na.officer, id);

      expect(marked(page, 'check')[3]).to.contain('Có 1 giấy khác cùng số này');
    });

    it('is verified with what buyers will see before the eyes', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id);

      const form = await open(na.officer, id, '?decide=verified');
      const fields = { id: hiddenValue(form, 'id'), kind: 'verified', seen: '0', decidedOn: '2026-09-04', reason: '' };
      const saved = await send(na.officer, id, fields);
      const after = await open(na.officer, id, '?saved=1');

      expect(marked(form, 'preview')).to.deep.equal(['OCOP 4 sao. Còn hiệu lực đến 15/07/2029']);
      expect(hiddenValue(form, 'decidedOn')).to.equal('2026-09-04');
      expect(saved.status).to.equal(303);
      expect(after.text).to.contain('Đã ghi quyết định.');
      expect(marked(after, 'decision')[0]).to.contain('Đã xác nhận khớp ngày 04/09/2026').and.contain(na.officer.name);
      expect(marked(after, 'product-state')).to.deep.equal(['Còn hiệu lực đến 15/07/2029']);
    });

    it('is extended by the file’s day and reason, with the latest day named', async () => {
      const { id } = await anEnteredCertificate(app, na.officer, na.product.id, {
        issuedOn: '2023-11-20',
        lastDayPrinted: '2026-11-20',
      });
      const form = await open(na.officer, id, '?decide=extended');
      const fields = {
        id: hiddenValue(form, 'id'),
        kind: 'extended',
        seen: '0',
        decisionNumber: '',
        decidedOn: '2026-08-20',
        effectiveOn: '2027-05-20',
        reason: 'Không kịp kỳ nộp hồ sơ.',
      };

      const refused = await send(na.officer, id, fields);
      const saved = await send(na.officer, id, { ...fields, effectiveOn: '2027-05-19' });
      const after = await open(na.officer, id);

      expect(form.text).to.contain('muộn nhất là hết 19/05/2027');
      expect(refused.status).to.equal(409);
      expect(refused.text).to.contain('Chỉ được kéo dài đến hết 19/05/2027');
      expect(refused.text).to.contain('value="2027-05-20"').and.contain('Không kịp kỳ nộp hồ sơ.');
      expect(saved.status).to.equal(303);
      expect(marked(after, 'decision')[0]).to.contain('Kéo dài đến hết 19/05/2027, hồ sơ nộp ngày 20/08/2026');
    });

    it('asks for number, days and reason of a revocation, and keeps what was typed', async () => {
      const { id } = await anEnteredCertificate(app, na.officer, na.product.id);
      const form = await open(na.officer, id, '?decide=revoked');

      const page = await send(na.officer, id, revocation(form, { reason: '', decidedOn: '' }));

      expect(page.status).to.equal(422);
      expect(page.text).to.contain('Ngày quyết định thu hồi').and.contain('id="reason-error"');
      expect(page.text).to.contain('value="999/QĐ-UBND (mẫu)"');
      expect(marked(page, 'preview')[0]).to.contain('Từ 04/09/2026, Quyết định 999/QĐ-UBND (mẫu)');
      expect(marked(page, 'decision')).to.deep.equal([]);
    });

    it('shows the one who came later the other’s decision, and keeps what that person typed', async () => {
      const { id } = await anEnteredCertificate(app, na.officer, na.product.id);
      const form = await open(na.officer, id, '?decide=revoked');
      const other = anOfficer('19', 'Cán bộ Khác');
      const otherForm = await open(other, id, '?decide=revoked');
      await send(other, id, revocation(otherForm, { reason: 'Không còn sản xuất' }));

      const page = await send(na.officer, id, revocation(form));

      expect(page.status).to.equal(409);
      expect(page.text).to.contain('Việc này đã có quyết định.');
      expect(marked(page, 'kept')[0]).to.contain('Hồ sơ không trung thực');
      expect(marked(page, 'decision')).to.have.length(1);
      expect(marked(page, 'decision')[0])
        .to.contain('vừa được ghi khi bạn đang mở trang này')
        .and.contain('Không còn sản xuất')
        .and.contain('Cán bộ Khác');
    });

    it('lets the one who came later decide again with the other’s decision before the eyes', async () => {
      const { id } = await anEnteredCertificate(app, na.officer, na.product.id, { issuedOn: '2023-11-20' });
      const form = await open(na.officer, id, '?decide=revoked');
      const extension = {
        kind: 'extended',
        decidedOn: '2026-08-20',
        effectiveOn: '2027-01-10',
        reason: 'Không kịp kỳ',
      };
      await sendDecision(app, anOfficer(), id, extension);

      const page = await send(na.officer, id, revocation(form));
      const again = await send(na.officer, id, revocation(page));

      expect(page.status).to.equal(409);
      expect(page.text).to.contain('Hồ sơ không trung thực');
      expect(hiddenValue(page, 'seen')).to.equal('1');
      expect(again.status).to.equal(303);
    });

    it('shows markup as text and gives it no power', async () => {
      const evil = '"><script>alert(1)</script>{{constructor}}';
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id, { number: evil, scopeText: evil });
      await sendDecision(app, na.officer, id, { reason: evil });

      const page = await open(na.officer, id);

      expect(page.text).to.not.contain('<script>alert');
      expect(page.text).to.contain('&lt;script&gt;alert(1)&lt;/script&gt;{{constructor}}');
    });

    it('is not there for officers of other provinces, and not the producer’s to open', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id);

      expect((await open(anOfficer('04'), id)).status).to.equal(404);
      expect((await open(na.owner, id)).status).to.equal(403);
      expect((await open(na.officer, uuidv7())).status).to.equal(404);
      expect((await open(na.officer, 'x')).status).to.equal(404);
      expect((await send(anOfficer('04'), id, {})).status).to.equal(404);
    });

    it('speaks English too', async () => {
      const { id } = await anEnteredCertificate(app, na.owner, na.product.id);

      const page = await open(na.officer, id, '?lang=en&decide=verified');

      expect(page.text).to.contain('Checked by machine').and.contain('Buyers will see');
      expect(marked(page, 'check')[0]).to.contain('Four-part code of 2026');
    });
  });
});

function inProvince(provinceCode: string): Record<string, unknown> {
  return { address: { communeCode: '99001', communeName: 'Xã Mẫu', provinceCode, street: 'Xóm Mẫu' } };
}
