// The file of a printing as an answer, made while it is sent: a reader that leaves ends the making.
import type { Response } from 'express';
import type { Deps } from '../deps.ts';
import { sendPieces } from '../http/send-pieces.ts';
import { csvPieces, pdfPieces } from './labels.files.ts';
import type { Printing } from './labels.files.ts';
import type { SheetOptions } from './labels.input.ts';
import { cellsPerPage, sheetLayouts } from './labels.layout.ts';
import { sizeOfLetters } from './labels.text.ts';
import type { PrintFormat } from './labels.types.ts';
import { zplPieces } from './labels.zpl.ts';

const mediaTypes: Record<PrintFormat, string> = {
  pdf: 'application/pdf',
  zpl: 'application/zpl',
  csv: 'text/csv; charset=utf-8',
};

/** `16 page`: sheets of a PDF; labels of other files. */
const progressOf = ({ run, range }: Printing, format: PrintFormat, { startAt }: SheetOptions): string => {
  const labels = range.end - range.from;
  return format === 'pdf'
    ? `${Math.ceil((startAt - 1 + labels) / cellsPerPage(sheetLayouts[run.layout]))} page`
    : `${labels} ${format === 'zpl' ? 'label' : 'line'}`;
};

/** Sends the file of a printing, made while it is sent. */
export async function sendPrinting(
  deps: Deps,
  res: Response,
  printing: Printing,
  asked: { format: PrintFormat; paper: SheetOptions },
): Promise<void> {
  const { format, paper } = asked;
  const name = `tem-${printing.run.id}-${printing.range.from + 1}-${printing.range.end}.${format}`;
  res.type(mediaTypes[format]).set('X-Content-Type-Options', 'nosniff');
  res.set('Content-Disposition', `${format === 'pdf' ? 'inline' : 'attachment'}; filename="${name}"`);
  // Compressed already, or read by a machine that would not undo it.
  res.set('Cache-Control', 'no-store, no-transform');
  // How many of which sign the whole file holds, so that a page can show how far it is.
  res.set('Label-Progress', progressOf(printing, format, paper));
  const print = { paper, minimumPt: sizeOfLetters(deps.smallestLetterMm) };
  const { codeKey } = deps.keys;
  if (format === 'csv') return sendPieces(res, csvPieces(printing, codeKey));
  return sendPieces(res, format === 'pdf' ? pdfPieces(printing, codeKey, print) : zplPieces(printing, codeKey, print));
}
