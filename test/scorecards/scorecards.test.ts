// Score cards from the reference file, into a real store, through the API and on their pages.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { auditOf } from '../../src/audit/audit.ts';
import type { ImportFile, ReadRows } from '../../src/importing/importing.types.ts';
import { scoreCardModel } from '../../src/scorecards/scorecards.model.ts';
import {
  odditiesOf,
  scoreCard,
  scoreCardsImporter,
  starsFor,
  sumsOf,
} from '../../src/scorecards/scorecards.service.ts';
import type { Criterion, ScoreCard } from '../../src/scorecards/scorecards.types.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, anOfficer } from '../support/factories.ts';
import { wordsOf } from '../support/forms.ts';
import { referenceFile, skipWithoutReference } from '../support/reference.ts';

const reference = 'data/ocop-criteria-2026.json';
const file = (value: unknown): ImportFile => ({ name: 'cards.json', bytes: Buffer.from(JSON.stringify(value)) });
const valuesOf = ({ rows }: ReadRows<ScoreCard>): ScoreCard[] => rows.flatMap(({ value }) => value ?? []);
const faultsOf = ({ rows, faults }: ReadRows<ScoreCard>) => [
  ...faults.map(({ column, code }) => `${column}: ${code}`),
  ...rows.flatMap((row) => row.faults.map(({ column, code }) => `${row.line} ${column}: ${code}`)),
];

type Json = Record<string, unknown>;

/** A file of one small card, made up for these tests. */
const aFile = (card: Json = {}, frame: Json = {}) => ({
  title: 'Bộ tiêu chí mẫu',
  decision: { number: '00/2026/QĐ-MẪU', date: '2026-05-22', issuer: 'Cơ quan mẫu', annexes: ['Phụ lục I'] },
  source: { repository: 'mau', path: 'mau.html', commit: '0', nature: 'bản mẫu', licence: 'mẫu' },
  productCode: {},
  grades: [{ stars: 5, from: 90, to: 100, toInclusive: true, level: 'quốc gia' }],
  readingRules: [],
  groups: [{ code: 'I', name: 'Nhóm mẫu', sets: [7] }],
  forms: {},
  sets: [aCard(card)],
  ...frame,
});
const option = (text: string, points: number | null, more: Json = {}) => ({
  text,
  points,
  minimumForStars: null,
  ...more,
});
const aCriterion = (more: Json = {}) => ({
  number: '1',
  text: 'TIÊU CHÍ MẪU',
  maxPoints: 3,
  answer: 'oneOf',
  options: [option('Không có', 0), option('Có', 3, { minimumForStars: 4 })],
  ...more,
});
const aCard = (more: Json = {}) => ({
  number: 7,
  group: { code: 'I', name: 'Nhóm mẫu' },
  name: 'Bộ mẫu',
  nameInIndex: 'Bộ mẫu',
  subtitle: '',
  leadAgency: 'Cơ quan mẫu',
  rejectedWhen: null,
  starLegend: null,
  parts: [{ code: 'A', name: 'PHẦN MẪU', maxPoints: 3, pointsInHeading: 3, sections: [aCriterion()] }],
  declaredTotal: 3,
  minimums: { 4: [{ criterion: '1', option: 1 }] },
  traceabilityOptions: [],
  check: {
    declaredParts: { A: 3 },
    sumOfSections: { A: 3 },
    sumOfLeafMaximums: 3,
    leafCriteria: 1,
    options: 2,
    nullPoints: 0,
    addsUp: true,
    problems: [],
  },
  notes: [],
  ...more,
});
const withCriterion = (more: Json) =>
  aFile({ parts: [{ code: 'A', name: 'P', maxPoints: 3, pointsInHeading: 3, sections: [aCriterion(more)] }] });

describe('a file of score cards', () => {
  const bad: [what: string, given: unknown, faults: string[]][] = [
    ['no list of sets', { ...aFile(), sets: undefined }, ['sets: required']],
    ['no sets', aFile({}, { sets: [] }), ['sets: too-few']],
    ['an unknown field beside the sets', { ...aFile(), extra: 1 }, ['extra: unknown']],
    ['an impossible date', aFile({}, { decision: { number: '1', date: '2026-02-30', issuer: 'x', annexes: [] } }), ['decision.date: day']],
    ['a card that is no object', aFile({}, { sets: [null] }), ['1 : type']],
    ['a number as text', aFile({ number: '7' }), ['1 number: number']],
    ['a misspelt field', aFile({ nane: 'x' }), ['1 nane: unknown']],
    ['a name too long', aFile({ name: 'a'.repeat(301) }), ['1 name: too-long']],
    ['NUL in a name', aFile({ name: 'a\u0000b' }), ['1 name: characters']],
    ['points that are no whole number', withCriterion({ options: [option('a', 0), option('b', 1.5)] }), ['1 parts[0].sections[0].options[1].points: type']],
    ['points as text', withCriterion({ options: [option('a', 0), { ...option('b', 1), points: '1' }] }), ['1 parts[0].sections[0].options[1].points: number']],
    ['negative points', withCriterion({ options: [option('a', 0), option('b', -1)] }), ['1 parts[0].sections[0].options[1].points: too-small']],
    ['points beyond the maximum', withCriterion({ options: [option('a', 0), option('b', 13)] }), ['1 parts[0].sections[0]: points-beyond-maximum']],
    ['options without an answer', withCriterion({ answer: undefined }), ['1 parts[0].sections[0]: criterion-form']],
    ['an answer of another kind', withCriterion({ answer: 'many' }), ['1 parts[0].sections[0].answer: choice']],
    ['a mark on an option that is not there', aFile({ minimums: { 4: [{ criterion: '1', option: 2 }] } }), ['1 minimums: option-unknown']],
    ['the same set twice', aFile({}, { sets: [aCard(), aCard()] }), ['2 number: twice']],
  ]; // prettier-ignore
  for (const [what, given, faults] of bad)
    it(`is at fault, by its path, for ${what}`, async () => {
      expect(faultsOf(await scoreCardsImporter.read(file(given)))).to.deep.equal(faults);
    });

  it('keeps points that can’t be read as such, with what is printed, and never as 0', async () => {
    const options = [option('a', null), option('b', null, { printedPoints: '13' }), option('c', 3)];

    const [card] = valuesOf(await scoreCardsImporter.read(file(withCriterion({ options }))));

    const read = card?.parts[0]?.sections[0]?.options.map(({ points, printedPoints }) => [points, printedPoints]);
    expect(read).to.deep.equal([[null, ''], [null, '13'], [3, '']]); // prettier-ignore
    expect(card === undefined ? [] : odditiesOf(card).map(({ kind }) => kind)).to.deep.equal([
      'points-unread',
      'points-unread',
    ]);
  });

  it('says in the report that a card is unclear', async () => {
    const read = await scoreCardsImporter.read(file(withCriterion({ maxPoints: null, printedPoints: '4\n1' })));

    expect(read.rows[0]?.remarks).to.deep.equal(['card-unclear']);
  });
});

describe('the reference score cards', () => {
  let app: TestApp;
  let values: ScoreCard[];
  const card = (set: number): ScoreCard => values.find((one) => one.set === set)!;

  before(async function () {
    this.timeout(30_000);
    const bytes = readFileSync(skipWithoutReference(this, reference));
    app = await testApp();
    values = valuesOf(await scoreCardsImporter.read({ name: 'cards.json', bytes }));
    await scoreCardsImporter.store(app.db, anAdmin(), values, app.deps.clock());
    await scoreCardsImporter.store(app.db, anAdmin(), values, app.deps.clock());
  });
  after(() => (referenceFile(reference) === undefined ? undefined : app.close()));

  it('are 26, stored once, and the same when they come again', async () => {
    expect(values.map(({ set }) => set)).to.deep.equal(Array.from({ length: 26 }, (_, place) => place + 1));
    expect(await scoreCardModel(app.db).countDocuments({ version: 1 })).to.equal(26);
    expect(new Set(await scoreCardsImporter.compare(app.db, values))).to.deep.equal(new Set(['same']));
  });

  it('add up as the transcriber found, each by its own criteria', () => {
    const file = referenceFile(reference) ?? '';
    const { sets } = JSON.parse(readFileSync(file, 'utf8')) as {
      sets: { number: number; check: { sumOfLeafMaximums: number | null; leafCriteria: number; options: number; nullPoints: number } }[]; // prettier-ignore
    };

    for (const { number, check } of sets)
      expect(sumsOf(card(number)), `set ${number}`).to.deep.equal({
        criteria: check.leafCriteria,
        options: check.options,
        unread: check.nullPoints,
        sum: check.sumOfLeafMaximums,
      });
    expect(values.filter((one) => sumsOf(one).sum === 100)).to.have.length(25);
  });

  it('state what is odd in sets 4, 23 and 26', () => {
    const kinds = (set: number) => odditiesOf(card(set)).map((odd) => odd.kind);

    expect(kinds(1)).to.deep.equal([]);
    expect(odditiesOf(card(4))).to.deep.include({
      kind: 'points-unread',
      criterion: '7',
      option: 'Có trên 2 chỉ tiêu',
      printed: '13',
    });
    expect(kinds(23)).to.deep.equal(['same-points', 'maximum-unread']);
    expect(odditiesOf(card(26))).to.deep.equal([{ kind: 'heading-differs', part: 'A', heading: 35, column: 40 }]);
  });

  it('give the grades of the decision', () => {
    const stars = [100, 90, 89, 70, 69, 50, 30, 0].map((points) => starsFor(card(1).grades, points));

    expect(stars).to.deep.equal([5, 5, 4, 4, 3, 3, 2, 1]);
  });

  it('are listed to strangers through the API, and read in full', async () => {
    const list = await app.as(undefined).get('/api/v1/score-cards');
    const one = await app.as(undefined).get('/api/v1/score-cards/4');

    expect(list.status).to.equal(200);
    expect(list.body['items']).to.have.length(26);
    expect((list.body['items'] as Json[])[3]).to.include({ set: 4, unread: 2, sum: 100, decision: '26/2026/QĐ-TTg' });
    const criteria = (one.body['parts'] as { sections: Criterion[] }[]).flatMap(({ sections }) => sections);
    const seventh = criteria.find(({ number }) => number === '7');
    expect(seventh?.options.at(-1)).to.include({ points: null, printedPoints: '13' });
  });

  for (const set of ['0', '27', '100', 'x', '1.5', '%00', '-1'])
    it(`have no set ${set}`, async () => {
      const answer = await app.as(undefined).get(`/api/v1/score-cards/${set}`);

      expect(answer.status).to.equal(404);
      expect(answer.body['type']).to.equal('/problems/score-card-not-found');
      expect((await app.as(undefined).page(`/score-cards/${set}`)).status).to.equal(404);
    });

  it('have a page that lists them by group, with what is unclear', async () => {
    const page = await app.as(undefined).page('/score-cards');

    const words = wordsOf(page.text);
    expect(page.status).to.equal(200);
    expect(page.text.match(/data-test="card"/g)).to.have.length(26);
    expect(words).to.contain('VI. Dịch vụ du lịch cộng đồng');
    expect(words).to.contain('bản chép HTML của bên thứ ba, không phải bản ký');
  });

  for (const { set } of Array.from({ length: 26 }, (_, place) => ({ set: place + 1 })))
    it(`have a page for set ${set} in both languages with all its options`, async () => {
      const page = await app.as(undefined).page(`/score-cards/${set}`);
      const english = await app.as(undefined).page(`/score-cards/${set}?lang=en`);

      expect(page.status).to.equal(200);
      expect(english.status).to.equal(200);
      expect(wordsOf(page.text)).to.contain(card(set).name);
      expect(page.text.includes('data-test="unclear"')).to.equal(card(set).notes.length > 0);
      expect(wordsOf(page.text)).to.not.match(/null|undefined|\[object/);
    });

  it('show on the page of set 4 what is printed and that it can’t be read', async () => {
    const words = wordsOf((await app.as(undefined).page('/score-cards/4')).text);

    expect(words).to.contain('in "13", chưa đọc được');
    expect(words).to.contain('ô điểm để trống');
    expect(words).to.contain('in 13 điểm, vượt tối đa 3');
  });

  it('change with a version and a note when the text of the same decision is corrected', async () => {
    const mended = { ...card(26), notes: ['Đã so với bản ký'] };

    expect(await scoreCardsImporter.compare(app.db, [mended])).to.deep.equal(['changed']);
    await scoreCardsImporter.store(app.db, anAdmin(), [mended], app.deps.clock());

    const stored = await scoreCardModel(app.db).findOne({ set: 26 }).lean();
    expect(stored?.version).to.equal(2);
    expect((await auditOf(app.db, stored?._id ?? ''))[0]?.after).to.deep.equal({ notes: ['Đã so với bản ký'] });
  });

  it('stay beside those of a later decision, which is the one in force', async () => {
    const later = { ...card(25), decision: '99/2028/QĐ-TTg', decidedOn: '2028-01-01', name: 'Động vật cảnh (mới)' };
    await scoreCardsImporter.store(app.db, anAdmin(), [later], app.deps.clock());

    expect((await scoreCard(app.db, 25)).name).to.equal('Động vật cảnh (mới)');
    expect(await scoreCardModel(app.db).countDocuments({ set: 25 })).to.equal(2);
    const list = await app.as(undefined).get('/api/v1/score-cards');
    expect(list.body['items']).to.have.length(26);
  });

  it('are stored by administrators only', async () => {
    const error = await scoreCardsImporter
      .store(app.db, anOfficer(), values, app.deps.clock())
      .catch((thrown: unknown) => thrown);

    expect(error).to.include({ code: 'not-allowed' });
  });
});

describe('score cards before any import', () => {
  it('are an empty list, and a page that says so', async () => {
    const app = await testApp();

    const list = await app.as(undefined).get('/api/v1/score-cards');
    const page = await app.as(undefined).page('/score-cards');

    expect(list.body).to.deep.equal({ items: [], next: null });
    expect(page.status).to.equal(200);
    expect(wordsOf(page.text)).to.contain('Chưa nhập bộ tiêu chí nào');
    await app.close();
  });
});
