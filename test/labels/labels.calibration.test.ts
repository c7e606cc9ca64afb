// The test page that is held against a sheet of labels, measured in the raster.
import { expect } from 'chai';

import { drawTestPage, ruler } from '../../src/labels/labels.calibration.ts';
import { inkWithin, pdfText, renderPdf } from '../support/pdf.ts';

const options = {
  layout: 'a4-65',
  offsetMm: { x: 1.5, y: -0.7 },
  createdAt: new Date('2026-09-02T01:00:00Z'),
} as const;

describe('label test page', function () {
  this.timeout(60_000);

  it('draws every cell where the label will be, within 0.1 mm, moved alike', async () => {
    const [page] = await renderPdf(await drawTestPage(options), 600);
    if (page === undefined) throw new Error('No page');

    for (const { column, row } of [
      { column: 0, row: 0 },
      { column: 4, row: 6 },
      { column: 2, row: 12 },
    ]) {
      const [x, y] = [4.75 + 1.5 + column * 40.6, 10.7 - 0.7 + row * 21.2];
      const around = {
        x: (x - 1) * page.perMm.x,
        y: (y + 2) * page.perMm.y,
        width: 40.1 * page.perMm.x,
        height: 2 * page.perMm.y,
      };
      const across = inkWithin(page, around);
      const down = inkWithin(page, {
        x: (x + 2) * page.perMm.x,
        y: (y - 1) * page.perMm.y,
        width: 2 * page.perMm.x,
        height: 3 * page.perMm.y,
      });

      expect((across?.x ?? 0) / page.perMm.x).to.be.closeTo(x, 0.1);
      expect(((across?.x ?? 0) + (across?.width ?? 0)) / page.perMm.x).to.be.closeTo(x + 38.1, 0.1);
      expect((down?.y ?? 0) / page.perMm.y).to.be.closeTo(y, 0.1);
    }
  });

  it('carries a ruler of 50 mm', async () => {
    const [page] = await renderPdf(await drawTestPage(options), 600);
    if (page === undefined) throw new Error('No page');

    const ink = inkWithin(page, {
      x: 0,
      y: (ruler.y - 1.5) * page.perMm.y,
      width: 57 * page.perMm.x,
      height: 2 * page.perMm.y,
    });

    expect((ink?.width ?? 0) / page.perMm.x).to.be.closeTo(50 + 0.15, 0.1);
  });

  it('tells in Vietnamese how to print it and how far the labels are moved', async () => {
    const text = (await pdfText(await drawTestPage(options))).join(' ').replace(/\s+/g, ' ');

    expect(text).to.include('In 100 %, không co giãn').and.include('dời phải 1,5 mm, dời lên 0,7 mm');
    expect(text).to.include('Thước này phải dài đúng 50 mm').and.include('Kích thước thực');
  });
});
