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

/** The first page of a sheet as a printer of so many dots an inch prints it. */
export type PageTask = { kind: 'page'; sheet: PressSheet; own: readonly [string, string][]; dpi: number };

export type ToReading = { turn: number; task: ReadTask | PictureTask | PageTask };

export type ReadPage = { ok: true; symbols: number } | { ok: false; place: number; zxing: string; jsqr: string };

/** One bit a dot, black as 1, rows padded to whole bytes. */
export type Dots = { bits: Uint8Array; rowBytes: number; width: number; height: number };

/** A label in dots, and where its code goes. */
export type LabelPicture = Dots & { code: CodeSpot };

export type FromReading =
  | { turn: number; read: ReadPage }
  | { turn: number; picture: LabelPicture }
  | { turn: number; page: Dots }
  | { turn: number; fault: string };
