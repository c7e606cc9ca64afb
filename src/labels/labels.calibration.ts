// A page to print on plain paper and hold against a sheet of labels before printing on it: every cell's edge and number,
// and a ruler that shows whether the printer kept the size.
import { collectBytes, drawText, openPdf, printable, textWidth, type Pdf } from './labels.fonts.ts';
import { cellCorner, cellsPerPage, points, sheetLayouts, type Point, type SheetLayout } from './labels.layout.ts';
import type { LabelSheet } from './labels.sheet.types.ts';

/** Where the ruler lies, from the page's top left corner, in millimetres. */
export const ruler = { x: 4.75, y: 291.5, length: 50 };

const inkWidth = points(0.15);
const words = {
  title: 'Trang thử tờ tem',
  instruction: 'In 100\u00a0%, không co giãn, rồi soi chồng lên tờ tem',
  ruler: 'Thước này phải dài đúng 50\u00a0mm; nếu không, chọn lại “Kích thước thực” khi in',
};

/** Draws the test page of a sheet, moved as the labels would be. */
export async function drawTestPage(sheet: Pick<LabelSheet, 'layout' | 'offsetMm' | 'createdAt'>): Promise<Buffer> {
  const layout = sheetLayouts[sheet.layout];
  const doc = openPdf({ page: layout.page, title: words.title, createdAt: sheet.createdAt });
  const bytes = collectBytes(doc);
  doc.addPage();
  const left = points(layout.margin.x);
  drawText(doc, printable(doc, words.title, 'heading'), left, points(7), 'bold', 8.5);
  const moved = movedText(sheet.offsetMm);
  const right = printable(doc, moved === '' ? words.instruction : `${words.instruction} · ${moved}`, 'heading');
  drawText(
    doc,
    right,
    points(layout.page.width) - left - textWidth(doc, right, 'regular', 8.5),
    points(7),
    'regular',
    8.5,
  );
  for (let cell = 0; cell < cellsPerPage(layout); cell += 1) drawCell(doc, layout, cell, sheet.offsetMm);
  drawRuler(doc);
  doc.end();
  return bytes;
}

function drawCell(doc: Pdf, layout: SheetLayout, cell: number, offset: Point): void {
  const corner = cellCorner(layout, cell, offset);
  const [x, y, width, height] = [corner.x, corner.y, layout.cell.width, layout.cell.height].map(points) as [
    number,
    number,
    number,
    number,
  ];
  doc.save().lineWidth(inkWidth).strokeColor('black').rect(x, y, width, height).stroke().restore();
  const number = String(cell + 1);
  drawText(doc, number, x + (width - textWidth(doc, number, 'regular', 9)) / 2, y + height / 2 + 3, 'regular', 9);
}

function drawRuler(doc: Pdf): void {
  doc.save().lineWidth(inkWidth).strokeColor('black');
  const [left, top, right] = [points(ruler.x), points(ruler.y), points(ruler.x + ruler.length)];
  doc.moveTo(left, top).lineTo(right, top);
  for (let mm = 0; mm <= ruler.length; mm += 5) {
    const tick = left + points(mm);
    doc.moveTo(tick, top - points(mm % 10 === 0 ? 2 : 1)).lineTo(tick, top);
  }
  doc.stroke().restore();
  drawText(doc, printable(doc, words.ruler, 'heading'), right + points(3), top, 'regular', 8.5);
}

/** `dời phải 1,5 mm, dời lên 0,7 mm` */
function movedText({ x, y }: Point): string {
  const part = (length: number, ahead: string, back: string) =>
    length === 0 ? [] : [`dời ${length > 0 ? ahead : back} ${Math.abs(length).toLocaleString('vi-VN')}\u00a0mm`];
  return [...part(x, 'phải', 'trái'), ...part(y, 'xuống', 'lên')].join(', ');
}
