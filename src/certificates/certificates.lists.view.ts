// Lists of certificates as JSON, and the producer's own in words: what each is today, how long it runs, what is missing.
import { z } from 'zod';
import { addDays } from '../days.ts';
import type { Day } from '../days.ts';
import { formatDay, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { paperStates } from './certificates.office.types.ts';
import type { CertificateRow, PaperState } from './certificates.office.types.ts';
import { officeItemJson, officeListAnswer, paperWords } from './certificates.view.ts';

const dayText = z.string().meta({ format: 'date' });

const rowAnswer = officeListAnswer.shape.items.element.extend({
  state: z.enum(paperStates),
  lastDay: dayText.optional(),
  /** From today to the last day; negative once it is over. */
  daysLeft: z.number().int().optional(),
  renewal: z.object({ from: dayText, to: dayText }).optional(),
  documentMissing: z.boolean(),
});
export const rowListAnswer = z.object({ items: z.array(rowAnswer), next: z.string().nullable() });

export function rowJson(row: CertificateRow): z.output<typeof rowAnswer> {
  const { state, lastDay, daysLeft, renewal, document } = row;
  return { ...officeItemJson(row), state, lastDay, daysLeft, renewal, documentMissing: document === undefined };
}

const tones: Record<PaperState, string> = {
  waiting: 'nghe',
  valid: 'la',
  extended: 'la',
  expired: 'gach',
  revoked: 'gach',
  withdrawn: '',
  'not-recognised': '',
};

const icons: Record<PaperState, string> = {
  waiting: 'wait',
  valid: 'done',
  extended: 'done',
  expired: 'stop',
  revoked: 'stop',
  withdrawn: 'fault',
  'not-recognised': 'wait',
};

/** Short words for what a certificate is today: "Còn hiệu lực, còn 120 ngày". */
const stateWords = (language: Language, { state, daysLeft, certificate }: CertificateRow): string => {
  if (state === 'not-recognised') return t(language, `certificates.list.listed.${certificate.listedAs}`);
  const words = t(language, `certificates.list.states.${state}`);
  if (state !== 'valid' || daysLeft === undefined) return words;
  const left = t(language, daysLeft === 1 ? 'certificates.list.oneDayLeft' : 'certificates.list.daysLeft', {
    n: formatNumber(language, daysLeft),
  });
  return `${words}, ${left}`;
};

/** When the file for a new assessment is due: before, during and after its window (Decision 26/2026/QĐ-TTg, Art. 7.6). */
export function renewalWords(language: Language, row: CertificateRow, today: Day): string {
  const { renewal } = row;
  if (renewal === undefined) return '';
  const days = { from: formatDay(language, renewal.from), to: formatDay(language, renewal.to) };
  if (today > renewal.to) return t(language, 'certificates.list.renewalOver', days);
  if (today >= renewal.from) return t(language, 'certificates.list.renewalOpen', days);
  // Told half a year before it opens; sooner it would only be noise.
  return today >= addDays(renewal.from, -180) ? t(language, 'certificates.list.renewalSoon', days) : '';
}

/** A certificate in the producer's list. */
export function rowCard(language: Language, row: CertificateRow, today: Day) {
  const { certificate, product, lastDay, state } = row;
  return {
    href: paths.appCertificate(certificate.id),
    product: product.name,
    paper: paperWords(language, certificate),
    number: certificate.number,
    state: stateWords(language, row),
    tone: tones[state],
    icon: icons[state],
    lastDay:
      lastDay === undefined ? '' : t(language, 'certificates.list.lastDay', { day: formatDay(language, lastDay) }),
    renewal: renewalWords(language, row, today),
    missing: row.document === undefined && state !== 'withdrawn' ? t(language, 'certificates.document.missing') : '',
  };
}

/** What was searched for, and the next page of the same. */
export function certificateListView(language: Language, q: string, next: string | null) {
  const query = new URLSearchParams({ ...(q === '' ? {} : { q }), ...(next === null ? {} : { after: next }) });
  return {
    listHref: paths.appCertificates,
    q,
    found: q === '' ? '' : t(language, 'certificates.list.found', { q }),
    none: q === '' ? t(language, 'certificates.list.none') : t(language, 'certificates.list.notFound', { q }),
    nextHref: next === null ? '' : `${paths.appCertificates}?${query.toString()}`,
  };
}
