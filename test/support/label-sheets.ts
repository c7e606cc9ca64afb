// Sheets of every layout with everything that a food label says.
import { traceUrl } from '../../src/codes/digital-link.ts';
import { issueCodes, makeCodeKey } from '../../src/codes/trace-code.ts';
import { cellsPerPage, sheetLayouts } from '../../src/labels/labels.layout.ts';
import type { LabelParagraph, LabelSheet, SheetLabel } from '../../src/labels/labels.sheet.types.ts';
import type { LabelLayout } from '../../src/labels/labels.types.ts';

const key = makeCodeKey(Buffer.alloc(32, 5));

const plain = (field: LabelParagraph['field'], text: string): LabelParagraph => {
  return { field, spans: [{ text, weight: 'regular' }] };
};

const party = 'Hợp tác xã Ấp Đường Thượng';
const name: LabelParagraph = { field: 'party', spans: [{ text: party, weight: 'bold' }] };
const address = { text: ', xóm Mẫu, xã Thượng Nung, tỉnh Thái Nguyên. ĐT 0900 000 000', weight: 'regular' as const };

/** Words of a card, few for the small ones. */
const cardWords = (layout: LabelLayout): Partial<SheetLabel> => {
  const { style } = sheetLayouts[layout];
  if (style.kind === 'line') return { useByText: 'HSD 09/09/2026' };
  const facts = [
    { field: 'producedText', label: 'Thu hoạch', value: '02/09/2026' },
    { field: 'useByText', label: 'Hạn sử dụng', value: '09/09/2026' },
    { field: 'netContent', label: 'Khối lượng tịnh', value: '0,5 kg' },
  ] as const;
  if (style.detail === 'short') return { facts, paragraphs: [name, plain('origin', 'Lô NA-260902-03')] };
  const paragraphs: LabelParagraph[] = [
    { field: 'party', spans: [...name.spans, address] },
    plain('origin', 'Xuất xứ: Việt Nam. Lô NA-260902-03'),
    plain('ingredients', 'Thành phần: quả na dai tươi.'),
    plain('storage', 'Bảo quản: để nơi mát 20–25 °C.'),
    { field: 'warnings', spans: [{ text: 'Cảnh báo: không nhai, không nuốt hạt.', weight: 'bold' }] },
  ];
  return { facts, paragraphs };
};

/** One full page of unit labels in a layout. */
export function aFullPage(layout: LabelLayout, change: Partial<SheetLabel> = {}): LabelSheet {
  const count = cellsPerPage(sheetLayouts[layout]);
  const labels = [...issueCodes(key, 3, 0, count)].map((code): SheetLabel => {
    const own = { url: traceUrl('https://nongsan.example.vn', code), code };
    return { ...own, productName: 'Na dai La Hiên', lotNumber: 'NA-260902-03', ...cardWords(layout), ...change };
  });
  return {
    layout,
    lang: 'vi',
    heading: party,
    sample: true,
    startAt: 1,
    offsetMm: { x: 0, y: 0 },
    cutLines: true,
    createdAt: new Date('2026-09-02T01:00:00Z'),
    labels,
  };
}
