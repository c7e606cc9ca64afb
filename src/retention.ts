// How long things are kept that nobody has to prove. The periods are settings: which ones the law asks for is not confirmed here (the text of Law
// 91/2025/QH15 is not at hand), so none of them is called compliance.

/** In whole days. */
export type RetentionDays = {
  /** The file and the report's rows of an import that ended, or that was looked at and never stored. */
  importFiles: number;
  /** Audit notes of signing in. */
  signIns: number;
  /** What says who applied, after a refusal that stands. */
  refusedApplicants: number;
};

export const usualRetention: RetentionDays = { importFiles: 90, signIns: 365, refusedApplicants: 730 };

/** Stands for nobody: what the clock does and no person. */
export const systemId = 'system';

const dayMs = 86_400_000;

/** What happened before this moment is over the period. */
export function periodStart(now: Date, days: number): Date {
  return new Date(now.getTime() - days * dayMs);
}
