// The journal as a thread: steps newest first with their evidence, and gaps shown as gaps.
import { dayOf, daysBetween } from '../days.ts';
import type { Day } from '../days.ts';
import { formatDay, formatNumber, formatShortDay, formatWeekday } from '../i18n/format.ts';
import { hasText, t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Recall } from '../recalls/recalls.types.ts';
import { evidenceGrades } from '../steps/steps.types.ts';
import type { JournalEntry, JournalGap, Step } from '../steps/steps.types.ts';
import { packingOf, waitingBefore } from './trace.rules.ts';
import type { TraceFacts } from './trace.types.ts';
import { amountWords, capital, dayCount, netWords, producerWord } from './trace.words.view.ts';

const weekdayWithinDays = 7;
const shownAtOnce = 7;
const shownAtMost = 40;

/** One stitch of the thread. `node` is its class: '' solid, `tu` hollow, `xm` gold heart, `do` red. */
export type JournalItem = {
  gap: undefined;
  node: '' | 'tu' | 'xm' | 'do';
  datetime: Day;
  when: string;
  title: string;
  lines: string[];
  caution: string;
  grade: number;
  evidence: string;
  photos: { small: string; large: string; alt: string }[];
};
export type GapItem = { gap: { title: string; line: string } };
export type ThreadItem = JournalItem | GapItem;

type Context = { language: Language; facts: TraceFacts; steps: Step[] };

const rangeWords = (language: Language, from: Day, to: Day): string => {
  const start = from.slice(0, 4) === to.slice(0, 4) ? formatShortDay(language, from) : formatDay(language, from);
  return t(language, 'trace.range', { from: start, to: formatDay(language, to) });
};

const whenWords = ({ language, facts }: Context, { doneOn, doneUntil }: Step): string => {
  if (doneUntil !== undefined && doneUntil !== doneOn) return rangeWords(language, doneOn, doneUntil);
  const ago = daysBetween(doneOn, dayOf(facts.at));
  return ago >= 0 && ago < weekdayWithinDays ? formatWeekday(language, doneOn) : formatDay(language, doneOn);
};

const waitingWords = ({ language, steps }: Context, harvest: Step): { line: string; isCaution: boolean } => {
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

const packingWords = ({ language, facts, steps }: Context, pack: Step): { line: string; isCaution: boolean } => {
  const net = facts.product.netContent;
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

const amountOf = ({ language }: Context, { data }: Step): string =>
  data.amount === undefined ? '' : amountWords(language, data.amount, data.unit ?? '').trim();

const usedWords = (context: Context, step: Step): string => {
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

const photoWords = (language: Language, { step, photos }: JournalEntry, first: boolean): string => {
  const here = photos.length;
  const meant = Math.max(step.photoHashes.length, here);
  if (here === 0 && meant === 0) return '';
  const base = first ? 'onlyPhoto' : 'photo';
  if (here < meant) return t(language, `trace.journal.${base}sOf`, { n: here, of: meant });
  return t(language, `trace.journal.${base}${here === 1 ? '' : 's'}`, { n: here });
};

const evidenceWords = ({ language, facts }: Context, entry: JournalEntry): string => {
  const { grade, confirmedOn, step } = entry;
  if (grade === 'with-photo') return photoWords(language, entry, true);
  const number = evidenceGrades.indexOf(grade) + 1;
  const who = producerWord(language, facts.producer);
  const sameYear = confirmedOn?.slice(0, 4) === step.doneOn.slice(0, 4);
  const on = confirmedOn === undefined ? '' : (sameYear ? formatShortDay : formatDay)(language, confirmedOn);
  return [t(language, `trace.journal.grade${number}`, { who }), on, photoWords(language, entry, false)]
    .filter((part) => part !== '')
    .join(', ');
};

const markWords = (language: Language, mark: string): string => {
  const key = `steps.marks.${mark}`;
  return `${t(language, hasText(language, key) ? key : 'trace.journal.marked')}.`;
};

const noteWords = (language: Language, note: string | undefined): string =>
  note === undefined ? t(language, 'trace.journal.erased') : note;

const nodeOf = ({ grade }: JournalEntry): JournalItem['node'] =>
  grade === 'official-verified' ? 'xm' : grade === 'self-declared' ? 'tu' : '';

const entryItem = (context: Context, entry: JournalEntry): JournalItem => {
  const { language } = context;
  const { step } = entry;
  const kind = t(language, `steps.kinds.${step.kind}`);
  const title = step.kind === 'harvest' ? `${kind} ${amountOf(context, step)}`.trim() : kind;
  const none = { line: '', isCaution: false };
  const sums =
    step.kind === 'harvest' ? waitingWords(context, step) : step.kind === 'pack' ? packingWords(context, step) : none;
  const lines = [usedWords(context, step), noteWords(language, entry.note)];
  const cautions = [sums.isCaution ? sums.line : '', ...entry.marks.map((mark) => markWords(language, mark))];
  return {
    gap: undefined,
    node: nodeOf(entry),
    datetime: step.doneUntil ?? step.doneOn,
    when: whenWords(context, step),
    title,
    lines: [sums.isCaution ? '' : sums.line, ...lines, historyWords(language, entry)].filter((line) => line !== ''),
    caution: cautions.filter((line) => line !== '').join(' '),
    grade: evidenceGrades.indexOf(entry.grade) + 1,
    evidence: evidenceWords(context, entry),
    photos: entry.photos.map(({ fileId }, place) => ({
      small: paths.picture(fileId, 360, 'webp'),
      large: paths.picture(fileId, 720, 'webp'),
      alt: t(language, 'trace.journal.photoAlt', { n: place + 1, work: title }),
    })),
  };
};

const gapItem = ({ language, facts }: Context, gap: JournalGap): GapItem => {
  const who = producerWord(language, facts.producer);
  const title = t(language, 'trace.journal.gap', { days: dayCount(language, gap.days) });
  if (gap.days === 1)
    return { gap: { title, line: t(language, 'trace.journal.gapOn', { day: formatDay(language, gap.fromDay), who }) } };
  const sameYear = gap.fromDay.slice(0, 4) === gap.toDay.slice(0, 4);
  const from = (sameYear ? formatShortDay : formatDay)(language, gap.fromDay);
  return {
    gap: { title, line: t(language, 'trace.journal.gapMore', { from, to: formatDay(language, gap.toDay), who }) },
  };
};

const recallItem = ({ language }: Context, recall: Recall): JournalItem => ({
  gap: undefined,
  node: 'do',
  datetime: dayOf(recall.openedAt),
  when: formatDay(language, dayOf(recall.openedAt)),
  title: t(language, 'trace.recall.event', { issuer: recall.issuerName }),
  lines: [recall.reason, t(language, 'trace.recall.order', { number: recall.orderNumber })],
  caution: '',
  grade: 0,
  evidence: '',
  photos: [],
});

type Placed = { day: Day; item: ThreadItem };

/** Recalls, steps and gaps in one thread, newest first; a gap stands between the steps that it parts. */
const threadOf = (context: Context): ThreadItem[] => {
  const { facts } = context;
  const entries: Placed[] = facts.journal.map((entry) => ({
    day: entry.step.doneUntil ?? entry.step.doneOn,
    item: entryItem(context, entry),
  }));
  const recalls: Placed[] = facts.recalls.map((recall) => ({
    day: dayOf(recall.openedAt),
    item: recallItem(context, recall),
  }));
  const gaps: Placed[] = facts.gaps.map((gap) => ({ day: gap.toDay, item: gapItem(context, gap) }));
  // A stable sort keeps the journal's own order within a day.
  return [...recalls, ...entries, ...gaps]
    .sort((left, right) => right.day.localeCompare(left.day))
    .map(({ item }) => item);
};

const cutAfterSteps = (thread: readonly ThreadItem[], steps: number): number => {
  let seen = 0;
  const place = thread.findIndex((item) => item.gap === undefined && (seen += 1) > steps);
  return place === -1 ? thread.length : place;
};

const countWords = (language: Language, facts: TraceFacts): string => {
  const gaps = facts.gaps.length;
  const gapWords = gaps === 0 ? t(language, 'trace.journal.noGaps') : t(language, 'trace.journal.gaps', { n: gaps });
  return `${t(language, 'trace.journal.count', { n: formatNumber(language, facts.journal.length) })}, ${gapWords}`;
};

const contextOf = (language: Language, facts: TraceFacts): Context => ({
  language,
  facts,
  steps: facts.journal.map(({ step }) => step),
});

/** The journal of the scan page: seven steps in sight, up to forty folded, the rest behind a link. */
export function journalSection(language: Language, facts: TraceFacts) {
  const thread = threadOf(contextOf(language, facts));
  const first = cutAfterSteps(thread, shownAtOnce);
  const last = cutAfterSteps(thread, shownAtMost);
  const folded = thread.slice(first, last);
  const isCooperative = facts.producer.kind === 'cooperative';
  const who = isCooperative ? t(language, 'trace.journal.shortCooperative') : producerWord(language, facts.producer);
  return {
    title: t(language, facts.recalls.length === 0 ? 'trace.journal.title' : 'trace.journal.titleRecalled'),
    count: countWords(language, facts),
    isEmpty: facts.journal.length === 0,
    emptyMore: t(language, 'stars' in facts.verdict ? 'trace.journal.emptyMore' : 'trace.journal.emptyNoStars'),
    grades: [1, 2, 3, 4].map((number) => ({ number, words: t(language, `trace.journal.grade${number}`, { who }) })),
    shown: thread.slice(0, first),
    folded,
    foldedWord: t(language, 'trace.journal.older', { n: folded.filter(({ gap }) => gap === undefined).length }),
    more: last < thread.length ? t(language, 'trace.journal.oldest', { n: facts.journal.length }) : '',
    moreUrl: paths.scanSteps(facts.code),
  };
}

/** The whole journal, for its own page. */
export function wholeJournal(language: Language, facts: TraceFacts) {
  return { count: countWords(language, facts), thread: threadOf(contextOf(language, facts)) };
}
