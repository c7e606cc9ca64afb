// Words about the scans of one code: how often and since when, and the doubt where the rule finds one. 'Nghi vấn', never more.
import { formatCode } from '../codes/trace-code.ts';
import { dayOf } from '../days.ts';
import { formatDay, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { Doubt, ScanHistory } from '../scans/scans.types.ts';
import { placeName } from './trace.words.view.ts';

export type ScanWords = { history: ScanHistory; doubt: Doubt | undefined; nameOf: (place: string) => string };

/** How often the code was scanned and first when and where; of a code never scanned before, that this is the first time. */
export function scansView(language: Language, { history, nameOf }: ScanWords, isFirst: boolean): { line: string } {
  const { count, first } = history;
  if (first === undefined || isFirst) return { line: t(language, 'trace.scans.first') };
  const province = first.place === '' ? '' : placeName(language, nameOf(first.place));
  const place =
    province === '' ? t(language, 'trace.scans.nowhere') : t(language, 'trace.scans.in', { place: province });
  const day = formatDay(language, dayOf(first.at));
  return { line: t(language, 'trace.scans.before', { n: formatNumber(language, count), day, place }) };
}

/** The card above the verdict; undefined without a doubt. */
export function doubtView(language: Language, doubt: Doubt, code: string) {
  const facts = { n: formatNumber(language, doubt.count), days: formatNumber(language, doubt.days) };
  const line = `trace.doubt.${doubt.reason}Line${doubt.days <= 1 ? 'OneDay' : ''}`;
  return {
    title: t(language, `trace.doubt.${doubt.reason}`),
    line: t(language, line, doubt.reason === 'places' ? { ...facts, places: doubt.places } : facts),
    codeText: formatCode(code),
    report: `${paths.scanReport(code)}?kind=label`,
  };
}
