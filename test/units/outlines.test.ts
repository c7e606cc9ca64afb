// Outlines of administrative units from GeoJSON, into a real store, and what is asked of them.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Db } from '../../src/db/connect.ts';
import { ensureIndexes } from '../../src/db/indexes.ts';
import type { ImportFile, ReadRows } from '../../src/importing/importing.types.ts';
import { auditOf } from '../../src/audit/audit.ts';
import { outlineModel } from '../../src/units/outlines.model.ts';
import {
  communeAt,
  communeOutlinesIn,
  outlineOf,
  outlinesImporter,
  outlinesOfProvince,
  prepareUnits,
} from '../../src/units/units.service.ts';
import type { OutlineRecord } from '../../src/units/units.types.ts';
import { anAdmin, anOfficer } from '../support/factories.ts';
import { skipWithoutReference } from '../support/reference.ts';
import { freshDatabase, silentLog } from '../support/store.ts';

const file = (content: string | Buffer): ImportFile => ({ name: 'outlines.geojson', bytes: Buffer.from(content) });
const collection = (...features: unknown[]): ImportFile =>
  file(JSON.stringify({ type: 'FeatureCollection', features }));

const square = (west: number, south: number, side = 0.1): number[][] => [
  [west, south],
  [west + side, south],
  [west + side, south + side],
  [west, south + side],
  [west, south],
];
const feature = (code: string, name: string, ...rings: number[][][]) => ({
  type: 'Feature',
  properties: { code, name, fullName: `Xã ${name}` },
  geometry: { type: 'Polygon', coordinates: rings },
});
const laHien = feature('05740', 'La Hiên', square(105.9, 21.7));

const valuesOf = ({ rows }: ReadRows<OutlineRecord>): OutlineRecord[] => rows.flatMap(({ value }) => value ?? []);
const faultsOf = ({ rows, faults }: ReadRows<OutlineRecord>) => [
  ...faults.map(({ column, code }) => `${column}: ${code}`),
  ...rows.flatMap((row) => row.faults.map(({ column, code }) => `${row.line} ${column}: ${code}`)),
];

type Collection = { features: { properties: { code: string }; geometry: { type: string; coordinates: unknown[] } }[] };

describe('an import of outlines', () => {
  let db: Db;
  const store = async (values: OutlineRecord[], actor = anAdmin()) => {
    for (let from = 0; from < values.length; from += 200)
      await outlinesImporter.store(db, actor, values.slice(from, from + 200), new Date());
  };

  beforeEach(async () => {
    db = await freshDatabase();
    prepareUnits(db);
    await ensureIndexes(db, silentLog);
  });

  it('takes the 34 provinces with Hoàng Sa and Trường Sa, and nothing more the second time', async function () {
    const read = await outlinesImporter.read(
      file(readFileSync(skipWithoutReference(this, 'data/boundaries/provinces.geojson'))),
    );
    const values = valuesOf(read);

    await store(values);
    await store(values);

    expect(faultsOf(read)).to.deep.equal([]);
    expect(values).to.have.length(34);
    expect(await outlineModel(db).countDocuments({ version: 1 })).to.equal(34);
    expect(new Set(await outlinesImporter.compare(db, values))).to.deep.equal(new Set(['same']));
    expect((await outlineOf(db, '48'))?.bbox[2]).to.be.within(112, 113);
    expect((await outlineOf(db, '56'))?.bbox[2]).to.be.within(117, 118.2);
  });

  it('takes the 92 communes of Thái Nguyên and finds the one at a place, and those around it', async function () {
    const read = await outlinesImporter.read(
      file(readFileSync(skipWithoutReference(this, 'data/boundaries/thai-nguyen-communes.geojson'))),
    );

    await store(valuesOf(read));

    expect(faultsOf(read)).to.deep.equal([]);
    expect(await outlineModel(db).countDocuments({ level: 'commune' })).to.equal(92);
    expect(await communeAt(db, [105.9343, 21.7273])).to.deep.include({ code: '05740', fullName: 'Xã La Hiên' });
    expect(await communeAt(db, [102, 14])).to.equal(undefined);
    const around = await communeOutlinesIn(db, [105.88, 21.69, 106.02, 21.8]);
    expect(around.map(({ name }) => name)).to.include.members(['La Hiên', 'Võ Nhai', 'Quang Sơn', 'Văn Hán']);
    expect((await outlinesOfProvince(db, '19')).map(({ name }) => name)).to.include('La Hiên');
  });

  it('raises a version for another outline, with a note that does not hold its corners', async () => {
    await store(valuesOf(await outlinesImporter.read(collection(laHien))));
    const moved = valuesOf(await outlinesImporter.read(collection(feature('05740', 'La Hiên', square(105.91, 21.7)))));

    expect(await outlinesImporter.compare(db, moved)).to.deep.equal(['changed']);
    await store(moved);

    const stored = await outlineModel(db).findOne({ code: '05740' }).lean();
    expect(stored).to.deep.include({ version: 2, bbox: moved[0]?.bbox });
    const [note] = await auditOf(db, stored?._id ?? '');
    expect(note?.after).to.deep.equal({ geometry: { kept: false } });
  });

  it('is for administrators only', async () => {
    const values = valuesOf(await outlinesImporter.read(collection(laHien)));

    expect(await store(values, anOfficer()).catch((error: unknown) => error)).to.include({ code: 'not-allowed' });
  });
});

describe('a file of outlines', () => {
  const broken: [what: string, change: (file: Collection) => void, faults: string[]][] = [
    [
      'Đà Nẵng without Hoàng Sa',
      ({ features }) => {
        const geometry = features.find(({ properties }) => properties.code === '48')?.geometry;
        geometry?.coordinates.splice(1);
      },
      ['Thành phố Đà Nẵng: hoang-sa-missing'],
    ],
    [
      'Khánh Hoà without Trường Sa',
      ({ features }) => {
        const geometry = features.find(({ properties }) => properties.code === '56')?.geometry;
        geometry?.coordinates.splice(3);
      },
      ['Tỉnh Khánh Hoà: truong-sa-missing'],
    ],
    [
      'the country without either province',
      (whole) => {
        whole.features = whole.features.filter(({ properties }) => !['48', '56'].includes(properties.code));
      },
      ['Thành phố Đà Nẵng: hoang-sa-missing', 'Tỉnh Khánh Hoà: truong-sa-missing'],
    ],
  ];
  for (const [what, change, faults] of broken)
    it(`refuses the whole file for ${what}`, async function () {
      const path = skipWithoutReference(this, 'data/boundaries/provinces.geojson');
      const whole = JSON.parse(readFileSync(path, 'utf8')) as Collection;
      change(whole);

      const read = await outlinesImporter.read(file(JSON.stringify(whole)));

      expect(read.rows).to.deep.equal([]);
      expect(faultsOf(read)).to.deep.equal(faults);
    });

  it('takes a few provinces alone, without asking for islands that are not theirs', async () => {
    const read = await outlinesImporter.read(collection(feature('19', 'Thái Nguyên', square(105.5, 21.5))));

    expect(faultsOf(read)).to.deep.equal([]);
    expect(valuesOf(read)[0]).to.deep.include({ level: 'province', bbox: [105.5, 21.5, 105.6, 21.6] });
  });

  it('closes an open ring and says so', async () => {
    const read = await outlinesImporter.read(collection(feature('05740', 'La Hiên', square(105.9, 21.7).slice(0, 4))));

    expect(read.rows[0]?.remarks).to.deep.equal(['ring-closed']);
    expect(valuesOf(read)[0]?.geometry.coordinates[0]).to.have.length(5);
  });

  it('names the place where an outline crosses itself', async () => {
    const bow = [[105.9, 21.7], [106, 21.8], [106, 21.7], [105.9, 21.8], [105.9, 21.7]]; // prettier-ignore

    const read = await outlinesImporter.read(collection(feature('05740', 'La Hiên', bow)));

    expect(read.rows[0]?.faults).to.deep.equal([
      { column: 'geometry', code: 'place-crossing', facts: { place: '21.75, 105.95' } },
    ]);
  });

  const swapped = square(105.9, 21.7).map(([x = 0, y = 0]) => [y, x]);
  const bad: [what: string, given: ImportFile, faults: string[]][] = [
    ['latitude first', collection(feature('05740', 'La Hiên', swapped)), ['1 geometry: place-swapped']],
    ['ground abroad', collection(feature('05740', 'La Hiên', square(102.5, 14))), ['1 geometry: place-outside']],
    ['metres for degrees', collection(feature('05740', 'La Hiên', square(500_000, 2_400_000))), ['1 geometry: place-outside']],
    ['a line', collection({ ...laHien, geometry: { type: 'LineString', coordinates: square(105.9, 21.7) } }), ['1 geometry.type: choice']],
    ['two corners', collection(feature('05740', 'La Hiên', square(105.9, 21.7).slice(0, 2))), ['1 geometry: ring-too-short']],
    ['no geometry', collection({ ...laHien, geometry: null }), ['1 geometry: type']],
    ['no code', collection({ ...laHien, properties: { name: 'La Hiên' } }), ['1 properties.code: required']],
    ['a code whose zero is lost', collection(feature('5740', 'La Hiên', square(105.9, 21.7))), ['1 properties.code: unit-code']],
    ['a province that is none', collection(feature('02', 'Hà Giang', square(105.9, 21.7))), ['1 properties.code: province-code-unknown']],
    ['the same commune twice', collection(laHien, laHien), ['2 properties.code: twice']],
    ['a text for a number', collection(feature('05740', 'La Hiên', [['a' as never, 21.7]])), ['1 geometry.coordinates[0][0][0]: number']],
    ['a feature that is none', collection(7), ['1 : type']],
    ['no features', collection(), ['features: too-few']],
    ['something else', file('{"type":"Topology"}'), ['type: choice', 'features: required']],
    ['another system', file(JSON.stringify({ type: 'FeatureCollection', features: [laHien], crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3405' } } })), ['crs: not-wgs84']],
    ['no JSON', file('code;name'), [': not-json']],
  ]; // prettier-ignore
  for (const [what, given, faults] of bad)
    it(`refuses ${what}`, async () => {
      expect(faultsOf(await outlinesImporter.read(given))).to.deep.equal(faults);
    });
});
