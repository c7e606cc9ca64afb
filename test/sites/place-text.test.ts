import { expect } from 'chai';
import { placeFault, placeText, readPlaceText, swapPositions } from '../../src/sites/place-text.ts';

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
    { typed: '21 độ 43 phút 12 giây Bắc, 105 độ 55 phút 48 giây Đông', place: point(105.93, 21.72) },
    { typed: 'Vĩ độ: 21.72, kinh độ: 105.93', place: point(105.93, 21.72) },
    { typed: 'Vĩ độ 21.72\nKinh độ 105.93', place: point(105.93, 21.72) },
    { typed: 'kinh độ đông 105°55\'48" vĩ độ bắc 21°43\'12"', place: point(105.93, 21.72) },
    { typed: 'N 21°43.2, E 105°55.8', place: point(105.93, 21.72) },
    { typed: 'N21.72 E105.93', place: point(105.93, 21.72) },
    { typed: 'B 21º43’12” Đ 105º55’48”', place: point(105.93, 21.72) },
    { typed: "21°43'12''N, 105°55'48''E", place: point(105.93, 21.72) },
    { typed: '21 43 12 105 55 48', place: point(105.93, 21.72) },
    { typed: '21:43:12N 105:55:48E', place: point(105.93, 21.72) },
    { typed: '21d43m12s N 105d55m48s E', place: point(105.93, 21.72) },
    { typed: '21°43\'12,0" 105°55\'48,0"', place: point(105.93, 21.72) },
    { typed: '21°43\'12"N 105°E', place: point(105, 21.72) },
    { typed: '(21.72, 105.93)', place: point(105.93, 21.72) },
    { typed: '21.72/105.93', place: point(105.93, 21.72) },
    { typed: '21,72,105,93', place: point(105.93, 21.72) },
    { typed: '21,105', place: point(105, 21) },
    { typed: 'geo:21.72,105.93?z=17', place: point(105.93, 21.72) },
    { typed: 'https://www.google.com/maps/@21.72,105.93,17z', place: point(105.93, 21.72) },
    {
      typed: 'https://www.google.com/maps/place/x/@21.7,105.9,17z/data=!3m1!8m2!3d21.72!4d105.93',
      place: point(105.93, 21.72),
    },
    { typed: '21 43 12 105 55', place: '21 43 12 105 55' },
    { typed: "21°61' 105°55'", place: "21°61' 105°55'" },
    { typed: '95 N, 105 E', place: '95 N, 105 E' },
    { typed: '21.72, 105.93, 312', place: '21.72, 105.93, 312' },
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

  const corners = [
    [105.93, 21.72],
    [105.931, 21.72],
    [105.931, 21.721],
  ];
  const lines = '21.72, 105.93\n21.72, 105.931\n21.721, 105.931';

  it('is an outline when it has a corner a line, numbered or not, with the lines of any computer', () => {
    const outline = { type: 'Polygon', coordinates: [corners] };

    expect(readPlaceText(lines)).to.deep.equal(outline);
    expect(readPlaceText(lines.replaceAll('\n', '\r\n'))).to.deep.equal(outline);
    expect(readPlaceText(`\n${lines}\n\n`)).to.deep.equal(outline);
    expect(
      readPlaceText(
        lines
          .split('\n')
          .map((line, place) => `${place + 1}. ${line}`)
          .join('\n'),
      ),
    ).to.deep.equal(outline);
    expect(
      readPlaceText(
        lines
          .split('\n')
          .map((line, place) => `Góc ${place + 1}: ${line}`)
          .join('\n'),
      ),
    ).to.deep.equal(outline);
  });

  it('is several plots when an empty line parts them', () => {
    expect(readPlaceText(`${lines}\n \n${lines}`)).to.deep.equal({
      type: 'MultiPolygon',
      coordinates: [[corners], [corners]],
    });
  });

  it('is several plots when a drawing program made a collection of them', () => {
    const feature = { type: 'Feature', geometry: { type: 'Polygon', coordinates: [corners] } };

    expect(readPlaceText(JSON.stringify({ type: 'FeatureCollection', features: [feature, feature] }))).to.deep.equal({
      type: 'MultiPolygon',
      coordinates: [[corners], [corners]],
    });
  });

  it('stands in the field as it can be read again', () => {
    const ring = [...corners, corners[0] ?? []];
    const places = [
      { type: 'Point' as const, coordinates: [105.93, 21.72] },
      { type: 'Polygon' as const, coordinates: [corners] },
      { type: 'MultiPolygon' as const, coordinates: [[corners], [corners]] },
      { type: 'Polygon' as const, coordinates: [ring, ring] },
    ];
    const closed = [
      places[0],
      { type: 'Polygon' as const, coordinates: [ring] },
      { type: 'MultiPolygon' as const, coordinates: [[ring], [ring]] },
      places[3],
    ];

    for (const [at, place] of closed.entries()) expect(readPlaceText(placeText(place!))).to.deep.equal(places[at]);
    expect(placeText(closed[1]!)).to.equal(lines);
  });

  const faults = [
    { typed: 'xóm Mẫu', fault: { code: 'place', facts: {} } },
    { typed: '{"type":', fault: { code: 'place-json', facts: {} } },
    { typed: `${lines}\nxóm Mẫu`, fault: { code: 'place-line', facts: { line: 4, text: 'xóm Mẫu' } } },
    { typed: '2402345.12 456789.34', fault: { code: 'place-grid', facts: {} } },
    { typed: 'X = 2402345; Y = 456789\nX = 2402350; Y = 456799', fault: { code: 'place-grid', facts: {} } },
  ];
  for (const { typed, fault } of faults) {
    it(`that can't be read says why: ${typed.split('\n').at(-1)}`, () => {
      expect(placeFault(typed)).to.deep.equal(fault);
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
