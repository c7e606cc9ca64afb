// Owners from lists of recognitions: stored once, unclaimed, and never changed by a second import.
import { expect } from 'chai';
import { importProducers, producerIdsByImportKey } from '../../src/producers/producers.import.service.ts';
import { producerModel } from '../../src/producers/producers.model.ts';
import { requireProducer } from '../../src/producers/producers.service.ts';
import { AppError } from '../../src/errors.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { anAdmin, anOfficer } from '../support/factories.ts';
import { anImportedProducer } from '../support/factories.producers.ts';

describe('imported producers', () => {
  let app: TestApp;
  const admin = anAdmin();
  const stored = () => producerModel(app.db).countDocuments();

  before(async () => {
    app = await testApp();
  });
  after(() => app.close());

  it('are stored unclaimed with what the list says and nothing else', async () => {
    const imported = anImportedProducer({ kind: 'other' });

    const ids = await importProducers(app.db, admin, [imported], app.deps.clock());

    const producer = await requireProducer(app.db, ids.get(imported.importKey) ?? '');
    expect(producer).to.include({ claim: 'unclaimed', kind: 'other', source: 'Danh sách mẫu', registrationNumber: '' });
    expect(producer.address).to.deep.equal({
      communeCode: '',
      communeName: '',
      provinceCode: '19',
      provinceName: 'Tỉnh Thái Nguyên',
      street: '',
    });
    expect(producer).to.deep.include({ approvals: [], shops: [], sample: false, version: 1 });
  });

  it('are stored once, however often and however concurrently the list comes', async () => {
    const list = Array.from({ length: 5 }, () => anImportedProducer());
    const before = await stored();

    const runs = await Promise.all(
      [1, 2, 3].map(() => importProducers(app.db, admin, [...list, ...list], app.deps.clock())),
    );
    const again = await importProducers(app.db, admin, list, app.deps.clock());

    expect(await stored()).to.equal(before + 5);
    for (const ids of [...runs, again]) expect([...ids].sort()).to.deep.equal([...again].sort());
  });

  it('stay as they are when a later list says something else', async () => {
    const imported = anImportedProducer();
    const first = await importProducers(app.db, admin, [imported], app.deps.clock());

    const second = await importProducers(
      app.db,
      admin,
      [{ ...imported, legalName: 'Tên khác' }, anImportedProducer()],
      app.deps.clock(),
    );

    const id = first.get(imported.importKey) ?? '';
    expect(second.get(imported.importKey)).to.equal(id);
    expect((await requireProducer(app.db, id)).legalName).to.equal('Hợp tác xã Trong Danh Sách');
  });

  it('are found by their key, and keys of nobody are left out', async () => {
    const imported = anImportedProducer();
    const ids = await importProducers(app.db, admin, [imported], app.deps.clock());

    const found = await producerIdsByImportKey(app.db, [imported.importKey, 'không có']);

    expect([...found]).to.deep.equal([...ids]);
  });

  it('come in through administrators alone', async () => {
    const before = await stored();

    const refusal: unknown = await importProducers(
      app.db,
      anOfficer('19'),
      [anImportedProducer()],
      app.deps.clock(),
    ).catch((error: unknown) => error);

    expect(refusal).to.be.instanceOf(AppError).with.property('code', 'not-allowed');
    expect(await stored()).to.equal(before);
  });
});
