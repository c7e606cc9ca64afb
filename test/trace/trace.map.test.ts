import { expect } from 'chai';
import { drawMap } from '../../src/trace/trace.map.ts';
import { simplify } from '../../src/geometry/outline.ts';
import { anOrchard } from '../support/factories.trace.ts';

const size = { width: 328, height: 216 };
const numbersOf = (path: string): number[] => [...path.matchAll(/-?\d+/g)].map(([number]) => Number(number));

describe('the drawn map', () => {
  it('draws a public outline inside the frame, with its name and a round scale', () => {
    const drawing = drawMap([anOrchard()], size);

    expect(drawing?.places).to.have.length(1);
    expect(drawing?.places[0]?.d).to.match(/^M\d+ \d+l[-\d ]+z$/);
    expect(drawing?.places[0]?.name).to.equal('Na sườn đồi');
    expect([1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]).to.include(drawing?.scale.metres);
    expect(drawing?.scale.px).to.be.within(40, 101);
  });

  it('draws lengths as they are on the ground at the latitude of the place', () => {
    const north = 21.72;
    const width = 1000 / (111_320 * Math.cos((north * Math.PI) / 180));
    const ring = [
      [105.93, north],
      [105.93 + width, north],
      [105.93 + width, north + 0.001],
      [105.93, north + 0.001],
      [105.93, north],
    ];

    const drawing = drawMap([anOrchard({ geometry: { type: 'Polygon', coordinates: [ring] } })], size);

    const [, , ...steps] = numbersOf(drawing?.places[0]?.d ?? '');
    const widthPx = Math.max(...steps.filter((_, place) => place % 2 === 0).map(Math.abs));
    const pxPerMetre = (drawing?.scale.px ?? 0) / (drawing?.scale.metres ?? 1);
    expect(widthPx / pxPerMetre).to.be.closeTo(1000, 15);
  });

  it('draws nothing of a place that is shown by commune only, not even through the frame', () => {
    const hidden = anOrchard({ publicPrecision: 'commune', name: 'Vườn bà Mẫu' });

    expect(drawMap([hidden], size)).to.equal(undefined);
    expect(drawMap([anOrchard(), hidden], size)).to.deep.equal(drawMap([anOrchard()], size));
  });

  it('draws a point as a diamond without an outline', () => {
    const point = anOrchard({ geometry: { type: 'Point', coordinates: [105.93, 21.72] }, areaSquareMetres: 0 });

    const drawing = drawMap([point], size);

    expect(drawing?.places[0]).to.include({ d: '', x: 164 });
  });

  it('keeps every name inside the frame and off the other names', () => {
    const sites = [0, 1, 2, 3].map((place) =>
      anOrchard({
        name: `Nương số ${place} của tổ sản xuất phía đông`,
        geometry: { type: 'Point', coordinates: [105.93 + place * 0.0001, 21.72] },
      }),
    );

    const places = drawMap(sites, size)?.places ?? [];

    for (const { nameX, nameY, name } of places) {
      expect(name.length).to.be.at.most(22);
      expect(nameX).to.be.within(80, 248);
      expect(nameY).to.be.within(10, 212);
    }
    expect(new Set(places.map(({ nameY }) => nameY)).size).to.equal(places.length);
  });

  it('thins a heavy outline until the drawing stays small', () => {
    const ring = Array.from({ length: 20_001 }, (_, place) => {
      const angle = (place % 20_000) * ((2 * Math.PI) / 20_000);
      const radius = 0.01 + 0.0006 * Math.sin(angle * 400);
      return [105.93 + radius * Math.cos(angle), 21.72 + radius * Math.sin(angle)];
    });

    const drawing = drawMap([anOrchard({ geometry: { type: 'Polygon', coordinates: [ring] } })], size);

    expect(drawing?.places[0]?.d.length).to.be.within(20, 2600);
  });

  it('keeps the corners of a line and drops what lies within the tolerance', () => {
    const line = [
      { x: 0, y: 0 },
      { x: 5, y: 0.3 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
    ];

    expect(simplify(line, 0.8)).to.deep.equal([line[0], line[2], line[3]]);
  });
});
