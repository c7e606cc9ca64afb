// Every operation of the API with thousands of inputs that fit, almost fit, and never should be sent: no fault, and no answer that the OpenAPI
// document does not describe. FUZZ_SEED and FUZZ_ROUNDS give other and longer runs.
import { expect } from 'chai';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { aLabelledLot, aVerifiedStar } from '../support/a-scan.ts';
import { anAdmin } from '../support/factories.ts';
import { fuzzApi } from '../support/fuzz.ts';
import type { FuzzReport, OpenApi } from '../support/fuzz.ts';
import { aJpeg } from '../support/pictures.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 20261125);
const rounds = Number(process.env['FUZZ_ROUNDS'] ?? 8);
// They end the callers themselves, and what follows would be refused at the door.
const leftOut = ['signOut', 'endOwnSession', 'signOutEverywhere', 'eraseOneself', 'erasePerson'];

describe('the API under fuzz', function () {
  this.timeout(60_000 + rounds * 20_000);
  let app: TestApp;
  let document: OpenApi;
  let report: FuzzReport;
  before(async () => {
    app = await testApp();
    const lot = await aLabelledLot(app);
    const star = await aVerifiedStar(app, lot);
    document = (await (await fetch(`${app.url}/api/v1/openapi.json`)).json()) as OpenApi;
    const known = new Map([
      ['producer', [lot.producer.id]],
      ['producerId', [lot.producer.id]],
      ['product', [lot.product.id]],
      ['productId', [lot.product.id]],
      ['site', [lot.site.id]],
      ['siteId', [lot.site.id]],
      ['batch', [lot.batch.id]],
      ['batchId', [lot.batch.id]],
      ['certificate', [star]],
      ['code', [lot.code]],
    ]);
    report = await fuzzApi({
      document,
      url: app.url,
      callers: [
        { name: 'stranger', client: app.as(undefined) },
        { name: 'owner', client: app.as(lot.owner) },
        { name: 'owner', client: app.as(lot.owner) },
        { name: 'officer', client: app.as(lot.officer) },
        { name: 'admin', client: app.as(anAdmin()) },
      ],
      seed,
      rounds,
      known,
      files: [
        Buffer.alloc(0),
        Buffer.from('%PDF-1.7\n'),
        Buffer.from('GIF89a'),
        await aJpeg(),
        Buffer.alloc(5000, 0xff),
      ],
      leftOut,
    });
    if (process.env['FUZZ_ROUNDS'] !== undefined) console.log({ ...report, faults: report.faults.length });
  });
  after(() => app.close());

  it('never fails and never answers what its document does not say', () => {
    expect(report.faults.slice(0, 20).join('\n\n'), `seed ${seed}, ${report.calls} calls`).to.equal('');
  });

  it('comes to every operation, and through to a good answer of most that read', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.entries(methods));
    const reading = operations.filter(([method]) => method === 'get').map(([, { operationId }]) => operationId);
    const reached = reading.filter((id) => report.reached.has(id));

    expect(report.calls).to.be.at.least((operations.length - leftOut.length) * rounds);
    expect(reached.length / reading.length).to.be.greaterThan(0.5);
  });
});
