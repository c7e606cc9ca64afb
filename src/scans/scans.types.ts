// Scans of unit codes: counts per day and coarse place, and the first moment. No address, no device, no person.

/** Code of one of the 34 provinces, or '' where a scan came from an unknown place. */
export type Place = string;

/** One look at a label by a person. */
export type Scan = { label: ScannedLabel; at: Date; place: Place };

/** What a count is kept under. */
export type ScannedLabel = { code: string; producerId: string; provinceCode: string; batchId: string };

/** Scans from one place. */
export type PlaceCount = { count: number; first: Date; last: Date };

export type ScanHistory = {
  /** All scans, also those of days that are no longer told apart. */
  count: number;
  first: { at: Date; place: Place } | undefined;
  last: Date | undefined;
  places: Record<Place, PlaceCount>;
  /** By day in Viet Nam and place, the latest days. */
  days: Record<string, Record<Place, number>>;
};

/**
 * Why a unit code is doubtful ('nghi vấn', never more): scanned in provinces that lie too far apart for the time between, far more often than
 * a household scans, or scanned though its label was taken out of use.
 */
export type Doubt =
  { reason: 'places'; places: number; count: number; days: number } | { reason: 'many'; count: number; days: number };

/** A code with its history, for those who look after it. */
export type DoubtfulCode = ScannedLabel & { history: ScanHistory; doubt: Doubt };
