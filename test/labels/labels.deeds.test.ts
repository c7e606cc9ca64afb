// Who did what to a run: noted once, in one order, however often a file is fetched and however many act at the same moment.
import { expect } from 'chai';
import { requireBatch } from '../../src/batches/batches.service.ts';
import { checkRun } from '../../src/labels/labels.check.service.ts';
import { labelCheckModel, noteProgress, takeLease } from '../../src/labels/labels.checks.model.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { uuidv7 } from '../support/factories.ts';
import { runsOf, typeOf } from '../support/label-runs.ts';
import type { RunClient } from '../support/label-runs.ts';
import { pdfText } from '../support/pdf.ts';

describe('what is done to a label run', function () {
  this.timeout(60_000);
  let app: TestApp;
  let lot: LabelledLot;
  let runs: RunClient;
  const kindsOf = async (id: string) => (await runs.events(id)).map(({ kind }) => kind);
  const unitsLeft = async (): Promise<number> => (await requireBatch(app.db, lot.batch.id)).unitsLeft;

  before(async () => {
    app = await testApp({ baseUrl: 'https://truyxuat.example.vn' });
    lot = await aLabelledLot(app, {
      product: {
        responsibleParty: { name: 'Công ty Ẩm thực Đông Bắc', address: '12 Bến Oánh, tỉnh Thái Nguyên' },
        allergens: 'không có',
      },
    });
    runs = runsOf(app, lot);
  });
  after(() => app.close());

  it('is a first printing when the whole file is first fetched, and nothing when it is fetched again', async () => {
    const id = await runs.aRun();

    const [first, second] = await Promise.all([1, 2].map(() => runs.file(`/label-runs/${id}/sheet`)));
    const third = await runs.file(`/label-runs/${id}/sheet`);

    const printings = (await runs.events(id)).filter(({ format }) => format !== null);
    expect(
      printings.map(({ kind, first: from, last, reason, byUserId }) => [kind, from, last, reason, byUserId]),
    ).to.deep.equal([['printed', 1, 5, '', lot.owner.userId]]);
    expect(
      Buffer.from(third).equals(Buffer.from(first ?? [])) && Buffer.from(third).equals(Buffer.from(second ?? [])),
    ).to.equal(true);
  });

  it('asks for a reason where a part was printed before, and invents none', async () => {
    const id = await runs.aRun();
    await runs.print(id, { first: 1, last: 2 });

    const whole = await app.as(lot.owner).get(`/api/v1/label-runs/${id}/sheet`);

    expect([whole.status, typeOf(whole)]).to.deep.equal([422, 'fields-wrong']);
    expect(JSON.stringify(whole.body)).to.include('Tem này đã in rồi').and.include('printed before');
    expect(await kindsOf(id)).to.have.members(['checked', 'approved', 'printed']);
  });

  it('is a printing and a reprint of two who print the same labels at once: one of them has to say why', async () => {
    const id = await runs.aRun();

    const answers = await Promise.all([runs.print(id), runs.print(id)]);

    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 422]);
    expect((await kindsOf(id)).filter((kind) => kind === 'printed')).to.have.length(1);
  });

  it('gives the units of a label back once, though two void overlapping ranges at once', async () => {
    const before = await unitsLeft();
    const id = await runs.aRun({ quantity: 10 });
    const voiding = (first: number, last: number) =>
      runs.post(`/label-runs/${id}/voidings`, { id: uuidv7(), first, last, reason: 'Tem ướt', goods: 'remain' });

    const answers = await Promise.all([voiding(1, 6), voiding(4, 8), voiding(2, 3), voiding(8, 9)]);

    expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201]);
    expect(answers.reduce((sum, { body }) => sum + Number(body['unitsBack']), 0)).to.equal(9);
    expect(await unitsLeft()).to.equal(before - 10 + 9);
  });

  it('is the same deed when it is sent again later, though more has happened since', async () => {
    const id = await runs.aRun();
    const print = { id: uuidv7(), first: 1, last: 2 };
    await runs.print(id, print);
    await runs.print(id, { first: 1, last: 5, reason: 'Kẹt giấy' });

    const again = await runs.print(id, print);

    expect([again.status, again.body['kind']]).to.deep.equal([201, 'printed']);
    expect((await kindsOf(id)).filter((kind) => kind === 'printed')).to.have.length(1);
  });

  it('is read back by one reader; when that one dies the next goes on where it stopped', async () => {
    const made = await runs.make({ quantity: 20, layout: 'a4-8', approve: false });
    const id = String(made.body['id']);
    const now = app.deps.clock();
    const late = new Date(now.getTime() + 61_000);
    await labelCheckModel(app.db).updateOne({ _id: id }, { $set: { readerId: 'other', leaseUntil: late } });

    const taken = await takeLease(app.db, id, 'me', { now, seconds: 60 });
    await checkRun({ db: app.db, codeKey: app.deps.keys.codeKey, clock: () => now }, id);
    const whileHeld = (await runs.run(id))['state'];
    await labelCheckModel(app.db).updateOne({ _id: id }, { $set: { done: 2, symbols: 16, leaseUntil: now } });
    await checkRun({ db: app.db, codeKey: app.deps.keys.codeKey, clock: () => late }, id);
    const old = await noteProgress(app.db, id, 'other', { done: 1, symbols: 8 }, { now: late, seconds: 60 });

    expect([taken, whileHeld, old]).to.deep.equal([undefined, 'checking', false]);
    const [checked] = await runs.events(id);
    expect(checked).to.include({ kind: 'checked', symbols: 20 });
  });

  it('prints who answers for the goods: name and address where there is room, the name on small cards', async () => {
    const textOf = async (layout: string): Promise<string> => {
      const id = await runs.aRun({ layout, quantity: 1 });
      return (await pdfText(await runs.file(`/label-runs/${id}/sheet`))).join(' ').replace(/\s+/g, ' ');
    };

    const [full, small] = [await textOf('roll-50x70'), await textOf('a4-21')];

    expect(full).to.include('Chịu trách nhiệm về hàng hoá: Công ty Ẩm thực Đông Bắc, 12 Bến Oánh, tỉnh Thái Nguyên.');
    expect(full).to.include('Chất gây dị ứng: không có.');
    expect(small).to.include('Chịu trách nhiệm về hàng hoá: Công ty Ẩm thực Đông Bắc').and.not.include('12 Bến Oánh');
  });
});
