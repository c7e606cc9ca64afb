// Administrative units from files, into a real store.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { auditOf } from '../../src/audit/audit.ts';
import type { Db } from '../../src/db/connect.ts';
import { ensureIndexes } from '../../src/db/indexes.ts';
import type { ImportFile, Importer, ReadRows } from '../../src/importing/importing.types.ts';
import { unitModel } from '../../src/units/units.model.ts';
import { communesOf, prepareUnits, unitByCode, unitsByName, unitsImporter } from '../../src/units/units.service.ts';
import type { UnitRecord } from '../../src/units/units.types.ts';
import { aProducerUser, anAdmin, anOfficer, uuidv7 } from '../support/factories.ts';
import { skipWithoutReference } from '../support/reference.ts';
import { freshDatabase, silentLog } from '../support/store.ts';

const file = (content: string | Buffer, name = 'units'): ImportFile => ({ name, bytes: Buffer.from(content) });
const json = (value: unknown): ImportFile => file(JSON.stringify(value));
const valuesOf = <T>({ rows }: ReadRows<T>): T[] => rows.flatMap(({ value }) => value ?? []);
const faultsOf = <T>({ rows, faults }: ReadRows<T>) => [
  ...faults.map(({ column, code }) => `${column}: ${code}`),
  ...rows.flatMap((row) => row.faults.map(({ column, code }) => `${row.line} ${column}: ${code}`)),
];

const thaiNguyen = (...wards: unknown[]) => [{ Code: '19', FullName: 'Tỉnh Thái Nguyên', Wards: wards }];
const laHien = { Code: '05740', FullName: 'Xã La Hiên', ProvinceCode: '19' };

/** Stores as the import does, 200 at a time. */
async function storeAll<T>(db: Db, importer: Importer<T>, values: T[], actor = anAdmin()): Promise<void> {
  for (let from = 0; from < values.length; from += 200)
    await importer.store(db, actor, values.slice(from, from + 200), new Date());
}

describe('an import of administrative units', () => {
  let db: Db;

  beforeEach(async () => {
    db = await freshDatabase();
    prepareUnits(db);
    await ensureIndexes(db, silentLog);
  });

  it('takes all 34 provinces and 3321 communes of the reference list, and nothing more the second time', async function () {
    const read = await unitsImporter.read(file(readFileSync(skipWithoutReference(this, 'data/boundaries/units.json'))));
    const values = valuesOf(read);

    expect(faultsOf(read)).to.deep.equal([]);
    expect(values.filter(({ parentCode }) => parentCode === '')).to.have.length(34);
    expect(values).to.have.length(3355);
    expect(new Set(await unitsImporter.compare(db, values))).to.deep.equal(new Set(['new']));

    await storeAll(db, unitsImporter, values);
    await storeAll(db, unitsImporter, values);

    expect(new Set(await unitsImporter.compare(db, values))).to.deep.equal(new Set(['same']));
    expect(await unitModel(db).countDocuments()).to.equal(3355);
    expect(await unitModel(db).countDocuments({ version: { $gt: 1 } })).to.equal(0);
    expect(await communesOf(db, '19')).to.have.length(92);
    expect((await communesOf(db, '19', 'dong h')).map(({ fullName }) => fullName)).to.deep.equal(['Xã Đồng Hỷ']);
    expect((await unitByCode(db, '06325'))?.fullName).to.equal('Xã Bắc Sơn');
  });

  it('changes a name once, with a version and a note of what was and is', async () => {
    const admin = anAdmin();
    const before = valuesOf(await unitsImporter.read(json(thaiNguyen(laHien))));
    const after = valuesOf(await unitsImporter.read(json(thaiNguyen({ ...laHien, FullName: 'Phường La Hiên' }))));
    await storeAll(db, unitsImporter, before, admin);

    const outcomes = await unitsImporter.compare(db, after);
    await storeAll(db, unitsImporter, after, admin);
    await storeAll(db, unitsImporter, after, admin);

    const stored = await unitModel(db).findOne({ code: '05740' }).lean();
    expect(outcomes).to.deep.equal(['same', 'changed']);
    expect(stored).to.include({ fullName: 'Phường La Hiên', kind: 'ward', version: 2 });
    expect((await unitsByName(db, '19', 'phuong la hien')).map(({ code }) => code)).to.deep.equal(['05740']);
    const notes = await auditOf(db, stored?._id ?? '');
    expect(notes.map(({ actorId, what, before: was, after: is }) => ({ actorId, what, was, is }))).to.deep.equal([
      {
        actorId: admin.userId,
        what: 'unit-imported',
        was: { fullName: 'Xã La Hiên', kind: 'commune' },
        is: { fullName: 'Phường La Hiên', kind: 'ward' },
      },
    ]);
  });

  it('stores each unit once when two administrators import at the same moment', async () => {
    const values = valuesOf(await unitsImporter.read(json(thaiNguyen(laHien))));

    await Promise.all([1, 2, 3].map(() => storeAll(db, unitsImporter, values)));

    expect(await unitModel(db).countDocuments()).to.equal(2);
  });

  for (const actor of [anOfficer(), aProducerUser(uuidv7())])
    it(`is refused to a ${actor.roles[0]?.kind ?? ''}`, async () => {
      const values = valuesOf(await unitsImporter.read(json(thaiNguyen(laHien))));

      const error = await unitsImporter.store(db, actor, values, new Date()).catch((thrown: unknown) => thrown);

      expect(error).to.include({ code: 'not-allowed' });
      expect(await unitModel(db).countDocuments()).to.equal(0);
    });
});

describe('a list of administrative units', () => {
  it('composes decomposed names and writes the kind with a capital', async () => {
    const given = thaiNguyen({ Code: '05740', FullName: 'xã La Hiên'.normalize('NFD') });

    const [, commune] = valuesOf(await unitsImporter.read(json(given)));

    expect(commune).to.include({ name: 'La Hiên', fullName: 'Xã La Hiên', foldedName: 'la hien' });
  });

  const bad: [what: string, given: unknown, faults: string[]][] = [
    ['no list', { Code: '19' }, [': not-a-list']],
    ['an empty list', [], [': file-empty']],
    ['a province that is no object', [7], ['1 [0]: type']],
    ['a province without communes', [{ Code: '19', FullName: 'Tỉnh Thái Nguyên' }], ['1 [0].Wards: required']],
    ['an unknown province', [{ Code: '02', FullName: 'Tỉnh Hà Giang', Wards: [] }], ['1 code: province-code-unknown']],
    ['a commune without code', thaiNguyen({ FullName: 'Xã La Hiên' }), ['2 [0].Wards[0].Code: required']],
    ['a number for a code', thaiNguyen({ ...laHien, Code: 5740 }), ['2 [0].Wards[0].Code: type']],
    ['a code whose zero is lost', thaiNguyen({ ...laHien, Code: '5740' }), ['2 code: zeros-lost']],
    ['a code with letters', thaiNguyen({ ...laHien, Code: '0574O' }), ['2 code: commune-code']],
    ['a query operator for a code', thaiNguyen({ ...laHien, Code: { $gt: '' } }), ['2 [0].Wards[0].Code: type']],
    [
      'a commune of another province',
      thaiNguyen({ ...laHien, ProvinceCode: '20' }),
      ['2 ProvinceCode: parent-differs'],
    ],
    ['a commune without kind', thaiNguyen({ ...laHien, FullName: 'La Hiên' }), ['2 name: unit-kind']],
    ['a district', thaiNguyen({ ...laHien, FullName: 'Huyện Võ Nhai' }), ['2 name: unit-kind']],
    ['a province among communes', thaiNguyen({ ...laHien, FullName: 'Tỉnh La Hiên' }), ['2 name: unit-level']],
    ['NUL in a name', thaiNguyen({ ...laHien, FullName: 'Xã La\u0000Hiên' }), ['2 name: characters']],
    ['a name of 200 letters', thaiNguyen({ ...laHien, FullName: `Xã ${'a'.repeat(200)}` }), ['2 name: too-long']],
    ['the same commune twice', thaiNguyen(laHien, laHien), ['3 code: twice']],
  ];
  for (const [what, given, faults] of bad)
    it(`names the place of ${what}`, async () => {
      expect(faultsOf(await unitsImporter.read(json(given)))).to.deep.equal(faults);
    });

  const rows = ['code,name,parent', '19,Tỉnh Thái Nguyên,', '05740,Xã La Hiên,19'];
  const tables: [what: string, content: Buffer][] = [
    ['commas', Buffer.from(rows.join('\n'))],
    ['a byte order mark, CRLF and a line end at the end', Buffer.from(`\uFEFF${rows.join('\r\n')}\r\n`)],
    [
      'semicolons and quotes',
      Buffer.from(
        rows
          .join('\r\n')
          .replace(/[^,\r\n]+/g, '"$&"')
          .replaceAll(',', ';'),
      ),
    ],
    ['tabs in UTF-16', Buffer.from(`\uFEFF${rows.join('\n').replaceAll(',', '\t')}`, 'utf16le')],
    ['Vietnamese headings', Buffer.from(rows.join('\n').replace('code,name,parent', 'Mã,Tên,Mã tỉnh'))],
    ['decomposed letters', Buffer.from(rows.join('\n').normalize('NFD'))],
  ];
  for (const [what, content] of tables)
    it(`may be a table with ${what}`, async () => {
      const read = await unitsImporter.read(file(content, 'units.csv'));

      expect(faultsOf(read)).to.deep.equal([]);
      expect(valuesOf(read).map(({ code, fullName, parentCode }) => [code, fullName, parentCode])).to.deep.equal([
        ['19', 'Tỉnh Thái Nguyên', ''],
        ['05740', 'Xã La Hiên', '19'],
      ]);
    });

  it('names line and column of what is wrong in a table', async () => {
    const wrong = [
      'code,name,parent',
      '5740,Xã La Hiên,19',
      '05716,Võ Nhai,19',
      '05503,Xã Tân Cương,1',
      '05818,Xã La Bằng',
    ];

    const read = await unitsImporter.read(file(wrong.join('\n'), 'units.csv'));

    expect(faultsOf(read)).to.deep.equal([
      '2 code: zeros-lost',
      '3 name: unit-kind',
      '4 parent: zeros-lost',
      '5 : cells-count',
    ]);
    expect(faultsOf(await unitsImporter.read(file('code,name\n19,Tỉnh Thái Nguyên')))).to.deep.equal([
      'parent: heading-missing',
    ]);
  });

  it('reads the good rows beside the bad ones', async () => {
    const read = await unitsImporter.read(json(thaiNguyen({ ...laHien, Code: '5740' }, laHien)));

    expect(valuesOf(read).map(({ code }: UnitRecord) => code)).to.deep.equal(['19', '05740']);
  });

  it('says of a file that it is no JSON or not UTF-8', async () => {
    expect(faultsOf(await unitsImporter.read(file('[{"Code":')))).to.deep.equal([': not-json']);
    expect(faultsOf(await unitsImporter.read(file(Buffer.from([0x5b, 0xc3, 0x28, 0x5d]))))).to.deep.equal([
      ': not-utf8',
    ]);
  });
});
