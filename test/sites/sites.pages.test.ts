// A site's pages without script: K27 as a person types it, the commune that the map says, the change, the closing, who sees what.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { siteModel } from '../../src/sites/sites.model.ts';
import { siteFor } from '../../src/sites/sites.service.ts';
import type { Site } from '../../src/sites/sites.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer, aProducerUser, uuidv7 } from '../support/factories.ts';
import { twoCommunes } from '../support/factories.outlines.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aSite } from '../support/factories.sites.ts';
import { formOf, wordsOf } from '../support/forms.ts';

describe('pages of a site', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  const send = async (fields: Record<string, string>) => {
    const page = await app.as(owner).page('/app/sites/new');
    const form = formOf(page.text, 'new-site');
    return app.as(owner).postForm(form.action, { ...form.fields, name: 'Vườn mới', kind: 'orchard', ...fields });
  };
  const newest = async (): Promise<Site> => {
    const found = await siteModel(app.db).findOne({ producerId }).sort({ _id: -1 }).lean();
    return siteFor(app.db, owner, String(found?._id));
  };
  const count = () => siteModel(app.db).countDocuments({ producerId });

  before(async () => {
    app = await testApp();
    await twoCommunes(app);
  });
  after(() => app.close());
  beforeEach(async () => {
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
  });

  describe('making one', () => {
    it('takes an outline with a corner a line in degrees, minutes and seconds, closes it and shows it', async () => {
      const answer = await send({
        geometry:
          '1. 21°43\'12"B 105°55\'48"Đ\r\n2. 21°43\'12"B 105°55\'51.6"Đ\r\n3. 21°43\'15.6"B 105°55\'51.6"Đ\r\n4. 21°43\'15.6"B 105°55\'48"Đ\r\n',
      });
      const page = await app.as(owner).page(answer.headers.get('location') ?? '');

      expect(answer.status).to.equal(303);
      expect((await newest()).areaSquareMetres).to.be.within(11_400, 11_500);
      expect(wordsOf(page.text)).to.contain('Đã lưu').and.contain('1,1 ha').and.contain('đường ranh 4 góc');
      expect(page.text).to.contain('<title id="ban-ve">Bản đồ Vườn mới</title>');
    });

    it('draws a crossing outline with its crossing marked, names the place and keeps what was typed', async () => {
      const typed = '21.72, 105.93\n21.722, 105.932\n21.72, 105.932\n21.722, 105.93';

      const answer = await send({ geometry: typed, name: '' });

      expect(answer.status).to.equal(422);
      expect(wordsOf(answer.text))
        .to.contain('cắt chính nó gần điểm 21.721, 105.931 (vĩ độ, kinh độ)')
        .and.contain('Tên gọi: Cần điền mục này');
      expect(answer.text).to.contain('class="s" d="M').and.contain(typed);
      expect(await count()).to.equal(0);
    });

    it('offers an exchanged place the right way round with a drawing, and takes it at the press of a button', async () => {
      const asked = await send({ geometry: '105.93, 21.72' });
      const form = formOf(asked.text, 'new-site');
      const taken = await app.as(owner).postForm(form.action, { ...form.fields, swapped: 'yes' });

      expect(asked.status).to.equal(422);
      expect(asked.text).to.contain('data-test="swap"').and.contain('id="ban-doi"');
      expect(form.fields['geometry']).to.equal('105.93, 21.72');
      expect(taken.status).to.equal(303);
      expect((await newest()).geometry).to.deep.equal({ type: 'Point', coordinates: [105.93, 21.72] });
    });

    it('keeps the place turned round once told so, whatever else is asked then', async () => {
      const asked = await send({ geometry: '106.05, 21.75', swapped: 'yes' });

      expect(asked.text).to.contain('data-test="commune-asked"').and.not.contain('data-test="swap"');
      expect(formOf(asked.text, 'new-site').fields['geometry']).to.equal('21.75, 106.05');
    });

    const unread = [
      { typed: '2402345.1 456789.2', says: 'VN-2000' },
      { typed: '21.72, 105.93\nxóm Mẫu\n21.721, 105.93', says: 'Không đọc được dòng 2: xóm Mẫu' },
      { typed: '{"type":"LineString","coordinates":[[105.93,21.72],[105.94,21.72]]}', says: 'GeoJSON' },
      { typed: '18.5, 108.5', says: 'Điểm 18.5, 108.5 (vĩ độ, kinh độ) không nằm trong Việt Nam' },
      { typed: '17.97, 102.6', says: 'không nằm trong Việt Nam' },
      { typed: '21.72, 105.93\n21.72, 105.931', says: 'ít nhất ba điểm' },
      { typed: 'a'.repeat(20_000), says: 'Không đọc được vị trí' },
    ];
    for (const { typed, says } of unread) {
      it(`says what is wrong with ${typed.slice(0, 30).replaceAll('\n', ' / ')}, once, and keeps it`, async () => {
        const answer = await send({ geometry: typed });

        const words = wordsOf(answer.text);
        expect(answer.status).to.equal(422);
        expect(words).to.contain('Còn 1 chỗ cần sửa').and.contain(says);
        expect(formOf(answer.text, 'new-site').fields['geometry']).to.equal(typed);
        expect(await count()).to.equal(0);
      });
    }

    it('finds the code of a commune by its name, and says when name and code differ', async () => {
      const found = await send({ geometry: '21.75, 106.05', communeName: 'vo nhai', communeCode: '' });
      const made = await newest();
      const differs = await send({
        geometry: '21.75, 106.05',
        communeName: 'Xã Võ Nhai',
        communeCode: '05740',
        commune: 'told',
      });

      expect(found.status).to.equal(303);
      expect(made).to.include({ communeCode: '05716', communeName: 'Xã Võ Nhai' });
      expect(differs.status).to.equal(422);
      expect(wordsOf(differs.text)).to.contain('Mã 05740 là Xã La Hiên');
    });
  });

  describe('the commune of the map', () => {
    const elsewhere = '21.75, 106.05';

    it('is asked about where it differs, and nothing is taken before', async () => {
      const asked = await send({ geometry: elsewhere });

      expect(asked.status).to.equal(422);
      expect(wordsOf(asked.text)).to.contain('Lấy Xã Võ Nhai rồi lưu').and.contain('Giữ Xã La Hiên rồi lưu');
      expect(await count()).to.equal(0);
    });

    it('is taken when it is chosen', async () => {
      await send({ geometry: elsewhere, commune: 'mapped' });

      expect(await newest()).to.include({ communeCode: '05716', communeName: 'Xã Võ Nhai' });
    });

    it('gives way to what was told when that is chosen, stays in sight on the page, and is not asked again', async () => {
      const kept = await send({ geometry: elsewhere, commune: 'told' });
      const { id } = await newest();
      const page = await app.as(owner).page(kept.headers.get('location') ?? '');
      const form = formOf((await app.as(owner).page(`/app/sites/${id}/edit`)).text, 'edit-site');
      const renamed = await app.as(owner).postForm(form.action, { ...form.fields, name: 'Tên khác' });

      expect(await newest()).to.include({ communeCode: '05740', name: 'Tên khác' });
      expect(wordsOf(page.text)).to.contain('vùng này nằm ở Xã Võ Nhai, còn sổ ghi Xã La Hiên');
      expect(renamed.status).to.equal(303);
    });

    it('is not asked about where both agree', async () => {
      expect((await send({ geometry: '21.75, 105.95' })).status).to.equal(303);
    });
  });

  describe('changing one', () => {
    let site: Site;
    const edit = async () => formOf((await app.as(owner).page(`/app/sites/${site.id}/edit`)).text, 'edit-site');
    beforeEach(async () => {
      site = await aSite(app, { producerId, owner, parts: { publicPrecision: 'outline' } });
    });

    it('shows what is stored, and saved unchanged changes nothing', async () => {
      const form = await edit();

      const answer = await app.as(owner).postForm(form.action, form.fields);

      expect(form.fields['geometry']).to.equal('21.72, 105.93\n21.72, 105.931\n21.721, 105.931\n21.721, 105.93');
      expect(answer.status).to.equal(303);
      expect((await newest()).version).to.equal(1);
    });

    it('tells the history in words', async () => {
      const form = await edit();

      await app.as(owner).postForm(form.action, {
        ...form.fields,
        geometry: '21.72, 105.93',
        publicPrecision: 'commune',
        plantingAreaCode: 'abc 7',
      });
      const words = wordsOf((await app.as(owner).page(`/app/sites/${site.id}`)).text);

      expect(words)
        .to.contain('Lịch sử sửa (1)')
        .and.contain('04/09/2026')
        .and.contain('Trước: đường ranh 4 góc')
        .and.contain('Nay: một điểm, 21.72, 105.93')
        .and.contain('Nay: Chỉ tên xã')
        .and.contain('Mã này viết khác dạng thường gặp');
    });

    it('closes it from a day on, says so on the page and in the list, and refuses a day to come', async () => {
      const form = await edit();

      const ahead = await app.as(owner).postForm(form.action, { ...form.fields, closedOn: '2026-12-01' });
      const closed = await app.as(owner).postForm(form.action, { ...form.fields, closedOn: '2026-09-01' });
      const page = await app.as(owner).page(closed.headers.get('location') ?? '');
      const list = await app.as(owner).page('/app/sites');

      expect(wordsOf(ahead.text)).to.contain('Ngày này không được sau hôm nay');
      expect(wordsOf(page.text)).to.contain('Ngừng dùng từ 01/09/2026. Lô mới không chọn được vùng này.');
      expect(wordsOf(list.text)).to.contain('Ngừng dùng từ 01/09/2026');
    });

    it('shows what somebody else saved meanwhile, keeps what was typed, and goes on from there', async () => {
      const mine = await edit();
      await app.as(owner).postForm(mine.action, { ...mine.fields, name: 'Tên của người khác' });

      const refused = await app.as(owner).postForm(mine.action, { ...mine.fields, name: 'Tên của tôi' });
      const again = formOf(refused.text, 'edit-site');
      const saved = await app.as(owner).postForm(again.action, again.fields);

      expect(refused.status).to.equal(409);
      expect(wordsOf(refused.text)).to.contain('Tên của người khác');
      expect(again.fields['name']).to.equal('Tên của tôi');
      expect(saved.status).to.equal(303);
      expect(await newest()).to.include({ name: 'Tên của tôi', version: 3 });
    });

    it('is for its own people alone', async () => {
      const statuses = [];
      for (const person of [anOfficer('19'), anOfficer('01'), aProducerUser(uuidv7()), undefined])
        statuses.push([
          (await app.as(person).page(`/app/sites/${site.id}`)).status,
          (await app.as(person).page(`/app/sites/${site.id}/edit`)).status,
          (await app.as(person).postForm(`/app/sites/${site.id}/edit`, { name: 'x' })).status,
        ]);

      expect(statuses).to.deep.equal([
        [403, 403, 403],
        [404, 404, 404],
        [404, 404, 404],
        [303, 303, 303],
      ]);
      for (const id of ['x', '%00', uuidv7()])
        expect((await app.as(owner).page(`/app/sites/${id}`)).status, id).to.equal(404);
    });
  });

  describe('one to read', () => {
    it('says who sees what, by what was chosen', async () => {
      const coarse = await aSite(app, { producerId, owner });
      const fine = await aSite(app, { producerId, owner, parts: { publicPrecision: 'outline' } });

      const [one, other] = await Promise.all(
        [coarse, fine].map(async ({ id }) => wordsOf((await app.as(owner).page(`/app/sites/${id}`)).text)),
      );

      expect(one).to.contain('Người mua quét tem chỉ thấy Xã La Hiên và loại vườn cây');
      expect(other).to.contain('Người mua quét tem thấy đường ranh, tên gọi, diện tích');
      expect(one).to.contain('Cán bộ tỉnh Thái Nguyên xem mọi mục ở trang này');
    });

    it('is open to the officers of the province, from the producer’s page, with nothing to change', async () => {
      const site = await aSite(app, { producerId, owner, parts: { name: '<b>Vườn</b>' } });
      const path = `/office/sites/${site.id}`;

      const producer = await app.as(anOfficer('19')).page(`/office/producers/${producerId}`);
      const page = await app.as(anOfficer('19')).page(path);
      const statuses = [];
      for (const person of [anOfficer('01'), owner, undefined]) statuses.push((await app.as(person).page(path)).status);

      expect(producer.text).to.contain(`/office/producers/${producerId}/sites`);
      expect(page.text).to.contain('&lt;b&gt;Vườn&lt;/b&gt;').and.not.contain('<b>Vườn</b>');
      expect(page.text).to.not.contain('/edit');
      expect(page.text).to.contain(`/office/producers/${producerId}/sites`);
      expect(statuses).to.deep.equal([404, 403, 303]);
    });

    it('leads to its file in GeoJSON', async () => {
      const site = await aSite(app, { producerId, owner });

      const page = await app.as(owner).page(`/app/sites/${site.id}`);

      expect(page.text).to.contain(`href="/api/v1/sites/${site.id}.geojson"`);
    });
  });
});
