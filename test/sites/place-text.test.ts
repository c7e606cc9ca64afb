import { expect } from 'chai';
import { readPlaceText, swapPositions } from '../../src/sites/place-text.ts';

const point = (longitude: number, latitude: number) => ({ type: 'Point', coordinates: [longitude, latitude] });

describe('pasted place', () => {
  const table: { typed: string; place: unknown }[] = [
    { typed: '21.72, 105.93', place: point(105.93, 21.72) },
    { typed: ' 21.72,105.93 ', place: point(105.93, 21.72) },
    { typed: '21.72 105.93', place: point(105.93, 21.72) },
    { typed: '21,72; 105,93', place: point(105.93, 21.72) },
    { typed: '21,72, 105,93', place: point(105.93, 21.72) },
    { typed: '21.72° N, 105.93° E', place: point(105.93, 21.72) },
    { typed: '105.93° E, 21.72° N', place: point(105.93, 21.72) },
    { typed: '105.93 Đ, 21.72 B', place: point(105.93, 21.72) },
    { typed: '21°43\'12.0"N 105°55\'48.0"E', place: point(105.93, 21.72) },
    { typed: '21°43′12″N 105°55′48″E', place: point(105.93, 21.72) },
    { typed: "21°43.2'N 105°55.8'E", place: point(105.93, 21.72) },
    { typed: "21° 43.2' 105° 55.8'", place: point(105.93, 21.72) },
    { typed: '105.93, 21.72', place: point(21.72, 105.93) },
    { typed: '-21.72, 105.93', place: point(105.93, -21.72) },
    { typed: '21.72 S, 105.93 E', place: point(105.93, -21.72) },
    { typed: '{"type":"Point","coordinates":[105.93,21.72]}', place: point(105.93, 21.72) },
    {
      typed: '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[105.93,21.72]}}',
      place: point(105.93, 21.72),
    },
    {
      typed:
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[105.93,21.72]}}]}',
      place: point(105.93, 21.72),
    },
    { typed: '21.72 N, 105.93 N', place: '21.72 N, 105.93 N' },
    { typed: 'xóm Mẫu', place: 'xóm Mẫu' },
    { typed: '21.72', place: '21.72' },
    { typed: '{"type":', place: '{"type":' },
  ];
  for (const { typed, place } of table) {
    it(`reads ${typed.trim().slice(0, 60)}`, () => {
      expect(readPlaceText(typed)).to.deep.equal(place);
    });
  }

  it('leaves a text that is longer than any pair as it is', () => {
    const long = `21.72${' '.repeat(50_000)}105.93`;

    expect(readPlaceText(long)).to.equal(long);
  });

  it('is turned round position by position', () => {
    expect(
      swapPositions({
        type: 'Polygon',
        coordinates: [
          [
            [21, 105, 3],
            [22, 106],
          ],
        ],
      }),
    ).to.deep.equal({
      type: 'Polygon',
      coordinates: [
        [
          [105, 21],
          [106, 22],
        ],
      ],
    });
    expect(swapPositions('xóm Mẫu')).to.equal('xóm Mẫu');
  });
});
