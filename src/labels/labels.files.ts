// A printing as the files that printers and print shops take, each in pieces that wait for their reader. The same printing gives the same bytes.
import { formatCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import { pressSheet } from './labels.press.ts';
import type { OwnOf } from './labels.press.ts';
import type { PressSheet } from './labels.press.types.ts';
import { ownLabels, sheetOf } from './labels.printing.rules.ts';
import type { LabelRecords, Paper } from './labels.printing.rules.ts';
import type { LabelRun } from './labels.types.ts';

export type Printing = { run: LabelRun; facts: LabelRecords; range: { from: number; end: number } };

const ownOfRange = ({ run, facts, range }: Printing, codeKey: CodeKey): OwnOf => {
  const own = ownLabels(run, facts.batch.lotNumber, codeKey);
  return (from, end) => own(range.from + from, range.from + end);
};

/** The labels of a printing as a sheet, and address and code of each. */
export function pressed(
  printing: Printing,
  codeKey: CodeKey,
  print: { paper: Paper; minimumPt: number },
): { sheet: PressSheet; ownOf: OwnOf } {
  const { run, facts, range } = printing;
  const sheet = sheetOf(run, facts, { ...print, count: range.end - range.from });
  return { sheet, ownOf: ownOfRange(printing, codeKey) };
}

/** Sheets or rolls as PDF. */
export function pdfPieces(
  printing: Printing,
  codeKey: CodeKey,
  print: { paper: Paper; minimumPt: number },
): AsyncIterable<Uint8Array> {
  const { sheet, ownOf } = pressed(printing, codeKey, print);
  return pressSheet(sheet, ownOf);
}

const linesAtOnce = 1000;

/** Number, code and address of each label for a print shop: CSV with a byte order mark and CRLF. */
export function* csvPieces(printing: Printing, codeKey: CodeKey): Generator<string, void, undefined> {
  const ownOf = ownOfRange(printing, codeKey);
  const count = printing.range.end - printing.range.from;
  yield '\uFEFFnumber,code,url\r\n';
  for (let from = 0; from < count; from += linesAtOnce) {
    const own = ownOf(from, Math.min(count, from + linesAtOnce));
    // Codes and addresses hold neither commas nor quotes nor a sign that a spreadsheet would take for a formula.
    yield own
      .map(([url, code], place) => `${printing.range.from + from + place + 1},${formatCode(code)},${url}\r\n`)
      .join('');
  }
}
