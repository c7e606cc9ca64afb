// The journal as a thread: steps newest first with their evidence, and gaps shown as gaps.
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import { formatDay, formatNumber, formatShortDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Recall } from '../recalls/recalls.types.ts';
import type { JournalGap } from '../steps/steps.types.ts';
import { entryItem } from './trace.step.view.ts';
import type { JournalContext, JournalItem, Stage } from './trace.step.view.ts';
import type { TraceFacts } from './trace.types.ts';
import { dayCount, producerWord } from './trace.words.view.ts';

const shownAtOnce = 7;
const shownAtMost = 40;

export type GapItem = { gap: { title: string; line: string } };
export type ThreadItem = JournalItem | GapItem;

const gapItem = ({ language, facts }: JournalContext, gap: JournalGap): GapItem => {
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

const recallItem = ({ language }: JournalContext, recall: Recall): JournalItem => ({
  gap: undefined,
  stage: undefined,
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

/** Items of one stage that follow each other; `stage` is its name, '' where nothing says which it is. */
export type StageGroup = { stage: string; items: ThreadItem[] };

/** What may be anywhere (a gap, nothing done, a recall) stays with the stage before it in the thread, else with the one after. */
const byStage = (language: Language, thread: readonly ThreadItem[], running?: Stage): StageGroup[] => {
  const groups: { stage: Stage | undefined; items: ThreadItem[] }[] = [{ stage: running, items: [] }];
  for (const item of thread) {
    const stage = item.gap === undefined ? item.stage : undefined;
    const last = groups.at(-1);
    if (last !== undefined && (stage === undefined || last.stage === undefined || last.stage === stage)) {
      last.stage ??= stage;
      last.items.push(item);
    } else groups.push({ stage, items: [item] });
  }
  return groups
    .filter(({ items }) => items.length > 0)
    .map(({ stage, items }) => ({ stage: stage === undefined ? '' : t(language, `trace.stage.${stage}`), items }));
};

const lastStage = (thread: readonly ThreadItem[]): Stage | undefined =>
  thread.reduce<Stage | undefined>(
    (known, item) => (item.gap === undefined ? (item.stage ?? known) : known),
    undefined,
  );

type Placed = { day: Day; item: ThreadItem };

/** Recalls, steps and gaps in one thread, newest first; a gap stands between the steps that it parts. */
const threadOf = (context: JournalContext): ThreadItem[] => {
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

const contextOf = (language: Language, facts: TraceFacts): JournalContext => ({
  language,
  facts,
  steps: facts.journal.map(({ step }) => step),
});

/** The folded part goes on in the stage in which the part in sight stopped, without naming it again. */
const foldedGroups = (
  language: Language,
  shown: readonly ThreadItem[],
  folded: readonly ThreadItem[],
): StageGroup[] => {
  const running = lastStage(shown);
  return byStage(language, folded, running).map((group, at) =>
    at === 0 && running !== undefined && group.stage === t(language, `trace.stage.${running}`)
      ? { ...group, stage: '' }
      : group,
  );
};

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
    shown: byStage(language, thread.slice(0, first)),
    folded: foldedGroups(language, thread.slice(0, first), folded),
    foldedWord: t(language, 'trace.journal.older', { n: folded.filter(({ gap }) => gap === undefined).length }),
    more: last < thread.length ? t(language, 'trace.journal.oldest', { n: facts.journal.length }) : '',
    moreUrl: paths.scanSteps(facts.code),
  };
}

/** The whole journal, for its own page. */
export function wholeJournal(language: Language, facts: TraceFacts) {
  return { count: countWords(language, facts), thread: byStage(language, threadOf(contextOf(language, facts))) };
}
