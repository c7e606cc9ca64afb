// Files for thermal printers, printed dot by dot: every symbol opens its own label, and the words are there with all their marks.
import { expect } from 'chai';
import { symbolDots, zplRows } from '../../src/labels/labels.zpl.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { uuidv7 } from '../support/factories.ts';
import { decodeAll } from '../support/pdf.ts';
import { printZpl } from '../support/zpl.ts';

describe('labels for thermal printers', function () {
  this.timeout(60_000);
  let app: TestApp;
  let lot: LabelledLot;

  before(async () => {
    app = await testApp({ baseUrl: 'https://truyxuat.example.vn' });
    lot = await aLabelledLot(app);
  });
  after(() => app.close());

  const aRun = async (layout: string, quantity: number): Promise<string> => {
    const asked = { id: uuidv7(), quantity, kind: 'unit', layout, approve: true };
    const { body } = await app.as(lot.owner).post(`/api/v1/batches/${lot.batch.id}/label-runs`, asked);
    return String(body['id']);
  };
  const printed = async (runId: string, format: string, reason?: string): Promise<string> => {
    const asked = { id: uuidv7(), format, ...(reason === undefined ? {} : { reason }) };
    const made = await app.as(lot.owner).post(`/api/v1/label-runs/${runId}/prints`, asked);
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    const file = await app.as(lot.owner).bytes(`/api/v1/label-runs/${runId}/prints/${asked.id}`);
    return Buffer.from(file.bytes).toString('utf8');
  };

  for (const layout of ['roll-50x30', 'roll-50x70', 'roll-70x100'])
    it(`on ${layout} each carry a symbol that two decoders read at 203 dpi, and the code of that symbol`, async () => {
      const run = await aRun(layout, 3);

      const labels = printZpl(await printed(run, 'zpl'));

      const rows = (await printed(run, 'csv', 'Gửi xưởng in')).trim().split('\r\n').slice(1);
      const decoded = await Promise.all(labels.map(({ page }) => decodeAll({ ...page, box: { width: 0, height: 0 } })));
      const read = decoded.map(({ zxing, jsqr }, at) => [labels[at]?.texts.join(), ...zxing, ...jsqr]);
      expect(read).to.deep.equal(
        rows.map((row) => {
          const [, code, url] = row.split(',');
          return [code, url, url];
        }),
      );
    });

  it('have modules of whole dots and four quiet modules around them', () => {
    const { side, bits, rowBytes } = symbolDots('HTTPS://TRUYXUAT.EXAMPLE.VN/T/RXR160TVD6QN', 5);

    expect(side % 5).to.equal(0);
    expect(bits.length).to.equal(side * rowBytes);
    const row = (at: number) => Buffer.from(bits.subarray(at * rowBytes, (at + 1) * rowBytes)).toString('hex');
    expect([1, 2, 3, 4].map(row)).to.deep.equal(Array(4).fill(row(0)));
    expect(row(5)).to.not.equal(row(0));
  });

  it('write a row like the one above as a colon', () => {
    expect(zplRows(Uint8Array.from([0xff, 0x80, 0xff, 0x80, 0, 1]), 2)).to.equal('FF80:0001');
  });
});
