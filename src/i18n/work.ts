// Work in the reader's words: "Bao quả, 200 quả" and "hôm qua".
import { addDays } from '../days.ts';
import type { Day } from '../days.ts';
import { formatAmount, formatDay, formatNumber } from './format.ts';
import { t } from './i18n.ts';
import type { Language } from './i18n.ts';

/** A kind of work (a key of `steps.kinds`) and how much of it. */
export type Work = {
  kind: string;
  data: { amount: number | undefined; unit: string | undefined; unitsPacked: number | undefined };
};

/** Kind and amount: "Bao quả, 200 quả"; "Đóng gói, 804 gói". */
export function workWords(language: Language, { kind, data }: Work): string {
  const name = t(language, `steps.kinds.${kind}`);
  if (data.unitsPacked !== undefined)
    return `${name}, ${t(language, 'steps.packs', { packs: formatNumber(language, data.unitsPacked) })}`;
  return data.amount === undefined ? name : `${name}, ${formatAmount(language, data.amount, data.unit ?? '')}`;
}

/** "hôm nay", "hôm qua", else 04/09/2026. */
export function dayWords(language: Language, day: Day, today: Day): string {
  if (day === today) return t(language, 'steps.today');
  return day === addDays(today, -1) ? t(language, 'steps.yesterday') : formatDay(language, day);
}

/** With a capital letter, for the start of a sentence or line. */
export function sentenceStart(words: string): string {
  return words.slice(0, 1).toLocaleUpperCase('vi') + words.slice(1);
}

/** Without its capital letter, for the middle of a sentence. */
export function sentenceMiddle(words: string): string {
  return words.slice(0, 1).toLocaleLowerCase('vi') + words.slice(1);
}
