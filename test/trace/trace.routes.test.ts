import http from 'node:http';
import { expect } from 'chai';
import { v7 as uuidv7 } from 'uuid';
import { issueCode } from '../../src/codes/trace-code.ts';
import { leaveRunGap } from '../../src/labels/labels.gaps.model.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aLabelledLot, aPrintedCode, aVerifiedStar } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { newRecallJson, sendStep } from '../support/factories.batches.ts';
import { sendDecision } from '../support/factories.stored-certificates.ts';

type RawAnswer = { status: number; text: string; etag: string };

/** The request goes out as it is: fetch would mend the path, and forbid a 304. */
const rawGet = (app: TestApp, path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(app.url);
    const request = http.get(
      { hostname, port, path, headers: { accept: 'text/html', ...headers }, agent: false },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, etag: answer.headers.etag ?? '' }));
      },
    );
    request.on('error', reject);
  });

/** Visible text, roughly: tags and styles out, entities back. */
const textOf = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#x([0-9A-F]+);/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

const partOf = (html: string, name: string): string =>
  new RegExp(`data-test="${name}"[\\s\\S]*?(?=data-test=|</main>)`).exec(html)?.[0] ?? '';

describe('the page that a scan opens', () => {
  let app: TestApp;
  let lot: LabelledLot;
  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app, { site: { publicPrecision: 'outline' } });
    await aVerifiedStar(app, lot);
  });
  after(() => app.close());

  const page = (path: string, headers: Record<string, string> = {}) => app.as(undefined).page(path, headers);

  it('names the product, the producer and the lot, and answers about star, lot and recall', async () => {
    const answer = await page(lot.page);

    expect(answer.status).to.equal(200);
    const text = textOf(answer.text);
    expect(text).to.include(lot.product.name).and.include(lot.batch.lotNumber).and.include(lot.producer.legalName);
    expect(textOf(partOf(answer.text, 'verdict'))).to.match(
      /OCOP 4 sao.*Còn hiệu lực đến 15\/07\/2029.*09:41, 04\/09\/2026/,
    );
    expect(textOf(partOf(answer.text, 'lot'))).to.match(/02\/09.*09\/09\/2026.*còn 5 ngày.*Lô này không bị thu hồi/);
  });

  it('opens for the code as people type it', async () => {
    const plain = lot.code.replaceAll('-', '');
    const forms = [
      `/T/${plain}`,
      `/t/${lot.code.toLowerCase()}`,
      `/T/${lot.code.replaceAll('-', '%20')}`,
      `/T/${lot.code}/`,
    ];

    for (const form of forms) {
      const answer = await page(form);
      expect(answer.status, form).to.equal(200);
      expect(answer.text, form).to.include(lot.code);
    }
  });

  it('gives people the page, programs the JSON, and never a fault for what they accept', async () => {
    const html = [
      'text/html,application/xhtml+xml,image/avif,*/*;q=0.8',
      '*/*',
      '',
      'application/linkset+json',
      'image/png',
    ];

    for (const accept of html) {
      const answer = await page(lot.page, { accept });
      expect(answer.status, accept).to.equal(200);
      expect(answer.headers.get('content-type'), accept).to.match(/^text\/html/);
      expect(answer.headers.get('vary'), accept).to.match(
        /Accept\b.*Accept-Language.*Accept-Encoding.*Cookie.*Save-Data/,
      );
      expect(answer.headers.get('cache-control'), accept).to.equal('no-cache');
    }
    const json = await app.as(undefined).get(lot.page);
    expect(json.headers.get('content-type')).to.match(/^application\/json/);
    expect(json.body).to.have.nested.property('verdict.stars', 4);
  });

  it('says the same through the API', async () => {
    const api = await app.as(undefined).get(`/api/v1/codes/${lot.code}`);
    const scan = await app.as(undefined).get(lot.page);

    expect(api.status).to.equal(200);
    expect(api.body).to.deep.equal(scan.body);
  });

  it('refuses a code that is none without a look at the store', async () => {
    const other = await testApp();
    await other.db.close();

    const answer = await other.as(undefined).page('/T/7K3M-9QXC-2A4Z');

    expect(answer.status).to.equal(400);
    expect(textOf(answer.text))
      .to.include('So lại cả ba nhóm')
      .and.not.match(/Xem lại nhóm/);
    await other.close();
  });

  it('keeps what was typed, and names the group that shows the fault', async () => {
    const answer = await page('/T/7K3M-9QUC-2A4Y');

    expect(answer.status).to.equal(400);
    expect(textOf(answer.text)).to.include('Xem lại nhóm 2');
    expect(answer.text).to.include('value="7K3M-9QUC-2A4Y"');
  });

  it('helps whatever the path is made of', async () => {
    const junk = [
      '/T/%',
      '/T/%zz%zz',
      '/T/%00',
      '/T/a%2Fb%2F..%2Fc',
      '/T/a/b/c/d',
      '/T/%F0%28',
      `/T/${'A'.repeat(12_000)}`,
      '/T/%3Cscript%3Ealert(1)%3C/script%3E',
      '/T/..%5c..%5c',
    ];

    for (const path of junk) {
      const answer = await rawGet(app, path);
      expect(answer.status, path.slice(0, 40)).to.equal(400);
      expect(textOf(answer.text), path.slice(0, 40)).to.include('Mã này chưa đúng');
      expect(answer.text, path.slice(0, 40)).to.not.match(/<script>alert|node_modules|at \w+ \(/);
    }
  });

  it('says plainly that a well-formed code is not in the register, without a star and without a reproach', async () => {
    const unknown = [
      issueCode(app.deps.keys.codeKey, { run: 900_000, unit: 0 }),
      // A lot run has one code only: the next unit of an existing run is nobody's.
      issueCode(app.deps.keys.codeKey, { run: 1, unit: 1 }),
    ];

    for (const code of unknown) {
      const answer = await page(`/T/${code}`);
      const text = textOf(answer.text);
      expect(answer.status).to.equal(404);
      expect(text)
        .to.include('Chưa thấy mã này trong sổ')
        .and.not.match(/hàng giả|sao OCOP/i);
      expect(answer.text).to.include(`value="${code}"`).and.not.include('#sao');
      const api = await app.as(undefined).get(`/api/v1/codes/${code}`);
      expect(api.status).to.equal(404);
      expect(api.headers.get('content-type')).to.match(/^application\/problem\+json/);
    }
  });

  it('says of a label printed before an incident that there are no data yet, and nothing of stars', async () => {
    const gap = await leaveRunGap(app.db, new Date('2026-09-03T10:00:00+07:00'));
    const lost = issueCode(app.deps.keys.codeKey, { run: gap.last, unit: 0 });

    const help = await page(`/T/${lost}`);
    const english = await page(`/T/${lost}?lang=en`);
    const data = await app.as(undefined).get(`/T/${lost}`);

    expect(help.status).to.equal(404);
    expect(textOf(help.text)).to.include('Tem in trước sự cố, chưa có dữ liệu').and.to.include('03/09/2026');
    expect(help.text).not.to.include('data-test="verdict"');
    expect(textOf(english.text)).to.include('printed before an incident');
    expect([data.status, data.body['type'], data.body['lostOn']]).to.deep.equal([
      404,
      '/problems/code-before-incident',
      '2026-09-03',
    ]);
  });

  it('answers problem JSON to a program that sends no code', async () => {
    for (const path of ['/T/ABC', '/api/v1/codes/ABC', '/api/v1/codes/%00']) {
      const answer = await app.as(undefined).get(path);
      expect(answer.status, path).to.equal(400);
      expect(answer.body, path).to.include({ type: '/problems/code-malformed' });
      expect(answer.body['titleEn'], path).to.be.a('string');
    }
  });

  it('speaks English when asked to, on the page and on the helpful one', async () => {
    const scan = await page(`${lot.page}?lang=en`);
    const help = await page('/T/ABC', { 'accept-language': 'en' });

    expect(scan.text).to.include('<html lang="en">').and.include('Valid until 15/07/2029');
    expect(textOf(help.text)).to.include('This code is not right yet');
  });

  it('answers 304 only while nothing changed, and shows a revocation and a recall at once', async () => {
    const own = await aLabelledLot(app);
    const star = await aVerifiedStar(app, own);
    const first = await rawGet(app, own.page);
    const again = (etag: string) => rawGet(app, own.page, { 'if-none-match': etag });
    const unchanged = await again(first.etag);

    const revocation = await sendDecision(app, own.officer, star, {
      kind: 'revoked',
      decidedOn: '2026-09-04',
      effectiveOn: '2026-09-04',
      decisionNumber: '01/QĐ-UBND (mẫu)',
      reason: 'Hết vùng nguyên liệu.',
    });
    const revoked = await again(first.etag);
    const recall = await app.as(own.officer).post(`/api/v1/batches/${own.batch.id}/recalls`, newRecallJson());
    const recalled = await again(revoked.etag);

    expect(unchanged.status).to.equal(304);
    expect(revocation.status, JSON.stringify(revocation.body)).to.equal(201);
    expect(revoked.status).to.equal(200);
    expect(textOf(partOf(revoked.text, 'verdict')))
      .to.include('Đã bị thu hồi công nhận OCOP')
      .and.include('Hết vùng nguyên liệu.');
    expect(recall.status).to.equal(201);
    expect(recalled.status).to.equal(200);
    expect(textOf(recalled.text))
      .to.include('Đừng ăn. Lô này đang bị thu hồi.')
      .and.not.include('Lô này không bị thu hồi');
    expect(recalled.text.indexOf('role="alert"')).to.be.lessThan(recalled.text.indexOf('<h1'));
    const json = await app.as(undefined).get(own.page);
    expect(json.body).to.have.nested.property('verdict.stars', null);
    expect(json.body['recalls']).to.have.length(1);
  });

  it('keeps each day of a star: valid, expired, extended, over for good', async () => {
    const own = await aLabelledLot(app, { batch: { useBy: '2027-12-31' } });
    const star = await aVerifiedStar(app, own, { issuedOn: '2023-11-20', lastDayPrinted: '2026-11-20' });
    const at = async (day: string): Promise<string> => {
      app.setNow(`${day}T00:30:00+07:00`);
      return textOf(partOf((await page(own.page)).text, 'verdict'));
    };

    expect(await at('2026-11-19')).to.include('Còn hiệu lực đến 20/11/2026');
    expect(await at('2026-11-20')).to.include('Còn hiệu lực đến 20/11/2026');
    expect(await at('2026-11-21')).to.include('Đã hết hạn từ 21/11/2026');
    const extended = await sendDecision(app, own.officer, star, {
      kind: 'extended',
      decidedOn: '2026-11-21',
      decisionNumber: '02/TB (mẫu)',
      reason: 'Chờ kết quả đánh giá.',
      effectiveOn: '2027-05-19',
    });
    expect(extended.status, JSON.stringify(extended.body)).to.equal(201);
    expect(await at('2026-11-25')).to.include('Được kéo dài đến hết 19/05/2027');
    expect(await at('2027-05-19')).to.include('Được kéo dài đến hết 19/05/2027');
    expect(await at('2027-05-20')).to.include('Đã hết hạn từ 20/05/2027');
    app.setNow('2026-09-04T09:41:00+07:00');
  });

  it('shows what people wrote as text, whatever it looks like', async () => {
    const markup = `<b>đậm</b><script>alert(1)</script>"><img src=x onerror=alert(1)>{{constructor}} javascript:alert(1)`;
    const own = await aLabelledLot(app, {
      producer: { legalName: 'HTX <b>đậm</b>', formerAddress: markup },
      product: { name: '<b>Na</b> <u>dai</u>', storage: markup },
      site: { name: `Vườn ${markup}`.slice(0, 80), publicPrecision: 'outline' },
      batch: { lotNumber: '<i>L-1</i>' },
      note: markup,
    });

    for (const path of [own.page, `${own.page}/map`, `${own.page}/steps`]) {
      const answer = await page(path);
      expect(answer.status, path).to.equal(200);
      expect(answer.text, path).to.not.match(/<b>đậm|<b>Na|<script>alert|<img src=x|<i>L-1/);
      expect(answer.headers.get('content-security-policy'), path).to.match(/script-src 'self'(;|$)/);
    }
    const text = textOf((await page(own.page)).text);
    expect(text).to.include('<b>Na</b> <u>dai</u>').and.include('<i>L-1</i>').and.include(markup);
  });

  it('still opens after the product, its place and its journal have changed, for old and new labels alike', async () => {
    const own = await aLabelledLot(app);
    const step = await sendStep(app, own.owner, own.batch.id, {
      kind: 'harvest',
      doneOn: '2026-09-02',
      amount: 420,
      unit: 'kg',
    });
    const later = await aPrintedCode(app, own.owner, own.batch.id);

    const [first, second] = [await page(own.page), await page(`/T/${later}`)];

    expect(step.status).to.equal(201);
    expect(later).to.not.equal(own.code);
    expect(first.status).to.equal(200);
    expect(textOf(first.text)).to.include('Thu hoạch 420 kg');
    expect(textOf(second.text)).to.include(own.batch.lotNumber).and.include('Thu hoạch 420 kg');
  });

  it('has a map page and a journal page that need no script', async () => {
    const map = await page(`${lot.page}/map`);
    const steps = await page(`${lot.page}/steps`);

    expect(map.text).to.include('<svg class="ban"').and.include(lot.site.name);
    expect(textOf(steps.text)).to.include('Tỉa cành khô.');
    expect((await page('/T/ABC/map')).status).to.equal(400);
  });

  it('stays within its weight and asks nobody else', async () => {
    const answer = await page(lot.page, { 'accept-encoding': 'identity' });
    const style = /<style>([\s\S]*?)<\/style>/.exec(answer.text)?.[1] ?? '';
    const map = /<svg class="ban"[\s\S]*?<\/svg>/.exec(answer.text)?.[0] ?? '';

    expect(Buffer.byteLength(answer.text)).to.be.below(40_960);
    expect(Buffer.byteLength(style)).to.be.below(10_752);
    expect(Buffer.byteLength(map)).to.be.within(200, 4096);
    // Canonical and language links name this server in full and load nothing.
    const loading = answer.text.replace(/<link rel="(?:canonical|alternate)"[^>]*>/g, '');
    expect(loading).to.not.match(/<script(?! type="application\/ld\+json")|(?:src|srcset|href)="(?:https?:)?\/\//);
    expect((await page(lot.page, { 'save-data': 'on' })).text).to.not.include('fonts.css');
  });

  it('says that the register is away and gives the code back as text', async () => {
    const other = await testApp();
    const code = issueCode(other.deps.keys.codeKey, { run: 1, unit: 0 });
    await other.db.close();

    const answer = await other.as(undefined).page(`/T/${code}`);

    expect(answer.status).to.equal(503);
    expect(textOf(answer.text))
      .to.include(`${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`)
      .and.include('Máy chủ đang gặp trục trặc');
    await other.close();
  });
});

describe('looking a code up by hand', () => {
  let app: TestApp;
  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  const page = (path: string) => app.as(undefined).page(path);

  it('leads to the page of the code, also from a pasted address', async () => {
    const code = issueCode(app.deps.keys.codeKey, { run: 1, unit: 0 });
    const typed = [code, `  ${code.toLowerCase()} `, `https://truyxuat.example.vn/T/${code}?x=1`];

    for (const one of typed) {
      const answer = await page(`/check?code=${encodeURIComponent(one)}`);
      expect(answer.status, one).to.equal(303);
      expect(answer.headers.get('location'), one).to.equal(`/T/${code}`);
    }
  });

  it('keeps what was typed when it is no code, and asks for one when there is none', async () => {
    const wrong = await page('/check?code=7K3M-9QXC-2');
    const none = await page('/check?code=');

    expect(wrong.status).to.equal(400);
    expect(wrong.text).to.include('value="7K3M-9QXC-2"');
    expect(textOf(wrong.text)).to.include('Xem lại nhóm 3');
    expect(none.status).to.equal(400);
    expect(textOf(none.text)).to.include('Gõ mã trên tem');
  });

  it('takes any junk for what it is', async () => {
    const junk = [
      '/check?code=%00',
      '/check?code=%ED%A0%80',
      `/check?code=${'9'.repeat(5000)}`,
      '/check?code=a&code=b',
      '/check?code[$gt]=',
      `/check?code=${uuidv7()}`,
    ];

    for (const path of junk) expect([200, 400], path.slice(0, 40)).to.include((await page(path)).status);
  });

  it('has a home and a page on what is kept, in both languages', async () => {
    for (const path of ['/', '/check', '/privacy']) {
      const [vi, en] = [await page(path), await page(`${path}?lang=en`)];
      expect(vi.status, path).to.equal(200);
      expect(vi.text, path).to.include('<html lang="vi">');
      expect(en.text, path).to.include('<html lang="en">');
    }
    expect((await page('/T')).headers.get('location')).to.equal('/check');
  });
});
