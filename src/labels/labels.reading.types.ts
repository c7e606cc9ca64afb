// What goes to the reading thread and comes back from it.
import type { CodeSpot } from './labels.sheet.types.ts';
import type { PressSheet } from './labels.press.types.ts';

/** One page to be read back: its sheet, and address and code of each of its labels. */
export type ReadTask = { kind: 'read'; sheet: PressSheet; own: readonly [string, string][]; dpi: number };

/** One label to be drawn: in grey as on paper, or in dots as a thermal printer prints it; without symbol and code where `own` is left out. */
export type PictureTask = {
  kind: 'picture';
  sheet: PressSheet;
  own: readonly [string, string] | undefined;
  dpi: number;
};

export type ToReading = { turn: number; task: ReadTask | PictureTask };

export type ReadPage = { ok: true; symbols: number } | { ok: false; place: number; zxing: string; jsqr: string };

/** A label in dots: one bit a dot, black as 1, rows padded to whole bytes; and where its code goes. */
export type LabelPicture = { bits: Uint8Array; rowBytes: number; width: number; height: number; code: CodeSpot };

export type FromReading =
  { turn: number; read: ReadPage } | { turn: number; picture: LabelPicture } | { turn: number; fault: string };
