// A run and what happened to it as JSON.
import { z } from 'zod';
import { formatCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import { apiBase } from '../paths.ts';
import { labelUrl, lotCode } from './labels.printing.rules.ts';
import { labelLayouts, printFormats, runEventKinds, runLinks } from './labels.types.ts';
import type { LabelRun, LabelRunEvent, RunState } from './labels.types.ts';

export const labelEventAnswer = z.object({
  id: z.string(),
  kind: z.enum(runEventKinds),
  /** Labels concerned, counted from 1, both included. */
  first: z.number(),
  last: z.number(),
  format: z.enum(printFormats).nullable(),
  reason: z.string(),
  /** Units that went back to the batch. */
  unitsBack: z.number(),
  /** Symbols that were read back by two decoders. */
  symbols: z.number().nullable(),
  byUserId: z.string(),
  at: z.date(),
});

export function labelEventJson(event: LabelRunEvent): z.output<typeof labelEventAnswer> {
  const { id, kind, from, end, format = null, reason, unitsBack, symbols = null, byUserId, at } = event;
  return { id, kind, first: from + 1, last: end, format, reason, unitsBack, symbols, byUserId, at };
}

export const labelRunAnswer = z.object({
  id: z.string(),
  batchId: z.string(),
  kind: z.enum(['lot', 'unit']),
  quantity: z.number(),
  layout: z.enum(labelLayouts),
  link: z.enum(runLinks),
  /** checking: its symbols are being read back; checked: it may be approved; approved: it may be printed. */
  state: z.enum(['checking', 'check-failed', 'checked', 'approved', 'voided']),
  /** Not for sale: made while the printed address was local, or of sample data. */
  sample: z.boolean(),
  /** The lot's code as printed, of a unit run that of its first label: 7K3M-9QXC-2A4Y. */
  code: z.string(),
  /** What that label's QR holds. */
  url: z.string(),
  /** Where the PDF of the whole run is. */
  sheet: z.string(),
  events: z.array(labelEventAnswer),
  createdAt: z.date(),
});

export function labelRunJson(
  record: { run: LabelRun; state: RunState; events: readonly LabelRunEvent[] },
  lotNumber: string,
  codeKey: CodeKey,
): z.output<typeof labelRunAnswer> {
  const { run, state, events } = record;
  const code = lotCode(run, codeKey);
  const { id, batchId, kind, quantity, layout, link, sample, createdAt } = run;
  return {
    id,
    batchId,
    kind,
    quantity,
    layout,
    link,
    state,
    sample,
    code: formatCode(code),
    url: labelUrl(run, lotNumber, code),
    sheet: `${apiBase}/label-runs/${id}/sheet`,
    events: events.map(labelEventJson),
    createdAt,
  };
}
