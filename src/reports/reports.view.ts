// Reports in words: the form, what its sender sees, the lists and the page on which it is answered.
import type { Actor } from '../actor.ts';
import { formatCode } from '../codes/trace-code.ts';
import { formatDay, formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { caseJson } from './reports.json.view.ts';
import { formatReference, maySeeContact } from './reports.rules.ts';
import { reportKinds, reportStates } from './reports.types.ts';
import type { Report, ReportAnswer, ReportCase, ReportContent, ReportState } from './reports.types.ts';

const say = (language: Language, key: string, values: Record<string, unknown> = {}): string =>
  t(language, `reports.${key}`, values);

/** What a report is about, the likelier first for a lot that is being recalled. */
export function kindOptions(language: Language, chosen: string, isRecalled: boolean) {
  const kinds = isRecalled ? (['on-sale', ...reportKinds.filter((kind) => kind !== 'on-sale')] as const) : reportKinds;
  return kinds.map((kind) => ({
    value: kind,
    label: say(language, `kinds.${kind}`),
    detail: '',
    selected: kind === chosen,
  }));
}

const answerItem = (language: Language, { level, text, at }: ReportAnswer) => ({
  who: say(language, `by.${level}`),
  when: formatMoment(language, at),
  paragraphs: text.split(/\n+/).filter((part) => part.trim() !== ''),
});

const erasedWords = (language: Language, content: ReportContent): string => {
  if (content.erasedOn !== undefined) return say(language, 'erasedAll', { day: formatDay(language, content.erasedOn) });
  if (content.contactErasedOn !== undefined)
    return say(language, 'erasedContact', { day: formatDay(language, content.contactErasedOn) });
  return '';
};

/** What the sender sees under the number. */
export function sentView(
  language: Language,
  { report, content, answers }: { report: Report; content: ReportContent; answers: readonly ReportAnswer[] },
) {
  const state: ReportState = answers.length === 0 ? 'new' : 'answered';
  return {
    number: formatReference(report.reference),
    kind: say(language, `kinds.${report.kind}`),
    sent: say(language, 'sentAt', { moment: formatMoment(language, report.sentAt) }),
    state: say(language, `senderStates.${state}`),
    answers: answers.map((answer) => answerItem(language, answer)),
    scanHref: paths.scan(report.code),
    erased: erasedWords(language, content),
    takeBackHref: content.contact === '' ? '' : paths.reportContact(report.reference),
  };
}

/** A report as data for the person who asks. */
export function caseFor(actor: Actor, one: ReportCase) {
  const hasPhoto = one.content.photoFileId !== undefined && one.content.erasedOn === undefined;
  return caseJson(one, {
    photo: hasPhoto ? paths.reportPhoto(one.report.id) : undefined,
    withContact: maySeeContact(actor, one.report),
  });
}

const row = (language: Language, one: ReportCase, hrefOf: (reportId: string) => string) => ({
  href: hrefOf(one.report.id),
  title: say(language, `kinds.${one.report.kind}`),
  about: say(language, 'about', { product: one.productName, lot: one.lotNumber }),
  producer: one.producerName,
  when: formatMoment(language, one.report.sentAt),
  state: say(language, `states.${one.state}`),
  tone: one.state === 'new' ? 'nghe' : 'la',
});

/** Where a list lives: its own address, and those of its reports. */
export type ListPlace = { href: string; hrefOf: (reportId: string) => string };

/** A list with its tabs. */
export function reportsView(
  language: Language,
  list: { items: readonly ReportCase[]; next: string | null },
  asked: ReportState | undefined,
  { href, hrefOf }: ListPlace,
) {
  const address = (state: ReportState | undefined, after?: string): string => {
    const query = new URLSearchParams([
      ...(state === undefined ? [] : [['state', state]]),
      ...(after === undefined ? [] : [['after', after]]),
    ] as [string, string][]).toString();
    return query === '' ? href : `${href}?${query}`;
  };
  return {
    tabs: [undefined, ...reportStates].map((state) => ({
      href: address(state),
      label: say(language, state === undefined ? 'all' : `states.${state}`),
      isCurrent: state === asked,
    })),
    reports: list.items.map((one) => row(language, one, hrefOf)),
    none: say(language, asked === 'new' ? 'noneNew' : 'none'),
    nextHref: list.next === null ? '' : address(asked, list.next),
  };
}

/** One report and the form that answers it. */
export function reportView(language: Language, actor: Actor, one: ReportCase) {
  const { report, content, answers } = one;
  const { photo, contact } = caseFor(actor, one);
  const isOfficer = maySeeContact(actor, report);
  return {
    number: formatReference(report.reference),
    kind: say(language, `kinds.${report.kind}`),
    about: say(language, 'about', { product: one.productName, lot: one.lotNumber }),
    producer: one.producerName,
    code: formatCode(report.code),
    scanHref: paths.scan(report.code),
    batchHref: paths.appBatch(report.batchId),
    sent: say(language, 'sentAt', { moment: formatMoment(language, report.sentAt) }),
    paragraphs: content.text.split(/\n+/).filter((part) => part.trim() !== ''),
    contact: contact ?? '',
    contactWords: isOfficer
      ? say(language, contact === null ? 'noContact' : 'contactIs')
      : say(language, 'contactHidden'),
    photo: photo ?? '',
    erased: erasedWords(language, content),
    state: say(language, `states.${one.state}`),
    tone: one.state === 'new' ? 'nghe' : 'la',
    answers: answers.map((answer) => answerItem(language, answer)),
    answerHref: paths.reportAnswers(report.id),
    eraseHref: isOfficer && content.erasedOn === undefined ? paths.reportErasure(report.id) : '',
  };
}
