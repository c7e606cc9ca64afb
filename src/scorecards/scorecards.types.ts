// Score cards (bộ tiêu chí) by which OCOP products are rated, as a decision prints them.

/** An option of a criterion. `points` null: the cell is empty or what is printed there can't be right; it is never 0. */
export type ScoreOption = {
  text: string;
  points: number | null;
  /** What the cell prints where `points` is null; '' for an empty cell. */
  printedPoints: string;
  /** To get so many stars, this option or a better one must be reached. */
  minimumForStars: number | null;
  /** One of two cases of the criterion to which the option belongs; '' for most. */
  case: string;
  note: string;
};

/** How a criterion is answered: one option; one option of the case that applies; or the full points or none, without options. */
export const answerKinds = ['oneOf', 'oneOfWithinOneCase', 'yesNo'] as const;
export type AnswerKind = (typeof answerKinds)[number];

/** A section or criterion: with criteria below it, or with an answer of its own. */
export type Criterion = {
  number: string;
  text: string;
  maxPoints: number | null;
  printedPoints: string;
  note: string;
  guidance: string[];
  answer: AnswerKind | null;
  options: ScoreOption[];
  criteria: Criterion[];
};

export type ScorePart = {
  code: string;
  name: string;
  maxPoints: number | null;
  /** What the part's heading prints; it may differ from the column. */
  pointsInHeading: number | null;
  sections: Criterion[];
};

/** From so many points (to fewer, or inclusive) so many stars. */
export type Grade = { stars: number; from: number; to: number; toInclusive: boolean; level: string | null };

/** A marked option: criterion number and the option's place, from 0. */
export type MarkedOption = { criterion: string; option: number };

export type ScoreCard = {
  /** Number of the decision that holds the card: 26/2026/QĐ-TTg. */
  decision: string;
  /** 1-26. */
  set: number;
  decidedOn: string;
  issuer: string;
  name: string;
  group: { code: string; name: string };
  subtitle: string;
  leadAgency: string;
  rejectedWhen: string;
  starLegend: string;
  parts: ScorePart[];
  declaredTotal: number;
  grades: Grade[];
  /** By stars ('3', '4', '5'): the options that must be reached. */
  minimums: Record<string, MarkedOption[]>;
  traceability: MarkedOption[];
  /** What the transcriber found odd. */
  notes: string[];
  /** Where the text was taken from, and what kind of copy that is. */
  source: { name: string; nature: string };
};
