// Sheets as a printer, a phone and a person meet them: rendered, decoded, measured in the raster, read back.
import { expect } from 'chai';

import { traceUrl } from '../../src/codes/digital-link.ts';
import { formatCode, issueCodes, makeCodeKey } from '../../src/codes/trace-code.ts';
import { cellCorner, sheetLayouts } from '../../src/labels/labels.layout.ts';
import {
  drawSheet,
  LabelGlyphError,
  LabelSymbolError,
  LabelTextError,
  symbolModule,
} from '../../src/labels/labels.sheet.ts';
import type { LabelSheet, SheetLabel } from '../../src/labels/labels.sheet.types.ts';
import {
  darkestWithin,
  decodeAll,
  inkWithin,
  pdfText,
  renderPdf,
  type PixelBox,
  type RenderedPage,
} from '../support/pdf.ts';

const layout = sheetLayouts['a4-65'];
const key = makeCodeKey(Buffer.alloc(32, 5));
const codes = [...issueCodes(key, 3, 0, 200)];
const longNames = [
  'Na dai La Hiên – loại 1 (ngọt, ít hạt)',
  'ẨẪ ẶỘ Ỵ Ỗặ Ẵỵ Ẳg Ỹặ Ộỗ Ểệ Ữự Ấy Ợ',
  'Mật ong hoa nhãn nguyên chất Thượng Nung, hũ thuỷ tinh 500 ml',
  'Ấp Đường Thượng, xã Thượng Nung – Nguyễn Ỷ Ỡ',
  'Chè',
];

function aLabel(place: number, change: Partial<SheetLabel> = {}, baseUrl = 'https://nongsan.example.vn'): SheetLabel {
  const code = codes[place] ?? '';
  return {
    url: traceUrl(baseUrl, code),
    code,
    productName: 'Na dai La Hiên',
    lotNumber: 'NA-260902-03',
    useByText: 'HSD 09/09/2026',
    ...change,
  };
}

function aSheet(change: Partial<LabelSheet> = {}): LabelSheet {
  return {
    layout: 'a4-65',
    lang: 'vi',
    heading: 'Hợp tác xã Na La Hiên',
    sample: false,
    startAt: 1,
    offsetMm: { x: 0, y: 0 },
    cutLines: false,
    createdAt: new Date('2026-09-02T01:00:00Z'),
    labels: [aLabel(0)],
    ...change,
  };
}

const labels = (count: number, change: (place: number) => Partial<SheetLabel> = () => ({}), baseUrl?: string) =>
  Array.from({ length: count }, (_, place) => aLabel(place, change(place), baseUrl));

async function onePage(sheet: LabelSheet, dpi: number, page = 0): Promise<RenderedPage> {
  const [rendered] = await renderPdf(await drawSheet(sheet), dpi, [page]);
  if (rendered === undefined) throw new Error('The page is missing');
  return rendered;
}

const pixels = ({ perMm }: RenderedPage, x: number, y: number, width: number, height: number): PixelBox => ({
  x: x * perMm.x,
  y: y * perMm.y,
  width: width * perMm.x,
  height: height * perMm.y,
});

/** The dark part of a cell's symbol, in millimetres from the page's corner. */
function symbolInk(page: RenderedPage, cell: number, offset = { x: 0, y: 0 }) {
  const corner = cellCorner(layout, cell, offset);
  const { x, y, size } = layout.symbol;
  const ink = inkWithin(page, pixels(page, corner.x + x, corner.y + y, size, size));
  if (ink === undefined) throw new Error(`Nothing is printed in cell ${cell + 1}`);
  return {
    left: ink.x / page.perMm.x,
    top: ink.y / page.perMm.y,
    width: ink.width / page.perMm.x,
    height: ink.height / page.perMm.y,
  };
}

describe('label sheet: what the symbols say', function () {
  this.timeout(60_000);
  for (const { dpi, baseUrl } of [
    { dpi: 300, baseUrl: 'https://nongsan.example.vn' },
    { dpi: 600, baseUrl: 'https://ocop.vn' },
    { dpi: 300, baseUrl: 'https://truyxuat.nongsan-thainguyen.example.vn/ocop' },
  ]) {
    it(`is exactly each label's address, read by two decoders from a page of ${baseUrl} at ${dpi} dpi`, async () => {
      const printed = labels(65, (place) => ({ productName: longNames[place % 5] ?? '' }), baseUrl);

      const { zxing, jsqr } = await decodeAll(
        await onePage(aSheet({ labels: printed, sample: true, cutLines: true }), dpi),
      );

      expect(zxing).to.deep.equal(printed.map(({ url }) => url));
      expect(jsqr).to.deep.equal(printed.map(({ url }) => url));
    });
  }

  it('is the lot address on every label of a lot run', async () => {
    const printed = Array.from({ length: 65 }, () => aLabel(0));

    const { zxing, jsqr } = await decodeAll(await onePage(aSheet({ labels: printed }), 300));

    expect(new Set([...zxing, ...jsqr])).to.deep.equal(new Set([aLabel(0).url]));
    expect(zxing).to.have.length(65);
  });

  it('is refused when it would come out too fine, with the size it needs', async () => {
    const url = traceUrl(`https://${'nong-san.'.repeat(17)}vn`, '7K3M9QXC2A4Y');

    const refusal = await drawSheet(aSheet({ labels: [aLabel(0, { url })] })).catch((error: unknown) => error);

    expect(refusal).to.be.instanceOf(LabelSymbolError).and.have.property('smallestMm').that.is.greaterThan(16.4);
    expect(symbolModule(aLabel(0).url, 'a4-65')).to.be.within(0.44, 0.45);
  });
});

describe('label sheet: quiet zone', function () {
  this.timeout(60_000);
  for (const { baseUrl, modules } of [
    { baseUrl: 'https://ocop.vn', modules: 25 },
    { baseUrl: 'https://nongsan.example.vn', modules: 29 },
    { baseUrl: `https://${'truy-xuat.'.repeat(5)}vn`, modules: 33 },
  ]) {
    it(`is four modules of plain white around a symbol of ${modules} modules, whatever stands beside it`, async () => {
      const printed = labels(65, (place) => ({ productName: longNames[place % 5] ?? '' }), baseUrl);

      const page = await onePage(aSheet({ labels: printed, sample: true, cutLines: true }), 600);

      const pixel = 1 / Math.min(page.perMm.x, page.perMm.y);
      for (let cell = 0; cell < 65; cell += 1) {
        const { left, top, width, height } = symbolInk(page, cell);
        const module = layout.symbol.size / (modules + 8);
        expect(width).to.be.closeTo(modules * module, 2 * pixel);
        expect(height).to.be.closeTo(modules * module, 2 * pixel);
        const quiet = 4 * module - pixel;
        // Edge pixels are grey on both sides of an edge.
        const [x, y] = [left - quiet, top - quiet];
        const [across, down, deep] = [width + 2 * quiet, height + 2 * quiet, quiet - pixel];
        const bands = [
          pixels(page, x, y, across, deep),
          pixels(page, x, top + height + pixel, across, deep),
          pixels(page, x, y, deep, down),
          pixels(page, left + width + pixel, y, deep, down),
        ];
        expect(
          bands.map((band) => darkestWithin(page, band)),
          `cell ${cell + 1}`,
        ).to.deep.equal([0, 0, 0, 0]);
      }
    });
  }
});

describe('label sheet: places on paper', function () {
  this.timeout(60_000);
  it('has pages of exactly 210 by 297 mm and asks viewers not to scale them', async () => {
    const bytes = await drawSheet(aSheet({ labels: labels(66) }));

    const pages = await renderPdf(bytes, 36);

    expect(pages).to.have.length(2);
    for (const { box } of pages) {
      expect((box.width / 72) * 25.4).to.be.closeTo(210, 0.0005);
      expect((box.height / 72) * 25.4).to.be.closeTo(297, 0.0005);
    }
    expect(bytes.toString('latin1')).to.include('/PrintScaling /None');
  });

  for (const offset of [
    { x: 0, y: 0 },
    { x: 1.5, y: -0.7 },
    { x: -2, y: 2 },
  ]) {
    it(`puts every label of the third page within 0.1 mm, moved by ${offset.x} and ${offset.y} mm`, async () => {
      const printed = Array.from({ length: 195 }, () => aLabel(0));

      const page = await onePage(aSheet({ labels: printed, offsetMm: offset }), 600, 2);

      const module = layout.symbol.size / 37;
      for (let cell = 0; cell < 65; cell += 1) {
        const ink = symbolInk(page, cell, offset);
        const column = cell % 5;
        const row = Math.floor(cell / 5);
        expect(ink.left, `cell ${cell + 1}`).to.be.closeTo(4.75 + offset.x + column * 40.6 + 0.6 + 4 * module, 0.1);
        expect(ink.top, `cell ${cell + 1}`).to.be.closeTo(10.7 + offset.y + row * 21.2 + 2.4 + 4 * module, 0.1);
      }
    });
  }

  it('draws cut lines on the edges of the labels, within 0.1 mm', async () => {
    const page = await onePage(aSheet({ cutLines: true, startAt: 65 }), 600);

    const ink = inkWithin(page, { x: 0, y: 200 * page.perMm.y, width: page.width, height: page.height }, 40);

    expect(ink).to.not.equal(undefined);
    expect((ink?.x ?? 0) / page.perMm.x).to.be.closeTo(4.75 + 4 * 40.6, 0.1);
    expect((ink?.y ?? 0) / page.perMm.y).to.be.closeTo(10.7 + 12 * 21.2, 0.1);
    expect(((ink?.x ?? 0) + (ink?.width ?? 0)) / page.perMm.x).to.be.closeTo(4.75 + 4 * 40.6 + 38.1, 0.1);
    expect(((ink?.y ?? 0) + (ink?.height ?? 0)) / page.perMm.y).to.be.closeTo(10.7 + 13 * 21.2, 0.1);
  });

  it('starts at the first free cell of a used sheet and goes on with the next sheet', async () => {
    const printed = labels(3);

    const pages = await renderPdf(await drawSheet(aSheet({ labels: printed, startAt: 64 })), 300);
    const decoded = await Promise.all(pages.map((page) => decodeAll(page)));

    expect(decoded.map(({ zxing }) => zxing)).to.deep.equal([[printed[0]?.url, printed[1]?.url], [printed[2]?.url]]);
    expect(decoded[0]?.symbols[0]?.box.x).to.be.greaterThan((4.75 + 3 * 40.6) * (300 / 25.4));
    expect(decoded[1]?.symbols[0]?.box.x).to.be.lessThan((4.75 + 38.1) * (300 / 25.4));
  });

  it('keeps all ink inside the labels, long names with stacked marks too', async () => {
    const printed = labels(65, (place) => ({
      productName: longNames[place % 5] ?? '',
      lotNumber: place % 2 === 0 ? 'NA-260902-03' : 'NA-LH-2026-08-000001',
    }));

    const page = await onePage(aSheet({ labels: printed.filter((_, place) => place % 5 !== 2), sample: true }), 600);

    const gutters = [0, 1, 2, 3].map((column) => pixels(page, 4.75 + column * 40.6 + 38.1 - 0.3, 10, 2.5 + 0.6, 280));
    const sides = [pixels(page, 0, 10, 4.75 + 0.3, 287), pixels(page, 210 - 4.75 - 0.3, 10, 5, 287)];
    const seams = Array.from({ length: 14 }, (_, row) => pixels(page, 0, 10.7 + row * 21.2 - 0.25, 210, 0.5));
    expect([...gutters, ...sides, ...seams].map((strip) => darkestWithin(page, strip))).to.deep.equal(
      new Array(20).fill(0),
    );
  });

  it('refuses no labels, a cell that is not there and an offset over 2 mm', async () => {
    const wrong = [
      { labels: [] },
      { startAt: 0 },
      { startAt: 66 },
      { startAt: 1.5 },
      { offsetMm: { x: 2.1, y: 0 } },
      { offsetMm: { x: 0, y: NaN } },
    ];

    const refusals = await Promise.all(
      wrong.map((change) => drawSheet(aSheet(change)).catch((error: unknown) => error)),
    );

    for (const refusal of refusals) expect(refusal).to.be.instanceOf(RangeError);
  });
});

describe('label sheet: words', () => {
  const flat = (text: string | undefined) => (text ?? '').replace(/\s+/g, ' ');

  it('can be copied and searched as composed Vietnamese, whichever form it was typed in', async () => {
    const productName = 'Ấp Đường Thượng, xã Thượng Nung – Nguyễn Ỷ Ỡ, 500 g ± 5 %, 38 °C, ≥ 3';
    const bytes = await drawSheet(aSheet({ labels: [aLabel(0, { productName: productName.normalize('NFD') })] }));

    const text = flat((await pdfText(bytes))[0]);

    expect(text).to.include(productName.normalize('NFC'));
    expect(text).to.include('Hợp tác xã Na La Hiên');
    expect(text).to.include('Lô NA-260902-03 HSD 09/09/2026');
    expect(text).to.include(formatCode(codes[0] ?? ''));
    expect(text).to.equal(text.normalize('NFC'));
  });

  it('number the sheets and ask for printing at full size', async () => {
    const texts = await pdfText(await drawSheet(aSheet({ labels: labels(130) })));

    expect(texts.map((text) => flat(text).includes('in 100 %, không co giãn'))).to.deep.equal([true, true]);
    expect(flat(texts[0])).to.include('Lô NA-260902-03 · tờ 1/2');
    expect(flat(texts[1])).to.include('tờ 2/2');
  });

  it('mark every label and the heading of a sample, and only of a sample', async () => {
    const [sample] = await pdfText(await drawSheet(aSheet({ labels: labels(65), sample: true })));
    const [real] = await pdfText(await drawSheet(aSheet({ labels: labels(65) })));

    expect(sample?.match(/MẪU, KHÔNG BÁN/g)).to.have.length(65);
    expect(sample).to.include('DỮ LIỆU MẪU · Hợp tác xã');
    expect(real).to.not.match(/MẪU/);
  });

  it('print the production day where it is given', async () => {
    const [text] = await pdfText(await drawSheet(aSheet({ labels: [aLabel(0, { producedText: 'NSX 02/09/2026' })] })));

    expect(flat(text)).to.include('NSX 02/09/2026 HSD 09/09/2026');
  });

  it('fit the column even in a code of the widest letters', async () => {
    const page = await onePage(aSheet({ labels: [aLabel(0, { code: 'WWWWWWWWWWWW' })] }), 600);

    const beside = pixels(page, 4.75 + 38.1 - 0.55, 10.7, 3, 21.2);
    expect(darkestWithin(page, beside)).to.equal(0);
  });

  it('shorten a heading that is too long for the margin', async () => {
    const [text] = await pdfText(await drawSheet(aSheet({ heading: 'Hợp tác xã '.repeat(30) })));

    expect(flat(text)).to.match(/Hợp tác xã.*… Lô NA-260902-03 · tờ 1\/1/);
  });

  it('stop the run at a character without a glyph, and name it', async () => {
    const refusal = await drawSheet(aSheet({ labels: [aLabel(0, { productName: 'Miến dong ≥ 3★' })] })).catch(
      (error: unknown) => error,
    );

    expect(refusal)
      .to.be.instanceOf(LabelGlyphError)
      .that.includes({ field: 'productName', character: '★', codePoint: 'U+2605' });
  });

  it('stop the run at a text that does not fit, and name the field', async () => {
    const refusal = await drawSheet(
      aSheet({ labels: [aLabel(0, { productName: 'Mật ong hoa nhãn '.repeat(8) })] }),
    ).catch((error: unknown) => error);

    expect(refusal).to.be.instanceOf(LabelTextError).that.includes({ field: 'productName', minimumPt: 5.3 });
  });
});

describe('label sheet: the file', () => {
  it('is the same, byte by byte, for the same sheet', async () => {
    const sheet = aSheet({ labels: labels(70), sample: true, cutLines: true });

    const [one, other] = [await drawSheet(sheet), await drawSheet(structuredClone(sheet))];

    expect(one.equals(other)).to.equal(true);
  });

  it('stays small for a thousand equal labels, because they are drawn once', async () => {
    const bytes = await drawSheet(aSheet({ labels: Array.from({ length: 1000 }, () => aLabel(0)) }));

    expect(bytes.toString('latin1').match(/\/Subtype \/Form/g)).to.have.length(1);
    expect(bytes.length).to.be.lessThan(100_000);
  });

  it('carries its title and language', async () => {
    const text = (await drawSheet(aSheet())).toString('latin1');

    expect(text).to.include('/Lang (vi-VN)').and.include('/DisplayDocTitle true');
    expect(text).to.include(Buffer.from('Tem lô NA-260902-03', 'utf16le').swap16().toString('latin1'));
  });
});
