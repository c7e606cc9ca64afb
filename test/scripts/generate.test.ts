import { expect } from 'chai';
import { issueCode } from '../../src/codes/trace-code.ts';
import { readGtin } from '../../src/codes/gtin.ts';
import type { CodeKey } from '../../src/codes/trace-code.ts';
import { dayOf } from '../../src/days.ts';
import { counterModel, labelRunModel } from '../../src/labels/labels.model.ts';
import { labelGate, runByNumber } from '../../src/labels/labels.service.ts';
import { batchModel } from '../../src/batches/batches.model.ts';
import { requireBatch } from '../../src/batches/batches.service.ts';
import { requireDaysInOrder, requireUnitsWithinQuantity } from '../../src/batches/batches.rules.ts';
import { paths } from '../../src/paths.ts';
import { harvestBreach } from '../../src/steps/steps.guards.rules.ts';
import { journalOf } from '../../src/steps/steps.service.ts';
import { chunksOf, writeChunks } from '../../scripts/generate/chunks.ts';
import type { Chunk } from '../../scripts/generate/chunks.ts';
import type { CollectionName, Documents, Generated } from '../../scripts/generate/documents.ts';
import { fillStore, models } from '../../scripts/generate/fill.ts';
import { drawPictures } from '../../scripts/generate/pictures.ts';
import type { Pictures } from '../../scripts/generate/pictures.ts';
import { recordsOf } from '../../scripts/generate/records.ts';
import { defaults, readSettings } from '../../scripts/generate/settings.ts';
import type { Settings } from '../../scripts/generate/settings.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { freshDatabase, silentLog } from '../support/store.ts';

const settings: Settings = { ...defaults, batches: 120, seed: 7 };

const only = <Name extends CollectionName>(records: readonly Generated[], name: Name): Documents[Name][] =>
  records.flatMap(({ collection, document }) => (collection === name ? [document as Documents[Name]] : []));

/** As the driver stores it: without what is undefined. */
const withoutUndefined = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([name, inner]) => [name, withoutUndefined(inner)]));
};

describe('The generator', () => {
  let pictures: Pictures;
  let records: Generated[];

  before(async () => {
    pictures = await drawPictures(settings);
    records = [...recordsOf(settings, pictures)];
  });

  it('makes the same documents from the same seed and size', async () => {
    const again = [...recordsOf(settings, await drawPictures(settings))];

    expect(JSON.stringify(again)).to.equal(JSON.stringify(records));
  });

  it('makes other documents from another seed', () => {
    const other = [...recordsOf({ ...settings, seed: 8 }, pictures)];

    const ids = new Set(only(records, 'steps').map(({ _id }) => _id));
    expect(only(other, 'steps').filter(({ _id }) => ids.has(_id))).to.be.empty;
  });

  it('makes exactly as many batches as asked for, several a product and several products a producer', () => {
    const batches = only(records, 'batches');

    expect(batches).to.have.lengthOf(settings.batches);
    expect(only(records, 'products').length).to.be.within(5, 12);
    expect(only(records, 'producers').length).to.be.within(1, 4);
    expect(only(records, 'steps').length / batches.length).to.be.within(6, 13);
  });

  it('makes only documents that the schemas of their features accept and store unchanged', async () => {
    const db = await freshDatabase();
    const shapes = new Map(Object.entries(models).map(([name, model]) => [name, model(db)]));

    for (const { collection, document } of records) {
      const Model = shapes.get(collection);
      if (Model === undefined) continue;
      const made = new Model(document as never);
      await made.validate();
      expect(withoutUndefined(made.toObject()), collection).to.deep.equal(withoutUndefined(document));
    }
  });

  it('keeps the waiting times on every plot, and work in the order of its days', () => {
    const steps = only(records, 'steps').map(({ _id, ...step }) => ({ ...step, id: _id }));
    const begun = new Map(only(records, 'batches').map(({ _id, startedOn }) => [_id, startedOn]));
    const sprays = steps.filter(({ kind }) => kind === 'spray');

    expect(sprays).not.to.be.empty;
    for (const step of steps) {
      const ofProducer = sprays.filter(({ producerId }) => producerId === step.producerId);
      if (step.kind === 'harvest') expect(harvestBreach(step, ofProducer)).to.equal(undefined);
      expect(step.doneOn >= (begun.get(step.batchId) ?? '9')).to.equal(true);
      expect(dayOf(step.recordedAt) >= (step.doneUntil ?? step.doneOn)).to.equal(true);
    }
  });

  it('makes batches whose days and units keep the rules', () => {
    const products = new Map(only(records, 'products').map((product) => [product._id, product]));

    for (const batch of only(records, 'batches')) {
      const netContent = products.get(batch.productId)?.netContent ?? { amount: 0, unit: 'kg' as const };
      requireDaysInOrder(batch, settings.until);
      requireUnitsWithinQuantity(batch.unitsMade, batch.quantity, netContent);
    }
  });

  it('gives GTINs of the demonstration prefix only, each once and with its check digit', () => {
    const many = [...recordsOf({ ...settings, batches: 1500 }, pictures)];

    const gtins = only(many, 'products').flatMap(({ gtin14 }) => (gtin14 === '' ? [] : [gtin14]));
    expect(gtins).not.to.be.empty;
    expect(new Set(gtins).size).to.equal(gtins.length);
    for (const gtin of gtins) {
      expect(gtin).to.match(/^0952/);
      expect(readGtin(gtin).ok, gtin).to.equal(true);
    }
  });

  it('takes what is printed from the balance when nothing is a sample', () => {
    const real = [...recordsOf({ ...settings, sample: false }, pictures)];
    const printed = new Map(only(real, 'labelRuns').map(({ batchId, quantity }) => [batchId, quantity]));

    for (const { _id, unitsMade, unitsLeft } of only(real, 'batches'))
      expect(unitsLeft)
        .to.equal(unitsMade - (printed.get(_id) ?? 0))
        .and.be.at.least(0);
  });

  it('reads the options of the command line and names a wrong one', () => {
    expect(readSettings({ batches: '50', seed: '0' })).to.include({ batches: 50, seed: 0 });
    expect(() => readSettings({ batches: '-1' })).to.throw('--batches');
    expect(() => readSettings({ seed: 'seven' })).to.throw('--seed');
    expect(() => readSettings({ until: '2026-02-30' })).to.throw('--until');
  });
});

describe('Writing what is generated', () => {
  let pictures: Pictures;

  before(async () => {
    pictures = await drawPictures(settings);
  });

  const sized = async (batches: number) => {
    const given = { ...settings, batches };
    let [made, written, mostAtHand, writing, mostWriting] = [0, 0, 0, 0, 0];
    function* counted() {
      for (const record of recordsOf(given, pictures)) {
        made += 1;
        mostAtHand = Math.max(mostAtHand, made - written);
        yield record;
      }
    }
    const write = async ({ documents }: Chunk): Promise<void> => {
      mostWriting = Math.max(mostWriting, (writing += 1));
      await new Promise((resolve) => setImmediate(resolve));
      writing -= 1;
      written += documents.length;
    };
    const counts = await writeChunks(chunksOf(counted(), 20), write, 3);
    return { counts, made, written, mostAtHand, mostWriting };
  };

  it('holds no more documents at hand for a large store than for a small one', async () => {
    const small = await sized(100);
    const large = await sized(1000);

    expect(large.written)
      .to.equal(large.made)
      .and.be.greaterThan(small.written * 8);
    expect(large.counts.batches).to.equal(1000);
    // Three chunks being written, one waiting, and at most one being gathered for each collection.
    const bound = 20 * (3 + 1 + Object.keys(large.counts).length);
    expect(small.mostAtHand).to.be.at.most(bound);
    expect(large.mostAtHand).to.be.at.most(bound);
    expect(large.mostWriting).to.equal(3);
  });

  it('stops at the first failure and reports it', async () => {
    const write = ({ collection }: Chunk): Promise<void> =>
      collection === 'steps' ? Promise.reject(new Error('the disk is full')) : Promise.resolve();

    const outcome = await writeChunks(chunksOf(recordsOf(settings, pictures), 50), write, 2).catch(
      (error: unknown) => error,
    );

    expect(outcome).to.be.an('error').with.property('message', 'the disk is full');
  });
});

describe('A generated store', () => {
  let app: TestApp;
  let codeKey: CodeKey;
  const given = { ...settings, batches: 60 };

  before(async () => {
    app = await testApp();
    codeKey = app.deps.keys.codeKey;
    await fillStore(app.db, given, { log: silentLog });
  });
  after(() => app.close());

  const firstRun = async () => {
    const run = await labelRunModel(app.db).findOne().sort({ runNumber: 1 }).lean();
    return run ?? expect.fail('no label run');
  };

  it('answers the scan page of a lot code with its lot, its picture and its journal', async () => {
    const run = await firstRun();
    const batch = await requireBatch(app.db, run.batchId);

    const page = await app.as(undefined).page(paths.scan(issueCode(codeKey, { run: run.runNumber, unit: 0 })));

    expect(page.status).to.equal(200);
    expect(page.text).to.contain(batch.lotNumber).and.contain('DỮ LIỆU MẪU');
    const picture = /\/files\/[0-9a-f-]+\/\d+\.webp/.exec(page.text)?.[0] ?? expect.fail('no picture');
    expect((await app.as(undefined).page(picture)).status).to.equal(200);
  });

  it('lets the services read every journal, and leaves nothing to want for labels that were printed', async () => {
    for (const { _id } of await batchModel(app.db).find().limit(20).lean())
      expect(await journalOf(app.db, _id)).not.to.be.empty;
    const run = await firstRun();

    expect(await labelGate(app.db, await requireBatch(app.db, run.batchId))).to.deep.equal([]);
  });

  it('goes on counting label runs behind the generated ones', async () => {
    const counter = await counterModel(app.db).findById('labelRun').lean();

    expect(counter?.value).to.equal(given.batches);
    expect(await runByNumber(app.db, given.batches + 1)).to.equal(undefined);
  });

  it('refuses to write the same seed twice', async () => {
    const outcome = await fillStore(app.db, given, { log: silentLog }).catch((error: unknown) => error);

    expect(outcome).to.be.an('error').with.property('message').that.contains('--seed');
    expect(await batchModel(app.db).countDocuments()).to.equal(given.batches);
  });

  it('takes records of another seed beside what is there', async () => {
    const { settings: second } = await fillStore(app.db, { ...given, seed: 99 }, { log: silentLog });

    expect(second.firstRun).to.equal(given.batches + 1);
    expect(await batchModel(app.db).countDocuments()).to.equal(2 * given.batches);
  });
});
