// Searching without accents and with them: everything that people type for the same thing, and what comes first.
import { expect } from 'chai';
import { followCatalog } from '../../src/catalog/catalog.entries.service.ts';
import { aVerifiedStar } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';
import { anEnteredCertificate, sendDecision } from '../support/factories.stored-certificates.ts';

type Found = { name: string; producer: string | null; verdict: { state: string; stars: number | null; words: string } };
type Answer = {
  products: Found[];
  producers: { name: string }[];
  communes: { name: string }[];
  isNear: boolean;
  hasMore: boolean;
};

const visibleText = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('the public search', function () {
  let app: TestApp;
  let farm: Awaited<ReturnType<typeof aProducer>>;
  let tea: Awaited<ReturnType<typeof aProducer>>;
  const ask = async (query: string): Promise<Answer> => {
    const { status, body } = await app.as(undefined).get(`/api/v1/public/search?${query}`);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body as unknown as Answer;
  };
  const names = async (typed: string, more = ''): Promise<string[]> =>
    (await ask(`q=${encodeURIComponent(typed)}${more}`)).products.map(({ name }) => name);
  const product = (made: typeof farm, name: string, parts: Record<string, unknown> = {}) =>
    aProduct(app, {
      producerId: made.producer.id,
      owner: made.owner,
      parts: { name, internalCode: name, ...parts },
      picture: false,
    });

  before(async () => {
    app = await testApp();
    farm = await aProducer(app, { parts: { legalName: 'Hợp tác xã Nông sản Mẫu La Hiên' } });
    tea = await aProducer(app, {
      parts: {
        legalName: 'Công ty Trà Hòa Bình Mẫu',
        kind: 'company',
        address: {
          communeCode: '05692',
          communeName: 'Xã Đồng Hỷ',
          provinceCode: '19',

          street: 'Xóm Mẫu',
        },
      },
    });
    await product(farm, 'Na dai La Hiên');
    await product(farm, 'Miến dong Việt Cường', { ocopSet: 11 });
    for (const name of ['Chè đỉnh Tân Cương', 'Chè đinh', 'Chè dinh dưỡng', 'Chè đình làng']) await product(tea, name);
    await followCatalog(app.db, app.deps.clock());
  });
  after(() => app.close());

  const finds: [string, string][] = [
    ['na la hien', 'Na dai La Hiên'],
    ['Na La Hiên', 'Na dai La Hiên'],
    ['NA  LA HIÊN', 'Na dai La Hiên'],
    ['Na La Hiên'.normalize('NFD'), 'Na dai La Hiên'],
    ['mien dong', 'Miến dong Việt Cường'],
    ['mien dog', 'Miến dong Việt Cường'],
    ['mein dong', 'Miến dong Việt Cường'],
    ['na la hiem', 'Na dai La Hiên'],
    ['che dinh', 'Chè đinh'],
    ['chè đinh', 'Chè đinh'],
    ['chè đỉnh', 'Chè đỉnh Tân Cương'],
    ['chè dong hy', 'Chè đinh'],
    ['dong hy', 'Chè đinh'],
    ['Đồng Hỷ', 'Chè đinh'],
    ['Ðồng Hỷ', 'Chè đinh'],
    ['hoà bình', 'Chè đinh'],
    ['hòa bình', 'Chè đinh'],
    ['tra hoa binh', 'Chè đinh'],
    ['nong san mau', 'Na dai La Hiên'],
  ];
  for (const [typed, name] of finds) {
    it(`finds "${name}" for "${typed}"`, async () => {
      expect(await names(typed)).to.include(name);
    });
  }

  it('puts what matches with its accents first, and đinh before đỉnh', async () => {
    const found = await names('chè đinh');
    const other = await names('chè đỉnh');

    expect(found[0]).to.equal('Chè đinh');
    expect(found.indexOf('Chè đinh')).to.be.below(found.indexOf('Chè đỉnh Tân Cương'));
    expect(other[0]).to.equal('Chè đỉnh Tân Cương');
  });

  it('takes d for đ only when d was typed', async () => {
    expect(await names('dinh'))
      .to.include('Chè đinh')
      .and.include('Chè dinh dưỡng');
    expect(await names('đinh'))
      .to.include('Chè đinh')
      .and.not.include('Chè dinh dưỡng');
  });

  it('says when nothing was found as typed and these are like it', async () => {
    const near = await ask(`q=${encodeURIComponent('mien dog')}`);
    const { text } = await app.as(undefined).page(`/search?q=${encodeURIComponent('mien dog')}`);

    expect(near.isNear).to.equal(true);
    expect(visibleText(text)).to.include('Không có chữ “mien dog”. Gần giống:');
  });

  it('finds producers and communes too', async () => {
    const found = await ask(`q=${encodeURIComponent('hoà bình')}`);
    const place = await ask('q=la%20hien');

    expect(found.producers.map(({ name }) => name)).to.deep.equal(['Công ty Trà Hòa Bình Mẫu']);
    expect(place.communes.map(({ name }) => name)).to.include('Xã La Hiên');
  });

  it('narrows to a set, a province and a commune', async () => {
    expect(await names('', '&set=11')).to.deep.equal(['Miến dong Việt Cường']);
    expect(await names('che', '&province=19')).to.have.lengthOf(4);
    expect(await names('che', '&province=96')).to.deep.equal([]);
    expect(await names('', '&commune=05692')).to.have.lengthOf(4);
  });

  it('finds certificate numbers of both patterns with and without their hyphens', async () => {
    const made = await product(farm, 'Rượu ngô Mẫu');
    const old = await product(farm, 'Mật ong Mẫu');
    await anEnteredCertificate(app, farm.owner, made.id, { number: '19-05740-07-2026' });
    await anEnteredCertificate(app, farm.owner, old.id, { number: '83 - 829 - 28780 - 3 - 2022' });
    await followCatalog(app.db, app.deps.clock());

    for (const typed of ['19-05740-07-2026', '1905740072026', '19 - 05740 - 07 - 2026'])
      expect(await names(typed), typed).to.deep.equal(['Rượu ngô Mẫu']);
    for (const typed of ['83-829-28780-3-2022', '838292878032022', '83-829'])
      expect(await names(typed), typed).to.deep.equal(['Mật ong Mẫu']);
  });

  it('shows stars that count today only, says the rest in words, and loses a revoked one at once', async () => {
    const starred = await product(farm, 'Nấm hương Mẫu');
    const lot = { owner: farm.owner, officer: farm.officer, product: starred } as LabelledLot;
    const certificateId = await aVerifiedStar(app, lot);
    await followCatalog(app.db, app.deps.clock());

    const before = await ask('q=nam%20huong');
    const filtered = await names('', '&stars=4');
    app.setNow('2026-09-05T09:00:00+07:00');
    const revoked = {
      kind: 'revoked',
      decisionNumber: '9/QĐ',
      decidedOn: '2026-09-05',
      effectiveOn: '2026-09-05',
      reason: 'Không giữ tiêu chuẩn.',
    };
    expect((await sendDecision(app, farm.officer, certificateId, revoked)).status).to.equal(201);
    const after = await ask('q=nam%20huong');

    expect(before.products[0]?.verdict).to.include({ state: 'valid', stars: 4 });
    expect(filtered).to.deep.equal(['Nấm hương Mẫu']);
    expect(after.products[0]?.verdict).to.include({ state: 'revoked', stars: null });
    expect(await names('', '&stars=4')).to.deep.equal([]);
    expect(await names('', '&stars=3')).to.deep.equal([]);
    app.setNow('2026-09-04T09:41:00+07:00');
  });

  it('agrees with the rules on every day from the last one of a star', async () => {
    const expiring = await product(farm, 'Gạo nếp Mẫu');
    const lot = { owner: farm.owner, officer: farm.officer, product: expiring } as LabelledLot;
    await aVerifiedStar(app, lot, { issuedOn: '2023-11-20', lastDayPrinted: '2026-11-20', number: 'K16' });
    await followCatalog(app.db, app.deps.clock());

    const states: [string, string, number][] = [];
    for (const day of ['2026-11-19', '2026-11-20', '2026-11-21']) {
      app.setNow(`${day}T12:00:00+07:00`);
      const { products } = await ask('q=gao%20nep');
      states.push([day, products[0]?.verdict.state ?? '', (await names('', '&stars=4')).length]);
    }
    app.setNow('2026-09-04T09:41:00+07:00');

    expect(states).to.deep.equal([
      ['2026-11-19', 'valid', 1],
      ['2026-11-20', 'valid', 1],
      ['2026-11-21', 'expired', 0],
    ]);
  });

  it('follows a product that gets another name, and one of a household that hides its own', async () => {
    const household = await aProducer(app, {
      parts: { kind: 'household', legalName: 'Hộ bà Mẫu Thị Ẩn' },
    });
    await product(household, 'Bánh khảo Mẫu');
    await followCatalog(app.db, app.deps.clock());

    const byGoods = await ask('q=banh%20khao');
    const byName = await ask(`q=${encodeURIComponent('Mẫu Thị Ẩn')}`);

    expect(byGoods.products.map(({ producer }) => producer)).to.deep.equal([null]);
    expect(byName.products.map(({ name }) => name)).to.not.include('Bánh khảo Mẫu');
    expect(byName.producers).to.deep.equal([]);
  });

  it('knows nothing of producers that nobody has approved', async () => {
    const unapproved = await aProducer(app, { approved: false, parts: { legalName: 'Hợp tác xã Chưa Duyệt' } });
    await product(unapproved, 'Hạt dổi Mẫu');
    await followCatalog(app.db, app.deps.clock());

    expect(await names('hat doi')).to.not.include('Hạt dổi Mẫu');
  });

  it('makes nothing anew where nothing has changed', async () => {
    await followCatalog(app.db, app.deps.clock());

    expect(await followCatalog(app.db, app.deps.clock())).to.deep.equal({ made: 0 });
  });

  it('keeps what was asked in the form, escaped, and takes junk as not asked', async () => {
    const typed = '"><script>alert(1)</script>{{constructor}}\u202E';
    const { status, text } = await app
      .as(undefined)
      .page(`/search?q=${encodeURIComponent(typed)}&province=zz&stars=9&page=-1&set=x`);
    const long = await app.as(undefined).page(`/search?q=${'a'.repeat(5000)}`);
    const signs = await ask(`q=${encodeURIComponent('.*[(\\')}`);

    expect(status).to.equal(200);
    expect(text).to.not.include('<script>alert').and.not.include('\u202E');
    expect(text).to.include('value="&quot;&gt;&lt;script&gt;');
    expect(long.status).to.equal(200);
    expect(signs.products.length).to.be.greaterThan(0);
  });

  it('is there in English', async () => {
    const { text } = await app.as(undefined).page('/search?q=na&lang=en');

    expect(visibleText(text)).to.include('Find products').and.include('Not OCOP certified');
  });
});
