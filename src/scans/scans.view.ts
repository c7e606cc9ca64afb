// Doubtful codes as their producer and the officers of the province see them: counts by day and by province, nothing of who scanned.
import { z } from 'zod';
import { formatCode } from '../codes/trace-code.ts';
import { dayOf } from '../days.ts';
import { formatDay, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { isProvinceCode, provinceFullName } from '../units/provinces.types.ts';
import type { DoubtfulCode, Place } from './scans.types.ts';

export const doubtfulShape = z.object({
  items: z.array(
    z.object({
      code: z.string(),
      page: z.string(),
      batchId: z.string(),
      reason: z.enum(['places', 'many']),
      count: z.number(),
      firstAt: z.string().nullable(),
      lastAt: z.string().nullable(),
      /** By code of the province; '' where the place is not known. */
      places: z.record(z.string(), z.number()),
      /** By day in Viet Nam and province, the latest days. */
      days: z.record(z.string(), z.record(z.string(), z.number())),
    }),
  ),
});

export function doubtfulJson(codes: readonly DoubtfulCode[]): z.infer<typeof doubtfulShape> {
  return {
    items: codes.map(({ code, batchId, doubt, history }) => ({
      code: formatCode(code),
      page: paths.scan(code),
      batchId,
      reason: doubt.reason,
      count: history.count,
      firstAt: history.first?.at.toISOString() ?? null,
      lastAt: history.last?.toISOString() ?? null,
      places: Object.fromEntries(Object.entries(history.places).map(([place, { count }]) => [place, count])),
      days: history.days,
    })),
  };
}

const daysShown = 14;

const placeWords = (language: Language, place: Place): string =>
  isProvinceCode(place) ? provinceFullName(place) : t(language, 'scans.nowhere');

const countsByPlace = (language: Language, counts: Readonly<Record<Place, number>>): string =>
  Object.entries(counts)
    .sort(([, left], [, right]) => right - left)
    .map(([place, count]) => `${placeWords(language, place)} ${formatNumber(language, count)}`)
    .join(', ');

/** What the list shows. */
export function doubtfulView(language: Language, codes: readonly DoubtfulCode[]) {
  return {
    codes: codes.map(({ code, doubt, history }) => ({
      code: formatCode(code),
      href: paths.scan(code),
      reason: t(language, `scans.reason.${doubt.reason}`),
      count: t(language, 'scans.count', {
        n: formatNumber(language, history.count),
        day: history.first === undefined ? '' : formatDay(language, dayOf(history.first.at)),
      }),
      days: Object.entries(history.days)
        .sort(([left], [right]) => right.localeCompare(left))
        .slice(0, daysShown)
        .map(([day, counts]) => ({ day: formatDay(language, day), counts: countsByPlace(language, counts) })),
    })),
  };
}
