// The page of one batch: facts, what holds it, what may be done, and its journal.
import type { Batch, Hold } from '../batches/batches.types.ts';
import type { Day } from '../days.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { batchFacts, batchTurns } from './steps.batch.view.ts';
import { journalRows } from './steps.journal.view.ts';
import type { BatchOverview, Waiting } from './steps.overview.types.ts';

const words: Readonly<Record<string, string>> = {
  step: 'steps.saved',
  'step-no-photo': 'steps.savedNoPhoto',
  correction: 'steps.correction.saved',
  withdrawal: 'steps.correction.withdrawn',
  erasure: 'steps.erasing.saved',
  batch: 'batches.saved',
  change: 'batches.edit.saved',
  closing: 'batches.closing.saved',
  reopening: 'batches.reopening.saved',
  packing: 'batches.packing.saved',
  settlement: 'batches.hold.saved',
};

/** The key of the sentence for a `saved` flag in an address; '' for anything else. */
export function savedWords(flag: unknown): string {
  return typeof flag === 'string' && Object.hasOwn(words, flag) ? (words[flag] ?? '') : '';
}

const holdRow = (language: Language, batch: Batch, hold: Hold) => ({
  words: t(language, `batches.hold.reasons.${hold.reason}`),
  action: paths.appBatchHold(batch.id, hold.id),
});

/** "được hái từ 08/08/2026", or what is missing to say so; '' when nothing forbids a harvest. */
export function waitingWords(language: Language, waiting: Waiting | undefined): string {
  if (waiting === undefined) return '';
  if (waiting.allowedFrom === undefined)
    return t(language, 'steps.waiting.unknown', { day: formatDay(language, waiting.sprayedOn) });
  return t(language, 'steps.waiting.until', { day: formatDay(language, waiting.allowedFrom) });
}

/** Data of views/steps/batch.hbs. */
export function batchPage(language: Language, overview: BatchOverview, today: Day) {
  const { batch, entries, gaps, isOwn } = overview;
  const mayChange = isOwn && batch.closed === undefined;
  return {
    back: paths.appBatches,
    lot: t(language, 'batches.lot', { lot: batch.lotNumber }),
    ...batchFacts(language, overview),
    ...batchTurns(language, overview),
    isOwn,
    isRecalled: overview.isRecalled,
    waiting: batch.packedOn === undefined ? waitingWords(language, overview.waiting) : '',
    holds: batch.holds.filter(({ settled }) => settled === undefined).map((hold) => holdRow(language, batch, hold)),
    recordHref: mayChange && !overview.isRecalled ? paths.appNewStep(batch.id) : '',
    labelsHref: isOwn ? paths.appBatchLabels(batch.id) : '',
    packingHref: mayChange ? paths.appBatchPacking(batch.id) : '',
    journal: journalRows(language, entries, gaps, { today, mayCorrect: isOwn, materials: overview.materials }),
  };
}
