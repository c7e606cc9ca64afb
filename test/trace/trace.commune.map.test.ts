// The commune's map on the public page: drawn from imported outlines, small, and never finer than the commune.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { drawCommune } from '../../src/trace/trace.commune.map.ts';
import { communeArea, outlinesImporter } from '../../src/units/units.service.ts';
import type { CommuneArea, Outline, OutlineRecord } from '../../src/units/units.types.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin } from '../support/factories.ts';
import { wordsOf } from '../support/forms.ts';
import { skipWithoutReference } from '../support/reference.ts';

const size = { width: 328, height: 216 };

const ring = (west: number, south: number, side: number): number[][] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];

const anOutline = (code: string, name: string, west: number, south: number, side = 0.1): Outline => ({
  code,
  name,
  fullName: code.length === 2 ? `Tỉnh ${name}` : `Xã ${name}`,
  level: code.length === 2 ? 'province' : 'commune',
  geometry: { type: 'Polygon', coordinates: [ring(west, south, side)] },
  bbox: [west, south, west + side, south + side],
});

const anArea = (): CommuneArea => ({
  commune: anOutline('05740', 'La Hiên', 105.9, 21.7),
  neighbours: [
    anOutline('05716', 'Võ Nhai', 106, 21.7),
    anOutline('05700', 'Quang Sơn', 105.8, 21.7),
    anOutline('00001', 'Ở Xa', 107.5, 21.7),
  ],
  province: anOutline('19', 'Thái Nguyên', 105.5, 21.4, 1),
});

const featureOf = ({ code, name, fullName, geometry }: Outline) => ({
  type: 'Feature',
  properties: { code, name, fullName },
  geometry,
});

/** Imports outlines as an administrator does. */
const importOutlines = async (app: TestApp, content: string | Buffer): Promise<void> => {
  const read = await outlinesImporter.read({ name: 'outlines.geojson', bytes: Buffer.from(content) });
  const values = read.rows.flatMap(({ value }): OutlineRecord[] => (value === undefined ? [] : [value]));
  await outlinesImporter.store(app.db, anAdmin(), values, app.deps.clock());
};

const collection = (...outlines: Outline[]): string =>
  JSON.stringify({ type: 'FeatureCollection', features: outlines.map(featureOf) });

describe('the drawing of a commune', () => {
  it('puts the commune in the middle with one diamond, its name, and the neighbours that are seen', () => {
    const drawing = drawCommune(anArea(), size);

    expect(drawing.marks).to.have.length(1);
    expect(drawing.marks[0]?.x).to.be.closeTo(164, 3);
    expect(drawing.name.text).to.equal('Xã La Hiên');
    expect(drawing.neighbours).to.have.length(2);
    expect(drawing.names.map(({ text }) => text)).to.have.members(['Võ Nhai', 'Quang Sơn']);
    expect(drawing.bands).to.have.length(3);
  });

  it('puts the diamonds where public places are, and a scale that fits the degrees', () => {
    const west = { type: 'Point' as const, coordinates: [105.92, 21.75] };
    const north = { type: 'Point' as const, coordinates: [105.95, 21.79] };

    const { marks, scale } = drawCommune(anArea(), size, [west, north]);

    const [one, other] = marks;
    const metresPerPx = scale.metres / scale.px;
    expect(marks).to.have.length(2);
    expect(((one?.y ?? 0) - (other?.y ?? 0)) * metresPerPx).to.be.closeTo(0.04 * 111_320, 100);
    expect(((other?.x ?? 0) - (one?.x ?? 0)) * metresPerPx).to.be.closeTo(0.03 * 111_320 * 0.9288, 100);
    expect(scale.px).to.be.within(25, 75);
  });

  it('marks in the province’s corner where the commune lies', () => {
    const { inset } = drawCommune(anArea(), size);

    expect(inset?.left).to.be.above(260);
    expect(inset?.x).to.be.within(15, 30);
    expect(inset?.y).to.be.within(20, 40);
    expect(drawCommune({ ...anArea(), province: undefined }, size).inset).to.equal(undefined);
  });

  it('keeps names inside the frame and apart', () => {
    const { names } = drawCommune(anArea(), size);

    for (const { text, x, y } of names) {
      expect(x - text.length * 3.1).to.be.at.least(0);
      expect(x + text.length * 3.1).to.be.at.most(size.width);
      expect(y).to.be.within(10, size.height);
    }
  });

  it('keeps islands of the province that are smaller than a pixel', () => {
    const mainland = ring(108, 15, 1);
    const islands = [ring(112, 16.5, 0.01), ring(112.5, 17, 0.01)];
    const province: Outline = {
      ...anOutline('48', 'Đà Nẵng', 108, 15),
      geometry: { type: 'MultiPolygon', coordinates: [[mainland], ...islands.map((island) => [island])] },
      bbox: [108, 15, 112.51, 17.01],
    };

    const { inset } = drawCommune({ ...anArea(), province }, size);

    expect(inset?.d.match(/h1v1h-1z/g)).to.have.length(2);
  });

  it('stays light for every commune of the reference outlines', async function () {
    this.timeout(60_000);
    const app = await testApp();
    try {
      const communes = readFileSync(skipWithoutReference(this, 'data/boundaries/thai-nguyen-communes.geojson'));
      await importOutlines(app, communes);
      await importOutlines(app, readFileSync(skipWithoutReference(this, 'data/boundaries/provinces.geojson')));
      const { features } = JSON.parse(communes.toString()) as { features: { properties: { code: string } }[] };

      for (const { properties } of features) {
        const area = await communeArea(app.db, properties.code, '19');
        const { d, neighbours, inset, names } = drawCommune(area!, size);

        const weight = d.length + neighbours.join('').length + (inset?.d.length ?? 0);
        expect(weight, area?.commune.name).to.be.within(200, 2700);
        expect(names.length, area?.commune.name).to.be.within(2, 8);
      }
    } finally {
      await app.close();
    }
  });
});

describe('the map of the scan page', () => {
  let app: TestApp;
  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  const mapOf = (html: string): string => /<svg class="ban"[\s\S]*?<\/svg>/.exec(html)?.[0] ?? '';

  it('is a scheme or the producer’s own outlines until the commune’s outline is imported, then the commune', async () => {
    const lot = await aLabelledLot(app, { site: { publicPrecision: 'outline' } });
    const coarse = await aLabelledLot(app, { site: { publicPrecision: 'commune' } });
    const before = await app.as(undefined).page(coarse.page);
    const ownOutlines = await app.as(undefined).page(lot.page);

    const area = anArea();
    await importOutlines(app, collection(area.commune, ...area.neighbours.slice(0, 2), area.province!));
    // Outlines change once in years: a page in memory shows the new ones after a minute.
    app.setNow('2026-09-04T09:43:00+07:00');
    const page = await app.as(undefined).page(lot.page);
    const english = await app.as(undefined).page(`${coarse.page}?lang=en`);

    expect(before.text).to.not.contain('data-test="commune-map"');
    expect(wordsOf(before.text)).to.contain('Sơ đồ, không theo tỉ lệ');
    expect(mapOf(ownOutlines.text)).to.contain('Bản đồ nơi sản xuất');
    expect(mapOf(page.text)).to.contain('Bản đồ phác xã La Hiên và các xã giáp ranh, tỉnh Thái Nguyên');
    expect(wordsOf(mapOf(page.text))).to.contain('Võ Nhai');
    expect(Buffer.byteLength(mapOf(page.text))).to.be.within(400, 4096);
    expect(mapOf(english.text)).to.contain('La Hiên commune');
  });

  it('gives away nothing of a plot that is shown by commune only', async () => {
    const [here, there] = await Promise.all(
      [105.91, 105.99].map(async (longitude) => {
        const geometry = { type: 'Point', coordinates: [longitude, 21.75] };
        const lot = await aLabelledLot(app, { site: { geometry, publicPrecision: 'commune' } });
        return mapOf((await app.as(undefined).page(lot.page)).text);
      }),
    );

    expect(here).to.contain('data-test="commune-map"');
    expect(here).to.equal(there);
  });

  it('stands on the larger page too where no outline of a plot is public', async () => {
    const coarse = await aLabelledLot(app, { site: { publicPrecision: 'commune' } });

    const page = await app.as(undefined).page(`${coarse.page}/map`);

    expect(page.status).to.equal(200);
    expect(page.text).to.contain('data-test="commune-map"');
    expect(page.text).to.not.contain('<script');
  });
});
