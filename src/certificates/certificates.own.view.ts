// One certificate on its producer's page: what it is today, what was declared, its paper, and the decisions on it.
import { dayOf } from '../days.ts';
import type { Day } from '../days.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { lacksOfPaper } from './certificates.fields.rules.ts';
import { rowCard } from './certificates.lists.view.ts';
import type { CertificateRow } from './certificates.office.types.ts';
import { documentSize } from './certificates.papers.view.ts';
import type { DocumentFile } from './certificates.papers.view.ts';
import type { CurrentDocument } from './certificates.types.ts';
import { decisionWords, lacksWords, paperRows } from './certificates.view.ts';

const documentView = (language: Language, document: CurrentDocument & { file: DocumentFile }) => ({
  href: paths.file(document.fileId),
  size: documentSize(language, document.file),
  sentOn: t(language, 'certificates.document.sentOn', { day: formatDay(language, dayOf(document.sentAt)) }),
  shown: document.shown,
  words: t(language, `certificates.document.${document.shown ? 'shown' : 'private'}`),
});

/** Everything that views/certificates/certificate.hbs prints, but the forms. `mayWithdraw`: an own entry on which nobody has decided. */
export function certificateView(
  language: Language,
  row: CertificateRow & { names: Map<string, string> },
  document: (CurrentDocument & { file: DocumentFile }) | undefined,
  today: Day,
) {
  const { certificate, decisions, standing, product } = row;
  const { id, source } = certificate;
  const nameOf = (userId: string): string => row.names.get(userId) ?? t(language, 'certificates.dossier.unknownPerson');
  const enteredOn = formatDay(language, dayOf(certificate.recordedAt));
  const isOwn = !certificate.enteredByOfficer && certificate.importKey === undefined;
  return {
    back: paths.appCertificates,
    card: rowCard(language, row, today),
    productHref: paths.appProduct(product.id),
    rows: paperRows(language, certificate).filter(({ given }) => given),
    entered: t(language, 'certificates.list.entered', { name: nameOf(certificate.byUserId), day: enteredOn }),
    lacks: lacksWords(language, lacksOfPaper(certificate)),
    source: source === undefined ? '' : t(language, 'certificates.list.source', { source: source.key }),
    document: document === undefined ? undefined : documentView(language, document),
    isWithdrawn: standing === 'withdrawn',
    mayWithdraw: isOwn && standing === 'waiting',
    decisions: decisions.map((one) => ({
      words: decisionWords(language, one),
      number:
        one.decisionNumber === '' ? '' : t(language, 'certificates.decide.number', { number: one.decisionNumber }),
      reason: one.reason,
      by: t(language, 'certificates.dossier.by', { name: nameOf(one.byUserId) }),
    })),
    documentAction: paths.appCertificateDocument(id),
    shownAction: paths.appCertificateShown(id),
    withdrawAction: paths.appCertificateWithdrawal(id),
  };
}
