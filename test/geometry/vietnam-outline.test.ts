// The coarse outline holds all of Viet Nam and none of the cities around it.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isInVietNam } from '../../src/geometry/vietnam-outline.ts';
import { skipWithoutReference } from '../support/reference.ts';

type Nested = number[] | Nested[];
const positions = (nested: Nested): number[][] =>
  typeof nested[0] === 'number' ? [nested as number[]] : (nested as Nested[]).flatMap(positions);

describe('outline of Viet Nam', () => {
  it('holds every corner of every province, islands included', function () {
    const file = skipWithoutReference(this, 'data/boundaries/provinces.geojson');
    const { features } = JSON.parse(readFileSync(file, 'utf8')) as {
      features: { geometry: { coordinates: Nested } }[];
    };
    const corners = features.flatMap(({ geometry }) => positions(geometry.coordinates));

    const outside = corners.filter(([longitude = 0, latitude = 0]) => !isInVietNam(longitude, latitude));

    expect(corners.length).to.be.above(3000);
    expect(outside).to.deep.equal([]);
  });

  const islands = {
    'Phú Quốc': [103.98, 10.22],
    'Bạch Long Vĩ': [107.73, 20.13],
    'Phú Quý': [108.94, 10.52],
    'Côn Đảo': [106.6, 8.69],
    'Thổ Chu': [103.48, 9.31],
    'Hoàng Sa': [111.6, 16.53],
    'Trường Sa Lớn': [111.92, 8.64],
    'Lý Sơn': [109.12, 15.38],
    'Cô Tô': [107.77, 20.98],
  } as const;
  for (const [name, [longitude, latitude]] of Object.entries(islands)) {
    it(`holds ${name}`, () => {
      expect(isInVietNam(longitude, latitude)).to.equal(true);
    });
  }

  const outside = {
    'Viêng Chăn': [102.6, 17.97],
    'Nam Ninh': [108.37, 22.82],
    'Phnôm Pênh': [104.92, 11.56],
    'Hải Khẩu': [110.35, 20.03],
    'the middle of the East Sea': [114, 14],
    'the Gulf of Tonkin': [108.5, 18.5],
    Palawan: [117.6, 8.67],
    'null island': [0, 0],
    'a place turned round': [21.72, 105.93],
  } as const;
  for (const [name, [longitude, latitude]] of Object.entries(outside)) {
    it(`leaves ${name} out`, () => {
      expect(isInVietNam(longitude, latitude)).to.equal(false);
    });
  }

  it('leaves every corner of the country out when latitude and longitude are exchanged', function () {
    const file = skipWithoutReference(this, 'data/boundaries/provinces.geojson');
    const { features } = JSON.parse(readFileSync(file, 'utf8')) as {
      features: { geometry: { coordinates: Nested } }[];
    };
    const corners = features.flatMap(({ geometry }) => positions(geometry.coordinates));

    const surviving = corners.filter(([longitude = 0, latitude = 0]) => isInVietNam(latitude, longitude));

    expect(surviving).to.deep.equal([]);
  });
});
