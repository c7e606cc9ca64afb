// What a file of score cards says, card by card, and what follows from a card: its sums and everything in it that is unclear. Pure.
import type { ReadRow, ReadRows } from '../importing/importing.types.ts';
import { faultsOf } from '../importing/json-file.ts';
import { cardFile, cardOfFile } from './scorecards.input.ts';
import type { CardFile, CardOfFile } from './scorecards.input.ts';
import type { Criterion, MarkedOption, ScoreCard } from './scorecards.types.ts';

/** Criteria that are answered: those without others below them. */
export function leavesOf(criterion: Criterion): Criterion[] {
  return criterion.criteria.length === 0 ? [criterion] : criterion.criteria.flatMap(leavesOf);
}

const leavesOfCard = ({ parts }: Pick<ScoreCard, 'parts'>): Criterion[] =>
  parts.flatMap(({ sections }) => sections.flatMap(leavesOf));

const total = (values: readonly (number | null)[]): number | null =>
  values.includes(null) ? null : values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

export type CardSums = {
  criteria: number;
  options: number;
  /** Points and maximums that can't be read. */
  unread: number;
  /** Sum of what the criteria give at most; null where one of them can't be read. */
  sum: number | null;
};

/** Sums over the criteria of a card, worked out from them. */
export function sumsOf(card: Pick<ScoreCard, 'parts'>): CardSums {
  const leaves = leavesOfCard(card);
  const options = leaves.flatMap((leaf) => leaf.options);
  return {
    criteria: leaves.length,
    options: options.length,
    unread: [...options.map(({ points }) => points), ...leaves.map(({ maxPoints }) => maxPoints)].filter(
      (points) => points === null,
    ).length,
    sum: total(leaves.map(({ maxPoints }) => maxPoints)),
  };
}

export type Oddity =
  | { kind: 'points-unread'; criterion: string; option: string; printed: string }
  | { kind: 'maximum-unread'; criterion: string; printed: string }
  | { kind: 'same-points'; criterion: string; points: number }
  | { kind: 'heading-differs'; part: string; heading: number; column: number }
  | { kind: 'part-sum-differs'; part: string; sum: number; column: number };

const oddOptions = (leaf: Criterion): Oddity[] => {
  const unread = leaf.options
    .filter(({ points }) => points === null)
    .map(({ text, printedPoints }): Oddity => ({
      kind: 'points-unread',
      criterion: leaf.number,
      option: text,
      printed: printedPoints,
    }));
  const [first, second] = leaf.options;
  const isSame = first !== undefined && second !== undefined && first.points !== null && first.points === second.points;
  const isOdd = isSame && leaf.answer === 'oneOf' && first.points !== 0;
  return isOdd ? [...unread, { kind: 'same-points', criterion: leaf.number, points: first.points ?? 0 }] : unread;
};

/** Everything in a card that is unclear or does not fit together, in the order of the card. */
export function odditiesOf({ parts }: Pick<ScoreCard, 'parts'>): Oddity[] {
  return parts.flatMap(({ code, maxPoints, pointsInHeading, sections }) => {
    const odd: Oddity[] = [];
    if (maxPoints !== null && pointsInHeading !== null && maxPoints !== pointsInHeading)
      odd.push({ kind: 'heading-differs', part: code, heading: pointsInHeading, column: maxPoints });
    const leaves = sections.flatMap(leavesOf);
    const sum = total(leaves.map((leaf) => leaf.maxPoints));
    if (sum !== null && maxPoints !== null && sum !== maxPoints)
      odd.push({ kind: 'part-sum-differs', part: code, sum, column: maxPoints });
    for (const leaf of leaves) {
      if (leaf.maxPoints === null)
        odd.push({ kind: 'maximum-unread', criterion: leaf.number, printed: leaf.printedPoints });
      odd.push(...oddOptions(leaf));
    }
    return odd;
  });
}

const markedOf = ({ criterion, option }: MarkedOption): MarkedOption => ({ criterion, option });

const cardFrom = (file: CardFile, card: CardOfFile): ScoreCard => ({
  decision: file.decision.number,
  set: card.number,
  decidedOn: file.decision.date,
  issuer: file.decision.issuer,
  name: card.name,
  group: card.group,
  subtitle: card.subtitle,
  leadAgency: card.leadAgency,
  rejectedWhen: card.rejectedWhen ?? '',
  starLegend: card.starLegend ?? '',
  parts: card.parts,
  declaredTotal: card.declaredTotal,
  grades: file.grades,
  minimums: card.minimums,
  traceability: card.traceabilityOptions.map(markedOf),
  notes: card.notes,
  source: { name: `${file.source.repository}, ${file.source.path}`, nature: file.source.nature },
});

const markShape = (card: CardOfFile): boolean => {
  const options = new Map(leavesOfCard(card).map((leaf) => [leaf.number, leaf.options.length]));
  const marks = [...Object.values(card.minimums).flat(), ...card.traceabilityOptions];
  return marks.every(({ criterion, option }) => option < (options.get(criterion) ?? 0));
};

const readCard = (file: CardFile, item: unknown, place: number): ReadRow<ScoreCard> => {
  const given = item as { number?: unknown; name?: unknown } | null;
  const label = [given?.number, given?.name].filter((word) => ['string', 'number'].includes(typeof word)).join('. ');
  const row = { line: place + 1, label: label.slice(0, 120) || `#${place + 1}`, value: undefined, remarks: [] };
  const read = cardOfFile.safeParse(item, { reportInput: true });
  if (!read.success) return { ...row, faults: faultsOf(read.error) };
  if (!markShape(read.data)) return { ...row, faults: [{ column: 'minimums', code: 'option-unknown' }] };
  const value = cardFrom(file, read.data);
  return { ...row, value, faults: [], remarks: odditiesOf(value).length > 0 ? ['card-unclear'] : [] };
};

const markRepeated = (rows: readonly ReadRow<ScoreCard>[]): ReadRow<ScoreCard>[] =>
  rows.map((row, place) => {
    const before = rows.slice(0, place).find(({ value }) => value !== undefined && value.set === row.value?.set);
    if (before === undefined) return row;
    return { ...row, value: undefined, faults: [{ column: 'number', code: 'twice', facts: { line: before.line } }] };
  });

/** The cards of a file, each with its own faults by their paths; a fault of the frame is one of the whole file. */
export function readScoreCards(value: unknown): ReadRows<ScoreCard> {
  const file = cardFile.safeParse(value, { reportInput: true });
  if (!file.success) return { rows: [], faults: faultsOf(file.error) };
  return { rows: markRepeated(file.data.sets.map((item, place) => readCard(file.data, item, place))), faults: [] };
}

/** Stars for so many points; 0 when no grade holds them. */
export function starsFor(grades: ScoreCard['grades'], points: number): number {
  const grade = grades.find(
    ({ from, to, toInclusive }) => points >= from && (points < to || (toInclusive && points === to)),
  );
  return grade?.stars ?? 0;
}
