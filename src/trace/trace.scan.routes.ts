// The page that a code opens: looked up in memory, rendered once a minute for all codes of a lot, filled in for each code, and counted. One way
// for Express and for the shortcut before it.
import { crc32 } from 'node:zlib';
import { formatCode } from '../codes/trace-code.ts';
import type { Actor } from '../actor.ts';
import { requireBatch } from '../batches/batches.service.ts';
import { dayOf } from '../days.ts';
import type { Db } from '../db/connect.ts';
import type { Deps } from '../deps.ts';
import { createPageCache } from '../http/page-cache.ts';
import type { CachedPage, PageCache } from '../http/page-cache.ts';
import type { Encoding } from '../http/slotted-page.ts';
import type { Views } from '../http/views.ts';
import type { Language } from '../i18n/i18n.ts';
import { openLabelBook } from '../labels/labels.book.service.ts';
import type { FoundLabel, LabelBook } from '../labels/labels.book.service.ts';
import { paths } from '../paths.ts';
import { may } from '../powers.ts';
import { requireProducer, scopeOf } from '../producers/producers.service.ts';
import { doubtAbout, openScanBook, prepareScans, withScan } from '../scans/scans.service.ts';
import type { ScanBook } from '../scans/scans.service.ts';
import type { ScanHistory, ScannedLabel } from '../scans/scans.types.ts';
import { codeSlot } from '../slots.ts';
import { provinceFullName } from '../units/provinces.types.ts';
import { renewalLine, renewalOf } from './trace.verdict.view.ts';
import type { RenewalWindow } from './trace.verdict.view.ts';
import { doubtView, scansView } from './trace.scans.view.ts';
import { labelFacts, lotFacts } from './trace.service.ts';
import { openStamps } from './trace.stamp.service.ts';
import { scanMeta } from './trace.meta.view.ts';
import { tracePageView, traceTitle } from './trace.view.ts';

/** What of a reader decides about the bytes of an answer. */
export type Look = {
  language: Language;
  saveData: boolean;
  encoding: Encoding;
  ifNoneMatch: string | undefined;
};

/** A look at a code's page. */
export type ScanAsk = Look & {
  /** As readCode gives it. */
  code: string;
  /** As it stood in the address, where that may come again the same. */
  typed?: string;
  /** Province from which it comes, or ''. */
  place: string;
  /** Who is signed in; reads what concerns the producer and its officers. */
  actor?: Actor | undefined;
  /** A person looks who may be a buyer: counted, unless it is the same browser again. */
  counts: boolean;
};

export type ScanAnswer = { status: 200 | 304; headers: Record<string, string>; body: Buffer | undefined };

export type ScanDesk = {
  labels: LabelBook;
  scans: ScanBook;
  /** undefined for a code that was never printed. */
  answer(ask: ScanAsk): Promise<ScanAnswer | undefined>;
  /** The answer for the code of a lot that was just given to a like reader, while it needs no comparing; else undefined. */
  knownAnswer(typed: string, look: Look): ScanAnswer | undefined;
  close(): Promise<void>;
};

/** A rendered page, the province whose officers look after its lot, and the window for the next rating while it runs. */
type LotPage = CachedPage<{ provinceCode: string; renewal: RenewalWindow | undefined }>;

/** How long an answer may be given without comparing, in milliseconds, and how long at all. */
const comparedMs = 2000;
const keptMs = 60_000;
const mostBytes = 128 * 1024 * 1024;
// The same browser within this time is one look; it tells by the ETag that it kept, which names nobody.
const sameLookMinutes = 10;

export const scanVary = 'Accept, Accept-Language, Accept-Encoding, Cookie, Save-Data';

const commonHeaders = { Vary: scanVary };

const minuteOf = (moment: Date): number => Math.floor(moment.getTime() / 60_000);

/** Weak: the same page in another encoding is the same. Begins with the minute of the look-up. */
const etagOf = ({ page, renderedAt }: LotPage, values: Record<string, string>): string => {
  const own = crc32(Object.values(values).join('\0')).toString(36);
  return `W/"${minuteOf(renderedAt).toString(36)}-${page.fingerprint}-${own}"`;
};

const matches = (ifNoneMatch: string | undefined, etag: string): boolean => {
  if (ifNoneMatch === undefined) return false;
  const bare = etag.replace(/^W\//, '');
  return ifNoneMatch.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === bare);
};

/** Whether the browser shows that it had this page a short while ago. */
const isSameLook = (ifNoneMatch: string | undefined, now: Date): boolean => {
  const minute = /"([0-9a-z]+)-[\w-]+-[0-9a-z]+"/.exec(ifNoneMatch ?? '')?.[1];
  const age = minute === undefined ? Infinity : minuteOf(now) - Number.parseInt(minute, 36);
  return age >= 0 && age <= sameLookMinutes;
};

const render = async (
  deps: Deps,
  views: Views,
  label: FoundLabel,
  ask: ScanAsk,
  now: Date,
): Promise<{ html: string; note: LotPage['note'] }> => {
  const lot = await lotFacts(deps.db, await requireBatch(deps.db, label.run.batchId), now);
  const own = labelFacts(label);
  const facts = { ...lot, ...own, code: codeSlot, sample: lot.sample || own.sample };
  const { language, saveData } = ask;
  const options = { url: `${deps.baseUrl}${paths.scan(codeSlot)}`, saveData };
  const html = views.render('trace/page', tracePageView(language, facts, options), {
    language,
    // Only the query: the path is another one for each code.
    otherLanguageUrl: `?lang=${language === 'vi' ? 'en' : 'vi'}`,
    title: traceTitle(language, facts),
    layout: 'scan',
    actorName: '',
    menu: '',
    section: '',
    sample: false,
    saveData,
    meta: scanMeta(language, facts, deps.baseUrl),
  });
  return { html, note: { provinceCode: lot.batch.provinceCode, renewal: renewalOf(lot.verdict) } };
};

const pageOf = (
  {
    deps,
    views,
    cache,
    stampOf,
  }: { deps: Deps; views: Views; cache: PageCache<LotPage['note']>; stampOf: (id: string) => Promise<string> },
  label: FoundLabel,
  ask: ScanAsk,
  now: Date,
): Promise<LotPage> => {
  const { batchId } = label.run;
  const { codeKind, voidedOn = '', sample } = labelFacts(label);
  return cache.get({
    subject: batchId,
    key: `${batchId} ${ask.language} ${ask.saveData} ${dayOf(now)} ${codeKind} ${voidedOn} ${sample}`,
    now,
    readStamp: () => stampOf(batchId),
    render: () => render(deps, views, label, ask, now),
  });
};

const scanned = ({ run }: FoundLabel, code: string, provinceCode: string): ScannedLabel => ({
  code,
  producerId: run.producerId,
  provinceCode,
  batchId: run.batchId,
});

/** What goes into the slots of a unit's page. */
const unitValues = (views: Views, { code, language }: ScanAsk, history: ScanHistory, isFirst: boolean) => {
  const doubt = doubtAbout(history);
  const scans = scansView(language, { history, doubt, nameOf: provinceFullName }, isFirst);
  return {
    doubt: doubt === undefined ? '' : views.fragment('trace/doubt', doubtView(language, doubt, code), language),
    scans: views.fragment('trace/scans', scans, language),
  };
};

const nothingOwn = { doubt: '', scans: '', renewal: '' };

/** The producer's people and the officers of its scope; not who only writes its diary for it. */
const seesRenewal = async (db: Db, actor: Actor | undefined, producerId: string): Promise<boolean> => {
  if (actor === undefined) return false;
  const scope = scopeOf(await requireProducer(db, producerId));
  return may(actor, 'see-renewal', scope);
};

type WholeAnswer = ScanAnswer & { etag: string };

const wholeAnswer = (cached: LotPage, values: Record<string, string>, encoding: Encoding): WholeAnswer => {
  const etag = etagOf(cached, values);
  const body = cached.page.fill(values, encoding);
  const packed = encoding === 'gzip' ? { 'Content-Encoding': 'gzip' } : {};
  // What only some may read no shared memory keeps.
  const caching = { 'Cache-Control': values['renewal'] === '' ? 'no-cache' : 'private, no-cache' };
  const content = { 'Content-Type': 'text/html; charset=utf-8', ...packed, 'Content-Length': String(body.length) };
  return { status: 200, headers: { ...commonHeaders, ...caching, ETag: etag, ...content }, body, etag };
};

const cachingOf = ({ headers }: WholeAnswer) => ({ 'Cache-Control': headers['Cache-Control'] ?? 'no-cache' });

const asAsked = (whole: WholeAnswer, { ifNoneMatch }: Look): ScanAnswer =>
  matches(ifNoneMatch, whole.etag)
    ? { status: 304, headers: { ...commonHeaders, ...cachingOf(whole), ETag: whole.etag }, body: undefined }
    : whole;

const dayMs = 86_400_000;
const zoneMs = 7 * 3_600_000;

/** The first moment of the next day in Viet Nam (days.ts: UTC+7). */
const endOfDay = (now: Date): number => (Math.floor((now.getTime() + zoneMs) / dayMs) + 1) * dayMs - zoneMs;

type KnownAnswer = { made: WholeAnswer; fromMs: number; untilMs: number };

const mostKnown = 2000;

/** Whole answers by address and reader, for a very short while. */
const openKnownAnswers = () => {
  const answers = new Map<string, KnownAnswer>();
  const keyOf = (typed: string, { language, saveData, encoding }: Look): string =>
    `${typed} ${language} ${encoding} ${saveData}`;
  return {
    keep(typed: string, look: Look, answer: KnownAnswer): void {
      if (answers.size >= mostKnown) answers.clear();
      answers.set(keyOf(typed, look), answer);
    },
    find(typed: string, look: Look, nowMs: number): WholeAnswer | undefined {
      const found = answers.get(keyOf(typed, look));
      return found !== undefined && nowMs >= found.fromMs && nowMs < found.untilMs ? found.made : undefined;
    },
  };
};

/** The desk at which codes are looked up. */
export function openScanDesk(deps: Deps, views: Views): ScanDesk {
  prepareScans(deps.db);
  const freshMs = deps.pagesFreshMs ?? comparedMs;
  const labels = openLabelBook(deps.db, deps.keys.codeKey, freshMs);
  const scans = openScanBook(deps.db, deps.log);
  const cache = createPageCache<LotPage['note']>({ freshMs, keepMs: keptMs, mostBytes });
  const known = openKnownAnswers();
  const shelf = { deps, views, cache, stampOf: openStamps(deps.db) };

  const answer = async (ask: ScanAsk): Promise<ScanAnswer | undefined> => {
    const now = deps.clock();
    const label = await labels.find(ask.code, now);
    if (label === undefined) return undefined;
    const isUnit = label.run.kind === 'unit';
    const [cached, before] = await Promise.all([
      pageOf(shelf, label, ask, now),
      isUnit ? scans.historyOf(ask.code) : undefined,
    ]);
    const values: Record<string, string> = { code: ask.code, codeText: formatCode(ask.code), ...nothingOwn };
    const { renewal } = cached.note;
    if (renewal !== undefined && (await seesRenewal(deps.db, ask.actor, label.run.producerId))) {
      const line = renewalLine(ask.language, renewal);
      values['renewal'] = views.fragment('trace/renewal', { line }, ask.language);
    }
    if (before !== undefined) {
      const counts = ask.counts && !isSameLook(ask.ifNoneMatch, now);
      const look = { at: now, place: ask.place };
      const history = counts ? withScan(before, look) : before;
      Object.assign(values, unitValues(views, ask, history, before.count === 0));
      if (counts) scans.note({ label: scanned(label, ask.code, cached.note.provinceCode), ...look });
    }
    const made = wholeAnswer(cached, values, ask.encoding);
    // Without scans to tell, the answer is the same for all until something has to be compared.
    if (!isUnit && ask.typed !== undefined) {
      const untilMs = Math.min(cache.freshUntil(label.run.batchId, cached), label.readAtMs + freshMs, endOfDay(now));
      if (untilMs > now.getTime()) known.keep(ask.typed, ask, { made, fromMs: now.getTime(), untilMs });
    }
    return asAsked(made, ask);
  };

  const knownAnswer = (typed: string, look: Look): ScanAnswer | undefined => {
    const found = known.find(typed, look, deps.clock().getTime());
    return found === undefined ? undefined : asAsked(found, look);
  };

  return { labels, scans, answer, knownAnswer, close: () => scans.close() };
}
