// What a sheet of labels is made of. Plain data: the words and numbers are settled before anything is drawn.
import type { LabelLayout } from './labels.types.ts';

/** A short fact of a card: `NSX`, `02/09/2026`. */
export type LabelFact = { field: LabelField; label: string; value: string };

/** A paragraph of a card, in two weights. */
export type LabelParagraph = { field: LabelField; spans: { text: string; weight: 'regular' | 'bold' }[] };

export type SheetLabel = {
  /** What the QR symbol holds, ASCII only. */
  url: string;
  /** 12 symbols, printed as 7K3M-9QXC-2A4Y. */
  code: string;
  productName: string;
  lotNumber: string;
  /** Ready to print: `NSX 02/09/2026`. */
  producedText?: string;
  /** Ready to print: `HSD 09/09/2026`. */
  useByText?: string;
  /** What a card says beside name and code, the most important first; a label of the line style leaves it out. */
  facts?: readonly LabelFact[];
  paragraphs?: readonly LabelParagraph[];
};

/** The labels of a run in order: an array, or one that makes a page's labels `ready` (places `from` to before `end`) before they are drawn. */
export type LabelSource = Pick<readonly SheetLabel[], 'length' | 'at'> & {
  ready?(from: number, end: number): Promise<void>;
};

export type LabelSheet = {
  layout: LabelLayout;
  lang: 'vi';
  /** Above the labels at the left, usually the producer. */
  heading: string;
  /** The lot of all labels, for the heading; that of the first label where it is left out. */
  lot?: string;
  /** Adds DỮ LIỆU MẪU to the heading and MẪU, KHÔNG BÁN to every label. */
  sample: boolean;
  /** First free cell of a used sheet, from 1, row by row. */
  startAt: number;
  /** Moves all labels, to the right and down; at most 2 mm each way. */
  offsetMm: { x: number; y: number };
  cutLines: boolean;
  /** No letter is printed smaller than this size in points; x-height 1.0 mm where it is left out. */
  minimumPt?: number;
  /** The file's date; the same sheet with the same date is the same file, byte by byte. */
  createdAt: Date;
  labels: LabelSource;
};

/** Where the code of a label stands, in millimetres from the cell's corner. */
export type CodeSpot = { left: number; top: number; width: number; height: number };

/** The fields of a label whose text may not fit or hold a character without glyph. */
export type LabelField =
  | 'heading'
  | 'productName'
  | 'lotNumber'
  | 'producedText'
  | 'useByText'
  | 'netContent'
  | 'party'
  | 'responsibleParty'
  | 'origin'
  | 'ingredients'
  | 'allergens'
  | 'storage'
  | 'usage'
  | 'warnings'
  | 'notice'
  | 'code';
