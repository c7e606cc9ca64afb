// Provinces and communes as the pickers ask for them, on a store into which nothing was imported.
import { expect } from 'chai';
import { communeOptions, settleCommune, unitByCode, unitsByName } from '../../src/units/units.service.ts';
import { sites } from '../../src/sample/sample.records.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';

const names = (answer: ApiAnswer): string[] => (answer.body['items'] as { name: string }[]).map(({ name }) => name);

describe('lists of administrative units', () => {
  let app: TestApp;
  const ask = (path: string) => app.as(undefined).get(`/api/v1${path}`);

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  it('give strangers the 34 provinces by name, page by page', async () => {
    const seen: string[] = [];
    for (let after: string | null = ''; after !== null;) {
      const answer = await ask(`/provinces?limit=10${after === '' ? '' : `&after=${after}`}`);
      expect(answer.status).to.equal(200);
      seen.push(...names(answer));
      after = answer.body['next'] as string | null;
    }

    expect(seen).to.have.length(34);
    expect(new Set(seen).size).to.equal(34);
    expect(seen.slice(0, 4)).to.deep.equal(['An Giang', 'Bắc Ninh', 'Cà Mau', 'Cần Thơ']);
  });

  it('find a province without marks', async () => {
    expect(names(await ask('/provinces?q=thai%20ng'))).to.deep.equal(['Thái Nguyên']);
    expect(names(await ask('/provinces?q=hoa'))).to.deep.equal(['Khánh Hoà', 'Thanh Hoá']);
  });

  it('know the communes of the sample by code and name', async () => {
    const answer = await ask('/communes?province=19&q=la%20hien');

    expect(answer.body['items']).to.deep.equal([
      { code: '05740', name: 'La Hiên', fullName: 'Xã La Hiên', kind: 'commune', parentCode: '19' },
    ]);
    for (const site of sites)
      expect((await unitByCode(app.db, site.communeCode))?.fullName, site.communeCode).to.equal(site.communeName);
  });

  it('find a commune by its code, its name with and without its kind, and in either place of the mark', async () => {
    const found = await Promise.all(
      ['05740', 'XA LA HIEN', 'hiên'].map(async (q) => names(await ask(`/communes?q=${encodeURIComponent(q)}`))),
    );

    expect(found).to.deep.equal([['La Hiên'], ['La Hiên'], ['La Hiên']]);
    expect((await unitsByName(app.db, '19', 'xã la hiên')).map(({ code }) => code)).to.deep.equal(['05740']);
    expect(await unitsByName(app.db, '01', 'La Hiên')).to.deep.equal([]);
  });

  it('show communes page by page without losing or doubling one', async () => {
    const first = await ask('/communes?province=19&limit=2');
    const second = await ask(`/communes?province=19&limit=100&after=${String(first.body['next'])}`);

    expect(names(first)).to.deep.equal(['Côn Minh', 'La Bằng']);
    expect(names(second)).to.deep.equal(['La Hiên', 'Na Rì', 'Tân Cương', 'Võ Nhai']);
    expect(second.body['next']).to.equal(null);
  });

  for (const [query, pointer] of [
    ['province=00', '/province'],
    ['province=1', '/province'],
    ['province[$gt]=', '/province[$gt]'],
    ['province=19&province=20', '/province'],
    ['q=%00', '/q'],
    [`q=${'a'.repeat(101)}`, '/q'],
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['limit=x', '/limit'],
    ['after=x', '/after'],
    ['sort=name', '/sort'],
  ] as const) {
    it(`refuse ?${query.slice(0, 30)} beside its field`, async () => {
      const answer = await ask(`/communes?${query}`);

      expect(answer.status).to.equal(422);
      expect((answer.body['errors'] as { pointer: string }[]).map((error) => error.pointer)).to.deep.equal([pointer]);
    });
  }

  it('give a form the names of a province with their codes, and nothing before a province is chosen', async () => {
    expect((await communeOptions(app.db, '19')).at(2)).to.deep.equal({ value: 'Xã La Hiên', label: '05740' });
    expect(await communeOptions(app.db, '')).to.deep.equal([]);
  });

  it('complete a typed name by its code and a typed code by its name, and leave alone what they do not know', async () => {
    const settled = (communeCode: string, communeName: string) =>
      settleCommune(app.db, { provinceCode: '19', communeCode, communeName });

    expect(await settled('', 'la hien')).to.include({ communeCode: '05740', communeName: 'Xã La Hiên' });
    expect(await settled('05740', '')).to.include({ communeCode: '05740', communeName: 'Xã La Hiên' });
    expect(await settled('', 'Xã Không Có')).to.include({ communeCode: '', communeName: 'Xã Không Có' });
    expect(await settled('99999', 'Xã Khác')).to.include({ communeCode: '99999', communeName: 'Xã Khác' });
  });
});
