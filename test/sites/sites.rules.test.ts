// K27: places the right way round, exchanged, in the sea, abroad, unclosed, crossing.
import { expect } from 'chai';
import { AppError } from '../../src/errors.ts';
import type { GivenGeometry } from '../../src/sites/sites.input.ts';
import { areaOf, isSwapped, settleGeometry } from '../../src/sites/sites.rules.ts';
import { squareNearLaHien } from '../support/factories.sites.ts';

const polygon = (...rings: number[][][]): GivenGeometry => ({ type: 'Polygon', coordinates: rings });
const ring = (west: number, south: number, size: number): number[][] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

const refusal = (geometry: GivenGeometry): AppError => {
  try {
    settleGeometry(geometry);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('geometry of a site', () => {
  it('is kept longitude first as it came, without heights', () => {
    const settled = settleGeometry(
      polygon(squareNearLaHien.map(([longitude = 0, latitude = 0]) => [longitude, latitude, 312])),
    );

    expect(settled).to.deep.equal({ type: 'Polygon', coordinates: [squareNearLaHien] });
    expect(areaOf(settled)).to.be.within(11_400, 11_500);
  });

  it('is closed where it is not', () => {
    expect(settleGeometry(polygon(squareNearLaHien.slice(0, -1)))).to.deep.equal({
      type: 'Polygon',
      coordinates: [squareNearLaHien],
    });
  });

  it('loses corners that were recorded twice in a row, and runs counterclockwise outside and clockwise in holes', () => {
    const [first = [], ...rest] = squareNearLaHien;
    const hole = [
      [105.9302, 21.7202],
      [105.9304, 21.7202],
      [105.9304, 21.7204],
      [105.9302, 21.7204],
      [105.9302, 21.7202],
    ];

    const settled = settleGeometry(polygon([first, first, ...rest].reverse(), hole));

    expect(settled.type === 'Polygon' && settled.coordinates[0]).to.deep.equal(squareNearLaHien);
    expect(settled.type === 'Polygon' && settled.coordinates[1]).to.deep.equal([...hole].reverse());
  });

  it('has no area as a point', () => {
    const settled = settleGeometry({ type: 'Point', coordinates: [105.93, 21.72] });

    expect(areaOf(settled)).to.equal(0);
  });

  it('counts every plot of several', () => {
    const two: GivenGeometry = {
      type: 'MultiPolygon',
      coordinates: [[ring(105.93, 21.72, 0.001)], [ring(105.94, 21.72, 0.001)]],
    };

    expect(areaOf(settleGeometry(two))).to.be.within(22_800, 23_000);
  });

  it('may be of plots that share a border, or of one in the hole of another', () => {
    const neighbours: GivenGeometry = {
      type: 'MultiPolygon',
      coordinates: [[ring(105.93, 21.72, 0.001)], [ring(105.931, 21.72, 0.001)]],
    };
    const nested: GivenGeometry = {
      type: 'MultiPolygon',
      coordinates: [[ring(105.93, 21.72, 0.004), ring(105.931, 21.721, 0.002)], [ring(105.9315, 21.7215, 0.0005)]],
    };

    expect(() => settleGeometry(neighbours)).to.not.throw();
    expect(() => settleGeometry(nested)).to.not.throw();
  });

  it('is recognised as exchanged and offered the right way round, never taken', () => {
    const error = refusal(polygon(squareNearLaHien.map(([longitude = 0, latitude = 0]) => [latitude, longitude])));

    expect(error.fields['geometry']).to.deep.equal({ code: 'place-swapped', facts: { place: '21.72, 105.93' } });
    expect(error.facts['corrected']).to.deep.equal({ type: 'Polygon', coordinates: [squareNearLaHien] });
    expect(isSwapped({ type: 'Point', coordinates: [21.72, 105.93] })).to.equal(true);
    expect(isSwapped({ type: 'Point', coordinates: [105.93, 21.72] })).to.equal(false);
    expect(isSwapped({ type: 'Point', coordinates: [17.97, 102.6] })).to.equal(false);
  });

  const cut = [
    [105.93, 21.72],
    [105.932, 21.722],
    [105.932, 21.72],
    [105.93, 21.722],
    [105.93, 21.72],
  ];
  const spike = [
    [105.93, 21.72],
    [105.932, 21.72],
    [105.932, 21.722],
    [105.932, 21.721],
    [105.93, 21.722],
    [105.93, 21.72],
  ];
  const pinched = [
    [105.93, 21.72],
    [105.932, 21.72],
    [105.931, 21.721],
    [105.932, 21.722],
    [105.93, 21.722],
    [105.931, 21.721],
    [105.93, 21.72],
  ];
  const table: { what: string; geometry: GivenGeometry; code: string; place?: string }[] = [
    {
      what: 'a point in the sea',
      geometry: { type: 'Point', coordinates: [108.5, 18.5] },
      code: 'place-outside',
      place: '18.5, 108.5',
    },
    {
      what: 'a point in Viêng Chăn',
      geometry: { type: 'Point', coordinates: [102.6, 17.97] },
      code: 'place-outside',
      place: '17.97, 102.6',
    },
    {
      what: 'a point exchanged and abroad',
      geometry: { type: 'Point', coordinates: [17.97, 102.6] },
      code: 'place-outside',
    },
    {
      what: 'a plot with one corner far away',
      geometry: polygon([...squareNearLaHien.slice(0, 3), [95, 21], [105.93, 21.72]]),
      code: 'place-outside',
      place: '21, 95',
    },
    {
      what: 'a plot of which one corner alone is exchanged',
      geometry: polygon([...squareNearLaHien.slice(0, 3), [21.721, 105.93], [105.93, 21.72]]),
      code: 'place-outside',
    },
    { what: 'crossing sides', geometry: polygon(cut), code: 'place-crossing', place: '21.721, 105.931' },
    {
      what: 'a side that runs back over the one before',
      geometry: polygon(spike),
      code: 'place-crossing',
      place: '21.722, 105.932',
    },
    {
      what: 'a ring that touches itself',
      geometry: polygon(pinched),
      code: 'place-crossing',
      place: '21.721, 105.931',
    },
    {
      what: 'three corners on one line',
      geometry: polygon([
        [105.93, 21.72],
        [105.931, 21.72],
        [105.932, 21.72],
      ]),
      code: 'place-crossing',
    },
    {
      what: 'a line there and back',
      geometry: polygon([
        [105.93, 21.72],
        [105.931, 21.72],
        [105.93, 21.72],
      ]),
      code: 'ring-too-short',
    },
    {
      what: 'one corner four times',
      geometry: polygon(Array.from({ length: 4 }, () => [105.93, 21.72])),
      code: 'ring-too-short',
    },
    {
      what: 'a hole beside its plot',
      geometry: polygon(squareNearLaHien, ring(105.94, 21.72, 0.001)),
      code: 'hole-outside',
      place: '21.72, 105.94',
    },
    {
      what: 'a hole across its plot',
      geometry: polygon(squareNearLaHien, ring(105.9303, 21.7195, 0.001)),
      code: 'place-crossing',
    },
    {
      what: 'a plot upon another',
      geometry: { type: 'MultiPolygon', coordinates: [[ring(105.93, 21.72, 0.004)], [ring(105.931, 21.721, 0.001)]] },
      code: 'place-overlap',
    },
    {
      what: 'the same plot twice',
      geometry: { type: 'MultiPolygon', coordinates: [[squareNearLaHien], [squareNearLaHien]] },
      code: 'place-overlap',
    },
    {
      what: 'more than 2000 positions',
      geometry: polygon(Array.from({ length: 2001 }, () => [105.93, 21.72])),
      code: 'too-many-positions',
    },
  ];
  for (const { what, geometry, code, place } of table) {
    it(`is refused for ${what}`, () => {
      const { fields } = refusal(geometry);

      expect(fields['geometry']?.code).to.equal(code);
      if (place !== undefined) expect(fields['geometry']?.facts).to.deep.equal({ place });
    });
  }

  it('may have 2000 positions', () => {
    const circle = Array.from({ length: 1999 }, (_, place) => {
      const angle = (place / 1999) * 2 * Math.PI;
      return [105.93 + 0.01 * Math.cos(angle), 21.72 + 0.01 * Math.sin(angle)];
    });

    const settled = settleGeometry(polygon([...circle, circle[0] ?? []]));

    expect(settled.type === 'Polygon' && settled.coordinates[0]?.length).to.equal(2000);
  });
});
