// Runs of imports: a file that was received and looked at, what storing it would do, and how far that has come.
import type { ImportFault, ImportKind } from '../importing/importing.types.ts';

export const importStates = ['planned', 'running', 'done', 'failed'] as const;
/** 'failed': the file as a whole can't be read, or storing broke down again and again. */
export type ImportState = (typeof importStates)[number];

/** Numbers of rows. `reasons`: rows left out by why; `remarks`: rows by what is to be known of them. */
export type ImportCounts = {
  rows: number;
  new: number;
  changed: number;
  same: number;
  leftOut: number;
  faulty: number;
  reasons: Record<string, number>;
  remarks: Record<string, number>;
};

/** What storing did so far. */
export type StoredCounts = { new: number; changed: number; same: number };

export type ImportRun = {
  id: string;
  kind: ImportKind;
  fileName: string;
  /** Of the bytes received. */
  sha256: string;
  bytes: number;
  /** Where the bytes lie, and what the report's rows are kept under; '' for a file that can't be read, which is not kept. */
  contentId: string;
  state: ImportState;
  /** What is wrong with the file as a whole. */
  faults: ImportFault[];
  /** As found when the file was looked at. */
  counts: ImportCounts;
  skipFaulty: boolean;
  stored: StoredCounts;
  /** Pieces of 200 rows that are stored. */
  piecesDone: number;
  /** What storing the next piece will do, noted before it is begun: a piece that was cut off is counted once. */
  noted: ({ piece: number } & StoredCounts) | undefined;
  /** Times that storing was begun. */
  attempts: number;
  byUserId: string;
  at: Date;
  storedByUserId: string | undefined;
  storingAt: Date | undefined;
  endedAt: Date | undefined;
  /** Storing belongs to one process until then. */
  heldUntil: Date | undefined;
};

/** What the report says of one row: those that are new or the same and nothing more are only counted. */
export type ReportRow = {
  /** From 1, in the order of the file. */
  place: number;
  line: number;
  label: string;
  outcome: 'faulty' | 'left-out' | 'changed' | 'new' | 'same';
  /** Why it is left out, or ''. */
  leftOut: string;
  faults: ImportFault[];
  remarks: string[];
};

/** A run with a page of its report; `next` is the place to go on after. */
export type Report = { run: ImportRun; rows: ReportRow[]; next: number | null };
