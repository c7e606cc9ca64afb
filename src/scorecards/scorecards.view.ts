// Score cards as JSON and as pages. The law's own words stay Vietnamese in either language.
import { z } from 'zod';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { odditiesOf, sumsOf } from './scorecards.rules.ts';
import type { CardSums, Oddity } from './scorecards.rules.ts';
import type { Criterion, ScoreCard, ScoreOption } from './scorecards.types.ts';
import { answerKinds } from './scorecards.types.ts';

const summary = {
  set: z.number().int(),
  decision: z.string(),
  decidedOn: z.iso.date(),
  name: z.string(),
  group: z.object({ code: z.string(), name: z.string() }),
  leadAgency: z.string(),
  declaredTotal: z.number().int(),
};

export const cardListAnswer = z.object({
  items: z.array(
    z.object({
      ...summary,
      criteria: z.number().int(),
      options: z.number().int(),
      unread: z.number().int().meta({ description: 'Points and maximums that can’t be read; they are never 0.' }),
      sum: z.number().int().nullable(),
    }),
  ),
  next: z.null(),
});

const pointsShape = z.number().int().nullable().meta({ description: 'null: not readable in the copy, never 0.' });

const criterionShape = {
  number: z.string(),
  text: z.string(),
  maxPoints: pointsShape,
  printedPoints: z.string(),
  note: z.string(),
  guidance: z.array(z.string()),
  answer: z.enum(answerKinds).nullable(),
  options: z.array(
    z.object({
      text: z.string(),
      points: pointsShape,
      printedPoints: z.string(),
      minimumForStars: z.number().int().nullable(),
      case: z.string(),
      note: z.string(),
    }),
  ),
};
const innermost = z.object({ ...criterionShape, criteria: z.array(z.unknown()) });
const inner = z.object({ ...criterionShape, criteria: z.array(innermost) });

export const cardAnswer = z.object({
  ...summary,
  issuer: z.string(),
  subtitle: z.string(),
  rejectedWhen: z.string(),
  starLegend: z.string(),
  parts: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      maxPoints: pointsShape,
      pointsInHeading: pointsShape,
      sections: z.array(z.object({ ...criterionShape, criteria: z.array(inner) })),
    }),
  ),
  grades: z.array(
    z.object({
      stars: z.number().int(),
      from: z.number().int(),
      to: z.number().int(),
      toInclusive: z.boolean(),
      level: z.string().nullable(),
    }),
  ),
  minimums: z.record(z.string(), z.array(z.object({ criterion: z.string(), option: z.number().int() }))),
  traceability: z.array(z.object({ criterion: z.string(), option: z.number().int() })),
  notes: z.array(z.string()),
  oddities: z.array(z.object({ kind: z.string() }).catchall(z.union([z.string(), z.number()]))),
  source: z.object({ name: z.string(), nature: z.string() }),
});

type Listed = Omit<z.output<typeof cardListAnswer>['items'][number], keyof CardSums>;

const summaryOf = ({ set, decision, decidedOn, name, group, leadAgency, declaredTotal }: ScoreCard): Listed => ({
  set,
  decision,
  decidedOn,
  name,
  group,
  leadAgency,
  declaredTotal,
});

export function cardListJson(cards: readonly ScoreCard[]): z.output<typeof cardListAnswer> {
  return { items: cards.map((card) => ({ ...summaryOf(card), ...sumsOf(card) })), next: null };
}

export function cardJson(card: ScoreCard) {
  return { ...card, oddities: odditiesOf(card) };
}

const pointWords = (language: Language, points: number | null, printed: string): string => {
  if (points !== null) return t(language, 'scorecards.points', { count: points });
  return printed === ''
    ? t(language, 'scorecards.pointsEmpty')
    : t(language, 'scorecards.pointsPrinted', { printed: printed.replace(/\s+/g, ' ') });
};

const optionView = (language: Language, option: ScoreOption, before: ScoreOption | undefined) => ({
  text: option.text,
  case: option.case !== '' && option.case !== before?.case ? option.case : '',
  points: pointWords(language, option.points, option.printedPoints),
  isUnread: option.points === null,
  stars: option.minimumForStars === null ? '' : t(language, 'scorecards.minimum', { stars: option.minimumForStars }),
  note: option.note,
});

type CriterionView = {
  level: number;
  heading: string;
  points: string;
  isUnread: boolean;
  note: string;
  guidance: string[];
  how: string;
  options: ReturnType<typeof optionView>[];
  criteria: CriterionView[];
};

const criterionView = (language: Language, criterion: Criterion, level: number): CriterionView => ({
  level,
  heading: `${criterion.number.replace(/\.?$/, '.')} ${criterion.text}`,
  points: pointWords(language, criterion.maxPoints, criterion.printedPoints),
  isUnread: criterion.maxPoints === null,
  note: criterion.note,
  guidance: criterion.guidance,
  how:
    criterion.answer === null || criterion.answer === 'oneOf' ? '' : t(language, `scorecards.how.${criterion.answer}`),
  options: criterion.options.map((option, place) => optionView(language, option, criterion.options[place - 1])),
  criteria: criterion.criteria.map((inside) => criterionView(language, inside, level + 1)),
});

const oddWords = (language: Language, { kind, ...facts }: Oddity): string =>
  t(language, `scorecards.odd.${kind}`, facts);

const decisionWords = (language: Language, { decision, decidedOn, issuer }: ScoreCard): string =>
  t(language, 'scorecards.decision', { decision, day: formatDay(language, decidedOn), issuer });

/** All cards by group. */
export function cardsView(language: Language, cards: readonly ScoreCard[]) {
  const groups = new Map<string, ScoreCard[]>();
  for (const card of cards) groups.set(card.group.code, [...(groups.get(card.group.code) ?? []), card]);
  const [first] = cards;
  return {
    decision: first === undefined ? '' : decisionWords(language, first),
    nature: first === undefined ? '' : first.source.nature,
    groups: [...groups.values()].map((own) => ({
      name: `${own[0]?.group.code ?? ''}. ${own[0]?.group.name ?? ''}`,
      cards: own.map((card) => ({
        href: paths.scoreCard(card.set),
        set: card.set,
        name: card.name,
        detail: t(language, 'scorecards.counts', { criteria: sumsOf(card).criteria }),
        unclear: odditiesOf(card).length > 0 ? t(language, 'scorecards.unclear') : '',
      })),
    })),
  };
}

/** One card in full. */
export function cardView(language: Language, card: ScoreCard) {
  const isUnclear = card.notes.length > 0 || odditiesOf(card).length > 0;
  return {
    listHref: paths.scoreCards,
    heading: t(language, 'scorecards.cardTitle', { set: card.set, name: card.name }),
    subtitle: card.subtitle,
    decision: decisionWords(language, card),
    leadAgency: card.leadAgency,
    nature: card.source.nature,
    isUnclear,
    // The transcriber's notes speak of the file's null; on paper that is an empty cell.
    unclear:
      card.notes.length > 0
        ? card.notes.map((note) => note.replaceAll('để null', 'để trống'))
        : odditiesOf(card).map((odd) => oddWords(language, odd)),
    rejectedWhen: card.rejectedWhen,
    starLegend: card.starLegend,
    grades: card.grades.map(({ stars, from, to, toInclusive }) =>
      t(language, toInclusive ? 'scorecards.gradeTo' : 'scorecards.gradeBelow', { stars, from, to }),
    ),
    parts: card.parts.map((part) => ({
      heading: t(language, 'scorecards.part', { code: part.code, name: part.name }),
      points: pointWords(language, part.maxPoints, ''),
      inHeading:
        part.pointsInHeading === null || part.pointsInHeading === part.maxPoints
          ? ''
          : t(language, 'scorecards.inHeading', { count: part.pointsInHeading }),
      sections: part.sections.map((section) => criterionView(language, section, 3)),
    })),
  };
}
