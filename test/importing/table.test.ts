import { deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import writeXlsxFile from 'write-excel-file/node';
import type { SheetData } from 'write-excel-file/node';
import { readTable } from '../../src/importing/table.ts';
import type { Table } from '../../src/importing/table.ts';
import { withTonesApart } from '../support/lists.ts';

const fileOf = (bytes: Buffer | string, name = 'ds.csv') => ({ name, bytes: Buffer.from(bytes as string) });
const read = (bytes: Buffer | string, required = ['code', 'name']): Promise<Table> =>
  readTable(fileOf(bytes), required);

const rows = [
  ['code', 'name', 'note'],
  ['05740', 'Xã La Hiên', 'chè, "ngon"; rẻ'],
  ['00123', 'Phường Đồng Hỷ', 'hai\ndòng'],
];
const cell = (value: string, separator: string): string =>
  value.includes(separator) || /["\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
const csv = (separator = ',', lineEnd = '\n'): string =>
  rows.map((row) => row.map((value) => cell(value, separator)).join(separator)).join(lineEnd) + lineEnd;
const values = [
  { code: '05740', name: 'Xã La Hiên', note: 'chè, "ngon"; rẻ' },
  { code: '00123', name: 'Phường Đồng Hỷ', note: 'hai\ndòng' },
];
const cells = (table: Table) => table.rows.map((row) => row.cells);
const codes = (table: Table) => table.faults.map(({ code }) => code);

describe('a list as people send it', () => {
  const sameThing: [string, Buffer | string][] = [
    ['plain', csv()],
    ['with a byte order mark', `\uFEFF${csv()}`],
    ['with CRLF', csv(',', '\r\n')],
    ['with CR', csv(',', '\r')],
    ['with semicolons', csv(';')],
    ['with tabs', csv('\t')],
    ['with the separator noted by Excel', `sep=;\r\n${csv(';', '\r\n')}`],
    ['in UTF-16, little end first', Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(csv(), 'utf-16le')])],
    ['in UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode(csv(), 'utf-16be')])],
    ['in decomposed Unicode', csv().normalize('NFD')],
    ['in capitals of headings and with spaces', csv().replace('code,name,note', ' Code ,NAME, Note')],
    ['with empty columns at the right', csv().replace('note', 'note,,').replace('rẻ"', 'rẻ",,')],
  ];
  for (const [how, bytes] of sameThing) {
    it(`reads the same values ${how}`, async () => {
      const table = await read(bytes);

      expect(table.faults).to.deep.equal([]);
      expect(table.rows.flatMap((row) => row.faults)).to.deep.equal([]);
      expect(cells(table)).to.deep.equal(values);
    });
  }

  it('reads Windows-1258, whose tone marks stand apart, as composed Vietnamese', async () => {
    const bytes = iconv.encode(withTonesApart('code,name\n1,Xã Tân Cương huyện Đồng Hỷ\n'), 'windows-1258');

    const table = await read(bytes);

    expect(cells(table)).to.deep.equal([{ code: '1', name: 'Xã Tân Cương huyện Đồng Hỷ' }]);
  });

  it('keeps a UTF-8 file with one broken byte as UTF-8 and marks the row', async () => {
    const bytes = Buffer.concat([Buffer.from('code,name\n1,Đỗ Thị Ơ\n2,X'), Buffer.from([0xff]), Buffer.from('\n')]);

    const table = await read(bytes);

    expect(table.rows[0]?.cells['name']).to.equal('Đỗ Thị Ơ');
    expect(table.rows[1]).to.deep.include({ line: 3, faults: [{ column: 'name', code: 'cell-characters' }] });
  });

  it('marks a row of UTF-16 with half a character', async () => {
    const text = Buffer.from('\uFEFFcode,name\n1,a\uD800b\n', 'utf16le');

    const table = await read(text);

    expect(table.rows[0]?.faults).to.deep.equal([{ column: 'name', code: 'cell-characters' }]);
  });

  it('counts lines with the heading, empty ones and breaks inside quotes', async () => {
    const table = await read('code,name\n\n1,"a\nb\nc"\n,,\n2,d\n');

    expect(table.rows.map(({ line }) => line)).to.deep.equal([3, 7]);
  });

  it('undoes the apostrophe of exported cells and keeps any other', async () => {
    const table = await read("code,name,note\n1,'=HYPERLINK(1),'+84\n2,'@SUM,'-5\n3,'tự do',nước '\n");

    expect(cells(table).map(({ name, note }) => [name, note])).to.deep.equal([
      ['=HYPERLINK(1)', '+84'],
      ['@SUM', '-5'],
      ["'tự do'", "nước '"],
    ]);
  });

  it('takes other names of a column as the column', async () => {
    const table = await readTable(fileOf('Mã số;Tên Xã\n1;La Hiên\n'), ['code', 'name'], {
      'ma so': 'code',
      'ten xa': 'name',
    });

    expect(table.headings).to.deep.equal(['Mã số', 'Tên Xã']);
    expect(cells(table)).to.deep.equal([{ code: '1', name: 'La Hiên' }]);
  });

  const wrongFiles: [string, Buffer | string, string[]][] = [
    ['nothing', '', ['file-empty']],
    ['a mark only', '\uFEFF', ['file-empty']],
    ['blank lines', '\n\n , \n', ['file-empty']],
    ['headings only', 'code,name\n', ['file-no-rows']],
    ['a missing column', 'code,note\n1,x\n', ['heading-missing']],
    ['two missing columns', 'note\nx\n', ['heading-missing', 'heading-missing']],
    ['a column twice', 'code,name,Name \n1,x,y\n', ['heading-twice']],
    ['a column without name', 'code,,name\n1,x,y\n', ['heading-empty']],
    ['an open quote', 'code,name\n1,"x\n2,y\n', ['file-quote-open']],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0, 0, 0, 1]), ['file-not-table']],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), ['file-old-excel']],
    ['something that begins like a workbook', Buffer.from('PK\u0003\u0004 not really'), ['file-broken']],
    ['more than 25 MB', Buffer.alloc(25 * 1024 * 1024 + 1, 'x'), ['file-too-large']],
    [
      'more than 200 columns',
      `${Array.from({ length: 201 }, (_, at) => `c${at}`).join()}\n1\n`,
      ['file-too-many-columns'],
    ],
    ['more than 50,000 rows', `code,name\n${'1,x\n'.repeat(50_001)}`, ['file-too-many-rows']],
  ];
  for (const [what, bytes, expected] of wrongFiles) {
    it(`refuses ${what} and says so`, async () => {
      const table = await read(bytes);

      expect(codes(table)).to.deep.equal(expected);
      expect(table.rows).to.deep.equal([]);
    });
  }

  it('names the column that is missing or there twice', async () => {
    expect((await read('name\nx\n')).faults).to.deep.equal([{ column: 'code', code: 'heading-missing' }]);
    expect((await read('code,name,Name\n1,x,y\n')).faults).to.deep.equal([{ column: 'Name', code: 'heading-twice' }]);
  });

  it('marks a row with too few or too many cells and one with control characters, and keeps the others', async () => {
    const table = await read('code,name\n1\n2,x,y\n3,a\u0000b\n4,\u202Ec\n5,d\n');

    expect(table.rows.map(({ line, faults }) => [line, ...faults.map(({ code }) => code)])).to.deep.equal([
      [2, 'cells-count'],
      [3, 'cells-count'],
      [4, 'cell-characters'],
      [5, 'cell-characters'],
      [6],
    ]);
    expect(table.rows[0]?.faults[0]?.facts).to.deep.equal({ found: 1, expected: 2 });
  });
});

const workbook = (data: SheetData): Promise<Buffer> => writeXlsxFile(data).toBuffer();

/** A ZIP of one entry whose directory and header say what they are told to. */
const zipOf = (packed: Buffer, claimedBytes: number, method = 8): Buffer => {
  const name = Buffer.from('xl/workbook.xml');
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(method, 8);
  header.writeUInt32LE(packed.length, 18);
  header.writeUInt32LE(claimedBytes, 22);
  header.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(method, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(claimedBytes, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(header.length + name.length + packed.length, 16);
  return Buffer.concat([header, name, packed, entry, name, end]);
};

describe('a workbook as people send it', () => {
  it('gives texts, days, numbers without exponent and its zeros in front', async () => {
    const table = await read(
      await workbook([
        ['code', 'name', 'note'].map((value) => ({ value })),
        [
          { value: '05740' },
          { value: 'Xã La Hiên'.normalize('NFD') },
          { value: new Date('2026-08-05'), format: 'dd/mm/yyyy' },
        ],
        [{ value: 9521234000013 }, { value: "'=1+1" }, { value: 94.9 }],
        [null, null, null],
        [{ value: 1e21 }, { value: '1E5' }, { value: 0.0000001 }],
      ]),
    );

    expect(table.faults).to.deep.equal([]);
    expect(table.rows.map(({ line, cells: { code, name, note } }) => [line, code, name, note])).to.deep.equal([
      [2, '05740', 'Xã La Hiên', '2026-08-05'],
      [3, '9521234000013', '=1+1', '94.9'],
      [5, '1000000000000000000000', '1E5', '0.0000001'],
    ]);
  });

  it('is known by its bytes, whatever it is called; a text called .xlsx is read as text', async () => {
    const book = await workbook([
      [{ value: 'code' }, { value: 'name' }],
      [{ value: '1' }, { value: 'x' }],
    ]);

    const fromBook = await readTable(fileOf(book, 'ds.csv'), ['code', 'name']);
    const fromText = await readTable(fileOf('code,name\n1,x\n', 'ds.xlsx'), ['code', 'name']);

    expect(cells(fromBook)).to.deep.equal([{ code: '1', name: 'x' }]);
    expect(cells(fromText)).to.deep.equal([{ code: '1', name: 'x' }]);
  });

  it('refuses a bomb by what it claims, before unpacking', async () => {
    const table = await read(zipOf(deflateRawSync(Buffer.alloc(1000)), 2_000_000_000));

    expect(codes(table)).to.deep.equal(['file-too-heavy']);
  });

  it('refuses a bomb that claims less than it holds', async () => {
    const table = await read(zipOf(deflateRawSync(Buffer.alloc(50_000_000)), 1000));

    expect(codes(table)).to.deep.equal(['file-broken']);
  });

  it('refuses another kind of ZIP', async () => {
    const table = await read(zipOf(Buffer.from('hello'), 5, 0));

    expect(codes(table)).to.deep.equal(['file-broken']);
  });
});
