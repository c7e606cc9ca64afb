// The officer's pages in words: the queue, the list of all, and one certificate with its checks, its decisions and what buyers will see.
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import { formatDay, formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { CheckOutcome, Dossier, MachineChecks, OfficeItem, OfficePage } from './certificates.office.types.ts';
import type { DecidedKind } from './certificates.types.ts';
import { decisionWords, lacksWords, paperRows, paperState, paperWords, verdictWords } from './certificates.view.ts';

const whoWords = (language: Language, item: OfficeItem): string => t(language, `producers.kinds.${item.producer.kind}`);

/** xã La Hiên after a comma, as the place is written on its own: Xã La Hiên. */
const lowerFirst = (words: string): string => words.charAt(0).toLocaleLowerCase('vi') + words.slice(1);

const waitingWords = (language: Language, days: number): string => {
  if (days < 1) return t(language, 'certificates.office.today');
  return days === 1 ? t(language, 'certificates.office.oneDay') : t(language, 'certificates.office.days', { n: days });
};

/** A certificate in the queue or the list; `current` marks the one that is open. */
export function officeRow(language: Language, item: OfficeItem, currentId = '') {
  const { certificate, product, producer } = item;
  return {
    href: paths.officeCertificate(certificate.id),
    isCurrent: certificate.id === currentId,
    product: product.name,
    producer: `${producer.legalName}, ${lowerFirst(producer.address.communeName || producer.address.provinceName)}`,
    paper: paperWords(language, certificate),
    number: certificate.number,
    waiting: waitingWords(language, item.waitingDays),
    // A week without a look is long for the person who waits; no law sets a term for it.
    isLong: item.waitingDays >= 7,
    state: paperState(language, item, item.verdict, whoWords(language, item)),
    isWaiting: item.standing === 'waiting',
  };
}

/** The left pane: those that wait, the longest waiting first. */
export function queueView(language: Language, waiting: OfficePage, waitingCount: number, currentId = '') {
  const hasMore = waiting.next !== null;
  return {
    waiting: waiting.items.map((item) => officeRow(language, item, currentId)),
    waitingCount,
    waitingMoreHref: hasMore ? `${paths.office}?state=waiting` : '',
    waitingMore: hasMore
      ? t(language, 'certificates.office.waitingMore', { n: formatNumber(language, waitingCount) })
      : '',
  };
}

/** The main list, page by page. */
export function listView(language: Language, page: OfficePage, state: 'waiting' | 'all') {
  return {
    listTitle: t(language, `certificates.office.${state}`),
    listEmpty: t(language, state === 'all' ? 'certificates.office.allNone' : 'certificates.office.waitingNone'),
    list: page.items.map((item) => officeRow(language, item)),
    tabs: (['all', 'waiting'] as const).map((tab) => ({
      href: tab === 'all' ? paths.office : `${paths.office}?state=waiting`,
      label: t(language, tab === 'all' ? 'certificates.office.showAll' : 'certificates.office.waiting'),
      isCurrent: tab === state,
    })),
    nextHref: page.next === null ? '' : `${paths.office}?state=${state}&after=${page.next}`,
  };
}

type CheckRow = { outcome: CheckOutcome; icon: string; outcomeWords: string; words: string };

const icons = { fine: 'done', look: 'fault', unknown: 'unknown' } as const;

const lastDayWords = (language: Language, check: MachineChecks['lastDay']): string => {
  const say = (key: string) =>
    t(language, `certificates.checks.lastDay.${key}`, {
      printed: check.printed === undefined ? '' : formatDay(language, check.printed),
      computed: check.computed === undefined ? '' : formatDay(language, check.computed),
      n: formatNumber(language, Math.abs(check.days)),
    });
  if (check.computed === undefined) return say('unknown');
  if (check.printed === undefined) return say('computedOnly');
  return say(check.days === 0 ? 'same' : check.days > 0 ? 'later' : 'earlier');
};

const checkRows = (language: Language, checks: MachineChecks): CheckRow[] => {
  const { fields, code, power, lastDay, duplicates } = checks;
  const row = (outcome: CheckOutcome, words: string): CheckRow => ({
    outcome,
    icon: icons[outcome],
    outcomeWords: t(language, `certificates.outcome.${outcome}`),
    words,
  });
  const n = duplicates.count;
  const isOcop = code.pattern !== undefined;
  return [
    row(code.outcome, t(language, `certificates.checks.code.${code.pattern ?? 'not-ocop'}`)),
    row(power.outcome, t(language, `certificates.checks.power.${power.outcome}`)),
    row(
      lastDay.outcome,
      isOcop ? lastDayWords(language, lastDay) : t(language, 'certificates.checks.lastDay.not-ocop'),
    ),
    row(duplicates.outcome, t(language, `certificates.checks.duplicates.${duplicates.outcome}`, { n })),
    row(fields.outcome, lacksWords(language, fields.lacks) || t(language, 'certificates.checks.fieldsFine')),
  ];
};

/** Decisions newest first; those past the `seen` ones are marked as just made by someone else. */
const decisionRows = (language: Language, dossier: Dossier, seen: number) =>
  dossier.decisions
    .map((one, place) => ({
      kind: one.kind,
      words: decisionWords(language, one),
      number:
        one.decisionNumber === '' ? '' : t(language, 'certificates.decide.number', { number: one.decisionNumber }),
      reason: one.reason,
      by: t(language, 'certificates.dossier.by', { name: nameOf(language, dossier, one.byUserId) }),
      isTheirs: place >= seen,
    }))
    .reverse();

const nameOf = (language: Language, dossier: Dossier, userId: string): string =>
  dossier.names.get(userId) ?? t(language, 'certificates.dossier.unknownPerson');

const paperDocument = (language: Language, dossier: Dossier) => {
  if (dossier.document === undefined) return undefined;
  const kilobytes = formatNumber(language, Math.max(1, Math.round(dossier.document.bytes / 1024)));
  return {
    href: paths.file(dossier.document.fileId),
    src: paths.filePage(dossier.document.fileId, 1),
    isPicture: dossier.document.isPicture,
    size: `${kilobytes} KB`,
  };
};

/** One certificate and everything to judge it by. `seen` is how many decisions the officer had before the eyes. */
export function dossierView(language: Language, dossier: Dossier, seen: number) {
  const { certificate, producer, product } = dossier;
  const day = formatDay(language, dayOf(certificate.recordedAt));
  const who = whoWords(language, dossier);
  const sent = certificate.enteredByOfficer
    ? t(language, 'certificates.dossier.enteredBy', { day })
    : t(language, 'certificates.dossier.sentBy', { producer: producer.legalName, day });
  return {
    title: product.name,
    paper: paperWords(language, certificate),
    sent,
    person: t(language, 'certificates.dossier.person', { name: nameOf(language, dossier, certificate.byUserId) }),
    rows: [
      { label: t(language, 'certificates.office.product'), value: product.name, given: true },
      { label: t(language, 'app.menu.producers'), value: producer.legalName, given: true },
      ...paperRows(language, certificate),
    ],
    document: paperDocument(language, dossier),
    checks: checkRows(language, dossier.checks),
    own: paperState(language, dossier, dossier.verdict, who),
    isOcop: certificate.type === 'ocop',
    product: verdictWords(language, dossier.productVerdict, who),
    decisions: decisionRows(language, dossier, seen),
    isWaiting: dossier.standing === 'waiting',
  };
}

/** What buyers will read once a decision is made, with the day, number and reason that are put in. */
const previewWords = (
  language: Language,
  dossier: Dossier,
  kind: DecidedKind,
  typed: { day: string; number: string; reason: string },
): string => {
  const { certificate } = dossier;
  const type = paperWords(language, certificate);
  if (kind === 'extended') return t(language, 'trace.verdict.extended', typed);
  if (kind === 'verified') {
    if (certificate.type !== 'ocop') return t(language, 'certificates.decide.verifiedOther', { type });
    const verdict = dossier.verdictIfVerified;
    const stars = 'stars' in verdict ? `${t(language, 'trace.verdict.stars', { stars: verdict.stars })}. ` : '';
    return `${stars}${verdictWords(language, verdict, whoWords(language, dossier)).words}`;
  }
  if (certificate.type !== 'ocop') return t(language, 'certificates.decide.revokedOther', { type, ...typed });
  const revoked = ['revoked', 'revokedFrom', 'revokedMore'] as const;
  return revoked.map((key) => t(language, `trace.verdict.${key}`, typed)).join('. ');
};

/** Gaps in the preview that a script fills while the officer types. */
const gaps = { day: '{effectiveOn}', number: '{decisionNumber}', reason: '{reason}' };

/** What was typed so far, with a gap for what was not. */
const typedSoFar = (language: Language, values: Readonly<Record<string, string>>): typeof gaps => {
  const { effectiveOn = '', decisionNumber = '', reason = '' } = values;
  const day: Day | undefined = /^\d{4}-\d{2}-\d{2}$/.test(effectiveOn) ? effectiveOn : undefined;
  return {
    day: day === undefined ? '…' : formatDay(language, day),
    number: decisionNumber === '' ? '…' : decisionNumber,
    reason: reason === '' ? '…' : reason,
  };
};

/** The decisions that are open, as links: none is chosen before the officer chooses. */
export function decisionChoices(language: Language, dossier: Dossier, chosen: DecidedKind | undefined) {
  return dossier.openKinds.map((kind) => ({
    kind,
    label: t(language, `certificates.decide.${kind}`),
    href: `${paths.officeCertificate(dossier.certificate.id)}?decide=${kind}#quyet-dinh`,
    isCurrent: kind === chosen,
  }));
}

/** The form of the chosen decision; undefined when that is not open. */
export function decisionForm<F extends { values: Record<string, string> }>(
  language: Language,
  dossier: Dossier,
  kind: DecidedKind | undefined,
  form: F,
) {
  if (kind === undefined || !dossier.openKinds.includes(kind)) return undefined;
  const { certificate, lastExtensionDay } = dossier;
  const isOther = kind === 'revoked' && certificate.type !== 'ocop';
  return {
    kind,
    form,
    action: paths.officeDecisions(certificate.id),
    label: t(language, `certificates.decide.${kind}`),
    hint: t(language, `certificates.decide.${isOther ? 'revokedOther' : kind}Hint`),
    save: t(language, `certificates.decide.save.${kind}`),
    preview: previewWords(language, dossier, kind, typedSoFar(language, form.values)),
    previewPattern: previewWords(language, dossier, kind, gaps),
    lastDay: lastExtensionDay ?? '',
    lastDayHint:
      lastExtensionDay === undefined
        ? ''
        : t(language, 'certificates.hints.extendedTo', { day: formatDay(language, lastExtensionDay) }),
  };
}

/** What an officer had typed for a decision that is open no more, since someone else was quicker. */
export function keptView(
  language: Language,
  dossier: Dossier,
  kind: DecidedKind | undefined,
  form: { values: Record<string, string>; alert: string },
) {
  if (kind === undefined || form.alert === '' || dossier.openKinds.includes(kind)) return undefined;
  const { reason = '', decisionNumber = '' } = form.values;
  return {
    alert: form.alert,
    label: t(language, `certificates.decide.${kind}`),
    typed: [decisionNumber, reason].filter((value) => value !== '').join('. '),
  };
}
