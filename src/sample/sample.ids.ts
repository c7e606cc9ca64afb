// Fixed ids of the sample records: loading twice, or again after a crash, stores each once.

/** A UUID of version 7 for the n-th sample record. */
export function sampleId(n: number): string {
  return `01980000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

export const sampleIds = {
  producer: sampleId(1),
  approval: sampleId(2),
  hillside: sampleId(3),
  homeGarden: sampleId(4),
  fruit: sampleId(5),
  wine: sampleId(6),
  star: sampleId(7),
  vietGap: sampleId(8),
  fruitBatch: sampleId(9),
  wineBatch: sampleId(10),
  fruitRun: sampleId(11),
  wineRun: sampleId(12),
  starVerified: sampleId(13),
  manager: sampleId(20),
  recorder: sampleId(21),
  officer: sampleId(22),
  admin: sampleId(23),
  phone: sampleId(24),
  digitalTeam: sampleId(25),
  communeOfficer: sampleId(26),
  ministryOfficer: sampleId(27),
  firstStep: 100,
} as const;
