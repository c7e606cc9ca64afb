// Runs and reports as the API's JSON.
import { z } from 'zod';
import type { Language } from '../i18n/i18n.ts';
import { importKinds } from '../importing/importing.types.ts';
import { rowOutcomes } from './imports.input.ts';
import { importStates } from './imports.types.ts';
import type { ImportRun, Report } from './imports.types.ts';
import { faultWords } from './imports.words.view.ts';

const numberOf = z.record(z.string(), z.number());
const faultAnswer = z.object({ column: z.string(), code: z.string(), message: z.string() });

export const runAnswer = z.object({
  id: z.string(),
  kind: z.enum(importKinds),
  fileName: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  state: z.enum(importStates),
  faults: z.array(faultAnswer),
  counts: z.object({
    rows: z.number(),
    new: z.number(),
    changed: z.number(),
    same: z.number(),
    leftOut: z.number(),
    faulty: z.number(),
    reasons: numberOf,
    remarks: numberOf,
  }),
  skipFaulty: z.boolean(),
  stored: z.object({ new: z.number(), changed: z.number(), same: z.number() }),
  at: z.date(),
  endedAt: z.date().nullable(),
});

export const runListAnswer = z.object({ items: z.array(runAnswer), next: z.string().nullable() });

export const reportAnswer = z.object({
  run: runAnswer,
  rows: z.array(
    z.object({
      line: z.number(),
      label: z.string(),
      outcome: z.enum(rowOutcomes),
      leftOut: z.string().nullable(),
      faults: z.array(faultAnswer),
      remarks: z.array(z.string()),
    }),
  ),
  next: z.number().nullable(),
});

export function runJson(language: Language, run: ImportRun): z.output<typeof runAnswer> {
  const { id, kind, fileName, sha256, bytes, state, counts, skipFaulty, stored, at, endedAt } = run;
  const faults = run.faults.map((fault) => ({
    column: fault.column,
    code: fault.code,
    message: faultWords(language, fault),
  }));
  return { id, kind, fileName, sha256, bytes, state, faults, counts, skipFaulty, stored, at, endedAt: endedAt ?? null };
}

export function reportJson(language: Language, { run, rows, next }: Report): z.output<typeof reportAnswer> {
  return {
    run: runJson(language, run),
    rows: rows.map(({ line, label, outcome, leftOut, faults, remarks }) => ({
      line,
      label,
      outcome,
      leftOut: leftOut === '' ? null : leftOut,
      faults: faults.map((fault) => ({
        column: fault.column,
        code: fault.code,
        message: faultWords(language, fault),
      })),
      remarks,
    })),
    next,
  };
}
