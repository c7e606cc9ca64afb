// What a person gives to make a run of labels, to print it, and to take labels out of use.
import { z } from 'zod';
import { newId, text } from '../fields.ts';
import { labelLayouts, printFormats, runLinks } from './labels.types.ts';

/** Units of a run count in four symbols of base 32. */
export const largestRun = 1_048_576;

const quantity = z.number().int().min(1).max(largestRun);

// A picture in the symbol is refused by name, so that whoever asks for one reads why.
const logo = z.never({ error: 'logo-in-symbol' }).optional();

/** A run of lot labels, which all carry one code, or of unit labels, each with its own. */
export const newLabelRun = z.strictObject({
  id: newId,
  kind: z.enum(['lot', 'unit']).default('lot'),
  quantity,
  layout: z.enum(labelLayouts).default('a4-65'),
  link: z.enum(runLinks).default('trace'),
  /** Approve it as soon as its symbols have been read back. */
  approve: z.boolean().default(false),
  logo,
});
export type NewLabelRun = z.output<typeof newLabelRun>;

const offset = z.coerce.number().min(-2).max(2).default(0);

/** How one printing of a run lies on paper: first free cell of a used sheet, printer offset in millimetres (±2), cut lines. */
export const sheetOptions = z.strictObject({
  startAt: z.coerce.number().int().min(1).max(65).default(1),
  offsetX: offset,
  offsetY: offset,
  cutLines: z.enum(['0', '1']).default('0'),
});
export type SheetOptions = z.output<typeof sheetOptions>;

/** One symbol as a picture. `module`: pixels of one module; `quiet`: modules of white around it. */
export const symbolOptions = z.strictObject({
  module: z.coerce.number().int().min(1).max(40).default(8),
  quiet: z.coerce.number().int().min(4).max(20).default(4),
  logo,
});

const place = z.number().int().min(1).max(largestRun);

/** Labels `first` to `last`, counted from 1, both included; the whole run where they are left out. */
const range = { first: place.optional(), last: place.optional() };

const inOrder = ({ first, last }: { first?: number | undefined; last?: number | undefined }): boolean =>
  first === undefined || last === undefined || first <= last;
const outOfOrder = { path: ['last'], error: 'before-first' };

/** A file for the printer. Printing labels again needs a reason. */
export const newPrint = z
  .strictObject({
    id: newId,
    ...range,
    format: z.enum(printFormats).default('pdf'),
    reason: text(300).default(''),
    ...sheetOptions.shape,
  })
  .refine(inOrder, outOfOrder);
export type NewPrint = z.output<typeof newPrint>;

export const newRunApproval = z.strictObject({ id: newId });
export type NewRunApproval = z.output<typeof newRunApproval>;

/** Labels that count no more. `goods` says whether their goods are still there and get other labels. */
export const newVoiding = z
  .strictObject({ id: newId, ...range, reason: text(300, 1), goods: z.enum(['remain', 'gone']) })
  .refine(inOrder, outOfOrder);
export type NewVoiding = z.output<typeof newVoiding>;

/** Copies of a lot label that were spoiled in printing. */
export const newWaste = z.strictObject({ id: newId, labels: quantity, reason: text(300, 1) });
export type NewWaste = z.output<typeof newWaste>;

/** The form of the page: a run. */
export const labelForm = newLabelRun;
