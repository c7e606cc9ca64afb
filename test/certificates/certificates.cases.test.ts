// Stars on the days that decide, driven from outside: what the pages, the API and the lists say of one product must agree.
import { expect } from 'chai';
import { insertCertificate } from '../../src/certificates/certificates.model.ts';
import { aLabelledLot, aVerifiedStar } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { aCountedCertificate } from '../support/factories.certificates.ts';
import { uuidv7 } from '../support/factories.ts';
import { aProduct } from '../support/factories.products.ts';
import { anEnteredCertificate, sendDecision } from '../support/factories.stored-certificates.ts';

type Json = Record<string, unknown>;

const textOf = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ');
const partOf = (html: string, name: string): string =>
  new RegExp(`data-test="${name}"[\\s\\S]*?(?=data-test=|</main>)`).exec(html)?.[0] ?? '';
const goldStar = 'href="#sao"';

describe('A star on the days that decide', () => {
  let app: TestApp;
  let lot: LabelledLot;
  let star: string;

  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app, { batch: { useBy: '2027-12-31' } });
    star = await aVerifiedStar(app, lot, { issuedOn: '2023-11-20', lastDayPrinted: '2026-11-20' });
  });
  after(() => app.close());

  const productPath = (): string => `/p/na-${lot.product.publicKey}`;
  const follow = async (path: string) => {
    const moved = await app.as(undefined).page(path);
    return moved.status === 301 ? app.as(undefined).page(moved.headers.get('location') ?? '') : moved;
  };
  /** What every door says on a day, half an hour after midnight in Viet Nam. */
  const onDay = async (day: string) => {
    app.setNow(`${day}T00:30:00+07:00`);
    const [scan, product, json, productJson, list] = await Promise.all([
      app.as(undefined).page(lot.page),
      follow(productPath()),
      app.as(undefined).get(lot.page),
      app.as(undefined).get(`/api/v1/public/products/na-${lot.product.publicKey}`),
      app.as(lot.owner).get(`/api/v1/producers/${lot.producer.id}/certificates`),
    ]);
    const verdicts = [json, productJson].map(({ body }) => body['verdict'] as Json);
    const row = (list.body['items'] as Json[]).find(({ id }) => id === star);
    const states = [...verdicts.map(({ state }) => state), row?.['state']];
    const cards = [scan.text, product.text].map((html) => partOf(html, 'verdict'));
    return { states, cards: cards.map(textOf), stars: verdicts.map(({ stars }) => stars ?? null), row };
  };

  it('is in force to the last day, inclusive, and then says since when it is over, at every door alike', async () => {
    const days = [await onDay('2026-11-19'), await onDay('2026-11-20'), await onDay('2026-11-21')];

    expect(days.map(({ states }) => states)).to.deep.equal([
      ['valid', 'valid', 'valid'],
      ['valid', 'valid', 'valid'],
      ['expired', 'expired', 'expired'],
    ]);
    for (const { cards } of days.slice(0, 2))
      for (const card of cards) expect(card).to.include('OCOP 4 sao').and.include('Còn hiệu lực đến 20/11/2026');
    for (const card of days[2]?.cards ?? []) expect(card).to.include('Đã hết hạn từ 21/11/2026');
    expect(days.map(({ stars }) => stars)).to.deep.equal([
      [4, 4],
      [4, 4],
      [null, null],
    ]);
    expect(days.map(({ row }) => row?.['daysLeft'])).to.deep.equal([1, 0, -1]);
  });

  it('is kept to the 180th day by an extension, and not a day longer', async () => {
    app.setNow('2026-11-22T10:00:00+07:00');
    const extend = (effectiveOn: string): Promise<ApiAnswer> =>
      sendDecision(app, lot.officer, star, {
        kind: 'extended',
        decidedOn: '2026-11-21',
        effectiveOn,
        decisionNumber: '02/TB (mẫu)',
        reason: 'Hồ sơ nộp trong kỳ chuyển tiếp, chờ kết quả.',
      });

    const tooLong = await extend('2027-05-20');
    const extended = await extend('2027-05-19');
    const days = [await onDay('2026-11-25'), await onDay('2027-05-19'), await onDay('2027-05-20')];

    expect(tooLong.status).to.equal(409);
    expect(extended.status, JSON.stringify(extended.body)).to.equal(201);
    expect(days.map(({ states }) => states[0])).to.deep.equal(['extended', 'extended', 'expired']);
    for (const { states } of days) expect(new Set(states).size, states.join()).to.equal(1);
    for (const card of days[1]?.cards ?? []) expect(card).to.include('Được kéo dài đến hết 19/05/2027');
    for (const card of days[2]?.cards ?? []) expect(card).to.include('Đã hết hạn từ 20/05/2027');
  });

  it('tells its producer when the file for a new assessment is due, and buyers nothing of it', async () => {
    const own = await aLabelledLot(app);
    const renewing = await aVerifiedStar(app, own, { issuedOn: '2024-02-29' });
    const rowOn = async (day: string): Promise<{ words: string; row: Json | undefined; buyers: string }> => {
      app.setNow(`${day}T08:00:00+07:00`);
      const page = await app.as(own.owner).page('/app/certificates');
      const list = await app.as(own.owner).get(`/api/v1/producers/${own.producer.id}/certificates`);
      const buyers = await app.as(undefined).page(own.page);
      const row = (list.body['items'] as Json[]).find(({ id }) => id === renewing);
      return { words: textOf(page.text), row, buyers: textOf(buyers.text) };
    };

    const before = await rowOn('2026-08-31');
    const opens = await rowOn('2026-09-01');
    const closes = await rowOn('2026-10-31');
    const after = await rowOn('2026-11-01');

    expect(before.row?.['lastDay'], '29/02 and 36 months').to.equal('2027-02-28');
    expect(before.row?.['renewal']).to.deep.equal({ from: '2026-09-01', to: '2026-10-31' });
    expect(before.words).to.include('Nộp hồ sơ đánh giá lại từ 01/09/2026 đến 31/10/2026');
    for (const one of [opens, closes])
      expect(one.words).to.include('Đang trong kỳ nộp hồ sơ đánh giá lại: đến hết 31/10/2026');
    expect(after.words).to.include('Kỳ nộp hồ sơ đánh giá lại đã qua (01/09/2026 đến 31/10/2026)');
    for (const { buyers } of [before, opens, after]) expect(buyers).to.not.include('đánh giá lại');
  });

  it('shows the officer a printed last day that differs from 36 months, and goes by what is printed', async () => {
    app.setNow('2026-09-04T09:41:00+07:00');
    const own = await aLabelledLot(app);
    const printed = await aVerifiedStar(app, own, { issuedOn: '2024-02-29', lastDayPrinted: '2027-03-01' });

    const dossier = await app.as(own.officer).page(`/office/certificates/${printed}`);
    const buyers = await app.as(undefined).page(own.page);

    expect(textOf(dossier.text)).to.include('01/03/2027').and.include('28/02/2027');
    expect(textOf(partOf(buyers.text, 'verdict'))).to.include('Còn hiệu lực đến 01/03/2027');
  });
});

describe('A product and its sibling', () => {
  it('share no stars, number or mark: not on pages, in data, nor in lists', async () => {
    const app = await testApp();
    const lot = await aLabelledLot(app, { product: { name: 'Chè đinh' } });
    const sibling = await aProduct(app, {
      producerId: lot.producer.id,
      owner: lot.owner,
      parts: { name: 'Chè túi lọc', internalCode: 'CHE-TL' },
    });
    await aVerifiedStar(app, lot, { number: '19-05740-9-2026' });

    const page = await app.as(undefined).page(`/p/che-tui-loc-${sibling.publicKey}`);
    const data = await app.as(undefined).get(`/api/v1/public/products/che-tui-loc-${sibling.publicKey}`);
    const own = await app.as(undefined).get(`/api/v1/public/products/che-dinh-${lot.product.publicKey}`);
    const listed = await app.as(lot.owner).get(`/api/v1/products/${sibling.id}/certificates`);
    await app.close();

    expect(page.status).to.equal(200);
    expect(textOf(page.text)).to.include('Chưa được chứng nhận OCOP').and.not.include('19-05740-9-2026');
    expect(textOf(page.text)).to.not.match(/OCOP \d sao/);
    expect(page.text).to.not.include(goldStar);
    expect(data.body['verdict']).to.include({ state: 'none' }).and.not.have.property('stars');
    expect(data.body['certificates']).to.deep.equal([]);
    expect(own.body['verdict']).to.include({ state: 'valid', stars: 4 });
    expect(listed.body['items']).to.deep.equal([]);
  });
});

describe('A revocation', () => {
  it('raises the product’s version and ends the copy of its page that somebody kept', async () => {
    const app = await testApp();
    const lot = await aLabelledLot(app);
    const star = await aVerifiedStar(app, lot);
    const version = async (): Promise<number> =>
      Number((await app.as(lot.owner).get(`/api/v1/products/${lot.product.id}`)).body['version']);
    const kept = await app.as(undefined).page(lot.page);
    const before = await version();

    await sendDecision(app, lot.officer, star, {
      kind: 'revoked',
      decidedOn: '2026-09-04',
      effectiveOn: '2026-09-04',
      decisionNumber: '01/QĐ-UBND (mẫu)',
      reason: 'Hết vùng nguyên liệu.',
    });

    const again = await app
      .as(undefined)
      .page(lot.page, { 'if-none-match': kept.headers.get('etag') ?? '', 'cache-control': 'no-cache' });
    const after = await version();
    await app.close();
    expect(kept.headers.get('cache-control')).to.include('no-cache');
    expect(after).to.equal(before + 1);
    expect(again.status).to.equal(200);
    expect(again.headers.get('etag')).to.not.equal(kept.headers.get('etag'));
    expect(textOf(again.text))
      .to.include('Đã bị thu hồi công nhận OCOP')
      .and.include('04/09/2026')
      .and.include('Hết vùng nguyên liệu.');
    expect(partOf(kept.text, 'verdict')).to.include(goldStar);
  });
});

describe('A product rated again', () => {
  let app: TestApp;
  let lot: LabelledLot;

  before(async () => {
    app = await testApp();
    // A lot of noodles packed in March 2022, kept for years.
    lot = await aLabelledLot(app, {
      batch: {
        startedOn: '2022-02-01',
        harvestedOn: '2022-03-01',
        packedOn: '2022-03-02',
        useBy: '2027-03-02',
      },
      product: { name: 'Miến dong' },
    });
  });
  after(() => app.close());

  const verdict = async (): Promise<Json> => (await app.as(undefined).get(lot.page)).body['verdict'] as Json;

  it('keeps all decisions, goes by the one in force, and says of an old lot what held then and what holds today', async () => {
    await aVerifiedStar(app, lot, {
      stars: 3,
      issuedOn: '2024-06-15',
      number: '04-01708-2-2024',
      decisionNumber: '30/QĐ-UBND (mẫu)',
    });
    // The minister's decision: recorded by the ministry, which no province officer may do.
    const place = { provinceCode: '19', numberKey: '', waiting: false };
    const ofTheMinister = aCountedCertificate({
      producerId: lot.producer.id,
      productId: lot.product.id,
      stars: 5,
      issuedOn: '2021-04-20',
      issuerLevel: 'ministry',
      issuerName: 'Bộ Nông nghiệp (mẫu)',
      decisionNumber: '20/QĐ-BNN (mẫu)',
      number: '06-061-01708-2-2021',
    });
    await insertCertificate(app.db, ofTheMinister, place);
    const before = await verdict();

    const oldest = await anEnteredCertificate(app, lot.owner, lot.product.id, {
      stars: 4,
      issuedOn: '2018-11-05',
      decisionNumber: '10/QĐ-UBND (mẫu)',
      number: '06-061-01708-2-2018',
    });
    await sendDecision(app, lot.officer, oldest.id, { decidedOn: '2026-09-04' });

    const after = await verdict();
    const page = await app.as(undefined).page(lot.page);
    const certificates = textOf(partOf(page.text, 'certificates'));
    expect(before).to.include({ state: 'valid', stars: 3 });
    expect(after).to.deep.equal(before);
    for (const part of ['10/QĐ-UBND (mẫu)', '20/QĐ-BNN (mẫu)', '30/QĐ-UBND (mẫu)', '05/11/2018', '20/04/2021'])
      expect(certificates, part).to.include(part);
    expect(certificates).to.match(
      /Ngày 02\/03\/2022, khi lô này ra đời: OCOP 5 sao.* Hôm nay: OCOP 3 sao, còn hiệu lực/,
    );
    expect(textOf(partOf(page.text, 'verdict')))
      .to.include('OCOP 3 sao')
      .and.not.include('5 sao');
  });

  it('keeps the history for the officer and the owner, newest first, and never for others', async () => {
    const [own, other] = await Promise.all([
      app.as(lot.owner).get(`/api/v1/products/${lot.product.id}/certificates`),
      app
        .as({ userId: uuidv7(), name: 'Người khác', roles: [] })
        .get(`/api/v1/products/${lot.product.id}/certificates`),
    ]);

    const issued = (own.body['items'] as Json[]).map(({ issuedOn }) => String(issuedOn)).sort();
    expect(issued).to.deep.equal(['2018-11-05', '2021-04-20', '2024-06-15']);
    expect(other.status).to.equal(404);
  });
});

describe('The code on a certificate', () => {
  let app: TestApp;
  let lot: LabelledLot;

  before(async () => {
    app = await testApp();
    lot = await aLabelledLot(app);
  });
  after(() => app.close());

  const found = async (q: string): Promise<string[]> => {
    const paths = [`/api/v1/producers/${lot.producer.id}/certificates`, '/api/v1/certificates'];
    const answers = await Promise.all(
      [lot.owner, lot.officer].map((actor, at) =>
        app.as(actor).get(`${paths[at] ?? ''}?${new URLSearchParams({ q }).toString()}`),
      ),
    );
    const [own, office] = answers.map(({ body }) => (body['items'] as Json[]).map(({ number }) => String(number)));
    expect(office).to.deep.equal(own);
    return own ?? [];
  };

  const patternWords = {
    'five-part': 'Mã kiểu cũ 5 phần: tỉnh-huyện-xã-số-năm',
    'four-part': 'Mã kiểu 2026, 4 phần: tỉnh-xã-số-năm',
    other: 'Mã không theo kiểu 4 hay 5 phần',
    none: 'Giấy không có mã',
  };
  const codes: { number: string; pattern: keyof typeof patternWords; typed: string[] }[] = [
    {
      number: '83-829-28780-3-2022',
      pattern: 'five-part',
      typed: ['83-829-28780-3-2022', '838292878032022', '83 829'],
    },
    { number: '19 - 05740 - 7 - 2026', pattern: 'four-part', typed: ['19-05740-7-2026', '190574072026'] },
    { number: '19–164–05770–2–2023', pattern: 'five-part', typed: ['19-164-05770-2-2023', '1916405770'] },
    { number: 'SPOCOP/Số 12', pattern: 'other', typed: ['spocop so', 'SPOCOP/Số 12'] },
    { number: '', pattern: 'none', typed: [] },
  ];
  for (const { number, pattern, typed } of codes) {
    it(`is kept exactly as on the paper, its pattern is named, and it refuses nothing: ${number || 'none'}`, async () => {
      const entered = await anEnteredCertificate(app, lot.owner, lot.product.id, { number });

      const verified = await sendDecision(app, lot.officer, entered.id, { decidedOn: '2026-09-04' });

      const dossier = await app.as(lot.officer).page(`/office/certificates/${entered.id}`);
      expect(entered['number']).to.equal(number);
      expect(verified.status, JSON.stringify(verified.body)).to.equal(201);
      if (number !== '') expect(textOf(dossier.text)).to.include(number);
      expect(textOf(dossier.text)).to.include(patternWords[pattern]);
      for (const q of typed) expect(await found(q), q).to.include(number);
    });
  }
});
