// The scan page: from plain facts to what the template lays out, warnings first. Nothing is decided here that a rule decides.
import { formatDay, formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/i18n.ts';
import type { Language } from '../i18n/i18n.ts';
import { paths } from '../paths.ts';
import { doubtSlot, renewalSlot, scansSlot } from '../slots.ts';
import { certificatesSection } from './trace.certificates.view.ts';
import { journalSection, wholeJournal } from './trace.journal.view.ts';
import { lotSection } from './trace.lot.view.ts';
import { pictureOf, sampleWords, storySection, useSection } from './trace.parts.view.ts';
import { placesSection } from './trace.places.view.ts';
import { recallBanner } from './trace.recall.view.ts';
import { sourcesSection } from './trace.sources.view.ts';
import type { TraceFacts } from './trace.types.ts';
import { renewalOf, verdictCard, verdictTitle } from './trace.verdict.view.ts';
import { callLink, codeText, placeName, placeWords, producerName } from './trace.words.view.ts';

const longName = 36;
const longLot = 24;

/** Address that the page is printed with, and whether the reader saves data. */
export type TraceViewOptions = { url: string; saveData: boolean };

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

const headOf = (language: Language, facts: TraceFacts) => ({
  code: facts.code,
  codeText: codeText(facts.code),
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
    verdict: { ...verdictCard(language, facts), renewal: renewalOf(facts.verdict) === undefined ? '' : renewalSlot },
    voided:
      facts.voidedOn === undefined
        ? ''
        : t(language, 'trace.voided.title', { day: formatDay(language, facts.voidedOn) }),
    lot: lotSection(language, facts),
    places,
    phone,
    journal,
    certificates,
    sources: sourcesSection(language, facts),
    use: useSection(language, facts),
    story: storySection(language, facts),
    copy: copySection(language, facts),
    report: {
      href: `${paths.scanReport(facts.code)}${recall === undefined ? '' : '?kind=on-sale'}`,
      words: t(language, recall === undefined ? 'trace.report.problem' : 'trace.report.onSale'),
    },
    // A unit's label has its own scans; the same page serves every label of the lot.
    doubt: facts.codeKind === 'unit' ? doubtSlot : '',
    scans: facts.codeKind === 'unit' ? scansSlot : '',
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
