// Certificates as JSON and in words: what a paper says, how it stands, what its stars are worth.
import { z } from 'zod';
import { dayOf } from '../days.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { lacksOfPaper } from './certificates.fields.rules.ts';
import { standings } from './certificates.office.types.ts';
import type { CertificateRecord, OfficeItem } from './certificates.office.types.ts';
import { certificateTypes, decidedKinds, issuerLevels, listings, neededFields } from './certificates.types.ts';
import type { Certificate, CertificateDecision, NeededField, StarVerdict } from './certificates.types.ts';

const dayText = z.string().meta({ format: 'date' });

export const decisionAnswer = z.object({
  id: z.string(),
  certificateId: z.string(),
  kind: z.enum([...decidedKinds, 'withdrawn']),
  decisionNumber: z.string(),
  decidedOn: dayText,
  effectiveOn: dayText.optional(),
  reason: z.string(),
  byUserId: z.string(),
  recordedAt: z.iso.datetime(),
});

export const certificateAnswer = z.object({
  id: z.string(),
  producerId: z.string(),
  productId: z.string(),
  type: z.enum(certificateTypes),
  number: z.string(),
  decisionNumber: z.string(),
  issuerLevel: z.enum(issuerLevels),
  issuerName: z.string(),
  issuedOn: dayText.optional(),
  /** A month or a year where the day is not known; '' otherwise. */
  issuedPart: z.string(),
  lastDayPrinted: dayText.optional(),
  stars: z.number().int().optional(),
  scopeText: z.string(),
  enteredByOfficer: z.boolean(),
  documentFileId: z.string().optional(),
  /** As what the source lists it; only a recognition can be verified. */
  listedAs: z.enum(listings),
  importKey: z.string().optional(),
  source: z.object({ key: z.string(), evidence: z.string(), note: z.string() }).optional(),
  byUserId: z.string(),
  recordedAt: z.iso.datetime(),
  standing: z.enum(standings),
  /** What a paper of its type must say and this one does not. */
  lacks: z.array(z.enum(neededFields)),
  decisions: z.array(decisionAnswer),
});

export const certificateListAnswer = z.object({ items: z.array(certificateAnswer), next: z.string().nullable() });

export function decisionJson(decision: CertificateDecision): z.output<typeof decisionAnswer> {
  return { ...decision, recordedAt: decision.recordedAt.toISOString() };
}

export function certificateJson({
  certificate,
  decisions,
  standing,
}: CertificateRecord): z.output<typeof certificateAnswer> {
  const recordedAt = certificate.recordedAt.toISOString();
  const lacks = lacksOfPaper(certificate);
  return { ...certificate, recordedAt, standing, lacks, decisions: decisions.map(decisionJson) };
}

/** "OCOP 4 sao", "VietGAP". */
export function paperWords(language: Language, certificate: Pick<Certificate, 'type' | 'stars'>): string {
  const { type, stars } = certificate;
  if (type === 'ocop' && stars !== undefined) return t(language, 'certificates.ocopStars', { stars });
  return t(language, `certificates.types.${type}`);
}

/** A verdict in the words that a buyer reads; `tone` is its colour, `filled` whether its stars are gold. */
export type VerdictWords = { tone: 'la' | 'nghe' | 'gach' | ''; stars: number[]; filled: boolean; words: string };

/** The buyer's words for a verdict: the same texts as on the scan page. `who` is the kind of producer, for a claim nobody has verified. */
export function verdictWords(language: Language, verdict: StarVerdict, who: string): VerdictWords {
  const say = (key: string, values: Record<string, string> = {}) => t(language, `trace.verdict.${key}`, values);
  const day = (value: string) => ({ day: formatDay(language, value) });
  const stars = 'stars' in verdict ? Array.from({ length: verdict.stars }, (_, place) => place) : [];
  switch (verdict.state) {
    case 'valid':
      return { tone: 'la', stars, filled: true, words: say('valid', day(verdict.lastDay)) };
    case 'extended':
      return { tone: 'la', stars, filled: true, words: say('extended', day(verdict.extendedTo)) };
    case 'expired':
      return { tone: 'nghe', stars, filled: false, words: say('expired', day(verdict.expiredSince)) };
    case 'revoked': {
      const from = say('revokedFrom', { ...day(verdict.revokedFrom), number: verdict.decisionNumber });
      const reason = say('revokedMore', { reason: verdict.reason });
      return { tone: 'gach', stars, filled: false, words: `${say('revoked')}. ${from}. ${reason}` };
    }
    case 'declared':
      return { tone: '', stars, filled: false, words: say('declared', { who }) };
    case 'none':
      return { tone: '', stars, filled: false, words: say('none') };
  }
}

/** What one paper is worth: by its verdict when it is an OCOP certificate, else by how it stands. */
export function paperState(
  language: Language,
  record: CertificateRecord,
  verdict: StarVerdict,
  who: string,
): VerdictWords {
  if (record.certificate.type === 'ocop' && record.standing !== 'waiting' && record.standing !== 'withdrawn')
    return verdictWords(language, verdict, who);
  const tones = { waiting: '', verified: 'la', revoked: 'gach', withdrawn: '' } as const;
  const words = t(language, `certificates.state.${record.standing}`);
  return { tone: tones[record.standing], stars: [], filled: false, words };
}

/** One decision in a line: what, from when, until when. */
export function decisionWords(language: Language, decision: CertificateDecision): string {
  const { kind, decidedOn, effectiveOn } = decision;
  const other = formatDay(language, effectiveOn ?? decidedOn);
  const values = { day: formatDay(language, decidedOn), until: other, from: other };
  return t(language, `certificates.decide.done.${kind}`, values);
}

/** What a paper says, row by row; a row without a value says so. */
export function paperRows(
  language: Language,
  certificate: Certificate,
): { label: string; value: string; given: boolean }[] {
  const { issuedOn, lastDayPrinted, stars, type } = certificate;
  const rows: [string, string][] = [
    ['type', t(language, `certificates.types.${type}`)],
    ['number', certificate.number],
    ['decisionNumber', certificate.decisionNumber],
    ['issuerLevel', t(language, `certificates.levels.${certificate.issuerLevel}`)],
    ['issuerName', certificate.issuerName],
    ...(type === 'ocop'
      ? [['stars', stars === undefined ? '' : t(language, 'certificates.stars', { stars })] as [string, string]]
      : []),
    ['issuedOn', issuedOn === undefined ? '' : formatDay(language, issuedOn)],
    ['lastDayPrinted', lastDayPrinted === undefined ? '' : formatDay(language, lastDayPrinted)],
    ['scopeText', certificate.scopeText],
  ];
  return rows.map(([field, value]) => ({
    label: t(language, `certificates.fields.${field}`),
    value: value === '' ? t(language, 'certificates.dossier.notGiven') : value,
    given: value !== '',
  }));
}

/** "Giấy còn thiếu: số giấy, ngày cấp", or ''. */
export function lacksWords(language: Language, lacks: readonly NeededField[]): string {
  if (lacks.length === 0) return '';
  const fields = lacks.map((field) => t(language, `certificates.lacks.${field}`)).join(', ');
  return t(language, 'certificates.lacks.words', { fields });
}

/** A paper in the list of its product. */
export function paperCard(language: Language, record: CertificateRecord) {
  const { certificate, standing } = record;
  return {
    title: paperWords(language, certificate),
    number: certificate.number,
    issuerName: certificate.issuerName,
    enteredOn: formatDay(language, dayOf(certificate.recordedAt)),
    state: t(language, `certificates.state.${standing}`),
    standing,
  };
}

export const officeListAnswer = z.object({
  items: z.array(
    certificateAnswer.extend({
      product: z.object({ id: z.string(), name: z.string() }),
      producer: z.object({ id: z.string(), legalName: z.string() }),
      waitingDays: z.number().int(),
    }),
  ),
  next: z.string().nullable(),
});

export function officeItemJson(item: OfficeItem): z.output<typeof officeListAnswer>['items'][number] {
  const { product, producer, waitingDays } = item;
  return {
    ...certificateJson(item),
    product: { id: product.id, name: product.name },
    producer: { id: producer.id, legalName: producer.legalName },
    waitingDays,
  };
}
