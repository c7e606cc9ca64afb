// Calendar days in Viet Nam: `YYYY-MM-DD` strings and whole-day arithmetic, the same whatever zone the server has.
// Asia/Ho_Chi_Minh has had one offset, UTC+7, since 1975.

/** A calendar day in Viet Nam as `YYYY-MM-DD`; such strings sort as days do. */
export type Day = string;

const dayParts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Ho_Chi_Minh',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const millisecondsPerDay = 86_400_000;

/** The calendar day that a moment falls on in Viet Nam. */
export function dayOf(moment: Date): Day {
  return dayParts.format(moment);
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The same day `count` months later; the 29th, 30th or 31st becomes the last day of a shorter month (29/02 becomes 28/02). */
export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const months = year * 12 + (month - 1) + count;
  const lastOfMonth = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
  return new Date(Date.UTC(Math.floor(months / 12), months % 12, Math.min(date, lastOfMonth)))
    .toISOString()
    .slice(0, 10);
}

/** Whole days from one day to another: 0 on the same day, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / millisecondsPerDay);
}
