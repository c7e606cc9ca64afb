// K21: names of uploaded files.
import { expect } from 'chai';
import { cleanFileName, contentDisposition } from '../../src/files/file-name.ts';

const name = 'Giấy chứng nhận OCOP – Hợp tác xã Chè Đỉnh.pdf';

describe('name of an uploaded file', () => {
  const table: { sent: string; kept: string }[] = [
    { sent: name, kept: name },
    { sent: name.normalize('NFD'), kept: name },
    { sent: '../../etc/passwd.pdf', kept: 'passwd.pdf' },
    { sent: 'C:\\Users\\lan\\giấy.pdf', kept: 'giấy.pdf' },
    { sent: 'a.pdf\r\nX: y', kept: 'a.pdfX y' },
    { sent: '🐝 mật.pdf', kept: '🐝 mật.pdf' },
    { sent: '', kept: '' },
    { sent: '..', kept: '' },
    { sent: '.htaccess', kept: 'htaccess' },
    { sent: 'fdp.\u202Eexe.pdf', kept: 'fdp.exe.pdf' },
    { sent: '<img src=x onerror=1>.pdf', kept: 'img src=x onerror=1.pdf' },
    { sent: 'nửa \ud800 chữ', kept: '' },
    { sent: 'a"; filename="b.pdf', kept: 'a; filename=b.pdf' },
  ];
  for (const { sent, kept } of table) {
    it(`${JSON.stringify(sent.slice(0, 50))} is kept as ${JSON.stringify(kept)}`, () => {
      expect(cleanFileName(sent)).to.equal(kept);
    });
  }

  it('of 250 bytes and more is cut between characters and keeps its ending', () => {
    const kept = cleanFileName(`${'ấ'.repeat(100)}.pdf`);

    expect(Buffer.byteLength(kept)).to.be.at.most(200);
    expect(kept).to.match(/^ấ+\.pdf$/);
  });
});

describe('Content-Disposition', () => {
  it('carries the Vietnamese name in UTF-8 and an ASCII one for old programs', () => {
    const header = contentDisposition('inline', name, 'van-ban.pdf');

    expect(header).to.match(/^inline; filename="Giay chung nhan OCOP - Hop tac xa Che Dinh\.pdf"; filename\*=UTF-8''/);
    expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).to.equal(name);
  });

  it('names a file that had no name', () => {
    expect(contentDisposition('attachment', '', 'van-ban.pdf')).to.equal(
      `attachment; filename="van-ban.pdf"; filename*=UTF-8''van-ban.pdf`,
    );
  });

  for (const wild of [`a';(b)*.pdf`, '🐝.pdf', '100 %.pdf']) {
    it(`stays one header line of plain signs for ${wild}`, () => {
      const header = contentDisposition('inline', wild, 'x');

      expect(header).to.match(/^inline; filename="[ -!#-[\]-~]*"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]*$/);
      expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).to.equal(wild);
    });
  }
});
