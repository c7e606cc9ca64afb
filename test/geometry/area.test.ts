// Areas on the ellipsoid against values that are known otherwise.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { polygonsSquareMetres, ringSquareMetres } from '../../src/geometry/area.ts';
import { skipWithoutReference } from '../support/reference.ts';

const share = (measured: number, known: number): number => Math.abs(measured - known) / known;

/** Lengths of a degree at a latitude on WGS 84, from the radii of curvature (Snyder, eq. 4-18 and 4-19). */
const degreeMetres = (latitude: number) => {
  const [a, e2] = [6_378_137, 0.00669437999014];
  const radians = (latitude * Math.PI) / 180;
  const root = 1 - e2 * Math.sin(radians) ** 2;
  return {
    north: ((a * (1 - e2)) / root ** 1.5) * (Math.PI / 180),
    east: (a / Math.sqrt(root)) * Math.cos(radians) * (Math.PI / 180),
  };
};

describe('area on the ellipsoid', () => {
  it('of half the earth is half of the published 510 065 621.724 km²', () => {
    const half = ringSquareMetres([
      [0, -90],
      [180, -90],
      [180, 90],
      [0, 90],
      [0, -90],
    ]);

    expect(share(half, 510_065_621_724_088 / 2)).to.be.below(1e-9);
  });

  for (const latitude of [8.6, 16, 21.72, 23.3]) {
    it(`of 300 m by 200 m at ${latitude}° north is 6 hectares, whichever way round`, () => {
      const { north, east } = degreeMetres(latitude);
      const [width, height] = [300 / east, 200 / north];
      const [west, south] = [105.93, latitude - height / 2];
      const ring = [
        [west, south],
        [west + width, south],
        [west + width, south + height],
        [west, south + height],
        [west, south],
      ];

      expect(share(ringSquareMetres(ring), 60_000)).to.be.below(1e-6);
      expect(share(ringSquareMetres([...ring].reverse()), 60_000)).to.be.below(1e-6);
    });
  }

  it('leaves holes out', () => {
    const outer = [
      [105, 21],
      [105.01, 21],
      [105.01, 21.01],
      [105, 21.01],
      [105, 21],
    ];
    const hole = [
      [105.002, 21.002],
      [105.002, 21.004],
      [105.004, 21.004],
      [105.004, 21.002],
      [105.002, 21.002],
    ];

    expect(polygonsSquareMetres([[outer, hole]])).to.be.closeTo(ringSquareMetres(outer) - ringSquareMetres(hole), 1e-6);
  });

  it('of the 92 communes of Thái Nguyên together is within 0.1 % of the published one', function () {
    const file = skipWithoutReference(this, 'data/boundaries/thai-nguyen-communes.geojson');
    type Feature = {
      properties: { areaKm2: number };
      geometry: { type: string; coordinates: number[][][] | number[][][][] };
    };
    const { features } = JSON.parse(readFileSync(file, 'utf8')) as { features: Feature[] };
    // Neighbours share their simplified borders, so what one outline loses another gains: the sum is exact, a single commune is not.
    const measured = features.flatMap(({ geometry }) =>
      geometry.type === 'Polygon' ? [geometry.coordinates as number[][][]] : (geometry.coordinates as number[][][][]),
    );
    const published = features.reduce((sum, { properties }) => sum + properties.areaKm2, 0);

    expect(features).to.have.length(92);
    expect(share(polygonsSquareMetres(measured) / 1e6, published)).to.be.below(0.001);
  });
});
