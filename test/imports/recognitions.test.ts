// What a list of recognitions says, row by row: words, dates, stars, issuers, and what is left out.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import writeXlsxFile from 'write-excel-file/node';
import { recognitionsImporter } from '../../src/imports/imports.recognitions.service.ts';
import type { Recognition } from '../../src/imports/imports.recognitions.types.ts';
import {
  readDate,
  readIssuer,
  readOwnerKind,
  readStars,
  readState,
} from '../../src/imports/imports.recognitions.words.ts';
import type { ReadRows } from '../../src/importing/importing.types.ts';
import { readTable } from '../../src/importing/table.ts';
import { aListedRow, csvOf, withTonesApart } from '../support/lists.ts';
import type { ListedRow } from '../support/lists.ts';
import { skipWithoutReference } from '../support/reference.ts';

type Read = ReadRows<Recognition>;
const read = (bytes: Buffer | string): Promise<Read> =>
  recognitionsImporter.read({ name: 'ds.csv', bytes: Buffer.from(bytes as string) });
const readOne = async (given: ListedRow) => {
  const { rows } = await read(csvOf([aListedRow(given)]));
  const [row] = rows;
  if (row === undefined) throw new Error('no row');
  return row;
};
const valueOf = async (given: ListedRow): Promise<Recognition> => {
  const { value, faults } = await readOne(given);
  if (value === undefined) throw new Error(JSON.stringify(faults));
  return value;
};

describe('the words of a list of recognitions', () => {
  it('tell what happened', () => {
    const said = ['công nhận', 'Công nhận lại', 'CÔNG NHẬN', 'hội đồng chấm đạt, nguồn chưa nêu quyết định'].map(
      readState,
    );
    const rest = [
      'đưa ra khỏi danh sách (hết 36 tháng, không đánh giá lại)',
      'tiềm năng 5 sao (chưa được công nhận 5 sao)',
      'hồ sơ trên phần mềm chấm điểm, trạng thái Hoàn thành',
      'chưa công nhận',
      'không công nhận',
      '',
    ].map(readState);

    expect(said).to.deep.equal(['recognised', 'recognised', 'recognised', 'scored']);
    expect(rest).to.deep.equal(['removed', 'potential', 'in-scoring', undefined, undefined, undefined]);
  });

  it('count stars from 3 to 5 in any usual writing', () => {
    expect(['3', '4 sao', '5*', '★★★★', '3.0', '5 stars'].map(readStars)).to.deep.equal([3, 4, 5, 4, 3, 5]);
    expect(['7', '2', '0', '', 'ba', '3-4', '33', '-3'].map(readStars)).to.deep.equal(Array(8).fill(undefined));
  });

  it('give a date as precisely as it is written', () => {
    expect(['2026-08-05', '5/8/2026', '05.08.2026', '2020-11', '11/2020', '2020'].map(readDate)).to.deep.equal([
      { day: '2026-08-05' },
      { day: '2026-08-05' },
      { day: '2026-08-05' },
      { part: '2020-11' },
      { part: '2020-11' },
      { part: '2020' },
    ]);
    expect(
      ['2026-02-30', '31/4/2026', '2020-13', '20', '2026-08-05T00:00', 'đợt 2', '8/25/2026'].map(readDate),
    ).to.deep.equal(Array(7).fill(undefined));
  });

  it('tell who decided', () => {
    const isCity = (name: string): boolean => name === 'ha noi';
    const levels: [string, string][] = [
      ['Bộ NN&PTNT', 'ministry'],
      ['Bộ Nông nghiệp và Môi trường', 'ministry'],
      ['UBND tỉnh Lâm Đồng', 'province'],
      ['Chủ tịch Uỷ ban nhân dân tỉnh Lào Cai', 'province'],
      ['UBND thành phố Hà Nội', 'province'],
      ['UBND thành phố Bắc Kạn', 'other'],
      ['UBND huyện Đồng Hỷ', 'other'],
      ['UBND xã La Hiên', 'other'],
      ['', 'other'],
    ];

    for (const [name, level] of levels) expect(readIssuer(name, isCity), name).to.equal(level);
  });

  it('tell the kind of owner, by the name where the list does not say', () => {
    expect(readOwnerKind('doanh nghiệp', 'X')).to.equal('company');
    expect(readOwnerKind('hộ/cơ sở kinh doanh', 'X')).to.equal('household');
    expect(readOwnerKind('', 'HTX chè Hảo Đạt')).to.equal('cooperative');
    expect(readOwnerKind('', 'Tổ hợp tác nhãn')).to.equal('cooperative-group');
    expect(readOwnerKind('', 'Hoàng Gia')).to.equal('other');
  });
});

describe('a row of a list of recognitions', () => {
  it('keeps a part of a date as a part, and a computed last day as a note only', async () => {
    const value = await valueOf({
      decision_date: '2020-11',
      expiry_date: '2027-07-01',
      expiry_basis: 'tính 36 tháng từ 1/7/2024',
    });

    expect(value.decision.date).to.deep.equal({ part: '2020-11' });
    expect(value.decision.lastDayPrinted).to.equal(undefined);
    expect(value.source.note).to.contain('2027-07-01 (tính 36 tháng từ 1/7/2024)');
  });

  it('puts the old address in words and the owner into the province of today', async () => {
    const { owner } = await valueOf({
      commune_then: 'xã Côn Minh',
      district_then: 'Na Rì',
      province_then: 'Bắc Kạn',
      province_now: 'Thái Nguyên',
    });

    expect(owner.provinceCode).to.equal('19');
    expect(owner.formerAddress).to.equal('Xã Côn Minh, Na Rì, Bắc Kạn');
    expect(owner.commune).to.equal('');
  });

  it('has no former address where the list names today’s', async () => {
    const place = { commune_then: 'xã La Hiên', commune_now: 'xã La Hiên', province_now: 'Thái Nguyên' };
    const { owner } = await valueOf(place);

    expect(owner.formerAddress).to.equal('');
    expect(owner.commune).to.equal('Xã La Hiên');
  });

  it('knows an owner and a product again under other spellings, and no others', async () => {
    const first = await valueOf({ owner: 'HTX Nông sản Hoà Bình', product_name: 'Trà Hoà  Bình' });
    const again = await valueOf({ owner: 'Hợp tác xã nông sản Hòa Bình', product_name: 'trà hòa bình', stars: '4' });
    const sibling = await valueOf({ owner: 'HTX Nông sản Hoà Bình', product_name: 'Trá Hoà Bình' });
    const elsewhere = await valueOf({ owner: 'HTX Nông sản Hoà Bình', province_then: 'Lào Cai' });

    expect(again.owner.key).to.equal(first.owner.key);
    expect(again.product.key).to.equal(first.product.key);
    expect(again.decision.key).not.to.equal(first.decision.key);
    expect(sibling.product.key).not.to.equal(first.product.key);
    expect(elsewhere.owner.key).not.to.equal(first.owner.key);
  });

  it('takes Huế for a province from 2025 on only, and never a town that a city has taken in', async () => {
    const levelOf = async (issuer: string, date: string) =>
      (await valueOf({ issuer, decision_date: date, expiry_date: '' })).decision.issuerLevel;

    expect(await levelOf('UBND thành phố Huế', '2025-03-01')).to.equal('province');
    expect(await levelOf('UBND thành phố Huế', '2023-03-01')).to.equal('other');
    expect(await levelOf('UBND thành phố Hải Dương', '2023-03-01')).to.equal('other');
    expect(await levelOf('UBND thành phố Hải Phòng', '2023-03-01')).to.equal('province');
  });

  const leftOut: [string, ListedRow, string][] = [
    ['without owner', { owner: '' }, 'no-owner'],
    ['recognised without stars', { stars: '' }, 'no-stars'],
  ];
  for (const [what, given, reason] of leftOut) {
    it(`is left out ${what}, and says why`, async () => {
      const row = await readOne(given);

      expect(row.leftOut).to.equal(reason);
      expect(row.faults).to.deep.equal([]);
    });
  }

  it('is left out when a row above says the same', async () => {
    const { rows } = await read(csvOf([aListedRow(), aListedRow({ note: 'lần nữa' }), aListedRow({ stars: '4' })]));

    expect(rows.map((row) => row.leftOut)).to.deep.equal([undefined, 'repeated', undefined]);
  });

  const kept: [string, string][] = [
    ['hội đồng chấm đạt', 'kept-scored'],
    ['đưa ra khỏi danh sách', 'kept-removed'],
    ['tiềm năng 5 sao', 'kept-potential'],
    ['hồ sơ trên phần mềm', 'kept-in-scoring'],
  ];
  for (const [status, remark] of kept) {
    it(`is kept as what it is: ${status}`, async () => {
      const row = await readOne({ status, stars: '' });

      expect(row.leftOut).to.equal(undefined);
      expect(row.remarks).to.deep.equal([remark]);
    });
  }

  const wrong: [string, ListedRow, string, string][] = [
    ['seven stars', { stars: '7' }, 'stars', 'stars'],
    ['a word for stars', { stars: 'nhiều' }, 'stars', 'stars'],
    ['a day that never was', { decision_date: '2026-02-30' }, 'decision_date', 'date'],
    ['a last day that never was', { expiry_date: '31/4/2026' }, 'expiry_date', 'date'],
    ['a last day before the decision', { expiry_date: '2025-08-04' }, 'expiry_date', 'before-decision'],
    [
      'a last day before the month of the decision',
      { decision_date: '2025-08', expiry_date: '2025-07-31' },
      'expiry_date',
      'before-decision',
    ],
    ['no product', { product_name: '' }, 'product_name', 'required'],
    ['no status', { status: '' }, 'status', 'required'],
    ['an unknown status', { status: 'chưa công nhận' }, 'status', 'status'],
    ['an unknown province', { province_then: 'Atlantis' }, 'province_then', 'province-unknown'],
    ['no province', { province_then: '' }, 'province_now', 'province-missing'],
    ['provinces that do not match', { province_now: 'Lào Cai' }, 'province_now', 'province-differs'],
    ['a name that is too long', { product_name: 'a'.repeat(201) }, 'product_name', 'too-long'],
    ['NUL in a name', { product_name: 'a\u0000b' }, 'product_name', 'cell-characters'],
    ['an override of the direction of letters', { owner: 'a\u202Eb' }, 'owner', 'cell-characters'],
  ];
  for (const [what, given, column, code] of wrong) {
    it(`with ${what} is wrong and names the column`, async () => {
      const row = await readOne(given);

      expect(row.value).to.equal(undefined);
      expect(row.faults.map((fault) => [fault.column, fault.code])).to.deep.include([column, code]);
    });
  }
});

describe('a row whose cells have slipped', () => {
  it('says only that', async () => {
    const { rows } = await read('product_name,owner,stars,status\nChè,HTX\n');

    expect(rows[0]?.faults).to.deep.equal([{ column: '', code: 'cells-count', facts: { found: 2, expected: 4 } }]);
  });
});

describe('a list of recognitions as a whole', () => {
  const vietnamese =
    'Tên sản phẩm;Chủ thể;Hạng sao;Trạng thái;Tỉnh;Số quyết định\nChè mẫu;HTX Mẫu;4 sao;công nhận;Thái Nguyên;1/QĐ\n';

  it('may have Vietnamese headings, and faults name them as the file does', async () => {
    const good = await read(vietnamese);
    const bad = await read(vietnamese.replace('4 sao', '9 sao'));

    expect(good.rows[0]?.value?.decision).to.include({ stars: 4, number: '1/QĐ', listedAs: 'recognised' });
    expect(bad.rows[0]?.faults).to.deep.equal([{ column: 'Hạng sao', code: 'stars', facts: { value: '9 sao' } }]);
  });

  it('says the same in any encoding and with any separator', async () => {
    const rows = [aListedRow({ product_name: 'Chè xanh Tân Cương, huyện Đồng Hỷ', note: 'hai, dòng' })];
    const plain = csvOf(rows);
    const forms = [
      plain,
      `\uFEFF${plain}`,
      plain.replaceAll('\n', '\r\n'),
      csvOf(rows, ';'),
      plain.normalize('NFD'),
      iconv.encode(withTonesApart(plain), 'windows-1258'),
    ];

    const values = await Promise.all(forms.map(async (bytes) => (await read(bytes)).rows.map(({ value }) => value)));

    for (const value of values) expect(value).to.deep.equal(values[0]);
    expect(values[0]?.[0]?.product.name).to.equal('Chè xanh Tân Cương, huyện Đồng Hỷ');
  });

  it('is at fault as a whole without a required column', async () => {
    const { rows, faults } = await read('product_name,owner,stars\nChè,HTX,3\n');

    expect(rows).to.deep.equal([]);
    expect(faults).to.deep.equal([{ column: 'status', code: 'heading-missing' }]);
  });

  const countsOf = ({ rows }: Read) => {
    const count = (key: (row: Read['rows'][number]) => string | undefined): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const row of rows) {
        const name = key(row);
        if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
      }
      return counts;
    };
    return {
      rows: rows.length,
      faulty: rows.filter(({ faults }) => faults.length > 0).length,
      leftOut: count((row) => row.leftOut),
      kept: count((row) => (row.leftOut === undefined ? row.value?.decision.listedAs : undefined)),
    };
  };
  const expected = {
    rows: 225,
    faulty: 0,
    leftOut: { 'no-owner': 17, 'no-stars': 9 },
    kept: { recognised: 172, scored: 14, removed: 11, potential: 1, 'in-scoring': 1 },
  };

  it('of the reference has 172 recognitions, 27 rows that are none, and 26 that are left out', async function () {
    const file = readFileSync(skipWithoutReference(this, 'data/ocop-products-sample.csv'));

    const list = await read(file);

    expect(list.faults).to.deep.equal([]);
    expect(countsOf(list)).to.deep.equal(expected);
    const kept = list.rows.filter(({ leftOut }) => leftOut === undefined).flatMap(({ value }) => value ?? []);
    expect(new Set(kept.map(({ decision }) => decision.key))).to.have.length(199);
    expect(new Set(kept.map(({ owner }) => owner.key))).to.have.length(116);
    expect(new Set(kept.map(({ product }) => product.key))).to.have.length(197);
    const kinds = kept.map(({ decision }) => decision.issuerLevel);
    expect(kinds.filter((level) => level === 'ministry')).to.have.length(23);
    expect(kept.filter(({ decision }) => decision.lastDayPrinted !== undefined)).to.have.length(24);
  });

  it('of the reference says the same as a workbook', async function () {
    const bytes = readFileSync(skipWithoutReference(this, 'data/ocop-products-sample.csv'));
    const { headings, rows } = await readTable({ name: '', bytes }, []);
    const sheet = [headings, ...rows.map(({ cells }) => headings.map((heading) => cells[heading] ?? ''))];
    const workbook = await writeXlsxFile(
      sheet.map((cells, line) =>
        cells.map((value, at) => {
          const isDay = line > 0 && headings[at] === 'decision_date' && /^\d{4}-\d{2}-\d{2}$/.test(value);
          if (isDay) return { value: new Date(value), format: 'dd/mm/yyyy' };
          return headings[at] === 'stars' && /^\d$/.test(value) ? { value: Number(value) } : { value };
        }),
      ),
    ).toBuffer();

    const fromBook = await recognitionsImporter.read({ name: 'ds.csv', bytes: workbook });
    const fromText = await read(bytes);

    expect(fromBook.rows.map(({ value }) => value)).to.deep.equal(fromText.rows.map(({ value }) => value));
    expect(countsOf(fromBook)).to.deep.equal(expected);
  });
});
