// The public map: numbers that agree with the verdicts of the day, a country with its islands, and nothing of what is not public.
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { followCatalog } from '../../src/catalog/catalog.entries.service.ts';
import { aVerifiedStar } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { realBoundaries } from '../support/factories.boundaries.ts';
import { twoCommunes } from '../support/factories.outlines.ts';
import { aProducer } from '../support/factories.producers.ts';
import { aProduct } from '../support/factories.products.ts';
import { sendDecision } from '../support/factories.stored-certificates.ts';
import { axeFaults, openPhone, sidewaysScroll, startBrowser } from '../support/phone.ts';
import { skipWithoutReference } from '../support/reference.ts';

type Feature = {
  properties: {
    code: string;
    name: string;
    products: number;
    starred: number;
    stars: Record<string, number>;
    href: string;
  };
  geometry: { coordinates: [number, number][][][] };
};

const visibleText = (html: string): string =>
  html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

/** What the list says of one place. */
const lineOf = (html: string, place: string): string =>
  [...html.matchAll(/<li><a class="mot"[\s\S]*?<\/li>/g)]
    .map(([line]) => visibleText(line))
    .find((line) => line.includes(place)) ?? '';

describe('the public map', function () {
  this.timeout(60_000);
  let app: TestApp;
  let farm: Awaited<ReturnType<typeof aProducer>>;
  let starredProduct: Awaited<ReturnType<typeof aProduct>>;
  let certificateId: string;
  const page = async (query = ''): Promise<string> => {
    const { status, text } = await app.as(undefined).page(`/map${query}`);
    expect(status).to.equal(200);
    return text;
  };
  const features = async (query = ''): Promise<Feature[]> => {
    const { status, body, headers } = await app.as(undefined).get(`/map.geojson${query}`);
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.match(/^application\/geo\+json/);
    return body['features'] as Feature[];
  };
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
    const household = await aProducer(app, { parts: { kind: 'household', legalName: 'Hộ bà Mẫu Thị Ẩn' } });
    const unapproved = await aProducer(app, { approved: false, parts: { legalName: 'Hợp tác xã Chưa Duyệt' } });
    starredProduct = await product(farm, 'Na dai Mẫu');
    await product(farm, 'Miến dong Mẫu', { ocopSet: 11 });
    await product(household, 'Bánh khảo Mẫu');
    await product(unapproved, 'Hạt dổi Mẫu');
    const lot = { owner: farm.owner, officer: farm.officer, product: starredProduct } as LabelledLot;
    certificateId = await aVerifiedStar(app, lot, {
      issuedOn: '2023-11-20',
      lastDayPrinted: '2026-11-20',
      number: 'K16',
    });
    await followCatalog(app.db, app.deps.clock());
  });
  after(() => app.close());

  it('lists the provinces with their numbers where no outline was imported, and says so', async () => {
    const text = await page();

    expect(text).to.not.include('data-test="drawing"').and.not.include('js/country.js');
    expect(visibleText(text)).to.include('ranh giới đủ 34 tỉnh, thành phố chưa được nhập');
    expect(lineOf(text, 'tỉnh Thái Nguyên')).to.include('Sản phẩm: 3 · Chủ thể: 1').and.include('4 sao: 1');
    expect(visibleText(text)).to.include('tỉnh Cà Mau');
    expect(await features()).to.deep.equal([]);
  });

  it('leads from the country to a province, a commune, its producers and products, and to the search', async () => {
    const country = await page();
    const province = await page('?province=19');
    const commune = await page('?province=19&commune=05740');

    expect(country).to.include('href="/map?province&#x3D;19"');
    expect(province).to.include('href="/map?province&#x3D;19&amp;commune&#x3D;05740"');
    expect(lineOf(province, 'xã La Hiên')).to.include('Sản phẩm: 3');
    expect(commune)
      .to.match(/href="\/o\/hop-tac-xa-nong-san-mau-la-hien-/)
      .and.match(/href="\/p\/na-dai-mau-/);
    expect(commune).to.include('href="/search?province&#x3D;19&amp;commune&#x3D;05740"');
    expect(visibleText(commune)).to.include('OCOP 4 sao, còn hiệu lực đến 20/11/2026');
  });

  it('names no household that did not agree, counts it with no producers, and knows nothing of the unapproved', async () => {
    const text = await page('?province=19&commune=05740');

    expect(text).to.not.include('Mẫu Thị Ẩn').and.not.include('Chưa Duyệt').and.not.include('Hạt dổi');
    expect(visibleText(text)).to.include('Bánh khảo Mẫu').and.include('Sản phẩm: 3 · Chủ thể: 1');
  });

  it('narrows to a set and to stars that count today', async () => {
    const set = lineOf(await page('?set=11'), 'tỉnh Thái Nguyên');
    const four = lineOf(await page('?stars=4'), 'tỉnh Thái Nguyên');
    const five = await page('?stars=5');

    expect(set).to.include('Sản phẩm: 1 ').and.include('Chưa có sao còn hiệu lực').and.not.include('Chủ thể');
    expect(four).to.include('Sản phẩm: 1 ').and.include('Có sao còn hiệu lực: 1 (4 sao: 1)');
    expect(visibleText(five)).to.include('Chưa có gì trong sổ');
  });

  it('agrees with the search on every day from the last one of a star', async () => {
    const seen: [string, boolean, number][] = [];
    for (const day of ['2026-11-19', '2026-11-20', '2026-11-21']) {
      app.setNow(`${day}T12:00:00+07:00`);
      const { body } = await app.as(undefined).get('/api/v1/public/search?stars=4');
      const text = await page('?province=19&stars=4');
      seen.push([day, lineOf(text, 'xã La Hiên').includes('4 sao: 1'), (body['products'] as unknown[]).length]);
    }
    app.setNow('2026-09-04T09:41:00+07:00');

    expect(seen).to.deep.equal([
      ['2026-11-19', true, 1],
      ['2026-11-20', true, 1],
      ['2026-11-21', false, 0],
    ]);
  });

  it('draws the communes of a province whose outlines are known, tinted, and gives no finer place than they', async () => {
    await twoCommunes(app);
    const text = await page('?province=19');
    const all = await features('?province=19');
    const laHien = all.find(({ properties }) => properties.code === '05740');
    const more = all.filter((one) => one !== laHien);

    expect(text).to.match(/<path class="m1" d="M/);
    expect(laHien?.properties).to.include({ code: '05740', name: 'xã La Hiên', products: 3, starred: 1 });
    expect(laHien?.properties.href).to.equal('/map?province=19&commune=05740');
    expect(more.every(({ properties }) => properties.products === 0)).to.equal(true);
    expect(laHien?.geometry.coordinates.flat(2)).to.have.lengthOf(5);
  });

  it('takes what it cannot read as not asked, and another province’s commune as none', async () => {
    const junk = await page('?province=<b>&commune=1&set=99&stars=x&lang=vi');
    const elsewhere = await page('?province=96&commune=05740');

    expect(visibleText(junk)).to.include('Bản đồ sản phẩm OCOP');
    expect(visibleText(elsewhere)).to.include('Sản phẩm OCOP: tỉnh Cà Mau').and.not.include('La Hiên');
  });

  describe('with the real outlines', function () {
    let browser: Browser;
    before(async function () {
      const units = skipWithoutReference(this, 'data/boundaries/units.json');
      const provinces = skipWithoutReference(this, 'data/boundaries/provinces.geojson');
      const communes = skipWithoutReference(this, 'data/boundaries/thai-nguyen-communes.geojson');
      await realBoundaries(app, { units, outlines: [provinces, communes] });
      browser = await startBrowser();
    });
    after(() => browser?.close());

    it('draws the whole country with Hoàng Sa and Trường Sa, each named', async () => {
      const text = await page();
      const all = await features();
      const islandsIn = (code: string, west: number, south: number, east: number, north: number): number =>
        (all.find(({ properties }) => properties.code === code)?.geometry.coordinates ?? []).filter((rings) =>
          rings.flat().every(([x, y]) => x >= west && x <= east && y >= south && y <= north),
        ).length;

      expect(text.match(/<a href="\/map\?province/g)).to.have.lengthOf.at.least(34);
      expect(text)
        .to.match(/<text class="dao"[^>]*>Quần đảo Hoàng Sa</)
        .and.match(/<text class="dao"[^>]*>Quần đảo Trường Sa</);
      expect(all).to.have.lengthOf(34);
      expect(islandsIn('48', 111, 15.4, 113, 17.4)).to.be.at.least(3);
      expect(islandsIn('56', 111, 6.5, 118.2, 12)).to.be.at.least(5);
    });

    it('gives axe-core nothing to say in either language, and needs no scrolling sideways at 320 px and 200 % text', async () => {
      const phone = await openPhone(browser, app, { width: 320 });
      for (const query of ['', '?province=19', '?province=19&commune=05740', '?province=19&lang=en', '?stars=5']) {
        await phone.goto(`/map${query}`);
        expect(await axeFaults(phone), query).to.deep.equal([]);
        expect(await sidewaysScroll(phone), query).to.equal(0);
        expect(await sidewaysScroll(phone, 200), query).to.equal(0);
      }
      await phone.context().close();
    });

    it('becomes a map that zooms on a tap, is walked through by keys, and asks no other host', async () => {
      const phone = await openPhone(browser, app);
      const hosts = new Set<string>();
      phone.on('request', (request) => hosts.add(new URL(request.url()).host));
      await phone.goto('/map?province=19');
      await phone.getByRole('button', { name: 'Mở bản đồ phóng to được' }).click();
      await phone.locator('.ve .song path[role=link]').first().waitFor();
      const laHien = phone.locator('.ve .song path[aria-label^="xã La Hiên"]');
      await laHien.focus();

      expect(await phone.locator('.ve .leaflet-tooltip.ten', { hasText: 'La Hiên' }).innerText()).to.include(
        'Sản phẩm: 3',
      );
      expect(await axeFaults(phone)).to.deep.equal([]);
      await phone.keyboard.press('Enter');
      await phone.waitForURL(/commune=05740/);
      expect([...hosts]).to.deep.equal([new URL(app.url).host]);
      await phone.context().close();
    });

    it('shows the drawing and no button without script', async () => {
      const phone = await openPhone(browser, app, { script: false });
      await phone.goto('/map');

      expect(await phone.locator('svg.nuoc').isVisible()).to.equal(true);
      expect(await phone.locator('.ve button').count()).to.equal(0);
      await phone.context().close();
    });
  });

  describe('after a revocation', () => {
    it('loses a revoked star within the time that pages are kept', async () => {
      app.setNow('2026-09-05T09:00:00+07:00');
      const revoked = {
        kind: 'revoked',
        decisionNumber: '9/QĐ',
        decidedOn: '2026-09-05',
        effectiveOn: '2026-09-05',
        reason: 'Không giữ tiêu chuẩn.',
      };
      expect((await sendDecision(app, farm.officer, certificateId, revoked)).status).to.equal(201);

      expect(lineOf(await page(), 'tỉnh Thái Nguyên')).to.include('Chưa có sao còn hiệu lực');
    });
  });
});
