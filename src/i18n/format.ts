// Days, moments, numbers and amounts as the reader writes them. Zone Asia/Ho_Chi_Minh always.
import type { Day } from '../days.ts';
import type { Language } from './i18n.ts';

const locales: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };
const zone = 'Asia/Ho_Chi_Minh';
const noBreakSpace = '\u00A0';

const weekdays = {
  vi: ['Chủ Nhật', 'Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const;

const parts = (day: Day): [string, string, string] => {
  const [year = '', month = '', date = ''] = day.split('-');
  return [date, month, year];
};

/** 04/09/2026 in both languages: day first, as every paper of the country has it. */
export function formatDay(_language: Language, day: Day): string {
  return parts(day).join('/');
}

/** 02/09: only beside a full date of the same year. */
export function formatShortDay(_language: Language, day: Day): string {
  return parts(day).slice(0, 2).join('/');
}

/** Thứ Sáu 04/09/2026. */
export function formatWeekday(language: Language, day: Day): string {
  const weekday = weekdays[language][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
  return `${weekday} ${formatDay(language, day)}`;
}

/** 09:41, 04/09/2026 in Viet Nam. */
export function formatMoment(_language: Language, moment: Date): string {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false }).format(moment);
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric' }).format(moment);
  return `${time}, ${day}`;
}

/** 1.900 or 0,5 in Vietnamese; 1,900 or 0.5 in English; at most three decimals. */
export function formatNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(locales[language], { maximumFractionDigits: 3 }).format(value);
}

/** A number and its unit, kept on one line: 0,5 kg. */
export function formatAmount(language: Language, value: number, unit: string): string {
  return `${formatNumber(language, value)}${noBreakSpace}${unit}`;
}

/** 840 kB; 1,2 MB. */
export function formatBytes(language: Language, bytes: number): string {
  return bytes < 1_000_000
    ? `${formatNumber(language, Math.max(1, Math.round(bytes / 1000)))}\u00A0kB`
    : `${formatNumber(language, Math.round(bytes / 100_000) / 10)}\u00A0MB`;
}

/** Square metres as hectares from 0.1 ha upward: 9,4 ha; smaller areas as m². */
export function formatArea(language: Language, squareMetres: number): string {
  if (squareMetres < 1000) return formatAmount(language, Math.round(squareMetres), 'm²');
  return formatAmount(language, Math.round(squareMetres / 1000) / 10, 'ha');
}

/** 0900 000 000: mobile numbers 4-3-3, others grouped from the end. */
export function formatPhone(digits: string): string {
  return digits.replace(/^(\d{4})(\d{3})(\d{3,4})$/, `$1${noBreakSpace}$2${noBreakSpace}$3`);
}
