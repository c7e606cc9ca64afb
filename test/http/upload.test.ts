// Forms with files as browsers, and others, send them: names in UTF-8 (K21), bodies that break off or are not written right, and bombs.
import { expect } from 'chai';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anIphonePicture, pictureBombs } from '../support/bombs.ts';
import { aProductOwner } from '../support/factories.stored-certificates.ts';
import type { ProductOwner } from '../support/factories.stored-certificates.ts';
import { uuidv7 } from '../support/factories.ts';

const boundary = 'XxX';
const field = (name: string, value: string): Buffer =>
  Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
const file = (disposition: string, bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="document"; ${disposition}\r\nContent-Type: application/pdf\r\n\r\n`,
    ),
    bytes,
    Buffer.from('\r\n'),
  ]);
const end = Buffer.from(`--${boundary}--\r\n`);
let count = 0;
const aPdf = (): Buffer => Buffer.from(`%PDF-1.7\n% ${(count += 1)}`);

describe('a form with a file', () => {
  let app: TestApp;
  let na: ProductOwner;

  before(async () => {
    app = await testApp();
    na = await aProductOwner(app);
  });
  after(() => app.close());

  const fields = (): Buffer[] =>
    Object.entries({
      id: uuidv7(),
      type: 'ocop',
      stars: '4',
      number: `19-05740-${(count += 1)}-2026`,
      issuerLevel: 'province',
      issuerName: 'UBND tỉnh Thái Nguyên (mẫu)',
      issuedOn: '2026-07-15',
    }).map(([name, value]) => field(name, value));
  const send = async (body: Buffer, type = `multipart/form-data; boundary=${boundary}`) =>
    fetch(`${app.url}/app/products/${na.product.id}/certificates/new`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        origin: app.url,
        cookie: `access=${await app.as(na.owner).token()}`,
        'content-type': type,
      },
      body: new Uint8Array(body),
    });
  const newestDocument = async (): Promise<Headers> => {
    const listed = await app.as(na.owner).get(`/api/v1/products/${na.product.id}/certificates`);
    const [newest] = listed.body['items'] as { documentFileId: string }[];
    return (await app.as(na.owner).page(`/files/${newest?.documentFileId ?? ''}/document`)).headers;
  };

  const vietnamese = 'Giấy chứng nhận OCOP – Hợp tác xã Chè Đỉnh.pdf';
  const names: { what: string; disposition: string; kept: string }[] = [
    { what: 'a Vietnamese name', disposition: `filename="${vietnamese}"`, kept: vietnamese },
    { what: 'a decomposed one', disposition: `filename="${vietnamese.normalize('NFD')}"`, kept: vietnamese },
    {
      what: 'one of RFC 8187',
      disposition: `filename="x.pdf"; filename*=UTF-8''${encodeURIComponent(vietnamese)}`,
      kept: vietnamese,
    },
    { what: 'a name of 250 bytes', disposition: `filename="${'ê'.repeat(123)}.pdf"`, kept: `${'ê'.repeat(98)}.pdf` },
    { what: 'a path', disposition: 'filename="../../etc/passwd.pdf"', kept: 'passwd.pdf' },
    { what: 'a path of Windows', disposition: 'filename="C:\\\\giay\\\\a.pdf"', kept: 'a.pdf' },
    { what: 'a line break as browsers write it', disposition: 'filename="a.pdf%0D%0AX: y"', kept: 'a.pdfX y' },
    { what: 'an emoji', disposition: 'filename="🐝 mật.pdf"', kept: '🐝 mật.pdf' },
    { what: 'markup', disposition: 'filename="<img src=x onerror=1>.pdf"', kept: 'img src=x onerror=1.pdf' },
    { what: 'an override of direction', disposition: 'filename="fdp.\u202Eexe.pdf"', kept: 'fdp.exe.pdf' },
    { what: 'a name of dots', disposition: 'filename=".."', kept: 'van-ban.pdf' },
  ];
  for (const { what, disposition, kept } of names) {
    it(`keeps ${what} right and sends it back the same`, async () => {
      const answer = await send(Buffer.concat([...fields(), file(disposition, aPdf()), end]));

      const header = (await newestDocument()).get('content-disposition') ?? '';
      expect(answer.status).to.equal(303);
      expect(header).to.match(/^attachment; filename="[ -!#-[\]-~]+"; filename\*=UTF-8''[A-Za-z0-9!#$&+.^_`|~%-]+$/);
      expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).to.equal(kept);
    });
  }

  it('shows its name as text and nothing runs', async () => {
    await send(Buffer.concat([...fields(), file('filename="a&quot;&lt;b>c.pdf"', aPdf()), end]));
    const listed = await app.as(na.owner).get(`/api/v1/products/${na.product.id}/certificates`);
    const [newest] = listed.body['items'] as { documentFileId: string }[];

    const page = await app.as(na.owner).page(`/files/${newest?.documentFileId ?? ''}`);

    expect(page.text).to.include('a&amp;quot;&amp;lt;bc.pdf');
  });

  const whole = (): Buffer => Buffer.concat([...fields(), file('filename="a.pdf"', aPdf()), end]);
  const broken: { what: string; body: () => Buffer; type?: string; status: number }[] = [
    { what: 'that breaks off', body: () => whole().subarray(0, -20), status: 400 },
    { what: 'without an end', body: () => Buffer.concat(fields()), status: 400 },
    { what: 'without a boundary', body: whole, type: 'multipart/form-data', status: 400 },
    { what: 'with another boundary', body: whole, type: 'multipart/form-data; boundary=other', status: 400 },
    {
      what: 'with a broken header',
      body: () => Buffer.from(`--${boundary}\r\nContent-Disposition\u0000: x\r\n\r\n1\r\n--${boundary}--\r\n`),
      status: 400,
    },
    {
      what: 'of many fields',
      body: () => Buffer.concat([...Array.from({ length: 200 }, (_, n) => field(`f${n}`, 'x')), end]),
      status: 400,
    },
    {
      what: 'with a file in a field of another name',
      body: () => Buffer.from(whole().toString('latin1').replace('name="document"', 'name="other"'), 'latin1'),
      status: 400,
    },
    {
      what: 'with two files for one',
      body: () => Buffer.concat([...fields(), file('filename="a.pdf"', aPdf()), file('filename="b.pdf"', aPdf()), end]),
      status: 400,
    },
    { what: 'without anything', body: () => end, status: 422 },
  ];
  for (const { what, body, type, status } of broken) {
    it(`${what} is answered ${status} and records nothing`, async () => {
      const before = await app.db.collection('certificates').countDocuments();

      const answer = await (type === undefined ? send(body()) : send(body(), type));

      expect(answer.status).to.equal(status);
      expect(await app.db.collection('certificates').countDocuments()).to.equal(before);
    });
  }

  it('whose file is a bomb, a text or an iPhone’s picture comes back with what was typed and what to do', async () => {
    const answers: [number, string][] = [];
    const bombs = Object.values(await pictureBombs());
    for (const bytes of [...bombs, Buffer.from('không phải ảnh'), anIphonePicture()]) {
      const answer = await send(Buffer.concat([...fields(), file('filename="anh.jpg"', bytes), end]));
      answers.push([answer.status, await answer.text()]);
    }

    expect(answers.map(([status]) => status)).to.deep.equal([413, 413, 413, 413, 413, 415, 415]);
    for (const [, text] of answers) expect(text).to.include('UBND tỉnh Thái Nguyên (mẫu)');
    expect(answers[0]?.[1]).to.include('50 megapixel');
    expect(answers.at(-1)?.[1]).to.include('Tương thích nhất');
  });
});
