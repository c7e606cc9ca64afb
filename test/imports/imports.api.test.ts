// Lists through the API into a real store: looked at first, stored by choice, whole or not at all, and once.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { deflateRawSync } from 'node:zlib';
import { auditOf } from '../../src/audit/audit.ts';
import { certificateModel } from '../../src/certificates/certificates.model.ts';
import { importers } from '../../src/imports/imports.kinds.service.ts';
import { hasText } from '../../src/i18n/i18n.ts';
import { importRunModel } from '../../src/imports/imports.model.ts';
import { importRowModel } from '../../src/imports/imports.report.model.ts';
import { finishImports, storeImport } from '../../src/imports/imports.storing.service.ts';
import type { ImportCounts } from '../../src/imports/imports.types.ts';
import { producerModel } from '../../src/producers/producers.model.ts';
import { productModel } from '../../src/products/products.model.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { aProducerUser, anAdmin, anOfficer, uuidv7 } from '../support/factories.ts';
import { aListedRow, csvOf, listedRows, sendList } from '../support/lists.ts';
import { skipWithoutReference } from '../support/reference.ts';

type Row = { line: number; label: string; outcome: string; leftOut: string | null; faults: { message: string }[] };

describe('lists', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await testApp();
  });

  afterEach(() => app.close());

  const store = (id: string, body: object = {}): Promise<ApiAnswer> =>
    app.as(anAdmin()).post(`/api/v1/imports/${id}/storing`, body);
  const stored = async () => ({
    producers: await producerModel(app.db).countDocuments(),
    products: await productModel(app.db).countDocuments(),
    certificates: await certificateModel(app.db).countDocuments(),
  });
  const nothing = { producers: 0, products: 0, certificates: 0 };
  const reportRows = async (id: string, query = ''): Promise<Row[]> => {
    const rows: Row[] = [];
    let after = 0;
    for (;;) {
      const answer = await app.as(anAdmin()).get(`/api/v1/imports/${id}?limit=100&after=${after}${query}`);
      rows.push(...(answer.body['rows'] as Row[]));
      if (answer.body['next'] === null) return rows;
      after = answer.body['next'] as number;
    }
  };

  it('are looked at first, and nothing of them is stored', async () => {
    const sent = await sendList(app, csvOf([...listedRows(3), aListedRow({ id: 'T9', owner: '' })]));

    expect(sent.status).to.equal(201);
    expect(sent.body).to.include({ state: 'planned', kind: 'recognitions', fileName: 'ds.csv' });
    expect(sent.body['counts']).to.deep.include({
      rows: 4,
      new: 3,
      same: 0,
      leftOut: 1,
      faulty: 0,
      reasons: { 'no-owner': 1 },
    });
    expect(await reportRows(sent.id)).to.deep.equal([
      { line: 5, label: 'T9 · Chè mẫu', outcome: 'left-out', leftOut: 'no-owner', faults: [], remarks: [] },
    ]);
    expect(await stored()).to.deep.equal(nothing);
  });

  it('are stored by choice as unclaimed producers, products and certificates without verification', async () => {
    const { id } = await sendList(app, csvOf([aListedRow({ commune_now: 'xã La Hiên', province_now: 'Thái Nguyên' })]));

    const answer = await store(id);

    expect(answer.status).to.equal(200);
    expect(answer.body).to.include({ state: 'done' });
    expect(answer.body['stored']).to.deep.equal({ new: 1, changed: 0, same: 0 });
    const producer = await producerModel(app.db).findOne().lean();
    expect(producer).to.deep.include({ legalName: 'Hợp tác xã Mẫu', claim: 'unclaimed', kind: 'cooperative' });
    expect(producer?.address).to.deep.include({ communeCode: '05740', communeName: 'Xã La Hiên', provinceCode: '19' });
    const certificate = await certificateModel(app.db).findOne().lean();
    expect(certificate).to.deep.include({
      decisionNumber: '12/QĐ-UBND',
      issuerLevel: 'province',
      issuedOn: '2025-08-05',
      lastDayPrinted: '2028-08-05',
      stars: 3,
      enteredByOfficer: false,
    });
    const [note, more] = await auditOf(app.db, id);
    expect(note?.what).to.equal('import-stored');
    expect(more).to.equal(undefined);
  });

  it('are stored once, however often and under whatever name they come', async () => {
    const first = await sendList(app, csvOf(listedRows(3)));
    await store(first.id);
    await store(first.id);

    const again = await sendList(app, `\uFEFF${csvOf(listedRows(3), ';')}`, { name: 'lần hai.csv' });
    const answer = await store(again.id);

    expect(again.body['counts']).to.deep.include({ new: 0, same: 3 });
    expect(answer.body['stored']).to.deep.equal({ new: 0, changed: 0, same: 3 });
    expect(await stored()).to.deep.equal({ producers: 1, products: 3, certificates: 3 });
  });

  it('give one run for one id, and a conflict for another file under it', async () => {
    const id = uuidv7();
    const first = await sendList(app, csvOf(listedRows(2)), { id });

    const same = await sendList(app, csvOf(listedRows(2)), { id });
    const other = await sendList(app, csvOf(listedRows(3)), { id });

    expect(same.status).to.equal(201);
    expect(same.body).to.deep.equal(first.body);
    expect(other.status).to.equal(409);
    expect(other.body['type']).to.contain('id-with-other-content');
    expect(await importRunModel(app.db).countDocuments()).to.equal(1);
  });

  it('give one run for ten sendings under one id at once', async () => {
    const id = uuidv7();

    const sent = await Promise.all(
      Array.from({ length: 10 }, () => sendList(app, csvOf([aListedRow({ owner: '' })]), { id })),
    );

    expect(sent.map(({ status }) => status)).to.deep.equal(Array(10).fill(201));
    expect(await importRunModel(app.db).countDocuments()).to.equal(1);
    expect(await importRowModel(app.db).countDocuments()).to.equal(1);
  });

  describe('with 40 wrong rows of 500', () => {
    const list = (): string => csvOf(listedRows(500, (at) => (at % 12 === 0 && at < 480 ? { stars: '7' } : {})));

    it('store nothing, and name each wrong row with line, column and sentence', async () => {
      const { id, body } = await sendList(app, list());

      const answer = await store(id);

      expect(body['counts']).to.deep.include({ rows: 500, new: 460, faulty: 40 });
      expect(answer.status).to.equal(409);
      expect(answer.body['type']).to.contain('import-has-faults');
      expect(answer.body['faulty']).to.equal(40);
      expect(await stored()).to.deep.equal(nothing);
      const rows = await reportRows(id, '&outcome=faulty');
      expect(rows.map(({ line }) => line)).to.deep.equal(Array.from({ length: 40 }, (_, at) => at * 12 + 2));
      expect(rows[0]?.faults).to.deep.equal([
        {
          column: 'stars',
          code: 'stars',
          message: '"7" không phải hạng sao. Ghi từ 3 đến 5; dưới 3 sao không có quyết định công nhận.',
        },
      ]);
    });

    it('store the 460 others when the wrong ones are left out by choice', async () => {
      const { id } = await sendList(app, list());

      const answer = await store(id, { skipFaulty: true });

      expect(answer.body).to.include({ state: 'done', skipFaulty: true });
      expect(answer.body['stored']).to.deep.equal({ new: 460, changed: 0, same: 0 });
      expect(await stored()).to.deep.equal({ producers: 1, products: 460, certificates: 460 });
    });
  });

  describe('whose storing is cut off in the second piece', () => {
    /** Stores as usual until the second piece, and breaks down there as often as told. */
    const breaking = (times: number) => {
      let left = times;
      return {
        ...importers,
        recognitions: {
          ...importers.recognitions,
          store: async (...given: Parameters<typeof importers.recognitions.store>): Promise<void> => {
            const [, , values] = given;
            const isSecond = JSON.stringify(values[0]).includes('số 200"');
            await importers.recognitions.store(...given);
            if (isSecond && left > 0) {
              left -= 1;
              throw new Error('cut off');
            }
          },
        },
      };
    };
    const begun = async (times: number) => {
      const { id } = await sendList(app, csvOf(listedRows(450)));
      const known = breaking(times);
      const breakDown = await storeImport(app.db, anAdmin(), id, { skipFaulty: false }, app.deps.clock(), known).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(breakDown).to.be.an('error').with.property('message', 'cut off');
      return { id, known };
    };

    it('are running until the rest is carried on, and each row is counted once', async () => {
      const { id } = await begun(1);
      const between = await app.as(anAdmin()).get(`/api/v1/imports/${id}`);

      await finishImports(app.db, app.deps.clock());
      const after = await app.as(anAdmin()).get(`/api/v1/imports/${id}`);

      expect(between.body['run']).to.deep.include({ state: 'running', stored: { new: 200, changed: 0, same: 0 } });
      expect(after.body['run']).to.deep.include({ state: 'done', stored: { new: 450, changed: 0, same: 0 } });
      expect(await stored()).to.deep.equal({ producers: 1, products: 450, certificates: 450 });
      expect(await auditOf(app.db, id)).to.have.length(1);
    });

    it('are carried on by whoever presses store again', async () => {
      const { id } = await begun(1);

      const answer = await store(id);

      expect(answer.body).to.include({ state: 'done' });
      expect(await stored()).to.deep.include({ certificates: 450 });
    });

    it('fail after the fifth time, and may be taken up once more', async () => {
      const { id, known } = await begun(5);
      for (let time = 2; time <= 5; time += 1) {
        const breakDown = await finishImports(app.db, app.deps.clock(), false, known).catch((error: unknown) => error);
        expect(breakDown).to.be.instanceOf(AggregateError);
      }
      const failed = await app.as(anAdmin()).get(`/api/v1/imports/${id}`);

      const answer = await store(id);

      expect(failed.body['run']).to.include({ state: 'failed' });
      expect(answer.body).to.include({ state: 'done' });
    });

    it('wait while another process holds them, unless it has said nothing for two minutes', async () => {
      const { id } = await begun(1);
      const until = new Date(app.deps.clock().getTime() + 60_000);
      await importRunModel(app.db).updateOne({ _id: id }, { $set: { heldUntil: until } });

      await finishImports(app.db, app.deps.clock());
      const held = await importRunModel(app.db).findById(id).lean();
      await finishImports(app.db, new Date(until.getTime() + 1));
      const done = await importRunModel(app.db).findById(id).lean();

      expect(held?.state).to.equal('running');
      expect(done?.state).to.equal('done');
    });
  });

  it('are not said to be stored when a row is not there afterwards', async () => {
    const { id } = await sendList(app, csvOf(listedRows(3)));
    const losing = {
      ...importers,
      recognitions: {
        ...importers.recognitions,
        store: (...[db, actor, values, now]: Parameters<typeof importers.recognitions.store>): Promise<void> =>
          importers.recognitions.store(db, actor, values.slice(1), now),
      },
    };

    const fault: unknown = await storeImport(
      app.db,
      anAdmin(),
      id,
      { skipFaulty: false },
      app.deps.clock(),
      losing,
    ).catch((error: unknown) => error);

    expect(fault).to.be.an('error').with.property('message', '1 of 3 rows were not stored');
    expect((await importRunModel(app.db).findById(id).lean())?.state).to.equal('running');
  });

  it('that come twice at once are stored once', async () => {
    const bytes = csvOf(listedRows(230));
    const sent = await Promise.all([sendList(app, bytes), sendList(app, bytes)]);

    const answers = await Promise.all(sent.map(({ id }) => store(id)));

    expect(answers.map(({ status, body }) => [status, body['state']])).to.deep.equal([
      [200, 'done'],
      [200, 'done'],
    ]);
    expect(await stored()).to.deep.equal({ producers: 1, products: 230, certificates: 230 });
  });

  it('of which one run is stored by two people at once are stored once', async () => {
    const { id } = await sendList(app, csvOf(listedRows(230)));

    const answers = await Promise.all([store(id), store(id)]);

    for (const { status } of answers) expect(status).to.be.oneOf([200, 202]);
    await finishImports(app.db, app.deps.clock());
    expect((await importRunModel(app.db).findById(id).lean())?.stored).to.deep.equal({ new: 230, changed: 0, same: 0 });
    expect(await stored()).to.deep.equal({ producers: 1, products: 230, certificates: 230 });
  });

  it('are for administrators only', async () => {
    const { id } = await sendList(app, csvOf(listedRows(1)));
    const query = `id=${uuidv7()}&kind=recognitions`;
    const csv = { 'content-type': 'text/csv' };

    for (const actor of [anOfficer(), aProducerUser(uuidv7())]) {
      const client = app.as(actor);
      expect((await client.post(`/api/v1/imports?${query}`, 'a', csv)).status).to.equal(403);
      expect((await client.get('/api/v1/imports')).status).to.equal(403);
      expect((await client.get(`/api/v1/imports/${id}`)).status).to.equal(403);
      expect((await client.post(`/api/v1/imports/${id}/storing`, {})).status).to.equal(403);
    }
    const stranger = app.as(undefined);
    expect((await stranger.post(`/api/v1/imports?${query}`, 'a', csv)).status).to.equal(401);
    expect((await stranger.get(`/api/v1/imports/${id}`)).status).to.equal(401);
    expect((await stranger.post(`/api/v1/imports/${id}/storing`, {})).status).to.equal(401);
  });

  it('are listed newest first, page by page', async () => {
    const ids: string[] = [];
    for (let at = 0; at < 3; at += 1) ids.push((await sendList(app, csvOf(listedRows(at + 1)))).id);

    const first = await app.as(anAdmin()).get('/api/v1/imports?limit=2');
    const second = await app.as(anAdmin()).get(`/api/v1/imports?limit=2&after=${String(first.body['next'])}`);

    const idsOf = (answer: ApiAnswer) => (answer.body['items'] as { id: string }[]).map(({ id }) => id);
    expect([...idsOf(first), ...idsOf(second)]).to.deep.equal(ids.reverse());
    expect(second.body['next']).to.equal(null);
  });

  const unreadable: [string, Buffer | string, string][] = [
    ['nothing', '', 'file-empty'],
    ['headings only', 'product_name,owner,stars,status\n', 'file-no-rows'],
    ['a list without a required column', 'product_name,owner,stars\nChè,HTX,3\n', 'heading-missing'],
    ['a workbook that is none', Buffer.from('PK\u0003\u0004...'), 'file-broken'],
    ['a picture', Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(100)]), 'file-not-table'],
  ];
  for (const [what, bytes, code] of unreadable) {
    it(`as ${what} fail as a whole, say why and can't be stored`, async () => {
      const sent = await sendList(app, bytes, { name: 'ds.xlsx' });
      const answer = await store(sent.id);

      expect(sent.status).to.equal(201);
      expect(sent.body['state']).to.equal('failed');
      const [fault] = sent.body['faults'] as { code: string; message: string }[];
      expect(fault?.code).to.equal(code);
      expect(fault?.message).to.not.be.empty;
      expect(answer.status).to.equal(409);
      expect(answer.body['type']).to.contain('import-unreadable');
      expect(await app.db.collection('imports.chunks').countDocuments()).to.equal(0);
    });
  }

  it('as a workbook that unpacks to gigabytes fail without being unpacked', async () => {
    const bomb = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(26), deflateRawSync(Buffer.alloc(10))]);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(3_000_000_000, 24);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(1, 8);
    end.writeUInt32LE(bomb.length, 16);

    const sent = await sendList(app, Buffer.concat([bomb, entry, end]));

    expect((sent.body['faults'] as { code: string }[]).map(({ code }) => code)).to.deep.equal(['file-too-heavy']);
  });

  it('of more than 25 MB are refused', async () => {
    const sent = await sendList(app, Buffer.alloc(25 * 1024 * 1024 + 1, 'x'));

    expect(sent.status).to.equal(413);
    expect(sent.body['type']).to.contain('too-large');
  });

  it('of a type that is no file are refused', async () => {
    expect((await sendList(app, 'a', { type: 'image/png' })).status).to.equal(415);
    expect((await sendList(app, '{}', { type: 'application/json' })).status).to.equal(415);
  });

  const badQueries: [string, string, string][] = [
    ['no id', 'kind=recognitions', '/id'],
    ['an id of another version', 'id=5f6b0c1e-8f6a-4d0b-9a55-0d6a5d6b7c8d&kind=recognitions', '/id'],
    ['no kind', `id=${uuidv7()}`, '/kind'],
    ['an unknown kind', `id=${uuidv7()}&kind=secrets`, '/kind'],
    ['a kind that is a query operator', `id=${uuidv7()}&kind=%7B%22%24gt%22%3A%22%22%7D`, '/kind'],
    ['NUL in the name', `id=${uuidv7()}&kind=units&name=a%00b`, '/name'],
    ['a name that is too long', `id=${uuidv7()}&kind=units&name=${'a'.repeat(201)}`, '/name'],
    ['an unknown field', `id=${uuidv7()}&kind=units&$where=1`, '/$where'],
  ];
  for (const [what, query, pointer] of badQueries) {
    it(`are refused with ${what}`, async () => {
      const answer = await app.as(anAdmin()).post(`/api/v1/imports?${query}`, 'a', { 'content-type': 'text/csv' });

      expect(answer.status).to.equal(422);
      expect((answer.body['errors'] as { pointer: string }[]).map((error) => error.pointer)).to.include(pointer);
    });
  }

  it('are refused to be stored with a body that is not understood, and unknown runs are not there', async () => {
    const { id } = await sendList(app, csvOf(listedRows(1)));
    const admin = app.as(anAdmin());

    for (const body of [{ skipFaulty: 'on' }, { skipFaulty: { $gt: '' } }, { all: true }, []])
      expect((await admin.post(`/api/v1/imports/${id}/storing`, body)).status, JSON.stringify(body)).to.equal(422);
    expect((await admin.post(`/api/v1/imports/${uuidv7()}/storing`, {})).status).to.equal(404);
    expect((await admin.get('/api/v1/imports/nonsense')).status).to.equal(404);
    expect((await admin.get(`/api/v1/imports/${uuidv7()}`)).status).to.equal(404);
    expect((await admin.get(`/api/v1/imports/${id}?after=-1`)).status).to.equal(422);
    expect((await admin.get(`/api/v1/imports/${id}?outcome=none`)).status).to.equal(422);
    expect((await admin.get(`/api/v1/imports/${id}?limit=101`)).status).to.equal(422);
  });

  it('that no run names are dropped after a day, and those of runs are kept', async () => {
    const kept = await sendList(app, csvOf([aListedRow({ owner: '' })]));
    const stray = await sendList(app, csvOf([aListedRow({ owner: '', id: 'T2' })]));
    await importRunModel(app.db).deleteOne({ _id: stray.id });

    await finishImports(app.db, new Date());
    const soon = await importRowModel(app.db).countDocuments();
    await finishImports(app.db, new Date(Date.now() + 2 * 86_400_000));

    expect(soon).to.equal(2);
    expect(await importRowModel(app.db).countDocuments()).to.equal(1);
    expect(await app.db.collection('imports.files').countDocuments()).to.equal(1);
    expect(await reportRows(kept.id)).to.have.length(1);
  });

  it('of the reference give 199 certificates of 197 products of 116 owners, and nothing more the second time', async function () {
    const bytes = readFileSync(skipWithoutReference(this, 'data/ocop-products-sample.csv'));

    const first = await sendList(app, bytes);
    const done = await store(first.id);
    const again = await sendList(app, bytes);
    const doneAgain = await store(again.id);

    expect(first.body['counts']).to.deep.equal({
      rows: 225,
      new: 199,
      changed: 0,
      same: 0,
      leftOut: 26,
      faulty: 0,
      reasons: { 'no-owner': 17, 'no-stars': 9 },
      remarks: {
        'kept-scored': 14,
        'kept-removed': 11,
        'kept-potential': 1,
        'kept-in-scoring': 1,
        'last-day-computed': 5,
      },
    });
    expect(done.body['stored']).to.deep.equal({ new: 199, changed: 0, same: 0 });
    expect(again.body['counts']).to.deep.include({ new: 0, same: 199, leftOut: 26 });
    expect(doneAgain.body['stored']).to.deep.equal({ new: 0, changed: 0, same: 199 });
    expect(await stored()).to.deep.equal({ producers: 116, products: 197, certificates: 199 });
    expect(await reportRows(first.id)).to.have.length(26 + 27 + 5);
  });
});

describe('the reference data', () => {
  const files = [
    ['units', 'data/boundaries/units.json'],
    ['outlines', 'data/boundaries/provinces.geojson'],
    ['outlines', 'data/boundaries/thai-nguyen-communes.geojson'],
    ['score-cards', 'data/ocop-criteria-2026.json'],
    ['protocols', 'data/production-protocols.json'],
  ] as const;

  for (const [kind, file] of files) {
    it(`is stored from ${file} and is all there the second time, every word of the report known`, async function () {
      const bytes = readFileSync(skipWithoutReference(this, file));
      const app = await testApp();

      const first = await sendList(app, bytes, { kind, name: file });
      const done = await app.as(anAdmin()).post(`/api/v1/imports/${first.id}/storing`, {});
      await finishImports(app.db, app.deps.clock());
      const again = await sendList(app, bytes, { kind, name: file });
      const page = await app.as(anAdmin()).page(`/admin/imports/${first.id}`);
      await app.close();

      const counts = first.body['counts'] as ImportCounts;
      expect(first.body['state'], JSON.stringify(first.body['faults'])).to.equal('planned');
      expect(counts.faulty).to.equal(0);
      expect(counts.new).to.be.above(0);
      expect(done.status).to.be.oneOf([200, 202]);
      expect(again.body['counts']).to.deep.include({ new: 0, changed: 0, same: counts.new });
      const said = [...Object.keys(counts.remarks), ...Object.keys(counts.reasons)];
      expect(
        said.filter((key) => !hasText('vi', `imports.remarks.${key}`) && !hasText('vi', `imports.left.${key}`)),
      ).to.deep.equal([]);
      expect(page.status).to.equal(200);
    });
  }
});
