// Real lists on their way in: what every importer reads, compares and stores, and what its report says of each row.
import type { Actor } from '../actor.ts';
import type { Db } from '../db/connect.ts';

export const importKinds = ['recognitions', 'units', 'outlines', 'score-cards', 'protocols'] as const;
export type ImportKind = (typeof importKinds)[number];

/** A file as received. Its name tells nothing that its bytes do not. */
export type ImportFile = { name: string; bytes: Buffer };

/** What is wrong with a row or a file: the column (or JSON path) as the file names it, and a key under i18n `imports.faults` with its facts. */
export type ImportFault = { column: string; code: string; facts?: Record<string, string | number> };

/** One row (or feature, card, protocol) of the file. `value` is there when it can be read; `remarks` are keys under i18n `imports.remarks`. */
export type ReadRow<T> = {
  /** Line in the file, counted from 1 with the heading; for JSON the position in its list. */
  line: number;
  /** What names the row to a person: its id, code or name. */
  label: string;
  value: T | undefined;
  /** Why a readable row is left out all the same (a key under i18n `imports.left`), or undefined. */
  leftOut?: string | undefined;
  faults: ImportFault[];
  remarks: string[];
};

/** All rows, or what is wrong with the file as a whole (then there are no rows). */
export type ReadRows<T> = { rows: ReadRow<T>[]; faults: ImportFault[] };

/** What storing would do, or did, with a row. */
export type RowOutcome = 'new' | 'changed' | 'same';

/** One kind of list. Reading is pure; comparing only reads; storing is idempotent and may be cut off and repeated at any row. */
export type Importer<T> = {
  kind: ImportKind;
  read(file: ImportFile): Promise<ReadRows<T>>;
  compare(db: Db, values: readonly T[]): Promise<RowOutcome[]>;
  /** At most 200 values a call, in the order of the file. */
  store(db: Db, actor: Actor, values: readonly T[], now: Date): Promise<void>;
};
