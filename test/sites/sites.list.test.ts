// The list of sites: search without marks, filters, order, pages.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { newSite } from '../../src/sites/sites.input.ts';
import { changeSite } from '../../src/sites/sites.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aSite, newSiteJson } from '../support/factories.sites.ts';
import { wordsOf } from '../support/forms.ts';

describe('the list of sites', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  const names = async (query: string): Promise<string[]> => {
    const { body } = await app.as(owner).get(`/api/v1/producers/${producerId}/sites${query}`);
    return (body['items'] as { name: string }[]).map(({ name }) => name);
  };

  before(async () => {
    app = await testApp();
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
    const make = (parts: Record<string, unknown>) => aSite(app, { producerId, owner, parts });
    await make({ name: 'Vườn na Đầu Xóm', plantingAreaCode: 'VN-TNOR-0123' });
    await make({ name: 'Nương chè', kind: 'plot', communeCode: '05716', communeName: 'Xã Võ Nhai' });
    const kho = await make({ name: 'Kho đỗ', kind: 'store' });
    const { id: _id, ...facts } = newSite.parse(newSiteJson({ name: 'Kho đỗ', kind: 'store' }));
    await changeSite(app.db, owner, kho.id, { ...facts, version: 1, closedOn: '2026-09-01' }, app.deps.clock());
    const other = await aProducer(app);
    await aSite(app, { producerId: other.producer.id, owner: other.owner, parts: { name: 'Vườn na của người khác' } });
  });
  after(() => app.close());

  const table: { asked: string; found: string[] }[] = [
    { asked: '', found: ['Kho đỗ', 'Nương chè', 'Vườn na Đầu Xóm'] },
    { asked: '?sort=oldest', found: ['Vườn na Đầu Xóm', 'Nương chè', 'Kho đỗ'] },
    { asked: '?sort=name', found: ['Kho đỗ', 'Nương chè', 'Vườn na Đầu Xóm'] },
    { asked: '?sort=name-desc', found: ['Vườn na Đầu Xóm', 'Nương chè', 'Kho đỗ'] },
    { asked: '?q=vuon%20dau', found: ['Vườn na Đầu Xóm'] },
    { asked: '?q=vo%20nhai', found: ['Nương chè'] },
    { asked: '?q=VNTNOR0123', found: ['Vườn na Đầu Xóm'] },
    { asked: '?q=do', found: ['Kho đỗ'] },
    { asked: '?q=khong%20co', found: [] },
    { asked: '?q=.*', found: ['Kho đỗ', 'Nương chè', 'Vườn na Đầu Xóm'] },
    { asked: '?kind=plot', found: ['Nương chè'] },
    { asked: '?commune=05716', found: ['Nương chè'] },
    { asked: '?state=open', found: ['Nương chè', 'Vườn na Đầu Xóm'] },
    { asked: '?state=closed', found: ['Kho đỗ'] },
    { asked: '?kind=store&state=open', found: [] },
  ];
  for (const { asked, found } of table) {
    it(`gives ${found.length} for ${asked === '' ? 'no question' : decodeURIComponent(asked)}`, async () => {
      expect(await names(asked)).to.deep.equal(found);
    });
  }

  it('goes on by a cursor in every order', async () => {
    for (const sort of ['newest', 'oldest', 'name', 'name-desc']) {
      const whole = await names(`?sort=${sort}`);
      const paged: string[] = [];
      let after = '';
      do {
        const { body } = await app
          .as(owner)
          .get(`/api/v1/producers/${producerId}/sites?limit=1&sort=${sort}${after === '' ? '' : `&after=${after}`}`);
        paged.push(...(body['items'] as { name: string }[]).map(({ name }) => name));
        after = (body['next'] as string | null) ?? '';
      } while (after !== '');

      expect(paged, sort).to.deep.equal(whole);
    }
  });

  for (const bad of ['limit=0', 'limit=x', 'sort=size', 'kind=field', 'commune=574', 'state=lost', 'q=%00', 'x=1']) {
    it(`refuses ${bad}`, async () => {
      const answer = await app.as(owner).get(`/api/v1/producers/${producerId}/sites?${bad}`);

      expect(answer.status).to.equal(422);
    });
  }

  it('refuses a cursor that is none', async () => {
    const answer = await app.as(owner).get(`/api/v1/producers/${producerId}/sites?sort=name&after=x`);

    expect(answer.status).to.equal(422);
  });

  it('on the page keeps what was asked, says it, and says when nothing is there', async () => {
    const found = await app.as(owner).page('/app/sites?q=vuon&kind=orchard');
    const next = await app.as(owner).page('/app/sites?q=vuon+na&limit=1');
    const none = await app.as(owner).page('/app/sites?q=khong+co');
    const fresh = await app.as((await aProducer(app)).owner).page('/app/sites');

    expect(wordsOf(found.text)).to.contain('Vùng khớp “vuon”').and.contain('Vườn na Đầu Xóm');
    expect(found.text).to.contain('value="orchard" selected').and.contain('value="vuon"');
    expect(found.text).to.not.contain('của người khác');
    expect(next.status).to.equal(200);
    expect(wordsOf(none.text)).to.contain('Không thấy vùng nào khớp “khong co”');
    expect(wordsOf(fresh.text)).to.contain('Chưa có vùng sản xuất nào');
    expect(fresh.text).to.not.contain('data-test="search"');
  });

  it('is there for the officers of the province, to read', async () => {
    const path = `/office/producers/${producerId}/sites`;

    const list = await app.as(anOfficer('19')).page(path);
    const statuses = [];
    for (const person of [anOfficer('01'), owner, undefined]) statuses.push((await app.as(person).page(path)).status);

    expect(wordsOf(list.text)).to.contain('Vùng sản xuất của Hợp tác xã Nương Mẫu').and.contain('Nương chè');
    expect(list.text).to.not.contain('/app/sites');
    expect(statuses).to.deep.equal([404, 403, 303]);
  });
});
