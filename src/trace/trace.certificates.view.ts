// Certificates as the public sees them: who stands behind each and since when, or that nobody does.
import type { Certificate } from '../certificates/certificates.types.ts';
import { dayOf } from '../days.ts';
import { formatBytes, formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { CertificateFacts, ProductFacts, TraceFacts } from './trace.types.ts';
import { verdictTitle } from './trace.verdict.view.ts';
import { capital, producerWord } from './trace.words.view.ts';

export type CertificateItem = {
  title: string;
  number: string;
  detail: string;
  /** Green with a seal: somebody competent stands behind it. */
  vouched: string;
  /** Amber with a clock: nobody does. */
  pending: string;
  /** What has become of it: expired, revoked, replaced. */
  over: string;
  /** The paper itself, where it is shown, with its type and size. */
  paper: { href: string; words: string } | undefined;
};

const maxSiblingNames = 4;

const vouchedWords = (language: Language, { certificate, decisions }: CertificateFacts): string => {
  const verified = decisions
    .filter((one) => one.kind === 'verified')
    .sort((a, b) => a.decidedOn.localeCompare(b.decidedOn));
  const first = verified[0];
  if (first !== undefined) {
    const keys = { province: 'verified', ministry: 'verifiedMinistry', other: 'verifiedOther' } as const;
    const day = formatDay(language, first.decidedOn);
    return t(language, `trace.certificates.${keys[certificate.issuerLevel]}`, { day });
  }
  if (!certificate.enteredByOfficer) return '';
  return t(language, 'trace.certificates.entered', { day: formatDay(language, dayOf(certificate.recordedAt)) });
};

const overWords = (language: Language, facts: ProductFacts, item: CertificateFacts): string => {
  const { certificate, decisions, own } = item;
  const say = (key: string, day: string) => t(language, `trace.certificates.${key}`, { day: formatDay(language, day) });
  if (own.state === 'revoked') return say('revoked', own.revokedFrom);
  if (own.state === 'expired') return say('expired', own.expiredSince);
  if (own.state === 'valid' || own.state === 'extended') {
    const rules = 'certificate' in facts.verdict && facts.verdict.certificate.id === certificate.id;
    if (!rules) return t(language, 'trace.certificates.superseded');
    return own.state === 'extended' ? say('extended', own.extendedTo) : '';
  }
  const today = dayOf(facts.at);
  const revoked = decisions.find((one) => one.kind === 'revoked' && (one.effectiveOn ?? one.decidedOn) <= today);
  if (revoked !== undefined) return say('revoked', revoked.effectiveOn ?? revoked.decidedOn);
  const last = certificate.lastDayPrinted;
  return last !== undefined && last < today
    ? t(language, 'trace.certificates.expired', { day: formatDay(language, last) })
    : '';
};

const titleWords = (language: Language, facts: ProductFacts, { certificate, own }: CertificateFacts): string => {
  if (certificate.type !== 'ocop') {
    const type = t(language, `trace.certificates.type.${certificate.type}`);
    return certificate.scopeText === '' ? type : `${type}, ${certificate.scopeText}`;
  }
  const counts = own.state === 'valid' || own.state === 'extended';
  const rules = 'certificate' in facts.verdict && facts.verdict.certificate.id === certificate.id;
  if (counts && rules) return t(language, 'trace.certificates.ocopStars', { stars: own.stars });
  if ('stars' in own) return t(language, 'trace.certificates.ocopPast', { stars: own.stars });
  return t(language, 'trace.certificates.ocop');
};

// 11/2020 or 2020, as precise as the source.
const partWords = (part: string): string => part.split('-').reverse().join('/');

const detailWords = (language: Language, certificate: Certificate): string => {
  const { type, number, decisionNumber, issuerName, issuedOn, issuedPart, lastDayPrinted, stars } = certificate;
  const say = (key: string, values: Record<string, unknown>) => t(language, `trace.certificates.${key}`, values);
  return [
    type !== 'ocop' && number !== '' ? say('number', { number }) : '',
    decisionNumber === '' ? '' : say('decision', { number: decisionNumber }),
    issuerName,
    issuedOn === undefined ? partWords(issuedPart) : formatDay(language, issuedOn),
    lastDayPrinted === undefined ? '' : say('until', { day: formatDay(language, lastDayPrinted) }),
    certificate.source === undefined || stars === undefined ? '' : say('starsInSource', { stars }),
  ]
    .filter((part) => part !== '')
    .join(', ');
};

const pendingWords = (language: Language, { source, listedAs }: Certificate, who: string): string =>
  source === undefined
    ? t(language, 'trace.certificates.pending', { who })
    : `${t(language, `trace.verdict.listed.${listedAs}`)}. ${t(language, 'trace.verdict.source', { source: source.key })}`;

const paperLink = (language: Language, { document }: CertificateFacts): CertificateItem['paper'] => {
  if (document === undefined) return undefined;
  const size = formatBytes(language, document.bytes);
  const words = t(language, `trace.certificates.paper.${document.kind}`, { size });
  return { href: paths.file(document.fileId), words };
};

const itemOf = (language: Language, facts: ProductFacts, item: CertificateFacts): CertificateItem => {
  const { certificate } = item;
  const vouched = vouchedWords(language, item);
  const who = producerWord(language, facts.producer);
  return {
    title: titleWords(language, facts, item),
    number: certificate.type !== 'ocop' ? '' : certificate.number || t(language, 'trace.certificates.noNumber'),
    detail: detailWords(language, certificate),
    vouched,
    pending: vouched === '' ? pendingWords(language, certificate, who) : '',
    over: overWords(language, facts, item),
    paper: paperLink(language, item),
  };
};

/** Products of the same producer that have no star, where this one has. */
export const siblingWords = (language: Language, facts: ProductFacts): string => {
  const certified = facts.verdict.state === 'valid' || facts.verdict.state === 'extended';
  const names = facts.siblings.filter(({ verdict }) => verdict.state === 'none' || verdict.state === 'declared');
  if (!certified || names.length === 0) return '';
  const shown = names.slice(0, maxSiblingNames).map(({ name }) => name);
  const rest = names.length - shown.length;
  if (rest > 0) return t(language, 'trace.certificates.siblingsMore', { names: shown.join(', '), n: rest });
  const key = shown.length === 1 ? 'sibling' : 'siblings';
  return t(language, `trace.certificates.${key}`, { name: shown[0], names: shown.join(', ') });
};

/** What held when the lot was made, when it differs from today: clearly apart from today's verdict. */
const thenWords = (language: Language, facts: TraceFacts): string => {
  const then = verdictTitle(language, facts.verdictWhenMade);
  const today = verdictTitle(language, facts.verdict);
  if (then === today) return '';
  const day = formatDay(language, facts.madeOn);
  return t(language, 'trace.certificates.then', { day, verdict: then, today });
};

/** Certificates as items, the ruling one first. */
export function certificateItems(language: Language, facts: ProductFacts): CertificateItem[] {
  const ruling = 'certificate' in facts.verdict ? facts.verdict.certificate.id : '';
  const order = ({ certificate }: CertificateFacts): string =>
    `${certificate.id === ruling ? 1 : 0}${certificate.issuedOn ?? certificate.issuedPart}`;
  const sorted = [...facts.certificates].sort((a, b) => order(b).localeCompare(order(a)));
  return sorted.map((item) => itemOf(language, facts, item));
}

/** The section on certificates: items with the ruling one first, what held when the lot was made, and siblings without a star. */
export function certificatesSection(language: Language, facts: TraceFacts) {
  return {
    items: certificateItems(language, facts),
    then: capital(thenWords(language, facts)),
    siblings: siblingWords(language, facts),
  };
}
