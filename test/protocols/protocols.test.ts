// Protocols from the reference file, into a real store, through the API and on their pages.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { auditOf } from '../../src/audit/audit.ts';
import type { ImportFile, ReadRows } from '../../src/importing/importing.types.ts';
import { protocolModel } from '../../src/protocols/protocols.model.ts';
import { protocolFor, protocolsImporter } from '../../src/protocols/protocols.service.ts';
import type { Protocol } from '../../src/protocols/protocols.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aProducerUser, anAdmin, uuidv7 } from '../support/factories.ts';
import { wordsOf } from '../support/forms.ts';
import { referenceFile, skipWithoutReference } from '../support/reference.ts';

const reference = 'data/production-protocols.json';
const file = (value: unknown): ImportFile => ({ name: 'protocols.json', bytes: Buffer.from(JSON.stringify(value)) });
const valuesOf = ({ rows }: ReadRows<Protocol>): Protocol[] => rows.flatMap(({ value }) => value ?? []);
const faultsOf = ({ rows, faults }: ReadRows<Protocol>) => [
  ...faults.map(({ column, code }) => `${column}: ${code}`),
  ...rows.flatMap((row) => row.faults.map(({ column, code }) => `${row.line} ${column}: ${code}`)),
];

type Json = Record<string, unknown>;

const aStep = (more: Json = {}) => ({
  key: 'bon',
  name: 'Bón phân',
  kind: 'step',
  months: [2, 3],
  duration: null,
  inputs: [{ name: 'phân hữu cơ', amount: 15, unit: 'kg', per: 'hố' }],
  parameters: { pH: '5,5' },
  source: 'mau',
  sourced: true,
  ...more,
});
const aProtocol = (more: Json = {}, step: Json = {}) => ({
  product: 'Na mẫu',
  place: 'Xã Mẫu',
  criteriaSet: 1,
  cycle: 'năm',
  steps: [aStep(step)],
  ...more,
});
/** A made-up file of one protocol. */
const aFile = (protocol: unknown = aProtocol(), more: Json = {}) => ({
  title: 'Mẫu',
  reading: 'Mẫu',
  sources: { mau: { title: 'Nguồn mẫu', url: 'https://mau.example', kind: 'mẫu' } },
  protocols: [protocol],
  diaryForms: { source: 'mau', licence: '', crop: [], mushroomExtra: [], otherBooks: { source: 'mau', books: [] } },
  pesticides: {
    found: false,
    note: '',
    registerSize: { asOf: 'x', source: 'x', fungicides: 'x', herbicides: 'x', banned: 'x' },
    rules: [],
    testOnly: [],
  },
  ...more,
});

describe('a file of protocols', () => {
  const bad: [what: string, given: unknown, faults: string[]][] = [
    ['a list', [], [': type']],
    ['no protocols', aFile(undefined, { protocols: [] }), ['protocols: too-few']],
    ['an unknown field', { ...aFile(), extra: 1 }, ['extra: unknown']],
    ['a source without title', aFile(undefined, { sources: { mau: { url: null, kind: 'x' } } }), ['sources.mau.title: required']],
    ['an address that is a script', aFile(undefined, { sources: { mau: { title: 'x', url: 'javascript:alert(1)', kind: 'x' } } }), ['sources.mau.url: format']],
    ['diaries of an unknown source', aFile(undefined, { diaryForms: { source: 'khac', licence: '', crop: [], mushroomExtra: [], otherBooks: { source: 'mau', books: [] } } }), ['diaryForms.source: source-unknown']],
    ['a protocol that is no object', aFile(7), ['1 : type']],
    ['a product without name', aFile(aProtocol({ product: '' })), ['1 product: required']],
    ['a set out of range', aFile(aProtocol({ criteriaSet: 0 })), ['1 criteriaSet: too-small']],
    ['no steps', aFile(aProtocol({ steps: [] })), ['1 steps: too-few']],
    ['a month 13', aFile(aProtocol({}, { months: [13] })), ['1 steps[0].months[0]: too-big']],
    ['an unknown kind of step', aFile(aProtocol({}, { kind: 'burn' })), ['1 steps[0].kind: choice']],
    ['a negative amount', aFile(aProtocol({}, { inputs: [{ name: 'x', amount: -1, unit: null, per: null }] })), ['1 steps[0].inputs[0].amount: too-small']],
    ['a step said to be sourced without a source', aFile(aProtocol({}, { source: null })), ['1 steps[0].sourced: sourced-without-source']],
    ['a step of an unknown source', aFile(aProtocol({}, { source: 'khac' })), ['1 steps[0].source: source-unknown']],
    ['a step of a source named as an object has it', aFile(aProtocol({}, { source: 'constructor' })), ['1 steps[0].source: source-unknown']],
    ['the same product twice', aFile(undefined, { protocols: [aProtocol(), aProtocol()] }), ['2 product: twice']],
  ]; // prettier-ignore
  for (const [what, given, faults] of bad)
    it(`is at fault, by its path, for ${what}`, async () => {
      expect(faultsOf(await protocolsImporter.read(file(given)))).to.deep.equal(faults);
    });

  it('may not give trial waiting times as sourced', async () => {
    const { pesticides } = aFile() as { pesticides: Json };
    const testOnly = [{ label: 'x', phiDays: 7, sourced: true }];

    const read = await protocolsImporter.read(file(aFile(undefined, { pesticides: { ...pesticides, testOnly } })));

    expect(faultsOf(read)).to.deep.equal(['pesticides.testOnly[0].sourced: choice']);
  });
});

describe('the reference protocols', () => {
  let app: TestApp;
  let values: Protocol[];

  before(async function () {
    const bytes = readFileSync(skipWithoutReference(this, reference));
    app = await testApp();
    const read = await protocolsImporter.read({ name: 'protocols.json', bytes });
    expect(faultsOf(read)).to.deep.equal([]);
    values = valuesOf(read);
    await protocolsImporter.store(app.db, anAdmin(), values, app.deps.clock());
    await protocolsImporter.store(app.db, anAdmin(), values, app.deps.clock());
  });
  after(() => (referenceFile(reference) === undefined ? undefined : app.close()));

  it('are eight products, the diaries and the pesticide rules, stored once', async () => {
    expect(values.map(({ kind }) => kind)).to.deep.equal([...Array<string>(8).fill('growing'), 'diary', 'pesticides']);
    expect(await protocolModel(app.db).countDocuments({ version: 1 })).to.equal(10);
    expect(new Set(await protocolsImporter.compare(app.db, values))).to.deep.equal(new Set(['same']));
  });

  it('hold 76 steps, of which those without a source are marked', () => {
    const steps = values.flatMap((one) => (one.kind === 'growing' ? one.content.steps : []));

    expect(steps).to.have.length(76);
    expect(steps.filter(({ source }) => source === '')).to.have.length(19);
    expect(steps.filter(({ source, sourced }) => sourced && source === '')).to.deep.equal([]);
  });

  it('are found for a product by its set and name', async () => {
    const title = async (set: number, name: string) => (await protocolFor(app.db, set, name))?.title;

    expect(await title(1, 'Na dai La Hiên')).to.equal('Na (mãng cầu ta)');
    expect(await title(1, 'Bưởi Diễn')).to.equal('Bưởi');
    expect(await title(11, 'Chè xanh Tân Cương')).to.equal('Chè búp và chè xanh');
    expect(await title(1, 'Vải thiều')).to.equal(undefined);
    expect(await title(26, 'Na dai')).to.equal(undefined);
  });

  it('are listed and read by strangers through the API', async () => {
    const list = await app.as(undefined).get('/api/v1/protocols');
    const one = await app.as(undefined).get('/api/v1/protocols/na-mang-cau-ta');

    expect(list.body['items']).to.have.length(10);
    expect(one.status).to.equal(200);
    expect(one.body).to.include({ kind: 'growing', title: 'Na (mãng cầu ta)' });
    const { steps } = one.body['content'] as { steps: Json[] };
    expect(steps.find(({ key }) => key === 'phun')).to.include({ sourced: false, source: '' });
  });

  for (const key of ['khong-co', 'NA', '..%2f', '%00', 'a'.repeat(90)])
    it(`know no ${key.slice(0, 20)}`, async () => {
      expect((await app.as(undefined).get(`/api/v1/protocols/${key}`)).status).to.equal(404);
      expect((await app.as(undefined).page(`/protocols/${key}`)).status).to.equal(404);
    });

  it('have pages in both languages that give no advice', async () => {
    for (const { key, title } of values) {
      const page = await app.as(undefined).page(`/protocols/${key}`);
      const english = await app.as(undefined).page(`/protocols/${key}?lang=en`);

      expect(page.status, key).to.equal(200);
      expect(english.status, key).to.equal(200);
      expect(wordsOf(page.text)).to.contain(title);
      expect(wordsOf(page.text)).to.contain('không phải lời khuyên kỹ thuật');
      expect(wordsOf(page.text)).to.not.match(/null|undefined|\[object|hệ thống/);
    }
  });

  it('show a step without a source as such, and one with a source with its name', async () => {
    const page = (await app.as(undefined).page('/protocols/na-mang-cau-ta')).text;

    const steps = page.split('data-test="step"').map(wordsOf);
    expect(steps.find((step) => step.includes('Bao quả'))).to.contain('chưa có nguồn');
    const planting = steps.find((step) => step.includes('Trồng cây giống'));
    expect(planting).to.contain('Nguồn: Na dai, quy trình trên trang truy xuất Ninh Bình');
    expect(planting).to.contain('phân hữu cơ vi sinh: 15 kg / hố');
    expect(planting).to.not.contain('chưa có nguồn');
  });

  it('never give a trial waiting time as one to keep', async () => {
    const words = wordsOf((await app.as(undefined).page('/protocols/thuoc-bao-ve-thuc-vat')).text);

    expect(words).to.contain('Chỉ để chạy thử, không dùng khi sản xuất chưa có nguồn');
    expect(words).to.contain('không rõ số ngày cách ly');
  });

  it('change with a version and a note', async () => {
    const [first] = values as [Protocol, ...Protocol[]];
    await protocolsImporter.store(app.db, anAdmin(), [{ ...first, title: 'Na' }], app.deps.clock());

    const stored = await protocolModel(app.db).findOne({ key: first.key }).lean();
    expect(stored?.version).to.equal(2);
    expect((await auditOf(app.db, stored?._id ?? ''))[0]?.after).to.deep.equal({ title: 'Na' });
  });

  it('are stored by administrators only', async () => {
    const error = await protocolsImporter
      .store(app.db, aProducerUser(uuidv7()), values, app.deps.clock())
      .catch((thrown: unknown) => thrown);

    expect(error).to.include({ code: 'not-allowed' });
  });
});

describe('protocols before any import', () => {
  it('are an empty list, and a page that says so', async () => {
    const app = await testApp();

    const list = await app.as(undefined).get('/api/v1/protocols');
    const page = await app.as(undefined).page('/protocols');

    expect(list.body).to.deep.equal({ items: [], next: null });
    expect(wordsOf(page.text)).to.contain('Chưa nhập quy trình nào');
    await app.close();
  });
});
