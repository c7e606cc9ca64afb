// Lists of batches through the API: search without marks, filters, sorting, pages.
import { expect } from 'chai';
import { changeProduct } from '../../src/products/products.change.service.ts';
import { changedProduct } from '../../src/products/products.input.ts';
import type { Batch } from '../../src/batches/batches.types.ts';
import { holdBatch, markRecallClosed, markRecalled } from '../../src/batches/batches.service.ts';
import { testApp } from '../support/app.ts';
import type { ApiAnswer, TestApp } from '../support/app.ts';
import { aBatch, aFarm, aNaProduct, newBatchJson } from '../support/factories.batches.ts';
import type { Farm } from '../support/factories.batches.ts';
import { anOfficer, uuidv7 } from '../support/factories.ts';

type Json = Record<string, unknown>;

describe('Lists of batches', () => {
  let app: TestApp;
  let farm: Farm;
  const make = async (parts: Json = {}, own = farm): Promise<Batch> => (await aBatch(app, { farm: own, parts })).batch;
  const lots = async (query: string, person = farm.owner): Promise<unknown[]> => {
    const answer = await app.as(person).get(`/api/v1/batches?${query}`);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    return (answer.body['items'] as Json[]).map(({ lotNumber }) => lotNumber);
  };

  before(async () => {
    app = await testApp();
  });
  beforeEach(async () => {
    farm = await aFarm(app);
  });
  after(() => app.close());

  it('are searched by lot number, with and without its hyphens, and by product without marks', async () => {
    const tea = await aNaProduct(app, farm.owner, farm.producer.id, { name: 'Chè đinh Mẫu', internalCode: 'CD-1' });
    await make({ lotNumber: 'NA-260902-01' });
    await make({ lotNumber: 'CHE-260902-01' }, { ...farm, product: tea });

    expect(await lots('q=na-2609')).to.deep.equal(['NA-260902-01']);
    expect(await lots('q=NA26090201')).to.deep.equal(['NA-260902-01']);
    expect(await lots('q=che%20dinh')).to.deep.equal(['CHE-260902-01']);
    expect(await lots(`q=${encodeURIComponent('chè đinh')}`)).to.deep.equal(['CHE-260902-01']);
    expect(await lots('q=dinh%20260902')).to.deep.equal(['CHE-260902-01']);
    expect(await lots('q=260902&sort=oldest')).to.deep.equal(['NA-260902-01', 'CHE-260902-01']);
    expect(await lots('q=.*')).to.have.length(2);
    expect(await lots('q=khong-co')).to.deep.equal([]);
  });

  it('are found by the name that a product has by now, and by the one it had', async () => {
    await make({ lotNumber: 'NA-1' });
    const { product } = farm;
    const body = changedProduct.parse({
      version: product.version,
      name: 'Mãng cầu ta',
      internalCode: product.internalCode,
      netContent: product.netContent,
      packaging: product.packaging,
      shelfLifeDays: product.shelfLifeDays,
    });
    await changeProduct(app.db, farm.owner, product.id, body, app.deps.clock());

    expect(await lots('q=mang%20cau')).to.deep.equal(['NA-1']);
    expect(await lots('q=na%20dai')).to.deep.equal(['NA-1']);
    expect(await lots('q=mang%20cau', farm.officer)).to.include('NA-1');
  });

  it('are filtered by state: open, closed, held, under an open recall', async () => {
    const [open, closed, held, recalled, ended] = [
      await make({ lotNumber: 'MO' }),
      await make({ lotNumber: 'DONG' }),
      await make({ lotNumber: 'GIU' }),
      await make({ lotNumber: 'THU' }),
      await make({ lotNumber: 'XONG' }),
    ];
    await app.as(farm.owner).post(`/api/v1/batches/${closed.id}/closing`, { id: uuidv7(), reason: '' });
    const hold = { id: uuidv7(), reason: 'step-in-future' as const, stepId: undefined, settled: undefined };
    await holdBatch(app.db, held.id, { ...hold, at: new Date() });
    await markRecalled(app.db, recalled.id, 'r1');
    await markRecalled(app.db, ended.id, 'r2');
    await markRecallClosed(app.db, ended.id, 'r2');

    expect(await lots('state=closed')).to.deep.equal(['DONG']);
    expect(await lots('state=held')).to.deep.equal(['GIU']);
    expect(await lots('state=recalled')).to.deep.equal(['THU']);
    expect(await lots('state=open&sort=oldest')).to.deep.equal([open.lotNumber, 'GIU', 'THU', 'XONG']);
  });

  it('are filtered by the year of the first day of work and by product', async () => {
    const tea = await aNaProduct(app, farm.owner, farm.producer.id, { name: 'Chè Mẫu' });
    await make({ lotNumber: 'A', startedOn: '2025-12-31' });
    await make({ lotNumber: 'B', startedOn: '2026-01-01' });
    await make({ lotNumber: 'C', startedOn: '2026-01-01' }, { ...farm, product: tea });

    expect(await lots('year=2025')).to.deep.equal(['A']);
    expect(await lots(`year=2026&productId=${farm.product.id}`)).to.deep.equal(['B']);
    expect(await lots(`productId=${tea.id}&producerId=${farm.producer.id}`)).to.deep.equal(['C']);
  });

  it('are sorted by lot number without capitals, and cut into pages that lose nothing', async () => {
    for (const lotNumber of ['b-2', 'A-1', 'C-3', 'a-9']) await make({ lotNumber });
    const page = async (after: string): Promise<ApiAnswer> =>
      app.as(farm.owner).get(`/api/v1/products/${farm.product.id}/batches?sort=name&limit=3${after}`);

    const first = await page('');
    const second = await page(`&after=${encodeURIComponent(String(first.body['next']))}`);

    const all = [first, second].flatMap(({ body }) => (body['items'] as Json[]).map(({ lotNumber }) => lotNumber));
    expect(all).to.deep.equal(['A-1', 'a-9', 'b-2', 'C-3']);
    expect(second.body['next']).to.equal(null);
    expect(await lots('sort=name-desc')).to.deep.equal([...all].reverse());
  });

  it('never show what is not the asker’s', async () => {
    const stranger = await aFarm(app);
    const { lotNumber } = await make();

    expect(await lots(`q=${lotNumber}`, stranger.owner)).to.deep.equal([]);
    expect(await lots(`q=${lotNumber}`, anOfficer('24'))).to.deep.equal([]);
    expect(await lots(`productId=${farm.product.id}`, stranger.owner)).to.deep.equal([]);
    expect(await lots(`q=${lotNumber}`, farm.officer)).to.deep.equal([lotNumber]);
  });

  it('refuse a question that can’t be read', async () => {
    for (const [query, expected] of [
      ['state=gone', '/state'],
      ['year=26', '/year'],
      ['year=0000', '/year'],
      ['productId=1', '/productId'],
      ['sort=price', '/sort'],
      ['limit=101', '/limit'],
      ['limit=x', '/limit'],
      ['sort=name&after=x', '/after'],
      [`q=${'a'.repeat(101)}`, '/q'],
      ['q%5B%24gt%5D=', '/q[$gt]'],
    ] as const) {
      const answer = await app.as(farm.owner).get(`/api/v1/batches?${query}`);
      expect(answer.status, query).to.equal(422);
      expect((answer.body['errors'] as Json[]).map(({ pointer }) => pointer)).to.include(expected);
    }
  });

  it('name the batch that has a lot number already', async () => {
    const { id, lotNumber } = await make();

    const answer = await app
      .as(farm.owner)
      .post(`/api/v1/products/${farm.product.id}/batches`, newBatchJson(farm, { lotNumber }));

    expect(answer.status).to.equal(409);
    expect(answer.body).to.include({ type: '/problems/lot-taken', lotNumber, batchId: id });
  });
});
