// Cases from the field that concern labels: where they lie on paper (K03), what they open later (K05), neighbours of a code (K25), the list for
// print shops (K28), marks and signs on cards (K31).
import { expect } from 'chai';
import { checkSymbol, crockford } from '../../src/codes/check-symbol.ts';
import { cellCorner, cellsPerPage, sheetLayouts } from '../../src/labels/labels.layout.ts';
import { moduleSize, qrSymbol } from '../../src/labels/labels.qr.ts';
import { drawSheet, LabelGlyphError } from '../../src/labels/labels.sheet.ts';
import { labelLayouts } from '../../src/labels/labels.types.ts';
import { apiBase } from '../../src/paths.ts';
import { aLabelledLot } from '../support/a-scan.ts';
import type { LabelledLot } from '../support/a-scan.ts';
import { testApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { changedProductJson } from '../support/factories.products.ts';
import { uuidv7 } from '../support/factories.ts';
import { runsOf } from '../support/label-runs.ts';
import type { RunClient } from '../support/label-runs.ts';
import { aFullPage } from '../support/label-sheets.ts';
import { decodeAll, inkWithin, pdfText, renderPdf } from '../support/pdf.ts';

const offset = { x: 1.5, y: -0.7 };

describe('labels on paper', function () {
  this.timeout(60_000);

  for (const layout of labelLayouts.filter((name) => name.startsWith('a4-')))
    it(`of ${layout} lie within 0.1 mm of their place on the third sheet, all moved alike`, async () => {
      const page = aFullPage(layout);
      const sheetLayout = sheetLayouts[layout];
      const cells = cellsPerPage(sheetLayout);
      const labels = Array.from({ length: 3 * cells }, (_, place) => page.labels.at(place % cells)!);
      const bytes = await drawSheet({ ...page, labels, offsetMm: offset, cutLines: false });

      const [third] = await renderPdf(bytes, 600, [2]);

      if (third === undefined) throw new Error('The third sheet is missing');
      const quiet = 4 * moduleSize(qrSymbol(labels[0]!.url), sheetLayout.symbol.size);
      const apart = Array.from({ length: cells }, (_, cell) => {
        const corner = cellCorner(sheetLayout, cell, offset);
        const [x, y] = [corner.x + sheetLayout.symbol.x, corner.y + sheetLayout.symbol.y];
        const size = sheetLayout.symbol.size;
        const square = {
          x: x * third.perMm.x,
          y: y * third.perMm.y,
          width: size * third.perMm.x,
          height: size * third.perMm.y,
        };
        const ink = inkWithin(third, square);
        const [left, top] = [(ink?.x ?? 0) / third.perMm.x, (ink?.y ?? 0) / third.perMm.y];
        return Math.max(Math.abs(left - x - quiet), Math.abs(top - y - quiet));
      });
      expect(Math.max(...apart)).to.be.lessThan(0.1);
      expect([third.box.width, third.box.height].map((length) => (length / 72) * 25.4)).to.satisfy(
        ([width, height]: number[]) => Math.abs(width! - 210) < 0.0005 && Math.abs(height! - 297) < 0.0005,
      );
      const last = cellCorner(sheetLayout, cells - 1, { x: 2, y: 2 });
      expect(last.x + sheetLayout.cell.width).to.be.at.most(210);
      expect(last.y + sheetLayout.cell.height).to.be.at.most(297);
    });

  it('carry every mark on cards as composed text, and stop at a sign that the font has not', async () => {
    const name = 'Ấp Đường Thượng, xã Thượng Nung – Nguyễn Ỷ Ỡ, 500 g ± 5 %, 38 °C, ≥ 3';

    const [text] = await pdfText(await drawSheet(aFullPage('roll-70x100', { productName: name.normalize('NFD') })));
    const refusal = await drawSheet(aFullPage('roll-70x100', { productName: `${name}★` })).catch(
      (error: unknown) => error,
    );

    expect((text ?? '').replace(/\s+/g, ' ')).to.include(name.normalize('NFC'));
    expect(refusal).to.be.instanceOf(LabelGlyphError).that.includes({ field: 'productName', character: '★' });
  });
});

describe('labels in the field', function () {
  this.timeout(60_000);
  let app: TestApp;
  let lot: LabelledLot;
  let runs: RunClient;

  before(async () => {
    app = await testApp({ baseUrl: 'https://truyxuat.example.vn' });
    lot = await aLabelledLot(app);
    runs = runsOf(app, lot);
  });
  after(() => app.close());

  it('are listed for print shops without anything that a spreadsheet would change or run', async () => {
    const id = await runs.aRun({ quantity: 40 });
    const print = await runs.print(id, { format: 'csv' });

    const csv = Buffer.from(await runs.file(`/label-runs/${id}/prints/${String(print.body['id'])}`)).toString('utf8');

    expect(csv.startsWith('\uFEFFnumber,code,url\r\n')).to.equal(true);
    const rows = csv.trimEnd().split('\r\n').slice(1);
    expect(rows).to.have.length(40);
    for (const row of rows) expect(row).to.match(/^[1-9]\d*,[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4},HTTPS:\/\/[^,"=\s]+$/);
    expect(csv).to.not.include('\t');
  });

  it('tell nothing of their neighbours: a code with one symbol changed is refused or unknown, and units share no pattern', async () => {
    const id = await runs.aRun({ quantity: 30 });
    const print = await runs.print(id, { format: 'csv' });
    const csv = Buffer.from(await runs.file(`/label-runs/${id}/prints/${String(print.body['id'])}`)).toString('utf8');
    const codes = csv
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((row) => (row.split(',')[1] ?? '').replaceAll('-', ''));
    const first = codes[0] ?? '';
    const near = [0, 4, 8, 10].map((place) => {
      const next = crockford.symbols.charAt(((crockford.values.get(first.charAt(place)) ?? 0) + 1) % 32);
      return first.slice(0, place) + next + first.slice(place + 1, 11);
    });

    const typed = await Promise.all(near.map((body) => app.as(undefined).page(`/T/${body}${first.at(-1) ?? ''}`)));
    const made = await Promise.all(
      near.map((body) => app.as(undefined).page(`/T/${body}${checkSymbol(body, crockford)}`)),
    );

    expect(typed.map(({ status }) => status)).to.deep.equal([400, 400, 400, 400]);
    expect(made.map(({ status }) => status)).to.deep.equal([404, 404, 404, 404]);
    const alike = codes
      .slice(1)
      .map((code, at) => [...code].filter((symbol, place) => symbol === codes[at]?.[place]).length);
    expect(Math.max(...alike)).to.be.lessThan(6);
  });

  it('open their lot for every symbol, also after the product was renamed and the lot closed', async () => {
    const id = await runs.aRun({ quantity: 8, layout: 'a4-8' });
    const [page] = await renderPdf(await runs.file(`/label-runs/${id}/sheet`), 300);
    const { zxing } = await decodeAll(page!);
    const open = () => Promise.all(zxing.map((url) => app.as(undefined).page(new URL(url).pathname)));
    const early = await open();
    const renamed = Buffer.from(JSON.stringify(changedProductJson(lot.product, { name: 'Na dai Võ Nhai' })));
    const change = await app.as(lot.owner).put(`${apiBase}/products/${lot.product.id}`, renamed, 'application/json');
    const closing = await app
      .as(lot.owner)
      .post(`${apiBase}/batches/${lot.batch.id}/closing`, { id: uuidv7(), reason: 'Bán hết' });
    app.setNow('2026-09-04T09:45:00+07:00');

    const late = await open();

    expect([zxing.length, new Set(zxing).size]).to.deep.equal([8, 8]);
    expect([change.status, closing.status]).to.deep.equal([200, 201]);
    for (const answer of early) expect(answer.text).to.include('Na dai La Hiên').and.include(lot.batch.lotNumber);
    for (const answer of late) {
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.include('text/html');
      expect(answer.text).to.include('Na dai Võ Nhai').and.include(lot.batch.lotNumber);
    }
  });
});
