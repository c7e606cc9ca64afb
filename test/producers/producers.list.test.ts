// The officers' list: searched without marks, filtered, sorted, page by page.
import { expect } from 'chai';
import { importProducers } from '../../src/producers/producers.import.service.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, anOfficer, uuidv7 } from '../support/factories.ts';
import { anImportedProducer, aProducer } from '../support/factories.producers.ts';

describe('the list of producers', () => {
  let app: TestApp;
  const officer = anOfficer('19');

  before(async () => {
    app = await testApp();
    const place = (communeCode: string, communeName: string, provinceCode = '19') => ({
      address: { communeCode, communeName, provinceCode, street: '' },
    });
    const laHien = place('05740', 'Xã La Hiên');
    const tanCuong = place('05503', 'Xã Tân Cương');
    await aProducer(app, { parts: { legalName: 'Hợp tác xã Đá Mài', ...laHien } });
    await aProducer(app, {
      parts: { legalName: 'Hợp tác xã chè Hảo Đạt', registrationNumber: '4601-555', ...tanCuong },
    });
    await aProducer(app, { approved: false, parts: { legalName: 'Bưởi Ông Chín', kind: 'farm', ...laHien } });
    const refused = await aProducer(app, { approved: false, parts: { legalName: 'Ẩm thực Việt', ...tanCuong } });
    await app.as(officer).post(`/api/v1/producers/${refused.producer.id}/approvals`, {
      id: uuidv7(),
      outcome: 'refused',
      reason: 'Thiếu giấy.',
    });
    await aProducer(app, { parts: { legalName: 'Chè ở tỉnh khác', ...place('00004', 'Phường Mẫu', '01') } });
    const imported = anImportedProducer({ legalName: 'Cơ sở miến Dong Riềng', kind: 'other' });
    await importProducers(app.db, anAdmin(), [imported], app.deps.clock());
  });
  after(() => app.close());

  const namesOf = async (query: string): Promise<string[]> => {
    const { status, body } = await app.as(officer).get(`/api/v1/producers?${query}`);
    expect(status, JSON.stringify(body)).to.equal(200);
    return (body['items'] as { legalName: string }[]).map(({ legalName }) => legalName);
  };

  const cases: [string, string, string[]][] = [
    ['words without marks and capitals', 'q=HOP+tac+xa+che', ['Hợp tác xã chè Hảo Đạt']],
    ['đ typed as d', 'q=da+mai', ['Hợp tác xã Đá Mài']],
    ['decomposed letters', `q=${encodeURIComponent('chè hảo'.normalize('NFD'))}`, ['Hợp tác xã chè Hảo Đạt']],
    ['the beginning of a word', 'q=buo', ['Bưởi Ông Chín']],
    ['a commune', 'q=tan+cuong&sort=name', ['Ẩm thực Việt', 'Hợp tác xã chè Hảo Đạt']],
    ['a registration number without its hyphen', 'q=4601555', ['Hợp tác xã chè Hảo Đạt']],
    ['words among signs of a pattern', 'q=(che.*|$', ['Hợp tác xã chè Hảo Đạt']],
    ['the code of a commune', 'commune=05740&sort=name', ['Bưởi Ông Chín', 'Hợp tác xã Đá Mài']],
    ['a kind', 'kind=farm', ['Bưởi Ông Chín']],
    ['the kind that nobody gave', 'kind=other', ['Cơ sở miến Dong Riềng']],
    ['approved', 'approval=approved&sort=name', ['Hợp tác xã chè Hảo Đạt', 'Hợp tác xã Đá Mài']],
    ['refused', 'approval=refused', ['Ẩm thực Việt']],
    ['waiting and claimed', 'approval=pending&claim=claimed', ['Bưởi Ông Chín']],
    ['unclaimed', 'claim=unclaimed', ['Cơ sở miến Dong Riềng']],
    ['several at once', 'q=hop&commune=05503&approval=approved&kind=cooperative', ['Hợp tác xã chè Hảo Đạt']],
  ];
  for (const [what, query, names] of cases) {
    it(`finds by ${what}`, async () => {
      expect(await namesOf(query)).to.deep.equal(names);
    });
  }

  it('sorts by name as people do, and goes on where a page ended', async () => {
    const all = await namesOf('sort=name');
    const pages: string[] = [];
    let next: unknown = null;
    do {
      const after = typeof next === 'string' ? `&after=${next}` : '';
      const { body } = await app.as(officer).get(`/api/v1/producers?sort=name&limit=2${after}`);
      pages.push(...(body['items'] as { legalName: string }[]).map(({ legalName }) => legalName));
      next = body['next'];
    } while (next !== null);

    expect(all).to.deep.equal([
      'Ẩm thực Việt',
      'Bưởi Ông Chín',
      'Cơ sở miến Dong Riềng',
      'Hợp tác xã chè Hảo Đạt',
      'Hợp tác xã Đá Mài',
    ]);
    expect(pages).to.deep.equal(all);
    expect(await namesOf('sort=name-desc')).to.deep.equal([...all].reverse());
    expect(await namesOf('sort=oldest')).to.deep.equal((await namesOf('sort=newest')).reverse());
  });

  it('finds a renamed producer by its new name only', async () => {
    const { producer } = await aProducer(app, { approved: false, parts: { legalName: 'Tên Trước' } });
    const { body } = await app.as(officer).get(`/api/v1/producers/${producer.id}`);
    const { address, kind, version } = body as { address: Record<string, string>; kind: string; version: number };
    const { provinceName: _name, ...place } = address;
    const sent = { version, kind, address: place, legalName: 'Tên Sau' };

    await app
      .as(officer)
      .put(`/api/v1/producers/${producer.id}`, Buffer.from(JSON.stringify(sent)), 'application/json');

    expect([await namesOf('q=ten+truoc'), await namesOf('q=ten+sau')]).to.deep.equal([[], ['Tên Sau']]);
  });

  for (const query of [
    'limit=0',
    'limit=101',
    'limit=x',
    'sort=price',
    'commune=5740',
    'kind=shop',
    'approval=maybe',
    'claim=x',
    'sort=name&after=x',
    `q=${'a'.repeat(101)}`,
    'q=a%00b',
    'unknown=1',
    'q[$gt]=',
  ]) {
    it(`refuses ?${query.slice(0, 30)} with 422`, async () => {
      expect((await app.as(officer).get(`/api/v1/producers?${query}`)).status).to.equal(422);
    });
  }
});
