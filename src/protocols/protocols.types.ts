// Typical ways of growing and making a product, and the columns of the diaries that the law asks for: each with its source, or said to have none.

export type Source = { key: string; title: string; url: string; kind: string };

export const stepKinds = ['step', 'spray', 'harvest', 'pack', 'feeding', 'vaccine', 'withdrawal'] as const;
export type ProtocolStepKind = (typeof stepKinds)[number];

/** `amount` as the source writes it, null where it does not say; `unit` of `per` such as kg per pit. */
export type ProtocolInput = { name: string; amount: number | null; unit: string; per: string };

export type ProtocolStep = {
  key: string;
  name: string;
  kind: ProtocolStepKind;
  /** Months of the solar calendar, 1-12, in the order of the season; empty when the source names none. */
  months: number[];
  lunarMonths: string;
  duration: string;
  inputs: ProtocolInput[];
  parameters: { name: string; value: string }[];
  /** Key of the source; '' when there is none. */
  source: string;
  /** False: shown as "no source", and never as advice. */
  sourced: boolean;
  note: string;
};

export type GrowingContent = {
  place: string;
  cycle: string;
  /** Sets of the score cards that it may belong to, as the preparer of the data inferred. */
  sets: number[];
  steps: ProtocolStep[];
  remarks: string[];
};

export type DiaryTable = { name: string; isMultiRow: boolean; columns: { label: string; type: string }[] };
export type DiaryContent = {
  crop: DiaryTable[];
  mushroom: DiaryTable[];
  books: string[];
  bookSource: string;
  source: string;
};

export type PesticideContent = {
  note: string;
  register: { asOf: string; url: string; sizes: string[] };
  rules: { rule: string; source: string; waitDaysMost: number | null }[];
  /** Made up for trials: never advice. */
  trialOnly: { label: string; waitDays: number | null }[];
};

/** A growing protocol, the diaries' columns, or what is known of pesticides. */
export type Protocol = {
  /** Stable name in addresses: `na-mang-cau-ta`. */
  key: string;
  title: string;
  /** How the whole file is to be read, in the words of its preparer. */
  reading: string;
  sources: Source[];
} & (
  | { kind: 'growing'; content: GrowingContent }
  | { kind: 'diary'; content: DiaryContent }
  | { kind: 'pesticides'; content: PesticideContent }
);
