// A run as JSON.
import { z } from 'zod';
import { traceUrl } from '../codes/digital-link.ts';
import { formatCode } from '../codes/trace-code.ts';
import type { CodeKey } from '../codes/trace-code.ts';
import { apiBase } from '../paths.ts';
import { lotCode } from './labels.printing.rules.ts';
import { labelLayouts } from './labels.types.ts';
import type { LabelRun } from './labels.types.ts';

export const labelRunAnswer = z.object({
  id: z.string(),
  batchId: z.string(),
  kind: z.enum(['lot', 'unit']),
  quantity: z.number(),
  layout: z.enum(labelLayouts),
  /** Not for sale: made while the printed address was local, or of sample data. */
  sample: z.boolean(),
  /** The lot's code as printed: 7K3M-9QXC-2A4Y. */
  code: z.string(),
  /** What the QR holds. */
  url: z.string(),
  /** Where the PDF is. */
  sheet: z.string(),
  createdAt: z.date(),
});

export function labelRunJson(run: LabelRun, codeKey: CodeKey): z.output<typeof labelRunAnswer> {
  const code = lotCode(run, codeKey);
  const { id, batchId, kind, quantity, layout, sample, createdAt } = run;
  const url = traceUrl(run.baseUrl, code);
  return {
    id,
    batchId,
    kind,
    quantity,
    layout,
    sample,
    code: formatCode(code),
    url,
    sheet: `${apiBase}/label-runs/${id}/sheet`,
    createdAt,
  };
}
