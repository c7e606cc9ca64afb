// Lists of products: a producer's own, and those of an officer's provinces; searched, filtered, sorted, page by page.
import { expect } from 'chai';
import type { Actor } from '../../src/actor.ts';
import { paths } from '../../src/paths.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anOfficer } from '../support/factories.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';
import { wordsOf } from '../support/forms.ts';

type Json = Record<string, unknown>;

const names = ['Chè đinh', 'Chè đỉnh', 'Miến dong', 'Na dai La Hiên'];

describe('lists of products', () => {
  let app: TestApp;
  let owner: Actor;
  let producerId: string;
  const officer = anOfficer('19');
  const namesOf = (body: Json): string[] => (body['items'] as Json[]).map(({ name }) => String(name));
  const search = async (query: string): Promise<string[]> =>
    namesOf((await app.as(owner).get(`/api/v1/producers/${producerId}/products?${query}`)).body);
  const shown = (html: string): string[] => names.filter((name) => html.includes(`<b>${name}</b>`));

  before(async () => {
    app = await testApp();
    const made = await aProducer(app);
    owner = made.owner;
    producerId = made.producer.id;
    for (const name of names) {
      const parts =
        name === 'Miến dong' ? { name, ocopSet: undefined, internalCode: 'MD-01' } : { name, brand: 'Đá Mẫu' };
      await aProduct(app, { producerId, owner, parts, picture: name !== 'Miến dong' });
    }
    const other = await aProducer(app);
    await aProduct(app, { producerId: other.producer.id, owner: other.owner, parts: { name: 'Rượu ngô' } });
  });
  after(() => app.close());

  it('are searched without marks and capitals, in names, brands and codes', async () => {
    expect(await search('q=CHE%20DINH&sort=name')).to.have.members(['Chè đinh', 'Chè đỉnh']);
    expect(await search('q=mi%E1%BA%BFn')).to.deep.equal(['Miến dong']);
    expect(await search('q=md01')).to.deep.equal(['Miến dong']);
    expect(await search('q=da%20mau')).to.have.length(3);
    expect(await search('q=ruou')).to.deep.equal([]);
    expect(await search('q=.*')).to.have.length(4);
  });

  it('are sorted by name and by age, both ways', async () => {
    expect(await search('sort=name-desc')).to.include.ordered.members(['Na dai La Hiên', 'Miến dong']);
    expect(await search('sort=oldest')).to.deep.equal(names);
    expect(await search('')).to.deep.equal([...names].reverse());
  });

  it('are narrowed to those with a set, without one, complete for labels or not', async () => {
    expect(await search('hasSet=no')).to.deep.equal(['Miến dong']);
    expect(await search('hasSet=yes')).to.have.length(3);
    expect(await search('set=1')).to.have.length(3);
    expect(await search('set=2')).to.deep.equal([]);
    expect(await search('complete=no')).to.deep.equal(['Miến dong']);
    expect(await search('complete=yes&q=che')).to.have.length(2);
  });

  it('go on where the page before ended, by name too', async () => {
    const found: string[] = [];
    let after = '';
    for (let page = 0; page < 4; page += 1) {
      const query = `limit=1&sort=name${after === '' ? '' : `&after=${after}`}`;
      const { body } = await app.as(owner).get(`/api/v1/producers/${producerId}/products?${query}`);
      found.push(...namesOf(body));
      after = typeof body['next'] === 'string' ? body['next'] : '';
    }

    expect(found).to.have.members(names);
    expect(found.slice(2)).to.deep.equal(['Miến dong', 'Na dai La Hiên']);
    expect(after).to.equal('');
  });

  it('show officers the products of their province, of one producer if they wish, and nobody another’s', async () => {
    const all = await app.as(officer).get('/api/v1/products?sort=name');
    const ofOne = await app.as(officer).get(`/api/v1/products?producer=${producerId}`);
    const elsewhere = await app.as(anOfficer('20')).get('/api/v1/products');
    const own = await app.as(owner).get('/api/v1/products');

    expect(namesOf(all.body)).to.have.length(5);
    expect(namesOf(ofOne.body)).to.have.length(4);
    expect(elsewhere.body['items']).to.deep.equal([]);
    expect(namesOf(own.body)).to.have.length(4);
  });

  it('on the phone keep the search and the filters, and say what was found', async () => {
    const found = (await app.as(owner).page(`${paths.appProducts}?q=che&hasSet=yes&complete=&sort=name-desc`)).text;
    const filtered = (await app.as(owner).page(`${paths.appProducts}?complete=no`)).text;

    expect(shown(found)).to.deep.equal(['Chè đinh', 'Chè đỉnh']);
    expect(found).to.include('value="che"').and.include('<option value="yes" selected>');
    expect(found).to.include('<option value="name-desc" selected>').and.include('Kết quả cho &quot;che&quot;');
    expect(shown(filtered)).to.deep.equal(['Miến dong']);
    expect(wordsOf(filtered)).to.include('Kết quả lọc').and.include('Còn thiếu: ảnh');
  });

  it('on the phone say when there is nothing, nothing found, and nothing of that kind', async () => {
    const fresh = await aProducer(app);

    const none = (await app.as(fresh.owner).page(paths.appProducts)).text;
    const notFound = (await app.as(owner).page(`${paths.appProducts}?q=ruou`)).text;
    const nothingSuch = (await app.as(fresh.owner).page(`${paths.appProducts}?complete=yes`)).text;

    expect(none).to.include('Chưa có sản phẩm nào.');
    expect(notFound).to.include('Không thấy sản phẩm nào khớp &quot;ruou&quot;');
    expect(nothingSuch).to.include('Không có sản phẩm nào như vậy.');
  });

  it('lead on with what was asked when there are more than a page', async () => {
    const many = await aProducer(app);
    for (let count = 0; count < 21; count += 1)
      await aProduct(app, { producerId: many.producer.id, parts: { name: `Chè số ${count}` }, picture: false });

    const first = (await app.as(many.owner).page(`${paths.appProducts}?q=che&hasSet=yes`)).text;
    const next =
      /href="([^"]+)" data-test="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=') ?? '';
    const second = (await app.as(many.owner).page(next)).text;

    expect(next).to.include('q=che').and.include('hasSet=yes');
    expect(first.match(/data-test="product"/g)).to.have.length(20);
    expect(second.match(/data-test="product"/g)).to.have.length(1);
    expect(second).to.not.include('data-test="next"');
  });

  it('at the office name each producer, and one alone on top when it is asked for', async () => {
    const all = (await app.as(officer).page(`${paths.officeProducts}?q=mien`)).text;
    const ofOne = (await app.as(officer).page(`${paths.officeProducts}?producer=${producerId}`)).text;

    expect(shown(all)).to.deep.equal(['Miến dong']);
    expect(all).to.include('<small>Hợp tác xã');
    expect(shown(ofOne)).to.have.length(4);
    expect(ofOne).to.include('data-test="every"').and.not.include('Rượu ngô');
    expect((await app.as(owner).page(paths.officeProducts)).status).to.equal(403);
    expect((await app.as(anOfficer('20')).page(`${paths.officeProducts}?producer=${producerId}`)).status).to.equal(404);
  });

  it('answer a page’s broken address with words', async () => {
    for (const query of ['sort=gia', 'after=bia&sort=name', `q=${'a'.repeat(101)}`, 'complete=maybe', 'q=a&q=b']) {
      const answer = await app.as(owner).page(`${paths.appProducts}?${query}`);
      expect(answer.status, query).to.equal(422);
      expect(answer.text).to.include('<h1');
    }
  });
});
