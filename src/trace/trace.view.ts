// The scan page: from plain facts to what the template lays out, warnings first. Nothing is decided here that a rule decides.
import { formatCode } from '../codes/trace-code.ts';
import type { CodeFault } from '../codes/trace-code.ts';
import { dayOf, daysBetween } from '../days.ts';
import type { Day } from '../days.ts';
import { formatDay, formatMoment, formatShortDay } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import type { ProductPicture } from '../products/products.types.ts';
import { certificatesSection } from './trace.certificates.view.ts';
import { journalSection, wholeJournal } from './trace.journal.view.ts';
import { placesSection } from './trace.places.view.ts';
import type { ProductFacts, TraceFacts } from './trace.types.ts';
import { verdictCard, verdictTitle } from './trace.verdict.view.ts';
import { callLink, netWords, placeName, placeWords, producerName } from './trace.words.view.ts';

const longName = 36;
const longLot = 24;

/** Address that the page is printed with, and whether the reader saves data. */
export type TraceViewOptions = { url: string; saveData: boolean };

/** A picture in the widths that the page asks for; the small one alone for who saves data. */
export const pictureOf = (picture: ProductPicture | undefined, saveData: boolean) => {
  if (picture === undefined) return undefined;
  const sizes = saveData ? [360] : [360, 720];
  const list = (format: 'avif' | 'webp') =>
    sizes.map((width) => `${paths.picture(picture.fileId, width, format)} ${width}w`).join(', ');
  const src = paths.picture(picture.fileId, sizes.at(-1) ?? 360, 'webp');
  return { avif: list('avif'), webp: list('webp'), src, alt: picture.alt };
};

type LotCell = {
  label: string;
  datetime: string;
  day: string;
  year: string;
  note: string;
  noteLook: string;
  dayLook: string;
};

const unknownCell = (language: Language, label: string): LotCell => ({
  label,
  datetime: '',
  day: t(language, 'trace.lot.unknown'),
  year: '',
  note: '',
  noteLook: '',
  dayLook: 'ko',
});

/** 02/09 beside a use-by day of the same year; else with its year below. */
const shortCell = (language: Language, label: string, day: Day | undefined, useBy: Day | undefined): LotCell => {
  if (day === undefined) return unknownCell(language, label);
  const year = day.slice(0, 4) === useBy?.slice(0, 4) ? '' : day.slice(0, 4);
  return { label, datetime: day, day: formatShortDay(language, day), year, note: '', noteLook: '', dayLook: '' };
};

const useByNote = (language: Language, facts: TraceFacts, useBy: Day): Pick<LotCell, 'note' | 'noteLook'> => {
  if (facts.recalls.length > 0) return { note: t(language, 'trace.lot.doNotUse'), noteLook: 'th' };
  const left = daysBetween(dayOf(facts.at), useBy);
  const days = t(language, Math.abs(left) === 1 ? 'trace.oneDay' : 'trace.days', { n: Math.abs(left) });
  if (left < 0) return { note: t(language, 'trace.lot.over', { days }), noteLook: 'th' };
  if (left === 0) return { note: t(language, 'trace.lot.lastDay'), noteLook: '' };
  return { note: t(language, 'trace.lot.left', { days }), noteLook: '' };
};

const useByCell = (language: Language, facts: TraceFacts): LotCell => {
  const label = t(language, 'trace.lot.useBy');
  const { useBy } = facts.batch;
  if (useBy === undefined) return unknownCell(language, label);
  const isOver = useBy < dayOf(facts.at) || facts.recalls.length > 0;
  const day = formatDay(language, useBy);
  return { label, datetime: useBy, day, year: '', ...useByNote(language, facts, useBy), dayLook: isOver ? 'th' : '' };
};

/** The harvest; for what is made rather than picked, the day on which the making began. */
const firstCell = (language: Language, { batch, journal }: TraceFacts): LotCell => {
  const isMade = batch.harvestedOn === undefined && journal.some(({ step }) => step.kind === 'process');
  const label = t(language, isMade ? 'trace.lot.begun' : 'trace.lot.harvested');
  return shortCell(language, label, isMade ? batch.startedOn : batch.harvestedOn, batch.useBy);
};

const lotSection = (language: Language, facts: TraceFacts) => {
  const { packedOn, useBy, lotNumber } = facts.batch;
  return {
    number: lotNumber,
    isRecalled: facts.recalls.length > 0,
    cells: [
      firstCell(language, facts),
      shortCell(language, t(language, 'trace.lot.packed'), packedOn, useBy),
      useByCell(language, facts),
    ],
  };
};

/** The recall that is read first: the serious one, else the newest. */
const recallBanner = (language: Language, facts: TraceFacts) => {
  const first = facts.recalls.find((recall) => recall.recallClass === 'serious') ?? facts.recalls[0];
  if (first === undefined) return undefined;
  const others = facts.recalls.filter((recall) => recall.id !== first.id).map((recall) => recall.orderNumber);
  const lot = facts.batch.lotNumber;
  const through = first.batchId === facts.batch.id ? 'trace.recall.onlyLot' : 'trace.recall.throughOther';
  const call = callLink(first.phone);
  return {
    reason: first.reason,
    instructions: first.instructions,
    call:
      call === undefined
        ? undefined
        : { href: call.href, text: t(language, 'trace.recall.call', { phone: call.text }) },
    order: [
      t(language, 'trace.recall.order', { number: first.orderNumber }),
      first.issuerName,
      formatDay(language, dayOf(first.openedAt)),
    ].join(', '),
    isOwn: first.batchId === facts.batch.id,
    about: t(language, through, { lot }),
    others: others.length === 0 ? '' : t(language, 'trace.recall.others', { orders: others.join(', ') }),
  };
};

/** What a label says of the product, in rows. */
export const useSection = (language: Language, { product }: ProductFacts) => {
  const { netContent, packaging, origin, standards } = product;
  const net = netWords(language, netContent);
  const each = packaging === '' || net === '' ? net : t(language, 'trace.use.each', { net, packaging });
  const row = (key: string, value: string, isAsked: boolean, look = '') =>
    value === '' && !isAsked
      ? []
      : [
          {
            label: t(language, `trace.use.${key}`),
            value: value === '' ? t(language, 'trace.use.missing') : value,
            look: value === '' ? 'ko' : look,
          },
        ];
  return [
    ...row('warnings', product.warnings, false, 'cb'),
    ...row('allergens', product.allergens, false, 'cb'),
    ...row('brand', product.brand, false),
    ...row('ingredients', product.ingredients, true),
    ...row('usage', product.usage, false),
    ...row('storage', product.storage, true),
    ...row('net', [each, origin].filter((part) => part !== '').join(', '), true),
    ...row('standards', standards.join('; '), true),
  ];
};

const copySection = (language: Language, facts: TraceFacts) => {
  const province = placeName(language, facts.producer.address.provinceName);
  return {
    how: t(language, `trace.copy.${facts.codeKind}`),
    report: t(language, facts.publicPhone === '' ? 'trace.copy.reportNoPhone' : 'trace.copy.reportHow', { province }),
  };
};

// GS1 keeps prefix 952 for demonstrations.
const isDemonstration = (gtin14: string): boolean => gtin14.startsWith('0952');

const footSection = (language: Language, facts: TraceFacts, url: string) => {
  const { gtin14, internalCode } = facts.product;
  return {
    gtin: gtin14 === '' ? '' : t(language, 'trace.foot.gtin', { gtin: gtin14 }),
    demo: isDemonstration(gtin14) ? t(language, 'trace.foot.demo') : '',
    internal: gtin14 === '' && internalCode !== '' ? t(language, 'trace.foot.internal', { code: internalCode }) : '',
    printed: t(language, 'trace.foot.printed', { url, moment: formatMoment(language, facts.at) }),
  };
};

/** The title of the document: what the tab and a shared link say. */
export function traceTitle(language: Language, facts: TraceFacts): string {
  const product = facts.product.name;
  const title =
    facts.recalls.length > 0
      ? t(language, 'trace.titleRecalled', { product, lot: facts.batch.lotNumber })
      : t(language, 'trace.titleScan', { product, verdict: verdictTitle(language, facts.verdict) });
  return facts.sample ? `${title} | ${t(language, 'common.sample')}` : title;
}

/** A real producer's trial label is sample data too, but its producer is not made up. */
export const sampleWords = (language: Language, facts: ProductFacts): string =>
  t(language, facts.producer.sample ? 'common.sampleProducer' : 'common.sample');

const headOf = (language: Language, facts: TraceFacts) => ({
  code: facts.code,
  codeText: formatCode(facts.code),
  isSample: facts.sample,
  sampleWords: sampleWords(language, facts),
  name: facts.product.name,
  lotNumber: facts.batch.lotNumber,
  lotLook: facts.batch.lotNumber.length > longLot ? '' : 'kx',
  backUrl: paths.scan(facts.code),
  themeColor: facts.recalls.length > 0 ? '#A11B1B' : facts.sample ? '#F2B33D' : '#F1F4F0',
  producer: {
    name: producerName(language, facts),
    madeAt: t(language, 'trace.madeAt', { place: placeWords(language, facts.producer.address) }),
  },
});

/** Everything that views/trace/page.hbs prints. */
export function tracePageView(language: Language, facts: TraceFacts, options: TraceViewOptions) {
  const recall = recallBanner(language, facts);
  const certificates = certificatesSection(language, facts);
  const places = placesSection(language, facts);
  const journal = journalSection(language, facts);
  const phone = callLink(facts.publicPhone);
  return {
    ...headOf(language, facts),
    recall,
    nameLook: facts.product.name.length > longName ? 'dai' : '',
    picture: pictureOf(facts.product.picture, options.saveData),
    verdict: verdictCard(language, facts),
    voided:
      facts.voidedOn === undefined
        ? ''
        : t(language, 'trace.voided.title', { day: formatDay(language, facts.voidedOn) }),
    lot: lotSection(language, facts),
    places,
    phone,
    journal,
    certificates,
    use: useSection(language, facts),
    copy: copySection(language, facts),
    report: {
      href: `${paths.scanReport(facts.code)}${recall === undefined ? '' : '?kind=on-sale'}`,
      words: t(language, recall === undefined ? 'trace.report.problem' : 'trace.report.onSale'),
    },
    foot: footSection(language, facts, options.url),
    icons: {
      check: recall === undefined,
      warn: recall !== undefined || facts.voidedOn !== undefined,
      map: places.drawing !== undefined,
      phone: phone !== undefined || recall?.call !== undefined,
      down: journal.folded.length > 0 || facts.journal.some(({ photos }) => photos.length > 0),
      seal: certificates.items.some(({ vouched }) => vouched !== ''),
      clock: certificates.items.some(({ pending }) => pending !== ''),
      flag: true,
    },
  };
}

/** The page with the whole journal. */
export function traceStepsView(language: Language, facts: TraceFacts) {
  return { ...headOf(language, facts), journal: wholeJournal(language, facts), icons: { down: true } };
}

const groupWords = (language: Language, groups: readonly number[] | undefined): string => {
  if (groups === undefined || groups.length === 0) return '';
  return t(language, groups.length === 1 ? 'trace.unknown.group' : 'trace.unknown.groups', { n: groups.join(', ') });
};

/** The page for a code that is not right or not in the register: a group is named only when the code itself shows it. */
export function codeHelpView(language: Language, typed: string, fault: CodeFault | 'unknown') {
  const say = (key: string) => t(language, `trace.unknown.${key}`);
  if (fault === 'unknown') return { typed, title: say('title'), why: say('why'), whatNow: say('whatNow'), group: '' };
  return {
    typed,
    title: say('malformedTitle'),
    why: say('malformedWhy'),
    whatNow: say('alphabet'),
    group: groupWords(language, fault.groups),
  };
}
