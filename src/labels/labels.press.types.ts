// What goes to the drawing thread and comes back from it.
import type { LabelSheet, SheetLabel } from './labels.sheet.types.ts';

/** A sheet whose labels share all words; their addresses and codes follow page by page. */
export type PressSheet = Omit<LabelSheet, 'labels' | 'lot'> & {
  count: number;
  shared: Omit<SheetLabel, 'url' | 'code'>;
};

/** `own` holds address and code of each label from place `from` on. */
export type ToPress =
  { kind: 'sheet'; sheet: PressSheet } | { kind: 'labels'; from: number; own: readonly [string, string][] };

/** `wants` asks for the labels at the places `from` to before `end`. */
export type FromPress =
  | { kind: 'wants'; from: number; end: number }
  | { kind: 'chunk'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'end' }
  | { kind: 'failed'; message: string };
