import { expect } from 'chai';
import { csvText } from '../../src/importing/csv-out.ts';
import { readTable } from '../../src/importing/table.ts';

// What spreadsheets ruin or obey when they open an export.
const rows = [
  ['mã xã', 'GTIN', 'lô', 'ghi chú'],
  ['05740', '09521234000013', '1E5', '=HYPERLINK("https://x.example.vn")'],
  ['00123', '', '3-4', '+84 912 345 678'],
  ['1', '2', '@SUM(A1)', 'phẩy, "ngoặc"; chấm phẩy\nxuống dòng'],
  ['-5', "'tự do'", 'x', 'Đỗ Thị Ơ'],
];

describe('a list that goes out as CSV', () => {
  it('begins with a byte order mark, ends lines with CRLF and lets no cell run', () => {
    const text = csvText(rows);

    expect(text.startsWith('\uFEFFmã xã,GTIN,lô,ghi chú\r\n')).to.equal(true);
    expect(text).to.contain(`"'=HYPERLINK(""https://x.example.vn"")"`);
    expect(text).to.contain("'+84 912 345 678").and.contain("'@SUM(A1)").and.contain("'-5");
  });

  it('comes back unchanged, zeros, marks and signs included', async () => {
    const table = await readTable({ name: '', bytes: Buffer.from(csvText(rows)) }, []);

    expect([table.headings, ...table.rows.map(({ cells }) => Object.values(cells))]).to.deep.equal(rows);
  });
});
