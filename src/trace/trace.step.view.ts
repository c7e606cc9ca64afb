// One step of the journal in words: when, what, with which arithmetic, and on whose word.
import { dayOf, daysBetween } from '../days.ts';
import type { Day } from '../days.ts';
import { formatDay, formatNumber, formatShortDay, formatWeekday } from '../i18n/format.ts';
import { hasText, t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { evidenceGrades } from '../steps/steps.types.ts';
import type { JournalEntry, Step, StepKind } from '../steps/steps.types.ts';
import { packingOf, waitingBefore } from './trace.rules.ts';
import type { TraceFacts } from './trace.types.ts';
import { amountWords, capital, dayCount, netWords, producerWord } from './trace.words.view.ts';

const weekdayWithinDays = 7;

/** Where in the making of a lot a kind of work stands; what may be anywhere stands with its neighbours. */
const stages: Partial<Record<StepKind, Stage>> = {
  fertilise: 'growing',
  spray: 'growing',
  water: 'growing',
  prune: 'growing',
  pollinate: 'growing',
  'bag-fruit': 'growing',
  weed: 'growing',
  harvest: 'harvest',
  grade: 'making',
  process: 'making',
  pack: 'making',
  ship: 'selling',
};

export type Stage = 'growing' | 'harvest' | 'making' | 'selling';

/** One stitch of the thread. `node` is its class: '' solid, `tu` hollow, `xm` gold heart, `do` red. */
export type JournalItem = {
  gap: undefined;
  stage: Stage | undefined;
  node: '' | 'tu' | 'xm' | 'do';
  datetime: Day;
  when: string;
  title: string;
  lines: string[];
  caution: string;
  grade: number;
  evidence: string;
  photos: { avif: string; small: string; large: string; alt: string }[];
};

/** What every step of a journal is told against. */
export type JournalContext = { language: Language; facts: TraceFacts; steps: Step[] };

const rangeWords = (language: Language, from: Day, to: Day): string => {
  const start = from.slice(0, 4) === to.slice(0, 4) ? formatShortDay(language, from) : formatDay(language, from);
  return t(language, 'trace.range', { from: start, to: formatDay(language, to) });
};

const whenWords = ({ language, facts }: JournalContext, { doneOn, doneUntil }: Step): string => {
  if (doneUntil !== undefined && doneUntil !== doneOn) return rangeWords(language, doneOn, doneUntil);
  const ago = daysBetween(doneOn, dayOf(facts.at));
  return ago >= 0 && ago < weekdayWithinDays ? formatWeekday(language, doneOn) : formatDay(language, doneOn);
};

const waitingWords = ({ language, steps }: JournalContext, harvest: Step): { line: string; isCaution: boolean } => {
  const waiting = waitingBefore(harvest, steps);
  if (waiting === undefined) return { line: '', isCaution: false };
  const say = (key: string, values: Record<string, unknown> = {}) => t(language, `trace.journal.${key}`, values);
  const days = dayCount(language, waiting.days);
  const since =
    waiting.days === 0
      ? say('sameDay')
      : waiting.isLastSpray
        ? say('afterLast', { days })
        : say('afterSpray', { days, day: formatDay(language, waiting.sprayedOn) });
  if (waiting.needed === undefined) return { line: `${capital(since)}; ${say('notKnown')}`, isCaution: true };
  const verdict = say(waiting.isMet === true ? 'met' : 'notMet');
  const needs = say('needs', { days: dayCount(language, waiting.needed) });
  return { line: `${capital(since)}; ${needs}. ${verdict}`, isCaution: waiting.isMet !== true };
};

const packingWords = ({ language, facts, steps }: JournalContext, pack: Step): { line: string; isCaution: boolean } => {
  const net = facts.product.netContent;
  if (net === undefined) return { line: '', isCaution: false };
  const packing = packingOf(pack, steps, net);
  if (packing === undefined) return { line: '', isCaution: false };
  const say = (key: string, values: Record<string, unknown> = {}) => t(language, `trace.journal.${key}`, values);
  const units = formatNumber(language, packing.units);
  if (net.unit === 'piece' && net.amount === 1) return { line: say('packedUnits', { units }), isCaution: false };
  const values = {
    units,
    net: netWords(language, net),
    total: amountWords(language, packing.total.amount, packing.total.unit),
  };
  if (packing.harvested === undefined) return { line: say('packed', values), isCaution: false };
  const harvested = amountWords(language, packing.harvested.amount, packing.harvested.unit);
  const verdict = say(packing.fits === true ? 'fits' : 'exceeds');
  return { line: `${say('packedOf', { ...values, harvested })} ${verdict}`, isCaution: packing.fits !== true };
};

const amountOf = ({ language }: JournalContext, { data }: Step): string =>
  data.amount === undefined ? '' : amountWords(language, data.amount, data.unit ?? '').trim();

const usedWords = (context: JournalContext, step: Step): string => {
  const { language } = context;
  const { waitDays, material } = step.data;
  const wait =
    step.kind !== 'spray'
      ? ''
      : waitDays === undefined
        ? t(language, 'trace.journal.waitUnknown')
        : t(language, 'trace.journal.wait', { days: dayCount(language, waitDays) });
  // Title and sums already say what was harvested and packed.
  const isSaid = step.kind === 'harvest' || (step.kind === 'pack' && step.data.unitsPacked !== undefined);
  const amount = isSaid ? '' : amountOf(context, step);
  const parts = [material ?? '', amount, wait].filter((part) => part !== '').join(', ');
  return parts === '' ? '' : `${capital(parts)}.`;
};

const lateWords = (language: Language, step: Step): string => {
  const recordedOn = dayOf(step.recordedAt);
  const late = daysBetween(step.doneUntil ?? step.doneOn, recordedOn) > 1;
  return late ? t(language, 'trace.journal.recordedOn', { day: formatDay(language, recordedOn) }) : '';
};

/** Who recorded late, for whom, and what was changed since: each said, none hidden. */
const historyWords = (language: Language, { step, correctionCount }: JournalEntry): string => {
  const parts = [
    lateWords(language, step),
    correctionCount === 0 ? '' : t(language, 'trace.journal.corrected', { n: correctionCount }),
    step.onBehalf ? t(language, 'trace.journal.onBehalf') : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${parts.join('. ')}.`;
};

const photoWords = (
  { language, facts }: JournalContext,
  { step, photos, erasedPhotos, grade }: JournalEntry,
  first: boolean,
): string => {
  if (facts.hidesPhotos) {
    const key = first ? 'onlyHiddenPhotos' : 'hiddenPhotos';
    return grade === 'with-photo' || step.photoHashes.length > 0 ? t(language, `trace.journal.${key}`) : '';
  }
  const here = photos.length;
  const isErased = (hash: string): boolean => erasedPhotos.some(({ receivedSha256 }) => receivedSha256 === hash);
  const meant = Math.max(step.photoHashes.filter((hash) => !isErased(hash)).length, here);
  if (here === 0 && meant === 0) return '';
  const base = first ? 'onlyPhoto' : 'photo';
  if (here < meant) return t(language, `trace.journal.${base}sOf`, { n: here, of: meant });
  return t(language, `trace.journal.${base}${here === 1 ? '' : 's'}`, { n: here });
};

const evidenceWords = (context: JournalContext, entry: JournalEntry): string => {
  const { language, facts } = context;
  const { grade, confirmedOn, step } = entry;
  if (grade === 'with-photo') return photoWords(context, entry, true);
  const number = evidenceGrades.indexOf(grade) + 1;
  const who = producerWord(language, facts.producer);
  const sameYear = confirmedOn?.slice(0, 4) === step.doneOn.slice(0, 4);
  const on = confirmedOn === undefined ? '' : (sameYear ? formatShortDay : formatDay)(language, confirmedOn);
  return [t(language, `trace.journal.grade${number}`, { who }), on, photoWords(context, entry, false)]
    .filter((part) => part !== '')
    .join(', ');
};

const markWords = (language: Language, mark: string): string => {
  const key = `steps.marks.${mark}`;
  return `${t(language, hasText(language, key) ? key : 'trace.journal.marked')}.`;
};

const noteWords = (language: Language, { note, noteErasedOn }: JournalEntry): string => {
  if (note !== undefined) return note;
  if (noteErasedOn === undefined) return t(language, 'trace.journal.erased');
  return t(language, 'trace.journal.erasedOn', { day: formatDay(language, noteErasedOn) });
};

const erasedPhotoWords = (language: Language, { erasedPhotos }: JournalEntry): string[] =>
  [...new Set(erasedPhotos.map(({ erasedOn }) => erasedOn))].map((on) =>
    t(language, 'trace.journal.photoErased', { day: formatDay(language, on) }),
  );

const nodeOf = ({ grade }: JournalEntry): JournalItem['node'] =>
  grade === 'official-verified' ? 'xm' : grade === 'self-declared' ? 'tu' : '';

/** The stitch of an entry. */
export const entryItem = (context: JournalContext, entry: JournalEntry): JournalItem => {
  const { language } = context;
  const { step } = entry;
  const kind = t(language, `steps.kinds.${step.kind}`);
  const title = step.kind === 'harvest' ? `${kind} ${amountOf(context, step)}`.trim() : kind;
  const none = { line: '', isCaution: false };
  const sums =
    step.kind === 'harvest' ? waitingWords(context, step) : step.kind === 'pack' ? packingWords(context, step) : none;
  const lines = [usedWords(context, step), noteWords(language, entry), ...erasedPhotoWords(language, entry)];
  const cautions = [sums.isCaution ? sums.line : '', ...entry.marks.map((mark) => markWords(language, mark))];
  return {
    gap: undefined,
    stage: stages[step.kind],
    node: nodeOf(entry),
    datetime: step.doneUntil ?? step.doneOn,
    when: whenWords(context, step),
    title,
    lines: [sums.isCaution ? '' : sums.line, ...lines, historyWords(language, entry)].filter((line) => line !== ''),
    caution: cautions.filter((line) => line !== '').join(' '),
    grade: evidenceGrades.indexOf(entry.grade) + 1,
    evidence: evidenceWords(context, entry),
    photos: entry.photos.map(({ fileId }, place) => ({
      avif: paths.picture(fileId, 360, 'avif'),
      small: paths.picture(fileId, 360, 'webp'),
      large: paths.picture(fileId, 720, 'webp'),
      alt: t(language, 'trace.journal.photoAlt', { n: place + 1, work: title }),
    })),
  };
};
